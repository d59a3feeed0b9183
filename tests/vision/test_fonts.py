"""Text made fit for a picture."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import ImageFont

from vision import fonts
from vision.fonts import Font, cut, font, font_file, shown, wrapped

NAMES = [
    "Sari Déwi",
    "Ketut Ñoman",
    "Đặng Văn Ćosić",
    "Raden Mas ‘Budi’ – S.Pd., M.Si.",
    "Şule Ğürsoy · no. 2",
    "Ēṅka Āśā",
]


@pytest.fixture(scope="module")
def plain_font() -> Font:
    chosen = ImageFont.load_default(20)
    assert isinstance(chosen, ImageFont.FreeTypeFont)
    return chosen


@pytest.mark.parametrize("name", NAMES)
def test_names_are_drawn_as_they_are_written(name: str) -> None:
    assert font_file(), "the font that comes with matplotlib is missing"
    assert shown(name, font(20)) == name


def test_pillows_font_loses_accents_but_no_letters(plain_font: Font) -> None:
    assert shown("Sari Déwi Ñoman", plain_font) == "Sari Dewi Noman"


def test_without_matplotlib_pillows_font_serves(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fonts, "DEJAVU_SANS", Path("no-such-font.ttf"))
    font_file.cache_clear()
    font.cache_clear()
    try:
        assert font_file() == ()
        assert font(20).getlength("Sari Dewi") > 50
    finally:
        monkeypatch.undo()
        font_file.cache_clear()
        font.cache_clear()


def test_a_letter_written_in_two_parts_is_the_same_letter() -> None:
    assert shown("De\u0301wi", font(20)) == "Déwi"


@pytest.mark.parametrize("text", ["Sari\nDewi", "Sari\t\r Dewi", " Sari \u2028\x00Dewi ", "Sari\u00a0Dewi"])
def test_white_space_and_control_characters_become_single_spaces(text: str) -> None:
    assert shown(text, font(20)) == "Sari Dewi"


@pytest.mark.parametrize("hidden", ["\u202e", "\u2066", "\u200b", "\ufeff", "\u00ad"])
def test_characters_that_hide_or_turn_text_are_dropped(hidden: str) -> None:
    assert shown(f"Sari{hidden} Dewi", font(20)) == "Sari Dewi"


def test_a_lone_surrogate_of_a_broken_file_name_can_be_drawn() -> None:
    assert shown("foto\udcff.jpg", font(20)) == "foto.jpg"


def test_text_that_fits_is_not_cut() -> None:
    assert cut("Sari Dewi", font(20), 500) == "Sari Dewi"


def test_text_that_does_not_fit_ends_in_an_ellipsis() -> None:
    shorter = cut("Sari Dewi Kusumawardhani", font(20), 120)
    assert shorter.endswith("…")
    assert shorter.startswith("Sari")
    assert font(20).getlength(shorter) <= 120


def test_where_nothing_fits_nothing_is_left() -> None:
    assert cut("Sari", font(20), 3) == ""


@given(st.text(st.characters(exclude_categories=["Cs", "Cc", "Cf"]), max_size=80), st.integers(30, 400))
def test_wrapping_loses_no_letter_and_keeps_the_width(text: str, width: int) -> None:
    lines = wrapped(text, font(16), width)
    assert "".join("".join(lines).split()) == "".join(text.split())
    assert all(font(16).getlength(line) <= width for line in lines if len(line) > 1)


def test_wrapping_breaks_at_spaces_where_it_can() -> None:
    lines = wrapped("satu dua tiga empat lima", font(16), 90)
    assert " ".join(lines) == "satu dua tiga empat lima"
    assert len(lines) > 1
