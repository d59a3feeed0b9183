"""Errors in the user's language, one line each."""

import pytest

from console.errors import DemoFilesMissingError, NotEnrolledError
from console.mistakes import lines_of
from console.voice import Voice
from netra.both import Both
from netra.errors import ConfigError, ModelError, NetraError, OutputError, PhotoError, PhotoErrorKind, UsageError


@pytest.mark.parametrize(
    ("error", "expected"),
    [
        (ConfigError(["E.toml:3: a", "E.toml:9: b"]), ["belum benar (2 hal):", "  - E.toml:3: a", "  - E.toml:9: b"]),
        (NotEnrolledError(["no photo"]), ["belum cukup (1 hal)", "  - no photo"]),
        (UsageError("x: no such file"), ["Perintah belum benar: x: no such file"]),
        (ModelError("m"), ["netra doctor"]),
        (OutputError("f: full"), ["tidak dapat ditulis: f: full"]),
        (DemoFilesMissingError("d"), ["Gagal: d"]),
        (PhotoError(PhotoErrorKind.EMPTY, "a.jpg: empty"), ["(berkas kosong; salin ulang dari asalnya): a.jpg: empty"]),
    ],
)
def test_a_lead_in_then_what_was_wrong(error: NetraError, expected: list[str]) -> None:
    lines = lines_of(error, Voice("id"))
    assert len(lines) == len(expected)
    assert all(words in line for words, line in zip(expected, lines, strict=True))


@pytest.mark.parametrize("kind", [UsageError, OutputError, ModelError, DemoFilesMissingError])
def test_names_in_a_mistake_reach_the_terminal_harmless(kind: type[NetraError]) -> None:
    (line,) = lines_of(kind("a\x1b[2J\u202e.jpg: no such file"), Voice("id"))
    assert line.endswith(r"a\x1b[2J\u202e.jpg: no such file")
    assert r"\x1b[2J" in lines_of(ConfigError(["E.toml:1: got \x1b[2J"]), Voice("id"))[1]


def test_a_mistake_of_several_lines_keeps_them() -> None:
    lines = lines_of(UsageError("a: no such file\nb: no such file"), Voice("en"))
    assert lines[0].endswith(" a: no such file")
    assert lines[1:] == ["  b: no such file"]


def test_a_mistake_that_is_there_in_both_languages_is_told_in_the_users() -> None:
    said = Both("E.toml:3: seharusnya satu\nE.toml:4: dua", "E.toml:3: expected one\nE.toml:4: two")
    assert lines_of(ConfigError([said]), Voice("id"))[1:] == ["  - E.toml:3: seharusnya satu", "  - E.toml:4: dua"]
    assert lines_of(OutputError(said), Voice("id"))[0].endswith(" E.toml:3: seharusnya satu")
    assert lines_of(OutputError(said), Voice("en"))[0].endswith(" E.toml:3: expected one")


def test_in_english() -> None:
    assert lines_of(ConfigError(["a"]), Voice("en"))[0] == "The election file or the rulebook is not right yet (1):"
