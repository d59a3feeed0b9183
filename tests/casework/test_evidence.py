"""Everything that a finding rests on."""

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from sqlalchemy import event, insert, select, update

from casework import tables
from casework.database import Database, open_database
from casework.evidence import MOST_COPIES, Evidence, read_evidence
from casework.evidence_uploads import MOST_UPLOADS, uploads_of
from screening.upload_facts import Moment, TimeNote, TimeSource, UploadFacts
from tests.casework import sample
from tests.casework.export_samples import fill_case, truths
from tests.review.office_sample import COPY, ITS_ORIGINAL, fill_office
from vision.types import PhotoLayout


@pytest.fixture
def database_file(tmp_path: Path) -> Iterator[Database]:
    with open_database(tmp_path / "kasus.db", create=True) as opened:
        yield opened


@pytest.fixture
def case(database_file: Database, tmp_path: Path) -> Database:
    fill_case(database_file, tmp_path / "unggahan")
    return database_file


@pytest.fixture
def small(database_file: Database) -> Database:
    sample.fill(database_file)
    return database_file


def read(database: Database, finding: int = 1) -> Evidence:
    with database.read() as connection:
        return read_evidence(connection, finding)[0]


def change(database: Database, table: Any, values: dict[str, Any], number: int = 1) -> None:
    with database.begin() as connection:
        connection.execute(update(table).where(table.c.id == number).values(values))


def record_of(database: Database, evaluation: int = 1) -> dict[str, Any]:
    with database.read() as connection:
        query = select(tables.evaluations.c.record).where(tables.evaluations.c.id == evaluation)
        told: dict[str, Any] = json.loads(connection.execute(query).scalar_one())
        return told


def test_there_is_nothing_of_no_finding(case: Database) -> None:
    with case.read() as connection:
        assert read_evidence(connection, 77) == ()


def test_a_finding_comes_with_what_was_seen_and_what_the_rule_asks_for(case: Database) -> None:
    found, truth = read(case), truths()[0]
    assert (found.category, found.strength) == (truth["findings"][0]["category"], truth["findings"][0]["strength"])
    assert [one.box for one in found.people] == [tuple(one["box"]) for one in truth["people"]]
    assert [one.id for one in found.candidates] == truth["findings"][0]["candidates"]
    assert found.candidates[0].name == "Damar Wicaksatya"
    assert found.sentence.of("id").startswith("Foto memuat wajah yang mirip calon")
    assert found.sentence.of("en") == "The photo has a face that looks like a candidate."
    assert [(one.key, one.state) for one in found.elements][::4] == [
        ("candidate-visible", "shown"),
        ("civil-servant", "missing"),
    ]
    assert found.rule.id == "pemilu-2024/foto-bersama"
    assert found.rule.source.startswith("SKB 2/2022")
    assert found.standing.cases == ("007/PM/Kota-Contoh/XI/2024",)
    assert found.standing.state == "confirmed"
    assert (found.first_run.id, found.first_run.version, found.last_run.operator) == (1, "0.1.0", "ratna")
    assert found.name_of("damar-wicaksatya") == "Damar Wicaksatya"
    assert found.name_of("siapa-itu") == "siapa-itu"


def test_the_face_in_question_is_the_candidates_most_alike_one_of_its_panel(case: Database) -> None:
    record = record_of(case)
    record["layout"] = {"screenshot": True, "panels": [[0, 0, 480, 720], [480, 0, 480, 720]]}
    change(case, tables.evaluations, {"record": json.dumps(record)})
    seen = {"evaluation_id": 1, "ticket": 1, "candidate": "damar-wicaksatya", "band": "match", "reference": "r"}
    with case.begin() as connection:
        connection.execute(insert(tables.sightings).values(seen | {"person": 1, "similarity": 0.9, "depiction": True}))
    found = read(case)
    assert [(one.panel, one.in_question) for one in found.people] == [(0, True), (1, False)]
    assert found.screenshot
    assert found.panels == ((0.0, 0.0, 480.0, 720.0), (480.0, 0.0, 480.0, 720.0))
    assert found.people[1].seen_as[0].depiction
    change(case, tables.findings, {"panel": 1})
    assert [one.in_question for one in read(case).people] == [False, True]


def test_a_likeness_says_how_many_faces_its_e_value_is_for(small: Database) -> None:
    with small.begin() as connection:
        values = {"faces": 12400.0, "second_candidate": "orang-kedua", "second_similarity": 0.31}
        connection.execute(update(tables.sightings).values(values))
    seen = read(small).people[0].seen_as[0]
    assert (seen.similarity, seen.e_value, seen.faces, seen.reference) == (0.7, (0.002,), 12400.0, "photos/sari-1.jpg")
    assert seen.chance("id") == ("12.400", "0,002")
    assert seen.chance("en") == ("12,400", "0.002")
    assert (seen.second[0].candidate.called, seen.second[0].similarity) == ("orang-kedua", 0.31)
    assert replace(seen, faces=0.0).chance("id") == replace(seen, e_value=()).chance("id") == ("", "")


def test_a_depiction_says_what_kind_it_is_and_where_its_picture_lies(case: Database) -> None:
    record = record_of(case)
    quad = [[1.5, 2.0], [300.0, 2.0], [300.0, 400.0], [1.5, 400.0]]
    record["people"][0]["depiction"] = {"kind": "print", "quad": quad, "score": 0.81, "reference": None}
    change(case, tables.evaluations, {"record": json.dumps(record)})
    told = read(case).people[0].depicted[0]
    assert (told.kind, told.score, told.reference) == ("print", 0.81, "")
    assert told.quad == tuple((x, y) for x, y in quad)


def test_hands_say_what_they_show_and_whose_they_are(database_file: Database, tmp_path: Path) -> None:
    truth = next(one for one in truths() if one["findings"][0]["symbol"] and len(one["hands"]) > 1)
    fill_case(database_file, tmp_path / "unggahan", [truth])
    symbol = truth["findings"][0]["symbol"]
    with database_file.begin() as connection:
        for number, hand in enumerate(record_of(database_file)["hands"]):
            row = {name: hand[name] for name in ("side", "readable", "confidence", "person")}
            row |= {"symbol": hand["symbol"] or "", "box": json.dumps(hand["box"])}
            row |= {"evaluation_id": 1, "number": number, "keypoints": json.dumps(hand["keypoints"])}
            connection.execute(insert(tables.hands).values(row))
    found = read(database_file)
    assert [hand.symbol for hand in found.hands] == [hand["symbol"] or "" for hand in truth["hands"]]
    assert all(len(hand.keypoints) == 21 for hand in found.hands)
    assert {hand.symbol for hand in found.hands if hand.in_question} == {symbol}
    assert [hand.person for hand in found.hands] == [
        () if hand["person"] is None else (hand["person"],) for hand in truth["hands"]
    ]
    assert found.hands_searched
    assert found.hand(0) == found.hands[:1]
    assert found.person(99) == ()


def test_every_day_is_told_with_its_source_and_whether_it_counts(small: Database) -> None:
    facts = UploadFacts(
        camera="Rekaan 7",
        taken=(
            Moment(date(2024, 9, 20), TimeSource.EXIF, note=TimeNote.CHANGED),
            Moment(date(2024, 9, 25), TimeSource.EXIF),
            Moment(date(2024, 10, 2), TimeSource.FILE_NAME),
        ),
        posted=(Moment(date(2024, 10, 19), TimeSource.MANIFEST),),
    )
    change(small, tables.uploads, {"facts": json.dumps(facts.to_dict())})
    upload = read(small).uploads[0]
    assert [(one.kind, one.day, one.weak, one.decides) for one in upload.statements] == [
        ("taken", "2024-09-20", True, False),
        ("taken", "2024-09-25", False, True),
        ("taken", "2024-10-02", True, False),
        ("posted", "2024-10-19", False, True),
    ]
    assert upload.statements[2].disputed
    assert "terakhir diubah" in upload.statements[0].note.of("id")
    assert upload.statements[3].source_text.of("en") == "the manifest"
    assert (upload.camera, upload.uploader_name, upload.agency) == ("Rekaan 7", sample.NAMES["u-1"], "Dinas Contoh")


def test_facts_of_another_version_are_no_error(small: Database) -> None:
    change(small, tables.uploads, {"facts": json.dumps({"taken": [{"day": "2024-09-25", "source": "stars"}]})})
    upload = read(small).uploads[0]
    assert upload.statements == ()
    assert upload.uploader_id == "u-1"


def test_the_upload_that_the_finding_rests_on_comes_first(small: Database) -> None:
    assert [(one.id, one.rests_on) for one in read(small).uploads] == [(1, True), (5, False)]
    change(small, tables.findings, {"detail": json.dumps({"upload": sample.PLACES[5]})})
    assert [(one.id, one.rests_on) for one in read(small).uploads] == [(5, True), (1, False)]


def test_the_copies_of_a_photo_come_with_their_findings(small: Database) -> None:
    found = read(small)
    assert [(one.sha256, one.representative, one.findings, one.uploads) for one in found.copies] == [
        (sample.sha256_of(2), True, (2,), 2)
    ]
    assert found.copies_in_all == 1
    assert read(small, 2).copies[0].findings == (1,)


def test_what_hundreds_posted_stays_one_page(small: Database) -> None:
    photo = {"size_bytes": 9, "width": 80, "height": 60, "pdq": b"", "pdq_quality": 0, "features": b"", "copy_group": 2}
    upload = {"size_bytes": 9, "mtime_ns": 1, "gone": False, "photo_id": 1}
    with small.begin() as connection:
        rows = [photo | {"id": 100 + n, "sha256": sample.sha256_of(100 + n)} for n in range(300)]
        connection.execute(insert(tables.photos), rows)
        files = [upload | {"id": 100 + n, "place": f"/rekaan/{n}", "path": f"{n}.jpg"} for n in range(300)]
        connection.execute(insert(tables.uploads), files)
    found = read(small)
    assert (len(found.copies), found.copies_in_all) == (MOST_COPIES, 301)
    assert (len(found.uploads), found.uploads_in_all) == (MOST_UPLOADS, 302)
    assert found.copies[0].representative


def test_other_findings_of_the_photo_are_named(small: Database) -> None:
    with small.begin() as connection:
        row = connection.execute(select(tables.findings).where(tables.findings.c.id == 1)).one()._asdict()
        connection.execute(insert(tables.findings).values(row | {"id": 9, "ticket": 2, "current": False}))
    assert [(one.id, one.ticket, one.current) for one in read(small).siblings] == [(9, 2, False)]


def test_what_earlier_scans_said_stays_told(case: Database) -> None:
    record = record_of(case)
    record["findings"][0]["strength"] = "weak"
    with case.begin() as connection:
        connection.execute(
            insert(tables.runs).values(
                id=2, election_id=read(case).election_id, started_at="2024-11-01", state="finished"
            )
        )
        connection.execute(update(tables.evaluations).where(tables.evaluations.c.id == 1).values(current=False))
        now = {"id": 50, "photo_id": 1, "election_id": read(case).election_id, "run_id": 2, "current": True}
        connection.execute(
            insert(tables.evaluations).values(now | {"evaluation_key": "n", "record": json.dumps(record)})
        )
    told = [(one.run_id, one.current, one.strength) for one in read(case).versions]
    assert told == [(2, True, "weak"), (1, False, truths()[0]["findings"][0]["strength"])]


def test_a_record_of_an_early_version_is_read_as_far_as_it_goes(small: Database) -> None:
    found = read(small)  # its record names a path and an uploader, and nothing else
    assert len(found.people) == 2
    assert found.people[0].score == 0.0
    assert not found.people[0].depicted
    assert found.versions[0].category == ""
    assert not found.hands_searched
    assert found.elements[0].text.of("en") == "Pengunggah adalah ASN"  # told in one language only
    assert found.rule.rulebook == ""
    assert found.election_days == ()


_KEYS = ("people", "layout", "panels", "findings", "elements", "candidates", "symbols", "hands", "depiction", "tickets",
         "face", "quad", "id", "reason_id", "upload", "screenshot", "ticket", "panel", "about", "name_id")  # fmt: skip
_JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-5, 5) | st.floats(-9, 9) | st.text(max_size=4),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.sampled_from(_KEYS), inner, max_size=5),
    max_leaves=14,
)


@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@example(detail={"hands": [[], {}]}, record={"people": [{"id": []}]}, about=None)
@given(detail=_JSON, record=_JSON, about=_JSON)
def test_whatever_stands_in_its_columns_a_finding_can_be_read(
    small: Database, detail: Any, record: Any, about: Any
) -> None:
    with small.begin() as connection:
        connection.execute(update(tables.findings).values(detail=json.dumps(detail)))
        connection.execute(update(tables.evaluations).values(record=json.dumps(record)))
        connection.execute(update(tables.elections).values(about=json.dumps(about), rulebook_about=json.dumps(about)))
        found = read_evidence(connection, 1)[0]
    assert found.candidates
    assert len(found.people) == 2


_NUMBER = st.integers(-50, 900)
_BOX = st.tuples(_NUMBER, _NUMBER, st.integers(1, 300), st.integers(1, 300))


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(panels=st.lists(_BOX, min_size=2, max_size=4), box=_BOX)
def test_panels_are_told_as_vision_tells_them(
    small: Database, panels: list[tuple[int, ...]], box: tuple[int, ...]
) -> None:
    record = {"layout": {"screenshot": False, "panels": panels}}
    with small.begin() as connection:
        connection.execute(update(tables.people).values(box=json.dumps(box)))
        connection.execute(update(tables.evaluations).values(record=json.dumps(record)))
        person = read_evidence(connection, 1)[0].people[0]
    layout = PhotoLayout(False, tuple(np.array([x, y, x + w, y + h], np.float32) for x, y, w, h in panels))
    x, y, w, h = box
    assert person.panel == layout.panel_of(np.array([x, y, x + w, y + h], np.float32))


def test_the_queries_do_not_grow_with_what_there_is(case: Database) -> None:
    asked: list[str] = []
    with case.read() as connection:
        event.listen(connection, "before_cursor_execute", lambda *given: asked.append(given[2]))
        for finding in (1, 2, 3):
            read_evidence(connection, finding)
    assert len(asked) <= 3 * 14


def rows_of(database: Database, table: Any) -> list[dict[str, Any]]:
    with database.read() as connection:
        return [row._asdict() for row in connection.execute(select(table).order_by(*table.primary_key.columns))]


def test_of_every_finding_everything_is_told_on_both_databases(database: Database) -> None:
    fill_office(database)
    records = {row["id"]: json.loads(row["record"]) for row in rows_of(database, tables.evaluations)}
    for row in rows_of(database, tables.findings):
        found, record = read(database, row["id"]), records[row["evaluation_id"]]
        said = record["findings"][0]
        assert [one.number for one in found.people] == [one["id"] for one in record["people"]]
        assert [one.symbol for one in found.hands] == [one["symbol"] or "" for one in record["hands"]]
        sighted = {one["sighting"]["candidate"] for one in record["people"] if one["sighting"]}
        assert [one.in_question for one in found.people].count(True) == len(sighted & set(said["candidates"]))
        assert found.sentence == (said["reason_id"], said["reason_en"])
        assert [one.key for one in found.elements] == [one["key"] for one in said["elements"]]
        assert all(seen.candidate.name and seen.chance("id")[0] for one in found.people for seen in one.seen_as)
        assert dict(found.election_days).keys() == {"candidates_official", "numbers_drawn", "voting_day"}
        assert found.posted_on in [one.day for one in found.uploads[0].statements if one.decides]
    assert read(database, COPY).copy_of == (ITS_ORIGINAL,)
    assert read(database, ITS_ORIGINAL).copies[0].findings == (COPY,)


def test_no_upload_is_told_of_a_photo_that_nobody_uploaded(small: Database) -> None:
    with small.read() as connection:
        assert uploads_of(connection, 77) == ()
