"""Reading a TOML file that people wrote, so that every mistake becomes one line they can act on.

``read_toml`` opens and parses; ``TomlFile.validate`` checks the document against a pydantic model and returns either
the model or the list of mistakes; ``TomlFile.problem`` words a mistake that only the caller can see. pydantic is
imported when something is validated, not before: the command line must start without it.
"""

import difflib
import re
import tomllib
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, TypeVar, get_args

from netra.errors import ConfigError
from netra.toml_lines import KeyPath, line_of_each_key, nearest_line

if TYPE_CHECKING:
    from pydantic import BaseModel
    from pydantic_core import ErrorDetails

MAX_BYTES: Final = 4 * 1024 * 1024
"""An election of a thousand tickets takes 0.5 MiB; what is larger is some other file, named by mistake."""

Model = TypeVar("Model", bound="BaseModel")
Located = tuple[int, str]
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

    def problem(self, path: KeyPath, expected: str, got: str, advice: str = "") -> Located:
        """One mistake in words: ``FILE:LINE: KEY: expected ..., got ...; advice``."""
        line = self.line(path)
        key = f"{dotted(path)}: " if path else ""
        hint = f"; {advice}" if advice else ""
        return line, f"{self.path}:{line}: {key}expected {expected}, got {got}{hint}"

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
            return self.problem(path, f"the key {name!r}", "nothing", f"add a line that begins with `{name} =`")
        if kind == "extra_forbidden":
            known = _fields_at(model, path[:-1])
            return self.problem(path, "a key that netra knows", repr(path[-1]), suggestion(str(path[-1]), known))
        if kind == "list_type" and isinstance(detail["input"], dict):
            name = dotted(tuple(part for part in path if isinstance(part, str)))
            return self.problem(path, "a list of tables", got, f"write [[{name}]] instead of [{name}]")
        if kind in _WORDS:
            expected, advice = _WORDS[kind]({**context, "of": _one_of(path)})
            return self.problem(path, expected, got, advice)
        return self.problem(path, "something else", got, detail["msg"])


def read_toml(path: Path, what: str) -> TomlFile:
    """Open and parse a file.

    Args:
        path: where it is; kept as it stands for messages.
        what: what the file is to the user, for example "election file".

    Raises:
        ConfigError: the file is missing, a folder, unreadable, too large, not UTF-8, or not valid TOML.
    """
    try:
        if path.is_dir():
            raise ConfigError([f"{path}: expected the {what}, got a folder; name the .toml file inside it"])
        if not path.is_file():
            raise ConfigError([f"{path}: expected the {what}, got no such file; check the name and the folder"])
        with path.open("rb") as file:
            data = file.read(MAX_BYTES + 1)
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise ConfigError([f"{path}: the {what} cannot be read ({reason}); check who may open it"]) from error
    if len(data) > MAX_BYTES:
        raise ConfigError([f"{path}: expected the {what}, got more than {MAX_BYTES // 1024**2} MiB; is it this file?"])
    text = _decoded(path, what, data)
    try:
        document = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise ConfigError([_syntax(path, text, str(error))]) from error
    except RecursionError as error:
        raise ConfigError(
            [f"{path}: expected the {what}, got brackets nested far too deep; is it this file?"]
        ) from error
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


def suggestion(word: str, known: Collection[str]) -> str:
    """What to say after an unknown word: the nearest known one where one is near, and the list of all."""
    near = difflib.get_close_matches(word.lower().replace("-", "_"), known, n=1, cutoff=0.6)
    listed = "known are " + ", ".join(known) if known else "none is known here"
    return f"did you mean {near[0]!r}? {listed}" if near else listed


def shown(value: object) -> str:
    """A value of a document as a message shows it."""
    if isinstance(value, str):
        return f'"{value if len(value) <= 60 else value[:57] + "..."}"' if value else "an empty text"
    if isinstance(value, list):
        return f"a list of {len(value)}" if value else "an empty list"
    if isinstance(value, dict):
        return "a table"
    # bool before int and datetime before date: each is also the other
    for kind, words in ((bool, ""), (datetime, "the date with time "), (date, "the date "), (time, "the time ")):
        if isinstance(value, kind):
            return words + str(value).lower()
    return f"the number {value}"


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


_WORDS: Final[Mapping[str, Callable[[Mapping[str, Any]], tuple[str, str]]]] = {
    # pydantic's kind of error -> what was expected, and what to do
    "string_type": lambda _: ('text between quotes, such as "abc"', ""),
    "string_too_short": lambda _: ("text that is not empty", "write it between the quotes"),
    "string_pattern_mismatch": lambda _: (
        "small letters, digits and single hyphens",
        'write it like "sari-dewi"',
    ),
    "int_type": lambda _: ("a whole number without quotes", ""),
    "float_type": lambda _: ("a number without quotes", ""),
    "bool_type": lambda _: ("true or false without quotes", ""),
    "date_type": lambda _: ("a date without quotes, such as 2024-11-27", ""),
    "date_from_datetime_inexact": lambda _: ("a date without a time, such as 2024-11-27", ""),
    "list_type": lambda _: ("a list between square brackets", ""),
    "dict_type": lambda _: ("a table", ""),
    "model_type": lambda _: ("a table", "begin it with a line such as [name] or [[name]]"),
    "too_short": lambda context: (f"at least one {context['of']}", f"add a {context['of']} to the list"),
    "too_long": lambda context: (f"at most {context['max_length']} of them", "take some away"),
    "greater_than_equal": lambda context: (f"{context['ge']} or more", ""),
    "less_than_equal": lambda context: (f"{context['le']} or less", ""),
    "enum": lambda context: (f"one of {context['expected']}", ""),
}

_ENCODINGS: Final = (
    (b"\xff\xfe\x00\x00", "UTF-32"),
    (b"\x00\x00\xfe\xff", "UTF-32"),
    (b"\xff\xfe", "UTF-16"),
    (b"\xfe\xff", "UTF-16"),
)


def _decoded(path: Path, what: str, data: bytes) -> str:
    for mark, name in _ENCODINGS:
        if data.startswith(mark):
            raise ConfigError([f"{path}: expected the {what} in UTF-8, got {name}; save it again as UTF-8"])
    data = data.removeprefix(b"\xef\xbb\xbf")  # Windows' Notepad writes this mark before UTF-8; it means nothing
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        problem = f"expected the {what} in UTF-8, got byte 0x{data[error.start]:02x}; save it again as UTF-8"
        raise ConfigError([f"{path}:{line}: {problem}"]) from error


def _syntax(path: Path, text: str, message: str) -> str:
    found = re.search(r" ?\(at (?:line (\d+), column (\d+)|end of document)\)$", message)
    line = int(found[1]) if found and found[1] else text.count("\n") + 1
    column = f", column {found[2]}" if found and found[2] else ""
    said = (message[: found.start()] if found else message).rstrip(".")
    advice = "write / instead of \\ in paths" if "\\" in said else "compare it with the example in the manual"
    return f"{path}:{line}: expected valid TOML, got a mistake{column} ({said}); {advice}"
