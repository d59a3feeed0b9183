"""Mistakes that click can tell of and none of netra's own commands has, with commands made up for them."""

import os
from pathlib import Path

import click
import pytest

from console.help_pages import Help
from console.voice import Voice
from console.wrong_use import language_asked, lines_of_wrong_use


def said(param: click.Parameter, *typed: str) -> str:
    """What is said in Indonesian of a command ``netra coba`` with one parameter, without the lead-in."""
    with pytest.raises(click.UsageError) as caught:
        Help("coba", params=[param]).main(list(typed), "netra coba", standalone_mode=False)
    first, hint = lines_of_wrong_use(caught.value, Voice("id"))
    assert hint == "Bantuan: netra coba --help"
    return first.removeprefix("Perintah belum benar: ")


def test_a_number_without_limits() -> None:
    assert said(click.Option(["--tahun"], type=int), "--tahun", "dua") == (
        "--tahun perlu bilangan bulat, bukan 'dua'. Tulis angkanya saja."
    )


def test_a_path_that_is_not_there_or_may_not_be_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    option = click.Option(["--daftar"], type=click.Path(exists=True, dir_okay=False))
    path = str(tmp_path / "daftar.csv")
    assert said(option, "--daftar", path) == f"--daftar: '{path}' tidak ada. Periksa ejaannya."
    Path(path).touch()
    monkeypatch.setattr(os, "access", lambda *_: False)
    assert said(option, "--daftar", path) == f"--daftar: '{path}' tidak boleh dibaca. Periksa izinnya."


def test_an_option_without_a_variable() -> None:
    option = click.Option(["-k", "--kota"], required=True, metavar="NAMA")
    assert said(option) == "pilihan --kota belum diberikan. Tambahkan --kota NAMA."


def test_the_wrong_number_of_arguments() -> None:
    pair = click.Argument(["pair"], nargs=2, metavar="FOTO FOTO")
    assert said(pair, "a.jpg") == "banyaknya yang disebutkan tidak cocok. Tulis: netra coba [PILIHAN] FOTO FOTO"


@pytest.mark.parametrize(
    ("kind", "typed", "reason"),
    [
        (click.UUID, "7", "is not a valid UUID"),
        (click.FloatRange(0, 1), "7", "is not in the range"),
        (click.Path(exists=True, dir_okay=False), ".", "is a directory"),
    ],
)
def test_where_the_kind_cannot_be_told_the_text_of_click_stays(kind: click.ParamType, typed: str, reason: str) -> None:
    text = said(click.Option(["--nilai"], type=kind), "--nilai", typed)
    assert text.startswith("nilai untuk --nilai belum benar: ")
    assert reason in text


def test_errors_of_commands_that_are_none_of_these() -> None:
    for error in (click.ClickException("x y z"), click.UsageError("x y z"), click.BadParameter("x y z")):
        first, hint = lines_of_wrong_use(error, Voice("en"))
        assert first.startswith("The command is not right: ")
        assert first.endswith("x y z")
        assert hint == "Help: netra --help"


def test_the_language_asked_for_last_counts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("NETRA_LANG", raising=False)
    assert language_asked(["scan", "en"]) == "id"
    assert language_asked(["--lang", "id", "--lang=en", "scan"]) == "en"
    assert language_asked(["--lang"]) == "id"
    assert language_asked(["--lang", "fr"]) == "id"
    monkeypatch.setenv("NETRA_LANG", "en")
    assert language_asked([]) == "en"
    assert language_asked(["--lang", "id"]) == "id"
