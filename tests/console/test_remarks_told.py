"""Remarks about reference photos on the review page: whole sentences, with what to do."""

import re

import pytest

from candidates.report import Remark, RemarkKind, Severity
from console.remarks_told import remark_told

ABOUT = {
    RemarkKind.UNREADABLE: ("truncated",),
    RemarkKind.SEVERAL_FACES: ("3",),
    RemarkKind.SMALL_FACE: ("31 < 48",),
    RemarkKind.BLURRED: ("0.11 < 0.5",),
    RemarkKind.TURNED_AWAY: ("0.04 < 0.4",),
    RemarkKind.REPEATED: ("foto 1.5.jpg",),
    RemarkKind.SHARED: ("Budi Rekaan", "foto/budi.jpg"),
    RemarkKind.UNLIKE_THE_OTHERS: ("0.31 < 0.45",),
    RemarkKind.ALIKE: ("Sari Rekaan", "Budi Rekaan", "0.61"),
    RemarkKind.ONE_PHOTO: ("Sari Rekaan", "2"),
    RemarkKind.NO_PHOTO: ("Sari Rekaan",),
    RemarkKind.FEW_PEOPLE: ("3 < 5",),
}


def told(kind: RemarkKind, *about: str) -> tuple[str, str]:
    said = remark_told(Remark(Severity.WARNING, kind, "A text.", about))
    return said.id, said.en


@pytest.mark.parametrize("kind", RemarkKind)
def test_every_remark_is_sentences_without_bare_figures(kind: RemarkKind) -> None:
    for said in told(kind, *ABOUT.get(kind, ())):
        assert said[0].isupper()
        assert said.endswith(".")
        assert "<" not in said
        assert "{" not in said
        assert not re.search(r"\([\d., ]+\)", said)


def test_figures_are_named_and_written_as_the_language_does() -> None:
    indonesian, english = told(RemarkKind.TURNED_AWAY, "0.04 < 0.4")
    assert "arah ke depan 0,04; perlu sedikitnya 0,4" in indonesian
    assert "Pakai foto dari depan." in indonesian
    assert "frontality 0.04; 0.4 is needed at least" in english


def test_names_stay_as_they_are() -> None:
    assert "foto 1.5.jpg" in told(RemarkKind.REPEATED, "foto 1.5.jpg")[0]


def test_likeness_is_told_with_and_without_what_was_expected() -> None:
    for about in ("0.31", "0.31 < 0.45"):
        assert "kemiripan 0,31)" in told(RemarkKind.UNLIKE_THE_OTHERS, about)[0]


def test_who_looks_like_a_decoy_needs_no_other_photos() -> None:
    said = remark_told(Remark(Severity.NOTE, RemarkKind.ALIKE, "A text.", ABOUT[RemarkKind.ALIKE]))
    assert "pembanding Budi Rekaan" in said.id
    assert "tambah" not in said.id
