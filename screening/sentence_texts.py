"""The words of a finding's sentence, Indonesian and English side by side. No word of a verdict is among them."""

from typing import Final

from candidates.bands import Band
from screening.findings import Doubt
from screening.reason import Note, Seen
from screening.upload_facts import TimeKind, TimeSource
from screening.words import Language

# -- who is there ------------------------------------------------------------------------------------------------------

FACE: Final = {
    "id": "{name} ({office}, nomor urut {ticket}; {band}, kemiripan {similarity}{chance})",
    "en": "{name} ({office}, ballot number {ticket}; {band}, similarity {similarity}{chance})",
}
BANDS: Final[dict[Language, dict[Band, str]]] = {
    "id": {Band.MATCH: "cocok", Band.POSSIBLE: "mungkin"},
    "en": {Band.MATCH: "match", Band.POSSIBLE: "possible"},
}
CHANCE: Final = {
    "id": ", di antara {faces} wajah orang lain kemiripan setinggi ini diperkirakan muncul {times} kali secara "
    "kebetulan",
    "en": ", among {faces} faces of other people a likeness this high is expected {times} times by chance",
}
UNCALIBRATED: Final = {
    "id": "kemiripan belum terkalibrasi: orang dalam pindaian terlalu sedikit untuk mengatakan seberapa sering "
    "kemiripan setinggi ini muncul secara kebetulan",
    "en": "similarity is uncalibrated: the scan has too few people to say how often a likeness this high comes by "
    "chance",
}
WHAT: Final = {
    "id": {
        (False, False): "Foto",
        (True, False): "Tangkapan layar",
        (False, True): "Bagian {part} dari {parts} foto dalam kolase",
        (True, True): "Bagian {part} dari {parts} foto dalam tangkapan layar",
    },
    "en": {
        (False, False): "The photo",
        (True, False): "The screenshot",
        (False, True): "Part {part} of a collage of {parts} photos",
        (True, True): "Part {part} of {parts} photos in a screenshot",
    },
}  # (a screenshot, a collage)
IN_WHAT: Final = {
    (False, False): "a photo",
    (True, False): "a screenshot",
    (False, True): "part {part} of a collage of {parts} photos",
    (True, True): "part {part} of {parts} photos in a screenshot",
}
TOGETHER: Final = {
    "id": "{what} memuat wajah yang mirip {faces} bersama {others} orang lain{rivals}",
    "en": "{what} has a face that looks like {faces} together with {others} other {people}{rivals}",
}
ALONE: Final = {
    "id": "{what} memuat wajah yang mirip {faces} tanpa orang lain yang terlihat",
    "en": "{what} has a face that looks like {faces} and nobody else who can be seen",
}
PICTURED: Final = {
    "id": {
        True: "{what} hanya memuat gambar calon (poster, layar, atau potret), bukan orangnya: wajah pada gambar itu "
        "mirip {faces}, dan di dekatnya ada {others} orang{rivals}",
        False: "{what} hanya memuat gambar calon (poster, layar, atau potret), bukan orangnya: wajah pada gambar itu "
        "mirip {faces}, dan tidak ada orang yang hadir di dekatnya",
    },
    "en": {
        True: "{what} has only a picture of a candidate (poster, screen or portrait), not the person: the face in it "
        "looks like {faces}, and {others} {people} {are} near it{rivals}",
        False: "{what} has only a picture of a candidate (poster, screen or portrait), not the person: the face in it "
        "looks like {faces}, and nobody is near it",
    },
}
RIVALS: Final = {
    "id": {True: ", yaitu {rivals}", False: ", termasuk {rivals}"},
    "en": {True: ", namely {rivals}", False: ", {rivals} among them"},
}  # True where nobody else is there
RIVAL: Final = {"id": "{name} (calon nomor urut {ticket})", "en": "{name} (candidate of ballot number {ticket})"}
POSE: Final = {
    "id": "{what} tanpa calon yang dikenali memuat {who} {pose}, yang ada dalam daftar pose terlarang",
    "en": "In {what} without a recognised candidate, {who} {pose}, which is on the list of forbidden poses",
}
POSE_WHO: Final = {
    "id": {1: "{showing} orang yang menunjukkan", 0: "sebuah tangan, pemiliknya tidak jelas, yang menunjukkan"},
    "en": {1: "{showing} {people} {show}", 0: "a hand of unclear owner shows"},
}

# -- what hands show ---------------------------------------------------------------------------------------------------

WHO: Final = {
    "id": {
        "only": "orang itu menunjukkan",
        "some": "{showing} di antaranya menunjukkan",
        "rival": "{rivals} menunjukkan",
    },
    "en": {"only": "that person shows", "some": "{showing} of them {show}", "rival": "{rivals} {show}"},
}
SYMBOL: Final = {
    "id": "'{symbol}' ({label}, keyakinan {confidence})",
    "en": "'{symbol}' ({label}, confidence {confidence})",
}
SIGN: Final = {
    "id": {"symbol": "simbol {shown}", "pose": "pose {shown}"},
    "en": {"symbol": "the symbol {shown}", "pose": "the pose {shown}"},
}
BOTH: Final = {"id": " dengan kedua tangan", "en": " with both hands"}
SUM: Final = {"id": ", bersama {number}", "en": ", together {number}"}
NUMBERS: Final = {
    "id": ("dua", "tiga", "empat", "lima", "enam", "tujuh", "delapan", "sembilan", "sepuluh"),
    "en": ("two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"),
}  # what two hands of at least one each can add up to, from 2
DOUBTS: Final[dict[Language, dict[Doubt, str]]] = {
    "id": {
        Doubt.CONTRADICTION: "orang yang sama juga menunjukkan {rival}, simbol nomor urut {rival_ticket}: kedua tangan "
        "bertentangan, jadi nomor mana yang dimaksud tidak dipastikan",
        Doubt.PART_OF_PAIR: "bersama tangan lain orang yang sama, yaitu {rival}, itu juga simbol nomor urut "
        "{rival_ticket}: kedua artinya bertentangan, jadi nomor mana yang dimaksud tidak dipastikan",
        Doubt.UNSURE_PAIR: "tidak dipastikan bahwa kedua tangan itu tangan kiri dan tangan kanan orang yang sama",
    },
    "en": {
        Doubt.CONTRADICTION: "the same person also shows {rival}, a symbol of ballot number {rival_ticket}: the hands "
        "contradict each other, so which number is meant is left open",
        Doubt.PART_OF_PAIR: "together with the same person's other hand, {rival}, it is also a symbol of ballot number "
        "{rival_ticket}: the two contradict each other, so which number is meant is left open",
        Doubt.UNSURE_PAIR: "whether the two are the left and the right hand of one person is left open",
    },
}
SEEN: Final[dict[Language, dict[Seen, str]]] = {
    "id": {
        Seen.OTHERS_SHOW: "{who} {shown}, simbol nomor urut {symbol_ticket}",
        Seen.UNCLEAR_OWNER: "sebuah tangan yang pemiliknya tidak jelas menunjukkan {shown}, simbol nomor urut "
        "{symbol_ticket}",
        Seen.ON_THE_LIST: "{who} {shown}, yang ada dalam daftar pose terlarang tetapi bukan simbol nomor urut mana pun",
        Seen.OTHER_TICKET: "{who} {shown}, yaitu simbol nomor urut {symbol_ticket}, bukan simbol calon ini",
        Seen.ONLY_CANDIDATES: "hanya calon itu sendiri{picture} yang menunjukkan {shown}, simbol nomor urut "
        "{symbol_ticket}",
        Seen.CANDIDATES_OTHER: "calon itu sendiri{picture} menunjukkan {shown}, yaitu simbol nomor urut "
        "{symbol_ticket}, bukan simbolnya sendiri",
        Seen.BEFORE_DRAW: "ada {shown}, tetapi foto berasal dari sebelum nomor urut diundi ({numbers_drawn}), jadi "
        "simbol itu belum bermakna nomor urut",
        Seen.ALLOWED: "{who} {pose}, yang disebut boleh ({allowed_source}) dan karena itu tidak dihitung{although}",
        Seen.NOTHING: "tidak terlihat simbol tangan yang diperhitungkan",
        Seen.NOT_SEARCHED: "tangan tidak diperiksa atau tidak dapat dibaca, jadi ada tidaknya simbol tidak diketahui",
    },
    "en": {
        Seen.OTHERS_SHOW: "{who} {shown}, a symbol of ballot number {symbol_ticket}",
        Seen.UNCLEAR_OWNER: "a hand whose owner is unclear shows {shown}, a symbol of ballot number {symbol_ticket}",
        Seen.ON_THE_LIST: "{who} {shown}, which is on the list of forbidden poses but is no ballot number's symbol",
        Seen.OTHER_TICKET: "{who} {shown}, a symbol of ballot number {symbol_ticket} and not of this candidate",
        Seen.ONLY_CANDIDATES: "only the candidate{picture} shows {shown}, a symbol of ballot number {symbol_ticket}",
        Seen.CANDIDATES_OTHER: "the candidate{picture} shows {shown}, a symbol of ballot number {symbol_ticket} and "
        "not the candidate's own",
        Seen.BEFORE_DRAW: "there is {shown}, but the photo is from before ballot numbers were drawn ({numbers_drawn}), "
        "so it stood for no number yet",
        Seen.ALLOWED: "{who} {pose}, which is named as allowed ({allowed_source}) and therefore does not "
        "count{although}",
        Seen.NOTHING: "no hand symbol that counts was seen",
        Seen.NOT_SEARCHED: "hands were not searched or could not be read, so whether there is a symbol is unknown",
    },
}
IN_PICTURE: Final = {"id": " pada gambar itu", "en": " in the picture"}
ALTHOUGH: Final = {
    "id": ", meskipun berkas pemilihan mencatatnya sebagai simbol nomor urut {symbol_ticket}",
    "en": ", although the election file names it as a symbol of ballot number {symbol_ticket}",
}

# -- days --------------------------------------------------------------------------------------------------------------

SOURCES: Final[dict[Language, dict[TimeSource, str]]] = {
    "id": {TimeSource.MANIFEST: "daftar unggahan", TimeSource.EXIF: "EXIF", TimeSource.FILE_NAME: "nama berkas"},
    "en": {TimeSource.MANIFEST: "the manifest", TimeSource.EXIF: "EXIF", TimeSource.FILE_NAME: "the file's name"},
}
DONE: Final[dict[Language, dict[TimeKind, str]]] = {
    "id": {
        TimeKind.TAKEN: "diambil",
        TimeKind.POSTED: "diunggah",
        TimeKind.CAPTURED: "disimpan petugas",
        TimeKind.KNOWN: "diketahui petugas",
    },
    "en": {
        TimeKind.TAKEN: "taken",
        TimeKind.POSTED: "posted",
        TimeKind.CAPTURED: "saved by an officer",
        TimeKind.KNOWN: "known to an officer",
    },
}
WHEN: Final = {"id": "foto {told}", "en": "it was {told}"}
WHEN_ONE: Final = {
    "id": "{done} {day} menurut {source}{stage}",
    "en": "{done} on {day} according to {source}{stage}",
}
WHEN_LATEST: Final = {
    "id": "sudah ada pada {day} menurut {source}{stage}",
    "en": "there already on {day} according to {source}{stage}",
}
HINT: Final = {
    "id": {
        False: "{source} mengisyaratkan foto {done} {day}{before}, petunjuk lemah yang tidak ikut menentukan",
        True: "{source} mengisyaratkan foto sudah ada pada {day}{before}, petunjuk lemah yang tidak ikut menentukan",
    },
    "en": {
        False: "{source} hints that it was {done} on {day}{before}, a weak hint that decides nothing",
        True: "{source} hints that it existed on {day}{before}, a weak hint that decides nothing",
    },
}
HINT_BEFORE: Final = {
    "id": ", sebelum nomor urut diundi ({numbers_drawn})",
    "en": ", before ballot numbers were drawn ({numbers_drawn})",
}
AGAINST: Final = {
    "id": "keterangan tanggal bertentangan: menurut {source} foto {done} {day}",
    "en": "the dates contradict each other: {source} says that it was {done} on {day}",
}
OUT_OF_ORDER: Final = {
    "id": "keterangan tanggal bertentangan: foto tercatat diambil sesudah diunggah",
    "en": "the dates contradict each other: it is said to have been taken after it was posted",
}
DISPUTED: Final = {
    "id": "tanggal mana yang benar menentukan hasilnya, jadi temuan ini tidak dapat dianggap kuat",
    "en": "which of the dates is right decides the result, so this finding cannot count as strong",
}

# -- what to know besides ----------------------------------------------------------------------------------------------

CANNOT_ASSESS: Final = {
    "id": "{count} wajah tidak dapat dinilai (terlalu kecil, buram, gelap, menoleh, atau tertutup), jadi siapa "
    "orangnya tidak diketahui",
    "en": "{count} {faces} cannot be assessed (too small, blurred, dark, turned or covered), and {they} unknown",
}
CANNOT_READ: Final = {
    "id": "{count} tangan terlalu kecil atau buram untuk dibaca, jadi apa yang ditunjukkannya tidak diketahui",
    "en": "{count} {hands} too small or blurred to be read, so what {they} unknown",
}
ELSEWHERE: Final = {
    "id": "{count} orang di bagian lain kolase tidak dihitung bersama",
    "en": "{count} {people} in other parts of the collage {are} not counted as together",
}
PICTURES: Final = {
    "id": "{count} wajah lain hanya ada pada gambar (poster, layar, atau potret) dan tidak dihitung hadir",
    "en": "{count} other {faces} only in a picture (poster, screen or portrait) and {are} not counted as there",
}
NOTES: Final[dict[Language, dict[Note, str]]] = {
    "id": {
        Note.TAKEN_UNKNOWN: "tanggal pengambilan foto tidak diketahui, padahal nomor urut baru diundi {numbers_drawn}",
        Note.TAKEN_BEFORE_OFFICIAL: "ketika foto diambil calon belum ditetapkan ({candidates_official})",
        Note.POSTED_BEFORE_OFFICIAL: "ketika foto diunggah calon belum ditetapkan ({candidates_official})",
        Note.UPLOADER_IS_CANDIDATE: "pengunggah tercatat sebagai calon itu sendiri",
        Note.SPOUSE: "pengunggah tercatat sebagai suami atau istri calon, yang boleh ada dalam foto tanpa simbol atau "
        "atribut ({spouse_source}); atribut tidak diperiksa netra",
        Note.SPOUSE_WITH_SYMBOL: "pengunggah tercatat sebagai suami atau istri calon, tetapi pengecualian baginya "
        "tidak mencakup foto dengan simbol atau atribut ({spouse_source})",
        Note.SPOUSE_TOO_EARLY: "pengunggah tercatat sebagai suami atau istri calon, tetapi pengecualian baginya baru "
        "tertulis sejak {spouse_since} ({spouse_source})",
        Note.SPOUSE_NO_EXCEPTION: "pengunggah tercatat sebagai suami atau istri calon, dan aturan ini tidak menyebut "
        "pengecualian baginya",
        Note.SCREENSHOT: "tangkapan layar saja bukti yang lemah: amankan akun, alamat unggahan, dan perangkatnya",
    },
    "en": {
        Note.TAKEN_UNKNOWN: "the day it was taken is unknown, and ballot numbers were drawn only on {numbers_drawn}",
        Note.TAKEN_BEFORE_OFFICIAL: "when it was taken candidates were not yet official ({candidates_official})",
        Note.POSTED_BEFORE_OFFICIAL: "when it was posted candidates were not yet official ({candidates_official})",
        Note.UPLOADER_IS_CANDIDATE: "the uploader is recorded as that very candidate",
        Note.SPOUSE: "the uploader is recorded as a candidate's spouse, who may be in a photo without symbol or "
        "attributes ({spouse_source}); netra does not look for attributes",
        Note.SPOUSE_WITH_SYMBOL: "the uploader is recorded as a candidate's spouse, but the exception for spouses does "
        "not cover a photo with symbol or attributes ({spouse_source})",
        Note.SPOUSE_TOO_EARLY: "the uploader is recorded as a candidate's spouse, but the exception for spouses is "
        "written only since {spouse_since} ({spouse_source})",
        Note.SPOUSE_NO_EXCEPTION: "the uploader is recorded as a candidate's spouse, and these rules name no exception "
        "for spouses",
        Note.SCREENSHOT: "a screenshot alone is weak evidence: secure the account, the post's address and the device",
    },
}
BASIS: Final = {"id": "dasar: {rule}, {source}", "en": "basis: {rule}, {source}"}
