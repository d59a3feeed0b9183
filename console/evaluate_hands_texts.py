"""What ``netra evaluate hands`` says, in Indonesian and English; the rules of ``console.texts`` hold here as well."""

from typing import Final

from console.voice import Message, messages

M = Message

LEFT_OUT: Final = messages(
    {
        "unreadable": M("tidak terbaca", "unreadable"),
        "other-file": M("bukan foto", "no photo"),
        "duplicate": M("salinan", "duplicate"),
        "no-truth": M("tanpa kunci", "without truth"),
    }
)
OUTCOMES: Final = messages(
    {
        "right": M("benar", "right"),
        "wrong": M("simbol lain", "another symbol"),
        "none": M("tanpa simbol", "no symbol"),
        "cannot-read": M("tidak dapat dibaca", "cannot read"),
        "not-found": M("tidak ditemukan", "not found"),
    }
)
VIEWS: Final = messages(
    {
        "palm": M("telapak", "palm"),
        "back": M("punggung tangan", "back"),
        "": M("tidak disebutkan", "not said"),
    }
)
READERS: Final = messages(
    {
        "netra": M("netra", "netra"),
        "mediapipe": M("mediapipe dan hitungan jari", "mediapipe and a count of fingers"),
    }
)

LOADING_PEERS: Final = M("Memuat mediapipe", "Loading mediapipe")
READING_SET: Final = M("Membaca tangan", "Reading hands")

TITLE: Final = M("Ketelitian pembacaan tangan: {path}", "Accuracy of hands: {path}")
PHOTOS: Final = M("Foto", "Photos")
HANDS: Final = M("Tangan", "Hands")
HANDS_SUM: Final = M(
    "{hands} menurut kunci = {symbols} menunjukkan simbol + {nothing} tidak",
    "{hands} in the truth = {symbols} that show a symbol + {nothing} that show none",
)
PEOPLE: Final = M("Orang", "People")
PEOPLE_KNOWN: Final = M("{people}", "{people}")
PEOPLE_UNKNOWN: Final = M("tidak diketahui", "unknown")
NO_SYMBOL: Final = M("Tanpa simbol", "No symbol")
NO_SYMBOL_NAMES: Final = M("dianggap tidak menunjukkan apa-apa: {names}", "taken for hands that show nothing: {names}")
WITHOUT_PHOTO: Final = M("Tanpa foto", "Without photo")
WITHOUT_PHOTO_COUNT: Final = M(
    "{count} nama dalam kunci tidak ada fotonya", "{count} names in the truth have no photo here"
)

COLUMN_WHAT: Final = M("Hasil", "Result")
COLUMN_OF: Final = M("Dari", "Of")
COLUMN_SHARE: Final = M("Bagian [selang 95%] jumlah", "Share [95% interval] counts")
FOUND: Final = M("ditemukan", "found")
RIGHT: Final = M("simbol benar", "right symbol")
WRONG: Final = M("simbol lain", "another symbol")
NONE: Final = M("dibaca tanpa simbol", "read as no symbol")
CANNOT_READ: Final = M("tidak dapat dibaca", "cannot read")
RIGHT_OF_ALL: Final = M("ditemukan dan benar", "found and right")
FALSE_SYMBOLS: Final = M("disangka simbol", "taken for a symbol")
ON_NO_HAND: Final = M("di luar semua tangan", "on no hand of the truth")
OF_ALL: Final = M("semua tangan", "all hands")
OF_FOUND_SYMBOLS: Final = M("bersimbol, ditemukan", "showing a symbol, found")
OF_SYMBOLS: Final = M("bersimbol", "showing a symbol")
OF_FOUND_NOTHING: Final = M("tanpa simbol, ditemukan", "showing none, found")
OF_CLAIMS: Final = M("simbol yang dibaca", "symbols read")
NOT_MEASURED: Final = M("tidak diukur", "not measured")

BY_LABEL: Final = M("Apa dibaca sebagai apa", "What is read as what")
BY_SIZE: Final = M("Menurut ukuran tangan", "By size of the hand")
BY_VIEW: Final = M("Menurut sisi tangan", "By side of the hand")
COLUMN_LABEL: Final = M("Ditunjukkan", "Shown")
COLUMN_HANDS: Final = M("Tangan", "Hands")
COLUMN_FOUND: Final = M("Ditemukan", "Found")
COLUMN_AS_MEANT: Final = M("Benar, dari yang ditemukan", "Right, of those found")
COLUMN_READ_AS: Final = M("Dibaca sebagai", "Read as")
COLUMN_SIZE: Final = M("Piksel", "Pixels")
COLUMN_VIEW: Final = M("Sisi", "Side")
COLUMN_RIGHT: Final = M("Simbol benar", "Right symbol")
COLUMN_WRONG: Final = M("Simbol lain", "Another symbol")
COLUMN_FALSE: Final = M("Disangka simbol", "Taken for a symbol")
READ_AS: Final = M("{answer} {count}", "{answer} {count}")
SIZE_BETWEEN: Final = M("{least} sampai di bawah {under}", "{least} to under {under}")
SIZE_FROM: Final = M("{least} ke atas", "{least} and more")
SIZE_OF_FOUND: Final = M(
    "Ukuran: sisi terpanjang kotak tangan yang ditemukan. Kuncinya tanpa kotak, jadi tangan yang tidak ditemukan tidak "
    "punya ukuran.",
    "Size: the longer side of the box of the hand found. The truth has no boxes, so hands not found have no size.",
)
SIZE_OF_TRUTH: Final = M(
    "Ukuran: sisi terpanjang kotak menurut kunci.", "Size: the longer side of the box in the truth."
)
LARGEST_HAND: Final = M(
    "Tanpa kotak dalam kunci, tangan terbesar dalam foto yang dinilai; tangan lain tidak.",
    "Without boxes in the truth the largest hand of a photo is judged; others are not.",
)

CONFIDENCE: Final = M("Keyakinan dan kenyataan", "Confidence and what came of it")
COLUMN_CONFIDENCE: Final = M("Keyakinan", "Confidence")
COLUMN_MEAN: Final = M("Rata-rata", "Mean")
BETWEEN: Final = M("{low}–{high}", "{low}–{high}")
ECE: Final = M(
    "Selisih rata-rata keyakinan dan kenyataan (ECE): {error}, dari {claims} simbol; sedikit simbol membuatnya terlalu "
    "besar.",
    "Expected calibration error (ECE): {error}, of {claims} symbols; few symbols make it too large.",
)
NO_CLAIMS: Final = M(
    "Tidak ada simbol yang dibaca, jadi keyakinan tidak diukur.",
    "No symbol was read, so confidence is not measured.",
)

PEERS: Final = M(
    "Di samping alat lain, menurut banyaknya jari yang tegak", "Beside other tools, by the number of fingers up"
)
COLUMN_READER: Final = M("Alat", "Tool")
COLUMN_RIGHT_COUNT: Final = M("Jumlah jari benar", "Right number of fingers")
COLUMN_WRONG_COUNT: Final = M("Jumlah lain", "Another number")
COLUMN_RIGHT_OF_ALL: Final = M("Ditemukan dan benar", "Found and right")
COLUMN_ON_NO_HAND: Final = M("Di luar semua tangan", "On no hand")
LENIENT: Final = M(
    "Hanya tangan yang jarinya dapat dihitung ({hands} dari {all}): jempol, telepon, metal, dan sejenisnya tidak ikut. "
    "Untuk kedua alat sama: dua jari rapat atau terbalik dihitung benar bila dibaca sebagai dua.",
    "Only hands whose fingers can be counted ({hands} of {all}): thumbs, telephone, horns and the like are left out. "
    "The same for both: two fingers together or from behind are right if read as two.",
)
NO_PEERS: Final = M("Alat lain: tidak diukur (--no-peers).", "Other tools: not measured (--no-peers).")

WILSON: Final = M(
    "Dalam kurung: selang kepercayaan 95% Wilson; tiap tangan dihitung sendiri karena orangnya tidak diketahui.",
    "In brackets: Wilson's 95% interval; each hand counts for itself, as nobody says whose it is.",
)
RESAMPLED: Final = M(
    "Dalam kurung: selang kepercayaan 95% dari {resamples} penarikan ulang orang (bukan tangan), benih {seed}; tidak "
    "pernah lebih sempit daripada menurut aturan tiga.",
    "In brackets: the 95% interval of {resamples} resamples of people (not hands), seed {seed}; never narrower than "
    "the rule of three allows.",
)

SYMBOL: Final = M("{label} ({name})", "{label} ({name})")
PICTURE_TITLE: Final = M("Apa dibaca sebagai apa, {hands} tangan", "What is read as what, {hands} hands")
PICTURE_ACROSS: Final = M("dibaca sebagai", "read as")
PICTURE_UP: Final = M("ditunjukkan (jumlah)", "shown (how many)")
RELIABILITY_TITLE: Final = M(
    "Keyakinan dan kenyataan; ECE {error}, {claims} simbol",
    "Confidence and what came of it; ECE {error}, {claims} symbols",
)
RELIABILITY_ACROSS: Final = M("keyakinan", "confidence")
RELIABILITY_UP: Final = M("bagian yang benar", "share that is right")
IDEAL: Final = M("keyakinan menepati janji", "confidence keeps its word")
MEASURED: Final = M("terukur, selang 95%, jumlah", "measured, 95% interval, count")
