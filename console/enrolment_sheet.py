"""A page of people with their photos and a table of who is like whom, drawn. It knows words, pictures and numbers only.

The page is as wide as the screen of a small laptop and as long as it needs to be, and is read from the top down.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Final

import numpy as np
from PIL import Image as PillowImage
from PIL import ImageDraw

from candidates.gallery import Doubles
from vision.draw import BLUISH_GREEN, DARK, LIGHT, NEUTRAL, ORANGE, RGB, VERMILLION
from vision.fonts import Font, cut, font, shown, wrapped
from vision.types import Image

WIDTH: Final = 1366  # of the smallest laptop screen in wide use
MARGIN, GAP = 24, 12
WORDS_WIDTH: Final = 420  # of the column with names and remarks; the photos have the rest
TILE, BAR, TILES_A_ROW = 116, 9, 7
CAPTION_LINES: Final = 3

GREY: RGB = (110, 110, 110)
PALE: RGB = (236, 236, 236)
BLUE: RGB = (0, 114, 178)  # of Okabe and Ito's palette, as the others
RED: RGB = (168, 60, 0)  # vermillion, dark enough for letters on white

GOOD_FROM: Final = 0.8  # of a quality bar's colour; its number is written beside it
HOTTEST: Final = 0.6  # a likeness from here on has the full colour
CELLS_WIDTH: Final = 1000
LARGEST_CELL, CELL_HEIGHT = 72, 34


@dataclass(frozen=True, slots=True, eq=False)
class Tile:
    """One photo.

    Attributes:
        crops: its face, (n, n, 3) uint8 RGB, or none where there is none to show.
        grades: its quality, 0 to 1, or none.
        caption: what is said below.
        is_used: whether it is a reference; others are drawn with a cross.
        instead: what stands in the place of a missing face.
    """

    crops: tuple[Image, ...]
    grades: tuple[float, ...]
    caption: str
    is_used: bool
    instead: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """A sentence about a person; ``is_urgent`` where somebody has to look."""

    text: str
    is_urgent: bool = False


@dataclass(frozen=True, slots=True)
class PersonRow:
    """One person.

    Attributes:
        heading: number and name.
        lines: what is said of them.
        tiles: their photos.
    """

    heading: str
    lines: tuple[Line, ...]
    tiles: tuple[Tile, ...]


@dataclass(frozen=True, slots=True, eq=False)
class HeatMap:
    """Who is like whom.

    Attributes:
        title: above it.
        numbers: of the people, as in their rows.
        names: of the same.
        likeness: (N, N), -1 to 1; NaN where there is nothing to say.
        frames: (N, N) int: 0 none, 1 a thin one, 2 a thick one.
        lines: below it.
        number: how a likeness is written.
    """

    title: str
    numbers: tuple[int, ...]
    names: tuple[str, ...]
    likeness: Doubles = field(repr=False)
    frames: np.ndarray[tuple[int, ...], np.dtype[np.int_]] = field(repr=False)
    lines: tuple[str, ...]
    number: Callable[[float], str]

    def __post_init__(self) -> None:
        expected = (len(self.numbers),) * 2
        if len(self.names) != len(self.numbers) or {self.likeness.shape, self.frames.shape} != {expected}:
            raise ValueError(f"expected {expected[0]} names and {expected} numbers, got {self.likeness.shape}")


@dataclass(frozen=True, slots=True, eq=False)
class Sheet:
    """The whole page.

    Attributes:
        title: at the top.
        lines: below it.
        rows: the people.
        maps: the table of who is like whom, or none.
        closing: at the bottom.
        floor: where quality bars have their mark, 0 to 1.
    """

    title: str
    lines: tuple[str, ...]
    rows: tuple[PersonRow, ...]
    maps: tuple[HeatMap, ...]
    closing: tuple[str, ...]
    floor: float


def draw_sheet(sheet: Sheet) -> Image:
    """The page, (h, 1366, 3) uint8 RGB."""
    parts = [
        _paragraphs([sheet.title], 24, DARK),
        _paragraphs(sheet.lines, 15, GREY),
        *(_person(row, sheet.floor) for row in sheet.rows),
        *(part for heat in sheet.maps for part in _heat_map(heat)),
        _paragraphs(sheet.closing, 15, GREY),
    ]
    height = 2 * MARGIN + sum(part.height + GAP for part in parts) - GAP
    page = PillowImage.new("RGB", (WIDTH, height), LIGHT)
    y = MARGIN
    for part in parts:
        page.paste(part, (0, y))
        y += part.height + GAP
    return np.array(page)


def _line_height(letters: Font) -> int:
    return sum(letters.getmetrics())


def _paragraphs(texts: Sequence[str], size: int, colour: RGB, width: int = WIDTH - 2 * MARGIN) -> PillowImage.Image:
    return _lines([(text, colour) for text in texts], size, width)


def _lines(texts: Sequence[tuple[str, RGB]], size: int, width: int) -> PillowImage.Image:
    """Sentences in a strip ``width`` wide plus a margin on both sides, each from a new line."""
    letters = font(size)
    lines = [(line, colour) for text, colour in texts for line in wrapped(shown(text, letters), letters, width)]
    step = _line_height(letters)
    strip = PillowImage.new("RGB", (width + 2 * MARGIN, max(1, step * len(lines))), LIGHT)
    draw = ImageDraw.Draw(strip)
    for place, (line, colour) in enumerate(lines):
        draw.text((MARGIN, place * step), line, colour, letters)
    return strip


def _person(row: PersonRow, floor: float) -> PillowImage.Image:
    """Words on the left, photos on the right, a line above both."""
    heading = _paragraphs([row.heading], 18, DARK, WORDS_WIDTH)
    words = _lines([(line.text, RED if line.is_urgent else DARK) for line in row.lines], 14, WORDS_WIDTH)
    captions = font(12)
    tile_height = TILE + BAR + 6 + CAPTION_LINES * _line_height(captions) + GAP
    tiles_high = -(-len(row.tiles) // TILES_A_ROW) * tile_height
    strip = PillowImage.new("RGB", (WIDTH, GAP + max(heading.height + words.height, tiles_high)), LIGHT)
    draw = ImageDraw.Draw(strip)
    draw.line((MARGIN, 0, WIDTH - MARGIN, 0), NEUTRAL, 2)
    strip.paste(heading, (0, GAP))
    strip.paste(words, (0, GAP + heading.height))
    for place, tile in enumerate(row.tiles):
        down, right = divmod(place, TILES_A_ROW)
        _tile(strip, draw, tile, (MARGIN + WORDS_WIDTH + GAP + right * (TILE + GAP), GAP + down * tile_height), floor)
    return strip


def _tile(
    strip: PillowImage.Image, draw: ImageDraw.ImageDraw, tile: Tile, at_xy: tuple[int, int], floor: float
) -> None:
    x, y = at_xy
    letters = font(12)
    step = _line_height(letters)
    draw.rectangle((x, y, x + TILE - 1, y + TILE - 1), PALE)
    for crop in tile.crops:
        strip.paste(PillowImage.fromarray(crop).resize((TILE, TILE), PillowImage.Resampling.LANCZOS), (x, y))
    for place, line in enumerate(wrapped(shown(tile.instead, letters), letters, TILE - 8)[:6]):
        draw.text((x + 4, y + 8 + place * step), line, GREY, letters)
    if not tile.is_used:
        draw.rectangle((x, y, x + TILE - 1, y + TILE - 1), outline=VERMILLION, width=3)
        draw.line((x, y + TILE - 1, x + TILE - 1, y), VERMILLION, 3)
    y += TILE + 3
    for grade in tile.grades:
        colour = BLUISH_GREEN if grade >= GOOD_FROM else ORANGE if grade >= floor else VERMILLION
        draw.rectangle((x, y, x + TILE - 1, y + BAR - 1), PALE)
        draw.rectangle((x, y, x + max(1, round(grade * TILE)) - 1, y + BAR - 1), colour)
        draw.line((x + round(floor * TILE), y - 1, x + round(floor * TILE), y + BAR), DARK, 1)
    y += BAR + 3
    lines = wrapped(shown(tile.caption, letters), letters, TILE)
    for place, line in enumerate(lines[:CAPTION_LINES]):
        is_cut = place == CAPTION_LINES - 1 and len(lines) > CAPTION_LINES
        said = cut(line + " …", letters, TILE) if is_cut else line
        draw.text((x, y + place * step), said, DARK if tile.is_used else RED, letters)


def _heat_map(heat: HeatMap) -> list[PillowImage.Image]:
    count = len(heat.numbers)
    cell = min(LARGEST_CELL, CELLS_WIDTH // max(count, 1))
    letters, small = font(14), font(13)
    left = WIDTH - 2 * MARGIN - CELLS_WIDTH + MARGIN - GAP  # where names end
    strip = PillowImage.new("RGB", (WIDTH, CELL_HEIGHT * (count + 1)), LIGHT)
    draw = ImageDraw.Draw(strip)
    for i, number in enumerate(heat.numbers):
        down = CELL_HEIGHT * (i + 1) + CELL_HEIGHT / 2
        name = cut(shown(f"{number}  {heat.names[i]}", letters), letters, left - MARGIN)
        draw.text((MARGIN, down), name, DARK, letters, anchor="lm")
        draw.text((left + GAP + cell * (i + 0.5), CELL_HEIGHT / 2), str(number), DARK, letters, anchor="mm")
    for i in range(count):
        for j in range(count):
            value = float(heat.likeness[i, j])
            x, y = left + GAP + cell * j, CELL_HEIGHT * (i + 1)
            ground = _ground(value, BLUE if i == j else VERMILLION)
            draw.rectangle((x, y, x + cell - 1, y + CELL_HEIGHT - 1), ground, LIGHT)
            said = "–" if np.isnan(value) else heat.number(value)
            draw.text((x + cell / 2, y + CELL_HEIGHT / 2), said, _ink(ground), small, anchor="mm")
            if heat.frames[i, j]:
                line = 1 if heat.frames[i, j] == 1 else 3
                draw.rectangle((x + 1, y + 1, x + cell - 2, y + CELL_HEIGHT - 2), outline=DARK, width=line)
    return [_paragraphs([heat.title], 18, DARK), strip, _paragraphs(heat.lines, 15, GREY)]


def _ground(value: float, colour: RGB) -> RGB:
    share = 0.0 if np.isnan(value) else float(np.clip(value / HOTTEST, 0, 1))
    red, green, blue = (round(255 + share * (part - 255)) for part in colour)
    return red, green, blue


def _ink(ground: RGB) -> RGB:
    """Letters on it: the one of dark and light that stands out, by the ground's luma (ITU-R BT.601)."""
    return DARK if 0.299 * ground[0] + 0.587 * ground[1] + 0.114 * ground[2] > 140 else LIGHT
