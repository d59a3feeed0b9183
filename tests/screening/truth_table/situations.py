"""The truth table: what a photo shows and what is known of it, and what each rulebook makes of that.

Written down by hand, apart from the rules; ``stage`` says how people, hands and days are written. A finding is written
as ``CATEGORY STRENGTH TICKET SYMBOLS``. Where only one list of findings is given, both rulebooks say the same.
"""

from dataclasses import dataclass, field
from typing import Any, Final

from tests.screening.truth_table.stage import BUDI, SPOUSE_OF_SARI, Upload

SYMBOL, TOGETHER, ALONE, POSE = "foto-bersama-simbol", "foto-bersama", "unggah-foto-calon", "pose-terlarang"
STRONG_ONE: Final = f"{SYMBOL} strong 1 one"
TOGETHER_1, ALONE_1 = f"{TOGETHER} medium 1", f"{ALONE} medium 1"


@dataclass(frozen=True)
class Situation:
    """One row.

    Attributes:
        id: stays the same when rows are added.
        indonesian, english: what it is about.
        people, hands: as ``stage`` says.
        pemilu: the findings by ``pemilu-2024``.
        pilkada: the findings by ``pilkada-2018``, where they differ.
        upload: what is known of the upload.
        scene: more for ``stage.scene``.
        elements: the page of situations shows the elements of its findings.
    """

    id: str
    indonesian: str
    english: str
    people: str
    hands: str
    pemilu: tuple[str, ...]
    pilkada: tuple[str, ...]
    upload: Upload = field(default_factory=Upload)
    scene: dict[str, Any] = field(default_factory=dict)
    elements: bool = False


GROUPS: Final = {
    "A": ("Siapa ada, dan apa yang ditunjukkan", "Who is there, and what is shown"),
    "B": ("Beberapa pasangan calon", "More than one ticket"),
    "C": ("Daftar pose dan simbol pasangan calon", "Lists of poses and symbols of tickets"),
    "D": ("Dua tangan", "Two hands"),
    "E": ("Tangan yang pemiliknya tidak jelas", "Hands of unclear owner"),
    "F": ("Yang tidak dapat dinilai atau dibaca", "What cannot be assessed or read"),
    "G": ("Tanggal", "Days"),
    "H": ("Tahapan", "Stages"),
    "I": ("Siapa yang mengunggah", "Who uploaded it"),
    "J": ("Gambar calon, bukan orangnya", "A picture of a candidate, not the person"),
    "K": ("Tangkapan layar dan kolase", "Screenshots and collages"),
}


def row(
    name: str,
    indonesian: str,
    english: str,
    photo: str,
    pemilu: list[str],
    pilkada: list[str] | None = None,
    *,
    elements: bool = False,
    scene: dict[str, Any] | None = None,
    **upload: Any,
) -> Situation:
    """``photo`` is people and hands with a bar between."""
    people, _, hands = photo.partition("|")
    same = tuple(pemilu if pilkada is None else pilkada)
    known = Upload(**upload)
    return Situation(
        name, indonesian, english, people.strip(), hands.strip(), tuple(pemilu), same, known, scene or {}, elements
    )


EARLY: Final[dict[str, Any]] = {"taken": ("early exif",), "posted": ("early",)}
UNKNOWN: Final[dict[str, Any]] = {"taken": (), "posted": ()}
TWO: Final[dict[str, Any]] = {"panels": 2}

SITUATIONS: Final = (
    # -- A -------------------------------------------------------------------------------------------------------------
    row("A01", "Orang lain menunjukkan simbol calon", "Somebody else shows the candidate's symbol",
        "sari - | 1:one", [STRONG_ONE], elements=True),
    row("A02", "Simbol kedua dari pasangan calon yang sama", "The ticket's other symbol",
        "sari - | 1:like", [f"{SYMBOL} strong 1 like"]),
    row("A03", "Calon hanya mungkin dikenali", "The candidate is only possible",
        "sari? - | 1:one", [f"{SYMBOL} medium 1 one"], elements=True),
    row("A04", "Kedua calon dari satu pasangan, dan orang lain", "Both candidates of a ticket, and somebody else",
        "sari joko - | 2:one", [STRONG_ONE]),
    row("A05", "Satu dari tiga orang menunjukkan simbol", "One of three people shows the symbol",
        "sari - - - | 2:one 3:-", [STRONG_ONE]),
    row("A06", "Bersama calon, tanpa simbol", "Together with the candidate, no symbol",
        "sari -", [TOGETHER_1], elements=True),
    row("A07", "Bersama orang yang mungkin calon", "Together with somebody who is possibly the candidate",
        "sari? -", [f"{TOGETHER} weak 1"]),
    row("A08", "Hanya calon", "Only the candidate", "sari", [ALONE_1]),
    row("A09", "Hanya orang yang mungkin calon", "Only somebody who is possibly the candidate",
        "sari?", [f"{ALONE} weak 1"]),
    row("A10", "Hanya calon sendiri yang menunjukkan simbol", "Only the candidate shows the symbol",
        "sari - | 0:one", [TOGETHER_1]),
    row("A11", "Calon sendirian menunjukkan simbolnya", "The candidate alone shows the symbol",
        "sari | 0:one", [ALONE_1]),
    row("A12", "Tidak ada calon, tidak ada simbol", "No candidate, no symbol", "- -", []),
    row("A13", "Tidak ada orang", "Nobody", "", []),
    row("A14", "Satu pasangan calon menunjukkan simbolnya sendiri", "A ticket's two candidates show their own symbol",
        "sari joko | 0:one 1:like", [ALONE_1]),
    row("A15", "Dua orang dengan dua simbol pasangan calon itu", "Two people with two symbols of the ticket",
        "sari - - | 1:one 2:like", [f"{SYMBOL} strong 1 like"]),
    # -- B -------------------------------------------------------------------------------------------------------------
    row("B01", "Calon nomor 2 menunjukkan simbol nomor 1", "The candidate of number 2 shows the symbol of number 1",
        "sari budi | 1:one", [STRONG_ONE, f"{TOGETHER} medium 2"]),
    row("B02", "Dua calon menunjukkan simbol satu sama lain", "Two candidates show each other's symbol",
        "sari budi | 0:peace 1:one", [STRONG_ONE, f"{SYMBOL} strong 2 peace"]),
    row("B03", "Dua calon tanpa simbol", "Two candidates, no symbol",
        "sari budi", [TOGETHER_1, f"{TOGETHER} medium 2"]),
    row("B04", "Orang lain menunjukkan simbol pasangan lain", "Somebody else shows another ticket's symbol",
        "sari - | 1:peace", [TOGETHER_1]),
    row("B05", "Tiga calon, orang lain menunjukkan simbol nomor 3", "Three candidates, somebody shows number 3",
        "sari budi wati - | 3:ok", [TOGETHER_1, f"{TOGETHER} medium 2", f"{SYMBOL} strong 3 ok"]),
    row("B06", "Calon sendiri menunjukkan simbol pasangan lain", "The candidate shows another ticket's symbol",
        "sari - | 0:peace", [TOGETHER_1]),
    row("B07", "Calon yang mungkin, calon yang cocok, dan orang lain", "A possible candidate, a match, somebody else",
        "sari? budi - | 2:one", [f"{SYMBOL} medium 1 one", f"{TOGETHER} medium 2"]),
    row("B08", "Orang lain dan calon nomor 2 menunjukkan simbol nomor 1", "Somebody else and number 2 show number 1",
        "sari budi - | 1:one 2:one", [STRONG_ONE, f"{TOGETHER} medium 2"]),
    # -- C -------------------------------------------------------------------------------------------------------------
    row("C01", "Pose dalam daftar, bukan simbol siapa pun", "A listed pose that is nobody's symbol",
        "sari - | 1:call", [f"{SYMBOL} weak 1 call"], [TOGETHER_1]),
    row("C02", "Calon sendiri menunjukkan pose dalam daftar", "The candidate shows a listed pose",
        "sari - | 0:call", [TOGETHER_1]),
    row("C03", "Pose dalam daftar tanpa calon", "A listed pose without a candidate",
        "- - | 0:one", [f"{POSE} weak 0 one"], [], elements=True),
    row("C04", "Pose dalam daftar, pemilik tangan tidak jelas", "A listed pose of a hand of unclear owner",
        "- - | ?:ok", [f"{POSE} weak 0 ok"], []),
    row("C05", "Kepal dan jempol ke bawah tanpa calon", "A fist and a thumb down without a candidate",
        "- - | 0:fist 1:dislike", []),
    row("C06", "Kepal, yang disebut boleh", "A fist, which is named as allowed",
        "sari - | 1:fist", [TOGETHER_1]),
    row("C07", "Kepal yang tercatat sebagai simbol calon itu", "A fist that the election file names as the symbol",
        "ratna - | 1:fist", [f"{TOGETHER} medium 7"], [f"{SYMBOL} strong 7 fist"]),
    row("C08", "Hati dengan kedua tangan, yang disebut boleh", "A heart of both hands, which is named as allowed",
        "sari - | 1:hand_heart", [TOGETHER_1]),
    row("C09", "Saranghaeyo, simbol pasangan lain", "A finger heart, another ticket's symbol",
        "sari - | 1:finger_heart", [TOGETHER_1]),
    row("C10", "Saranghaeyo, simbol calon itu", "A finger heart, the candidate's symbol",
        "budi - | 1:finger_heart", [f"{SYMBOL} strong 2 finger_heart"]),
    row("C11", "Hati dengan kedua tangan tanpa calon", "A heart of both hands without a candidate",
        "- | 0:hand_heart", []),
    row("C12", "Pose dalam daftar dan pose yang boleh", "A listed pose and an allowed one",
        "sari - | 1:call 1:fist", [f"{SYMBOL} weak 1 call"], [TOGETHER_1]),
    row("C13", "Kelingking, yang tidak ada dalam daftar", "A little finger, which is on no list",
        "sari - | 1:little_finger", [TOGETHER_1]),
    row("C14", "Simbol calon dan pose lain dalam daftar", "The candidate's symbol and another listed pose",
        "sari - - | 1:one 2:call", [STRONG_ONE]),
    # -- D -------------------------------------------------------------------------------------------------------------
    row("D01", "Lima dan satu dengan kedua tangan", "Five and one with both hands",
        "tono - | 1L:palm 1R:one", [f"{SYMBOL} strong 6 palm+one"]),
    row("D02", "Lima dan satu, sisi tangan tidak diketahui", "Five and one, sides of the hands unknown",
        "tono - | 1:palm 1:one", [f"{SYMBOL} medium 6 palm+one"], elements=True),
    row("D03", "Bagian dari pasangan tangan pasangan lain", "A part of another ticket's pair of hands",
        "sari - | 1L:palm 1R:one", [f"{SYMBOL} medium 1 one"]),
    row("D04", "Lima dan satu dari dua orang", "Five and one of two people",
        "tono - - | 1L:palm 2R:one", [f"{SYMBOL} weak 6 palm"], [f"{TOGETHER} medium 6"]),
    row("D05", "Kedua tangan menunjukkan nomor berbeda, calon nomor 1", "Both hands show different numbers, number 1",
        "sari - | 1L:one 1R:peace", [f"{SYMBOL} medium 1 one"], elements=True),
    row("D06", "Kedua tangan menunjukkan nomor berbeda, calon nomor 2", "Both hands show different numbers, number 2",
        "budi - | 1L:one 1R:peace", [f"{SYMBOL} medium 2 peace"]),
    row("D07", "Calon sendirian dengan kedua tangannya", "The candidate alone with both hands",
        "tono | 0L:palm 0R:one", [f"{ALONE} medium 6"]),
    row("D08", "Satu orang bertentangan, orang lain jelas", "One person contradictory, another one clear",
        "sari - - | 1L:one 1R:peace 2:like", [f"{SYMBOL} strong 1 like"]),
    row("D09", "Setengah pasangan tangan pemiliknya tidak jelas", "Half of the pair is of unclear owner",
        "tono - | 1L:palm ?R:one", [f"{SYMBOL} weak 6 palm"], [f"{TOGETHER} medium 6"]),
    row("D10", "Calon mungkin, kedua tangan tidak pasti", "A possible candidate, both hands unsure",
        "tono? - | 1:palm 1:one", [f"{SYMBOL} weak 6 palm+one"]),
    # -- E -------------------------------------------------------------------------------------------------------------
    row("E01", "Pemilik tangan tidak jelas", "A hand of unclear owner",
        "sari - | ?:one", [f"{SYMBOL} medium 1 one"], elements=True),
    row("E02", "Pemilik tangan tidak jelas, calon mungkin", "A hand of unclear owner, candidate possible",
        "sari? - | ?:one", [f"{SYMBOL} weak 1 one"]),
    row("E03", "Pemilik tangan tidak jelas, hanya calon terlihat", "A hand of unclear owner, only the candidate seen",
        "sari | ?:one", [ALONE_1]),
    row("E04", "Satu tangan jelas, satu tidak", "One hand clear, one not", "sari - | ?:one 1:one", [STRONG_ONE]),
    # -- F -------------------------------------------------------------------------------------------------------------
    row("F01", "Orang lain tidak dapat dinilai", "The other person cannot be assessed", "sari ~", [TOGETHER_1]),
    row("F02", "Tidak ada wajah yang dapat dinilai", "No face can be assessed", "~ ~", []),
    row("F03", "Tangan tidak dapat dibaca", "A hand cannot be read",
        "sari - | 1:!", [TOGETHER_1]),
    row("F04", "Tangan tidak diperiksa", "Hands were not searched",
        "sari -", [TOGETHER_1], scene={"searched": False}),
    row("F05", "Hanya kembaran calon (decoy), dengan pose", "Only a candidate's look-alike (decoy), with a pose",
        "- - | 0:one", [f"{POSE} weak 0 one"], []),
    row("F06", "Kemiripan belum terkalibrasi", "Similarity is uncalibrated",
        "sari - | 1:one", [STRONG_ONE], scene={"calibrated": False}),
    row("F07", "Orang yang tidak dapat dinilai menunjukkan simbol", "Somebody who cannot be assessed shows the symbol",
        "sari ~ | 1:one", [STRONG_ONE]),
    # -- G -------------------------------------------------------------------------------------------------------------
    row("G01", "Diambil sebelum penetapan, diunggah kemudian", "Taken before candidates were official, posted later",
        "sari - | 1:one", [TOGETHER_1], taken=("before-official exif",), elements=True),
    row("G02", "Diambil sehari sebelum pengundian", "Taken the day before the draw",
        "sari - | 1:one", [TOGETHER_1], taken=("official exif",)),
    row("G03", "Diambil pada hari pengundian", "Taken on the day of the draw",
        "sari - | 1:one", [STRONG_ONE], taken=("drawn exif",)),
    row("G04", "Diunggah sebelum pengundian, pengambilan tidak diketahui", "Posted before the draw, taken unknown",
        "sari - | 1:one", [TOGETHER_1], taken=(), posted=("official",)),
    row("G05", "Tanggal pengambilan tidak diketahui", "The day it was taken is unknown",
        "sari - | 1:one", [STRONG_ONE], taken=()),
    row("G06", "Tidak ada tanggal dan tidak ada pengunggah", "No day and no uploader",
        "sari - | 1:one", [STRONG_ONE], uploader="", **UNKNOWN, elements=True),
    row("G07", "Diambil dan diunggah sebelum penetapan", "Taken and posted before candidates were official",
        "sari -", [TOGETHER_1], **EARLY, elements=True),
    row("G08", "Foto bakal calon diunggah sebelum penetapan", "A would-be candidate's photo, posted before official",
        "sari", [ALONE_1], **EARLY),
    row("G09", "Diunggah sehari sebelum aturan berlaku", "Posted the day before the rules hold",
        "sari - | 1:one", [], taken=(), posted=("before-period",)),
    row("G10", "Diunggah pada hari pertama aturan berlaku", "Posted on the first day on which the rules hold",
        "sari -", [TOGETHER_1], taken=(), posted=("period-first",)),
    row("G11", "Foto lama diunggah dalam masa kampanye", "An old photo, posted during the campaign",
        "sari -", [TOGETHER_1], taken=("long-ago exif",)),
    row("G12", "Hanya nama berkas mengisyaratkan tanggal lama", "Only the file's name hints at an earlier day",
        "sari - | 1:one", [STRONG_ONE], taken=("early file-name",), elements=True),
    row("G13", "Dua tanggal pasti menghasilkan hal berbeda", "Two firm days lead to different findings",
        "sari - | 1:one", [f"{SYMBOL} medium 1 one"], taken=("campaign", "early exif"), elements=True),
    row("G14", "Dua tanggal pasti menghasilkan hal yang sama", "Two firm days lead to the same finding",
        "sari - | 1:one", [STRONG_ONE], taken=("campaign", "drawn exif")),
    row("G15", "Tercatat diambil sesudah diunggah, hasil sama", "Said to be taken after it was posted, same result",
        "sari - | 1:one", [STRONG_ONE], taken=("quiet exif",), posted=("campaign",)),
    row("G16", "Tercatat diambil sesudah diunggah, hasil berbeda", "Said to be taken after it was posted, not the same",
        "sari - | 1:one", [f"{SYMBOL} medium 1 one"], taken=("campaign exif",), posted=("before-period",)),
    row("G17", "Disimpan petugas sebelum pengundian", "Saved by an officer before the draw",
        "sari - | 1:one", [TOGETHER_1], taken=(), posted=(), captured=("official",)),
    row("G18", "Disimpan petugas sebelum aturan berlaku", "Saved by an officer before the rules hold",
        "sari - | 1:one", [], taken=(), posted=(), captured=("before-period",)),
    row("G19", "Diambil sebelum penetapan, tanpa simbol", "Taken before candidates were official, no symbol",
        "sari -", [TOGETHER_1], taken=("early exif",)),
    row("G20", "Diambil sebelum penetapan, unggahan tidak diketahui", "Taken before official, day of posting unknown",
        "sari -", [TOGETHER_1], taken=("early exif",), posted=()),
    row("G21", "Nama berkas bertentangan dengan EXIF", "The file's name contradicts EXIF",
        "sari - | 1:one", [STRONG_ONE], taken=("campaign exif", "early file-name")),
    row("G22", "Dua tanggal pasti, calon hanya mungkin", "Two firm days, the candidate only possible",
        "sari? - | 1:one", [f"{SYMBOL} weak 1 one"], taken=("campaign", "early exif")),
    row("G23", "Nama berkas mengisyaratkan hari di luar masa aturan", "The file's name hints at a day outside",
        "sari -", [TOGETHER_1], taken=(), posted=("before-period file-name",)),
    # -- H -------------------------------------------------------------------------------------------------------------
    row("H01", "Diunggah dalam masa tenang", "Posted in the quiet period",
        "sari - | 1:one", [STRONG_ONE], posted=("quiet",)),
    row("H02", "Diunggah pada hari pemungutan suara", "Posted on voting day",
        "sari - | 1:one", [STRONG_ONE], posted=("voting",)),
    row("H03", "Diunggah sesudah pemungutan suara", "Posted after the vote",
        "sari - | 1:one", [STRONG_ONE], posted=("after",)),
    row("H04", "Diambil dan diunggah pada hari pengundian", "Taken and posted on the day of the draw",
        "sari - | 1:one", [STRONG_ONE], taken=("drawn exif",), posted=("drawn",)),
    row("H05", "Pose dalam daftar bersama bakal calon", "A listed pose together with a would-be candidate",
        "sari - | 1:call", [f"{SYMBOL} weak 1 call"], [TOGETHER_1], **EARLY),
    row("H06", "Angka bersama bakal calon, nomor belum diundi", "A number with a would-be candidate, before the draw",
        "sari - | 1:one", [TOGETHER_1], **EARLY),
    row("H07", "Pose sendiri sehari sebelum daftar berlaku", "A pose alone, the day before the list holds",
        "- | 0:one", [], taken=(), posted=("2023-10-31",)),
    row("H08", "Pose sendiri pada hari pertama daftar", "A pose alone, the first day of the list",
        "- | 0:one", [f"{POSE} weak 0 one"], [], taken=(), posted=("2023-11-01",)),
    row("H09", "Diunggah pada hari penetapan calon", "Posted on the day candidates became official",
        "sari -", [TOGETHER_1], taken=("official exif",), posted=("official",)),
    row("H10", "Gambar bakal calon, dengan orang di dekatnya", "A picture of a would-be candidate, somebody near it",
        "*sari - | 1:one", [ALONE_1], **EARLY),
    # -- I -------------------------------------------------------------------------------------------------------------
    row("I01", "Suami atau istri calon, tanpa simbol", "The candidate's spouse, no symbol",
        "sari -", [TOGETHER_1], uploader=SPOUSE_OF_SARI, elements=True),
    row("I02", "Suami atau istri calon, dengan simbol", "The candidate's spouse, with a symbol",
        "sari - | 1:one", [STRONG_ONE], uploader=SPOUSE_OF_SARI),
    row("I03", "Suami atau istri calon, pose dalam daftar", "The candidate's spouse, a listed pose",
        "sari - | 1:call", [f"{SYMBOL} weak 1 call"], [TOGETHER_1], uploader=SPOUSE_OF_SARI),
    row("I04", "Suami atau istri bakal calon", "A would-be candidate's spouse",
        "sari -", [TOGETHER_1], **EARLY, uploader=SPOUSE_OF_SARI),
    row("I05", "Suami atau istri mengunggah foto calon sendirian", "The spouse posts the candidate alone",
        "sari", [ALONE_1], uploader=SPOUSE_OF_SARI),
    row("I06", "Suami atau istri calon lain", "Another candidate's spouse",
        "budi -", [f"{TOGETHER} medium 2"], uploader=SPOUSE_OF_SARI),
    row("I07", "Pengunggah calon itu sendiri", "The uploader is the candidate",
        "budi -", [f"{TOGETHER} medium 2"], uploader=BUDI),
    row("I08", "Pengunggah tidak tercatat", "The uploader is not recorded",
        "sari - | 1:one", [STRONG_ONE], uploader=""),
    row("I09", "Pengunggah, instansi, dan alamat tercatat", "Uploader, agency and address are recorded",
        "sari - | 1:one", [STRONG_ONE], agency="Dinas Contoh", post_url="https://contoh.example/p/1",
        captured=("campaign-later",), elements=True),
    row("I10", "Suami atau istri, hanya calon menunjukkan simbol", "The spouse, only the candidate shows the symbol",
        "sari - | 0:one", [TOGETHER_1], uploader=SPOUSE_OF_SARI),
    # -- J -------------------------------------------------------------------------------------------------------------
    row("J01", "Orang di dekat poster calon", "Somebody near a candidate's poster",
        "*sari -", [ALONE_1], elements=True),
    row("J02", "Simbol di dekat poster calon", "A symbol near a candidate's poster",
        "*sari - | 1:one", [ALONE_1]),
    row("J03", "Poster yang mungkin calon", "A poster of somebody who is possibly the candidate",
        "*sari? - | 1:one", [f"{ALONE} weak 1"]),
    row("J04", "Hanya poster", "Only a poster", "*sari", [ALONE_1]),
    row("J05", "Calon pada poster menunjukkan simbolnya", "The candidate on the poster shows the symbol",
        "*sari - | 0:one", [ALONE_1]),
    row("J06", "Calon hadir di dekat gambar calon lain", "A candidate near a picture of another candidate",
        "sari *budi", [ALONE_1, f"{ALONE} medium 2"]),
    row("J07", "Calon menunjukkan simbol calon pada gambar", "A candidate shows the pictured candidate's symbol",
        "sari *budi | 0:peace", [ALONE_1, f"{ALONE} medium 2"]),
    row("J08", "Calon hadir, dan posternya di belakang", "The candidate is there, with a poster behind",
        "sari - *sari | 1:one", [STRONG_ONE]),
    row("J09", "Orang lain hanya ada pada gambar", "The other person is only in a picture", "sari *-", [ALONE_1]),
    row("J10", "Tangan pada poster menunjukkan simbol", "A hand on a poster shows the symbol",
        "sari *- | 1:one", [ALONE_1]),
    row("J11", "Pose dalam daftar di dekat poster", "A listed pose near a poster", "*sari - | 1:call", [ALONE_1]),
    row("J12", "Tangan tidak jelas di dekat poster", "A hand of unclear owner near a poster",
        "*sari - | ?:one", [ALONE_1]),
    row("J13", "Pose hanya pada poster, tanpa calon", "A pose only on a poster, no candidate", "*- - | 0:one", []),
    row("J14", "Poster dua pasangan calon", "Posters of two tickets",
        "*sari *budi -", [ALONE_1, f"{ALONE} medium 2"]),
    row("J15", "Calon bersama orang lain, di dekat poster calon lain", "A candidate with others near another's poster",
        "sari - *budi | 1:peace", [TOGETHER_1, f"{ALONE} medium 2"]),
    row("J16", "Kedua calon satu pasangan, satu hadir dan satu pada gambar", "One of a ticket there, one pictured",
        "sari *joko - | 2:one", [STRONG_ONE]),
    # -- K -------------------------------------------------------------------------------------------------------------
    row("K01", "Tangkapan layar unggahan", "A screenshot of a post",
        "sari - | 1:one", [STRONG_ONE], scene={"screenshot": True}, elements=True),
    row("K02", "Tangkapan layar dengan poster", "A screenshot with a poster",
        "*sari -", [ALONE_1], scene={"screenshot": True}),
    row("K03", "Kolase: calon dan simbol di bagian berbeda", "A collage: candidate and symbol in different parts",
        "sari@0 -@1 | 1:one", [ALONE_1, f"{POSE} weak 0 one"], [ALONE_1], scene=TWO),
    row("K04", "Kolase: calon dan simbol di bagian yang sama", "A collage: candidate and symbol in the same part",
        "sari@0 -@0 -@1 | 1:one", [STRONG_ONE], scene=TWO, elements=True),
    row("K05", "Kolase: dua calon di bagian berbeda", "A collage: two candidates in different parts",
        "sari@0 budi@1", [ALONE_1, f"{ALONE} medium 2"], scene=TWO),
    row("K06", "Kolase: calon dua kali, sekali bersama", "A collage: the candidate twice, once together",
        "sari@0 sari@1 -@1 | 2:one", [STRONG_ONE], scene=TWO),
    row("K07", "Kolase: poster dan simbol di bagian berbeda", "A collage: poster and symbol in different parts",
        "*sari@0 -@1 | 1:like", [ALONE_1, f"{POSE} weak 0 like"], [ALONE_1], scene=TWO),
    row("K08", "Tangkapan layar dengan kolase", "A screenshot of a collage",
        "sari@0 -@0 -@1 | 1:one", [STRONG_ONE], scene={"panels": 2, "screenshot": True}),
    row("K09", "Kolase: tangan tidak jelas di bagian lain", "A collage: a hand of unclear owner in another part",
        "sari@0 -@0 | ?@1:one", [TOGETHER_1, f"{POSE} weak 0 one"], [TOGETHER_1], scene=TWO),
    row("K10", "Tangkapan layar dengan pose saja", "A screenshot with a pose alone",
        "- | 0:one", [f"{POSE} weak 0 one"], [], scene={"screenshot": True}),
    row("K11", "Kolase: potret di satu bagian, orangnya di bagian lain", "A collage: a portrait and the person",
        "*sari@0 -@0 sari@1 -@1 | 1:one", [TOGETHER_1], scene=TWO),
)  # fmt: skip
