"""The notes and flaws of dates in words, Indonesian and English."""

from typing import Final

from screening.upload_facts import Flaw, TimeKind, TimeNote, TimeSource

NOTES: Final[dict[TimeNote, tuple[str, str]]] = {
    TimeNote.SENT: (
        "hari foto dikirim atau diterima lewat aplikasi pesan; foto diambil pada hari itu atau sebelumnya",
        "the day a messenger sent or received it; it was taken on that day or before",
    ),
    TimeNote.SAVED: (
        "saat aplikasi media sosial menyimpannya; foto diambil saat itu atau sebelumnya",
        "when a social media app saved it; it was taken then or before",
    ),
    TimeNote.DIGITISED: (
        "saat gambar dijadikan digital; foto diambil saat itu atau sebelumnya",
        "when the picture became digital; it was taken then or before",
    ),
    TimeNote.CHANGED: (
        "saat berkas terakhir diubah; foto diambil saat itu atau sebelumnya",
        "when the file was last changed; it was taken then or before",
    ),
    TimeNote.GPS: ("dari jam satelit (GPS)", "from the satellite clock (GPS)"),
    TimeNote.NAMED_IN_UTC: ("dari nama berkas, dalam waktu UTC", "from the file's name, in UTC"),
    TimeNote.ZONE_ASSUMED: (
        "tanpa zona waktu; zona waktu kantor yang dipakai",
        "without a time zone; the office's zone was assumed",
    ),
}

FLAWS: Final[dict[Flaw, tuple[str, str]]] = {
    Flaw.NO_DATE: ("bukan tanggal", "no date"),
    Flaw.TOO_EARLY: ("sebelum tahun 1995", "before 1995"),
    Flaw.IN_THE_FUTURE: ("di masa depan", "in the future"),
    Flaw.AFTER_POSTED: ("setelah foto diunggah", "after the photo was posted"),
}

KINDS: Final[dict[TimeKind, tuple[str, str]]] = {
    TimeKind.TAKEN: ("diambil", "taken"),
    TimeKind.POSTED: ("diunggah", "posted"),
    TimeKind.CAPTURED: ("disimpan petugas", "captured"),
    TimeKind.KNOWN: ("diketahui petugas", "known"),
}

SOURCES: Final[dict[TimeSource, tuple[str, str]]] = {
    TimeSource.MANIFEST: ("daftar unggahan", "the manifest"),
    TimeSource.EXIF: ("keterangan kamera dalam berkas (EXIF)", "what the camera wrote into the file (EXIF)"),
    TimeSource.FILE_NAME: ("nama berkas", "the file's name"),
}
