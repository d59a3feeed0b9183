"""First looks and marks go with the photos they are about, with proof; who asks is told of them."""

import pytest
from sqlalchemy import select, update

from casework import tables
from casework.audit import AuditLog
from casework.database import Database
from casework.deletion import delete_planned
from casework.explained import looks_explained, marks_explained
from casework.looks import SamePerson, answer_look, open_look
from casework.marks import MarkKind, NewMark, add_mark, remove_mark
from casework.retention import of_photo, of_uploader
from casework.subject_page import subject_page
from casework.subject_report import Asked, Question, subject_report
from tests.casework.deletions import TODAY, count
from tests.casework.sample import AT, fill, sha256_of

NOTE = "pose biasa pada acara keluarga"


@pytest.fixture
def filled(database: Database) -> Database:
    fill(database)
    with database.begin() as connection:
        log = AuditLog(connection)
        for finding in (1, 2):
            look = open_look(connection, log, finding, "rina", AT)
            answer_look(connection, log, look.id, "rina", SamePerson.SAME if look.person else "", "", AT)
            new = NewMark(MarkKind.FACE, (1.0, 2.0, 20.0, 20.0), "sari-dewi" if finding == 1 else "", "", NOTE)
            mark = add_mark(connection, log, finding, new, "rina", AT)
        remove_mark(connection, log, mark.id, "rina", AT)
    return database


def test_looks_and_marks_of_a_deleted_photo_are_gone_and_counted(filled: Database) -> None:
    with filled.read() as connection:
        plan = of_photo(connection, sha256_of(1), TODAY)
        assert looks_explained(connection).whole
    deletion = delete_planned(filled, plan, AuditLog, "petugas-b", "diminta", TODAY)
    assert (deletion.rows["looks"].count, deletion.rows["marks"].count) == (1, 1)
    with filled.read() as connection:
        assert (count(connection, tables.looks), count(connection, tables.marks)) == (1, 1)
        looks, marks = looks_explained(connection), marks_explained(connection)
        (proof,) = [one for one in AuditLog(connection).entries() if one.draft.action == "retention.delete"]
    assert (looks.made, looks.left, looks.deleted, looks.whole) == (2, 1, 1, True)
    assert (marks.made, marks.left, marks.deleted, marks.whole) == (2, 1, 1, True)
    assert proof.draft.detail["rows"]["marks"]["sha256"].startswith("sha256:")
    assert NOTE not in proof.text


def test_what_stood_inside_a_deleted_finding_stands_for_itself(filled: Database) -> None:
    with filled.begin() as connection:
        connection.execute(update(tables.findings).where(tables.findings.c.id == 1).values(copy_of=2))
        plan = of_photo(connection, sha256_of(2), TODAY)
    delete_planned(filled, plan, AuditLog, "petugas-b", "diminta", TODAY)
    with filled.read() as connection:
        left = connection.execute(select(tables.findings.c.id, tables.findings.c.copy_of)).all()
    assert [tuple(row) for row in left] == [(1, None)]


def test_who_asks_is_told_of_looks_and_marks(filled: Database) -> None:
    with filled.begin() as connection:
        told = subject_report(connection, AuditLog(connection), Question(Asked.UPLOADER, "u-1"), "petugas-a")
        candidate = subject_report(
            connection, AuditLog(connection), Question(Asked.CANDIDATE, "sari-dewi"), "petugas-a"
        )
        stranger = subject_report(connection, AuditLog(connection), Question(Asked.UPLOADER, "u-9"), "petugas-a")
    assert [(one["finding"], one["reviewer"], one["planted"]) for one in told["looks"]] == [
        (1, "rina", False), (2, "rina", False),
    ]  # fmt: skip
    assert [(one["photo"], one["note"], bool(one["removed_at"])) for one in told["marks"]] == [
        (sha256_of(1), NOTE, False), (sha256_of(2), NOTE, True),
    ]  # fmt: skip
    assert [one["candidate"] for one in candidate["marks"]] == ["sari-dewi"], "others' faces are not theirs"
    assert (stranger["looks"], stranger["marks"]) == ([], [])
    page = subject_page(told)
    assert "## Tanda yang dibuat petugas di dalam foto" in page
    assert NOTE in page
    assert "wajah (ditarik kembali)" in page


def test_an_upload_that_goes_alone_leaves_what_was_said_of_the_photo(filled: Database) -> None:
    with filled.begin() as connection:
        plan = of_uploader(connection, "u-2", TODAY)
    delete_planned(filled, plan, AuditLog, "petugas-b", "diminta", TODAY)
    with filled.read() as connection:
        assert (count(connection, tables.looks), count(connection, tables.marks)) == (2, 2)
        assert looks_explained(connection).whole


def test_whose_upload_goes_alone_is_taken_out_of_notes_and_the_rest_is_shown(filled: Database) -> None:
    """Photo 2 stays for u-1, Tarno Wiryasasmita; Lilis Wiranegara's upload of it goes."""
    note = "Bu Lilis memotret, Tarno mengunggah lagi; Lilis Wiranegara di kiri, Sari Dewi di kanan"
    with filled.begin() as connection:
        connection.execute(update(tables.decisions).values(note=note))
        connection.execute(update(tables.marks).where(tables.marks.c.finding_id == 2).values(note="wajah bu LILIS"))
        plan = of_uploader(connection, "u-2", TODAY)
    deletion = delete_planned(filled, plan, AuditLog, "petugas-b", "diminta", TODAY)
    left = "Bu [dihapus] memotret, Tarno mengunggah lagi; [dihapus] di kiri, Sari Dewi di kanan"
    with filled.read() as connection:
        of = select(tables.decisions.c.note).where(tables.decisions.c.finding_id == 2)
        assert set(connection.execute(of).scalars()) == {left}
        of = select(tables.decisions.c.note).where(tables.decisions.c.finding_id == 1)
        assert set(connection.execute(of).scalars()) == {note}, "that photo has nothing to do with it"
        notes = connection.execute(select(tables.marks.c.note).order_by(tables.marks.c.id)).scalars().all()
        assert notes == [NOTE, "wajah bu [dihapus]"]
        (proof,) = [one for one in AuditLog(connection).entries() if one.draft.action == "retention.delete"]
    assert {(one.finding_id, one.text, one.redacted) for one in deletion.notes} == {
        (2, left, True),
        (2, "wajah bu [dihapus]", True),
    }
    assert proof.draft.detail["redacted"] >= len(deletion.notes)
    assert "Lilis" not in proof.text


def test_a_note_that_names_nobody_stays_to_the_letter_and_is_shown(filled: Database) -> None:
    with filled.begin() as connection:
        plan = of_uploader(connection, "u-2", TODAY)
    deletion = delete_planned(filled, plan, AuditLog, "petugas-b", "diminta", TODAY)
    assert (2, "rina", NOTE, False) in {(one.finding_id, one.author, one.text, one.redacted) for one in deletion.notes}
