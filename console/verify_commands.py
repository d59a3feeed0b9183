"""``netra verify`` and ``netra checkpoint``: their arguments. What they do is imported when they run."""

from pathlib import Path

import click

from console import options
from console.help_pages import Help, example
from console.session import Session

PLACE = click.argument("place", metavar="BASISDATA|FOLDER")
DATABASE = click.argument("place", metavar="BASISDATA")
OUTSIDE = click.option(
    "--checkpoint",
    type=click.Path(path_type=Path),
    metavar="BERKAS",
    help="Checkpoint yang disimpan di luar kantor: hanya ini yang menunjukkan ekor log yang dipotong.",
)
OUT = click.option(
    "--out",
    type=click.Path(path_type=Path),
    metavar="BERKAS",
    help="Tulis checkpoint ke berkas ini; tanpa ini ke stdout.",
)
KEY = click.option(
    "--key",
    type=click.Path(path_type=Path),
    envvar="NETRA_KEY",
    metavar="BERKAS",
    help="Kunci penanda tangan checkpoint; bawaan: berkas .key di samping basis data (NETRA_KEY).",
)


@click.command(
    "verify",
    cls=Help,
    short_help="Periksa keutuhan basis data atau paket ekspor.",
    epilog=example(
        "netra verify kasus.db --checkpoint checkpoint-2024-10.txt",
        "checks that a case database or an export is as it was written, and locates what is not.",
    ),
)
@PLACE
@OUTSIDE
@click.pass_obj
def verify(session: Session, *, place: str, checkpoint: Path | None) -> int:
    """Periksa apakah log audit sebuah basis data, atau sebuah paket ekspor, masih seperti saat ditulis, dan tunjukkan
    yang pertama tidak cocok. Tidak mengubah apa pun. Paket dapat juga diperiksa tanpa netra: lihat docs/audit.md.

    Kode keluar: 0 utuh; 1 rusak atau berubah; 2 perintah salah.
    """
    from console.verify import verify_place

    return verify_place(place, checkpoint, session.voice)


@click.command(
    "checkpoint",
    cls=Help,
    short_help="Tanda tangani log audit, untuk disimpan di luar kantor.",
    epilog=example(
        "netra checkpoint kasus.db --out checkpoint-2024-10.txt",
        "signs the audit log as it is now; keep the file where nobody of the office can change it.",
    ),
)
@DATABASE
@OUT
@KEY
@options.OPERATOR
@options.ZONE
@options.REASON
@options.OVERWRITE
@click.pass_obj
def checkpoint(
    session: Session,
    *,
    place: str,
    out: Path | None,
    key: Path | None,
    operator: str,
    zone: str,
    reason: str,
    overwrite: bool,
) -> int:
    """Buat checkpoint: beberapa baris teks bertanda tangan yang menyatakan isi log audit sampai saat ini. Simpan di
    tempat lain (cetak, kirim ke instansi lain): nanti netra verify dapat menunjukkan apakah log pernah dipotong,
    dikembalikan ke keadaan lama, atau ditulis ulang.
    """
    from console.desk import Desk
    from console.verify import make_checkpoint

    return make_checkpoint(Desk.at(session, place, operator, zone), out, key, reason, overwrite)
