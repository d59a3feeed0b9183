"""Everything the command line says, in Indonesian and English, in one place.

Only what is said while a command runs: help texts stand at their commands in ``cli.py``, sentences of findings in
``screening.sentences``. Nothing here calls a photo or a person anything that is for people to decide.
"""

from typing import Final

from console.voice import Message, messages

M = Message

# --- values of the schema in words; a test holds that every value of each type is here ---------------------------

CATEGORIES: Final = messages(
    {
        "foto-bersama-simbol": M("foto bersama + simbol", "together + symbol"),
        "foto-bersama": M("foto bersama", "together"),
        "unggah-foto-calon": M("foto calon saja", "candidate alone"),
        "pose-terlarang": M("pose terlarang", "listed pose"),
    }
)
STRENGTHS: Final = messages(
    {"strong": M("kuat", "strong"), "medium": M("sedang", "medium"), "weak": M("lemah", "weak")}
)
BANDS: Final = messages({"match": M("cocok", "match"), "possible": M("mungkin", "possible")})
STATUSES: Final = messages(
    {
        "ok": M("terbaca", "read"),
        "error": M("tidak terbaca", "unreadable"),
        "duplicate": M("salinan", "duplicate"),
        "skipped": M("dilewati", "skipped"),
    }
)
SKIP_REASONS: Final = messages(
    {
        "hidden": M(
            "tersembunyi, biasanya milik sistem; bila perlu dipindai, sebutkan sendiri namanya",
            "hidden, usually a system's own; to scan it, name it itself",
        ),
        "not-a-photo-by-name": M(
            "bukan foto menurut namanya; bila ternyata foto, sebutkan sendiri namanya",
            "no photo by its name; if it is one, name it itself",
        ),
        "archive": M(
            "arsip yang tidak dibuka di sini; buka dulu, lalu pindai foldernya",
            "an archive that is not opened here; unpack it and scan the folder",
        ),
        "no-photos": M("tidak berisi foto", "holds no photos"),
    }
)
REMARKS: Final = messages(
    {
        "unreadable": M("foto tidak dapat dibaca", "cannot be read"),
        "no-face": M("tidak ada wajah; pakai foto dari depan, terang, tanpa masker", "no face"),
        "several-faces": M("lebih dari satu wajah; potong sampai tinggal orang ini", "several faces"),
        "small-face": M("wajah terlalu kecil; pakai foto yang lebih besar", "small face"),
        "blurred": M("wajah buram, berbintik atau gelap; pakai foto tajam dan terang", "blurred"),
        "turned-away": M("wajah menoleh; pakai foto dari depan", "turned away"),
        "covered": M("mulut tertutup; pakai foto tanpa masker", "mouth covered"),
        "repeated": M("gambar yang sama sudah dipakai", "repeated"),
        "shared": M("gambar yang sama diberikan untuk orang lain; hapus yang salah", "shared with somebody else"),
        "unlike-the-others": M("tidak mirip foto lain orang ini; periksa siapa di foto", "unlike the others"),
        "alike": M("dua orang ini mirip; periksa dan tambah foto keduanya", "look-alikes"),
        "one-photo": M("foto yang dapat dipakai kurang dari 3; tambah foto dari hari lain", "few photos"),
        "no-photo": M("tidak ada foto yang dapat dipakai; tambah satu foto tajam dari depan", "no usable photo"),
        "few-people": M("terlalu sedikit orang untuk memeriksa kemiripan; periksa dengan mata", "few people"),
    }
)
SEVERITIES: Final = messages(
    {
        "error": M("harus diperbaiki", "must be mended"),
        "warning": M("perlu dilihat", "to be looked at"),
        "note": M("catatan", "note"),
    }
)

# --- errors --------------------------------------------------------------------------------------------------------

CONFIG_ERROR: Final = M(
    "Berkas pemilihan atau kumpulan aturan belum benar ({count} hal):",
    "The election file or the rulebook is not right yet ({count}):",
)
NOT_ENROLLED: Final = M(
    "Foto rujukan calon belum cukup ({count} hal); lihat juga `netra candidates check`:",
    "The candidates' reference photos do not suffice ({count}); see also `netra candidates check`:",
)
USAGE_ERROR: Final = M("Perintah belum benar:", "The command is not right:")
USAGE_HINT: Final = M("Bantuan: {command} --help", "Help: {command} --help")
MODEL_ERROR: Final = M(
    "Berkas model bermasalah; `netra doctor` memeriksa semuanya:", "A model file is not right; see `netra doctor`:"
)
FACE_MODEL_ERROR: Final = M(
    "Model wajah (--face-model) tidak dapat dipakai ({count} hal):",
    "The face model (--face-model) cannot be used ({count}):",
)
OUTPUT_ERROR: Final = M("Hasil tidak dapat ditulis:", "The result cannot be written:")
PHOTO_ERROR: Final = M("Foto tidak dapat dibaca ({reason}):", "The photo cannot be read ({reason}):")
OTHER_ERROR: Final = M("Gagal:", "Failed:")
FILE_EXISTS: Final = M(
    "{path}: berkas ini sudah ada dan dibiarkan. Pilih nama lain, atau tambahkan --overwrite untuk menggantinya.",
    "{path}: this file exists and is kept. Choose another name, or add --overwrite to replace it.",
)
PICTURES_EXIST: Final = M(
    "{path}: gambar dari pemindaian lain sudah ada di sana ({count}) dan dibiarkan. Pilih folder lain, atau tambahkan "
    "--overwrite untuk menggantinya.",
    "{path}: pictures of another scan are there ({count}) and are kept. Choose another folder, or add --overwrite to "
    "replace them.",
)
SAME_OUTPUT: Final = M(
    "{path}: dua hasil tidak dapat ditulis ke tempat yang sama. Beri masing-masing nama sendiri.",
    "{path}: two results cannot be written to the same place. Give each a name of its own.",
)
OUTPUT_IS_INPUT: Final = M(
    "{path}: dibaca oleh perintah ini dan tidak boleh ditimpa oleh hasilnya. Beri hasil itu nama lain.",
    "{path}: is read by this command and must not be replaced by its result. Give the result another name.",
)
CANNOT_WRITE: Final = M(
    "{path}: tidak dapat ditulis ({reason}). Periksa apakah foldernya ada, boleh ditulisi, dan disk tidak penuh.",
    "{path}: cannot be written ({reason}). Check that the folder exists, that you may write to it and that the disk "
    "has room.",
)
ONE_PHOTO: Final = M(
    "{path}: inspect memeriksa satu foto saja. Untuk folder atau arsip pakai `netra scan`.",
    "{path}: inspect takes one photo. For a folder or an archive use `netra scan`.",
)
NOT_A_JPEG_NAME: Final = M(
    "{path}: gambar beranotasi adalah JPEG; pilih nama yang berakhir dengan .jpg.",
    "{path}: the annotated picture is a JPEG; choose a name that ends in .jpg.",
)
NO_FIXTURES: Final = M(
    "{path}: berkas contoh tidak ada. Pasang netra sekali lagi (make setup).",
    "{path}: the files of the demo are missing. Install netra again (make setup).",
)
BUG: Final = M(
    "netra berhenti karena kesalahan di dalam netra sendiri ({error}). Ini bukan salah Anda. Jalankan lagi dengan "
    "`netra -v ...` lalu kirim seluruh keluarannya kepada pemelihara netra.",
    "netra stopped because of a mistake of its own ({error}). It is not your fault. Run it again as `netra -v ...` "
    "and send all of its output to netra's maintainers.",
)
INTERRUPTED: Final = M("Dihentikan oleh pengguna.", "Interrupted.")
WARNING: Final = M("peringatan: {text}", "warning: {text}")

# --- while a scan runs ---------------------------------------------------------------------------------------------

LOOKING: Final = M("Mencari berkas", "Looking for files")
ENROLLING: Final = M("Membaca foto rujukan calon", "Reading the candidates' photos")
READING: Final = M("Membaca foto", "Reading photos")
FINISHING: Final = M("Mencocokkan dan menulis", "Matching and writing")
STOPPING: Final = M(
    "Dihentikan: yang sudah dibaca diselesaikan dulu. Ctrl+C sekali lagi untuk keluar sekarang juga.",
    "Stopping: what has been read is being finished. Ctrl+C once more to leave at once.",
)
RATE: Final = M("{rate} foto/detik", "{rate} photos/s")
LEFT: Final = M("sisa {time}", "{time} left")
REFERENCES_TO_SEE: Final = M(
    "{count} hal pada foto rujukan perlu dilihat: netra candidates check {path}",
    "{count} things about the reference photos are to be looked at: netra candidates check {path}",
)
PICTURES_INSIDE: Final = M(
    "{path} terletak di dalam folder yang dipindai; pindaian berikutnya akan ikut membaca gambar di dalamnya.",
    "{path} lies inside a scanned folder; the next scan will read the pictures in it as well.",
)
PICTURE_LEFT_OUT: Final = M("gambar beranotasi tidak dibuat: {error}", "no annotated picture was made: {error}")

# --- what was found ------------------------------------------------------------------------------------------------

FINDINGS: Final = M("Temuan ({count})", "Findings ({count})")
NO_FINDINGS: Final = M(
    "Tidak ada temuan. Wajah yang kecil, buram, gelap, menoleh, atau tertutup dapat terlewat.",
    "No findings. Faces that are small, blurred, dark, turned or covered can be missed.",
)
COLUMN_NUMBER: Final = M("No.", "No.")
COLUMN_STRENGTH: Final = M("Kekuatan", "Strength")
COLUMN_FINDING: Final = M("Temuan", "Finding")
COLUMN_CANDIDATE: Final = M("Calon", "Candidate")
COLUMN_SYMBOL: Final = M("Simbol", "Symbol")
COLUMN_SIMILARITY: Final = M("Kemiripan", "Similarity")
COLUMN_PHOTO: Final = M("Foto", "Photo")
COLUMN_REASON: Final = M("Alasan", "Reason")
CANDIDATE: Final = M("{name} (no. {ticket})", "{name} (no. {ticket})")
SIMILARITY: Final = M("{similarity} {band}", "{similarity} {band}")
UNREADABLE: Final = M("Tidak terbaca ({count})", "Unreadable ({count})")
SKIPPED: Final = M("Dilewati ({count})", "Skipped ({count})")
SKIPPED_FOR: Final = M("{count}: {reason}", "{count}: {reason}")
SKIPPED_REST: Final = M(
    "... dan {count} lagi (semuanya dengan netra -v)", "... and {count} more (all of them with netra -v)"
)

SUMMARY: Final = M("Ringkasan", "Summary")
SUMMARY_FILES: Final = M("Berkas", "Files")
SUMMARY_SUM: Final = M(
    "{seen} dilihat = {ok} terbaca + {unreadable} tidak terbaca + {duplicate} salinan + {skipped} dilewati",
    "{seen} seen = {ok} read + {unreadable} unreadable + {duplicate} duplicate + {skipped} skipped",
)
SUMMARY_PEOPLE: Final = M("Di dalam foto", "In the photos")
SUMMARY_COUNTS: Final = M("{people} wajah, {hands} tangan", "{people} faces, {hands} hands")
SUMMARY_HANDS_NOT_SEARCHED: Final = M("{people} wajah; tangan tidak dicari", "{people} faces; hands were not searched")
SUMMARY_SIGHTED: Final = M("Mirip calon", "Like a candidate")
SUMMARY_ONE_SIGHTED: Final = M("{name} (no. {ticket}) dalam {count} foto", "{name} (no. {ticket}) in {count} photos")
SUMMARY_NOBODY: Final = M("tidak ada", "nobody")
SUMMARY_STRENGTHS: Final = M(
    "{total}: {strong} kuat, {medium} sedang, {weak} lemah", "{total}: {strong} strong, {medium} medium, {weak} weak"
)
SUMMARY_CANNOT_ASSESS: Final = M("Tidak dapat dinilai", "Cannot be assessed")
SUMMARY_UNASSESSED: Final = M(
    "{count} dari {people} wajah terlalu kecil, buram, gelap, menoleh, atau tertutup: siapa orangnya tidak diketahui",
    "{count} of {people} faces are too small, blurred, dark, turned or covered: who they are is unknown",
)
SUMMARY_CANNOT_READ: Final = M("Tangan tidak jelas", "Hands not readable")
SUMMARY_UNREAD: Final = M(
    "{count} dari {hands} tangan terlalu kecil: apa yang ditunjukkannya tidak diketahui",
    "{count} of {hands} hands are too small: what they show is unknown",
)
UNCALIBRATED: Final = M(
    "Belum terkalibrasi: ada {people} orang lain dalam pindaian ini, perlu {least} untuk mengatakan seberapa sering "
    "kemiripan muncul secara kebetulan. Sampai itu, batas tetap yang dipakai.",
    "Uncalibrated: this scan has {people} other people, and {least} are needed to say how often a likeness comes by "
    "chance. Until then fixed limits are used.",
)
SMALL_POPULATION: Final = M(
    "Belum terkalibrasi: orang dalam pindaian ini masih terlalu sedikit ({people}, perlu {least}), jadi kemiripan "
    "belum dapat diandalkan: paling tinggi 'mungkin'. Pindai lebih banyak foto sekaligus.",
    "Uncalibrated: there are too few people in this scan ({people}, {least} are needed), so similarity is not reliable "
    "yet: 'possible' at most. Scan more photos at once.",
)
STOPPED_EARLY: Final = M(
    "Dihentikan sebelum selesai: {done} dari {total} berkas selesai dan tertulis.",
    "Stopped early: {done} of {total} files are finished and written.",
)
REMINDER: Final = M(
    "netra menunjuk, manusia memutuskan: temuan adalah alasan untuk melihat foto, bukan keputusan.",
    "netra points, people decide: a finding is a reason to look at a photo, not a decision.",
)
MORE: Final = M(
    "Alasan lengkap tiap temuan: netra -v scan ..., atau --annotate, atau --jsonl.",
    "Each finding's whole reason: netra -v scan ..., or --annotate, or --jsonl.",
)
WRITTEN: Final = M("Ditulis: {path}", "Written: {path}")
PICTURES_WRITTEN: Final = M("Gambar beranotasi: {count} di {path}", "Annotated pictures: {count} in {path}")

# --- annotated pictures --------------------------------------------------------------------------------------------

LABEL_MATCH: Final = M("{name} {similarity}", "{name} {similarity}")
LABEL_POSSIBLE: Final = M("mungkin {name} {similarity}", "possibly {name} {similarity}")
LABEL_SYMBOL: Final = M("{symbol} {confidence}", "{symbol} {confidence}")
LABEL_UNREADABLE: Final = M("?", "?")
HANDS_UNREADABLE: Final = M(
    "Tangan yang terlalu kecil untuk dibaca (?): {count}.", "Hands too small to be read (?): {count}."
)
NO_FINDING: Final = M("Tidak ada temuan. {seen}.", "No finding. {seen}.")
SEEN: Final = M("Terlihat: {what}", "Seen: {what}")
SEEN_NOTHING: Final = M("Tidak terlihat calon atau simbol", "No candidate and no symbol was seen")
SEEN_CANDIDATE: Final = M("wajah mirip {name} (no. {ticket}, {band})", "a face like {name} (no. {ticket}, {band})")
SEEN_SYMBOL: Final = M("simbol {symbol}", "symbol {symbol}")
SEEN_SYMBOLS: Final = M("simbol {symbol} ({count} tangan)", "symbol {symbol} ({count} hands)")
HANDS_NOT_SEARCHED: Final = M("{seen}; tangan tidak dicari", "{seen}; hands were not searched")

# --- inspect -------------------------------------------------------------------------------------------------------

INSPECT_PHOTO: Final = M("{path}: {width} x {height} piksel", "{path}: {width} x {height} pixels")
INSPECT_PEOPLE: Final = M("Orang ({count}), wajah terbesar dulu", "People ({count}), largest face first")
INSPECT_NOBODY: Final = M("Tidak ada wajah yang ditemukan.", "No face was found.")
INSPECT_OTHER: Final = M(
    "{number}. orang lain; mutu wajah {quality}", "{number}. somebody else; face quality {quality}"
)
INSPECT_POOR: Final = M(
    "{number}. tidak dapat dibandingkan; mutu wajah {quality} terlalu rendah",
    "{number}. cannot be compared; face quality {quality} is too low",
)
INSPECT_SIGHTED: Final = M(
    "{number}. mirip {name} (no. {ticket}): kemiripan {similarity}, {band}; mutu wajah {quality}; foto rujukan "
    "{reference}",
    "{number}. like {name} (no. {ticket}): similarity {similarity}, {band}; face quality {quality}; reference photo "
    "{reference}",
)
INSPECT_CHANCE: Final = M(
    "; di antara {faces} wajah orang lain diperkirakan muncul {times} kali secara kebetulan",
    "; among {faces} faces of other people expected {times} times by chance",
)
INSPECT_UNCALIBRATED: Final = M("; belum terkalibrasi", "; uncalibrated")
INSPECT_HANDS: Final = M("Tangan ({count}), dari kiri ke kanan", "Hands ({count}), from left to right")
INSPECT_NO_HANDS: Final = M("Tidak ada tangan yang ditemukan.", "No hand was found.")
INSPECT_SYMBOL: Final = M(
    "{number}. {symbol} ({label}), keyakinan {confidence}; {owner}",
    "{number}. {symbol} ({label}), confidence {confidence}; {owner}",
)
INSPECT_NO_SYMBOL: Final = M("{number}. tanpa simbol; {owner}", "{number}. no symbol; {owner}")
INSPECT_OWNER: Final = M("milik orang {number}", "of person {number}")
INSPECT_NO_OWNER: Final = M("pemilik tidak jelas", "owner unclear")
INSPECT_REASON: Final = M("{strength}: {reason}", "{strength}: {reason}")
INSPECT_ALONE: Final = M(
    "Kemiripan pada satu foto hanya dilihat terhadap calon terdaftar dan orang di foto ini. Pindai banyak foto "
    "sekaligus (netra scan) untuk hasil yang lebih dapat diandalkan.",
    "On a single photo, similarity is seen against the enrolled candidates and the people in it only. Scan many "
    "photos at once (netra scan) for a more reliable result.",
)

# --- a face model of one's own -------------------------------------------------------------------------------------

FACE_MODEL: Final = M(
    "Model wajah: {name} ({file}); lisensi {licence}; sumber {source}; sha256 {sha256}...",
    "Face model: {name} ({file}); licence {licence}; source {source}; sha256 {sha256}...",
)
POPULATION_NOT_KEPT: Final = M(
    "{path}: ukuran wajah setempat tidak ditulis, karena pindaian dihentikan atau tidak melihat orang selain calon.",
    "{path}: the population was not written, since the scan was stopped early or saw nobody besides candidates.",
)
INSPECT_AGAINST: Final = M(
    "Kemiripan dilihat terhadap orang-orang dari pindaian yang menulis {path}.",
    "Similarity is seen against the people of the scan that wrote {path}.",
)
NOT_STATED: Final = M("tidak disebutkan", "not stated")

# --- candidates ----------------------------------------------------------------------------------------------------

LIST_RULEBOOK: Final = M("Kumpulan aturan", "Rulebook")
LIST_OFFICIAL: Final = M("Penetapan calon", "Candidates official")
LIST_DRAWN: Final = M("Pengundian nomor", "Numbers drawn")
LIST_VOTING: Final = M("Pemungutan suara", "Voting day")
LIST_TICKET: Final = M("Nomor urut {number}", "Ballot number {number}")
LIST_SYMBOLS: Final = M("simbol: {symbols}", "symbols: {symbols}")
LIST_NO_SYMBOLS: Final = M("tanpa simbol", "no symbols")
LIST_CANDIDATE: Final = M("{name}, {office} [{id}], {count} foto", "{name}, {office} [{id}], photos: {count}")
LIST_DECOYS: Final = M("Pembanding (tidak pernah dilaporkan)", "Decoys (never reported)")

# --- demo ----------------------------------------------------------------------------------------------------------

DEMO_TITLE: Final = M(
    "Contoh: pemilihan dan orang rekaan. Tidak ada orang di dalamnya yang benar-benar ada.",
    "Demo: an invented election with invented people. Nobody in it exists.",
)
DEMO_EQUAL: Final = M(
    "Sesuai kunci: semua {count} temuan ditemukan, tidak ada yang berlebih, dan status semua {files} berkas benar.",
    "As the key says: all {count} findings were found, none too many, and the status of all {files} files is right.",
)
DEMO_DIFFERENT: Final = M("Berbeda dari kunci ({count}):", "Different from the key ({count}):")
DEMO_MISSED: Final = M("terlewat", "missed")
DEMO_EXTRA: Final = M("berlebih", "too many")
DEMO_STATUS: Final = M("status {got}, seharusnya {expected}", "status {got}, expected {expected}")
DEMO_FINDING: Final = M(
    "{category}, {strength}, no. {ticket}, {symbol}", "{category}, {strength}, no. {ticket}, {symbol}"
)
NONE: Final = M("-", "-")
