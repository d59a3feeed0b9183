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
from screening.scene import ShownHand
from screening.sentences import Language, Note, Reason, Seen, chance_in_words, number, sentence, whole
from screening.signs import Sign
from vision.types import Symbol

SARI = Candidate("sari", "Sari\nDewi", "calon  wali kota", (ReferencePhoto("a.jpg", Path("a.jpg")),))
MATCH = Sighting("sari", 1, 0.713, Band.MATCH, "a.jpg")
POSSIBLE = Sighting("sari", 1, 0.45, Band.POSSIBLE, "a.jpg", e_value=(0.3,), faces=12_400.0)
ONE = Sign((ShownHand(0, (Symbol("one", 0.96),), (1,)),), ticket=1)
ALL_NOTES = tuple(chain.from_iterable(combinations(Note, n) for n in range(len(Note) + 1)))


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
        taken_at=(date(2024, 8, 14),),
        posted_at=(date(2024, 12, 1),),
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
            assert text.endswith((*UNCALIBRATED.values(), "Surat Contoh 2."))
            assert (
                text.count(".") - text.count("0.") - text.count("12.400") == 1
            )  # one sentence; a decimal point is no full stop
            assert text[0].isupper()


def test_the_two_languages_write_numbers_their_own_way() -> None:
    one = reason((MATCH,), 3, Seen.OTHERS_SHOW, 1, (Note.TAKEN_BEFORE_OFFICIAL,))
    assert "kemiripan 0,71" in sentence(one, "id")
    assert "similarity 0.71" in sentence(one, "en")
    assert "14 Agustus 2024, sebelum calon ditetapkan (22 September 2024), dan diunggah 1 Desember 2024" in sentence(
        one, "id"
    )
    assert "on 14 August 2024, before candidates became official" in sentence(one, "en")


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
    one = replace(reason((MATCH,), 2, Seen.NOTHING, 0, ()), cannot_assess=count)
    assert f"; {faces} (too small, blurred, dark, turned or covered), and " in sentence(one, "en")
    why = "(terlalu kecil, buram, gelap, menoleh, atau tertutup)"
    assert f"; {count} wajah tidak dapat dinilai {why}, jadi siapa" in sentence(one, "id")
    assert "dinilai" not in sentence(reason((MATCH,), 2, Seen.NOTHING, 0, ()), "id")


@pytest.mark.parametrize(("count", "words"), [(1, "1 other person;"), (4, "4 other people;")])
def test_english_counts_people(count: int, words: str) -> None:
    assert words in sentence(reason((MATCH,), count, Seen.NOTHING, 0, ()), "en")


def test_line_breaks_in_names_do_not_break_the_sentence() -> None:
    assert "Sari Dewi (calon wali kota, nomor urut 1;" in sentence(reason((MATCH,), 0, Seen.NOTHING, 0, ()), "id")
