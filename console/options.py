"""The options that several commands take, each described once: name, environment variable, help."""

from pathlib import Path

import click

ELECTION = click.option(
    "--election",
    required=True,
    envvar="NETRA_ELECTION",
    metavar="ELECTION.toml",
    type=click.Path(path_type=Path),
    help="Berkas pemilihan: calon, nomor urut, simbol, foto rujukan (NETRA_ELECTION).",
)
ELECTION_ARGUMENT = click.argument("election", metavar="ELECTION.toml", type=click.Path(path_type=Path))
CACHE = click.option(
    "--cache",
    envvar="NETRA_CACHE",
    default="",
    metavar="FOLDER",
    help="Tempat menyimpan hasil baca foto rujukan calon (NETRA_CACHE). Wajah orang lain tidak pernah disimpan.",
)
NO_CACHE = click.option("--no-cache", is_flag=True, help="Baca ulang semua foto rujukan calon.")
FACE_MODEL = click.option(
    "--face-model",
    envvar="NETRA_FACE_MODEL",
    default="",
    metavar="BERKAS",
    help="Model wajah sendiri: .dat jaringan dlib, atau .onnx dengan .toml di sampingnya (NETRA_FACE_MODEL).",
)
POPULATION = click.option(
    "--population",
    default="",
    metavar="BERKAS",
    help="Kemiripan dilihat terhadap orang dari pindaian yang menulis berkas ini (scan --save-population).",
)
ENROLMENT_PICTURE = click.option(
    "--picture",
    default="",
    metavar="BERKAS.png",
    help="Laporan sebagai satu gambar (.png atau .jpg): wajah tiap foto, mutunya, dan siapa mirip siapa.",
)
SAVE_POPULATION = click.option(
    "--save-population",
    default="",
    metavar="BERKAS",
    help="Simpan ukuran wajah setempat untuk inspect --population: jumlah, rata-rata, sebaran; tanpa wajah siapa pun.",
)
MANIFEST = click.option(
    "--manifest",
    default="",
    metavar="BERKAS.csv",
    help="Daftar unggahan: siapa, dari instansi mana, di mana, dan kapan (docs/uploads.md).",
)
JSONL = click.option(
    "--jsonl", default="", metavar="BERKAS", help="Catatan tiap foto, satu baris JSON; - untuk stdout."
)
ANNOTATE = click.option(
    "--annotate", default="", metavar="FOLDER", help="Gambar beranotasi dari foto yang perlu dilihat."
)
WORKERS = click.option(
    "--workers",
    type=click.IntRange(1, 64),
    envvar="NETRA_WORKERS",
    metavar="N",
    help="Banyaknya foto yang dibaca bersamaan; bawaan: banyaknya prosesor, paling banyak 8 (NETRA_WORKERS).",
)
OVERWRITE = click.option("--overwrite", is_flag=True, help="Ganti berkas hasil yang sudah ada.")
HANDS = click.option(
    "--hands",
    type=click.Choice(("auto", "always", "never")),
    default="auto",
    envvar="NETRA_HANDS",
    help="Cari tangan: auto (bila dapat berarti, bawaan), always, never (NETRA_HANDS).",
)
FAIL_ON_FINDING = click.option("--fail-on-finding", is_flag=True, help="Kode keluar 10 bila ada temuan.")
DB = click.option(
    "--db",
    required=True,
    envvar="NETRA_DB",
    metavar="BASISDATA",
    help="Basis data kasus: sebuah berkas, atau alamat postgresql:// (NETRA_DB).",
)
SCAN_DB = click.option(
    "--db",
    default="",
    envvar="NETRA_DB",
    metavar="BASISDATA",
    help="Simpan dalam basis data kasus, dan lanjutkan dari sana: sebuah berkas, atau alamat postgresql:// (NETRA_DB).",
)
REHASH = click.option(
    "--rehash", is_flag=True, help="Dengan --db: baca isi semua berkas, juga yang tampak tidak berubah."
)
OPERATOR = click.option(
    "--operator",
    envvar="NETRA_OPERATOR",
    default="",
    metavar="NAMA",
    help="Siapa yang mengerjakan, untuk catatan audit; bawaan: nama pengguna komputer (NETRA_OPERATOR).",
)
ZONE = click.option(
    "--zone",
    type=click.Choice(("WIB", "WITA", "WIT")),
    default="WIB",
    envvar="NETRA_ZONE",
    help="Zona waktu kantor: WIB (bawaan), WITA, atau WIT (NETRA_ZONE).",
)
REASON = click.option(
    "--reason", default="", metavar="ALASAN", help="Mengapa, untuk catatan audit. Jangan tulis nama orang di sini."
)
