"""What is said of each element of a rule, Indonesian and English. No word of a verdict is among them."""

from typing import Final, NamedTuple


class Both(NamedTuple):
    """The same in Indonesian and in English."""

    id: str
    en: str


CIVIL_SERVANT: Final[dict[str, Both]] = {
    "unknown": Both(
        "Foto tidak pernah menunjukkan status kepegawaian, dan pengunggah tidak tercatat. Cari tahu siapa "
        "pengunggahnya, lalu periksa data kepegawaian (NIP, instansi, status pada hari itu).",
        "A photo never shows somebody's employment, and the uploader is not recorded. Find out who uploaded it, "
        "then check the staff records (number, agency, status on that day).",
    ),
    "recorded": Both(
        "Foto tidak pernah menunjukkan status kepegawaian. Tercatat: pengunggah {uploader}{agency}. Periksa data "
        "kepegawaian (NIP, instansi, status pada hari itu).",
        "A photo never shows somebody's employment. Recorded: uploader {uploader}{agency}. Check the staff "
        "records (number, agency, status on that day).",
    ),
}
AGENCY: Final = Both(
    ", instansi {agency}",
    ", agency {agency}",
)
OFFICIAL: Final[dict[str, Both]] = {
    "after": Both(
        "Calon ditetapkan {official}, dan perbuatan terjadi sesudahnya.",
        "Candidates became official on {official}, and the act came after that.",
    ),
    "before": Both(
        "Calon baru ditetapkan {official}, sesudah perbuatan. Periksa apakah aturan ini juga mencakup bakal calon.",
        "Candidates became official only on {official}, after the act. Check whether the rule covers would-be "
        "candidates too.",
    ),
    "unknown": Both(
        "Calon ditetapkan {official}, tetapi hari unggahan tidak diketahui. Cari tanggal unggahannya.",
        "Candidates became official on {official}, but the day of posting is unknown. Find out when it was posted.",
    ),
    "contradict": Both(
        "Calon ditetapkan {official}, tetapi keterangan tanggal bertentangan. Pastikan tanggal yang benar.",
        "Candidates became official on {official}, but the dates contradict each other. Establish the right one.",
    ),
}
TAKEN_EARLIER: Final = Both(
    " Foto sendiri lebih tua dari penetapan itu: nilailah apakah pengunggahan atau pengambilan yang dimaksud aturan.",
    " The photo itself is older than that: judge whether the rule means posting it or taking it.",
)
WOULD_BE: Final = Both(
    "Berkas pemilihan hanya mencatat hari penetapan calon ({official}). Periksa sejak kapan orang itu mendaftar "
    "atau menyatakan diri sebagai bakal calon.",
    "The election file only has the day candidates became official ({official}). Check since when the person had "
    "registered or declared to stand.",
)
NOBODY: Final = Both(
    "Tidak ada calon yang dikenali dalam foto ini.",
    "No candidate was recognised in this photo.",
)
VISIBLE: Final[dict[str, Both]] = {
    "match": Both(
        "Wajah mirip {faces}. Bandingkan sendiri dengan foto rujukan {references}.",
        "A face looks like {faces}. Compare it yourself with the reference photo {references}.",
    ),
    "possible": Both(
        "Kemiripan hanya mungkin: wajah mirip {faces}. Bandingkan sendiri dengan foto rujukan {references}, dan "
        "cari foto lain dari acara yang sama.",
        "The likeness is only possible: a face looks like {faces}. Compare it yourself with the reference photo "
        "{references}, and look for other photos of the same event.",
    ),
}
UNCALIBRATED: Final = Both(
    " Belum terkalibrasi: seberapa sering kemiripan setinggi ini kebetulan tidak diketahui.",
    " Uncalibrated: how often a likeness this high comes by chance is not known.",
)
PRESENT: Final[dict[str, Both]] = {
    "there": Both(
        "Wajah itu tidak ditemukan pada poster, layar, atau potret yang dikenal. Periksa sendiri.",
        "The face was not found on a poster, a screen or in a known portrait. Check for yourself.",
    ),
    "pictured": Both(
        "Wajah itu hanya ada pada gambar (poster, layar, atau potret); orangnya tidak terlihat hadir.",
        "The face is only in a picture (poster, screen or portrait); the person is not seen to be there.",
    ),
}
PICTURED: Final[dict[str, Both]] = {
    "pictured": Both(
        "Wajah calon ada pada gambar (poster, layar, atau potret). Apakah itu alat peraga kampanye, periksa sendiri.",
        "The candidate's face is in a picture (poster, screen or portrait). Check yourself whether that is "
        "campaign material.",
    ),
    "there": Both(
        "Foto ini sendiri gambar calon tanpa orang lain. Alat peraga kampanye tidak dicari netra.",
        "The photo itself is a picture of the candidate with nobody else. Netra does not look for campaign material.",
    ),
}
TOGETHER: Final[dict[str, Both]] = {
    "yes": Both(
        "Ada {others} orang lain yang hadir{where}.",
        "There {are} {others} other {people}{where}.",
    ),
    "no": Both(
        "Tidak ada orang lain yang terlihat hadir{where}.",
        "Nobody else is seen to be there{where}.",
    ),
    "pictured": Both(
        "Calon hanya ada pada gambar, jadi tidak bersama siapa pun.",
        "The candidate is only in a picture and so together with nobody.",
    ),
}
SAME_PART: Final = Both(
    " di bagian kolase yang sama",
    " in the same part of the collage",
)
SYMBOL: Final[dict[str, Both]] = {
    "shown": Both(
        "Terbaca {sign}.",
        "Read: {sign}.",
    ),
    "unsure": Both(
        "Terbaca {sign}, tetapi tidak pasti kedua tangan itu milik satu orang. Lihat sendiri.",
        "Read: {sign}, but it is not sure that both hands are one person's. Look for yourself.",
    ),
    "allowed": Both(
        "Hanya terbaca {sign}, yang disebut boleh dalam aturan ini.",
        "Only {sign} was read, which these rules name as allowed.",
    ),
    "not-searched": Both(
        "Tangan tidak diperiksa atau tidak dapat dibaca. Lihat sendiri.",
        "Hands were not searched or could not be read. Look for yourself.",
    ),
    "cannot-read": Both(
        "{count} tangan terlalu kecil atau buram untuk dibaca. Lihat sendiri, atau cari foto yang lebih besar.",
        "Hands too small or blurred to be read: {count}. Look for yourself, or find a larger photo.",
    ),
    "nothing": Both(
        "Tidak terbaca simbol tangan yang diperhitungkan.",
        "No hand symbol that counts was read.",
    ),
}
OF_TICKET: Final[dict[str, Both]] = {
    "yes": Both(
        "Berkas pemilihan mencatatnya sebagai simbol nomor urut {ticket}.",
        "The election file names it as a symbol of ballot number {ticket}.",
    ),
    "doubt": Both(
        "Berkas pemilihan mencatatnya sebagai simbol nomor urut {ticket}, tetapi tangan orang yang sama juga "
        "menunjukkan simbol nomor urut {rival}.",
        "The election file names it as a symbol of ballot number {ticket}, but the same person's hands also show "
        "a symbol of ballot number {rival}.",
    ),
    "listed": Both(
        "Pose itu ada dalam daftar pose terlarang, tetapi bukan simbol nomor urut mana pun dalam berkas pemilihan.",
        "The pose is on the list of forbidden poses, but the election file names it for no ballot number.",
    ),
    "other": Both(
        "Yang terbaca simbol nomor urut {ticket}, bukan nomor urut calon ini.",
        "What was read is a symbol of ballot number {ticket}, not of this candidate's.",
    ),
    "before-draw": Both(
        "Foto berasal dari sebelum nomor urut diundi, jadi simbol itu belum bermakna nomor urut.",
        "The photo is from before ballot numbers were drawn, so the symbol stood for no number yet.",
    ),
    "no": Both(
        "Tidak terbaca simbol pasangan calon ini.",
        "No symbol of this ticket was read.",
    ),
}
LISTED: Final[dict[str, Both]] = {
    "yes": Both(
        "Daftar menyebutnya '{name}' ({sources}).",
        "The list calls it '{name}' ({sources}).",
    ),
    "no": Both(
        "Tidak terbaca pose dalam daftar.",
        "No pose of the list was read.",
    ),
}
BY_OTHER: Final[dict[str, Both]] = {
    "yes": Both(
        "Ditunjukkan oleh {count} orang lain.",
        "Shown by others: {count}.",
    ),
    "unclear": Both(
        "Pemilik tangan itu tidak jelas. Lihat sendiri tangan siapa itu.",
        "Whose hand it is is unclear. Look for yourself.",
    ),
    "own": Both(
        "Hanya calon itu sendiri yang menunjukkannya; untuk mengikuti simbol perlu orang lain.",
        "Only the candidate shows it; to follow a symbol takes somebody else.",
    ),
    "no": Both(
        "Tidak terlihat orang lain yang menunjukkan simbol itu.",
        "Nobody else was seen to show that symbol.",
    ),
}
DRAWN: Final[dict[str, Both]] = {
    "after": Both(
        "Nomor urut diundi {drawn}, dan foto diambil sesudahnya.",
        "Ballot numbers were drawn on {drawn}, and the photo was taken after that.",
    ),
    "before": Both(
        "Nomor urut baru diundi {drawn}; foto berasal dari sebelumnya.",
        "Ballot numbers were drawn only on {drawn}; the photo is from before.",
    ),
    "unknown": Both(
        "Nomor urut diundi {drawn}, tetapi tanggal pengambilan foto tidak diketahui. Cari berkas asli atau saksi.",
        "Ballot numbers were drawn on {drawn}, but when the photo was taken is unknown. Find the original file or "
        "a witness.",
    ),
    "contradict": Both(
        "Nomor urut diundi {drawn}, tetapi keterangan tanggal bertentangan. Pastikan tanggal yang benar.",
        "Ballot numbers were drawn on {drawn}, but the dates contradict each other. Establish the right one.",
    ),
}
TAKEN: Final[dict[str, Both]] = {
    "known": Both(
        "Foto {told}.",
        "It was {told}.",
    ),
    "contradict": Both(
        "Foto {told}; pernyataan lain menyebut {others}. Pastikan tanggal yang benar.",
        "It was {told}; another statement says {others}. Establish the right one.",
    ),
    "after-posted": Both(
        "Foto {told}, sesudah tanggal unggahannya. Pastikan tanggal yang benar.",
        "It was {told}, after it was posted. Establish the right one.",
    ),
    "hint": Both(
        "Hanya ada petunjuk lemah: {others}. Cari berkas asli, EXIF, atau saksi.",
        "There is only a weak hint: {others}. Find the original file, its EXIF data or a witness.",
    ),
    "unknown": Both(
        "Tidak diketahui. Cari berkas asli, EXIF, atau saksi.",
        "Unknown. Find the original file, its EXIF data or a witness.",
    ),
}
UNUSABLE: Final = Both(
    " Tanggal '{written}' dari {source} tidak dipakai ({flaw}).",
    " The date '{written}' from {source} is not used ({flaw}).",
)
POSTED: Final[dict[str, Both]] = {
    "known": Both(
        "Pengunggah {uploader}; foto {told}.",
        "Uploader {uploader}; it was {told}.",
    ),
    "contradict": Both(
        "Pengunggah {uploader}; foto {told}, tetapi pernyataan lain menyebut {others}. Pastikan tanggal yang benar.",
        "Uploader {uploader}; it was {told}, but another statement says {others}. Establish the right one.",
    ),
    "no-uploader": Both(
        "Foto {told}, tetapi pengunggah tidak tercatat. Cari tahu akun dan pemiliknya.",
        "It was {told}, but the uploader is not recorded. Find out the account and its owner.",
    ),
    "no-day": Both(
        "Pengunggah {uploader}, tetapi tanggal unggahan tidak tercatat. Cari tanggalnya pada unggahan asli.",
        "Uploader {uploader}, but the day of posting is not recorded. Look it up in the original post.",
    ),
    "unknown": Both(
        "Pengunggah dan tanggal unggahan tidak tercatat. Lengkapi daftar unggahan.",
        "Neither the uploader nor the day of posting is recorded. Complete the manifest.",
    ),
}
PERIOD: Final[dict[str, Both]] = {
    "within": Both(
        "Aturan berlaku {period}; foto diunggah {posted}{stage}.",
        "The rule holds {period}; it was posted on {posted}{stage}.",
    ),
    "unknown": Both(
        "Aturan berlaku {period}, tetapi tanggal unggahan tidak diketahui. Cari tanggalnya.",
        "The rule holds {period}, but the day of posting is unknown. Find it out.",
    ),
    "contradict": Both(
        "Aturan berlaku {period}, tetapi keterangan tanggal bertentangan. Pastikan tanggal yang benar.",
        "The rule holds {period}, but the dates contradict each other. Establish the right one.",
    ),
}
FROM: Final = Both(
    "sejak {day}",
    "from {day}",
)
TO: Final = Both(
    "sampai {day}",
    "to {day}",
)
ALWAYS: Final = Both(
    "tanpa batas waktu yang disebut",
    "without a limit that is named",
)
STAGE: Final = Both(
    ", yaitu {stage}",
    ", that is, {stage}",
)
SPOUSE: Final[dict[str, Both]] = {
    "applies": Both(
        "Pengunggah tercatat sebagai suami atau istri calon, dan tidak terbaca simbol: pengecualian dapat "
        "berlaku. Periksa sendiri apakah ada atribut.",
        "The uploader is recorded as a candidate's spouse, and no symbol was read: the exception may apply. Check "
        "yourself for attributes.",
    ),
    "symbol": Both(
        "Pengunggah tercatat sebagai suami atau istri calon, tetapi pengecualian tidak mencakup simbol atau atribut.",
        "The uploader is recorded as a candidate's spouse, but the exception does not cover symbols or attributes.",
    ),
    "too-early": Both(
        "Pengunggah tercatat sebagai suami atau istri calon, tetapi pengecualian baru tertulis sejak {since}.",
        "The uploader is recorded as a candidate's spouse, but the exception is written only since {since}.",
    ),
    "none": Both(
        "Aturan ini tidak menyebut pengecualian bagi suami atau istri calon.",
        "These rules name no exception for a candidate's spouse.",
    ),
    "unknown": Both(
        "Pengunggah tidak tercatat, jadi tidak diketahui apakah ia suami atau istri calon.",
        "The uploader is not recorded, so whether it is a candidate's spouse is unknown.",
    ),
    "not-listed": Both(
        "Pengunggah {uploader} tidak tercatat sebagai suami atau istri calon. Periksa apakah catatan itu lengkap.",
        "Uploader {uploader} is not recorded as a candidate's spouse. Check whether that record is complete.",
    ),
}
KEPT: Final[dict[str, Both]] = {
    "address": Both(
        "Alamat unggahan tercatat: {url}. Netra tidak membuka jaringan: pastikan unggahan masih dapat dibuka, "
        "lalu amankan akun dan perangkatnya.",
        "The post's address is recorded: {url}. Netra opens no network: make sure that it can still be opened, "
        "then secure the account and the device.",
    ),
    "screenshot-address": Both(
        "Berkas ini tangkapan layar, bukti yang lemah bila sendirian; alamat unggahan tercatat: {url}. Amankan "
        "unggahan asli, akun, dan perangkatnya.",
        "This file is a screenshot, weak evidence by itself; the post's address is recorded: {url}. Secure the "
        "original post, the account and the device.",
    ),
    "screenshot": Both(
        "Berkas ini tangkapan layar, bukti yang lemah bila sendirian, dan alamat unggahan tidak tercatat. Amankan "
        "akun, alamat unggahan, dan perangkatnya.",
        "This file is a screenshot, weak evidence by itself, and the post's address is not recorded. Secure the "
        "account, the post's address and the device.",
    ),
    "no-address": Both(
        "Alamat unggahan tidak tercatat. Amankan akun, alamat unggahan, dan perangkatnya.",
        "The post's address is not recorded. Secure the account, the post's address and the device.",
    ),
}
CAPTURED: Final = Both(
    " Disimpan petugas {day}.",
    " Saved by an officer on {day}.",
)
MEANING: Final = Both(
    "Gambar tidak pernah menunjukkan maksud. Dengarkan orangnya, dan periksa acara serta kebiasaan: tanda yang "
    "sama dapat berarti lain.",
    "A picture never shows what was meant. Hear the person, and look at the event and at custom: the same sign "
    "can mean something else.",
)
