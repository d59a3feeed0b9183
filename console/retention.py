"""``netra retention``: shows what may be deleted and what stands in the way, and deletes it where that is asked for."""

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Final

from casework import retention
from casework.case_file import Refusal
from casework.database import Database
from casework.deletion import Deletion, Purge, delete_planned, purge_file
from casework.explained import Explained, decisions_explained
from casework.originals import Original, Outcome, delete_originals, originals_of
from casework.retention import Block, Kept, Plan
from console import case_texts, retention_texts
from console.desk import Desk
from console.report import out_console
from console.voice import Voice
from netra.errors import UsageError

EXIT_SOME_STAYED: Final = 3
_HASH: Final = re.compile(r"sha256:[0-9a-f]{64}")


@dataclass(frozen=True, slots=True)
class Wanted:
    """What was typed.

    Attributes:
        on: a day, or empty for today.
        number, photo, uploader: one case, photo or uploader; empty for all cases that are due.
        unused_days: photos without a finding that are older; None where not asked for.
        dry_run, delete, files: whether to show only, to delete, and to delete the originals too.
        reason: why.
    """

    on: str
    number: str
    photo: str
    uploader: str
    unused_days: int | None
    dry_run: bool
    delete: bool
    files: bool
    reason: str


def show_retention(desk: Desk, wanted: Wanted) -> int:
    """Show what is due, and delete it where that is asked for."""
    day = _checked(desk, wanted)
    page = _Page(desk)
    stayed = False
    with desk.database() as database:
        plans = _plans(desk, database, wanted, day)
        files = {plan: _files(database, plan) for plan in plans if not plan.is_empty}
        page.plans(plans, day, _next(database))
        for plan, originals in files.items():
            if not wanted.delete:
                page.files_stay(len(originals))
                continue
            if wanted.files:
                done = delete_originals(database, plan, desk.log_of, desk.actor, wanted.reason, day)
                page.files(done)
                stayed |= any(outcome not in (Outcome.DELETED, Outcome.MISSING) for _, outcome in done)
            else:
                page.files_stay(len(originals))
            page.deleted(delete_planned(database, plan, desk.log_of, desk.actor, wanted.reason, day))
        if wanted.delete and not files:  # what an earlier deletion could not do for another program's sake
            page.purged(purge_file(database))
        if wanted.delete and files:
            with database.read() as connection:
                page.explained(decisions_explained(connection))
    if files:
        page.end(wanted.delete)
    return EXIT_SOME_STAYED if stayed or (wanted.delete and any(plan.kept for plan in plans)) else 0


def content_hash(text: str, voice: Voice) -> str:
    """The hash of a photo: of a file's content, or as it was typed.

    Raises:
        UsageError: no file, and no hash.
    """
    if _HASH.fullmatch(text):
        return text
    try:
        with Path(text).open("rb") as file:
            return f"sha256:{hashlib.file_digest(file, 'sha256').hexdigest()}"
    except OSError as error:
        raise UsageError(voice(retention_texts.NO_SUCH_PHOTO, path=text)) from error


def _checked(desk: Desk, wanted: Wanted) -> date:
    """The day that counts.

    Raises:
        UsageError: options that exclude each other, no reason, or no day.
    """
    say = desk.voice
    if sum(map(bool, (wanted.number, wanted.photo, wanted.uploader, wanted.unused_days is not None))) > 1:
        raise UsageError(say(retention_texts.TOGETHER))
    if wanted.dry_run and wanted.delete:
        raise UsageError(say(retention_texts.DRY_AND_DELETE))
    if wanted.files and not wanted.delete:
        raise UsageError(say(retention_texts.FILES_NEED_DELETE))
    if wanted.delete and not wanted.reason.strip():
        raise UsageError(say(case_texts.REFUSALS[Refusal.NO_REASON.value]))
    if not wanted.on:
        return desk.today
    try:
        day = date.fromisoformat(wanted.on)
    except ValueError as error:
        raise UsageError(say(retention_texts.NOT_A_DAY, value=wanted.on)) from error
    if wanted.delete and day > desk.today:
        raise UsageError(say(retention_texts.ON_A_LATER_DAY, value=wanted.on))
    return day


def _plans(desk: Desk, database: Database, wanted: Wanted, day: date) -> tuple[Plan, ...]:
    with database.begin() as connection:
        if wanted.number:
            return (retention.of_case(connection, wanted.number, day),)
        if wanted.photo:
            return (retention.of_photo(connection, content_hash(wanted.photo, desk.voice), day),)
        if wanted.uploader:
            return (retention.of_uploader(connection, wanted.uploader, day),)
        if wanted.unused_days is not None:
            return (retention.of_unused(connection, day - timedelta(days=wanted.unused_days)),)
        return retention.due(connection, day)


def _files(database: Database, plan: Plan) -> tuple[Original, ...]:
    with database.read() as connection:
        return originals_of(connection, plan)


def _next(database: Database) -> tuple[date, ...]:
    with database.read() as connection:
        return retention.next_day(connection)


class _Page:
    def __init__(self, desk: Desk) -> None:
        self._out, self._voice = out_console(), desk.voice

    def plans(self, plans: Sequence[Plan], day: date, following: tuple[date, ...]) -> None:
        say, line = self._voice, self._line
        going = [plan for plan in plans if not plan.is_empty]
        if going:
            line(say(retention_texts.DUE, day=day.isoformat()))
        else:
            line(say(retention_texts.NOTHING_DUE, day=day.isoformat()))
            for last in following:
                line(say(retention_texts.NEXT, day=last.isoformat()))
        for plan in going:
            for number in plan.cases:
                line(f"  {say(retention_texts.CASE, number=number, photos=len(plan.photos))}")
            if not plan.cases:
                line(f"  {say(retention_texts.OTHERS, photos=len(plan.photos), uploads=len(plan.uploads))}")
        kept = [one for plan in plans for one in plan.kept]
        if kept:
            line(say(retention_texts.STAYS, count=len(kept)))
        for one in kept:
            line(f"  {say(retention_texts.STAY, what=one.what, why=self._why(one))}")

    def _why(self, kept: Kept) -> str:
        until = {"until": kept.until[0].isoformat()} if kept.block is Block.KEPT else {}
        return self._voice(retention_texts.BLOCKS[kept.block.value], number=kept.number, **until)

    def files_stay(self, count: int) -> None:
        if count:
            self._line(self._voice(retention_texts.FILES_STAY, count=count))

    def files(self, done: Sequence[tuple[Original, Outcome]]) -> None:
        say = self._voice
        self._line(say(retention_texts.FILES, count=len(done)))
        for one, outcome in done:
            said = say(retention_texts.OUTCOMES[outcome.value])
            self._line(f"  {say(retention_texts.FILE, path=one.place, outcome=said)}")

    def deleted(self, deletion: Deletion) -> None:
        say, line = self._voice, self._line
        tables = ", ".join(f"{name} {rows.count}" for name, rows in sorted(deletion.rows.items()))
        total = sum(rows.count for rows in deletion.rows.values())
        line(say(retention_texts.DELETED, photos=len(deletion.photos), rows=total, tables=tables))
        if deletion.notes:
            redacted = sum(note.redacted for note in deletion.notes)
            line(say(retention_texts.NOTES, count=len(deletion.notes), redacted=redacted))
        for note in deletion.notes:
            told = say(retention_texts.NOTE, number=str(note.finding_id or "-"), author=note.author, text=note.text)
            line(f"  {told}")
        self.purged(deletion.purge)

    def purged(self, purge: Purge) -> None:
        say = self._voice
        self._line(say(retention_texts.PURGED) if purge.done else say(retention_texts.NOT_PURGED, why=purge.why))

    def explained(self, counts: Explained) -> None:
        message = retention_texts.EXPLAINED if counts.whole else retention_texts.NOT_EXPLAINED
        self._line(self._voice(message, made=counts.made, left=counts.left, deleted=counts.deleted))

    def end(self, deleted: bool) -> None:
        if deleted:
            self._line(self._voice(retention_texts.PROVEN))
            self._line(self._voice(retention_texts.ELSEWHERE))
        else:
            self._line(self._voice(retention_texts.HOW))

    def _line(self, text: str) -> None:
        self._out.print(text, soft_wrap=True, markup=False, highlight=False)
