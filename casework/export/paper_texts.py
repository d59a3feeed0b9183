"""What stands on the paper of a case, in Indonesian: names of fields, explanations, words for stored values.

Nothing here says that somebody broke a rule. Words of that kind stand on the paper only where a person's own words are
quoted, and then as theirs.
"""

from collections.abc import Mapping
from datetime import date, datetime
from types import MappingProxyType
from typing import Final

MONTHS: Final = (
    *("Januari", "Februari", "Maret", "April", "Mei", "Juni", "Juli", "Agustus", "September"),
    *("Oktober", "November", "Desember"),
)


def day_text(day: date) -> str:
    """``22 November 2026``."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


_ZONES: Final = {7: "WIB", 8: "WITA", 9: "WIT"}


def time_text(at: datetime) -> str:
    """``25 September 2024 08.15 WIB``; another zone by its distance to UTC."""
    hours = at.strftime("%z")
    zone = next((name for away, name in _ZONES.items() if hours == f"+{away:02}00"), f"UTC{hours}")
    return f"{day_text(at.date())} {at:%H.%M} {zone}"


TITLE: Final = "Bahan Laporan Hasil Pengawasan"
RUN_TITLE: Final = "Daftar Temuan Pemindaian"
SUBTITLE: Final = (
    "Disusun netra menurut bidang-bidang Formulir Model A (Perbawaslu 5/2022) sejauh diketahui penyusunnya; ini bahan, "
    "bukan formulir resmi. Salin ke formulir resmi kantor Anda dan cocokkan bidang-bidangnya."
)
NO_VERDICT: Final = (
    "netra hanya menunjuk foto yang perlu dilihat. Kemiripan wajah dan simbol tangan yang dibaca mesin bukan bukti "
    "yang berdiri sendiri; penilaian dan keputusan ada pada manusia, setelah klarifikasi."
)
INCOMPLETE: Final = "BELUM LENGKAP: perkara ini belum memuat"
DUTIES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "purpose": "tujuan pemrosesan data (UU 27/2022 Pasal 16)",
        "legal_basis": "dasar hukum pemrosesan (UU 27/2022 Pasal 20)",
        "officer": "nama petugas yang bertanggung jawab",
        "ends_on": "tanggal akhir pemeriksaan (UU 27/2022 Pasal 16 dan 27)",
        "dpia_number": "nomor penilaian dampak pelindungan data pribadi (UU 27/2022 Pasal 34)",
    }
)
MISSING_ORIGINALS: Final = "FOTO ASLI TIDAK ADA"
BY_HAND: Final = "Garis putus-putus diisi petugas dengan tangan."

FORM_PARTS: Final = (
    ("I. Data pengawas", ("nomor_laporan", "tahapan", "officer", "post", "warrant", "alamat")),
    ("II. Kegiatan pengawasan", ("bentuk", "tujuan_pengawasan", "sasaran", "waktu_tempat")),
)
FORM_FIELDS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "nomor_laporan": "Nomor laporan",
        "tahapan": "Tahapan yang diawasi",
        "officer": "Nama pelaksana tugas pengawasan",
        "post": "Jabatan",
        "warrant": "Nomor surat tugas",
        "alamat": "Alamat",
        "bentuk": "Bentuk pengawasan",
        "tujuan_pengawasan": "Tujuan pengawasan",
        "sasaran": "Sasaran pengawasan",
        "waktu_tempat": "Waktu dan tempat pengawasan",
        "terlapor": "Pihak yang dilaporkan (nama, jabatan, alamat)",
        "saksi": "Saksi",
        "tempat": "Tempat kejadian",
        "uraian": "Uraian kejadian",
    }
)
"""Names of the form's further fields in a case (``cases.form_a``), with what stands before them on paper."""
RESULT: Final = "III. Uraian hasil pengawasan"
RESULT_COUNTS: Final = (
    "Pemindaian menunjuk {findings} temuan pada {photos} foto; {decided} sudah diputuskan dua penilai atau lebih. "
    "Rinciannya ada pada bagian Temuan. Uraian berikut diisi petugas:"
)

CASE_PART: Final = "Perkara"
CASE_FIELDS: Final = (
    ("number", "Nomor perkara"),
    ("title", "Judul"),
    ("purpose", "Tujuan pemrosesan data"),
    ("legal_basis", "Dasar hukum"),
    ("dpia_number", "Nomor penilaian dampak"),
)
KNOWN_ON, ENDS_ON, RETAIN = "Diketahui pada", "Pemeriksaan berakhir", "Disimpan sampai"
ELECTION, RULEBOOK = "Pemilihan", "Kumpulan aturan"
HOLD: Final = "Ditahan secara hukum: tidak boleh dihapus."

DEADLINES: Final = "Batas waktu"
DEADLINES_FROM: Final = (
    "Dihitung sejak perkara diketahui kantor, {day} (hari itu hari ke-0). Sabtu, Minggu{holidays} tidak dihitung pada "
    "'hari kerja'. Setiap tanggal harus diperiksa kembali pada peraturan yang berlaku hari ini sebelum dipakai."
)
NO_HOLIDAY_LIST: Final = " dan hari libur nasional (daftarnya belum diberikan, jadi libur masih ikut terhitung)"
HOLIDAY_LIST: Final = " dan hari libur dalam daftar kantor"
DEADLINES_UNKNOWN: Final = (
    "Tanggal perkara diketahui belum diisi, jadi batas waktu tidak dapat dihitung. Isi dengan netra case set, atau "
    "tulis di sini:"
)
KINDS: Final[Mapping[str, str]] = MappingProxyType(
    {"pemilu": "Pemilu (UU 7/2017)", "pilkada": "Pemilihan kepala daerah (Pilkada)"}
)
KIND_UNKNOWN: Final = "Jenis pemilihan belum ditetapkan pada perkara ini, maka keduanya ditampilkan; pakai yang sesuai."
ASSUMED: Final = "; tanggal registrasi belum ada, dihitung dari hari terakhir melapor"
CHECK_AGAIN: Final = "periksa kembali"

CONDITIONS: Final = "Syarat formil dan materiel"
CONDITIONS_NOTE: Final = (
    "Centang berarti berkas ini memuat datanya, bukan bahwa syaratnya terpenuhi; itu penilaian petugas. Syarat diambil "
    "dari halaman Bawaslu daerah (sumber sekunder): periksa kembali."
)
FORMAL, MATERIAL = "Syarat formil", "Syarat materiel"
NOBODY_NAMED: Final = "belum ditetapkan petugas; pengunggah menurut daftar unggahan: {names}"

FINDINGS: Final = "Temuan"
CATEGORIES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "foto-bersama-simbol": "foto bersama calon dengan simbol tangan",
        "foto-bersama": "foto bersama calon",
        "unggah-foto-calon": "foto atau gambar calon",
        "pose-terlarang": "pose dalam daftar",
    }
)
STRENGTHS: Final[Mapping[str, str]] = MappingProxyType({"strong": "kuat", "medium": "sedang", "weak": "lemah"})
STATES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "suggested": "belum diputuskan",
        "confirmed-once": "dikonfirmasi satu penilai, menunggu penilai kedua",
        "confirmed": "dikonfirmasi",
        "rejected": "ditolak",
        "cannot-tell": "tidak dapat dipastikan",
        "ignored": "diabaikan",
    }
)
BANDS: Final[Mapping[str, str]] = MappingProxyType({"match": "cocok", "possible": "mungkin"})
ELEMENT_STATES: Final[Mapping[str, str]] = MappingProxyType(
    {"shown": "tampak", "missing": "belum ada", "unclear": "belum jelas"}
)
NOT_CURRENT: Final = "Pemindaian terakhir tidak lagi menunjuk temuan ini; ia tetap di sini karena pernah diperiksa."
CHANGED: Final = "Isi temuan berubah sejak diputuskan; yang diputuskan ada dalam data/keputusan.jsonl."
WORKING_COPY: Final = (
    "Salinan kerja: wajah orang lain disamarkan, calon dan tangan ditandai. Foto asli: {original}. SHA-256 {sha256}"
)
NO_ORIGINAL: Final = "Foto asli tidak ada dalam paket ini: {reasons}. SHA-256 {sha256}"
NO_COPY: Final = "Salinan kerja tidak dapat dibuat: {reason}"
CROP_FACE, CROP_REFERENCE, CROP_HAND = "Wajah dalam foto: {name}?", "Foto rujukan: {name}", "Tangan: {symbol}"
NO_REFERENCE: Final = "Foto rujukan ({name}) tidak disertakan."
LIKENESS, ELEMENTS, DATES, UPLOADS, DECISIONS = (
    *("Kemiripan", "Unsur aturan", "Tanggal dan sumbernya", "Unggahan", "Keputusan penilai"),
)
UNCALIBRATED: Final = "belum terkalibrasi"
NO_DECISION: Final = "Belum ada keputusan. Dua penilai yang berbeda memutuskan tanpa melihat jawaban satu sama lain."
NO_ELEMENTS: Final = "Catatan foto ini tidak merinci unsur aturan."
NO_DATES: Final = "Tidak ada keterangan tanggal. Hari pengambilan dan pengunggahan harus dicari petugas."
TAKEN_BACK: Final = "ditarik kembali"
TAKES_BACK: Final = "menarik kembali keputusan sebelumnya"
MORE_UPLOADS: Final = "dan {count} berkas lain; semuanya dalam data/unggahan.csv."
UPLOADER_NOTE: Final = (
    "Nama pengunggah berasal dari daftar unggahan yang diketik petugas, bukan dari pengenalan wajah. netra tidak "
    "mencari tahu siapa orang lain dalam foto."
)
MORE_FINDINGS: Final = (
    "Kertas ini memuat {shown} temuan terkuat dari {count}; semuanya ada dalam data/temuan.jsonl dan "
    "data/tampilan/temuan.csv."
)

SEARCHED: Final = "Yang dicari dan tidak ditemukan"
SEARCHED_NOTE: Final = (
    "Pencarian yang tidak menunjuk siapa pun sama pentingnya: temuan di atas dipilih dari semua wajah ini."
)
SEARCHED_COLUMNS: Final = (
    "Pindaian", "Foto dinilai", "Tanpa kemiripan calon", "Wajah dibandingkan", "Wajah tak dapat dinilai",
    "Berkas tak terbaca",
)  # fmt: skip
BANDS_COLUMNS: Final = ("Pindaian", "Calon", "Cocok", "Mungkin")

LIMITS: Final = "Batas metode"
LIMITS_POINTS: Final = (
    (
        "Kemiripan ialah angka dari -1 sampai 1 yang membandingkan dua wajah setelah ciri umum wajah setempat "
        "dikurangkan. "
        "Ia bukan persentase dan bukan peluang bahwa orangnya sama."
    ),
    (
        "Nilai E memperkirakan berapa kali kemiripan setinggi itu muncul secara kebetulan di antara wajah orang lain "
        "yang "
        "dibandingkan. Nilai E 0,02 berarti: dari 50 pindaian seperti ini, kira-kira satu memberi kemiripan setinggi "
        "itu "
        "pada orang yang salah. Pada kerabat, kembar, atau orang yang sangat mirip, nilai E tidak berlaku."
    ),
    (
        "Keyakinan simbol hanya menyangkut bentuk tangan. Bentuk yang sama dapat berarti lain: salam, bercanda, "
        "menunjuk, "
        "atau isyarat pekerjaan. Mesin tidak melihat niat."
    ),
    "Pemilik tangan dapat keliru, terutama bila tangan berada di depan orang lain.",
    "Wajah di spanduk, layar, atau kaus bukan kehadiran. Penanda gambar dapat keliru ke dua arah.",
    (
        "Tangkapan layar saja adalah bukti yang lemah: sertakan akun, alamat unggahan, waktu, dan bila mungkin rekaman "
        "layar atau perangkatnya. UU ITE Pasal 6 meminta informasi yang dapat diakses, ditampilkan, dijamin "
        "keutuhannya, dan "
        "dipertanggungjawabkan."
    ),
    "Tanggal dari nama berkas dan dari aplikasi pesan adalah petunjuk lemah; tanggal kamera dapat salah atau diubah.",
    "Salinan kerja menyamarkan wajah yang terdeteksi; wajah yang tidak terdeteksi dapat masih terlihat.",
)
RATES: Final = "Seberapa sering netra keliru"
RATES_COLUMNS: Final = ("Yang diukur", "Angka", "Selang 95%", "Banyaknya")
UNKNOWN_RATES: Final = "Yang tidak diketahui"

CUSTODY: Final = "Penguasaan barang bukti"
CUSTODY_NOTE: Final = (
    "Menurut log audit, sebelum ekspor ini; ekspor ini sendiri tercatat sesudahnya dalam data/audit/log.jsonl. Yang "
    "ditampilkan {shown} dari {count} catatan; semuanya dalam data/penguasaan.csv."
)
CUSTODY_COLUMNS: Final = ("No", "Waktu", "Oleh", "Tindakan", "Tentang", "Alasan")

VERIFY: Final = "Cara memeriksa paket ini"
VERIFY_POINTS: Final = (
    "Paket ini folder BagIt (RFC 8493): manifest-sha512.txt memuat sidik setiap berkas.",
    (
        "Siapa pun dapat memeriksanya tanpa netra, hanya dengan Python 3.9 atau lebih baru: "
        "python data/periksa/periksa.py FOLDER. Petunjuknya dalam data/periksa/BACA-SAYA.txt."
    ),
    (
        "Bandingkan berkas checkpoint (data/audit/checkpoint.txt) dengan yang disimpan orang lain: tanpa pembanding "
        "dari "
        "luar, log yang dipotong di ujungnya atau dikembalikan ke keadaan lama tidak dapat diketahui."
    ),
    "Foto asli (data/foto/asli) sama bita demi bita dengan saat dipindai; sidiknya tercantum pada setiap temuan.",
)
SIGNATURE: Final = ("Tempat, tanggal", "Nama dan jabatan petugas", "Tanda tangan")
FOOT_RECORD: Final = "SHA-256 data/temuan.jsonl: {digest}"
FOOT_LOG: Final = "Log audit sebelum ekspor: {size} catatan, akar {root}"
FOOT_MADE: Final = "netra {version} · dibuat {at} · {name}"
