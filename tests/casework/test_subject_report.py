"""What a person is told who asks: all that is held, nobody else's data, and what is not held."""

import json
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from sqlalchemy import Connection

from casework import tables
from casework.access import person_subject
from casework.audit import AuditLog
from casework.cases import Cases
from casework.database import Database, open_database
from casework.deletion import delete_planned
from casework.retention import of_uploader
from casework.subject_page import ACTIONS, subject_page
from casework.subject_report import Asked, Question, is_empty, subject_report
from tests.casework.sample import AT, ELECTION, NAMES, PLACES, fill, sha256_of

TODAY = date(2025, 7, 1)
DUTIES = {
    "purpose": "Menelusuri",
    "legal_basis": "UU 7/2017 Pasal 93",
    "officer": "Petugas Contoh",
    "ends_on": "2025-12-31",
}


@pytest.fixture
def filled(database: Database) -> Database:
    fill(database)
    with database.begin() as connection:
        log = AuditLog(connection)
        cases = Cases(connection, log, "petugas-a", date(2024, 10, 21), AT)
        cases.open("01/TM", ELECTION, DUTIES, [1])
        cases.viewed("01/TM")
        log.append("netra", "run.finish", "run:1", detail={"findings": 2})
        log.append("petugas-c", "export", "case:01/TM")
        log.append("petugas-c", "export", "case:lain")
        log.append("petugas-d", "face.view", f"photo:{sha256_of(2)}")
        log.append("petugas-d", "face.view", f"photo:{sha256_of(3)}")
    return database


@pytest.fixture
def connection(filled: Database) -> Iterator[Connection]:
    with filled.begin() as opened:
        yield opened


def report(connection: Connection, asked: Asked, value: str) -> dict[str, Any]:
    made = subject_report(connection, AuditLog(connection), Question(asked, value), "petugas-a")
    assert json.loads(json.dumps(made)) == made, "it is plain JSON"
    return made


def test_an_uploader_is_told_everything_about_their_uploads(connection: Connection) -> None:
    told = report(connection, Asked.UPLOADER, "u-1")
    assert [one["path"] for one in told["uploads"]] == [PLACES[n] for n in (1, 2, 5, 6)]
    assert told["uploads"][0]["first_scanned_at"] == AT
    assert told["uploads"][3]["photo"] == "", "what could not be read is held as an upload all the same"
    assert [one["sha256"] for one in told["photos"]] == [sha256_of(1), sha256_of(2)]
    assert [one["number"] for one in told["findings"]] == [1, 2]
    assert [(one["finding"], one["decision"]) for one in told["decisions"]] == [
        (1, "confirmed"), (1, "confirmed"), (2, "rejected"),
    ]  # fmt: skip
    assert [one["number"] for one in told["cases"]] == ["01/TM"]
    assert {(one["actor"], one["action"]) for one in told["log"]} == {
        ("petugas-a", "case.open"), ("petugas-a", "case.add"), ("petugas-a", "case.view"), ("petugas-c", "export"),
        ("petugas-d", "face.view"),
    }  # fmt: skip
    assert sum(one["action"] == "export" for one in told["log"]) == 1, "an export of another case is not theirs"


def test_nothing_of_anybody_else_is_in_it(connection: Connection) -> None:
    for told in (
        report(connection, Asked.UPLOADER, "u-2"),
        report(connection, Asked.PHOTO, sha256_of(1)),
        report(connection, Asked.CANDIDATE, "sari-dewi"),
    ):
        text = json.dumps(told) + subject_page(told)
        for secret in ("u-1", NAMES["u-1"], PLACES[1], PLACES[2], PLACES[5], "/p/1"):
            assert secret not in text, secret


def test_the_sentences_about_ones_own_upload_are_whole(connection: Connection) -> None:
    told = report(connection, Asked.UPLOADER, "u-1")["findings"][0]
    assert f"pengunggah u-1, instansi Dinas Contoh. Unggahan {NAMES['u-1']}" in told["elements"][0]["evidence_id"]
    other = report(connection, Asked.PHOTO, sha256_of(1))["findings"][0]["elements"][0]["evidence_id"]
    own = "[data orang lain]"
    assert other == f"Tercatat: pengunggah {own}, instansi {own}. Unggahan {own}, nomor urut 1."


def test_a_candidate_who_uploaded_it_keeps_their_name(connection: Connection) -> None:
    connection.execute(tables.uploads.update().values(uploader_name="Sari Dewi"))
    detail = json.dumps({"reason_id": "Wajah mirip Sari Dewi; pengunggah u-1."})
    connection.execute(tables.findings.update().values(detail=detail))
    told = report(connection, Asked.CANDIDATE, "sari-dewi")["findings"][0]["reason_id"]
    assert told == "Wajah mirip Sari Dewi; pengunggah [data orang lain]."


def test_a_candidate_is_told_where_they_are_enrolled_and_seen(connection: Connection) -> None:
    told = report(connection, Asked.CANDIDATE, "sari-dewi")
    assert [(one["election"], one["name"]) for one in told["candidate"]] == [(ELECTION, "Sari Dewi")]
    assert [one["sha256"] for one in told["photos"]] == [sha256_of(1), sha256_of(2)]
    assert told["photos"][0]["sightings"][0]["e_value"] == 0.002
    assert told["uploads"] == []
    page = subject_page(told)
    assert "calon wali kota" in page
    assert "Siapa yang mengunggah tidak disebut" in page


def test_candidates_within_tickets_are_found(connection: Connection) -> None:
    about = {"tickets": [{"number": 1, "candidates": [{"id": "budi", "name": "Budi", "office": "calon wali kota"}]}]}
    connection.execute(tables.elections.update().values(about=json.dumps(about)))
    assert len(report(connection, Asked.CANDIDATE, "budi")["candidate"]) == 2


def test_by_a_photo(connection: Connection) -> None:
    told = report(connection, Asked.PHOTO, sha256_of(1))
    photo = told["photos"][0]
    assert (photo["uploads"], photo["people"], photo["hands"], photo["copies"]) == (2, 2, 1, [sha256_of(2)])
    assert [one["number"] for one in told["findings"]] == [1]


def test_who_is_not_known_is_told_that_nothing_is_held(connection: Connection) -> None:
    for asked, value in ((Asked.UPLOADER, "u-9"), (Asked.CANDIDATE, "x"), (Asked.PHOTO, sha256_of(9))):
        told = report(connection, asked, value)
        assert is_empty(told)
        assert "Tidak ada." in subject_page(told)
        assert "netra tidak menyimpan templat wajah siapa pun selain calon resmi" in subject_page(told)


def test_the_report_itself_is_in_the_log_without_the_id(connection: Connection) -> None:
    report(connection, Asked.UPLOADER, "u-1")
    entry = list(AuditLog(connection).entries())[-1]
    assert (entry.draft.action, entry.draft.actor) == ("subject.report", "petugas-a")
    assert entry.draft.subject == person_subject(connection, "u-1")
    assert "u-1" not in entry.text
    again = report(connection, Asked.UPLOADER, "u-1")
    assert [one["action"] for one in again["log"]].count("subject.report") == 1, "and found again under the id"


def test_after_a_deletion_the_deletion_is_what_is_told(filled: Database) -> None:
    with filled.begin() as connection:
        connection.execute(tables.case_findings.delete())
        plan = of_uploader(connection, "u-1", TODAY)
    delete_planned(filled, plan, AuditLog, "petugas-b", "permintaan", TODAY)
    with filled.begin() as connection:
        told = report(connection, Asked.UPLOADER, "u-1")
        by_photo = report(connection, Asked.PHOTO, sha256_of(1))
    assert is_empty(told)
    assert ("petugas-b", "retention.delete") in {(one["actor"], one["action"]) for one in told["log"]}
    assert [one["action"] for one in by_photo["log"]] == ["retention.delete"]
    assert "sudah dihapus" in subject_page(told)


def test_the_page_reads_as_an_officer_would_write_it(connection: Connection) -> None:
    page = subject_page(report(connection, Asked.UPLOADER, "u-1"))
    for words in (
        "# Laporan data pribadi",
        "Pasal 5 sampai 7",
        "## Unggahan",
        "## Temuan",
        "foto bersama calon, dengan simbol tangan",
        "telunjuk",
        "dikonfirmasi petugas",
        "petugas-b (peninjau 2)",
        "### Berkas 01/TM",
        "**belum diisi**",
        "nilai E 0,002",
        "## Yang tidak disimpan",
        "## Hak Anda",
        "diekspor",
        "Temuan adalah alasan untuk melihat sebuah foto",
    ):
        assert words in page, words
    for verdict in ("pelanggar", "bersalah", "terbukti", "tersangka"):
        assert verdict not in page.lower()


def test_what_is_written_in_a_file_name_does_nothing_to_the_page(filled: Database) -> None:
    with filled.begin() as connection:
        nasty = "a|b`<script>\n# judul\u202e](x).jpg"
        connection.execute(tables.uploads.update().where(tables.uploads.c.id == 1).values(path=nasty))
        page = subject_page(report(connection, Asked.UPLOADER, "u-1"))
    line = next(line for line in page.splitlines() if "script" in line)
    assert "a\\|b\\`\\<script\\> \\# judul \\](x).jpg" in line
    assert not any(line.startswith("# judul") for line in page.splitlines())
    widths = {
        line.replace("\\|", "").count("|") for line in page.split("## Unggahan")[1].split("##")[0].splitlines() if line
    }
    assert widths == {7}


def test_every_action_about_data_has_words() -> None:
    assert {"retention.delete", "export", "case.view", "decision", "subject.report"} <= set(ACTIONS)


def test_a_question_without_a_value_is_none() -> None:
    with pytest.raises(ValueError, match="expected an id or a hash"):
        Question(Asked.PHOTO, " ")


def test_more_uploads_than_fit_into_one_statement(tmp_path_factory: pytest.TempPathFactory) -> None:
    path = tmp_path_factory.mktemp("banyak") / "k.db"
    with open_database(path, create=True) as database, database.begin() as connection:
        numbers, photo = range(1, 1202), {"size_bytes": 1, "first_seen_at": AT}
        connection.execute(tables.photos.insert(), [{"id": n, "sha256": sha256_of(n), **photo} for n in numbers])
        upload = {"uploader_id": "u-1", "gone": False}
        rows = [{"id": n, "place": f"/f/{n}", "path": f"{n}", "photo_id": n, **upload} for n in numbers]
        connection.execute(tables.uploads.insert(), rows)
        told = report(connection, Asked.UPLOADER, "u-1")
    assert len(told["photos"]) == len(told["uploads"]) == 1201
