"""What an officer reads at the end, on narrow and wide terminals."""

import io
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from rich.cells import cell_len
from rich.console import Console

from candidates.bands import BANDS
from candidates.election import Election
from console.report import Outcome, Report, strongest_first
from console.sinks import Collector
from console.voice import Language, Voice
from netra.errors import PhotoErrorKind
from screening.findings import Category, Strength
from screening.finish import Summary
from screening.uploads import Upload

if TYPE_CHECKING:
    from tests.console.conftest import Recorder

Paper = Callable[[int], tuple[Console, io.StringIO]]
LONG = "unggahan/dinas-kesehatan-kabupaten-rekaan/2024/IMG_20240925_081502 (salinan).jpg"


@pytest.fixture
def outcome(record: "Recorder", upload: Callable[..., Upload]) -> Outcome:
    kept = Collector()
    together = {"finding": Category.TOGETHER, "strength": Strength.MEDIUM}
    for made in (
        record(0, "lemah.jpg", "-", "0:palm", finding=Category.POSE, strength=Strength.WEAK),
        record(1, "sedang.jpg", "budi? -", **together),
        record(2, LONG, "sari joko -", "2:one", finding=Category.WITH_SYMBOL),
        record(3, "jahat\n\x1b[31m[bold]:smile:.jpg", "sari -", **together),
        record(4, "kosong.jpg", error=PhotoErrorKind.EMPTY),
    ):
        kept.write(upload(made.index, made.path), made)
    summary = Summary(
        4, 1, 2, 3, 8, 2, {("foto-bersama-simbol", "strong"): 1, ("foto-bersama", "medium"): 2}, 9.0, False
    )
    return Outcome(summary, tuple(kept.found), tuple(kept.failed), kept.sighted, 2, 10, 4, BANDS)


@pytest.fixture
def printed(on_paper: Paper, election: Election) -> Callable[..., str]:
    def make(outcome: Outcome, width: int = 120, language: Language = "id", reasons: bool = False) -> str:
        console, paper = on_paper(width)
        Report(console, Voice(language), election, reasons).print(outcome)
        return paper.getvalue()

    return make


def test_the_strongest_comes_first(outcome: Outcome) -> None:
    assert [row.number for row in strongest_first(outcome.found)] == [3, 2, 4, 1]


@pytest.mark.parametrize("width", [40, 80, 120, 200])
def test_no_line_is_wider_than_the_terminal_and_nothing_is_cut_off(
    outcome: Outcome, printed: Callable[..., str], width: int
) -> None:
    text = printed(outcome, width)
    assert max(cell_len(line) for line in text.splitlines()) <= width
    assert "…" not in text
    if width >= 80:  # below, cells are folded in the middle of words
        squeezed = "".join(text.split())
        assert [word for word in ("telunjuk", "limajari", "poseterlarang") if word not in squeezed] == []


@pytest.mark.parametrize("width", [80, 120])
def test_a_row_says_who_what_and_how_sure(outcome: Outcome, printed: Callable[..., str], width: int) -> None:
    text = printed(outcome, width)
    for words in (
        "kuat",
        "foto bersama",
        "simbol",
        "telunjuk",
        "(no. 1)",
        "0,71 cocok",
        "0,44 mungkin",
        "pose terlarang",
    ):
        assert words in text
    assert "Sari Rekaan" in text


def test_names_of_files_cannot_play_tricks(outcome: Outcome, printed: Callable[..., str]) -> None:
    text = printed(outcome, 160)
    assert "jahat\\n\\x1b[31m[bold]:smile:.jpg" in text
    assert "\x1b" not in text


def test_the_sum_adds_up(outcome: Outcome, printed: Callable[..., str]) -> None:
    text = printed(outcome)
    assert "10 dilihat = 4 terbaca + 1 tidak terbaca + 2 salinan + 3 dilewati" in text
    assert "Sari Rekaan (no. 1) dalam 2 foto" in text
    assert "8 wajah, 2 tangan" in text
    assert "foto bersama + simbol  1: 1 kuat, 0 sedang, 0 lemah" in text


def test_unreadable_files_say_why(outcome: Outcome, printed: Callable[..., str]) -> None:
    text = printed(outcome)
    assert "Tidak terbaca (1)" in text
    assert "berkas kosong" in text
    assert "kosong.jpg" in text


def test_reasons_are_given_on_request(outcome: Outcome, printed: Callable[..., str]) -> None:
    assert "Alasan lengkap untuk 2." not in printed(outcome)
    with_reasons = printed(outcome, reasons=True)
    assert "Alasan lengkap untuk 2." in with_reasons
    assert "kosong.jpg: empty" in with_reasons
    assert "The whole reason for 2." in printed(outcome, language="en", reasons=True)


def test_everything_is_said_in_english_too(outcome: Outcome, printed: Callable[..., str]) -> None:
    text = printed(outcome, language="en")
    for words in ("strong", "together + symbol", "index finger", "0.71 match", "10 seen = 4 read", "people decide"):
        assert words in text
    for words in ("kuat", "Ringkasan", "kosong;", "manusia"):
        assert words not in text


def test_netra_says_that_it_only_points(outcome: Outcome, printed: Callable[..., str]) -> None:
    assert "netra menunjuk, manusia memutuskan" in printed(outcome)
    nothing = replace(outcome, found=(), failed=(), sighted=Counter())
    assert "netra menunjuk, manusia memutuskan" in printed(nothing)
    assert "Tidak ada temuan." in printed(nothing)


def test_a_small_population_is_said(outcome: Outcome, printed: Callable[..., str]) -> None:
    assert "belum dapat diandalkan" not in printed(outcome)
    summary = replace(outcome.summary, population=0.0)
    few = replace(outcome, summary=summary, enrolled=BANDS.least_people - 1)
    assert "belum dapat diandalkan" in printed(few)
    assert "belum dapat diandalkan" not in printed(replace(few, enrolled=BANDS.least_people))


def test_an_interrupted_scan_says_how_far_it_came(outcome: Outcome, printed: Callable[..., str]) -> None:
    text = printed(replace(outcome, summary=replace(outcome.summary, interrupted=True), total=500))
    assert "10 dari 500" in text


def test_hands_that_were_not_searched_are_not_counted_as_none(outcome: Outcome, printed: Callable[..., str]) -> None:
    text = printed(replace(outcome, hands_searched=0, summary=replace(outcome.summary, hands=0)))
    assert "tangan tidak dicari" in text


def test_faces_that_cannot_be_assessed_are_counted(outcome: Outcome, printed: Callable[..., str]) -> None:
    assert "Tidak dapat dinilai" not in printed(outcome)
    poor = replace(outcome, summary=replace(outcome.summary, cannot_assess=3))
    assert "3 dari 8 wajah terlalu kecil, buram, atau menoleh" in printed(poor)
    assert "3 of 8 faces are too small" in printed(poor, language="en")


def test_an_uncalibrated_scan_with_sightings_says_so(outcome: Outcome, printed: Callable[..., str]) -> None:
    assert f"ada 9 orang lain dalam pindaian ini, perlu {BANDS.calibrated_from}" in " ".join(printed(outcome).split())
    assert "Belum terkalibrasi" not in printed(replace(outcome, summary=replace(outcome.summary, calibrated=True)))
    assert "Belum terkalibrasi" not in printed(replace(outcome, sighted=Counter()))
