"""Both languages say the same things, and neither says what is for people to decide."""

import ast
import re
from collections.abc import Mapping
from enum import StrEnum
from pathlib import Path

import pytest

from candidates.bands import Band
from candidates.likeness import Need
from candidates.report import RemarkKind, Severity
from casework.case_file import CaseState, Refusal
from casework.deadlines import DayCount, ElectionKind, Start
from casework.originals import Outcome as FileOutcome
from casework.retention import Block
from casework.verify import Fault
from console import (
    case_texts,
    database_texts,
    doctor_texts,
    enrolment_texts,
    evaluate_hands_texts,
    evaluate_texts,
    export_texts,
    manifest_texts,
    retention_texts,
    subject_texts,
    texts,
    verify_texts,
    wrong_use_texts,
)
from console.voice import Message, Voice, placeholders
from evaluation.hands_results import Outcome
from evaluation.hands_samples import HandLeftOut
from evaluation.samples import LeftOut
from evaluation.trials import Method
from netra.errors import PhotoErrorKind
from netra.photo_errors import PHOTO_ERRORS
from screening.findings import Category, Strength
from screening.record import Status
from screening.upload_facts import Flaw, TimeKind, TimeNote, TimeSource
from screening.uploads import SkipReason
from vision.quality import Part

ROOT = Path(__file__).resolve().parents[2]
MODULES = (
    texts,
    database_texts,
    doctor_texts,
    enrolment_texts,
    evaluate_texts,
    evaluate_hands_texts,
    export_texts,
    manifest_texts,
    verify_texts,
    wrong_use_texts,
    case_texts,
    retention_texts,
    subject_texts,
)
NAMED = {
    f"{module.__name__.rpartition('.')[2]}.{name}": value for module in MODULES for name, value in vars(module).items()
}
MESSAGES = {name: value for name, value in NAMED.items() if isinstance(value, Message)}
TABLES = {
    name: value for name, value in NAMED.items() if isinstance(value, Mapping) and name.rpartition(".")[2].isupper()
}
WORDS = tuple(module.__name__.rpartition(".")[2] for module in MODULES)

# Words of a judgement, which netra never gives: broken rule, guilty, proven, offence, offender, violation.
VERDICTS = re.compile(
    r"langgar|bersalah|terbukti|kejahatan|pelaku|violat|guilty|proven|offen[cd]|culprit", re.IGNORECASE
)


def everything() -> list[Message]:
    return [*MESSAGES.values(), *(message for table in TABLES.values() for message in table.values())]


def test_there_are_messages() -> None:
    assert len(everything()) > 100


@pytest.mark.parametrize(
    ("table", "kind"),
    [
        (texts.CATEGORIES, Category),
        (texts.STRENGTHS, Strength),
        (texts.BANDS, Band),
        (texts.STATUSES, Status),
        (PHOTO_ERRORS, PhotoErrorKind),
        (texts.SKIP_REASONS, SkipReason),
        (texts.REMARKS, RemarkKind),
        (texts.SEVERITIES, Severity),
        (case_texts.REFUSALS, Refusal),
        (case_texts.STATES, CaseState),
        (case_texts.KINDS, ElectionKind),
        (case_texts.DAY_COUNTS, DayCount),
        (case_texts.STARTS, Start),
        (retention_texts.BLOCKS, Block),
        (retention_texts.OUTCOMES, FileOutcome),
        (enrolment_texts.PARTS, Part),
        (enrolment_texts.NEEDS, Need),
        (manifest_texts.KINDS, TimeKind),
        (manifest_texts.SOURCES, TimeSource),
        (manifest_texts.NOTES, TimeNote),
        (manifest_texts.FLAWS, Flaw),
        (evaluate_texts.LEFT_OUT, LeftOut),
        (evaluate_texts.METHODS, Method),
        (evaluate_texts.BANDS_FROM, Band),
        (evaluate_hands_texts.LEFT_OUT, HandLeftOut),
        (evaluate_hands_texts.OUTCOMES, Outcome),
        (verify_texts.FAULTS, Fault),
    ],
)
def test_every_value_of_the_schema_has_words(table: Mapping[str, Message], kind: type[StrEnum]) -> None:
    assert set(table) == {each.value for each in kind}


def test_no_text_gives_a_verdict() -> None:
    assert [message for message in everything() if VERDICTS.search(message.id) or VERDICTS.search(message.en)] == []
    for path in (ROOT / "cli.py", *(ROOT / "console").glob("*_commands.py")):
        assert not VERDICTS.search(path.read_text(encoding="utf-8"))


def test_the_two_languages_differ_where_a_sentence_is_said() -> None:
    same = {message.id for message in everything() if message.id == message.en and len(message.id.split()) > 3}
    # formats without words of their own
    assert {text for text in same if re.sub(r"\{\w+\}|no\.|[^a-z]", "", text)} == set()


def test_every_message_is_used() -> None:
    sources = [(ROOT / "cli.py").read_text(encoding="utf-8")]
    sources += [path.read_text(encoding="utf-8") for path in (ROOT / "console").glob("*.py") if path.stem not in WORDS]
    used = {
        node.attr
        for source in sources
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id in WORDS
    }
    assert {name for name in MESSAGES | TABLES if name.rpartition(".")[2] not in used} == set()


@pytest.mark.parametrize(("indonesian", "english"), [("", "x"), ("x", " "), ("{a}", "{b}"), ("{a}", "a")])
def test_a_message_that_is_not_the_same_in_both_is_not_made(indonesian: str, english: str) -> None:
    with pytest.raises(ValueError, match="expected"):
        Message(indonesian, english)


def test_placeholders_are_those_in_braces() -> None:
    assert placeholders("{a} dari {b}, {a} {{c}}") == {"a", "b"}


def test_a_voice_speaks_its_language() -> None:
    message = Message("{count} foto", "{count} photos")
    assert Voice("id")(message, count=12400) == "12.400 foto"
    assert Voice("en")(message, count=12400) == "12,400 photos"
    assert Voice("id").decimal(0.714) == "0,71"
    assert Voice("en").decimal(1234.5, 1) == "1,234.5"
    assert Voice("en").either("ya", "yes") == "yes"


def test_what_is_filled_in_reaches_the_terminal_harmless() -> None:
    message = Message("{path}: ada", "{path}: exists")
    assert Voice("en")(message, path=Path("a\x1b[2J\n\u202eb.jpg")) == r"a\x1b[2J\n\u202eb.jpg: exists"
    assert Voice("en")(message, path="Ni Luh Putu Ayu – 👩‍🏫") == "Ni Luh Putu Ayu – 👩‍🏫: exists"
