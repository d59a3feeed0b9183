"""Made-up readings: figures that can be worked out by hand."""

import io
import json
import math
from collections.abc import Mapping
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from evaluation.errors import DatasetError
from evaluation.hands import evaluate_hands
from evaluation.hands_json import to_json
from evaluation.hands_measure import HandMeasure, by_fingers, by_name, reader_row
from evaluation.hands_pairing import SeenHand
from evaluation.hands_picture import ConfusionLabels, ReliabilityLabels, draw_confusion, draw_reliability
from evaluation.hands_reliability import Reliability
from evaluation.hands_results import HandEvaluation, Outcome
from evaluation.hands_samples import NETRA, Claim, HandSamples, Judged, ReaderSamples
from evaluation.hands_truth import NOTHING, HandDataset, TrueHand, TruePhoto, View
from evaluation.shares import wilson
from netra.symbols import SYMBOLS
from screening.reading import analyser

BOX = np.array([0, 0, 30, 40], np.float32)


def hand(
    label: str,
    read: str = "-",
    confidence: float = 0.9,
    size: float = 40,
    person: str = "",
    view: View = "",
    boxed: bool = True,
    fingers: int = -1,
) -> Judged:
    """A hand that shows ``label``; ``read`` is a label, ``-`` for no symbol, ``~`` for unreadable, ``!`` for missed."""
    truth = TrueHand(label, (0, 0, 30, 40) if boxed else (), person, view)
    if read == "!":
        return Judged("a.jpg", truth, (), size if boxed else 0.0)
    symbol = "" if read in "-~" else read
    seen = SeenHand(BOX, symbol, confidence if symbol else 0.0, read != "~", fingers)
    return Judged("a.jpg", truth, (seen,), size)


def measure(*hands: Judged, claims: tuple[Claim, ...] = ()) -> HandMeasure:
    return HandMeasure(ReaderSamples(hands, claims))


@pytest.mark.parametrize(
    ("shown", "read", "expected"),
    [
        ("one", "one", Outcome.RIGHT),
        ("one", "like", Outcome.WRONG),
        ("one", "-", Outcome.NONE),
        ("one", "~", Outcome.CANNOT_READ),
        ("one", "!", Outcome.NOT_FOUND),
        ("peace", "two_up", Outcome.WRONG),
        (NOTHING, "-", Outcome.NONE),
        (NOTHING, "one", Outcome.WRONG),
    ],
)
def test_a_symbol_is_right_by_its_name(shown: str, read: str, expected: Outcome) -> None:
    assert by_name(hand(shown, read)) is expected


@pytest.mark.parametrize(
    ("shown", "read", "expected"),
    [
        ("peace", "two_up", Outcome.RIGHT),
        ("peace", 2, Outcome.RIGHT),
        ("ok", 3, Outcome.RIGHT),
        ("palm", 4, Outcome.WRONG),
        ("one", "like", Outcome.WRONG),  # a thumb is no count
        ("one", 0, Outcome.NONE),
        ("one", "~", Outcome.CANNOT_READ),
        ("one", "!", Outcome.NOT_FOUND),
        ("fist", "fist", Outcome.RIGHT),
        ("fist", "-", Outcome.RIGHT),
        ("fist", 0, Outcome.RIGHT),
        ("fist", 1, Outcome.WRONG),
        (NOTHING, 0, Outcome.NONE),
        (NOTHING, "fist", Outcome.NONE),
        (NOTHING, 3, Outcome.WRONG),
        (NOTHING, "rock", Outcome.WRONG),
    ],
)
def test_whoever_counts_is_scored_by_fingers(shown: str, read: str | int, expected: Outcome) -> None:
    judged = hand(shown, read) if isinstance(read, str) else hand(shown, fingers=read)
    assert by_fingers(judged) is expected


def test_every_share_has_its_own_base() -> None:
    shown = [hand("one", "one")] * 6 + [hand("one", "like"), hand("one"), hand("one", "~"), hand("one", "!")]
    idle = [hand(NOTHING)] * 3 + [hand(NOTHING, "fist"), hand(NOTHING, "!")]
    figures = measure(*shown, *idle).all()
    counts = {
        name: (rate.events, rate.searches)
        for name in ("found", "right", "wrong", "none", "cannot_read", "right_of_all", "false_symbols", "as_meant")
        for rate in [getattr(figures, name)]
    }
    assert counts == {
        "found": (13, 15),
        "right": (6, 9),
        "wrong": (1, 9),
        "none": (1, 9),
        "cannot_read": (1, 9),
        "right_of_all": (6, 10),
        "false_symbols": (1, 4),
        "as_meant": (9, 13),
    }
    assert (figures.right.low, figures.right.high) == wilson(6, 9)


def test_the_confusion_table_has_the_labels_that_occur() -> None:
    rows = {
        row.label: row.answers
        for row in measure(
            *[hand("one", "one")] * 2, hand("one", "like"), hand("one", "!"), hand(NOTHING, "~"), hand(NOTHING)
        ).labels(("one", NOTHING))
    }
    assert rows == {
        "one": {"one": 2, "like": 1, "not-found": 1},
        NOTHING: {"cannot-read": 1, "none": 1},
    }
    assert next(iter(rows["one"])) == "one", "most frequent first"


def test_sizes_are_those_of_the_truth_where_it_has_boxes() -> None:
    rows = list(measure(hand("one", "one", size=15.9), hand("one", "!", size=16), hand("one", "one", size=64)).sizes())
    assert [(row.least, row.under, row.figures.hands) for row in rows] == [(0, 16, 1), (16, 24, 1), (64, 0, 1)]
    assert [row.figures.found.value for row in rows] == [1, 0, 1]


def test_without_boxes_nobody_knows_how_large_a_missed_hand_is() -> None:
    measured = measure(hand("one", "one", size=20, boxed=False), hand("one", "!", boxed=False))
    (row,) = measured.sizes()
    assert (row.figures.hands, row.figures.found.searches, row.figures.right.value) == (1, 0, 1)
    assert not measured.size_is_true
    assert measured.all().found.value == 0.5


def test_views_are_measured_where_the_truth_names_any() -> None:
    assert list(measure(hand("one", "one")).views()) == []
    rows = measure(hand("one", "one", view="back"), hand("one", "-", view="back"), hand("one", "one")).views()
    assert [(row.view, row.figures.hands, row.figures.right.value) for row in rows] == [("back", 2, 0.5), ("", 1, 1)]


def test_intervals_draw_people_where_they_are_known() -> None:
    measured = measure(*[hand("one", "one", person="sari")] * 40, *[hand("one", "-", person="budi")] * 40)
    rate = measured.all().right
    assert (measured.people, rate.people, rate.value) == (2, 2, 0.5)
    assert (rate.low, rate.high) == (0, 1)


def test_claims_on_no_hand() -> None:
    claims = tuple(Claim("a.jpg", on_a_hand=i > 0) for i in range(4))
    rate = measure(hand("one", "one"), claims=claims).on_no_hand()
    assert (rate.events, rate.searches, rate.people) == (1, 4, 0)
    assert measure(hand("one", "one")).on_no_hand().searches == 0


def test_confidence_is_set_beside_what_came_of_it() -> None:
    high = [hand("one", "one", 0.95)] * 8 + [hand("one", "like", 0.95), hand(NOTHING, "one", 0.95)]
    low = [hand("one", "one", 0.62)] * 5 + [hand("one", "palm", 0.68)] * 5
    found = measure(*high, *low, hand("one", "!"), hand("one"), hand("one", "one", 1.0)).reliability()
    assert [(each.low, each.high, each.right.searches) for each in found.bins] == [(0.6, 0.7, 10), (0.9, 1.0, 11)]
    assert found.bins[0].confidence == pytest.approx(0.65)
    gaps = 10 * abs(0.65 - 0.5) + 11 * abs((9.5 + 1) / 11 - 9 / 11)
    assert found.error == pytest.approx(gaps / 21)
    assert found.claims == 21
    nothing = measure(hand("one", "!")).reliability()
    assert nothing.bins == ()
    assert math.isnan(nothing.error)


def test_the_comparison_asks_only_for_fingers_that_can_be_counted() -> None:
    samples = ReaderSamples((hand("like", fingers=1), hand("two_up", fingers=2), hand("fist", fingers=0)), ())
    row = reader_row("mediapipe", samples)
    assert (row.figures.hands, row.figures.right.events) == (2, 2)


@pytest.fixture
def evaluation() -> HandEvaluation:
    hands = (hand("one", "one"), hand("one", "like"), hand("peace", "!"), hand(NOTHING, "~"))
    photo = TruePhoto("a.jpg", Path("a.jpg"), tuple(each.truth for each in hands))
    samples = ReaderSamples(hands, (Claim("a.jpg", True),))
    measured = HandMeasure(samples)
    dataset = HandDataset(Path("kumpulan"), (photo,), ("grip",))
    return HandEvaluation(
        dataset=dataset,
        samples=HandSamples({NETRA: samples}, 1, 1, {}),
        people=measured.people,
        all=measured.all(),
        labels=tuple(measured.labels(dataset.labels)),
        sizes=tuple(measured.sizes()),
        size_is_true=True,
        views=(),
        on_no_hand=measured.on_no_hand(),
        reliability=measured.reliability(),
        readers=(reader_row(NETRA, samples),),
    )


def test_json_names_every_hand_that_was_not_read_as_it_should_be(evaluation: HandEvaluation) -> None:
    document = json.loads(to_json(evaluation, {"m": "sha256:0"}))
    assert document["schema"] == "netra.hands-evaluation/1"
    assert [(row["label"], row["read_as"]) for row in document["not_as_it_should_be"]] == [
        ("one", "like"),
        ("peace", "not-found"),
        (NOTHING, "cannot-read"),
    ]
    assert document["protocol"]["taken_for_no_symbol"] == ["grip"]
    assert document["protocol"]["intervals"] == "wilson"
    assert document["all"]["right"]["of"] == 2
    assert document["all"]["false_symbols"] == {
        "value": 0.0,
        "interval": [0.0, pytest.approx(0.7935, abs=1e-4)],
        "events": 0,
        "of": 1,
        "people": None,
    }
    assert document["by_fingers"][0]["reader"] == NETRA


def ticks() -> Mapping[float, str]:
    return {0.0: "0%", 1.0: "100%"}


def test_pictures_are_drawn(evaluation: HandEvaluation) -> None:
    answers = {each: each for each in (*SYMBOLS, *(outcome.value for outcome in Outcome))}
    paper = io.BytesIO()
    draw_confusion(evaluation.labels, ConfusionLabels("judul", "dibaca", "ditunjukkan", answers), paper)
    with Image.open(paper) as picture:
        assert picture.format == "PNG"
        pixels = np.asarray(picture.convert("RGB")).reshape(-1, 3)
    assert (np.abs(pixels.astype(int) - (0, 114, 178)).sum(axis=1) < 200).any(), "what is right is blue"
    for reliability in (evaluation.reliability, Reliability((), float("nan"), 0)):
        paper = io.BytesIO()
        draw_reliability(reliability, ReliabilityLabels("judul", "a", "b", "c", "d", ticks()), paper)
        with Image.open(paper) as picture:
            assert picture.format == "PNG"


def test_a_dataset_of_which_no_photo_can_be_read_is_told(tmp_path: Path) -> None:
    (tmp_path / "a.jpg").write_bytes(b"\xff\xd8\xff")
    dataset = HandDataset(tmp_path, (TruePhoto("a.jpg", tmp_path / "a.jpg", (TrueHand("one"),)),))
    with pytest.raises(DatasetError, match="none of its 1 photos could be read"):
        evaluate_hands(dataset, analyser(), {}, lambda done, total: None)
