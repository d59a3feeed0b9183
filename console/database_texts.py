"""What ``netra scan --db`` and ``netra findings`` say, in Indonesian and English; see ``console.texts``."""

from typing import Final

from console.voice import Message, messages

M = Message

OPENING_DATABASE: Final = M("Membuka basis data", "Opening the database")
KEPT_IN_DATABASE: Final = M(
    "Tersimpan di {name}, pindaian {run}. Dikenal dari pindaian sebelumnya: {known} dari {seen} berkas.",
    "Kept in {name}, scan {run}. Known from earlier scans: {known} of {seen} files.",
)
NO_FINDINGS: Final = M("Tidak ada temuan yang cocok.", "No findings fit.")
FINDINGS_SHOWN: Final = M("Ditampilkan {shown} dari {total} temuan.", "Shown: {shown} of {total} findings.")
MORE: Final = M("Berikutnya: tambahkan --after {after}", "The next ones: add --after {after}")
HEADS: Final = messages(
    {
        "number": M("Temuan", "Finding"),
        "strength": M("Kekuatan", "Strength"),
        "category": M("Kategori", "Category"),
        "candidate": M("Calon", "Candidate"),
        "symbol": M("Simbol", "Symbol"),
        "state": M("Status", "State"),
        "posted": M("Diunggah", "Posted"),
        "uploader": M("Pengunggah", "Uploader"),
        "path": M("Berkas", "File"),
    }
)
GONE: Final = M("tidak ditemukan lagi", "no longer found")
CHANGED: Final = M("berubah sejak diputuskan", "changed since it was decided")
WRONG_PLACE: Final = M(
    "--after {after}: bukan tempat dalam daftar; salin dari halaman sebelumnya.",
    "--after {after}: no place on a list; copy it from the page before.",
)
