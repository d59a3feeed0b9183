"""Numbers of an evaluation in words: digits that count, nothing cut off on a narrow terminal."""

import io
import math
from pathlib import Path

import pytest
from rich.console import Console

from console.evaluate_page import EvaluationPage
from console.evaluate_paper import number, percent
from console.voice import Voice
from evaluation.dataset import Person, PhotoFile
from evaluation.measure import FNIR, FPIR
from evaluation.resampling import Rate, Ratio
from evaluation.results import BudgetCheck, FaceEvaluation, GroupRates, Point, WorstGroup
from evaluation.samples import LeftOut, Samples
from evaluation.trials import Method

ID, EN = Voice("id"), Voice("en")


@pytest.mark.parametrize(
    ("value", "digits", "expected"),
    [
        (0.0, 2, "0"),
        (1.0, 2, "1"),
        (0.003, 2, "0.003"),
        (0.0123456, 3, "0.0123"),
        (2265.67, 3, "2,266"),
        (100.0, 2, "100"),
        (math.nan, 2, "–"),
        (math.inf, 2, "–"),
    ],
)
def test_a_number_has_the_digits_that_count(value: float, digits: int, expected: str) -> None:
    assert number(value, EN, digits) == expected


def test_numbers_follow_the_language() -> None:
    assert number(1234.5, ID, 6) == "1.234,5"
    assert (percent(0.123, ID), percent(0.0123, ID), percent(0.0, ID), percent(1.0, EN)) == (
        *("12,3%", "1,23%", "0%"),
        "100%",
    )


@pytest.fixture
def evaluation() -> FaceEvaluation:
    few, none = Rate(0.04, 0.01, 0.09, 4, 100, 20), Rate(math.nan, math.nan, math.nan, 0, 0, 20)
    person = Person("sari", (PhotoFile("people/sari/1.jpg", Path("1.jpg")),), True)
    samples = Samples("m", (person,), (), 3, 1, {LeftOut.NO_FACE: ("a.jpg", "b.jpg")}, (0,))
    bands = {"match": few, "possible": few}
    ratio = Ratio(0.5, 0.0, 2.25)
    return FaceEvaluation(
        dataset="kumpulan",
        samples=samples,
        references=1,
        enrolled=10,
        splits=20,
        faces=(118, 120),
        taking_turns=30,
        strangers=42,
        calibrated=1.0,
        points=(
            Point(Method.RAW, "face-recognition", 0.6, few, few, few),
            Point(Method.E_VALUE, "match", math.nan, few, few, few),
            Point(Method.E_VALUE, "fpir-0.1", 0.0123, few, few, few),
            Point(Method.E_VALUE, "fpir-0.003", math.nan, none, none, none, 1000),
            Point(Method.SIMILARITY, "fpir-0.003", math.nan, none, none, none, 1000),
        ),
        with_unusable=bands,
        rank_one={Method.RAW: few},
        budgets=(BudgetCheck(0.1, 12.0, 6, 14, ratio, ratio),),
        groups=(GroupRates("jilbab", bands, bands), GroupRates("", {"match": none, "possible": none}, bands)),
        worst=(WorstGroup(FPIR, "match", "jilbab", ratio), WorstGroup(FNIR, "possible", "jilbab", ratio)),
        curves={},
    )


def printed(evaluation: FaceEvaluation, voice: Voice, width: int) -> str:
    paper = io.StringIO()
    console = Console(file=paper, width=width, markup=False, emoji=False, highlight=False)
    EvaluationPage(console, voice).print(evaluation)
    return paper.getvalue()


@pytest.mark.parametrize("width", [80, 120, 160])
@pytest.mark.parametrize("voice", [ID, EN], ids=["id", "en"])
def test_all_is_said_at_any_width(evaluation: FaceEvaluation, voice: Voice, width: int) -> None:
    text = printed(evaluation, voice, width)
    flat = "".join(text.split())
    share, missing = ("4,00%", "1.000") if voice is ID else ("4.00%", "1,000")
    for words in (share, missing, "4/100", "20241127", "jilbab", "2,2" if voice is ID else "2.2"):
        assert words in flat, words
    assert "…" not in text
    assert all(len(line) <= width for line in text.split("\n"))


def test_what_cannot_be_measured_is_said_once(evaluation: FaceEvaluation) -> None:
    text = printed(evaluation, EN, 160)
    assert text.count("FPIR 0.003: not measurable with so few strangers (42; at least 1,000 needed).") == 1
    assert "118 to 120 faces" in text
    assert "2 no face" in text
    assert "unknown" in text
    assert "nan" not in text


def test_names_of_a_dataset_cannot_write_to_the_terminal(evaluation: FaceEvaluation) -> None:
    object.__setattr__(evaluation, "dataset", "a\x1b[31mb")
    assert "\x1b" not in printed(evaluation, EN, 120)
