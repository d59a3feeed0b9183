"""The annotated picture, seen through its pixels."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vision.draw import annotate
from vision.marks import FaceMark, HandMark, Tone
from vision.types import Floats, Image

SENTENCE = (
    "Foto memuat wajah yang mirip Sari Déwi (nomor urut 1; kemiripan 0,71) bersama 3 orang lain; 1 di antaranya "
    "menunjukkan simbol ‘telunjuk’ – simbol nomor urut 1."
)


def photo(width: int, height: int, value: int = 120) -> Image:
    return np.full((height, width, 3), value, np.uint8)


def face(x0: float, y0: float, x1: float, y1: float, label: str = "", tone: Tone = Tone.OTHER) -> FaceMark:
    return FaceMark(np.array([x0, y0, x1, y1], np.float32), label, tone)


def open_hand(x: float, y: float, size: float) -> Floats:
    """Invented keypoints: a wrist with five straight fingers fanned out above it."""
    angles = np.linspace(-2.4, -0.7, 5)
    reach = np.array([0.4, 0.6, 0.8, 1.0])
    fingers = np.stack([np.cos(angles)[:, None] * reach, np.sin(angles)[:, None] * reach], axis=-1).reshape(20, 2)
    return np.asarray(np.concatenate([np.zeros((1, 2)), fingers]) * size + np.array([x, y]), np.float32)


def changed(before: Image, after: Image) -> np.ndarray[tuple[int, ...], np.dtype[np.bool_]]:
    """(h, w) where the photo's own area differs."""
    height, width = before.shape[:2]
    return np.asarray((after[:height, :width] != before).any(axis=2))


def test_without_marks_and_sentences_the_photo_comes_back_as_a_copy() -> None:
    pixels = photo(50, 40)
    result = annotate(pixels)
    assert np.array_equal(result, pixels)
    assert not np.shares_memory(result, pixels)


def test_the_input_is_not_changed() -> None:
    pixels = photo(400, 300)
    pixels.setflags(write=False)
    annotate(
        pixels,
        [face(100, 50, 160, 130, "Sari Dewi", Tone.CANDIDATE)],
        [HandMark(open_hand(250, 200, 60), "one 0,96", Tone.SYMBOL)],
        [SENTENCE],
    )
    assert (pixels == 120).all()


@pytest.mark.parametrize("size_wh", [(4000, 3000), (1000, 750), (320, 240), (1600, 120), (120, 1600), (17, 16), (1, 1)])
def test_the_band_stands_below_the_photo_and_covers_none_of_it(size_wh: tuple[int, int]) -> None:
    pixels = photo(*size_wh)
    result = annotate(pixels, sentences=[SENTENCE, SENTENCE])
    assert result.dtype == np.uint8
    assert result.shape[1] == max(size_wh[0], 640)
    assert result.shape[0] > size_wh[1]
    assert not changed(pixels, result).any()
    assert (result[size_wh[1] :] < 100).any(), "no letters in the band"


def test_the_band_keeps_a_margin_and_grows_with_its_text() -> None:
    one, three = (annotate(photo(800, 600), sentences=[SENTENCE] * n) for n in (1, 3))
    assert three.shape[0] - 600 > 2 * (one.shape[0] - 600)
    band = three[600:]
    assert (band[:, :4] == 255).all()
    assert (band[:, -4:] == 255).all()
    assert (band[-4:] == 255).all()


def test_a_long_word_and_a_long_sentence_are_wrapped_inside_the_band() -> None:
    result = annotate(photo(320, 240), sentences=["x" * 500, "kata " * 300])
    assert (result[240:, -4:] == 255).all()
    assert result.shape[0] > 240 + 20 * 14


def test_sentences_of_white_space_make_no_band() -> None:
    assert annotate(photo(320, 240), sentences=["", " \n"]).shape == (240, 320, 3)


def test_a_bystander_gets_a_thin_box_and_nothing_else() -> None:
    pixels = photo(1000, 750)
    mask = changed(pixels, annotate(pixels, [face(400, 300, 500, 420)]))
    rows, columns = np.nonzero(mask)
    assert 395 <= columns.min() <= 400
    assert 295 <= rows.min() <= 300
    assert 500 <= columns.max() <= 505
    assert 420 <= rows.max() <= 425
    assert not mask[310:410, 410:490].any(), "the face itself is covered"


@pytest.mark.parametrize("value", [0, 120, 255])
def test_a_bystanders_box_shows_on_dark_and_light_ground(value: int) -> None:
    pixels = photo(1000, 750, value)
    result = annotate(pixels, [face(400, 300, 500, 420)])
    assert np.abs(result.astype(int) - value).max() > 80


def test_a_bystander_cannot_be_named() -> None:
    with pytest.raises(ValueError, match="bystanders"):
        face(0, 0, 10, 10, "Warga Tujuh", Tone.OTHER)
    with pytest.raises(ValueError, match="bystanders"):
        HandMark(open_hand(50, 50, 40), "one", Tone.OTHER)


@pytest.mark.parametrize(("size", "smallest"), [((4000, 3000), 50), ((1000, 750), 12), ((320, 240), 8)])
def test_a_name_stands_above_the_box_in_letters_that_fit_the_picture(size: tuple[int, int], smallest: int) -> None:
    width, height = size
    pixels = photo(width, height)
    box = (width * 0.4, height * 0.5, width * 0.5, height * 0.7)
    unnamed, named = (annotate(pixels, [face(*box, label, Tone.CANDIDATE)]) for label in ("", "Sari Dewi"))
    mask = (named != unnamed).any(axis=2)
    plate = np.nonzero(mask.sum(axis=1) > width * 0.05)[0]  # rows of the label, without the line that leads to the box
    assert height * 0.3 < plate.min()
    assert plate.max() < height * 0.42, "not above the head"
    assert smallest <= len(plate) <= height / 6
    columns = np.nonzero(mask.any(axis=0))[0]
    assert np.ptp(columns) > 3 * len(plate)
    assert mask[round(height * 0.45)].any(), "no line leads from the label to the box"


def test_tones_can_be_told_apart() -> None:
    pixels = photo(1000, 750)
    sure, possible, other = (
        annotate(pixels, [face(400, 300, 500, 420, tone=tone)]) for tone in (Tone.CANDIDATE, Tone.POSSIBLE, Tone.OTHER)
    )
    assert (sure == (213, 94, 0)).all(axis=2).any()
    assert (possible == (230, 159, 0)).all(axis=2).any()
    assert changed(pixels, possible).sum() < 0.9 * changed(pixels, sure).sum(), "the line is not dashed"
    assert changed(pixels, other).sum() < changed(pixels, sure).sum()


def test_a_symbols_hand_has_a_colour_for_each_finger_and_an_idle_one_has_not() -> None:
    pixels = photo(1000, 750)
    shows, idle = (
        annotate(pixels, hands=[HandMark(open_hand(500, 500, 300), tone=tone)]) for tone in (Tone.SYMBOL, Tone.OTHER)
    )
    fingers = [(230, 159, 0), (86, 180, 233), (0, 158, 115), (240, 228, 66), (204, 121, 167)]
    assert all((shows == colour).all(axis=2).any() for colour in fingers)
    assert not any((idle == colour).all(axis=2).any() for colour in fingers)
    assert changed(pixels, idle).any()


def test_marks_of_the_full_photo_land_where_they_belong_in_a_reduced_one() -> None:
    marks = [face(800, 600, 1000, 840, "Sari Dewi", Tone.CANDIDATE)]
    reduced = annotate(photo(1000, 750), marks, scale_xy=(2.0, 2.0))
    same = annotate(photo(1000, 750), [face(400, 300, 500, 420, "Sari Dewi", Tone.CANDIDATE)])
    assert np.array_equal(reduced, same)


@pytest.mark.parametrize("scale_xy", [(0.0, 1.0), (-1.0, 1.0), (float("nan"), 1.0)])
def test_a_scale_that_is_none_is_refused(scale_xy: tuple[float, float]) -> None:
    with pytest.raises(ValueError, match="scale_xy"):
        annotate(photo(50, 50), scale_xy=scale_xy)


@pytest.mark.parametrize(
    "pixels",
    [np.zeros((5, 5), np.uint8), np.zeros((5, 5, 4), np.uint8), np.zeros((5, 5, 3)), np.zeros((0, 5, 3), np.uint8)],
)
def test_what_is_no_photo_is_refused(pixels: Image) -> None:
    with pytest.raises(ValueError, match="pixels"):
        annotate(pixels)


@pytest.mark.parametrize("box", [(5, 5, 5, 9), (9, 5, 5, 9), (0, 0, float("nan"), 5)])
def test_a_box_that_is_none_is_refused(box: tuple[float, float, float, float]) -> None:
    with pytest.raises(ValueError, match="box_xyxy"):
        face(*box)


def test_a_tone_of_the_other_kind_is_refused() -> None:
    with pytest.raises(ValueError, match="tone"):
        face(0, 0, 5, 5, tone=Tone.SYMBOL)
    with pytest.raises(ValueError, match="tone"):
        HandMark(open_hand(50, 50, 40), tone=Tone.CANDIDATE)


numbers = st.floats(-20_000, 20_000, width=32)


@settings(max_examples=60, deadline=None)
@given(
    size_wh=st.tuples(st.integers(1, 300), st.integers(1, 300)),
    corner=st.tuples(numbers, numbers),
    side=st.tuples(st.floats(1, 5000, width=32), st.floats(1, 5000, width=32)),
    label=st.text(max_size=60),
    sentence=st.text(max_size=200),
)
def test_any_mark_and_any_text_can_be_drawn(
    size_wh: tuple[int, int], corner: tuple[float, float], side: tuple[float, float], label: str, sentence: str
) -> None:
    box = np.array([*corner, corner[0] + side[0], corner[1] + side[1]], np.float32)
    hand = HandMark(open_hand(*corner, side[0]), label, Tone.SYMBOL)
    pixels = photo(*size_wh)
    result = annotate(pixels, [FaceMark(box, label, Tone.POSSIBLE)], [hand], [sentence])
    assert result.dtype == np.uint8
    assert result.shape[0] >= size_wh[1]
    assert result.shape[1] in (size_wh[0], max(640, size_wh[0]))


def test_a_crowd_keeps_every_face_free_of_names() -> None:
    """Forty people, ten of them named: the inside of every face stays as it was."""
    pixels = photo(1600, 1200)
    boxes = [(100 + 190 * column, 80 + 230 * row) for row in range(5) for column in range(8)]
    marks = [
        face(x, y, x + 80, y + 100, *(("Nama Panjang Sekali", Tone.CANDIDATE) if i % 4 == 0 else ()))
        for i, (x, y) in enumerate(boxes)
    ]
    mask = changed(pixels, annotate(pixels, marks))
    assert not any(mask[y + 10 : y + 90, x + 10 : x + 70].any() for x, y in boxes)
