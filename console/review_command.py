"""``netra review``: its arguments. What it does is imported when it runs."""

from pathlib import Path

import click

from console import options
from console.case_commands import HOLIDAYS
from console.help_pages import Help, example
from console.session import Session

_FILE = click.Path(path_type=Path)


@click.command(
    "review",
    cls=Help,
    short_help="Buka halaman peninjauan di komputer ini.",
    epilog=example(
        "netra review --db kasus.db --election pemilihan.toml",
        "starts the local review page; open the address that it prints in a browser of this computer.",
    ),
)
@options.DB
@click.option(
    "--election",
    "elections",
    multiple=True,
    envvar="NETRA_ELECTION",
    metavar="ELECTION.toml",
    help="Berkas pemilihan, agar foto rujukan calon tampil di samping wajah; boleh diulang (NETRA_ELECTION).",
)
@click.option("--port", type=click.IntRange(1, 65535), default=8460, metavar="N", help="Porta; bawaan 8460.")
@click.option(
    "--host",
    default="127.0.0.1",
    metavar="ALAMAT",
    help="Alamat tempat mendengarkan; bawaan hanya komputer ini. Alamat lain menuntut --tls-cert dan --tls-key.",
)
@click.option("--tls-cert", type=_FILE, default=None, metavar="BERKAS", help="Sertifikat TLS (PEM).")
@click.option("--tls-key", type=_FILE, default=None, metavar="BERKAS", help="Kunci sertifikat TLS (PEM).")
@click.option(
    "--packages",
    type=_FILE,
    default=None,
    metavar="FOLDER",
    help="Folder tempat paket bukti ditulis; bawaan: folder paket di samping basis data.",
)
@click.option(
    "--another-supervisor",
    is_flag=True,
    help="Cetak kode untuk membuat satu akun penyelia lagi, bila penyelia yang ada tidak dapat masuk.",
)
@HOLIDAYS
@options.ZONE
@click.pass_obj
def review(  # noqa: PLR0913 - one argument an option
    session: Session,
    *,
    db: str,
    elections: tuple[str, ...],
    port: int,
    host: str,
    tls_cert: Path | None,
    tls_key: Path | None,
    packages: Path | None,
    another_supervisor: bool,
    holidays: str,
    zone: str,
) -> int:
    """Jalankan halaman peninjauan: daftar temuan, tinjauan pertama tanpa hasil mesin, bukti, keputusan dua orang.

    Halaman ini hanya dapat dibuka dari komputer ini, dan tidak mengirim apa pun ke luar. Hentikan dengan Ctrl+C.
    """
    from console.review import Asked, run_review

    tls = tuple(file for file in (tls_cert, tls_key) if file is not None)
    asked = Asked(db, elections, host, port, tls, packages or Path(), holidays, zone, another_supervisor)
    return run_review(session, asked)
