"""Every sentence template renders, in both languages, for whatever a finding can hold."""

import re
import string
from dataclasses import replace
from datetime import date
from itertools import chain, combinations
from pathlib import Path

import pytest

from candidates.bands import Band
from candidates.election import Candidate, ReferencePhoto
from candidates.match import Sighting
from screening.days import DaysTold, Told
from screening.reason import Note, Place, Reason, Seen
from screening.scene import Layout, ShownHand
from screening.sentences import sentence
from screening.signs import Sign
from screening.sources import Source
from screening.stages import Stage
from screening.upload_facts import Moment, TimeKind, TimeSource
from screening.words import Language, chance_in_words, listed, number, whole
from vision.types import Symbol

SARI = Candidate("sari", "Sari\nDewi", "calon  wali kota", (ReferencePhoto("a.jpg", Path("a.jpg")),))
MATCH = Sighting("sari", 1, 0.713, Band.MATCH, "a.jpg")
POSSIBLE = Sighting("sari", 1, 0.45, Band.POSSIBLE, "a.jpg", e_value=(0.3,), faces=12_400.0)
ONE = Sign((ShownHand(0, (Symbol("one", 0.96),), (1,)),), ticket=1)
ALL_NOTES = tuple(chain.from_iterable(combinations(Note, n) for n in (0, 1, 2, len(Note))))
STAGE = Stage("kampanye", "masa kampanye", "campaign period", (), (Source("a", "A", "", False, ""),))
TAKEN = Told(TimeKind.TAKEN, Moment(date(2024, 8, 14), TimeSource.EXIF), (STAGE,))
POSTED = Told(TimeKind.POSTED, Moment(date(2024, 12, 1), TimeSource.MANIFEST))
HINT = Told(TimeKind.TAKEN, Moment(date(2024, 7, 1), TimeSource.FILE_NAME))
EVERYTHING = DaysTold(
    (TAKEN, POSTED), (HINT,), (replace(TAKEN, moment=replace(TAKEN.moment, day=date(2024, 9, 1))),), True
)


UNCALIBRATED = {
    "id": "; kemiripan belum terkalibrasi: orang dalam pindaian terlalu sedikit untuk mengatakan seberapa sering "
    "kemiripan setinggi ini muncul secara kebetulan.",
    "en": "; similarity is uncalibrated: the scan has too few people to say how often a likeness this high comes by "
    "chance.",
}


def reason(sightings: tuple[Sighting, ...], others: int, seen: Seen, showing: int, notes: tuple[Note, ...]) -> Reason:
    return Reason(
        sightings=tuple((SARI, one) for one in sightings),
        others=others,
        seen=seen,
        showing=showing,
        shown=() if seen in (Seen.NOTHING, Seen.NOT_SEARCHED) else (ONE,),
        symbol_ticket=1,
        notes=notes,
        numbers_drawn=date(2024, 9, 23),
        candidates_official=date(2024, 9, 22),
        days=EVERYTHING if notes else DaysTold(),
        disputed=bool(notes),
        spouse_since=(date(2018, 2, 2),),
        spouse_source="Surat Contoh 1",
        rule="contoh/foto-bersama",
        source="Surat Contoh 2",
    )


@pytest.mark.parametrize("language", ["id", "en"])
@pytest.mark.parametrize("seen", Seen)
def test_every_combination_is_one_whole_sentence(language: Language, seen: Seen) -> None:
    shapes = [((MATCH,), 0, 0), ((MATCH,), 1, 1), ((POSSIBLE, MATCH), 5, 2), ((), 3, 1), ((), 3, 0), ((), 3, 2)]
    for sightings, others, showing in shapes:
        if not sightings and seen is not Seen.ON_THE_LIST:  # without a candidate there is only the pose
            continue
        for notes in ALL_NOTES if sightings else ((),):
            text = sentence(reason(sightings, others, seen, showing, notes), language)
            assert list(string.Formatter().parse(text)) == [(text, None, None, None)]  # no placeholder is left
            assert text == " ".join(text.split())
            assert "contoh/foto-bersama, Surat Contoh 2" in text
            assert not re.search("melanggar|terbukti|bersalah|pelaku|pelanggar|guilty|violat|proven", text)
            assert text.endswith((*UNCALIBRATED.values(), "Surat Contoh 2."))
            assert (
                text.count(".") - text.count("0.") - text.count("12.400") == 1
            )  # one sentence; a decimal point is no full stop
            assert text[0].isupper()


def test_the_two_languages_write_numbers_their_own_way() -> None:
    one = reason((MATCH,), 3, Seen.OTHERS_SHOW, 1, (Note.TAKEN_BEFORE_OFFICIAL,))
    assert "kemiripan 0,71" in sentence(one, "id")
    assert "similarity 0.71" in sentence(one, "en")
    assert "foto diambil 14 Agustus 2024 menurut EXIF (masa kampanye) dan diunggah 1 Desember 2024 menurut" in sentence(
        one, "id"
    )
    assert (
        "it was taken on 14 August 2024 according to EXIF (campaign period) and posted on 1 December 2024"
        in sentence(one, "en")
    )


def test_hints_and_contradictions_are_told() -> None:
    text = sentence(reason((MATCH,), 1, Seen.NOTHING, 0, (Note.SPOUSE,)), "id")
    assert (
        "; nama berkas mengisyaratkan foto diambil 1 Juli 2024, sebelum nomor urut diundi (23 September 2024)," in text
    )
    assert "; keterangan tanggal bertentangan: menurut EXIF foto diambil 1 September 2024;" in text
    assert "; keterangan tanggal bertentangan: foto tercatat diambil sesudah diunggah;" in text
    assert "; tanggal mana yang benar menentukan hasilnya, jadi temuan ini tidak dapat dianggap kuat;" in text


PLACES = [
    (Place(), "Foto memuat", "The photo has"),
    (Place(Layout(screenshot=True)), "Tangkapan layar memuat", "The screenshot has"),
    (Place(Layout(panels=3), 1), "Bagian 2 dari 3 foto dalam kolase memuat", "Part 2 of a collage of 3 photos has"),
    (
        Place(Layout(True, 3), 2),
        "Bagian 3 dari 3 foto dalam tangkapan layar memuat",
        "Part 3 of 3 photos in a screenshot has",
    ),
]


@pytest.mark.parametrize(("place", "indonesian", "english"), PLACES)
def test_how_the_file_is_put_together_is_said_first(place: Place, indonesian: str, english: str) -> None:
    one = replace(reason((MATCH,), 2, Seen.NOTHING, 0, ()), place=place)
    assert sentence(one, "id").startswith(indonesian)
    assert sentence(one, "en").startswith(english)
    pose = replace(reason((), 2, Seen.ON_THE_LIST, 1, ()), place=place)
    assert sentence(pose, "id").startswith(indonesian.removesuffix(" memuat") + " tanpa calon yang dikenali memuat")
    assert sentence(pose, "en").startswith("In ")


@pytest.mark.parametrize(("count", "be"), [(1, "is"), (2, "are")])
def test_what_is_not_counted_is_said(count: int, be: str) -> None:
    place = Place(Layout(panels=2), 0, elsewhere=count, pictures=count, cannot_read=count)
    text = sentence(replace(reason((MATCH,), 2, Seen.NOTHING, 0, ()), place=place), "en")
    people, faces, hands = ("person", "face", "hand") if count == 1 else ("people", "faces", "hands")
    assert f"; {count} {people} in other parts of the collage {be} not counted as together;" in text
    assert f"; {count} other {faces} {be} only in a picture (poster, screen or portrait) and {be} not counted" in text
    assert f"; {count} {hands} {be} too small or blurred to be read, so what" in text


@pytest.mark.parametrize("others", [0, 1, 2])
def test_a_picture_of_a_candidate_is_said_to_be_one(others: int) -> None:
    one = replace(reason((MATCH,), others, Seen.ONLY_CANDIDATES, 0, ()), pictured=True)
    assert "bukan orangnya: wajah pada gambar itu mirip Sari Dewi" in sentence(one, "id")
    assert ("tidak ada orang yang hadir" if not others else f"di dekatnya ada {others} orang;") in sentence(one, "id")
    assert "only the candidate in the picture shows" in sentence(one, "en")


def test_candidates_of_other_tickets_are_named() -> None:
    budi = replace(SARI, id="budi", name="Budi")
    rivals = ((budi, 2),)
    one = replace(reason((MATCH,), 2, Seen.OTHERS_SHOW, 1, ()), rivals=rivals, showing_rivals=rivals)
    assert "bersama 2 orang lain, termasuk Budi (calon nomor urut 2); Budi menunjukkan simbol" in sentence(one, "id")
    assert "Budi (candidate of ballot number 2) among them; Budi shows the symbol" in sentence(one, "en")


def test_lists_of_words() -> None:
    assert [listed(["a", "b", "c"][:n], "id") for n in range(4)] == ["", "a", "a dan b", "a, b, dan c"]
    assert listed(["a", "b", "c"], "en") == "a, b, and c"


@pytest.mark.parametrize(
    ("value", "indonesian", "english"),
    [
        (0.713, "0,71", "0.71"),
        (0.0003, "0,0003", "0.0003"),
        (0, "0,00", "0.00"),
        (12.5, "12,50", "12.50"),
        (-0.2, "-0,20", "-0.20"),
    ],
)
def test_numbers(value: float, indonesian: str, english: str) -> None:
    assert (number(value, "id"), number(value, "en")) == (indonesian, english)


@pytest.mark.parametrize(
    ("faces", "e_value", "indonesian", "english"),
    [
        (12_400, 0.02, ("12.400", "0,02"), ("12,400", "0.02")),
        (100, 0.0121, ("100", "0,013"), ("100", "0.013")),
        (1_234_567, 0.0, ("1.234.567", "0,0001"), ("1,234,567", "0.0001")),
        (80, 0.961, ("80", "0,97"), ("80", "0.97")),
        (80, 1.0, ("80", "1"), ("80", "1")),
    ],
)
def test_chance_is_rounded_up(
    faces: int, e_value: float, indonesian: tuple[str, str], english: tuple[str, str]
) -> None:
    assert chance_in_words(faces, e_value, "id") == indonesian
    assert chance_in_words(faces, e_value, "en") == english
    assert whole(faces, "id") == indonesian[0]


@pytest.mark.parametrize("language", ["id", "en"])
def test_a_sighting_names_its_band_in_words(language: Language) -> None:
    text = sentence(reason((MATCH,), 0, Seen.NOTHING, 0, ()), language)
    assert ("cocok, kemiripan 0,71)" if language == "id" else "match, similarity 0.71)") in text
    text = sentence(reason((POSSIBLE,), 0, Seen.NOTHING, 0, ()), language)
    assert ("mungkin, kemiripan 0,45, di antara" if language == "id" else "possible, similarity 0.45, among") in text


@pytest.mark.parametrize("language", ["id", "en"])
@pytest.mark.parametrize("candidates", [1, 2, 3])
def test_that_similarity_is_uncalibrated_is_said_once_at_the_end(language: Language, candidates: int) -> None:
    text = sentence(reason((MATCH,) * candidates, 2, Seen.NOTHING, 0, ()), language)
    assert text.count("Sari Dewi") == candidates
    assert text.endswith(f"Surat Contoh 2{UNCALIBRATED[language]}")
    assert len(re.findall("terkalibrasi|calibrated", text)) == 1
    calibrated = sentence(reason((POSSIBLE,) * candidates, 2, Seen.NOTHING, 0, ()), language)
    pose = sentence(reason((), 2, Seen.ON_THE_LIST, 1, ()), language)
    assert not re.search("terkalibrasi|calibrated", calibrated + pose)


@pytest.mark.parametrize(("count", "faces"), [(1, "1 face cannot be assessed"), (3, "3 faces cannot be assessed")])
def test_faces_that_cannot_be_assessed_are_said(count: int, faces: str) -> None:
    one = replace(reason((MATCH,), 2, Seen.NOTHING, 0, ()), place=Place(cannot_assess=count))
    assert f"; {faces} (too small, blurred, dark, turned or covered), and " in sentence(one, "en")
    why = "(terlalu kecil, buram, gelap, menoleh, atau tertutup)"
    assert f"; {count} wajah tidak dapat dinilai {why}, jadi siapa" in sentence(one, "id")
    assert "dinilai" not in sentence(reason((MATCH,), 2, Seen.NOTHING, 0, ()), "id")


@pytest.mark.parametrize(("count", "words"), [(1, "1 other person;"), (4, "4 other people;")])
def test_english_counts_people(count: int, words: str) -> None:
    assert words in sentence(reason((MATCH,), count, Seen.NOTHING, 0, ()), "en")


def test_line_breaks_in_names_do_not_break_the_sentence() -> None:
    assert "Sari Dewi (calon wali kota, nomor urut 1;" in sentence(reason((MATCH,), 0, Seen.NOTHING, 0, ()), "id")
