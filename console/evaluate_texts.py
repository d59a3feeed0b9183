"""What ``netra evaluate`` says, in Indonesian and English; the rules of ``console.texts`` hold here as well."""

from typing import Final

from console.voice import Message, messages

M = Message

LEFT_OUT: Final = messages(
    {
        "unreadable": M("tidak terbaca", "unreadable"),
        "other-file": M("bukan foto", "no photo"),
        "duplicate": M("salinan", "duplicate"),
        "no-face": M("tanpa wajah", "no face"),
        "several-faces": M("beberapa wajah, tidak jelas yang mana", "several faces, unclear which"),
        "cannot-assess": M(
            "wajah terlalu kecil, buram, gelap, menoleh, atau tertutup",
            "face too small, blurred, dark, turned or covered",
        ),
    }
)
METHODS: Final = messages(
    {
        "raw-distance": M("jarak mentah", "raw distance"),
        "similarity": M("netra, kemiripan", "netra, similarity"),
        "e-value": M("netra, nilai E", "netra, E-value"),
    }
)
POINTS: Final = messages(
    {
        "face-recognition": M("face_recognition bawaan", "face_recognition's default"),
        "best": M("jarak mentah, batas terbaik (*)", "raw distance, best threshold (*)"),
        "match": M("netra: cocok", "netra: match"),
        "possible": M("netra: cocok atau mungkin", "netra: match or possible"),
    }
)
BANDS_FROM: Final = messages({"match": M("cocok", "match"), "possible": M("cocok atau mungkin", "match or possible")})
RATES: Final = messages({"fpir": M("FPIR", "FPIR"), "fnir": M("FNIR", "FNIR")})

DATASET_ERROR: Final = M(
    "Kumpulan foto uji belum benar ({count} hal):", "The dataset for the evaluation is not right yet ({count}):"
)
NOT_A_PNG_NAME: Final = M(
    "{path}: gambar ini PNG; pilih nama yang berakhir dengan .png.",
    "{path}: the picture is a PNG; choose a name that ends in .png.",
)
READING_SET: Final = M("Membaca foto", "Reading photos")
COMPARING: Final = M("Membandingkan", "Comparing")

TITLE: Final = M("Ketelitian pengenalan wajah: {path}", "Accuracy of faces: {path}")
PHOTOS: Final = M("Foto", "Photos")
PHOTOS_SUM: Final = M("{seen} dilihat = {used} dipakai + {left} tidak", "{seen} seen = {used} used + {left} not")
ONE_LEFT_OUT: Final = M("{count} {reason}", "{count} {reason}")
PEOPLE: Final = M("Orang", "People")
PEOPLE_COUNTS: Final = M(
    "{turns} bergiliran didaftarkan; {strangers} dicari sebagai orang lain",
    "{turns} take turns being enrolled; {strangers} are searched as strangers",
)
SCANS: Final = M("Pindaian", "Scans")
SCANS_COUNTS: Final = M(
    "{splits} kali; tiap kali N = {enrolled} terdaftar dengan {references} foto; {faces} wajah",
    "{splits} played through; each with N = {enrolled} enrolled by {references} photo(s); {faces} faces",
)
FEW_TO_MOST: Final = M("{least} sampai {most}", "{least} to {most}")
CALIBRATED: Final = M("Nilai E", "E-values")
CALIBRATED_SHARE: Final = M("terkalibrasi pada {share} pencarian", "calibrated in {share} of the searches")

COLUMN_METHOD: Final = M("Cara", "Method")
COLUMN_THRESHOLD: Final = M("Batas", "Threshold")
COLUMN_FPIR: Final = M("FPIR: orang lain disangka calon", "FPIR: strangers taken for somebody")
COLUMN_FNIR: Final = M("FNIR: orang terdaftar terlewat", "FNIR: enrolled people missed")
COLUMN_WRONG: Final = M("Salah nama", "Wrong name")
AT_FPIR: Final = M("{method} pada FPIR {fpir}", "{method} at FPIR {fpir}")
SHARE: Final = M("{value} [{low}–{high}] {events}/{searches}", "{value} [{low}–{high}] {events}/{searches}")
NO_SHARE: Final = M("–", "–")
NOT_MEASURABLE: Final = M(
    "FPIR {fpir}: tidak terukur karena orang lain terlalu sedikit ({have}; perlu paling sedikit {needed}).",
    "FPIR {fpir}: not measurable with so few strangers ({have}; at least {needed} needed).",
)
BEST_ON_THE_SAME: Final = M(
    "(*) batas dengan FPIR + FNIR terkecil, dipilih pada foto yang sama: terlalu bagus untuk foto lain.",
    "(*) the threshold with the least FPIR + FNIR, chosen on these very photos: too good for other photos.",
)
INTERVALS: Final = M(
    "Dalam kurung: selang kepercayaan 95% dari {resamples} penarikan ulang orang (bukan foto), benih {seed}; tidak "
    "pernah lebih sempit daripada menurut aturan tiga.",
    "In brackets: the 95% interval of {resamples} resamples of people (not photos), seed {seed}; never narrower than "
    "the rule of three allows.",
)
BANDS_OF_A_SCAN: Final = M(
    "'cocok' dan 'mungkin' berlaku untuk pindaian sebesar ini; pada pindaian yang lebih besar batasnya lebih ketat.",
    "'match' and 'possible' are those of a scan of this size; a larger scan sets stricter limits.",
)
WITH_UNUSABLE: Final = M(
    "Bila foto orang terdaftar yang wajahnya tidak dapat dipakai dihitung terlewat (cara NIST), FNIR {band}: {share}.",
    "Counting photos of enrolled people without a usable face as missed (as NIST does), FNIR at {band}: {share}.",
)
RANK_ONE: Final = M(
    "Orang yang benar di urutan pertama, {method}: {share}.", "The right person first, {method}: {share}."
)

BUDGETS: Final = M("Salah tunjuk yang dijanjikan dan yang terjadi", "False alarms promised and observed")
COLUMN_BUDGET: Final = M("Nilai E sampai", "E-value up to")
COLUMN_PROMISED: Final = M("Dijanjikan", "Promised")
COLUMN_OBSERVED: Final = M("Terjadi", "Observed")
COLUMN_RATIO: Final = M("Terjadi : dijanjikan", "Observed : promised")
COLUMN_MIDDLE: Final = M("Dengan taksiran tengah", "With the middle estimate")
RATIO: Final = M("{value} [{low}–{high}]", "{value} [{low}–{high}]")
UNCALIBRATED: Final = M(
    "Terlalu sedikit orang untuk nilai E (belum terkalibrasi), jadi janjinya belum dapat diperiksa.",
    "Too few people for E-values (uncalibrated), so there is no promise to check yet.",
)

GROUPS: Final = M("Menurut kelompok", "By group")
COLUMN_GROUP: Final = M("Kelompok", "Group")
COLUMN_RATE_FROM: Final = M("{rate}, {band}", "{rate}, {band}")
GROUP_UNKNOWN: Final = M("tidak diketahui", "unknown")
GROUPS_UNKNOWN: Final = M(
    "Kelompok: tidak diketahui (kumpulan ini tidak punya groups.csv).",
    "Groups: unknown (this dataset has no groups.csv).",
)
WORST: Final = M(
    "Kelompok terburuk untuk {rate} {band}: {group}, {ratio} kali semua.",
    "Worst group for {rate}, {band}: {group}, {ratio} times that of all.",
)

PICTURE_TITLE: Final = M(
    "Salah tunjuk dan terlewat pada setiap batas; N = {enrolled}, {strangers} orang lain",
    "False alarms and misses at every threshold; N = {enrolled}, {strangers} strangers",
)
PICTURE_ACROSS: Final = M("FPIR: orang lain disangka calon", "FPIR: strangers taken for somebody")
PICTURE_UP: Final = M("FNIR: orang terdaftar terlewat", "FNIR: enrolled people missed")
