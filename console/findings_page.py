"""What ``netra findings`` prints: a table, or JSON lines."""

import json
import sys
from dataclasses import asdict

from rich.markup import escape
from rich.table import Table

from casework.database import open_database
from casework.queries import Filter, FindingPage, ListedFinding, list_findings
from console import case_texts, database_texts, texts
from console.report import err_console, out_console
from console.voice import Voice
from netra.errors import UsageError
from vision.photo_file import printable


def print_findings(voice: Voice, db: str, wanted: Filter, after: str, count: int, *, jsonl: bool) -> None:
    """Print one page.

    Args:
        voice: the language.
        db: the database as named.
        wanted: which findings.
        after: where the page begins.
        count: how many at most.
        jsonl: as JSON lines.

    Raises:
        DatabaseError: it cannot be used.
        UsageError: ``after`` is no place of a list.
    """
    with open_database(db, create=False) as database, database.read() as connection:
        try:
            page = list_findings(connection, wanted, after, count)
        except ValueError as error:
            raise UsageError(voice(database_texts.WRONG_PLACE, after=after)) from error
    if jsonl:
        for one in page.findings:
            sys.stdout.write(json.dumps(asdict(one), ensure_ascii=False) + "\n")
    elif page.findings:
        out_console().print(_table(page, voice))
    notes = err_console()
    if not page.total:
        notes.print(voice(database_texts.NO_FINDINGS))
    else:
        notes.print(voice(database_texts.FINDINGS_SHOWN, shown=len(page.findings), total=page.total))
    if page.after:
        notes.print(voice(database_texts.MORE, after=page.after))


def _table(page: FindingPage, voice: Voice) -> Table:
    table = Table(box=None, pad_edge=False)
    for head in database_texts.HEADS.values():
        table.add_column(voice(head), overflow="fold")
    for one in page.findings:
        cells = (
            str(one.id),
            voice(texts.STRENGTHS[one.strength]),
            voice(texts.CATEGORIES[one.category]),
            one.candidate,
            one.symbol,
            _state(one, voice),
            one.posted_on,
            one.uploader_id,
            one.path,
        )
        table.add_row(*(escape(printable(cell)) for cell in cells))
    return table


def _state(one: ListedFinding, voice: Voice) -> str:
    said = [voice(case_texts.FINDING_STATES[one.state])]
    said += [voice(database_texts.GONE)] if not one.current else []
    said += [voice(database_texts.CHANGED)] if one.changed else []
    return ", ".join(said)
