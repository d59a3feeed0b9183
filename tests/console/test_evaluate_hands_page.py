"""An evaluation of hands in words: every figure with what it is a share of, nothing cut off on a narrow terminal."""

import io
from pathlib import Path

import numpy as np
import pytest
from rich.console import Console

from console.evaluate_hands_page import HandsPage
from console.voice import Voice
from evaluation.hands_measure import HandMeasure, reader_row
from evaluation.hands_pairing import SeenHand
from evaluation.hands_results import HandEvaluation
from evaluation.hands_samples import MEDIAPIPE, NETRA, Claim, HandLeftOut, HandSamples, Judged, ReaderSamples
from evaluation.hands_truth import NOTHING, HandDataset, TrueHand, TruePhoto

ID, EN = Voice("id"), Voice("en")
BOX = np.array([0, 0, 30, 40], np.float32)


def evaluated(boxed: bool = True, person: str = "", peers: bool = True, no_symbol: str = "grip") -> HandEvaluation:
    def hand(label: str, read: str, size: float) -> Judged:
        truth = TrueHand(label, (0, 0, 30, 40) if boxed else (), person, "back")
        return Judged("a.jpg", truth, (SeenHand(BOX, read, 0.9 if read else 0.0),), size)

    hands = (hand("peace", "peace", 40), hand("peace", "two_up", 30), hand("rock", "", 20), hand(NOTHING, "one", 70))
    photos = tuple(TruePhoto(f"{i}.jpg", Path(f"{i}.jpg"), (each.truth,)) for i, each in enumerate(hands))
    dataset = HandDataset(Path("kumpulan"), photos, (no_symbol,), without_photo=("x", "y"))
    netra = ReaderSamples(hands, (Claim("a.jpg", True), Claim("a.jpg", False)) if boxed else ())
    samples = HandSamples({NETRA: netra, MEDIAPIPE: netra}, 5, 4, {HandLeftOut.DUPLICATE: ("s.jpg",)})
    measured = HandMeasure(netra)
    return HandEvaluation(
        dataset=dataset,
        samples=samples,
        people=measured.people,
        all=measured.all(),
        labels=tuple(measured.labels(dataset.labels)),
        sizes=tuple(measured.sizes()),
        size_is_true=measured.size_is_true,
        views=tuple(measured.views()),
        on_no_hand=measured.on_no_hand(),
        reliability=measured.reliability(),
        readers=tuple(reader_row(name, netra) for name in (NETRA, MEDIAPIPE)) if peers else (),
    )


def printed(evaluation: HandEvaluation, voice: Voice, width: int = 160) -> str:
    paper = io.StringIO()
    HandsPage(Console(file=paper, width=width, markup=False, emoji=False, highlight=False), voice).print(evaluation)
    return paper.getvalue()


@pytest.mark.parametrize("width", [80, 120, 160])
@pytest.mark.parametrize("voice", [ID, EN], ids=["id", "en"])
def test_all_is_said_at_any_width(voice: Voice, width: int) -> None:
    text = printed(evaluated(), voice, width)
    flat = "".join(text.split())
    for words in ("mediapipe", "1/3", "two_up", "Wilson", "grip", voice.either("punggung", "back")):
        assert words in flat, words
    assert "…" not in text
    assert "nan" not in text.split()
    assert all(len(line) <= width for line in text.split("\n"))


def test_what_is_read_as_what_is_told_in_words() -> None:
    text = printed(evaluated(), EN)
    assert "5 seen = 4 used + 1 not (1 duplicate)" in text
    assert "4 in the truth = 3 that show a symbol + 1 that show none" in text
    assert "taken for hands that show nothing: grip" in text
    assert "2 names in the truth have no photo here" in text
    assert "peace 1, two_up 1" in text
    assert "rock (horns (metal))" in text
    assert "no symbol 1" in text
    assert "Only hands whose fingers can be counted (3 of 4)" in text
    assert "32 to under 40" not in text, "sizes without hands are left out"
    assert "the box in the truth" in text


def test_what_the_truth_does_not_say_is_not_measured() -> None:
    text = printed(evaluated(boxed=False, peers=False), EN)
    assert "symbols read             not measured" in text
    assert "Other tools: not measured (--no-peers)." in text
    assert "hands not found have no size" in text
    assert "the largest hand of a photo is judged" in text


def test_people_are_drawn_where_they_are_known() -> None:
    text = printed(evaluated(person="sari"), ID)
    assert "1.000 penarikan ulang orang (bukan tangan), benih 20241127" in text
    assert "Wilson" not in text


def test_names_of_a_dataset_cannot_write_to_the_terminal() -> None:
    assert "\x1b" not in printed(evaluated(no_symbol="a\x1b[31mb"), EN)
