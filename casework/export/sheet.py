"""Paper: an A4 document with headings, boxes, tables and pictures, where no text leaves the page or does anything.

Text is drawn, never interpreted: no markup, no links, no scripts. The same content gives the same bytes.
"""

import logging
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from importlib.util import find_spec
from io import BytesIO
from pathlib import Path
from typing import Final

from fpdf import FPDF
from fpdf.enums import Align, TableBordersLayout, VAlign, WrapMode, XPos, YPos
from fpdf.fonts import FontFace

from casework.export import refusals
from casework.export.plain import one_line
from netra.errors import OutputError

FONT: Final = "DejaVu"
_STYLES: Final = {"": "DejaVuSans.ttf", "B": "DejaVuSans-Bold.ttf", "I": "DejaVuSans-Oblique.ttf"}
_FONTS: Final = "mpl-data/fonts/ttf"  # inside the matplotlib package, whose DejaVu vision.fonts uses as well

LONGEST: Final = 1500
"""Letters of one text on paper; the data files hold all of it."""

LONGEST_IN_A_TABLE: Final = 320
"""The same for one cell: its row has to fit on a page."""

LEFT, TOP, RIGHT, BOTTOM = 20.0, 18.0, 18.0, 24.0  # millimetres; the left margin is for holes
WIDTH: Final = 210 - LEFT - RIGHT

RED: Final = (168, 32, 20)
GREY: Final = (95, 95, 95)
PALE: Final = (238, 240, 243)
INK: Final = (20, 20, 20)


class Sheet(FPDF):
    """The document.

    Args:
        heading: at the top of every page.
        footing: lines at the bottom of every page, above the page number.
        at: when it was made; the one time it knows.

    Raises:
        OutputError: the font is not installed.
    """

    def __init__(self, heading: str, footing: Sequence[str], at: datetime) -> None:
        super().__init__("portrait", "mm", "A4")
        self._heading, self._footing = one_line(heading, 110), tuple(one_line(line, 150) for line in footing)
        for style, path in zip(_STYLES, _font_files(), strict=True):
            self.add_font(FONT, style, path)
        self.set_creation_date(at)
        self.set_title(self._heading)
        self.set_creator("netra")
        self.set_lang("id")
        self.set_margins(LEFT, TOP, RIGHT)
        self.c_margin = 0  # text begins where lines and tables do
        self.set_auto_page_break(True, BOTTOM)
        self.set_font(FONT, size=9)
        self.add_page()

    def header(self) -> None:
        """The heading, from the second page on."""
        if self.page_no() == 1:
            return
        self.set_font(FONT, size=7)
        self.set_text_color(*GREY)
        self.set_x(LEFT)
        self.cell(WIDTH, 4, self._heading, align=Align.L, new_x=XPos.LMARGIN, new_y=YPos.NEXT)
        self.ln(2)
        self.set_text_color(*INK)

    def footer(self) -> None:
        """What the package holds, and the page's number."""
        self.set_xy(LEFT, -BOTTOM + 5)
        self.set_draw_color(*GREY)
        self.set_line_width(0.1)
        self.line(LEFT, self.get_y(), 210 - RIGHT, self.get_y())
        self.ln(1)
        self.set_font(FONT, size=5.6)
        self.set_text_color(*GREY)
        for line in self._footing:
            self.cell(WIDTH, 2.7, line, new_x=XPos.LMARGIN, new_y=YPos.NEXT)
        self.set_font(FONT, size=7)
        self.cell(WIDTH, 4, f"Halaman {self.page_no()} dari {{nb}}", align=Align.R)
        self.set_text_color(*INK)

    def bytes_of(self) -> bytes:
        """The whole document."""
        with _quiet():
            return bytes(self.output())

    def title_line(self, text: str) -> None:
        """The name of the document."""
        self._write(text, 15, "B", 7)

    def heading(self, text: str) -> None:
        """The name of a part; it stays with what follows."""
        self.keep(30)
        self.ln(3)
        self._write(text, 11.5, "B", 5.6)
        self.set_draw_color(*INK)
        self.set_line_width(0.3)
        self.line(LEFT, self.get_y(), 210 - RIGHT, self.get_y())
        self.ln(2)

    def subheading(self, text: str) -> None:
        """The name of a smaller part."""
        self.keep(22)
        self.ln(1.5)
        self._write(text, 9.5, "B", 4.8)
        self.ln(0.5)

    def say(self, text: str, *, size: float = 9, style: str = "", colour: tuple[int, int, int] = INK) -> None:
        """A paragraph."""
        self.set_text_color(*colour)
        self._write(text, size, style, size * 0.5)
        self.set_text_color(*INK)
        self.ln(1)

    def points(self, texts: Sequence[str]) -> None:
        """A list."""
        for text in texts:
            self.keep(8)
            self.set_font(FONT, size=9)
            self.cell(5, 4.5, "•")
            self._write(text, 9, "", 4.5, WIDTH - 5)
            self.ln(0.6)
        self.ln(1)

    def box(self, heading: str, texts: Sequence[str], colour: tuple[int, int, int] = RED) -> None:
        """A frame that is not overlooked."""
        kept = [one_line(text, LONGEST) for text in texts]
        self.set_font(FONT, size=9)
        lines = sum(len(self._lines(f"– {text}", 9, WIDTH - 8)) for text in kept)
        height = 10 + 4.5 * lines + 1.2 * len(kept)
        self.keep(min(height, 150))
        top = self.get_y()
        if height <= 150:
            self.set_draw_color(*colour)
            self.set_line_width(0.6)
            self.rect(LEFT, top, WIDTH, height)
        self.set_xy(LEFT + 4, top + 2.5)
        self.set_text_color(*colour)
        self._write(heading, 10, "B", 5, WIDTH - 8)
        self.set_text_color(*INK)
        for text in kept:
            self.set_x(LEFT + 4)
            self._write(f"– {text}", 9, "", 4.5, WIDTH - 8)
            self.ln(1.2)
        if height <= 150:
            self.set_y(top + height)
        self.ln(3)

    def table_of(self, header: Sequence[str], rows: Sequence[Sequence[str]], widths: Sequence[float]) -> None:
        """A table whose heading comes again on each page.

        Args:
            header: of the columns; empty for a table without.
            rows: texts.
            widths: of the columns, as shares.
        """
        if not rows:
            return
        self.set_font(FONT, size=8)
        self.set_draw_color(150, 150, 150)
        self.set_line_width(0.1)
        with (
            _quiet(),
            self.table(
                align=Align.L,
                width=WIDTH,
                col_widths=tuple(widths),
                text_align=Align.L,
                v_align=VAlign.T,
                line_height=4,
                padding=(0.8, 1.2, 0.8, 1.2),
                borders_layout=TableBordersLayout.ALL,
                first_row_as_headings=bool(header),
                headings_style=FontFace(emphasis="BOLD", fill_color=PALE),
                wrapmode=WrapMode.WORD,
            ) as table,
        ):
            if header:
                table.row(list(header))
            for row in rows:
                table.row([one_line(text, LONGEST_IN_A_TABLE) or "–" for text in row])
        self.ln(2)

    def fields(self, rows: Sequence[tuple[str, str]]) -> None:
        """Names with their values; an empty value is a dotted line for a pen."""
        for name, value in rows:
            kept = one_line(value, LONGEST)
            lines = self._lines(kept, 9, WIDTH - 62) if kept else [""]
            heads = self._lines(name, 9, 58)
            self.keep(max(4.6 * max(len(lines), len(heads)), 7) + 2)
            top = self.get_y()
            self.set_text_color(*GREY)
            self._write(name, 9, "", 4.6, 58)
            after = self.get_y()
            self.set_text_color(*INK)
            self.set_xy(LEFT + 60, top)
            if kept:
                self._write(kept, 9, "", 4.6, WIDTH - 62)
            else:
                self.dotted(LEFT + 60, top + 4.4, WIDTH - 60)
                self.set_y(top + 6.4)
            self.set_y(max(after, self.get_y()) + 1)
        self.ln(1)

    def dotted(self, x: float, y: float, width: float) -> None:
        """A line to write on."""
        self.set_draw_color(*GREY)
        self.set_line_width(0.2)
        self.set_dash_pattern(dash=0.3, gap=0.9)
        self.line(x, y, x + width, y)
        self.set_dash_pattern()

    def lines_to_write(self, count: int) -> None:
        """Room for a pen."""
        for _ in range(count):
            self.keep(9)
            self.ln(7)
            self.dotted(LEFT, self.get_y(), WIDTH)
        self.ln(4)

    def ticks(self, rows: Sequence[tuple[bool, str, str]]) -> None:
        """A checklist: whether the file has it, what, and what it says of it."""
        with_signs = [("☑" if have else "☐", what, said) for have, what, said in rows]
        self.table_of(("", "Syarat", "Yang ada dalam berkas"), with_signs, (6, 44, 50))

    def picture(self, jpeg: bytes, width: float, highest: float, x: float = LEFT) -> float:
        """A picture at the current height; how high it became, in millimetres."""
        with _quiet():
            placed = self.image(BytesIO(jpeg), x=x, y=self.get_y(), w=width, h=highest, keep_aspect_ratio=True)
        return float(placed.rendered_height or highest)

    def small(self, text: str, width: float) -> None:
        """A caption from the current place on, at most so many millimetres wide."""
        self.set_text_color(*GREY)
        kept = one_line(text)
        self._write(kept if len(kept) <= 90 else f"{kept[:90].rstrip()} …", 6.5, "", 3, width)
        self.set_text_color(*INK)

    def keep(self, height: float) -> None:
        """Begin a new page where so many millimetres do not fit any more."""
        if self.get_y() + height > self.h - BOTTOM:
            self.add_page()

    def _write(self, text: str, size: float, style: str, height: float, width: float = WIDTH) -> None:
        self.set_font(FONT, style, size)
        with _quiet():
            self.multi_cell(width, height, one_line(text, LONGEST), align=Align.L, new_x=XPos.LMARGIN, new_y=YPos.NEXT)

    def _lines(self, text: str, size: float, width: float) -> list[str]:
        self.set_font(FONT, size=size)
        with _quiet():
            lines = self.multi_cell(width, 4.5, text, dry_run=True, output="LINES")
        assert isinstance(lines, list)  # noqa: S101 - asked for by output
        return [str(line) for line in lines]


def _font_files() -> list[Path]:
    spec = find_spec("matplotlib")
    for place in (spec.submodule_search_locations if spec is not None else None) or ():
        files = [Path(place) / _FONTS / name for name in _STYLES.values()]
        if all(file.is_file() for file in files):
            return files
    raise OutputError(refusals.NO_FONT)


@contextmanager
def _quiet() -> Iterator[None]:
    """fpdf and fontTools log each letter that the font lacks; on paper it is a box, which is all there is to say."""
    loggers = [logging.getLogger(name) for name in ("fpdf", "fontTools")]
    before = [logger.level for logger in loggers]
    for logger in loggers:
        logger.setLevel(logging.ERROR)
    try:
        yield
    finally:
        for logger, level in zip(loggers, before, strict=True):
            logger.setLevel(level)
