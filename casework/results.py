"""Writes down a scan's records: what became of each file, and what followed for the election.

What a photo says is kept once, under a hash of it: a later run that says the same points to the same evaluation, and
one that says something else adds another and leaves the old one as history.
"""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import Connection, insert, select, update

from casework.finding_rows import write_findings
from casework.readings import photo_ids
from casework.tables import evaluations, hands, people, seen, sightings, uploads
from casework.upsert import upsert
from screening.record import PhotoRecord, SeenPerson, Status
from screening.stamps import Stamp

_NOT_SAID: Final = ("run", "path", "schema")


@dataclass(frozen=True, slots=True)
class Result:
    """One record, and which file it is about."""

    stamp: Stamp
    record: PhotoRecord


@dataclass(frozen=True, slots=True)
class _Said:
    """What a record says of a photo."""

    photo_id: int
    key: str
    result: Result


def write_results(connection: Connection, run_id: int, election_id: str, results: Sequence[Result]) -> None:
    """Add records, in their order.

    Args:
        connection: may write; the readings of the photos are there.
        run_id: of the run.
        election_id: of its election.
        results: what the scan wrote.
    """
    if not results:
        return
    hashes = {one.record.sha256 for one in results if one.record.sha256}
    photos_of = photo_ids(connection, sorted(hashes))
    said = [
        _Said(photos_of[one.record.sha256], _key(one.record), one) for one in results if one.record.status is Status.OK
    ]
    evaluation_of = _evaluations(connection, run_id, election_id, said)
    duplicates = {photos_of[one.record.sha256] for one in results if one.record.status is Status.DUPLICATE}
    missing = sorted(duplicates - set(evaluation_of))
    query = select(evaluations.c.photo_id, evaluations.c.id).where(
        evaluations.c.photo_id.in_(missing), evaluations.c.election_id == election_id, evaluations.c.current
    )
    evaluation_of |= {row.photo_id: row.id for row in connection.execute(query)}
    upload_of = _uploads(connection, photos_of, results)
    connection.execute(
        insert(seen),
        [
            {
                "run_id": run_id,
                "position": one.record.index,
                "upload_id": upload_of[one.stamp.place],
                "status": one.record.status.value,
                "error_kind": "".join(kind.value for kind in one.record.error_kind),
                "message": one.record.message,
                "evaluation_id": evaluation_of.get(photos_of.get(one.record.sha256, 0)),
            }
            for one in results
        ],
    )


def _key(record: PhotoRecord) -> str:
    """Of all that a record says, in the digits it says it with, whatever run says it and however the file is called.

    The same templates give similarities that differ in the 16th digit from one process to the next.
    """
    line = {name: value for name, value in record.to_dict().items() if name not in _NOT_SAID}
    return "sha256:" + hashlib.sha256(json.dumps(line, sort_keys=True).encode()).hexdigest()


def _evaluations(connection: Connection, run_id: int, election_id: str, said: Sequence[_Said]) -> dict[int, int]:
    """The evaluation of each photo; new ones are added, and become the current one of their photo."""
    if not said:
        return {}
    columns = evaluations.c.photo_id, evaluations.c.evaluation_key, evaluations.c.id, evaluations.c.current
    query = select(*columns).where(
        evaluations.c.photo_id.in_([one.photo_id for one in said]), evaluations.c.election_id == election_id
    )
    known = {(row.photo_id, row.evaluation_key): row for row in connection.execute(query)}
    changed = [one for one in said if not (row := known.get((one.photo_id, one.key))) or not row.current]
    if changed:
        ids = [one.photo_id for one in changed]
        connection.execute(
            update(evaluations)
            .where(evaluations.c.photo_id.in_(ids), evaluations.c.election_id == election_id, evaluations.c.current)
            .values(current=False)
        )
    again = [known[one.photo_id, one.key].id for one in changed if (one.photo_id, one.key) in known]
    if again:
        connection.execute(update(evaluations).where(evaluations.c.id.in_(again)).values(current=True))
    new = [one for one in changed if (one.photo_id, one.key) not in known]
    found = {one.photo_id: known[one.photo_id, one.key].id for one in said if (one.photo_id, one.key) in known}
    if new:
        found |= _add(connection, run_id, election_id, new)
    write_findings(
        connection,
        run_id,
        election_id,
        [(one.photo_id, found[one.photo_id], one.result.record) for one in changed],
    )
    return found


def _add(connection: Connection, run_id: int, election_id: str, new: Sequence[_Said]) -> dict[int, int]:
    rows = [
        {
            "photo_id": one.photo_id,
            "election_id": election_id,
            "evaluation_key": one.key,
            "run_id": run_id,
            "record": one.result.record.to_json(),
            "current": True,
        }
        for one in new
    ]
    statement = insert(evaluations).returning(evaluations.c.photo_id, evaluations.c.id, sort_by_parameter_order=True)
    made = {row.photo_id: row.id for row in connection.execute(statement, rows)}
    for table, parts in ((people, _people), (sightings, _sightings), (hands, _hands)):
        values = [{"evaluation_id": made[one.photo_id]} | row for one in new for row in parts(one.result.record)]
        if values:
            connection.execute(insert(table), values)
    return made


def _people(record: PhotoRecord) -> list[dict[str, Any]]:
    line = record.to_dict()["people"]
    return [
        {
            "number": number,
            "box": json.dumps(line[number]["face"]["box"]),
            "quality": person.quality.value,
            "assessable": person.quality.assessable,
            "depicted": _is_depicted(person),
            "panel": getattr(person, "panel", 0),
        }
        for number, person in enumerate(record.people)
    ]


def _is_depicted(person: SeenPerson) -> bool:
    return any(one.depiction for one in person.sightings)


def _sightings(record: PhotoRecord) -> list[dict[str, Any]]:
    return [
        {
            "person": number,
            "candidate": one.candidate,
            "ticket": one.ticket,
            "similarity": one.similarity,
            "e_value": one.e_value[0] if one.e_value else None,
            "band": one.band.value,
            "reference": one.reference,
            "faces": one.faces,
            "second_candidate": one.second[0].candidate if one.second else "",
            "second_similarity": one.second[0].similarity if one.second else None,
            "depiction": one.depiction,
        }
        for number, person in enumerate(record.people)
        for one in person.sightings
    ]


def _hands(record: PhotoRecord) -> list[dict[str, Any]]:
    return [
        {
            "number": hand["id"],
            "box": json.dumps(hand["box"]),
            "keypoints": json.dumps(hand["keypoints"]),
            "side": hand["side"],
            "readable": hand["readable"],
            "symbol": hand["symbol"] or "",
            "confidence": hand["confidence"],
            "person": hand["person"],
        }
        for hand in (record.to_dict()["hands"] if record.hands else [])
    ]


_UPLOAD: Final = (
    *("place", "path", "photo_id", "size_bytes", "mtime_ns", "stamp", "uploader_id", "uploader_name", "agency"),
    *("platform", "post_url", "taken_on", "posted_on", "facts"),
)


def _uploads(connection: Connection, photos_of: Mapping[str, int], results: Sequence[Result]) -> dict[str, int]:
    """The row of each place; only rows that say something else than before are written."""
    wanted = {one.stamp.place: _upload(one, photos_of) for one in results}
    columns = [uploads.c.id, *(uploads.c[name] for name in _UPLOAD)]
    query = select(*columns).where(uploads.c.place.in_(sorted(wanted)))
    there = {row.place: row for row in connection.execute(query)}
    new = [row for place, row in wanted.items() if place not in there or tuple(row.values()) != tuple(there[place])[1:]]
    upsert(connection, uploads, new, ["place"], [name for name in _UPLOAD if name != "place"])
    made = [row["place"] for row in new if row["place"] not in there]
    ids = {place: row.id for place, row in there.items()}
    if made:
        added = connection.execute(select(uploads.c.place, uploads.c.id).where(uploads.c.place.in_(made)))
        ids |= {row.place: row.id for row in added}
    return ids


def _upload(one: Result, photos_of: Mapping[str, int]) -> dict[str, Any]:
    """In the order of ``_UPLOAD``."""
    record, stamp, facts = one.record, one.stamp, one.record.facts
    known = facts.to_dict()
    return {
        "place": stamp.place,
        "path": record.path,
        "photo_id": photos_of.get(record.sha256),
        "size_bytes": stamp.size_bytes,
        "mtime_ns": stamp.mtime_ns,
        "stamp": stamp.mark,
        "uploader_id": facts.uploader_id,
        "uploader_name": facts.uploader_name,
        "agency": facts.agency,
        "platform": facts.platform,
        "post_url": facts.post_url,
        "taken_on": "".join(day.isoformat() for day in facts.taken_at),
        "posted_on": "".join(day.isoformat() for day in facts.posted_at),
        "facts": json.dumps(known, ensure_ascii=False, sort_keys=True) if known else "",
    }
