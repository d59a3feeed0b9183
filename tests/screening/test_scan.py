"""The scan as a whole: order, sums, independence of workers and of the gate, interrupts."""

import io
import os
import shutil
import signal
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from candidates.election import load_election
from candidates.enrol import enrol
from candidates.templates import NoTemplateCache
from fixtures import ELECTION, UPLOADS
from netra.errors import PhotoErrorKind, UsageError
from screening import scan as scan_module
from screening.finish import Phase
from screening.reading import HandsMode, ScanSettings, analyser
from screening.record import PhotoRecord, Status
from screening.rulebook import load_rulebook
from screening.scan import scan
from screening.uploads import Row, find_uploads

if TYPE_CHECKING:
    from tests.conftest import ElectionText
    from tests.screening.conftest import Stage


def lines(records: list[PhotoRecord]) -> list[str]:
    return [record.to_json() for record in records]


def test_records_come_in_the_order_of_the_input_and_the_sum_holds(stage: "Stage") -> None:
    stage.photo("b/2.png", "- -")
    first = stage.photo("1.png", "sari -", "1:one")
    shutil.copy(first, stage.folder / "3.png")
    (stage.folder / "2.jpg").write_bytes(b"")
    (stage.folder / "catatan.txt").write_text("x")
    summary, records = stage.scan()
    assert [record.path.removeprefix(f"{stage.folder}/") for record in records] == [
        "1.png",
        "2.jpg",
        "3.png",
        "catatan.txt",
        "b/2.png",
    ]
    statuses = [record.status for record in records]
    assert statuses == [Status.OK, Status.ERROR, Status.DUPLICATE, Status.SKIPPED, Status.OK]
    assert (summary.ok, summary.unreadable, summary.duplicate, summary.skipped) == (2, 1, 1, 1)
    assert summary.seen == len(records)
    assert records[2].duplicate_of == records[0].path
    assert not records[2].findings
    assert summary.findings == {("foto-bersama-simbol", "strong"): 1}
    assert summary.people == 4


def test_everything_that_cannot_be_read_is_a_row_with_its_reason(stage: "Stage") -> None:
    good = stage.photo("baik.png", "- -")
    (stage.folder / "kosong.jpg").touch()
    (stage.folder / "potong.png").write_bytes(good.read_bytes()[:60])
    (stage.folder / "teks.jpg").write_text("bukan foto")
    (stage.folder / "tautan.png").symlink_to(good)
    os.mkfifo(stage.folder / "pipa.png")
    (stage.folder / "pesta 🎉\nbaru.jpg").write_text("bukan foto")
    summary, records = stage.scan()
    kinds = {Path(one.path).name: one.error_kind[0] for one in records if one.status is Status.ERROR}
    assert kinds == {
        "kosong.jpg": PhotoErrorKind.EMPTY,
        "potong.png": PhotoErrorKind.TRUNCATED,
        "teks.jpg": PhotoErrorKind.NOT_A_PHOTO,
        "tautan.png": PhotoErrorKind.LINK,
        "pipa.png": PhotoErrorKind.NOT_A_FILE,
        "pesta 🎉\nbaru.jpg": PhotoErrorKind.NOT_A_PHOTO,
    }
    assert (summary.ok, summary.unreadable, summary.seen) == (1, 6, 7)
    assert all("\n" not in line for line in lines(records))


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may read every file")
def test_a_file_that_may_not_be_read_is_a_row(stage: "Stage") -> None:
    stage.photo("rahasia.png", "-").chmod(0)
    _, records = stage.scan()
    assert records[0].error_kind == (PhotoErrorKind.NOT_READABLE,)


def test_a_file_that_vanishes_before_it_is_read_is_a_row(stage: "Stage") -> None:
    stage.photo("1.png", "-")
    gone = stage.photo("2.png", "-")
    stage.photo("3.png", "-")

    def remove(phase: Phase, done: int) -> None:
        if phase is Phase.READING and done == 1:
            gone.unlink()

    summary, records = stage.scan(progress=remove)
    assert [record.status for record in records] == [Status.OK, Status.ERROR, Status.OK]
    assert records[1].error_kind == (PhotoErrorKind.VANISHED,)
    assert summary.seen == 3


@pytest.mark.parametrize("change", ["removed", "changed"])
def test_a_file_that_vanishes_before_its_hands_are_read_is_a_row(
    stage: "Stage", change: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(scan_module, "GATE_BELOW", -2.0)  # no hands in the first pass
    photo = stage.photo("1.png", "sari -", "1:one")
    other = stage.photo("2.png", "- -").read_bytes()

    def change_it(phase: Phase, done: int) -> None:
        if phase is Phase.READING and done == 2:
            photo.unlink() if change == "removed" else photo.write_bytes(other)

    _, records = stage.scan(progress=change_it)
    assert records[0].error_kind == (PhotoErrorKind.VANISHED,)
    assert records[1].status is Status.OK


@pytest.mark.parametrize("below", [-2.0, 0.0, 0.15, 2.0])
def test_the_gate_decides_nothing_but_time(stage: "Stage", below: float, monkeypatch: pytest.MonkeyPatch) -> None:
    for i, (people, hands) in enumerate(
        [("sari -", "1:one"), ("- -", "0:one 1:peace"), ("budi - -", "0:peace ?:-"), ("wati", "0:three"), ("-", "")]
    ):
        stage.photo(f"{i}.png", people, hands)
    usual = lines(stage.scan()[1])
    monkeypatch.setattr(scan_module, "GATE_BELOW", below)
    assert lines(stage.scan()[1]) == usual
    assert any('"strength": "strong"' in line for line in usual)


def test_hands_are_searched_only_where_they_can_matter(stage: "Stage") -> None:
    stage.photo("calon.png", "sari -", "1:one")
    stage.photo("warga.png", "- -", "0:one")
    _, records = stage.scan()
    assert [record.hands_searched for record in records] == [True, False]
    assert not records[1].hands
    stage.cast.hands_asked.clear()
    _, records = stage.scan(hands=HandsMode.NEVER)
    assert not stage.cast.hands_asked
    assert {finding.category.value for record in records for finding in record.findings} == {"foto-bersama"}
    _, records = stage.scan(hands=HandsMode.ALWAYS)
    assert [len(record.hands) for record in records] == [1, 1]


def test_a_rulebook_that_lists_poses_has_hands_searched_everywhere(stage: "Stage") -> None:
    stage.photo("warga.png", "- -", "0:palm")
    _, records = stage.scan(rulebook="pemilu-2024")
    assert [finding.category.value for finding in records[0].findings] == ["pose-terlarang"]


def test_a_face_too_poor_to_compare_is_nobody_s(stage: "Stage") -> None:
    stage.photo("buram.png", "sari~ -")
    _, records = stage.scan()
    assert [person.sightings for person in records[0].people] == [(), ()]


def test_an_interrupt_between_two_photos_leaves_what_was_read(stage: "Stage") -> None:
    for i in range(6):
        stage.photo(f"{i}.png", "- -")

    def interrupt(phase: Phase, done: int) -> None:
        if phase is Phase.READING and done == 3:
            raise KeyboardInterrupt

    summary, records = stage.scan(progress=interrupt)
    assert summary.interrupted
    assert summary.seen == len(records) == 3


def test_an_interrupt_at_the_last_skipped_file_is_no_exception(stage: "Stage") -> None:
    stage.photo("1.png", "-")
    (stage.folder / "catatan.txt").write_text("x")

    def interrupt(phase: Phase, done: int) -> None:
        if phase is Phase.READING and done == 2:
            raise KeyboardInterrupt

    summary, records = stage.scan(progress=interrupt)
    assert summary.interrupted
    assert len(records) == 2


def test_an_interrupt_while_finishing_opens_no_more_photos(stage: "Stage", monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scan_module, "GATE_BELOW", -2.0)
    stage.photo("1.png", "- -")
    stage.photo("2.png", "sari -", "1:one")
    stage.photo("3.png", "- -")

    def interrupt(phase: Phase, done: int) -> None:
        if phase is Phase.FINISHING and done == 1:
            raise KeyboardInterrupt

    summary, records = stage.scan(progress=interrupt)
    assert summary.interrupted
    assert not stage.cast.hands_asked
    assert [Path(record.path).name for record in records] == ["1.png", "3.png"]
    assert summary.seen == 2


def test_a_real_interrupt_while_a_photo_is_read_leaves_what_was_read(stage: "Stage") -> None:
    for i in range(4):
        stage.photo(f"{i}.png", "-")
    count = 0

    def interrupt(_: object) -> None:
        nonlocal count
        count += 1
        if count == 3:
            signal.raise_signal(signal.SIGINT)

    stage.cast.before = interrupt
    summary, records = stage.scan()
    assert summary.interrupted
    assert len(records) == 2


def test_what_does_not_exist_is_said_at_once(stage: "Stage") -> None:
    with pytest.raises(UsageError, match="tidak-ada"):
        stage.scan([stage.folder / "tidak-ada"])


def test_photos_in_an_archive_are_scanned_like_others(stage: "Stage") -> None:
    inside = stage.photo("di-dalam.png", "sari -", "1:one")
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.write(inside, "a/b.png")
    inside.unlink()
    (stage.folder / "arsip.zip").write_bytes(packed.getvalue())
    _, records = stage.scan()
    assert records[0].path.endswith("arsip.zip/a/b.png")
    assert records[0].findings


def test_the_result_does_not_depend_on_the_number_of_workers(tmp_path: Path, election_toml: "ElectionText") -> None:
    photos = tmp_path / "foto"
    photos.mkdir()
    for i, name in enumerate(("IMG-20241006-WA0005.png", "IMG-20241014-WA0007.jpg")):
        shutil.copy(UPLOADS / "unggahan" / name, photos / f"{i}.jpg")
    shutil.copy(photos / "0.jpg", photos / "0b.jpg")
    (photos / "1b.jpg").write_bytes((photos / "1.jpg").read_bytes()[:5000])
    (photos / "catatan.txt").write_text("x")
    few = tmp_path / "pemilihan.toml"
    portraits = (ELECTION.parent / "photos").as_posix()
    names = ("damar-wicaksatya", "melati-prawirasuta")
    few.write_text(election_toml({name: f"{portraits}/{name}-1.jpg" for name in names}))
    election = load_election(few)
    gallery = enrol(election, analyser(), NoTemplateCache()).gallery()
    rulebook = load_rulebook("pilkada-2018")
    results = []
    for workers in (1, 2):
        found: list[str] = []

        class Keep:
            def write(self, row: Row, record: PhotoRecord, found: list[str] = found) -> None:
                found.append(record.to_json())

        settings = ScanSettings(workers=workers)
        summary = scan(find_uploads([photos]), election, gallery, rulebook, settings, Keep())
        results.append((found, summary))
    assert results[0] == results[1]
    assert results[0][1].seen == 5
    assert results[0][1].findings
