"""What an export refuses, in both languages: people ask for packages on the page, too."""

from typing import Final

from netra.both import Both, Message

UNKNOWN: Final = Message(
    "{wanted}: tidak ada perkara dan tidak ada pindaian dengan nomor ini. Yang ada: {known}. Buka perkara dengan "
    "`netra case open` atau di halaman peninjauan, atau pindai dulu dengan `netra scan --db`.",
    "{wanted}: there is no case and no run of this number. Expected one of: {known}. Open a case with `netra case "
    "open`, or scan with `netra scan --db` first.",
)
NONE_SO_FAR: Final = Both("belum ada", "none so far")
DELETED: Final = Message(
    "{number}: perkara ini sudah dihapus; log audit menyebut kapan dan oleh siapa. Tidak ada yang dapat diekspor.",
    "{number}: this case was deleted; the audit log says when and by whom. There is nothing to export.",
)
NOT_AS_SCANNED: Final = Message(
    "{count} foto tidak seperti ketika dipindai; yang diharapkan setiap foto asli, tanpa perubahan. Kembalikan "
    "fotonya, atau ekspor tanpa foto itu (di halaman: centang pilihannya; di baris perintah: --allow-missing): paket "
    "dan PDF-nya lalu menyebutnya.",
    "{count} of the photos are not as they were scanned; expected each original, unchanged. Put them back, or export "
    "without them with --allow-missing: the package and its PDF then say so.",
)
MORE: Final = Message("... dan {count} foto lagi", "... and {count} more photos")
DELETED_FILE: Final = Message(
    "{place}: dihapus oleh netra pada akhir masa simpannya",
    "{place}: deleted at the end of its time of keeping, by netra",
)
NO_FILE_KNOWN: Final = Message("{sha256}: tidak diketahui satu pun berkasnya", "{sha256}: no file of it is known")
CHANGED: Final = Message(
    "{place}: isinya sekarang lain; seharusnya {sha256}",
    "{place}: its content is another one by now; expected {sha256}",
)

THERE_ALREADY: Final = Message(
    "{place}: sudah ada sesuatu dengan nama ini, dan ekspor tidak pernah menimpa apa pun. Pilih nama baru (--out).",
    "{place}: there is something of this name already, and an export never replaces anything. Choose a new name for "
    "--out.",
)
NOT_WRITTEN: Final = Message(
    "{place}: paket tidak dapat ditulis: {said}. Tidak ada yang tertinggal. {advice}.",
    "{place}: the package cannot be written: {said}. Nothing of it was left behind. {advice}.",
)
MAKE_ROOM: Final = Both(
    "Kosongkan ruang di disk, atau pilih disk lain (--out; bagi halaman peninjauan --packages)",
    "Make room on the disk, or choose another one with --out",
)
MAKE_FOLDER: Final = Both(
    "Buat dulu folder di atasnya, atau pilih yang lain (--out; bagi halaman peninjauan --packages)",
    "Make the folder around it first, or choose another one with --out",
)
SEE_RIGHTS: Final = Both(
    "Pastikan Anda boleh menulis ke folder di atasnya, atau pilih yang lain (--out; bagi halaman peninjauan "
    "--packages)",
    "See that you may write to the folder around it, or choose another one with --out",
)
NO_FONT: Final = Both(
    "huruf DejaVu Sans, yang dipakai untuk menulis PDF, tidak terpasang; huruf itu bagian dari paket Python "
    "matplotlib. Jalankan pemasangan sekali lagi (make setup).",
    "the font DejaVu Sans, with which the PDF is written, is not installed; it comes with the Python package "
    "matplotlib. Run the installation again (make setup).",
)
