"""``netra export``: its arguments. What it does is imported when it runs."""

from pathlib import Path

import click

from console import options
from console.case_commands import HOLIDAYS
from console.help_pages import Help, example
from console.session import Session


@click.command(
    "export",
    cls=Help,
    short_help="Buat paket bukti dari sebuah kasus atau pindaian.",
    epilog=example(
        'netra export 01/TM/2024 --db kasus.db --out paket-01 --reason "diminta Bawaslu"',
        "writes a case as a package (BagIt) with originals, blurred working copies, decisions and a PDF.",
    ),
)
@click.argument("wanted", metavar="NOMOR")
@options.DB
@click.option(
    "--out",
    required=True,
    type=click.Path(path_type=Path),
    metavar="FOLDER",
    help="Folder paket; belum boleh ada, tidak pernah ditimpa.",
)
@options.REASON
@click.option(
    "--election",
    default="",
    envvar="NETRA_ELECTION",
    metavar="ELECTION.toml",
    help="Berkas pemilihan, agar foto rujukan calon ikut di samping wajah dalam foto (NETRA_ELECTION).",
)
@click.option("--organization", default="", envvar="NETRA_ORGANIZATION", metavar="NAMA", help="Nama kantor.")
@HOLIDAYS
@click.option(
    "--key",
    default="",
    envvar="NETRA_KEY",
    metavar="BERKAS",
    help="Kunci penanda tangan checkpoint; bawaan: berkas .key di samping basis data (NETRA_KEY).",
)
@click.option("--allow-missing", is_flag=True, help="Ekspor walau ada foto asli yang hilang atau berubah.")
@options.OPERATOR
@options.ZONE
@click.pass_obj
def export(  # noqa: PLR0913 - one argument an option
    session: Session,
    *,
    wanted: str,
    db: str,
    out: Path,
    reason: str,
    election: str,
    organization: str,
    holidays: str,
    key: str,
    allow_missing: bool,
    operator: str,
    zone: str,
) -> int:
    """Buat paket bukti dari kasus NOMOR, atau dari pindaian run-NOMOR: foto asli, salinan kerja dengan wajah orang lain
    disamarkan, catatan, keputusan, log audit, dan PDF menurut bidang Formulir Model A.

    Foto asli dicocokkan dengan sidiknya lebih dulu; yang hilang atau berubah menghentikan ekspor. Setiap ekspor dicatat
    dalam log audit dengan alasannya.
    """
    from console.desk import Desk
    from console.export import Asked, run_export

    asked = Asked(wanted, out, reason, election, organization, holidays, key, allow_missing)
    return run_export(Desk.at(session, db, operator, zone), asked)
