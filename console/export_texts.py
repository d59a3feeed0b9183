"""What ``netra export`` says, in Indonesian and English; the rules of ``console.texts`` hold here as well."""

from typing import Final

from console.voice import Message

M = Message

READING_CASE: Final = M("Membaca basis data", "Reading the database")
COPYING: Final = M("Menyalin dan menyamarkan foto", "Copying and blurring photos")

EXPORTED_CASE: Final = M(
    "Perkara {number} diekspor ke {path}: {findings} temuan pada {photos} foto.",
    "Case {number} was exported to {path}: {findings} findings on {photos} photos.",
)
EXPORTED_RUN: Final = M(
    "Pindaian {number} diekspor ke {path}: {findings} temuan pada {photos} foto.",
    "Scan {number} was exported to {path}: {findings} findings on {photos} photos.",
)
PAPER: Final = M("Mulailah dari {path}.", "Start with {path}.")
CHECKPOINT: Final = M(
    "Checkpoint log audit setelah ekspor ini ({size} catatan); simpan juga di tempat lain:",
    "Checkpoint of the audit log after this export ({size} entries); keep it somewhere else, too:",
)
CHECK: Final = M(
    "Siapa pun dapat memeriksa paket ini: python {path} {folder}",
    "Anybody can check this package: python {path} {folder}",
)
MISSING: Final = M(
    "{count} foto asli tidak ada atau berubah, jadi tidak ikut; halaman pertama PDF menyebutnya.",
    "{count} originals are gone or changed and not contained; the first page of the PDF says so.",
)
LACKS: Final = M(
    "Perkara ini belum lengkap: {fields}. Halaman pertama PDF menyebutnya; isi dengan netra case set.",
    "This case is not complete: {fields}. The first page of the PDF says so; fill it in with netra case set.",
)
NOT_PAINTED: Final = M("Tanpa salinan kerja: {error}", "Without a working copy: {error}")
NO_REFERENCES: Final = M(
    "Foto rujukan calon tidak disertakan; dengan --election ELECTION.toml disertakan di samping wajah dalam foto.",
    "Reference photos of candidates are not contained; with --election ELECTION.toml they stand beside the faces.",
)
NO_REASON: Final = M(
    "Sebutkan alasan ekspor dengan --reason; alasan itu dicatat dalam log audit.",
    "Say why with --reason; the reason goes into the audit log.",
)
AMONG_PHOTOS: Final = M(
    "Paket {path} berada di antara foto asli; memindai ulang folder itu akan menemukan salinannya juga.",
    "The package {path} lies among the originals; a new scan of that folder will meet the copies, too.",
)
NO_KEY: Final = M(
    "Basis data ini ada di server; sebutkan berkas kunci penanda tangan log audit dengan --key.",
    "This database is on a server; name the file with the key that signs the audit log with --key.",
)
