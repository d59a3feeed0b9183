"""What ``netra candidates check`` says, in Indonesian and English; the rules of ``console.texts`` hold here as well."""

from typing import Final

from console.voice import Message, messages

M = Message

PARTS: Final = messages(
    {
        "size": M("wajah kecil", "a small face"),
        "sharpness": M("kurang tajam", "little sharpness"),
        "frontality": M("menoleh", "turned away"),
        "cover": M("mulut tertutup", "mouth covered"),
    }
)
NEEDS: Final = messages(
    {
        "few-photos": M("kurang dari 3 foto yang dapat dipakai", "fewer than 3 usable photos"),
        "agree-badly": M("fotonya kurang cocok satu sama lain", "the photos agree badly with each other"),
    }
)

TITLE: Final = M("Foto rujukan: {name}", "Reference photos: {name}")
COUNT: Final = M("{used} dari {given} foto dipakai", "{used} of {given} photos used")
DECOY: Final = M("pembanding, tidak pernah dilaporkan", "decoy, never reported")
USED: Final = M("dipakai", "used")
REFUSED: Final = M("ditolak", "refused")
QUALITY: Final = M("mutu {quality}", "quality {quality}")
QUALITY_WORST: Final = M("mutu {quality}, terlemah: {part}", "quality {quality}, worst part: {part}")
QUALITY_TILE: Final = M("mutu {quality}: {part}", "quality {quality}: {part}")
GOOD: Final = M(
    "Pindaian dapat dimulai: tiap orang punya foto yang dapat dipakai.",
    "A scan can start: each person has a usable photo.",
)
BAD: Final = M(
    "Belum dapat dipindai: {count} hal di atas harus diperbaiki.", "Not ready for a scan: {count} to be mended above."
)
NEED_PHOTOS: Final = M("Perlu foto lagi ({count})", "More photos needed ({count})")
NEED_PHOTO: Final = M("Perlu foto lagi: {reasons}.", "More photos needed: {reasons}.")
ONE_NEEDS: Final = M("{name}: {reasons}", "{name}: {reasons}")

# --- each reference searched without itself ------------------------------------------------------------------------

AGREEMENT: Final = M(
    "Foto satu sama lain: kemiripan {middle}, terendah {least}.",
    "Photos with each other: similarity {middle}, lowest {least}.",
)
FOUND: Final = M(
    "Tiap foto dicari tanpa dirinya sendiri: {match} cocok, {possible} mungkin, {missed} tidak ditemukan.",
    "Each photo searched without itself: {match} match, {possible} possible, {missed} not found.",
)
CHANCE: Final = M(
    "Nilai E yang khas {e}, tertinggi {worst} (pindaian {faces} wajah).",
    "A typical E-value is {e}, the highest {worst} (a scan of {faces} faces).",
)
TAKEN_FOR: Final = M("{count} fotonya akan disangka {names}.", "{count} of the photos would be taken for {names}.")
ONE_REFERENCE: Final = M(
    "Hanya satu foto dipakai: belum dapat dikatakan seberapa baik orang ini dikenali.",
    "Only one photo is used: how well this person is recognised cannot be said yet.",
)

# --- who is like whom ----------------------------------------------------------------------------------------------

ALIKE: Final = M("Siapa mirip siapa", "Who is like whom")
ALIKE_NOTE: Final = M(
    "Foto seseorang yang paling mirip orang lain itu; 0 = seperti orang asing, 1 = sama; bukan persen. "
    "Pada diagonal: foto orang itu satu sama lain (nilai tengah).",
    "That photo of one person which is most like the other; 0 = as strangers, 1 = the same; no percentage. On "
    "the diagonal: that person's photos with each other (the middle one).",
)
ALIKE_MARKS: Final = M(
    "Tanda ! : setinggi 'mungkin'; !! : setinggi 'cocok', dapat tertukar.",
    "Mark ! : as high as 'possible'; !! : as high as 'match', could be mistaken for each other.",
)
ALIKE_FRAMES: Final = M(
    "Bingkai tipis: setinggi 'mungkin'. Bingkai tebal: setinggi 'cocok', dapat tertukar.",
    "Thin frame: as high as 'possible'. Thick frame: as high as 'match', could be mistaken for each other.",
)
ALIKE_ADVICE: Final = M(
    "{count} pasangan dapat tertukar: periksa foto keduanya dan tambah foto; dekat pembanding, calon paling tinggi "
    "'mungkin'.",
    "Pairs that could be mistaken for each other: {count}. Check the photos of both and add more; near a decoy, a "
    "candidate is 'possible' at most.",
)
ALIKE_PAIRS: Final = M(
    "Dari {total} pasangan, hanya yang paling mirip ({shown}):", "Of {total} pairs, only the most alike ({shown}):"
)
ALIKE_SOME: Final = M(
    "Dari {total} orang, hanya {shown} yang paling mirip orang lain.",
    "Of {total} people, only the {shown} who are most like somebody else.",
)
ALIKE_UNKNOWN: Final = M(
    "Belum dapat dikatakan: kemiripan dilihat terhadap {people} orang, perlu {least}.",
    "Cannot be said yet: similarity is seen against {people} people, and {least} are needed.",
)
NO_TRIAL: Final = M("–", "–")
MARK_POSSIBLE: Final = M("!", "!")
MARK_MATCH: Final = M("!!", "!!")

AGAINST_ENROLLED: Final = M(
    "Kemiripan dilihat terhadap {people} orang terdaftar saja; belum terkalibrasi, jadi nilai E belum dapat dikatakan. "
    "Simpan orang dari sebuah pindaian (netra scan --save-population), lalu pakai di sini (--population).",
    "Similarity is seen against the {people} people enrolled only; uncalibrated, so E-values cannot be said yet. Keep "
    "the people of a scan (netra scan --save-population) and use them here (--population).",
)
AGAINST_SMALL: Final = M(
    "Kemiripan dilihat terhadap orang dari pindaian yang menulis {path}; mereka terlalu sedikit untuk nilai E (dengan "
    "yang terdaftar {people}, perlu {needed} orang lain), jadi belum terkalibrasi.",
    "Similarity is seen against the people of the scan that wrote {path}; they are too few for E-values ({people} with "
    "those enrolled, {needed} others are needed), so it is uncalibrated.",
)
AGAINST_PEOPLE: Final = M(
    "Kemiripan dilihat terhadap orang-orang dari pindaian yang menulis {path}; nilai E adalah banyaknya wajah orang "
    "lain, dari {faces}, yang diperkirakan semirip itu secara kebetulan.",
    "Similarity is seen against the people of the scan that wrote {path}; an E-value is how many of {faces} faces of "
    "other people are expected to be that alike by chance.",
)
FLATTERED: Final = M(
    "Foto dari hari atau sesi yang sama membuat angka ini lebih bagus daripada kenyataan.",
    "Photos of one day or one session make these figures better than they are.",
)

# --- the picture ---------------------------------------------------------------------------------------------------

DRAWING: Final = M("Membuat gambar", "Drawing the picture")
NOT_A_PICTURE_NAME: Final = M(
    "{path}: pilih nama yang berakhir dengan .png atau .jpg.", "{path}: choose a name that ends in .png or .jpg."
)
BARS: Final = M(
    "Di bawah tiap wajah: mutunya, 0 sampai 1; garis tegak menandai batas {floor} untuk foto rujukan. Wajah dipotong "
    "seperti yang dilihat model.",
    "Below each face: its quality, 0 to 1; the upright line marks the limit of {floor} for reference photos. Faces are "
    "cut as the model sees them.",
)
GONE: Final = M("berkas berubah atau tidak terbaca lagi", "the file changed or cannot be read any more")
MORE_PHOTOS: Final = M("dan {count} foto lain", "and {count} more photos")
MORE_PEOPLE: Final = M(
    "Gambar ini memuat {shown} dari {total} orang, yang perlu dilihat dulu.",
    "This picture shows {shown} of {total} people, those to be looked at first.",
)
KEEP_SAFE: Final = M(
    "Gambar ini memuat wajah calon dan pembanding. Simpan sehati-hati foto rujukannya.",
    "This picture holds the faces of candidates and decoys. Keep it as carefully as the reference photos.",
)
