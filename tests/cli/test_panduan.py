"""The officer's handbook: each command in it is one that the program takes, and each page it names is there."""

import re
import shlex
from pathlib import Path

import click
import pytest
from click.exceptions import Exit

import cli

ROOT = Path(__file__).resolve().parents[2]
PAGES = ("panduan.md", "dpia-templat.md")
BLOCK = re.compile(r"^```sh\n(.*?)^```", re.MULTILINE | re.DOTALL)
INLINE = re.compile(r"(?<!`)`(netra [^`]+)`(?!`)")
LINK = re.compile(r"\]\(([^)#\s]+)(#[^)]*)?\)")
VERDICTS = re.compile(r"bersalah|terbukti|pelaku\b|tersangka|kejahatan", re.IGNORECASE)


def text_of(page: str) -> str:
    return (ROOT / "docs" / page).read_text("utf-8")


def whole_commands() -> list[str]:
    """The lines of the handbook's shell blocks, with those that go on joined."""
    lines = "".join(BLOCK.findall(text_of("panduan.md"))).replace("\\\n", " ").splitlines()
    return [line for line in lines if line.strip()]


def mentioned() -> list[tuple[str, str]]:
    return [(page, command) for page in PAGES for command in INLINE.findall(text_of(page))]


def parse(words: list[str]) -> click.Context:
    """What click makes of a command, without running it.

    Raises:
        click.ClickException: it does not take it.
    """
    context = cli.main.make_context("netra", list(words), resilient_parsing=False)
    while isinstance(context.command, click.Group):
        rest = [*context._protected_args, *context.args]
        name, command, left = context.command.resolve_command(context, rest)
        assert command is not None
        context = command.make_context(name, left, parent=context)
    return context


@pytest.fixture(autouse=True)
def without_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("NETRA_DB", "NETRA_ELECTION", "NETRA_LANG", "NETRA_HOLIDAYS", "NETRA_ZONE", "NETRA_OPERATOR"):
        monkeypatch.delenv(name, raising=False)


def test_the_handbook_has_many_commands() -> None:
    assert len(whole_commands()) >= 30
    assert len(mentioned()) >= 10


@pytest.mark.parametrize("line", whole_commands())
def test_a_command_of_the_handbook_is_one(line: str) -> None:
    program, *words = shlex.split(line)
    assert program == "netra"
    if "--help" in words:
        with pytest.raises(Exit):
            parse(words)
    else:
        parse(words)


@pytest.mark.parametrize(("page", "command"), mentioned())
def test_a_command_that_is_mentioned_exists(page: str, command: str) -> None:
    """A mention may leave out what has to be filled in; what it has must be right."""
    _, *words = shlex.split(command)
    try:
        parse(words)
    except (click.MissingParameter, click.BadOptionUsage, Exit):  # what has to be filled in is left out
        return


@pytest.mark.parametrize("words", [["kasus"], ["case", "buka"], ["scan", "x", "--elections", "y"], ["verify"]])
def test_the_check_itself_notices_what_is_none(words: list[str]) -> None:
    with pytest.raises(click.ClickException):
        parse(words)


def test_every_command_is_in_the_handbook() -> None:
    told = text_of("panduan.md")
    names = []
    for name, command in cli.main.commands.items():
        names += (
            [f"netra {name} {each}" for each in command.commands]
            if isinstance(command, click.Group)
            else [f"netra {name}"]
        )
    missing = [name for name in names if name not in told and not name.startswith("netra evaluate")]
    assert missing == [], "measuring is for developers, everything else an officer may need"


@pytest.mark.parametrize("page", PAGES)
def test_every_page_that_is_named_is_there(page: str) -> None:
    paths = [path for path, _ in LINK.findall(text_of(page)) if "://" not in path]
    assert paths
    assert [path for path in paths if path and not (ROOT / "docs" / path).exists()] == []


def test_the_table_of_contents_leads_somewhere() -> None:
    told = text_of("panduan.md")
    headings = {
        re.sub(r"[^\w -]", "", line.lstrip("# ").lower()).replace(" ", "-")
        for line in told.splitlines()
        if line.startswith("## ")
    }
    anchors = re.findall(r"\]\(#([^)]+)\)", told)
    assert len(anchors) == len(headings) == 16
    assert set(anchors) == headings


@pytest.mark.parametrize("page", PAGES)
def test_no_word_of_a_verdict_is_the_machines(page: str) -> None:
    """Addresses of news pages may have such words; the text itself has none."""
    assert VERDICTS.findall(re.sub(r"\]\([^)]*\)", "]", text_of(page))) == []


def test_files_and_tests_that_the_impact_assessment_names_exist() -> None:
    named = re.findall(
        r"`((?:tests|casework|console|candidates|screening|vision|docs|netra)/[\w/.-]+)`", text_of(PAGES[1])
    )
    assert len(named) > 15
    assert sorted({path for path in named if not (ROOT / path).exists()}) == []


def test_tests_that_the_impact_assessment_names_exist() -> None:
    named = re.findall(r"`(tests/[\w/.]+\.py)::(\w+)`", text_of(PAGES[1]))
    missing = [name for path, name in named if f"def {name}(" not in (ROOT / path).read_text("utf-8")]
    assert missing == []
