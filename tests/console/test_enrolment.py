"""The pages of ``netra candidates``."""

import io
from collections.abc import Callable
from pathlib import Path

import pytest
from rich.console import Console

from candidates.election import Election
from candidates.report import EnrolmentReport, PhotoRow, Remark, RemarkKind, Severity
from console.enrolment import EnrolmentPage
from console.prepare import Contest
from console.voice import Language, Voice
from screening.rulebook import load_rulebook

Paper = Callable[[int], tuple[Console, io.StringIO]]
BLURRED = Remark(Severity.WARNING, RemarkKind.BLURRED, "The face is blurred (sharpness 0.11).")
NO_PHOTO = Remark(Severity.ERROR, RemarkKind.NO_PHOTO, "The candidate Budi Rekaan (budi) has no usable photo.")
ALIKE = Remark(Severity.WARNING, RemarkKind.ALIKE, "Sari Rekaan and Joko Rekaan look alike (likeness 0.61).")


def report(*remarks: Remark) -> EnrolmentReport:
    budi_is_good = NO_PHOTO not in remarks
    rows = (
        PhotoRow("sari", "foto/sari-1.jpg", True, 0.91),
        PhotoRow("joko", "foto/joko-1.jpg", True, 0.8),
        PhotoRow("joko", "foto/joko\n2.jpg", False, 0.11, (BLURRED,)),
        PhotoRow("budi", "foto/budi-1.jpg", budi_is_good, 0.3, () if budi_is_good else (BLURRED,)),
        PhotoRow("decoy-1", "d.jpg", True, 0.7),
    )
    return EnrolmentReport(rows, remarks)


def page(on_paper: Paper, language: Language = "id") -> tuple[EnrolmentPage, io.StringIO]:
    console, paper = on_paper(100)
    return EnrolmentPage(console, Voice(language)), paper


def test_each_photo_is_told_with_its_reason(on_paper: Paper, election: Election) -> None:
    printer, paper = page(on_paper)
    assert printer.check(election, report(ALIKE))
    text = " ".join(paper.getvalue().split())
    assert "Sari Rekaan (no. 1): 1 dari 1 foto dipakai" in text
    assert "Joko Rekaan (no. 1): 1 dari 2 foto dipakai" in text
    assert "ditolak foto/joko\\n2.jpg mutu 0,11" in text
    assert "wajah buram" in text
    assert "sharpness 0.11" in text
    assert "Sari Rekaan and Joko Rekaan look alike" in text
    assert "pembanding" in text
    assert "Semua calon dapat dikenali" in text


def test_a_candidate_without_a_photo_keeps_a_scan_from_starting(on_paper: Paper, election: Election) -> None:
    printer, paper = page(on_paper)
    assert not printer.check(election, report(NO_PHOTO))
    assert "harus diperbaiki" in paper.getvalue()
    assert "Budi Rekaan (no. 2): 0 dari 1 foto dipakai" in paper.getvalue()


def test_english_says_each_thing_once(on_paper: Paper, election: Election) -> None:
    printer, paper = page(on_paper, "en")
    printer.check(election, report(ALIKE))
    assert "to be looked at: The face is blurred" in paper.getvalue()
    assert "buram" not in paper.getvalue()


@pytest.mark.parametrize(
    ("language", "words"),
    [
        (
            "id",
            ("Nomor urut 1", "simbol: telunjuk, jempol", "tanpa simbol", "2024-11-27", "[pemilu-2024]", "kakak Sari"),
        ),
        ("en", ("Ballot number 1", "symbols: index finger, thumb up", "no symbols", "2024-11-27", "Decoys")),
    ],
)
def test_the_list_has_tickets_symbols_dates_and_rulebook(
    on_paper: Paper, election: Election, language: Language, words: tuple[str, ...]
) -> None:
    printer, paper = page(on_paper, language)
    printer.list(Contest(Path("E.toml"), election, load_rulebook("pemilu-2024")))
    assert [each for each in words if each not in paper.getvalue()] == []
