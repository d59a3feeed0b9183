"""What ``netra retention`` says, in Indonesian and English; the rules of ``console.texts`` hold here as well."""

from typing import Final

from console.voice import Message, messages

M = Message

BLOCKS: Final = messages(
    {
        "open": M("berkas {number} masih terbuka", "case {number} is open"),
        "held": M("berkas {number} ditahan secara hukum", "case {number} is on legal hold"),
        "kept": M("berkas {number} disimpan sampai {until}", "case {number} is kept until {until}"),
        "no-day": M(
            "berkas {number} ditutup tanpa --retain-until; isi dengan `netra case set`",
            "case {number} was closed without --retain-until; fill it in with `netra case set`",
        ),
    }
)
OUTCOMES: Final = messages(
    {
        "deleted": M("dihapus", "deleted"),
        "missing": M("sudah tidak ada", "not there any more"),
        "changed": M("isinya bukan foto yang dipindai; dibiarkan", "no longer the photo that was scanned; kept"),
        "in-archive": M(
            "di dalam arsip; dibiarkan, hapus sendiri arsipnya", "inside an archive; kept, delete it yourself"
        ),
        "not-a-file": M(
            "bukan berkas biasa (tautan atau folder); dibiarkan", "no regular file (a link or folder); kept"
        ),
        "refused": M("tidak dapat dihapus; periksa izinnya", "cannot be deleted; check its rights"),
    }
)

DUE: Final = M("Boleh dihapus pada {day}", "May be deleted on {day}")
NOTHING_DUE: Final = M("Tidak ada yang boleh dihapus pada {day}.", "Nothing may be deleted on {day}.")
NEXT: Final = M("Berikutnya setelah {day}.", "Next after {day}.")
CASE: Final = M("berkas {number}: {photos} foto", "case {number}: {photos} photos")
OTHERS: Final = M(
    "{photos} foto dengan semua yang tercatat tentangnya, {uploads} catatan unggahan tanpa fotonya",
    "{photos} photos with all that is written about them, {uploads} rows of uploads without their photo",
)
STAYS: Final = M("Tetap disimpan ({count})", "Stays ({count})")
STAY: Final = M("{what}: {why}", "{what}: {why}")
FILES: Final = M("Berkas asli ({count})", "Original files ({count})")
FILE: Final = M("{path}: {outcome}", "{path}: {outcome}")
FILES_STAY: Final = M(
    "Berkas asli ({count}) tetap ada di disk; --files ikut menghapusnya.",
    "The original files ({count}) stay on the disk; --files deletes them too.",
)
HOW: Final = M(
    "Belum ada yang dihapus. Untuk menghapus: tambahkan --delete --reason ALASAN.",
    "Nothing was deleted. To delete it, add --delete --reason WHY.",
)
DELETED: Final = M(
    "Dihapus: {photos} foto, {rows} baris ({tables}).", "Deleted: {photos} photos, {rows} rows ({tables})."
)
NOTES: Final = M(
    "Catatan petugas tentang foto yang tetap ada karena orang lain juga mengunggahnya ({count}, {redacted} "
    "disamarkan). Baca sendiri: yang menunjuk orang tanpa nama tidak dikenali netra.",
    "Notes about photos that stay because somebody else uploaded them too ({count}, {redacted} redacted). Read them: "
    "netra does not see where somebody is told of without a name.",
)
NOTE: Final = M("temuan {number}, {author}: {text}", "finding {number}, {author}: {text}")
PROVEN: Final = M(
    "Buktinya ada dalam catatan audit; `netra verify` memeriksa keutuhannya.",
    "The audit log has the proof; `netra verify` checks that it is whole.",
)
EXPLAINED: Final = M(
    "Keputusan petugas: {made} dibuat = {left} tersimpan + {deleted} dihapus dengan bukti.",
    "Decisions: {made} made = {left} kept + {deleted} deleted with proof.",
)
NOT_EXPLAINED: Final = M(
    "Keputusan petugas TIDAK COCOK: {made} dibuat menurut log, {left} tersimpan, {deleted} dihapus dengan bukti. "
    "Simpan basis data apa adanya, jalankan `netra verify`, dan bandingkan dengan cadangan.",
    "Decisions DO NOT ADD UP: {made} made by the log, {left} kept, {deleted} deleted with proof. Keep the database as "
    "it is, run `netra verify`, and compare it with a backup.",
)
PURGED: Final = M(
    "Berkas basis data sudah ditulis ulang tanpa yang dihapus.",
    "The database file was written anew without what was deleted.",
)
NOT_PURGED: Final = M(
    "Berkas basis data belum ditulis ulang: {why}. Sisa yang dihapus mungkin masih ada dalam berkas -wal di "
    "sampingnya; jalankan perintah ini sekali lagi.",
    "The database file was not written anew: {why}. Remains of what was deleted may still be in the file -wal beside "
    "it; run this command again.",
)
ELSEWHERE: Final = M(
    "Yang ada di tempat lain tidak dihapus: cadangan, ekspor, gambar beranotasi, berkas JSONL, cetakan.",
    "What lies elsewhere is not deleted: backups, exports, annotated pictures, JSONL files, paper.",
)
TOGETHER: Final = M(
    "pilih satu saja dari --case, --photo, --uploader, dan --unused-days.",
    "choose one of --case, --photo, --uploader and --unused-days.",
)
DRY_AND_DELETE: Final = M("--dry-run dan --delete tidak dapat bersama.", "--dry-run and --delete exclude each other.")
FILES_NEED_DELETE: Final = M("--files hanya bersama --delete.", "--files goes with --delete only.")
NOT_A_DAY: Final = M(
    "--on: '{value}' bukan tanggal. Tulis TTTT-BB-HH, misalnya 2024-10-21.",
    "--on: '{value}' is no day. Write YYYY-MM-DD, such as 2024-10-21.",
)
ON_A_LATER_DAY: Final = M(
    "--on {value}: hari itu belum tiba. Menghapus hanya menurut hari ini atau sebelumnya.",
    "--on {value}: that day has not come. Deletion goes by today or an earlier day.",
)
NO_SUCH_PHOTO: Final = M(
    "{path}: bukan berkas yang dapat dibaca. Sebutkan sebuah foto, atau sha256: diikuti 64 angka heksadesimal.",
    "{path}: no file that can be read. Name a photo, or sha256: and 64 hexadecimal digits.",
)
