"""Texts in both languages, and errors that carry them."""

import pickle
import re
from importlib import import_module

import pytest

from netra.both import Both, Message, both
from netra.errors import (
    ConfigError,
    DatabaseError,
    DatabaseErrorKind,
    NetraError,
    OutputError,
    PhotoError,
    PhotoErrorKind,
)


def test_a_message_is_filled_in_each_language_with_values_of_that_language() -> None:
    message = Message("{file}: seharusnya {what}", "{file}: expected {what}")
    filled = message.filled(file="a{b}.toml", what=Both("foto", "a photo"))
    assert filled == Both("a{b}.toml: seharusnya foto", "a{b}.toml: expected a photo")
    assert (filled.said("id"), filled.said("en"), f"{filled}") == (filled.id, filled.en, filled.en)


@pytest.mark.parametrize(("id_", "en"), [("", "a"), ("a", " "), ("{a}", "{b}"), ("{a}", "a")])
def test_a_message_whose_languages_differ_is_refused(id_: str, en: str) -> None:
    with pytest.raises(ValueError, match="expected"):
        Message(id_, en)


@pytest.mark.parametrize(
    "module",
    [
        "netra.toml_texts",
        "netra.photo_errors",
        "candidates.election_texts",
        "casework.export.refusals",
        "console.review_texts",
    ],
)
def test_every_text_is_there_in_both(module: str) -> None:
    texts = {name: one for name, one in vars(import_module(module)).items() if isinstance(one, Both)}
    texts |= {
        key: one for table in ("PHOTO_ERRORS",) for key, one in vars(import_module(module)).get(table, {}).items()
    }
    texts.pop("NO_ADVICE", None)
    assert texts
    for name, one in texts.items():
        assert one.id.strip(), name
        assert one.en.strip(), name
        assert (one.id != one.en) == bool(re.search("[a-z]", re.sub("{[^}]*}", "", one.en))), name


def test_what_is_there_in_one_language_stands_for_both() -> None:
    assert both("a") == Both("a", "a")
    assert both(Both("a", "b")) == Both("a", "b")
    assert OutputError("a").said("id") == "a"


@pytest.mark.parametrize(
    "error",
    [
        OutputError(Both("tidak", "no")),
        PhotoError(PhotoErrorKind.EMPTY, Both("tidak", "no")),
        DatabaseError(DatabaseErrorKind.LOCKED, Both("tidak", "no")),
    ],
)
def test_an_error_says_its_text_in_both_and_another_process_gets_both(
    error: OutputError | PhotoError | DatabaseError,
) -> None:
    assert (str(error), error.said("en"), error.said("id")) == ("no", "no", "tidak")
    if not isinstance(error, DatabaseError):  # that one stays in its process
        assert pickle.loads(pickle.dumps(error)).said("id") == "tidak"


def test_lines_are_said_one_below_the_other() -> None:
    error = NetraError(Both("satu", "one"), "two")
    assert (error.said("id"), error.said("en"), error.args) == ("satu\ntwo", "one\ntwo", ("one", "two"))


def test_a_list_of_mistakes_has_a_line_for_each_in_both() -> None:
    error = ConfigError([Both("satu", "one"), "two"])
    assert error.problems == ("one", "two")
    assert (str(error), error.said("id")) == ("one\ntwo", "satu\ntwo")
