"""``netra evaluate faces`` and ``netra evaluate hands``: their arguments. What they do is imported when they run."""

from pathlib import Path

import click

from console import options
from console.help_pages import HelpGroup, example
from console.session import Session


@click.group(
    "evaluate",
    cls=HelpGroup,
    short_help="Ukur ketelitian netra pada foto yang kuncinya diketahui.",
    options_metavar="",
    subcommand_metavar="PERINTAH",
    epilog=example("netra evaluate faces kumpulan/", "measures netra's errors on photos whose truth is known."),
)
def evaluate() -> None:
    """Ukur seberapa sering netra keliru, pada foto yang sudah diketahui siapa orangnya atau apa simbol tangannya."""


@evaluate.command(
    short_help="Seberapa sering orang lain disangka calon, dan calon terlewat?",
    epilog=example(
        "netra evaluate faces kumpulan/ --references 3 --picture det.png --json angka.json",
        "open-set accuracy (FPIR, FNIR) with intervals, beside face_recognition, and whether E-values keep their word.",
    ),
)
@click.argument("dataset", metavar="DATASET", type=click.Path(path_type=Path))
@click.option(
    "--references", type=click.IntRange(1, 20), default=1, metavar="N", help="Foto rujukan tiap orang; bawaan 1."
)
@click.option(
    "--enrolled",
    type=click.IntRange(1, 198),
    metavar="N",
    help="Banyaknya orang yang didaftarkan sekaligus; bawaan: separuhnya, paling banyak 10.",
)
@click.option("--picture", default="", metavar="BERKAS.png", help="Gambar DET: FNIR terhadap FPIR pada setiap batas.")
@click.option("--json", default="", metavar="BERKAS", help="Semua angka sebagai JSON; - untuk stdout.")
@options.FACE_MODEL
@options.OVERWRITE
@click.pass_obj
def faces(
    session: Session,
    *,
    dataset: Path,
    references: int,
    enrolled: int | None,
    picture: str,
    json: str,
    face_model: str,
    overwrite: bool,
) -> int:
    """Ukur pengenalan wajah: orang bergiliran didaftarkan sebagai calon dan dicari sebagai orang lain.

    DATASET adalah folder berisi people/NAMA/*.jpg (satu folder tiap orang; foto pertama menurut nama menjadi rujukan)
    dan, bila ada, strangers/ (orang yang tidak pernah didaftarkan) dan groups.csv (person,group); atau berkas CSV
    photo_a,photo_b,same. Foto dan wajah tidak disimpan; berkas JSON memuat angka dan nama foto yang tidak dipakai.

    Kode keluar: 0 selesai; 2 kumpulan foto belum benar; 3 selesai, ada foto yang tidak terbaca.
    """
    from console.evaluate import Wanted, evaluate_dataset

    wanted = Wanted(dataset, references, enrolled, json, picture, overwrite, face_model)
    return evaluate_dataset(wanted, session.voice, session.quiet)


@evaluate.command(
    short_help="Seberapa sering simbol tangan dibaca benar, keliru, atau terlewat?",
    epilog=example(
        "netra evaluate hands kumpulan/ --picture tabel.png --reliability keyakinan.png --json angka.json",
        "what is read as what, by size and side of the hand, with intervals, beside mediapipe and a count of fingers.",
    ),
)
@click.argument("dataset", metavar="DATASET", type=click.Path(path_type=Path))
@click.option(
    "--names",
    default="",
    metavar="BERKAS.csv",
    help="Arti nama folder yang bukan nama simbol: kolom folder,label (misalnya 1,one).",
)
@click.option("--no-peers", is_flag=True, help="Tanpa alat pembanding (mediapipe): lebih cepat.")
@click.option("--picture", default="", metavar="BERKAS.png", help="Gambar tabel: apa dibaca sebagai apa.")
@click.option("--reliability", default="", metavar="BERKAS.png", help="Gambar keyakinan terhadap bagian yang benar.")
@click.option("--json", default="", metavar="BERKAS", help="Semua angka sebagai JSON; - untuk stdout.")
@options.OVERWRITE
@click.pass_obj
def hands(
    session: Session,
    *,
    dataset: Path,
    names: str,
    no_peers: bool,
    picture: str,
    reliability: str,
    json: str,
    overwrite: bool,
) -> int:
    """Ukur pembacaan tangan: ditemukan atau tidak, simbolnya benar atau keliru, dan tangan biasa yang disangka simbol.

    DATASET adalah salah satu dari tiga: (1) folder berisi satu folder tiap simbol, dinamai seperti HaGRID (one, like,
    peace, ...; none atau nama lain: tangan yang tidak menunjukkan apa-apa), dengan foto di dalamnya atau dalam folder
    tiap orang; tangan terbesar yang dinilai. (2) Folder dengan hands.csv: photo,label,x,y,width,height,person,view,
    satu baris tiap tangan; hanya photo dan label yang wajib. (3) Foto HaGRID dengan folder annotations/.

    Kode keluar: 0 selesai; 2 kumpulan foto belum benar; 3 selesai, ada foto yang tidak terbaca.
    """
    from console.evaluate_hands import Wanted, evaluate_hand_dataset

    wanted = Wanted(dataset, names, not no_peers, json, picture, reliability, overwrite)
    return evaluate_hand_dataset(wanted, session.voice, session.quiet)
