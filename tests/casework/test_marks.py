"""What people saw that netra did not."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection, insert, select, update

from casework import tables
from casework.audit import AuditLog
from casework.database import Database, open_database
from casework.export.reading import read_dossier
from casework.export.rows import mark_lines
from casework.marks import (
    LEAST_SIDE,
    LONGEST_NOTE,
    MOST_MARKS,
    Mark,
    MarkError,
    MarkKind,
    MarkRefusal,
    NewMark,
    add_mark,
    marks_of,
    remove_mark,
    visible_marks,
)
from tests.casework.sample import ListLog, fill

AT, LATER = "2024-11-01T02:00:00.000000Z", "2024-11-01T03:00:00.000000Z"
WIDTH, HEIGHT = 80, 60
FACE = NewMark(MarkKind.FACE, [10, 12.34, 20, 22], "sari-dewi", note="di belakang, <b>Pak Rekaan</b>")


@pytest.fixture
def filled(tmp_path: Path) -> Iterator[Database]:
    with open_database(tmp_path / "kasus.db", create=True) as opened:
        fill(opened)
        yield opened


def added(connection: Connection, new: NewMark = FACE, by: str = "rina", finding: int = 1) -> Mark:
    return add_mark(connection, AuditLog(connection), finding, new, by, AT)


def test_a_mark_is_kept_as_it_was_made(database: Database) -> None:
    fill(database)
    with database.begin() as connection:
        made = added(connection)
        hand = added(connection, NewMark(MarkKind.HAND, [0, 0, 80, 60], symbol="one"))
    assert made.box == (10.0, 12.3, 20.0, 22.0)
    assert (made.kind, made.candidate, made.note, made.made_by, made.made_at, made.photo_id, made.finding_id) == (
        *(MarkKind.FACE, "sari-dewi", "di belakang, <b>Pak Rekaan</b>", "rina", AT, 1, 1),
    )
    with database.read() as connection:
        assert marks_of(connection, 1) == (made, hand)
        assert marks_of(connection, 2) == ()


def test_the_log_says_who_marked_what_and_none_of_their_words(filled: Database) -> None:
    log = ListLog()
    with filled.begin() as connection:
        made = add_mark(connection, log, 1, FACE, "rina", AT)
        remove_mark(connection, log, made.id, "rina", LATER)
    assert [(actor, str(action), subject) for actor, action, subject, *_ in log.entries] == [
        ("rina", "mark.add", "finding:1"),
        ("rina", "mark.remove", "finding:1"),
    ]
    assert "Rekaan" not in json.dumps(log.entries)
    assert log.entries[0][4] == {"mark": made.id, "kind": "face", "candidate": "sari-dewi", "symbol": ""}


def test_whoever_made_a_mark_takes_it_back_once(filled: Database) -> None:
    with filled.begin() as connection:
        made = added(connection)
        log = AuditLog(connection)
        for number, who in ((made.id, "budi"), (made.id + 1, "rina")):
            with pytest.raises(MarkError, match="not yours"):
                remove_mark(connection, log, number, who, LATER)
        assert remove_mark(connection, log, made.id, "rina", LATER).removed_at == LATER
        with pytest.raises(MarkError, match="removed already"):
            remove_mark(connection, log, made.id, "rina", LATER)
        assert marks_of(connection, 1) == ()
        assert connection.execute(select(tables.marks.c.id)).scalars().all() == [made.id]


@pytest.mark.parametrize(
    ("first", "second", "wants_second", "seen"),
    [
        ("", "", False, False),  # nobody has decided
        ("budi", "", True, False),  # the one who looks now is the second
        ("budi", "", False, False),  # somebody else has, and nobody asked this one
        ("rina", "", True, False),  # decided, and the second has still to look
        ("rina", "", False, True),
        ("rina", "budi", False, True),
        ("budi", "rina", False, True),
        ("budi", "rina", True, False),  # a third was asked for
    ],
)
def test_others_marks_are_seen_when_nobody_has_to_look_any_more(
    filled: Database, first: str, second: str, wants_second: bool, seen: bool
) -> None:
    values = {"first_reviewer": first, "second_reviewer": second, "wants_second": wants_second}
    with filled.begin() as connection:
        mine, others = added(connection), added(connection, by="budi")
        connection.execute(update(tables.findings).where(tables.findings.c.id == 1).values(values))
        assert visible_marks(connection, 1, "rina") == ((mine, others) if seen else (mine,))
        assert marks_of(connection, 1) == (mine, others)


def test_a_mark_of_another_finding_of_the_photo_waits_for_that_one_too(filled: Database) -> None:
    over = {"first_reviewer": "rina", "second_reviewer": "budi"}
    with filled.begin() as connection:
        row = connection.execute(select(tables.findings).where(tables.findings.c.id == 1)).one()._asdict()
        connection.execute(insert(tables.findings).values(row | {"id": 9, "ticket": 2}))
        others = added(connection, by="budi", finding=9)
        connection.execute(update(tables.findings).where(tables.findings.c.id == 1).values(over))
        assert visible_marks(connection, 1, "rina") == ()
        connection.execute(update(tables.findings).where(tables.findings.c.id == 9).values(over))
        assert visible_marks(connection, 1, "rina") == (others,)


_SIDES = st.floats(-20, 100, allow_nan=False).map(lambda value: round(value, 1))


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(box=st.tuples(_SIDES, _SIDES, _SIDES, _SIDES))
def test_a_box_is_taken_where_it_lies_in_the_photo(filled: Database, box: tuple[float, ...]) -> None:
    x, y, width, height = box
    inside = x >= 0 and y >= 0 and x + width <= WIDTH + 0.1 and y + height <= HEIGHT + 0.1
    taken = inside and min(width, height) >= LEAST_SIDE
    with filled.begin() as connection:
        if taken:
            assert added(connection, NewMark(MarkKind.FACE, box)).box == box
        else:
            with pytest.raises(MarkError) as told:
                added(connection, NewMark(MarkKind.FACE, box))
            assert told.value.refusal in (MarkRefusal.OUTSIDE, MarkRefusal.TOO_SMALL)
        connection.execute(tables.marks.delete())


@pytest.mark.parametrize(
    ("new", "why"),
    [
        (NewMark(MarkKind.FACE, [1, 2, 30]), MarkRefusal.NO_BOX),
        (NewMark(MarkKind.FACE, [1, 2, float("nan"), 30]), MarkRefusal.NO_BOX),
        (NewMark(MarkKind.FACE, [1, 2, float("inf"), 30]), MarkRefusal.NO_BOX),
        (NewMark(MarkKind.FACE, [1, 2, 3, 30]), MarkRefusal.TOO_SMALL),
        (NewMark(MarkKind.FACE, [60, 2, 30, 30]), MarkRefusal.OUTSIDE),
        (NewMark(MarkKind.FACE, [1, 2, 30, 30], "orang-lain"), MarkRefusal.NO_CANDIDATE),
        (NewMark(MarkKind.HAND, [1, 2, 30, 30], symbol="salam"), MarkRefusal.NO_SYMBOL),
        (NewMark(MarkKind.FACE, [1, 2, 30, 30], note="a" * (LONGEST_NOTE + 1)), MarkRefusal.LONG_NOTE),
    ],
)
def test_what_makes_no_sense_is_refused_in_words(filled: Database, new: NewMark, why: MarkRefusal) -> None:
    with filled.begin() as connection, pytest.raises(MarkError) as told:
        added(connection, new)
    assert told.value.refusal is why


def test_a_word_that_does_not_go_with_the_kind_is_no_mark() -> None:
    with pytest.raises(ValueError, match="symbol"):
        NewMark(MarkKind.FACE, [1, 2, 30, 30], symbol="one")
    with pytest.raises(ValueError, match="candidate"):
        NewMark(MarkKind.HAND, [1, 2, 30, 30], "sari-dewi")


def test_marks_are_bounded_by_reviewer_and_photo(filled: Database) -> None:
    with filled.begin() as connection:
        made = [added(connection) for _ in range(MOST_MARKS)]
        with pytest.raises(MarkError, match="too many"):
            added(connection)
        added(connection, by="budi")
        added(connection, finding=2)
        remove_mark(connection, AuditLog(connection), made[0].id, "rina", LATER)
        added(connection)


def test_nobody_marks_nothing(filled: Database) -> None:
    with filled.begin() as connection:
        with pytest.raises(MarkError, match="no such finding"):
            added(connection, finding=77)
        with pytest.raises(ValueError, match="who marks"):
            added(connection, by=" ")


def test_a_package_has_every_mark_and_is_the_same_each_time(filled: Database) -> None:
    with filled.begin() as connection:
        made = added(connection)
        added(connection, NewMark(MarkKind.DEPICTION, [1, 2, 30, 30]), by="budi", finding=2)
        remove_mark(connection, AuditLog(connection), made.id, "rina", LATER)
    with filled.read() as connection:
        lines = mark_lines(read_dossier(connection, "run-1"))
        assert lines == mark_lines(read_dossier(connection, "run-1"))
    told: list[dict[str, Any]] = [json.loads(line) for line in lines.decode().splitlines()]
    assert [(one["number"], one["kind"], one["made_by"], one["removed_at"]) for one in told] == [
        (made.id, "face", "rina", LATER),
        (made.id + 1, "depiction", "budi", ""),
    ]
    assert told[0]["schema"] == "netra.mark/1"
    assert told[0]["box"] == [10.0, 12.3, 20.0, 22.0]
