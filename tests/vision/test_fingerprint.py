"""The fingerprint of a photo, and which photos it knows again."""

import cv2
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from fixtures.paths import UPLOADS
from vision.fingerprint import CopyRelation, Fingerprint, fingerprint, same_photo
from vision.fingerprint_bytes import from_bytes
from vision.fingerprint_likeness import pdq_distances, pdq_lying
from vision.fingerprint_make import FACE_SIDE, ICON_SIDE, SMALLEST_ICON
from vision.fingerprint_points import MOST, TURNS, find_points, lying
from vision.photo import load_photo
from vision.types import Face, Image, Photo

GROUP = UPLOADS / "kecamatan-utara" / "20241004_160911.jpg"
PAIR = UPLOADS / "dinas-kesehatan" / "IMG_20240925_081502.jpg"


def photo(pixels: NDArray[np.uint8]) -> Photo:
    whole = np.ascontiguousarray(pixels)
    return Photo(whole, whole.shape[1], whole.shape[0], "sha256:" + "0" * 64, "JPEG")


def jpeg(pixels: NDArray[np.uint8], quality: int = 75) -> Image:
    _, data = cv2.imencode(".jpg", np.ascontiguousarray(pixels), [cv2.IMWRITE_JPEG_QUALITY, quality])
    return np.asarray(cv2.imdecode(data, cv2.IMREAD_COLOR), np.uint8)


def resized(pixels: NDArray[np.uint8], scale: float) -> Image:
    return np.asarray(cv2.resize(pixels, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA), np.uint8)


def with_caption(pixels: Image) -> Image:
    band = np.zeros((pixels.shape[0] // 5, pixels.shape[1], 3), np.uint8)
    cv2.putText(band, "kompak terus", (30, band.shape[0] // 2), cv2.FONT_HERSHEY_SIMPLEX, 2, (255, 255, 255), 4)
    return np.concatenate([pixels, band])


def with_sticker(pixels: Image) -> Image:
    copy = pixels.copy()
    radius = int((0.1 * pixels.shape[0] * pixels.shape[1] / np.pi) ** 0.5)
    cv2.circle(copy, (pixels.shape[1] // 2, pixels.shape[0] // 2), radius, (250, 210, 60), -1)
    return copy


@pytest.fixture(scope="module")
def pixels() -> Image:
    return load_photo(GROUP).pixels


@pytest.fixture(scope="module")
def original(pixels: Image) -> Fingerprint:
    return fingerprint(photo(pixels))


def test_a_fingerprint_is_small_and_always_the_same(original: Fingerprint, pixels: Image) -> None:
    assert original == fingerprint(photo(pixels))
    assert len(original.pdq) == 32
    assert original.quality >= 50
    assert len(original.features) < 8000
    features = from_bytes(original.features)
    assert (features.width, features.height) == (pixels.shape[1], pixels.shape[0])
    assert max(features.icon.shape) == ICON_SIDE
    assert len(features.points.levels) == MOST


@pytest.mark.parametrize("quality", [30, 95])
def test_a_photo_saved_anew_is_the_same(original: Fingerprint, pixels: Image, quality: int) -> None:
    (likeness,) = same_photo(original, fingerprint(photo(jpeg(pixels, quality))))
    assert likeness.relation is CopyRelation.RECOMPRESSED
    assert likeness.differs == 0
    assert not likeness.mirrored


@pytest.mark.parametrize("scale", [0.25, 0.5, 2.0])
def test_another_size_is_the_same_photo(original: Fingerprint, pixels: Image, scale: float) -> None:
    (likeness,) = same_photo(original, fingerprint(photo(jpeg(resized(pixels, scale)))))
    assert likeness.relation is CopyRelation.RESIZED


def test_a_part_is_known_and_says_how_much_it_shows(original: Fingerprint, pixels: Image) -> None:
    height, width = pixels.shape[:2]
    part = pixels[height // 5 : height // 5 + height * 7 // 10, width // 4 : width // 4 + width * 7 // 10]
    (likeness,) = same_photo(original, fingerprint(photo(jpeg(part))))
    assert likeness.relation is CopyRelation.CROPPED
    assert likeness.share_of_first == pytest.approx(0.49, abs=0.02)
    assert likeness.share_of_second == pytest.approx(1, abs=0.02)
    (back,) = same_photo(fingerprint(photo(jpeg(part))), original)
    assert back.relation is CopyRelation.FRAMED


def test_a_mirrored_part_is_known(original: Fingerprint, pixels: Image) -> None:
    part = pixels[: pixels.shape[0] * 8 // 10, : pixels.shape[1] * 8 // 10][:, ::-1]
    (likeness,) = same_photo(original, fingerprint(photo(jpeg(part))))
    assert likeness.relation is CopyRelation.MIRRORED
    assert likeness.mirrored
    assert likeness.share_of_first == pytest.approx(0.64, abs=0.03)


def test_a_quarter_turn_is_known_and_is_no_mirror(original: Fingerprint, pixels: Image) -> None:
    (likeness,) = same_photo(original, fingerprint(photo(jpeg(np.asarray(np.rot90(pixels))))))
    assert likeness.relation is CopyRelation.MIRRORED
    assert not likeness.mirrored


def test_a_caption_is_a_frame(original: Fingerprint, pixels: Image) -> None:
    (likeness,) = same_photo(original, fingerprint(photo(jpeg(with_caption(pixels)))))
    assert likeness.relation is CopyRelation.FRAMED
    assert likeness.share_of_second == pytest.approx(5 / 6, abs=0.02)


def test_a_sticker_is_seen_as_a_difference(original: Fingerprint, pixels: Image) -> None:
    (likeness,) = same_photo(original, fingerprint(photo(jpeg(with_sticker(pixels)))))
    assert likeness.differs == pytest.approx(0.1, abs=0.04)


def test_another_photo_is_another(original: Fingerprint) -> None:
    assert same_photo(original, fingerprint(load_photo(PAIR))) == ()


def test_a_moment_later_is_another_photo(original: Fingerprint, pixels: Image) -> None:
    """The lower two thirds, where the people are, three pixels aside, as if they had swayed."""
    later = pixels.copy()
    third = pixels.shape[0] // 3
    later[third:, :-3] = pixels[third:, 3:]
    assert same_photo(original, fingerprint(photo(jpeg(later)))) == ()


def test_an_empty_picture_is_like_nothing(original: Fingerprint) -> None:
    empty = fingerprint(photo(np.full((300, 400, 3), 128, np.uint8)))
    assert empty.quality < 50
    assert same_photo(empty, empty) == ()
    assert same_photo(original, empty) == ()


@pytest.mark.parametrize("size", [(1, 1), (3, 900), (900, 3), (40, 40)])
def test_tiny_and_narrow_pictures_have_a_fingerprint(size: tuple[int, int]) -> None:
    noise = np.random.default_rng(1).integers(0, 256, (*size, 3), np.uint8)
    made = fingerprint(photo(noise))
    from_bytes(made.features)
    same_photo(made, made)


def test_the_bits_of_a_picture_that_lies_otherwise_are_the_same_in_another_order(pixels: Image) -> None:
    grey = np.asarray(cv2.resize(cv2.cvtColor(pixels, cv2.COLOR_RGB2GRAY), (512, 288)), np.uint8)
    points = find_points(grey)
    mirrored = find_points(np.ascontiguousarray(grey[:, ::-1]))
    at = {tuple(row) for row in np.c_[np.round(1 - points.shares_xy[:, 0], 4), np.round(points.shares_xy[:, 1], 4)]}
    found = {tuple(row) for row in np.round(mirrored.shares_xy, 4)}
    assert len(at & found) > MOST // 2
    assert all((lying(lying(points.words, way), way) == points.words).all() for way in range(4))
    assert len(TURNS) == 8


def test_the_hash_of_the_mirrored_picture_is_nearly_known_beforehand(original: Fingerprint, pixels: Image) -> None:
    mirrored = fingerprint(photo(pixels[:, ::-1]))
    assert pdq_distances(original.pdq, mirrored.pdq)[1] <= 31
    assert pdq_distances(pdq_lying(original.pdq, 1), mirrored.pdq)[0] <= 31
    assert pdq_distances(original.pdq, mirrored.pdq)[0] > 80


def test_the_larger_a_face_the_smaller_the_picture_that_is_kept(original: Fingerprint, pixels: Image) -> None:
    width = pixels.shape[1]
    sides = []
    for share in (0.05, 0.3, 0.6):
        box = np.array([0, 0, share * width, share * width], np.float32)
        face = Face(box, np.zeros((6, 2), np.float32), 0.9)
        made = fingerprint(photo(pixels), [face])
        side = max(from_bytes(made.features).icon.shape)
        assert side * share <= FACE_SIDE or side == SMALLEST_ICON
        (likeness,) = same_photo(original, made)
        assert likeness.relation is CopyRelation.RECOMPRESSED
        sides.append(side)
    assert sides == sorted(sides, reverse=True)
    assert sides[0] == ICON_SIDE


def test_damaged_features_are_refused(original: Fingerprint) -> None:
    for broken in (b"", b"nf", original.features[:-1], b"xx" + original.features[2:], original.features + b"\0"):
        with pytest.raises(ValueError, match="features"):
            from_bytes(broken)
    later = original.features[:2] + b"\x09" + original.features[3:]
    with pytest.raises(ValueError, match="version"):
        from_bytes(later)


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=200))
def test_no_bytes_break_the_reader(data: bytes) -> None:
    for bytes_ in (data, b"nf\x01" + data):
        try:
            from_bytes(bytes_)
        except ValueError:
            continue


def test_a_fingerprint_is_checked_at_birth() -> None:
    with pytest.raises(ValueError, match="pdq"):
        Fingerprint(b"short", 50, b"")
    with pytest.raises(ValueError, match="quality"):
        Fingerprint(bytes(32), 101, b"")
