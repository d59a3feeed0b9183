"""Reads everything that a finding rests on, in a fixed number of queries, however many findings there are.

The tables say who and what is in the photo; the record beside them says the rest (where a depiction's picture lies,
parts of a collage). Records of older versions say less of that, and are read as far as they go.
"""

import json
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from sqlalchemy import Connection, Row, func, select

from casework.evidence_parts import (
    Box,
    CopyFound,
    Depicted,
    Evidence,
    NamedCandidate,
    Point,
    RuleFound,
    RunFound,
    Second,
    SeenAs,
    SeenFace,
    SeenHand,
    ShownElement,
    Sibling,
    Standing,
    Version,
)
from casework.evidence_uploads import count_uploads, uploads_of
from casework.tables import (
    case_findings,
    cases,
    elections,
    evaluations,
    findings,
    hands,
    people,
    photos,
    runs,
    sightings,
    uploads,
)
from casework.told import both, inner, listed, mappings, number, table_of, text, texts, whole, wholes

__all__ = ["Evidence", "read_evidence"]

MOST_COPIES: Final = 24
"""A picture that hundreds posted is one photo to look at; the page of it says how many there are and shows these."""

MOST_VERSIONS: Final = 12

_DAYS: Final = ("candidates_official", "numbers_drawn", "voting_day")


def read_evidence(connection: Connection, finding_id: int) -> tuple[Evidence, ...]:
    """A finding with everything it rests on; nothing where there is no such finding.

    Args:
        connection: to read.
        finding_id: of the finding.
    """
    query = (
        select(
            findings,
            photos.c.sha256,
            photos.c.width,
            photos.c.height,
            photos.c.size_bytes,
            photos.c.exif,
            photos.c.copy_group,
            elections.c.name.label("election_name"),
            elections.c.about.label("election_about"),
            elections.c.rulebook_about,
            evaluations.c.record,
            evaluations.c.run_id,
        )
        .join(photos, photos.c.id == findings.c.photo_id)
        .join(elections, elections.c.id == findings.c.election_id)
        .join(evaluations, evaluations.c.id == findings.c.evaluation_id)
        .where(findings.c.id == finding_id)
    )
    return tuple(_evidence(connection, row) for row in connection.execute(query))


def _evidence(connection: Connection, row: Row[Any]) -> Evidence:
    detail, record = table_of(row.detail), table_of(row.record)
    about = table_of(row.election_about)
    known = tuple(_candidates(about))
    layout = inner(record, "layout")
    panels = tuple(box for each in listed(layout, "panels") for box in _boxes(each))
    faces = _faces(connection, row, record, panels, known)
    asked = [*texts(detail, "candidates")] or [one for one in [row.candidate] if one]
    seen_by = _runs(connection, {row.first_run_id, row.last_run_id, row.run_id})
    copies, copies_in_all = _copies(connection, row)
    return Evidence(
        id=row.id,
        photo_id=row.photo_id,
        sha256=row.sha256,
        width=row.width or whole(record.get("width")),
        height=row.height or whole(record.get("height")),
        size_bytes=row.size_bytes,
        election_id=row.election_id,
        election_name=row.election_name,
        category=row.category,
        strength=row.strength,
        symbol=row.symbol,
        ticket=row.ticket,
        panel=row.panel,
        sentence=both(detail, "reason"),
        rule=_rule(row, detail),
        standing=_standing(connection, row),
        first_run=seen_by[row.first_run_id],
        last_run=seen_by[row.last_run_id],
        candidates=tuple(_named(one, known) for one in asked),
        symbols=tuple(texts(detail, "symbols")) or tuple(one for one in [row.symbol] if one),
        doubt=text(detail, "doubt"),
        elements=tuple(_elements(detail)),
        current=bool(row.current),
        posted_on=row.posted_on,
        people=_asked_for(faces, asked, row.panel),
        hands=tuple(_hands(connection, row, detail, panels, faces)),
        hands_searched=bool(record.get("hands_searched")),
        screenshot=bool(layout.get("screenshot")),
        panels=panels,
        uploads=uploads_of(connection, row.photo_id, text(detail, "upload")),
        uploads_in_all=count_uploads(connection, row.photo_id),
        copies=copies,
        copies_in_all=copies_in_all,
        copy_of=tuple(one for one in [row.copy_of] if one),
        siblings=_siblings(connection, row),
        versions=_versions(connection, row),
        known_candidates=known,
        exif=tuple((name, str(value)) for name, value in sorted(table_of(row.exif).items())),
        election_days=tuple((name, text(about, name)) for name in _DAYS if text(about, name)),
    )


def _faces(
    connection: Connection,
    row: Row[Any],
    record: Mapping[str, Any],
    panels: Sequence[Box],
    known: Sequence[NamedCandidate],
) -> list[SeenFace]:
    query = (
        select(people, *(sightings.c[name] for name in _SIGHTED))
        .outerjoin(
            sightings,
            (sightings.c.evaluation_id == people.c.evaluation_id) & (sightings.c.person == people.c.number),
        )
        .where(people.c.evaluation_id == row.evaluation_id)
        .order_by(people.c.number)
    )
    written = {one["id"]: one for one in mappings(record, "people") if isinstance(one.get("id"), int)}
    found = []
    for each in connection.execute(query):
        of_record = written.get(each.number, {})
        box = next(_boxes(json.loads(each.box)), (0.0, 0.0, 1.0, 1.0))
        found.append(
            SeenFace(
                each.number,
                box,
                each.quality,
                bool(each.assessable),
                tuple(_depictions(of_record)),
                _panel(box, panels),
                tuple(_sighting(each, known)),
                score=number(inner(of_record, "face").get("score")),
            )
        )
    return found


_SIGHTED: Final = (
    *("candidate", "ticket", "similarity", "e_value", "band", "reference", "faces", "second_candidate"),
    *("second_similarity", "depiction"),
)


def _sighting(row: Row[Any], known: Sequence[NamedCandidate]) -> Iterator[SeenAs]:
    if row.candidate is None:
        return
    seconds = [(_named(row.second_candidate, known), row.second_similarity or 0.0)] if row.second_candidate else []
    yield SeenAs(
        _named(row.candidate, known),
        row.ticket,
        row.similarity,
        row.band,
        () if row.e_value is None else (row.e_value,),
        row.faces,
        row.reference,
        tuple(Second(*each) for each in seconds),
        bool(row.depiction),
    )


def _depictions(person: Mapping[str, Any]) -> Iterator[Depicted]:
    told = inner(person, "depiction")
    if text(told, "kind"):
        yield Depicted(
            text(told, "kind"), tuple(_points(told.get("quad"))), number(told.get("score")), text(told, "reference")
        )


def _asked_for(faces: Sequence[SeenFace], asked: Sequence[str], panel: int) -> tuple[SeenFace, ...]:
    """Of each candidate the most alike face, in the finding's panel where there is one."""
    best: set[int] = set()
    for candidate in asked:
        alike = [one for one in faces for seen in one.seen_as if seen.candidate.id == candidate]
        alike = [one for one in alike if one.panel == panel] or alike
        best |= {one.number for one in sorted(alike, key=lambda one: -one.seen_as[0].similarity)[:1]}
    return tuple(
        SeenFace(
            *(one.number, one.box, one.quality, one.assessable, one.depicted, one.panel, one.seen_as),
            one.number in best,
            one.score,
        )
        for one in faces
    )


def _hands(
    connection: Connection,
    row: Row[Any],
    detail: Mapping[str, Any],
    panels: Sequence[Box],
    faces: Sequence[SeenFace],
) -> Iterator[SeenHand]:
    asked, against = set(wholes(detail, "hands")), set(wholes(detail, "against"))
    where = {face.number: face.panel for face in faces}
    query = select(hands).where(hands.c.evaluation_id == row.evaluation_id).order_by(hands.c.number)
    for each in connection.execute(query):
        box = next(_boxes(json.loads(each.box)), (0.0, 0.0, 1.0, 1.0))
        yield SeenHand(
            each.number,
            box,
            tuple(_points(json.loads(each.keypoints))),
            each.side,
            bool(each.readable),
            each.symbol,
            () if each.confidence is None else (each.confidence,),
            () if each.person is None else (each.person,),
            _panel(box, panels) if each.person is None else where.get(each.person, 0),
            each.number in asked,
            each.number in against,
        )


def _rule(row: Row[Any], detail: Mapping[str, Any]) -> RuleFound:
    book = table_of(row.rulebook_about)
    return RuleFound(
        row.rule or text(detail, "rule"), text(detail, "source"), text(detail, "rulebook"), both(book, "name")
    )


def _elements(detail: Mapping[str, Any]) -> Iterator[ShownElement]:
    for each in listed(detail, "elements"):
        if isinstance(each, Mapping):
            yield ShownElement(
                text(each, "key"),
                text(each, "state"),
                both(each, "text"),
                both(each, "evidence"),
                text(each, "source"),
            )


def _standing(connection: Connection, row: Row[Any]) -> Standing:
    query = (
        select(cases.c.number)
        .join(case_findings, case_findings.c.case_id == cases.c.id)
        .where(case_findings.c.finding_id == row.id)
        .order_by(cases.c.number)
    )
    return Standing(
        row.state,
        bool(row.changed),
        row.first_reviewer,
        row.second_reviewer,
        row.third_reviewer,
        bool(row.wants_second),
        bool(row.disagreed),
        tuple(connection.execute(query).scalars()),
    )


def _runs(connection: Connection, numbers: set[int]) -> dict[int, RunFound]:
    return {
        row.id: RunFound(
            row.id, row.started_at, row.finished_at, row.state, row.operator, text(table_of(row.about), "netra")
        )
        for row in connection.execute(select(runs).where(runs.c.id.in_(sorted(numbers))))
    }


def _copies(connection: Connection, row: Row[Any]) -> tuple[tuple[CopyFound, ...], int]:
    if row.copy_group is None:
        return (), 0
    others = (photos.c.copy_group == row.copy_group, photos.c.id != row.photo_id)
    count = int(connection.execute(select(func.count()).select_from(photos).where(*others)).scalar_one())
    columns = photos.c.id, photos.c.sha256, photos.c.width, photos.c.height, photos.c.copy_relation
    query = select(*columns).where(*others).order_by(photos.c.id != row.copy_group, photos.c.id).limit(MOST_COPIES)
    rows = connection.execute(query).all()
    ids = [one.id for one in rows]
    held = Counter(connection.execute(select(uploads.c.photo_id).where(uploads.c.photo_id.in_(ids))).scalars())
    said: dict[int, list[int]] = defaultdict(list)
    query_findings = (
        select(findings.c.photo_id, findings.c.id)
        .where(findings.c.photo_id.in_(ids), findings.c.election_id == row.election_id)
        .order_by(findings.c.id)
    )
    for one in connection.execute(query_findings):
        said[one.photo_id].append(one.id)
    return tuple(
        CopyFound(
            one.sha256,
            one.width,
            one.height,
            one.copy_relation,
            one.id == row.copy_group,
            tuple(said[one.id]),
            held[one.id],
        )
        for one in rows
    ), count


def _siblings(connection: Connection, row: Row[Any]) -> tuple[Sibling, ...]:
    query = select(findings).where(findings.c.photo_id == row.photo_id, findings.c.id != row.id).order_by(findings.c.id)
    return tuple(
        Sibling(one.id, one.election_id, one.ticket, one.panel, one.category, bool(one.current))
        for one in connection.execute(query)
    )


def _versions(connection: Connection, row: Row[Any]) -> tuple[Version, ...]:
    query = (
        select(evaluations.c.id, evaluations.c.run_id, evaluations.c.record, evaluations.c.current, runs.c.started_at)
        .join(runs, runs.c.id == evaluations.c.run_id)
        .where(evaluations.c.photo_id == row.photo_id, evaluations.c.election_id == row.election_id)
        .order_by(evaluations.c.current.desc(), evaluations.c.id.desc())
        .limit(MOST_VERSIONS)
    )
    return tuple(_version(one, row) for one in connection.execute(query))


def _version(evaluation: Any, row: Row[Any]) -> Version:
    said = [one for one in listed(table_of(evaluation.record), "findings") if isinstance(one, Mapping)]
    place = row.ticket, row.panel
    for one in said:
        if (whole(one.get("ticket")), whole(one.get("panel"))) == place:
            told = (text(one, name) for name in ("category", "strength", "symbol", "candidate"))
            return Version(evaluation.run_id, evaluation.started_at, bool(evaluation.current), *told)
    return Version(evaluation.run_id, evaluation.started_at, bool(evaluation.current))


def _candidates(about: Mapping[str, Any]) -> Iterator[NamedCandidate]:
    """Whether they stand in an election's row alone or within their tickets."""
    for one in listed(about, "candidates"):
        if isinstance(one, Mapping):
            yield NamedCandidate(text(one, "id"), text(one, "name"), text(one, "office"), whole(one.get("ticket")))
    for ticket in listed(about, "tickets"):
        for one in listed(ticket, "candidates") if isinstance(ticket, Mapping) else ():
            if isinstance(one, Mapping):
                number = whole(ticket.get("number"))
                yield NamedCandidate(text(one, "id"), text(one, "name"), text(one, "office"), number)


def _named(candidate: str, known: Sequence[NamedCandidate]) -> NamedCandidate:
    return next((one for one in known if one.id == candidate), NamedCandidate(candidate))


def _panel(box: Box, panels: Sequence[Box]) -> int:
    """As ``vision.types.PhotoLayout.panel_of``: what holds the middle of the box, else what is nearest to it."""
    x, y = box[0] + box[2] / 2, box[1] + box[3] / 2
    away = [max(a - x, x - a - w, 0) + max(b - y, y - b - h, 0) for a, b, w, h in panels]
    return away.index(min(away)) if away else 0


def _boxes(value: Any) -> Iterator[Box]:
    if isinstance(value, list) and len(value) == 4 and all(isinstance(each, int | float) for each in value):
        x, y, width, height = map(float, value)
        yield x, y, width, height


def _points(value: Any) -> Iterator[Point]:
    for each in value if isinstance(value, list) else ():
        if isinstance(each, list) and len(each) == 2 and all(isinstance(one, int | float) for one in each):
            yield float(each[0]), float(each[1])
