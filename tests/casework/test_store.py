"""Scans into a database: every record is there once, and what is known is not done again."""

import os
import shutil
from pathlib import Path

import pytest
from sqlalchemy import select

from casework.database import Database, open_database
from casework.decisions import Verdict, decide
from casework.tables import findings
from netra.errors import DatabaseError, DatabaseErrorKind
from screening import stamps
from screening.finish import Phase
from screening.reading import HandsMode
from screening.record import Status
from screening.rulebook import load_rulebook
from tests.casework.made_up import (
    Office,
    StandIn,
    made_up_gallery,
    made_up_photo,
    nothing_asked,
    quick_fingerprint,
    said,
)


@pytest.fixture(autouse=True)
def eyes(monkeypatch: pytest.MonkeyPatch) -> StandIn:
    monkeypatch.setattr(stamps, "FRESH_NS", -1)
    stand_in = StandIn()
    monkeypatch.setattr("screening.reading.analyser", lambda *_: stand_in)
    monkeypatch.setattr("screening.reading.fingerprint", quick_fingerprint)
    monkeypatch.setattr("screening.finish.question", nothing_asked, raising=False)
    return stand_in


@pytest.fixture
def office(database: Database, tmp_path: Path) -> Office:
    for number in range(40):
        made_up_photo(tmp_path / "foto" / f"{number:03}.png", number)
    return Office(database, tmp_path / "foto")


def test_every_file_is_a_row_and_the_sums_hold(office: Office) -> None:
    shutil.copy(office.folder / "003.png", office.folder / "903.png")
    (office.folder / "potong.jpg").write_bytes(b"\xff\xd8\xff")
    (office.folder / "catatan.txt").write_text("x")
    summary = office.scan()
    assert (summary.ok, summary.duplicate, summary.unreadable, summary.skipped) == (40, 1, 1, 1)
    (run,) = office.rows("runs")
    assert run["state"] == "finished"
    seen = office.rows("seen")
    assert [row["status"] for row in seen] == [record.status.value for record in office.records]
    assert len(office.rows("photos")) == 40
    assert len(office.rows("uploads")) == 43
    assert {row["current"] for row in office.rows("evaluations")} == {True}
    found = [finding for record in office.records for finding in record.findings]
    assert len(office.rows("findings")) == len(found) > 3
    assert len(office.rows("people")) == summary.people
    assert len(office.rows("hands")) == summary.hands > 0
    sightings = [one for record in office.records for person in record.people for one in person.sightings]
    assert len(office.rows("sightings")) == len(sightings) > 3
    duplicate = next(row for row in seen if row["status"] == "duplicate")
    assert duplicate["evaluation_id"] == seen[3]["evaluation_id"]
    assert len(office.rows("audit")) == 2


def test_a_scan_of_unchanged_files_opens_none_and_says_the_same(office: Office, eyes: StandIn) -> None:
    office.scan()
    first = [said(record) for record in office.records]
    tables = {name: office.rows(name) for name in ("photos", "uploads", "readings", "evaluations", "findings", "hands")}
    looked = eyes.detected[:], eyes.hands_read[:]
    office.scan()
    assert [said(record) for record in office.records] == first
    assert (eyes.detected, eyes.hands_read, eyes.embedded) == (*looked, [])
    assert {name: office.rows(name) for name in tables} == tables
    assert [row["state"] for row in office.rows("runs")] == ["finished", "finished"]
    assert len(office.rows("seen")) == 80


@pytest.mark.parametrize("way", ["copied", "renamed", "touched", "rehash"])
def test_known_content_is_found_again_by_its_hash(office: Office, eyes: StandIn, way: str, tmp_path: Path) -> None:
    office.scan()
    first = [record.findings for record in office.records]
    looked = len(eyes.detected)
    if way == "touched":
        for path in office.folder.iterdir():
            os.utime(path)
    elif way == "rehash":
        office.rehash = True
    else:
        shutil.copytree(office.folder, tmp_path / "lain")
        if way == "renamed":
            shutil.rmtree(office.folder)
        office.folder = tmp_path / "lain"
    office.scan()
    assert [record.findings for record in office.records] == first
    assert (len(eyes.detected), eyes.embedded) == (looked, [])
    assert len(office.rows("photos")) == 40
    assert len(office.rows("uploads")) == (80 if way in ("copied", "renamed") else 40)


def test_changed_bytes_at_a_place_are_another_photo(office: Office, eyes: StandIn) -> None:
    office.scan()
    place = office.folder / "007.png"
    before = next(row for row in office.rows("uploads") if row["place"] == str(place))
    made_up_photo(place, 4711)
    looked = len(eyes.detected)
    office.scan()
    after = next(row for row in office.rows("uploads") if row["place"] == str(place))
    assert after["id"] == before["id"]
    assert after["photo_id"] != before["photo_id"]
    assert len(eyes.detected) == looked + 1
    history = [row for row in office.rows("evaluations") if row["photo_id"] == before["photo_id"]]
    assert len(history) == 1


def test_a_changed_rulebook_judges_again_and_opens_nothing(office: Office, eyes: StandIn) -> None:
    office.scan()
    looked = eyes.detected[:], eyes.hands_read[:]
    office.book = load_rulebook("pemilu-2024")
    office.scan()
    assert eyes.embedded == []
    assert eyes.detected == looked[0]
    assert {row["rule"].partition("/")[0] for row in office.rows("findings") if row["current"]} == {"pemilu-2024"}


def test_another_way_to_look_for_hands_opens_what_it_must(office: Office, eyes: StandIn) -> None:
    office.hands = HandsMode.NEVER
    office.scan()
    assert eyes.hands_read == []
    office.hands = HandsMode.AUTO
    office.scan()
    sighted = sum(any(person.sightings for person in record.people) for record in office.records)
    assert len(eyes.hands_read) == sighted > 0
    office.hands = HandsMode.ALWAYS
    office.scan()
    assert sorted(eyes.hands_read) == sorted(record.sha256 for record in office.records)
    assert (len(eyes.detected), eyes.embedded) == (40, [])


def test_a_changed_candidate_list_embeds_again(office: Office, eyes: StandIn, tmp_path: Path) -> None:
    office.scan()
    office.gallery = made_up_gallery(["sari", "joko", "budi"])
    office.scan()
    assessable = [record for record in office.records if any(one.quality.assessable for one in record.people)]
    assert len(eyes.embedded) == len(assessable) < 40
    assert len(eyes.detected) == 40
    assert not any(row["current"] for row in office.rows("findings") if row["candidate"] == "wati")
    with open_database(tmp_path / "lain.db", create=True) as unknowing:
        fresh = Office(unknowing, office.folder, gallery=office.gallery)
        fresh.scan()
        assert [said(one) for one in fresh.records] == [said(one) for one in office.records]


def test_another_detector_reads_again(office: Office, eyes: StandIn) -> None:
    office.scan()
    eyes.code = "stand-in 2"
    office.scan()
    assert len(eyes.detected) == 80


def test_an_interrupted_scan_goes_on_without_looking_twice(office: Office, eyes: StandIn) -> None:
    def stop(phase: Phase, done: int) -> None:
        if phase is Phase.READING and done == 20:
            raise KeyboardInterrupt

    office.progress = stop
    assert office.scan().interrupted
    assert [row["state"] for row in office.rows("runs")] == ["interrupted"]
    assert len(eyes.detected) == 20
    office.progress = lambda phase, done: None
    office.scan()
    assert len(eyes.detected) == 40
    assert len(eyes.embedded) <= 20
    assert [row["state"] for row in office.rows("runs")] == ["interrupted", "finished"]


@pytest.mark.slow
def test_few_new_photos_are_seen_against_the_kept_population(database: Database, tmp_path: Path, eyes: StandIn) -> None:
    folder = tmp_path / "foto"
    for number in range(400):
        made_up_photo(folder / f"{number:03}.png", number)
    office = Office(database, folder)
    assert office.scan().calibrated
    first = {record.path: said(record) for record in office.records}
    for number in range(400, 420):
        made_up_photo(folder / f"{number:03}.png", number)
    summary = office.scan()
    assert (len(eyes.detected), eyes.embedded) == (420, [])
    assert {record.path: said(record) for record in office.records if record.path in first} == first
    assert summary.faces_added > 0
    assert summary.calibrated
    for number in range(420, 470):
        made_up_photo(folder / f"{number:03}.png", number)
    summary = office.scan()
    assert len(eyes.embedded) > 300, "too many are new: all are compared again"
    assert summary.faces_added == 0
    with open_database(tmp_path / "lain.db", create=True) as unknowing:
        fresh = Office(unknowing, folder)
        fresh.scan()
        assert [said(one) for one in office.records] == [said(one) for one in fresh.records]


def test_no_scan_changes_what_people_decided(office: Office, eyes: StandIn) -> None:
    office.scan()
    first = office.rows("findings")
    with office.database.begin() as connection:
        for row, verdict in zip(first, [*Verdict, *Verdict], strict=False):
            decide(connection, row["id"], "sari", verdict)
            if verdict is Verdict.CONFIRMED:
                decide(connection, row["id"], "budi", verdict)
    decided = {row["id"]: row["state"] for row in office.rows("findings") if row["state"] != "suggested"}
    said_before = office.rows("decisions")
    eyes.code = "stand-in 2"
    office.book = load_rulebook("pemilu-2024")
    office.gallery = made_up_gallery(["sari"])
    office.scan()
    after = {row["id"]: row for row in office.rows("findings")}
    assert {number: after[number]["state"] for number in decided} == decided
    assert office.rows("decisions") == said_before
    assert {row["id"] for row in first} <= set(after)
    gone = [row for row in first if row["candidate"] != "sari"]
    assert not any(after[row["id"]]["current"] for row in gone)


def test_a_decided_finding_that_says_something_else_is_marked(office: Office) -> None:
    office.scan()
    strong = next(row for row in office.rows("findings") if row["strength"] == "strong")
    with office.database.begin() as connection:
        decide(connection, strong["id"], "sari", Verdict.REJECTED)
    office.hands = HandsMode.NEVER
    office.scan()
    after = next(row for row in office.rows("findings") if row["id"] == strong["id"])
    assert (after["state"], after["changed"], after["current"]) == ("rejected", True, True)
    office.hands = HandsMode.AUTO
    office.scan()
    again = next(row for row in office.rows("findings") if row["id"] == strong["id"])
    assert (again["state"], again["changed"]) == ("rejected", False)


def test_two_scans_at_once_do_not_mix(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    other = Office(office.database, office.folder)
    refusals: list[DatabaseError] = []

    def second(phase: Phase, done: int) -> None:
        if phase is Phase.READING and done == 5:
            try:
                other.scan()
            except DatabaseError as error:
                refusals.append(error)

    office.progress = second
    office.scan()
    assert [error.kind for error in refusals] == [DatabaseErrorKind.RUNNING]
    assert f"process {os.getpid()}" in str(refusals[0])
    assert [row["state"] for row in office.rows("runs")] == ["finished"]
    other.scan()


def test_files_that_could_not_be_read_are_tried_again(office: Office, eyes: StandIn) -> None:
    broken = office.folder / "potong.png"
    broken.write_bytes(b"\x89PNG\r\n\x1a\n")
    office.scan()
    assert [record.status for record in office.records[-1:]] == [Status.ERROR]
    made_up_photo(broken, 99)
    office.scan()
    assert [record.status for record in office.records[-1:]] == [Status.OK]
    (upload,) = [row for row in office.rows("uploads") if row["place"] == str(broken)]
    assert upload["photo_id"] is not None


def test_no_template_reaches_the_database(office: Office, eyes: StandIn) -> None:
    office.scan()
    with office.database.read() as connection:
        assert connection.execute(select(findings.c.id)).first()
    stored = b"".join(
        value if isinstance(value, bytes) else str(value).encode()
        for name in ("photos", "readings", "people", "evaluations", "runs", "sightings")
        for row in office.rows(name)
        for value in row.values()
    )
    for sha256 in eyes.detected:
        for reading in eyes._faces(sha256):
            for start in range(0, reading.template.size - 4, 4):
                assert reading.template[start : start + 4].tobytes() not in stored
