"""Reading a TOML file that people wrote, so that every mistake becomes one line they can act on.

``read_toml`` opens and parses; ``TomlFile.validate`` checks the document against a pydantic model and returns either
the model or the list of mistakes; ``TomlFile.problem`` words a mistake that only the caller can see. pydantic is
imported when something is validated, not before: the command line must start without it.
"""

import difflib
import re
import tomllib
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, TypeVar, get_args

from netra import toml_texts as texts
from netra.both import Both, both
from netra.errors import ConfigError
from netra.toml_lines import KeyPath, line_of_each_key, nearest_line

if TYPE_CHECKING:
    from pydantic import BaseModel
    from pydantic_core import ErrorDetails

MAX_BYTES: Final = 4 * 1024 * 1024
"""An election of a thousand tickets takes 0.5 MiB; what is larger is some other file, named by mistake."""

Model = TypeVar("Model", bound="BaseModel")
Located = tuple[int, str | Both]
"""A mistake: the line to sort by, and the whole text with file and line."""


@dataclass(frozen=True, slots=True, eq=False)
class TomlFile:
    """A parsed document that still knows its lines.

    Attributes:
        path: the file as the user named it.
        document: what tomllib made of it.
        lines: the line on which each key path begins.
    """

    path: Path
    document: Mapping[str, Any]
    lines: Mapping[KeyPath, int]

    def problem(self, path: KeyPath, expected: str | Both, got: str | Both, advice: str | Both = "") -> tuple[int, str]:
        """One mistake in English: ``FILE:LINE: KEY: expected ..., got ...; advice``."""
        line, said = self.mistake(path, both(expected), got, advice)
        return line, said.en

    def mistake(self, path: KeyPath, expected: Both, got: str | Both, advice: str | Both = "") -> tuple[int, Both]:
        """The same in both languages."""
        line = self.line(path)
        hint = both(advice)
        said = texts.PROBLEM.filled(
            where=f"{self.path}:{line}",
            key=f"{dotted(path)}: " if path else "",
            expected=expected,
            got=got,
            advice=Both(hint.id and f"; {hint.id}", hint.en and f"; {hint.en}"),
        )
        return line, said

    def line(self, path: KeyPath) -> int:
        """The line of a key path, or of the nearest table around it."""
        return nearest_line(self.lines, path)

    def find(self, *pattern: str) -> Iterator[tuple[KeyPath, Any]]:
        """Everything in the document at a pattern such as ``tickets, *, number``, whatever its type, in file order.

        ``*`` stands for each element of a list; what is not there is left out.
        """
        yield from _found(self.document, (), pattern)

    def validate(self, model: type[Model]) -> tuple[tuple[Model, ...], list[Located]]:
        """The document as ``model``, or nothing and every mistake that pydantic saw."""
        from pydantic import ValidationError

        try:
            return (model.model_validate(self.document),), []
        except ValidationError as error:
            return (), [self._from_pydantic(model, detail) for detail in error.errors(include_url=False)]

    def _from_pydantic(self, model: type["BaseModel"], detail: "ErrorDetails") -> Located:
        path: KeyPath = tuple(detail["loc"])
        kind, context, got = detail["type"], detail.get("ctx", {}), shown(detail["input"])
        if kind == "missing":
            name = path[-1]
            return self.mistake(
                path, texts.THE_KEY.filled(name=name), texts.NOTHING, texts.ADD_A_LINE.filled(name=name)
            )
        if kind == "extra_forbidden":
            known = _fields_at(model, path[:-1])
            return self.mistake(path, texts.KNOWN_KEY, repr(path[-1]), suggestion(str(path[-1]), known))
        if kind == "list_type" and isinstance(detail["input"], dict):
            name = dotted(tuple(part for part in path if isinstance(part, str)))
            return self.mistake(path, texts.LIST_OF_TABLES, got, texts.TWO_BRACKETS.filled(name=name))
        if kind in texts.WORDS:
            expected, advice = texts.WORDS[kind]({**context, "of": _one_of(path)})
            return self.mistake(path, expected, got, advice)
        return self.mistake(path, texts.SOMETHING_ELSE, got, detail["msg"])


def read_toml(path: Path, what: str | Both) -> TomlFile:
    """Open and parse a file.

    Args:
        path: where it is; kept as it stands for messages.
        what: what the file is to the user, for example "election file".

    Raises:
        ConfigError: the file is missing, a folder, unreadable, too large, not UTF-8, or not valid TOML.
    """
    try:
        if path.is_dir():
            raise ConfigError([texts.FOLDER.filled(path=path, what=what)])
        if not path.is_file():
            raise ConfigError([texts.NO_FILE.filled(path=path, what=what)])
        with path.open("rb") as file:
            data = file.read(MAX_BYTES + 1)
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise ConfigError([texts.NOT_READ.filled(path=path, what=what, reason=reason)]) from error
    if len(data) > MAX_BYTES:
        raise ConfigError([texts.TOO_LARGE.filled(path=path, what=what, mebibytes=MAX_BYTES // 1024**2)])
    text = _decoded(path, what, data)
    try:
        document = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise ConfigError([_syntax(path, text, str(error))]) from error
    except RecursionError as error:
        raise ConfigError([texts.TOO_DEEP.filled(path=path, what=what)]) from error
    return TomlFile(path, document, line_of_each_key(text))


def raise_problems(problems: Collection[Located]) -> None:
    """Raise all mistakes as one ConfigError, in file order and each once; do nothing where there is none."""
    if problems:
        raise ConfigError(list(dict.fromkeys(text for _, text in sorted(problems, key=lambda problem: problem[0]))))


def dotted(path: KeyPath) -> str:
    """``("tickets", 0, "name")`` as people write it: ``tickets[0].name``."""
    text = ""
    for part in path:
        text += f"[{part}]" if isinstance(part, int) else f".{part}" if text else part
    return text


def suggestion(word: str, known: Collection[str]) -> Both:
    """What to say after an unknown word: the nearest known one where one is near, and the list of all."""
    near = difflib.get_close_matches(word.lower().replace("-", "_"), known, n=1, cutoff=0.6)
    listed = texts.KNOWN.filled(names=", ".join(known)) if known else texts.NONE_KNOWN
    return texts.SUGGESTED.filled(near=near[0], known=listed) if near else listed


def shown(value: object) -> Both:
    """A value of a document as a message shows it."""
    if isinstance(value, str):
        return both(f'"{value if len(value) <= 60 else value[:57] + "..."}"') if value else texts.EMPTY_TEXT
    if isinstance(value, list):
        return texts.LIST_OF.filled(count=len(value)) if value else texts.EMPTY_LIST
    if isinstance(value, dict):
        return texts.A_TABLE
    if isinstance(value, bool):  # before int, as it is one
        return both(str(value).lower())
    # datetime before date: it is one, too
    for kind, words in ((datetime, texts.MOMENT), (date, texts.DATE), (time, texts.TIME)):
        if isinstance(value, kind):
            return words.filled(value=value)
    return texts.NUMBER.filled(value=value)


def _found(value: object, at: KeyPath, pattern: tuple[str, ...]) -> Iterator[tuple[KeyPath, Any]]:
    if not pattern:
        yield at, value
    elif pattern[0] == "*" and isinstance(value, list):
        for i, element in enumerate(value):
            yield from _found(element, (*at, i), pattern[1:])
    elif isinstance(value, dict) and pattern[0] in value:
        yield from _found(value[pattern[0]], (*at, pattern[0]), pattern[1:])


def _fields_at(model: type["BaseModel"], path: KeyPath) -> tuple[str, ...]:
    """The keys that may stand in the table at ``path`` of a document of this model."""
    from pydantic import BaseModel

    here: type[BaseModel] = model
    for part in path:
        if isinstance(part, str) and part in here.model_fields:
            for inner in _within(here.model_fields[part].annotation):
                if isinstance(inner, type) and issubclass(inner, BaseModel):
                    here = inner
    return tuple(here.model_fields)


def _within(annotation: object) -> list[object]:
    return [annotation, *(deeper for argument in get_args(annotation) for deeper in _within(argument))]


def _one_of(path: KeyPath) -> str:
    name = path[-1] if path else ""
    return name[:-1] if isinstance(name, str) and name.endswith("s") and not name.endswith("is") else "entry"


_ENCODINGS: Final = (
    (b"\xff\xfe\x00\x00", "UTF-32"),
    (b"\x00\x00\xfe\xff", "UTF-32"),
    (b"\xff\xfe", "UTF-16"),
    (b"\xfe\xff", "UTF-16"),
)


def _decoded(path: Path, what: str | Both, data: bytes) -> str:
    for mark, name in _ENCODINGS:
        if data.startswith(mark):
            raise ConfigError([texts.OTHER_ENCODING.filled(path=path, what=what, name=name)])
    data = data.removeprefix(b"\xef\xbb\xbf")  # Windows' Notepad writes this mark before UTF-8; it means nothing
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        line, byte = data.count(b"\n", 0, error.start) + 1, f"{data[error.start]:02x}"
        raise ConfigError([texts.NOT_UTF8.filled(path=path, what=what, line=line, byte=byte)]) from error


def _syntax(path: Path, text: str, message: str) -> Both:
    found = re.search(r" ?\(at (?:line (\d+), column (\d+)|end of document)\)$", message)
    line = int(found[1]) if found and found[1] else text.count("\n") + 1
    column = texts.COLUMN.filled(number=found[2]) if found and found[2] else ""
    said = (message[: found.start()] if found else message).rstrip(".")
    advice = texts.NO_BACKSLASH if "\\" in said else texts.COMPARE
    return texts.NOT_TOML.filled(path=path, line=line, column=column, said=said, advice=advice)
