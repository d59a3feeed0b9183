"""What ``netra doctor`` says, in Indonesian and English; the rules of ``console.texts`` hold here as well."""

from typing import Final

from console.voice import Message

M = Message

OK: Final = M("OK", "OK")
MISSING: Final = M("KURANG", "MISSING")
NOTICE: Final = M("CATATAN", "NOTE")
DOCTOR_VERSION: Final = M("{name} {version}", "{name} {version}")
DOCTOR_NOT_INSTALLED: Final = M(
    "{name} tidak terpasang. Pasang netra sekali lagi (make setup).",
    "{name} is not installed. Install netra again (make setup).",
)
DOCTOR_PYTHON: Final = M("Python {version}; netra perlu 3.11 atau 3.12.", "Python {version}; netra needs 3.11 or 3.12.")
DOCTOR_MODEL: Final = M("model {name}, sha256 cocok", "model {name}, sha256 is right")
DOCTOR_AVX2: Final = M("prosesor mendukung AVX2", "the processor has AVX2")
DOCTOR_NO_AVX2: Final = M(
    "prosesor ini tidak punya AVX2: netra sangat lambat atau tidak jalan. Pakai komputer yang lebih baru.",
    "this processor lacks AVX2: netra is very slow or does not run. Use a newer computer.",
)
DOCTOR_UNKNOWN_AVX2: Final = M(
    "tidak diketahui apakah prosesor ({machine}) punya AVX2; lihat uji diri di bawah.",
    "whether the processor ({machine}) has AVX2 is unknown; see the self-test below.",
)
DOCTOR_PROCESSORS: Final = M(
    "{count} prosesor; pindaian memakai {workers} pekerja (--workers)", "processors: {count}; workers: {workers}"
)
DOCTOR_MEMORY: Final = M(
    "memori bebas {gib} GiB; perlu sekitar {needed} GiB untuk {workers} pekerja",
    "{gib} GiB of memory free; about {needed} GiB are needed for {workers} workers",
)
DOCTOR_FEW_MEMORY: Final = M(
    "memori bebas {gib} GiB, sebaiknya {needed} GiB untuk {workers} pekerja: tutup program lain atau --workers 1.",
    "{gib} GiB of memory free, better {needed} GiB for {workers} workers: close programs or use --workers 1.",
)
DOCTOR_UNKNOWN_MEMORY: Final = M("memori bebas tidak dapat diketahui", "free memory cannot be told")
DOCTOR_CACHE: Final = M("folder simpanan dapat ditulisi: {path}", "the cache folder can be written to: {path}")
DOCTOR_NO_CACHE: Final = M(
    "folder simpanan {path} tidak dapat ditulisi ({reason}): foto rujukan dibaca ulang setiap kali. Pilih folder lain "
    "dengan --cache atau NETRA_CACHE.",
    "the cache folder {path} cannot be written to ({reason}): reference photos are read anew each time. Choose another "
    "with --cache or NETRA_CACHE.",
)
DOCTOR_TEST: Final = M(
    "uji diri: {faces} wajah dan {hands} tangan ditemukan dan dihitung pada foto contoh ({seconds} detik)",
    "self-test: faces and hands found and computed in a photo of the demo: {faces} and {hands} ({seconds} s)",
)
DOCTOR_TEST_FAILED: Final = M("uji diri gagal: {reason}", "the self-test failed: {reason}")
DOCTOR_TEST_TOO_LITTLE: Final = M(
    "pada foto contoh {path} ditemukan {faces} wajah dan {hands} tangan, seharusnya masing-masing sedikitnya satu. "
    "Pasang netra sekali lagi (make setup); bila tetap begini, kirim keluaran ini kepada pemelihara netra.",
    "in the demo's photo {path} faces found: {faces}, hands: {hands}; expected one of each at least. Install netra "
    "again (make setup); if it stays so, send this output to netra's maintainers.",
)
DOCTOR_TEST_DIED: Final = M(
    "pekerjanya mati; prosesor atau memori komputer ini tidak mencukupi",
    "its worker died; this computer's processor or memory does not suffice",
)
DOCTOR_HEIC: Final = M("foto HEIC (iPhone) dapat dibaca", "HEIC photos (iPhone) can be read")
DOCTOR_NO_HEIC: Final = M(
    "foto HEIC (iPhone) tidak dapat dibaca; bila perlu, pasang tambahan netra bernama heic (uv sync --extra heic)",
    "HEIC photos (iPhone) cannot be read; where needed, install netra's extra heic (uv sync --extra heic)",
)
DOCTOR_GOOD: Final = M("Semua yang diperlukan ada.", "All that is needed is there.")
DOCTOR_BAD: Final = M("Yang kurang: {count}.", "Missing: {count}.")
