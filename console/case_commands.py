"""``netra case``, ``netra retention`` and ``netra subject``: arguments. What they do is imported when they run."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from console import options
from console.help_pages import Help, HelpGroup, example
from console.session import Session

NUMBER = click.argument("number", metavar="NOMOR")
FINDINGS = click.argument("findings", nargs=-1, required=True, type=int, metavar="TEMUAN...")
HOLIDAYS = click.option(
    "--holidays",
    envvar="NETRA_HOLIDAYS",
    default="",
    metavar="BERKAS",
    help="Hari libur kantor, satu tanggal (TTTT-BB-HH) tiap baris, untuk menghitung hari kerja (NETRA_HOLIDAYS).",
)
_FIELDS = (
    ("--title", "JUDUL", "Judul singkat."),
    ("--purpose", "TUJUAN", "Tujuan pemeriksaan."),
    ("--legal-basis", "DASAR", "Dasar hukum pemeriksaan."),
    ("--officer", "NAMA", "Petugas yang bertanggung jawab."),
    ("--post", "JABATAN", "Jabatan petugas."),
    ("--warrant", "NOMOR", "Nomor surat tugas."),
    ("--dpia-number", "NOMOR", "Nomor penilaian dampak pelindungan data pribadi (DPIA)."),
    ("--known-on", "TANGGAL", "Hari kantor mengetahui kejadian: tenggat dihitung dari sini."),
    ("--registered-on", "TANGGAL", "Hari temuan atau laporan diregistrasi."),
    ("--ends-on", "TANGGAL", "Hari terakhir temuan boleh ditambahkan."),
    ("--retain-until", "TANGGAL", "Hari terakhir berkas disimpan setelah ditutup."),
    ("--kind", "JENIS", "pemilu atau pilkada: tenggat menurut undang-undang yang mana."),
)


def _fields(command: Callable[..., Any]) -> Callable[..., Any]:
    """The fields of a case, each as an option; a tanggal is TTTT-BB-HH."""
    form = click.option(
        "--form", "form", multiple=True, metavar="NAMA=ISI", help="Isian lain Formulir Model A; boleh diulang."
    )
    command = form(command)
    for name, metavar, text in reversed(_FIELDS):
        command = click.option(name, default=None, metavar=metavar, help=text)(command)
    return command


@click.group(
    "case",
    cls=HelpGroup,
    short_help="Berkas kasus: tujuan, dasar hukum, petugas, temuan, tenggat.",
    options_metavar="",
    subcommand_metavar="PERINTAH",
    epilog=example("netra case list --db kasus.db", "opens, changes, closes and lists case files."),
)
def case() -> None:
    """Buka berkas kasus, isi dan ubah isiannya, masukkan dan keluarkan temuan, tutup, atau tahan dari penghapusan.

    Setiap perubahan menjadi satu catatan audit.
    """


@case.command(
    name="open",
    short_help="Buka berkas kasus baru.",
    epilog=example(
        'netra case open 01/TM/2024 --db kasus.db --purpose "Menelusuri unggahan foto bersama calon" --legal-basis '
        '"UU 7/2017 Pasal 93" --officer "Nama Petugas" --ends-on 2024-12-31 --known-on 2024-10-21 --kind pilkada '
        "--finding 3",
        "opens a case file; without purpose, legal basis, officer and end date it is refused.",
    ),
)
@NUMBER
@options.DB
@click.option(
    "--election-id", default="", metavar="ID", help="Pemilihan dalam basis data; tidak perlu bila hanya ada satu."
)
@_fields
@click.option("--finding", "findings", multiple=True, type=int, metavar="TEMUAN", help="Nomor temuan; boleh diulang.")
@click.option("--incomplete", is_flag=True, help="Buka walau isian wajib belum lengkap; kekurangannya selalu disebut.")
@options.OPERATOR
@options.ZONE
@click.pass_obj
def open_(
    session: Session, /, *, number: str, db: str, election_id: str, findings: tuple[int, ...], incomplete: bool,
    operator: str, zone: str, **fields: Any,
) -> int:  # fmt: skip
    """Buka berkas kasus dengan nomor NOMOR.

    Wajib: --purpose, --legal-basis, --officer, --ends-on. Tanggal ditulis TTTT-BB-HH, misalnya 2024-10-21.
    """
    from console.case import open_case
    from console.desk import Desk

    return open_case(Desk.at(session, db, operator, zone), number, election_id, fields, findings, incomplete)


@case.command(
    short_help="Tampilkan satu berkas kasus dengan tenggatnya.",
    epilog=example("netra case show 01/TM/2024 --db kasus.db", "shows a case file with its findings and deadlines."),
)
@NUMBER
@options.DB
@HOLIDAYS
@options.OPERATOR
@options.ZONE
@click.pass_obj
def show(session: Session, *, number: str, db: str, holidays: str, operator: str, zone: str) -> int:
    """Tampilkan isian, temuan, yang belum diisi, dan tenggat menurut undang-undang. Melihat pun dicatat."""
    from console.case import show_case
    from console.desk import Desk

    return show_case(Desk.at(session, db, operator, zone), number, holidays)


@case.command(
    name="list",
    short_help="Daftar berkas kasus.",
    epilog=example("netra case list --db kasus.db", "lists case files, and what each of them lacks."),
)
@options.DB
@options.ZONE
@click.pass_obj
def list_(session: Session, *, db: str, zone: str) -> int:
    """Tampilkan semua berkas kasus: keadaan, temuan, tenggat terdekat, dan yang belum diisi."""
    from console.case import list_cases
    from console.desk import Desk

    return list_cases(Desk.at(session, db, "", zone))


@case.command(
    name="set",
    short_help="Ubah isian berkas kasus.",
    epilog=example(
        "netra case set 01/TM/2024 --db kasus.db --dpia-number DPIA/3/2024 --reason dilengkapi",
        'changes fields of a case file; an empty text ("") takes a field back.',
    ),
)
@NUMBER
@options.DB
@_fields
@options.REASON
@options.OPERATOR
@options.ZONE
@click.pass_obj
def set_(session: Session, /, *, number: str, db: str, reason: str, operator: str, zone: str, **fields: Any) -> int:
    """Ubah satu isian atau lebih. Berkas yang sudah ditutup hanya dapat diubah --retain-until."""
    from console.case import change_case
    from console.desk import Desk

    return change_case(Desk.at(session, db, operator, zone), number, fields, reason)


@case.command(
    short_help="Masukkan temuan ke berkas kasus.",
    epilog=example("netra case add 01/TM/2024 3 4 --db kasus.db", "puts findings into an open case file."),
)
@NUMBER
@FINDINGS
@options.DB
@options.REASON
@options.OPERATOR
@options.ZONE
@click.pass_obj
def add(
    session: Session, *, number: str, findings: tuple[int, ...], db: str, reason: str, operator: str, zone: str
) -> int:
    """Masukkan temuan menurut nomornya. Setelah hari terakhirnya lewat, berkas tidak menerima temuan baru."""
    from console.case import add_findings
    from console.desk import Desk

    return add_findings(Desk.at(session, db, operator, zone), number, findings, reason)


@case.command(
    short_help="Keluarkan temuan dari berkas kasus.",
    epilog=example(
        'netra case remove 01/TM/2024 4 --db kasus.db --reason "foto di luar masa larangan"',
        "takes findings out of an open case file; they stay in the database.",
    ),
)
@NUMBER
@FINDINGS
@options.DB
@options.REASON
@options.OPERATOR
@options.ZONE
@click.pass_obj
def remove(
    session: Session, *, number: str, findings: tuple[int, ...], db: str, reason: str, operator: str, zone: str
) -> int:
    """Keluarkan temuan dari berkas kasus; temuannya tetap ada dalam basis data. --reason wajib."""
    from console.case import remove_findings
    from console.desk import Desk

    return remove_findings(Desk.at(session, db, operator, zone), number, findings, reason)


@case.command(
    short_help="Tutup berkas kasus.",
    epilog=example(
        'netra case close 01/TM/2024 --db kasus.db --reason "diteruskan ke instansi" --retain-until 2029-12-31',
        "closes a case file; its time of keeping counts.",
    ),
)
@NUMBER
@options.DB
@options.REASON
@click.option("--retain-until", default="", metavar="TANGGAL", help="Hari terakhir berkas disimpan.")
@options.OPERATOR
@options.ZONE
@click.pass_obj
def close(session: Session, *, number: str, db: str, reason: str, retain_until: str, operator: str, zone: str) -> int:
    """Tutup berkas kasus. --reason wajib; tanpa --retain-until berkas tidak pernah jatuh tempo untuk dihapus."""
    from console.case import close_case
    from console.desk import Desk

    return close_case(Desk.at(session, db, operator, zone), number, reason, retain_until)


@case.command(
    short_help="Tahan berkas kasus dari penghapusan, atau lepaskan.",
    epilog=example(
        'netra case hold 01/TM/2024 --db kasus.db --reason "diminta pengadilan"',
        "keeps a case file from being deleted; --off lifts it.",
    ),
)
@NUMBER
@options.DB
@options.REASON
@click.option("--off", is_flag=True, help="Lepaskan penahanan.")
@options.OPERATOR
@options.ZONE
@click.pass_obj
def hold(session: Session, *, number: str, db: str, reason: str, off: bool, operator: str, zone: str) -> int:
    """Selama ditahan secara hukum, tidak ada yang dihapus dari berkas ini. --reason wajib."""
    from console.case import hold_case
    from console.desk import Desk

    return hold_case(Desk.at(session, db, operator, zone), number, not off, reason)


@click.command(
    cls=Help,
    short_help="Apa yang sudah boleh dihapus, dan hapus dengan bukti.",
    epilog=example(
        'netra retention --db kasus.db --delete --reason "masa simpan berakhir"',
        "what is due for deletion; with --delete it is deleted, with a proof in the audit log.",
    ),
)
@options.DB
@click.option("--on", "on", default="", metavar="TANGGAL", help="Jatuh tempo pada hari ini; bawaan: hari ini.")
@click.option("--case", "number", default="", metavar="NOMOR", help="Hanya berkas kasus ini.")
@click.option("--photo", default="", metavar="FOTO", help="Satu foto: sebuah berkas, atau sha256:... isinya.")
@click.option("--uploader", default="", metavar="ID", help="Semua unggahan satu pengunggah.")
@click.option(
    "--unused-days",
    type=click.IntRange(0, 36500),
    metavar="N",
    help="Foto tanpa temuan apa pun yang pertama dipindai lebih dari N hari lalu.",
)
@click.option("--dry-run", is_flag=True, help="Hanya tampilkan (bawaan).")
@click.option("--delete", is_flag=True, help="Hapus yang ditampilkan. --reason wajib.")
@click.option("--files", is_flag=True, help="Hapus juga berkas foto aslinya; setiap berkas disebut namanya.")
@options.REASON
@options.OPERATOR
@options.ZONE
@click.pass_obj
def retention(  # noqa: PLR0913 - one argument an option
    session: Session, *, db: str, on: str, number: str, photo: str, uploader: str, unused_days: int | None,
    dry_run: bool, delete: bool, files: bool, reason: str, operator: str, zone: str,
) -> int:  # fmt: skip
    """Tampilkan apa yang sudah boleh dihapus dan apa yang menahannya; dengan --delete, hapus.

    Berkas kasus yang terbuka, ditahan secara hukum, atau masih dalam masa simpan tidak dihapus. Catatan audit tetap
    utuh dan memuat bukti penghapusan. Foto asli milik kantor: hanya dihapus dengan --files.

    Kode keluar: 0 selesai; 2 perintah salah; 3 selesai, tetapi ada yang tidak dapat dihapus.
    """
    from console.desk import Desk
    from console.retention import Wanted, show_retention

    wanted = Wanted(on, number, photo, uploader, unused_days, dry_run, delete, files, reason)
    return show_retention(Desk.at(session, db, operator, zone), wanted)


@click.command(
    cls=Help,
    short_help="Laporan bagi orang yang bertanya apa yang disimpan tentangnya.",
    epilog=example(
        "netra subject --db kasus.db --uploader 199001012015031001 --out laporan.md",
        "a report for a person who asks what is held about them (UU 27/2022 articles 5 to 7).",
    ),
)
@options.DB
@click.option("--uploader", default="", metavar="ID", help="Menurut id pengunggah.")
@click.option("--candidate", default="", metavar="ID", help="Menurut id calon.")
@click.option("--photo", default="", metavar="FOTO", help="Menurut foto: sebuah berkas, atau sha256:... isinya.")
@click.option(
    "--out",
    required=True,
    metavar="BERKAS",
    help="Nama laporan: .md untuk dibaca dan dicetak, .json untuk salinan data, - untuk stdout.",
)
@options.OPERATOR
@options.ZONE
@options.OVERWRITE
@click.pass_obj
def subject(  # noqa: PLR0913 - one argument an option
    session: Session, *, db: str, uploader: str, candidate: str, photo: str, out: str, operator: str, zone: str,
    overwrite: bool,
) -> int:  # fmt: skip
    """Buat laporan tentang satu orang atau satu foto: unggahan, tanggal, temuan, keputusan, ekspor, dan siapa yang
    melihat. Tidak dapat ditanyakan menurut wajah, karena netra tidak menyimpan wajah orang lain. Laporan ini dicatat.
    """
    from console.desk import Desk
    from console.subject import Request, write_report

    request = Request(uploader, candidate, photo, Path(out), overwrite)
    return write_report(Desk.at(session, db, operator, zone), request)
