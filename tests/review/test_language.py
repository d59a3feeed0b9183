"""Every text of the page has its English, with the same placeholders; no English is left over."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Message
from babel.messages.pofile import read_po
from jinja2 import Environment, nodes

from review.language import FOLDER, catalog_of, say

ROOM = Path(__file__).resolve().parents[2] / "review"
_PLACE = re.compile(r"%\((\w+)\)s")


def of_code() -> Iterator[tuple[str, str]]:
    """Texts in ``marked(...)``: where, and what; anything but a literal there is a mistake."""
    for path in sorted(ROOM.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Name) or node.func.id != "marked":
                continue
            where = f"{path.relative_to(ROOM)}:{node.lineno}"
            text = node.args[0] if node.args else None
            assert isinstance(text, ast.Constant), f"{where}: marked() wants the text itself"
            assert isinstance(text.value, str), where
            yield where, text.value


def of_templates() -> Iterator[tuple[str, str]]:
    """Texts in ``_(...)`` and ``{% trans %}`` of templates."""
    environment = Environment(trim_blocks=True, lstrip_blocks=True, extensions=["jinja2.ext.i18n"], autoescape=True)
    for path in sorted((ROOM / "templates").rglob("*.html")):
        tree = environment.parse(path.read_text("utf-8"))
        for call in tree.find_all(nodes.Call):
            if not isinstance(call.node, nodes.Name) or call.node.name not in ("_", "gettext", "ngettext"):
                continue
            where = f"{path.relative_to(ROOM)}:{call.lineno}"
            for text in call.args[: 2 if call.node.name == "ngettext" else 1]:
                assert isinstance(text, nodes.Const), (
                    f"{where}: _() wants the text itself; a variable goes through |text"
                )
                yield where, str(text.value)


def english() -> dict[str, str]:
    return {str(message.id): str(message.string or "") for message in catalog_of("en") if message.id}


def everything() -> list[tuple[str, str]]:
    return [*of_code(), *of_templates()]


def test_texts_are_found() -> None:
    texts = {text for _, text in everything()}
    assert {"Log audit", "Anda sudah keluar.", "Langsung ke isi"} <= texts


def test_every_text_has_its_english() -> None:
    there = english()
    missing = [f"{where}: {text}" for where, text in everything() if not there.get(text)]
    assert not missing, f"{len(missing)} without English:\n" + "\n".join(missing)


def test_placeholders_are_the_same() -> None:
    wrong = [f"{text} -> {said}" for text, said in english().items() if places(text) != places(said)]
    assert not wrong, "\n".join(wrong)


def places(text: str) -> list[str]:
    return sorted(set(_PLACE.findall(text)))


def test_no_english_is_left_over() -> None:
    used = {text for _, text in everything()}
    unused = [f"{file.name}: {message.id}" for file, message in entries() if message.id not in used]
    assert not unused, f"{len(unused)} not used:\n" + "\n".join(unused)


def entries() -> Iterator[tuple[Path, Message]]:
    for file in sorted((FOLDER / "en").glob("*.po")):
        with file.open("rb") as stream:
            yield from ((file, message) for message in read_po(stream, locale="en") if message.id)


def test_no_entry_is_doubtful() -> None:
    doubtful = [f"{file.name}: {message.id}" for file, message in entries() if message.fuzzy]
    assert not doubtful, "\n".join(doubtful)


def test_texts_can_be_filled_in() -> None:
    """A per cent sign that is no placeholder would break ``_()`` of a template, which always fills in."""
    stray = [f"{where}: {text}" for where, text in of_templates() if "%" in _PLACE.sub("", text).replace("%%", "")]
    assert not stray, "\n".join(stray)


def test_what_is_not_known_stays_as_it_is() -> None:
    assert say("en", "bukan teks halaman ini") == "bukan teks halaman ini"
