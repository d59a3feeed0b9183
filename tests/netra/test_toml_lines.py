"""Lines of keys, on documents whose lines are known because the test wrote them."""

import tomllib
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from netra.toml_lines import KeyPath, line_of_each_key, nearest_line


def paths_of(value: object, at: KeyPath = ()) -> set[KeyPath]:
    """Every path in what tomllib read."""
    here = {at} if at else set()
    if isinstance(value, dict):
        return here.union(*(paths_of(inner, (*at, key)) for key, inner in value.items()))
    if isinstance(value, list):
        return here.union(*(paths_of(inner, (*at, i)) for i, inner in enumerate(value)))
    return here


class Writer:
    """Writes a document in many ways and notes where it put each key."""

    def __init__(self, draw: Callable[..., Any]) -> None:
        self.draw = draw
        self.text = ""
        self.lines: dict[KeyPath, int] = {}

    def put(self, text: str) -> None:
        self.text += text

    def note(self, path: KeyPath) -> None:
        self.lines.setdefault(path, self.text.count("\n") + 1)

    def filler(self) -> None:
        self.put(self.draw(st.sampled_from(["", "\n", "# [not] = 'a table'\n", '  # """ quote\n\n', "\t\n"])))

    def key(self) -> tuple[str, str]:
        """A fresh key and how it is written."""
        name = f"k{len(self.lines)}" + self.draw(st.sampled_from(["", "-x", "_y", ".z", " w", '"', "é#=", "]"]))
        if name.replace("-", "").replace("_", "").isascii() and name.replace("-", "").replace("_", "").isalnum():
            return name, self.draw(st.sampled_from([name, f'"{name}"', f"'{name}'"]))
        return name, '"' + name.replace('"', '\\"') + '"'

    def scalar(self) -> str:
        plain = ["1", "-2.5e3", "true", "2024-11-27", "2024-11-27 10:00:00", "0xff", "inf"]
        quoted = ['""', "''", '"a\\"b"', '"c\\\\"', "'d\\'", '"# ] } ,"', "'\"'"]
        long = ['"""\nx\n"y" ""\n"""', "'''\n' ''\n'''", '"""a\\"""b"""', '"""end"""""', "'''end'''''", '"""\\\n  z"""']
        return str(self.draw(st.sampled_from(plain + quoted + long)))

    def value(self, path: KeyPath, depth: int) -> None:
        kind = self.draw(st.sampled_from(["scalar", "scalar", "array", "inline"])) if depth else "scalar"
        if kind == "scalar":
            self.put(self.scalar())
        elif kind == "array":
            self.put("[")
            for i in range(self.draw(st.integers(0, 3))):
                self.put("," if i else "")
                self.put(self.draw(st.sampled_from(["", " ", "\n  ", " # , ]\n", "\n\n"])))
                self.note((*path, i))
                self.value((*path, i), depth - 1)
                self.put(self.draw(st.sampled_from(["", " ", "\n", " # x\n"])))
            self.put("]")
        else:
            self.put("{")
            for i in range(self.draw(st.integers(0, 2))):
                self.put(", " if i else " ")
                self.entry(path, depth - 1)
            self.put(" }")

    def entry(self, table: KeyPath, depth: int) -> None:
        path = table
        written = []
        for _ in range(self.draw(st.integers(1, 2))):
            name, how = self.key()
            path = (*path, name)
            self.note(path)
            written.append(how)
        self.put(self.draw(st.sampled_from([".", " . "])).join(written))
        self.put(self.draw(st.sampled_from([" = ", "=", "\t=  "])))
        self.value(path, depth)

    def entries(self, table: KeyPath) -> None:
        for _ in range(self.draw(st.integers(0, 3))):
            self.filler()
            self.entry(table, 2)
            self.put(self.draw(st.sampled_from(["\n", "  # done\n", "\t\n"])))

    def document(self) -> None:
        self.entries(())
        for _ in range(self.draw(st.integers(0, 4))):
            self.filler()
            name, how = self.key()
            if self.draw(st.booleans()):
                self.note((name,))
                self.put(f"[{how}]\n")
                self.entries((name,))
                continue
            for i in range(self.draw(st.integers(1, 3))):
                self.note((name,))
                self.note((name, i))
                self.put(f"[[ {how} ]]  # one more\n")
                self.entries((name, i))
                for j in range(self.draw(st.integers(0, 2))):
                    self.note((name, i, "inner"))
                    self.note((name, i, "inner", j))
                    self.put(f"[[{how}.inner]]\n")
                    self.entries((name, i, "inner", j))


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.data())
def test_every_key_has_the_line_on_which_it_was_written(data: st.DataObject) -> None:
    writer = Writer(data.draw)
    writer.document()
    document = tomllib.loads(writer.text)
    lines = line_of_each_key(writer.text)
    assert set(lines) == paths_of(document)
    assert lines == writer.lines


def test_lines_do_not_depend_on_windows_line_ends() -> None:
    text = 'a = 1\n[b]\nc = [\n  "x",\n  "y"]\n'
    assert line_of_each_key(text.replace("\n", "\r\n")) == line_of_each_key(text)


def test_a_table_named_before_its_parent() -> None:
    lines = line_of_each_key("[a.b]\nx = 1\n[a]\ny = 2\n")
    assert lines == {("a",): 1, ("a", "b"): 1, ("a", "b", "x"): 2, ("a", "y"): 4}


@pytest.mark.parametrize("text", ["", "\n\n", "# only a comment"])
def test_an_empty_document_has_no_keys(text: str) -> None:
    assert line_of_each_key(text) == {}


def test_the_nearest_line_is_that_of_the_table_around() -> None:
    lines = line_of_each_key("\n[a]\nb = 1\n")
    assert nearest_line(lines, ("a", "missing", 3)) == 2
    assert nearest_line(lines, ("nowhere",)) == 1
