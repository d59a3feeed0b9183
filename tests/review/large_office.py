"""An office of 100,000 findings: a small scan written by the scan's own way, its photos with findings many times over.

Each time they are other photos of other uploaders. One in five is a copy of the one before it, a third was decided by
one or two of the reviewers, each of whom has looked before, at a planted look once in twenty; and rina has looked at
every seventh.
"""

import json
import random
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from sqlalchemy import Connection, Table, insert, select, update

from casework import tables
from casework.database import Database
from casework.representatives import keep_all_representatives
from tests.casework.big import fill
from tests.casework.queue_samples import decided

AT: Final = "2024-10-21T01:02:03.000000Z"
AT_ONCE: Final = 4000
STATES: Final[tuple[dict[str, Any], ...]] = (
    *({},) * 13,
    decided("rejected", "budi"),
    decided("rejected", "rina"),
    decided("rejected", "tono"),
    decided("confirmed-once", "budi", waits=True),
    decided("confirmed-once", "rina", waits=True),
    decided("confirmed", "rina", "budi"),
    decided("cannot-tell", "tono", "rina", disagreed=True),
)
SCANNED: Final = 800
Change = Callable[[Mapping[str, Any], int], dict[str, Any]]


def fill_large(database: Database, folder: Path, count: int) -> int:
    """Fill an empty database.

    Args:
        database: a new one.
        folder: for the scan's files.
        count: findings to have at least.

    Returns:
        How many findings there are.
    """
    fill(database, folder, SCANNED)
    with database.begin() as connection:
        base = _read(connection)
        times = -(-count // len(base["findings"])) - 1
        for name, change in _CHANGES.items():
            _write(connection, tables.metadata.tables[name], _changed(base, name, change, times))
        _decide(connection)
    with database.begin() as connection:
        keep_all_representatives(connection)
    return len(base["findings"]) * (times + 1)


def _read(connection: Connection) -> dict[str, list[dict[str, Any]]]:
    """The rows about photos with findings, by table."""

    def rows(table: Table, *which: Any) -> list[dict[str, Any]]:
        return [dict(row) for row in connection.execute(select(table).where(*which)).mappings()]

    findings = rows(tables.findings)
    photos = {row["photo_id"] for row in findings}
    evaluations = rows(tables.evaluations, tables.evaluations.c.photo_id.in_(photos))
    of_them = [row["id"] for row in evaluations]
    return {
        "photos": rows(tables.photos, tables.photos.c.id.in_(photos)),
        "uploads": rows(tables.uploads, tables.uploads.c.photo_id.in_(photos)),
        "evaluations": evaluations,
        "seen": rows(tables.seen, tables.seen.c.evaluation_id.in_(of_them)),
        "people": rows(tables.people, tables.people.c.evaluation_id.in_(of_them)),
        "hands": rows(tables.hands, tables.hands.c.evaluation_id.in_(of_them)),
        "sightings": rows(tables.sightings, tables.sightings.c.evaluation_id.in_(of_them)),
        "findings": findings,
    }


STEP: Final = 10_000
"""Between the numbers of one time and the next; more than there are of anything once."""

_CHANGES: Final[Mapping[str, Change]] = {
    "photos": lambda row, n: {"id": row["id"] + n * STEP, "sha256": f"sha256:{n * STEP + row['id']:064x}"},
    "uploads": lambda row, n: {
        "id": row["id"] + n * STEP,
        "place": f"{row['place']}.{n}",
        "path": f"{row['path']}.{n}",
        "photo_id": row["photo_id"] + n * STEP,
        "uploader_id": f"{row['uploader_id']}-{n % 40:02}",
    },
    "evaluations": lambda row, n: {"id": row["id"] + n * STEP, "photo_id": row["photo_id"] + n * STEP},
    "seen": lambda row, n: {
        "position": row["position"] + n * STEP,
        "upload_id": row["upload_id"] + n * STEP,
        "evaluation_id": row["evaluation_id"] + n * STEP,
    },
    "people": lambda row, n: {"evaluation_id": row["evaluation_id"] + n * STEP},
    "hands": lambda row, n: {"evaluation_id": row["evaluation_id"] + n * STEP},
    "sightings": lambda row, n: {"evaluation_id": row["evaluation_id"] + n * STEP},
    "findings": lambda row, n: {
        "id": row["id"] + n * STEP,
        "photo_id": row["photo_id"] + n * STEP,
        "evaluation_id": row["evaluation_id"] + n * STEP,
    },
}


def _changed(
    base: Mapping[str, Sequence[Mapping[str, Any]]], name: str, change: Change, times: int
) -> Iterator[dict[str, Any]]:
    for number in range(1, times + 1):
        for row in base[name]:
            yield dict(row) | change(row, number)


def _write(connection: Connection, table: Table, rows: Iterator[dict[str, Any]]) -> None:
    part = []
    for row in rows:
        part.append(row)
        if len(part) == AT_ONCE:
            connection.execute(insert(table), part)
            part = []
    if part:
        connection.execute(insert(table), part)


def _decide(connection: Connection) -> None:
    chance = random.Random(7)
    looked, said, seen = [], [], []
    before = 0
    for place, (number, photo) in enumerate(
        connection.execute(
            select(tables.findings.c.id, tables.findings.c.photo_id).order_by(tables.findings.c.id)
        ).all()
    ):
        if values := chance.choice(STATES):
            connection.execute(update(tables.findings).where(tables.findings.c.id == number).values(values))
            for turn, (who, verdict) in enumerate(_words(values), 1):
                said.append({"finding_id": number, "reviewer": who, "round": turn, "decision": verdict})
                if who != "rina":
                    seen.append({"finding_id": number, "reviewer": who, "control": place % 20 == 0})
        if place % 10 == 1:
            connection.execute(
                update(tables.photos).where(tables.photos.c.id.in_([before, photo])).values(copy_group=before)
            )
        if place % 7 == 0:
            looked.append({"finding_id": number, "reviewer": "rina", "control": False})
        before = photo
    snapshot = json.dumps({"category": "", "strength": "", "symbol": "", "candidate": ""})
    _write(connection, tables.decisions, ({"decided_at": AT, "snapshot": snapshot} | row for row in said))
    answered = {"opened_at": AT, "answered_at": AT, "same_person": "same", "symbol": "one"}
    _write(connection, tables.looks, (row | answered for row in (*seen, *looked)))


def _words(values: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Who has said what, as the columns of a finding have it."""
    who = [values[name] for name in ("first_reviewer", "second_reviewer") if name in values]
    if values.get("disagreed"):
        return list(zip(who, ("confirmed", "rejected"), strict=True))
    return [(one, values["state"].removesuffix("-once")) for one in who]
