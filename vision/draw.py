"""The annotated picture: what netra saw in a photo, drawn for the eyes of a person who checks it.

Sizes follow the picture's, so that it can be read shrunk to a screen as well as small as it is. The photo itself is
never covered by sentences: they stand in a band below it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import cv2
import numpy as np
from PIL import Image as PillowImage
from PIL import ImageDraw

from vision.fonts import Font, cut, font, shown, wrapped
from vision.labels import Wish, place
from vision.marks import FaceMark, HandMark, Tone
from vision.types import Floats, Image

RGB = tuple[int, int, int]


# Okabe and Ito's palette, which people with any colour blindness can tell apart ("Color Universal Design", 2008,
# jfly.uni-koeln.de/color). A possible candidate differs from a sure one by a dashed line too.
VERMILLION: RGB = (213, 94, 0)
ORANGE: RGB = (230, 159, 0)
SKY_BLUE: RGB = (86, 180, 233)
BLUISH_GREEN: RGB = (0, 158, 115)
YELLOW: RGB = (240, 228, 66)
REDDISH_PURPLE: RGB = (204, 121, 167)
NEUTRAL: RGB = (225, 225, 225)
DARK: RGB = (24, 24, 24)
LIGHT: RGB = (255, 255, 255)

TONE_COLOURS: dict[Tone, RGB] = {
    Tone.CANDIDATE: VERMILLION,
    Tone.POSSIBLE: ORANGE,
    Tone.SYMBOL: SKY_BLUE,
    Tone.UNREADABLE: LIGHT,
    Tone.OTHER: NEUTRAL,
}

# MediaPipe's 21 hand keypoints: the wrist, then thumb, index, middle, ring and little finger from base to tip.
FINGERS: tuple[tuple[tuple[int, ...], RGB], ...] = (
    ((0, 5, 9, 13, 17, 0), NEUTRAL),
    ((0, 1, 2, 3, 4), ORANGE),
    ((5, 6, 7, 8), SKY_BLUE),
    ((9, 10, 11, 12), BLUISH_GREEN),
    ((13, 14, 15, 16), YELLOW),
    ((17, 18, 19, 20), REDDISH_PURPLE),
)

FINGERTIPS = (4, 8, 12, 16, 20)

# Shares of the picture's longer side, of a face's and of a hand's: chosen by eye on pictures of 320 to 4000 pixels,
# so that lines show when the picture is shrunk and leave a small face or hand to be seen.
LINE_OF_LONGER_SIDE = 1 / 250
LINE_OF_FACE = 1 / 24
LINE_OF_HAND = 1 / 45

# How far a head reaches beyond BlazeFace's box, which ends at brows and chin: shares of the box's sides, x0 y0 x1 y1.
# Read off the rendered people, whose heads are known; labels keep off the whole head.
HEAD = np.array([-0.15, -0.45, 0.15, 0.05], np.float32)

# A picture is looked at about 1000 pixels wide on an office screen: letters of 1.6% of its longer side are 16 pixels
# there. No label is higher than about an eighth of the picture, none smaller than 8 pixels, where letters break.
LETTERS_OF_LONGER_SIDE = 0.016
LETTERS_AT_LEAST = 12
LETTERS_BREAK = 8
CAPTION_WIDTH_AT_LEAST = 640


@dataclass(frozen=True, slots=True, eq=False)
class _Label:
    text: str
    tone: Tone
    box_xyxy: Floats  # of what it names, in pixels of the picture
    free_xyxy: Floats  # what it keeps off: the same, or the head around a face
    own: tuple[int, ...] = ()  # the face it names


def annotate(
    pixels: Image,
    faces: Sequence[FaceMark] = (),
    hands: Sequence[HandMark] = (),
    sentences: Sequence[str] = (),
    scale_xy: tuple[float, float] | Floats = (1.0, 1.0),
) -> Image:
    """Draw marks into a copy of a photo, and sentences into a band below it.

    Args:
        pixels: (h, w, 3) uint8 RGB, not changed.
        faces: the faces; named candidates and nameless bystanders.
        hands: the hands.
        sentences: what to say below the picture, each a paragraph of its own; no band without any.
        scale_xy: what a point of ``pixels`` is multiplied by to be one of the full photo, in which marks are given:
            ``Photo.scale_xy`` where the photo was decoded at a reduced size.

    Returns:
        (h + band, max(w, 640 with a band), 3) uint8 RGB. The photo lies at its top left corner, so every pixel keeps
        its place.

    Raises:
        ValueError: ``pixels`` is no such array, or ``scale_xy`` is not positive.
    """
    if pixels.ndim != 3 or pixels.shape[2] != 3 or pixels.dtype != np.uint8 or 0 in pixels.shape:
        raise ValueError(f"pixels: expected (h, w, 3) uint8, got {pixels.shape} {pixels.dtype}")
    scale = np.asarray(scale_xy, np.float32)
    if scale.shape != (2,) or not (scale > 0).all():
        raise ValueError(f"scale_xy: expected two positive numbers, got {scale_xy}")
    canvas = np.array(pixels, order="C")

    boxes = [mark.box_xyxy / np.tile(scale, 2) for mark in faces]
    skeletons = [mark.keypoints_xy / scale for mark in hands]
    hand_boxes = [_around(points) for points in skeletons]
    # What matters is drawn last, so that no bystander's box crosses it.
    for i in sorted(range(len(hands)), key=lambda i: hands[i].tone is not Tone.OTHER):
        _draw_hand(canvas, skeletons[i], hands[i].tone)
    for i in sorted(range(len(faces)), key=lambda i: faces[i].tone is not Tone.OTHER):
        _draw_box(canvas, boxes[i], faces[i].tone)

    heads = [box + HEAD * np.tile(box[2:] - box[:2], 2) for box in boxes]
    labels = [_Label(mark.label, mark.tone, boxes[i], heads[i], (i,)) for i, mark in enumerate(faces)]
    labels += [_Label(mark.label, mark.tone, hand_boxes[i], hand_boxes[i]) for i, mark in enumerate(hands)]
    canvas = _draw_labels(canvas, labels, _stack(heads), _stack(hand_boxes))
    return _with_band(canvas, sentences)


def _around(points_xy: Floats) -> Floats:
    return np.concatenate([points_xy.min(axis=0), points_xy.max(axis=0)])


def _stack(boxes: Sequence[Floats]) -> Floats:
    return np.array(boxes, np.float32).reshape(-1, 4)


def _letters(width: int, height: int) -> int:
    wanted = max(LETTERS_AT_LEAST, round(LETTERS_OF_LONGER_SIDE * max(width, height)))
    return max(LETTERS_BREAK, min(wanted, min(width, height) // 12))


def _points(points_xy: Floats, canvas: Image) -> "np.ndarray[tuple[int, ...], np.dtype[np.int32]]":
    """Whole pixels for OpenCV, kept near the picture: it overflows on points far outside."""
    height, width = canvas.shape[:2]
    return np.clip(np.round(points_xy), (-width, -height), (2 * width, 2 * height)).astype(np.int32)


def _polyline(canvas: Image, points_xy: Floats, colour: RGB, line: int) -> None:
    """A line with a dark edge, so that it shows on light ground as on dark."""
    points = [_points(points_xy, canvas)]
    cv2.polylines(canvas, points, False, DARK, line + 2 * max(1, line // 4), cv2.LINE_AA)
    cv2.polylines(canvas, points, False, colour, line, cv2.LINE_AA)


def _thickness(canvas: Image, box_xyxy: Floats, share: float) -> int:
    """Pixels across a line: in proportion to the picture, but no more than ``share`` of what it is drawn around."""
    size = float((box_xyxy[2:] - box_xyxy[:2]).max())
    return max(1, round(min(max(canvas.shape[:2]) * LINE_OF_LONGER_SIDE, size * share)))


def _draw_box(canvas: Image, box_xyxy: Floats, tone: Tone) -> None:
    height, width = canvas.shape[:2]
    x0, y0, x1, y1 = np.clip(box_xyxy, 0, (width - 1, height - 1, width - 1, height - 1))
    corners = np.array([(x0, y0), (x1, y0), (x1, y1), (x0, y1), (x0, y0)], np.float32)
    line = _thickness(canvas, box_xyxy, LINE_OF_FACE)
    if tone is Tone.OTHER:
        _polyline(canvas, corners, NEUTRAL, max(1, line // 3))
        return
    line = max(2, line)
    for start, end in pairwise(corners):
        for piece in _dashes(start, end, 4 * line) if tone is Tone.POSSIBLE else [np.stack([start, end])]:
            _polyline(canvas, piece, TONE_COLOURS[tone], line)


def _dashes(start_xy: Floats, end_xy: Floats, length: float) -> list[Floats]:
    """An odd number of pieces, every other one drawn, so that both corners are."""
    count = 2 * int(np.hypot(*(end_xy - start_xy)) // (2 * length)) + 1
    stops = start_xy + np.linspace(0, 1, count + 1, dtype=np.float32)[:, None] * (end_xy - start_xy)
    return [stops[i : i + 2] for i in range(0, count, 2)]


def _draw_hand(canvas: Image, keypoints_xy: Floats, tone: Tone) -> None:
    line = _thickness(canvas, _around(keypoints_xy), LINE_OF_HAND)
    if tone is Tone.UNREADABLE:
        x0, y0, x1, y1 = _around(keypoints_xy)
        corners = np.array([(x0, y0), (x1, y0), (x1, y1), (x0, y1), (x0, y0)], np.float32)
        for start, end in pairwise(corners):
            for piece in _dashes(start, end, 4 * line):
                _polyline(canvas, piece, TONE_COLOURS[tone], line)
        return
    for chain, colour in FINGERS:
        _polyline(canvas, keypoints_xy[list(chain)], colour if tone is Tone.SYMBOL else TONE_COLOURS[tone], line)
    if tone is Tone.SYMBOL:
        for x, y in _points(keypoints_xy[list(FINGERTIPS)], canvas):
            cv2.circle(canvas, (int(x), int(y)), line, LIGHT, cv2.FILLED, cv2.LINE_AA)


def _line_height(letters: Font) -> int:
    ascent, descent = letters.getmetrics()
    return ascent + descent


def _draw_labels(canvas: Image, labels: Sequence[_Label], faces_xyxy: Floats, hands_xyxy: Floats) -> Image:
    height, width = canvas.shape[:2]
    size = _letters(width, height)
    letters, pad = font(size), max(2, size // 4)
    plates: list[tuple[str, _Label, Wish]] = []
    for label in labels:
        margin = _thickness(canvas, label.box_xyxy, LINE_OF_FACE)
        # Whole pixels outwards: by fractions of one, a worse place would cost less than the first.
        low, high = np.floor(label.free_xyxy[:2]) - margin, np.ceil(label.free_xyxy[2:]) + margin
        text = cut(shown(label.text, letters), letters, width - 3 * pad)
        size_wh = (int(np.ceil(letters.getlength(text))) + 3 * pad, _line_height(letters) + pad)
        if text and size_wh[0] <= width and size_wh[1] <= height:  # a thumbnail has no room for a label
            plates.append((text, label, Wish(np.concatenate([low, high]), size_wh, label.own)))
    places = place([wish for _, _, wish in plates], faces_xyxy, hands_xyxy, (width, height))

    picture = PillowImage.fromarray(canvas)
    draw = ImageDraw.Draw(picture)
    for (text, label, _), (x0, y0, x1, y1) in zip(plates, places, strict=True):
        colour = TONE_COLOURS[label.tone]
        _draw_leader(draw, label.box_xyxy, (x0, y0, x1, y1), colour, max(1, pad // 2))
        draw.rectangle((x0, y0, x1 - 1, y1 - 1), DARK)
        draw.rectangle((x0, y0, x0 + pad - 1, y1 - 1), colour)
        draw.text((x0 + 2 * pad, y0 + pad // 2), text, LIGHT, letters)
    return np.array(picture)


def _draw_leader(
    draw: ImageDraw.ImageDraw, box_xyxy: Floats, plate_xyxy: tuple[float, float, float, float], colour: RGB, line: int
) -> None:
    """A line from a label to what it names, where the two do not touch."""
    x0, y0, x1, y1 = plate_xyxy
    near = np.clip(box_xyxy.reshape(2, 2).mean(axis=0), (x0, y0), (x1, y1))
    target = np.clip(near, box_xyxy[:2], box_xyxy[2:])
    if np.abs(near - target).max() > line:
        draw.line([*near.tolist(), *target.tolist()], colour, line)


def _with_band(canvas: Image, sentences: Sequence[str]) -> Image:
    height, width = canvas.shape[:2]
    full_width = max(width, CAPTION_WIDTH_AT_LEAST)
    letters = font(max(LETTERS_AT_LEAST + 2, round(LETTERS_OF_LONGER_SIDE * full_width)))
    pad, step = _line_height(letters) // 2, _line_height(letters)
    paragraphs = [wrapped(text, letters, full_width - 2 * pad) for s in sentences if (text := shown(s, letters))]
    if not paragraphs:
        return canvas
    band = pad + sum(step * len(lines) + pad for lines in paragraphs)
    page = PillowImage.new("RGB", (full_width, height + band), LIGHT)
    page.paste(PillowImage.fromarray(canvas), (0, 0))
    draw = ImageDraw.Draw(page)
    y = height + pad
    for lines in paragraphs:
        for text in lines:
            draw.text((pad, y), text, DARK, letters)
            y += step
        y += pad
    return np.array(page)
