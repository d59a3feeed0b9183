"""Where each key of a TOML document stands: tomllib gives values without their lines, people need the line.

``line_of_each_key`` walks a document that tomllib has already accepted, so it only has to find where things begin
and end, never whether they are right.
"""

import re
import tomllib
from collections.abc import Mapping

KeyPath = tuple[str | int, ...]
"""A way into a document: ``("tickets", 1, "candidates", 0, "photos")``."""

_BARE_KEY = re.compile(r"[A-Za-z0-9_-]+")
_BLANK = " \t"
_SPACE = " \t\r\n"
_END_OF_SCALAR = re.compile(r"[,\]}#\n]")


def line_of_each_key(text: str) -> Mapping[KeyPath, int]:
    """The line (from 1) on which each table, key and array element of a valid TOML document begins.

    An element of an array counts from the line of its first character, a key from the line of the key. A table that
    only exists because a longer name mentions it has the line of that name.

    Args:
        text: a document that ``tomllib.loads`` accepts; a byte order mark is no part of it.
    """
    return _Walk(text.replace("\r\n", "\n")).run()


def nearest_line(lines: Mapping[KeyPath, int], path: KeyPath) -> int:
    """The line of a path, or of the nearest table around it where the path itself is not in the document."""
    for end in range(len(path), 0, -1):
        if path[:end] in lines:
            return lines[path[:end]]
    return 1


class _Walk:
    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 0
        self.lines: dict[KeyPath, int] = {}
        self.lengths: dict[KeyPath, int] = {}  # how many elements each array of tables has so far
        self._counted_to = 0
        self._newlines = 0

    def line(self) -> int:
        self._newlines += self.text.count("\n", self._counted_to, self.at)
        self._counted_to = self.at
        return self._newlines + 1

    def note(self, path: KeyPath, line: int) -> None:
        self.lines.setdefault(path, line)

    def skip(self, characters: str) -> None:
        while self.at < len(self.text) and self.text[self.at] in characters:
            self.at += 1

    def skip_space_and_comments(self) -> None:
        self.skip(_SPACE)
        while self.text.startswith("#", self.at):
            end = self.text.find("\n", self.at)
            self.at = len(self.text) if end < 0 else end
            self.skip(_SPACE)

    def run(self) -> dict[KeyPath, int]:
        table: KeyPath = ()
        while True:
            self.skip_space_and_comments()
            if self.at >= len(self.text):
                return self.lines
            if self.text.startswith("[", self.at):
                table = self.header()
            else:
                self.key_value(table)

    def header(self) -> KeyPath:
        line = self.line()
        is_array = self.text.startswith("[[", self.at)
        self.at += 2 if is_array else 1
        names = self.dotted_key()
        self.at += 2 if is_array else 1
        path: KeyPath = ()
        for name in names[:-1]:
            path = self.into(path, name, line)
        path = (*path, names[-1])
        self.note(path, line)
        if is_array:
            index = self.lengths.get(path, 0)
            self.lengths[path] = index + 1
            path = (*path, index)
            self.note(path, line)
        elif path in self.lengths:  # cannot follow an array of tables in a valid document; kept exact anyway
            path = (*path, self.lengths[path] - 1)
        return path

    def into(self, path: KeyPath, name: str, line: int) -> KeyPath:
        path = (*path, name)
        self.note(path, line)
        return (*path, self.lengths[path] - 1) if path in self.lengths else path

    def key_value(self, table: KeyPath) -> None:
        line = self.line()
        path = table
        for name in self.dotted_key():
            path = (*path, name)
            self.note(path, line)
        self.at += 1  # the equals sign
        self.skip(_BLANK)
        self.value(path)

    def dotted_key(self) -> list[str]:
        names = []
        while True:
            self.skip(_BLANK)
            names.append(self.simple_key())
            self.skip(_BLANK)
            if not self.text.startswith(".", self.at):
                return names
            self.at += 1

    def simple_key(self) -> str:
        start = self.at
        if self.text[start] in "\"'":
            self.string()
            quoted = self.text[start : self.at]
            return str(tomllib.loads(f"key = {quoted}")["key"])
        match = _BARE_KEY.match(self.text, start)
        if match is None:
            raise ValueError(f"line {self.line()}: expected a key; was the text read by tomllib first?")
        self.at = match.end()
        return match.group()

    def value(self, path: KeyPath) -> None:
        first = self.text[self.at]
        if first in "\"'":
            self.string()
        elif first == "[":
            self.array(path)
        elif first == "{":
            self.inline_table(path)
        else:
            match = _END_OF_SCALAR.search(self.text, self.at)
            self.at = match.start() if match else len(self.text)

    def array(self, path: KeyPath) -> None:
        self.at += 1
        index = 0
        while True:
            self.skip_space_and_comments()
            if self.text.startswith("]", self.at):
                self.at += 1
                return
            element = (*path, index)
            self.note(element, self.line())
            self.value(element)
            index += 1
            self.skip_space_and_comments()
            if self.text.startswith(",", self.at):
                self.at += 1

    def inline_table(self, path: KeyPath) -> None:
        self.at += 1
        while True:
            self.skip_space_and_comments()  # TOML 1.1 allows line breaks here, 1.0 only blanks
            if self.text.startswith("}", self.at):
                self.at += 1
                return
            self.key_value(path)
            self.skip_space_and_comments()
            if self.text.startswith(",", self.at):
                self.at += 1

    def string(self) -> None:
        quote = self.text[self.at]
        long = self.text.startswith(quote * 3, self.at)
        end = quote * 3 if long else quote
        self.at += len(end)
        while not self.text.startswith(end, self.at):
            self.at += 2 if quote == '"' and self.text[self.at] == "\\" else 1
        self.at += len(end)
        if long:  # up to two quotes may stand right before the closing three
            extra = 0
            while extra < 2 and self.text.startswith(quote, self.at):
                self.at += 1
                extra += 1
