import itertools

import numpy as np
import pytest

from benchmarks.identity_quality.sheets import SHEET_HEIGHT, SHEET_WIDTH, read, sheets
from benchmarks.identity_quality.spoil import GOOD, Clipping, Spoiling, clip
from fixtures.paths import ELECTION
from vision.analyse import Analyser
from vision.boxes import iou

BOX = np.array([20, 20, 100, 116], np.float32)
POINTS = np.array([[40, 50], [80, 50], [60, 75], [60, 95], [20, 55], [100, 55]], np.float32)


def coloured(value: int) -> Clipping:
    return Clipping(np.full((130, 120, 3), value, np.uint8), BOX, POINTS)


@pytest.mark.parametrize("side", [16, 96, 300])
def test_every_face_lies_on_a_sheet_once_in_order_and_apart(side: int) -> None:
    values = list(range(20, 250, 3))
    laid = list(sheets([coloured(value) for value in values], Spoiling("size", str(side), side), seed=1))
    seen = []
    for sheet in laid:
        assert sheet.pixels.shape == (SHEET_HEIGHT, SHEET_WIDTH, 3)
        for x0, y0, x1, y1 in sheet.boxes_xyxy:
            assert 0 <= x0 < x1 <= SHEET_WIDTH
            assert 0 <= y0 < y1 <= SHEET_HEIGHT
            seen.append(int(sheet.pixels[int((y0 + y1) / 2), int((x0 + x1) / 2), 0]))
        assert not any(iou(one, other[None])[0] > 0 for one, other in itertools.combinations(sheet.boxes_xyxy, 2))
    np.testing.assert_allclose(seen, values, atol=2)


def test_compression_is_the_sheets() -> None:
    rng = np.random.default_rng(0)
    noisy = Clipping(rng.integers(0, 255, (130, 120, 3), np.uint8), BOX, POINTS)
    (good,), (bad,) = (list(sheets([noisy], Spoiling("jpeg", str(q), jpeg=q), seed=1)) for q in (95, 20))
    (original,) = sheets([noisy], Spoiling("jpeg", "100", jpeg=100), seed=1)
    loss_good, loss_bad = (np.abs(each.pixels - original.pixels.astype(int)).mean() for each in (good, bad))
    assert loss_bad > 2 * loss_good


def test_faces_are_found_again_and_belong_to_their_clippings() -> None:
    analyser = Analyser()
    paths = sorted((ELECTION.parent / "photos").glob("*-1.jpg"))[:4]
    read_once = [analyser.read_file(path) for path in paths]
    clippings = [clip(photo.pixels, faces[0].face) for photo, faces in read_once]
    found = read(analyser, [*clippings, coloured(90)], GOOD, seed=2)
    assert [len(each) for each in found] == [1, 1, 1, 1, 0], "the grey card is nobody"
    templates = np.array([faces[0].template for _, faces in read_once])
    again = np.array([faces[0].template for faces in found[:4]])
    nearest = np.linalg.norm(again[:, None] - templates, axis=2).argmin(axis=1)
    assert list(nearest) == [0, 1, 2, 3]
    assert all(abs(faces[0].quality.size - 96) < 20 for faces in found[:4])
