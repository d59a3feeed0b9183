"""Enrolment: what is accepted, what is refused and why, and what is read again."""

import hashlib
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from candidates.election import Candidate, Decoy, Election, ReferencePhoto, Ticket
from candidates.enrol import can_enrol, enrol
from candidates.population import measure_population
from candidates.report import Enrolment, PhotoRow, RemarkKind, Severity
from candidates.templates import NoTemplateCache, TemplateCache
from netra.errors import ConfigError, PhotoError, PhotoErrorKind
from vision.types import Face, FaceQuality, FaceReading, Photo

GOOD = FaceQuality(150.0, 0.8, 0.9, 0.8)


def reading(template: Any, quality: FaceQuality = GOOD, box: Sequence[float] = (100, 100, 250, 250)) -> FaceReading:
    return FaceReading(Face(np.array(box, np.float32), np.zeros((6, 2), np.float32), 0.9), quality, template)


class FakeReader:
    """Reads photos whose faces the test made up; the photo's bytes say which."""

    def __init__(
        self, faces: dict[str, tuple[FaceReading, ...]], model_id: str = "made-up", code: str = "code:0"
    ) -> None:
        self.faces, self.model_id, self.seen = faces, model_id, list[str]()
        self.reading_id = f"{model_id} {code}"

    def read_file(self, path: Path) -> tuple[Photo, tuple[FaceReading, ...]]:
        self.seen.append(path.name)
        data = path.read_bytes()
        if data.decode() not in self.faces:
            raise PhotoError(PhotoErrorKind.TRUNCATED, f"{path.name} ends in the middle of the picture; get it again.")
        photo = Photo(np.zeros((40, 40, 3), np.uint8), 400, 400, f"sha256:{hashlib.sha256(data).hexdigest()}", "JPEG")
        return photo, self.faces[data.decode()]


class Folder:
    """An election whose photos are files that hold only a name."""

    def __init__(self, path: Path, world: Any) -> None:
        self.path, self.world = path, world
        self.persons = {name: world.person() for name in ("sari", "budi", "tono", "wati", "kakak")}
        self.photos = {name: [f"{name}-{i}.jpg" for i in range(3)] for name in self.persons}
        self.faces: dict[str, tuple[FaceReading, ...]] = {}
        for name, person in self.persons.items():
            for photo, template in zip(self.photos[name], world.photos(person, 3), strict=True):
                self.faces[photo] = (reading(template),)
                self.write(photo, photo)

    def write(self, name: str, content: str) -> None:
        (self.path / name).write_text(content)

    def election(self) -> Election:
        files = {name: tuple(ReferencePhoto(p, self.path / p) for p in photos) for name, photos in self.photos.items()}
        tickets = tuple(
            Ticket(i, (Candidate(name, name.title(), "calon bupati", files[name]),), ())
            for i, name in enumerate(("sari", "budi", "tono", "wati"), 1)
            if name in files
        )
        days = (date(2024, 9, 22), date(2024, 9, 23), date(2024, 11, 27))
        return Election("e", "E", "pemilu-2024", *days, tickets, (Decoy("decoy-1", "Kakak", files["kakak"]),))

    def enrol(self, cache: Any = None) -> Enrolment:
        return enrol(self.election(), FakeReader(self.faces), cache or NoTemplateCache())


@pytest.fixture
def folder(tmp_path: Path, world: Any) -> Folder:
    return Folder(tmp_path, world)


def row(enrolment: Enrolment, photo: str) -> PhotoRow:
    (found,) = [one for one in enrolment.report.rows if one.photo == photo]
    return found


def test_good_photos_make_a_gallery(folder: Folder) -> None:
    enrolment = folder.enrol()
    gallery = enrolment.gallery()
    assert [(person.id, person.ticket, len(person.references)) for person in gallery.people] == [
        ("sari", 1, 3),
        ("budi", 2, 3),
        ("tono", 3, 3),
        ("wati", 4, 3),
        ("decoy-1", 0, 3),
    ]
    assert gallery.model_id == "made-up"
    assert all(one.accepted and not one.remarks and one.faces[0].quality == GOOD for one in enrolment.report.rows)
    assert enrolment.report.remarks == ()
    reference = gallery.people[0].references[0]
    assert reference.photo == "sari-0.jpg"
    assert reference.sha256 == "sha256:" + hashlib.sha256(b"sari-0.jpg").hexdigest()


def blurred() -> FaceQuality:
    return FaceQuality(150.0, 0.05, 0.9, 0.05)


REFUSED = [
    ((), RemarkKind.NO_FACE, "No face was found"),
    ((GOOD, GOOD), RemarkKind.SEVERAL_FACES, "2 faces were found"),
    ((FaceQuality(30.0, 0.8, 0.9, 0.3),), RemarkKind.SMALL_FACE, "30 pixels large, and 48 are needed"),
    ((blurred(),), RemarkKind.BLURRED, "sharpness 0.05"),
    ((FaceQuality(150.0, 0.8, 0.1, 0.1),), RemarkKind.TURNED_AWAY, "from the front"),
    ((FaceQuality(150.0, 0.8, 0.9, 0.2),), RemarkKind.COVERED, "mouth is covered"),
]


@pytest.mark.parametrize(("qualities", "kind", "words"), REFUSED, ids=[kind for _, kind, _ in REFUSED])
def test_a_bad_photo_is_refused_with_its_reason(
    folder: Folder, qualities: tuple[FaceQuality, ...], kind: RemarkKind, words: str
) -> None:
    template = folder.faces["sari-1.jpg"][0].template
    folder.faces["sari-1.jpg"] = tuple(reading(template, quality) for quality in qualities)
    enrolment = folder.enrol()
    refused = row(enrolment, "sari-1.jpg")
    assert not refused.accepted
    assert [remark.kind for remark in refused.remarks] == [kind]
    assert words in refused.remarks[0].text
    assert [one.photo for one in enrolment.gallery().people[0].references] == ["sari-0.jpg", "sari-2.jpg"]


@pytest.mark.parametrize("qualities", [case[0] for case in REFUSED if len(case[0]) == 1])
def test_others_may_ask_what_can_be_enrolled(qualities: tuple[FaceQuality, ...]) -> None:
    assert not can_enrol(qualities[0])
    assert can_enrol(GOOD)


def test_every_fault_of_a_face_is_named(folder: Folder) -> None:
    template = folder.faces["sari-1.jpg"][0].template
    folder.faces["sari-1.jpg"] = (reading(template, FaceQuality(20.0, 0.1, 0.1, 0.1)),)
    kinds = [remark.kind for remark in row(folder.enrol(), "sari-1.jpg").remarks]
    assert kinds == [RemarkKind.SMALL_FACE, RemarkKind.BLURRED, RemarkKind.TURNED_AWAY]


@pytest.mark.parametrize(
    ("large", "says_so"),
    [((120, 100, 280, 260), True), ((0, 100, 160, 260), False), ((120, 100, 180, 160), False)],
    ids=["large and central", "large at the edge", "not far larger"],
)
def test_one_large_face_among_small_ones_is_refused_too(
    folder: Folder, large: tuple[int, int, int, int], says_so: bool
) -> None:
    template = folder.faces["sari-1.jpg"][0].template
    folder.faces["sari-1.jpg"] = (reading(template, box=large), reading(template, box=(300, 0, 340, 40)))
    refused = row(folder.enrol(), "sari-1.jpg")
    assert not refused.accepted
    assert ("large face in the middle" in refused.remarks[0].text) is says_so


def test_a_photo_that_cannot_be_read_keeps_its_reason(folder: Folder) -> None:
    folder.write("sari-1.jpg", "damaged")
    (remark,) = row(folder.enrol(), "sari-1.jpg").remarks
    assert remark.kind is RemarkKind.UNREADABLE
    assert "ends in the middle" in remark.text


def test_a_photo_that_vanished_is_left_to_the_reader(folder: Folder) -> None:
    election = folder.election()
    (folder.path / "sari-1.jpg").unlink()

    class Vanishing(FakeReader):
        def read_file(self, path: Path) -> tuple[Photo, tuple[FaceReading, ...]]:
            if not path.exists():
                raise PhotoError(PhotoErrorKind.VANISHED, f"{path.name} is no longer there.")
            return super().read_file(path)

    enrolment = enrol(election, Vanishing(folder.faces), NoTemplateCache())
    assert "no longer there" in row(enrolment, "sari-1.jpg").remarks[0].text


def test_the_same_picture_twice_is_used_once(folder: Folder) -> None:
    folder.write("sari-2.jpg", "sari-0.jpg")
    enrolment = folder.enrol()
    (remark,) = row(enrolment, "sari-2.jpg").remarks
    assert (remark.severity, remark.kind) == (Severity.NOTE, RemarkKind.REPEATED)
    assert "same picture as sari-0.jpg" in remark.text
    assert len(enrolment.gallery().people[0].references) == 2


def test_the_same_picture_saved_again_is_used_once(folder: Folder) -> None:
    same = folder.faces["sari-0.jpg"][0].template + np.float32(1e-5)
    folder.faces["sari-2.jpg"] = (reading(same),)
    assert [remark.kind for remark in row(folder.enrol(), "sari-2.jpg").remarks] == [RemarkKind.REPEATED]


def test_one_picture_for_two_people_is_an_error_for_both(folder: Folder) -> None:
    folder.write("budi-1.jpg", "sari-0.jpg")
    enrolment = folder.enrol()
    for photo, other in (("budi-1.jpg", "Sari"), ("sari-0.jpg", "Budi")):
        refused = row(enrolment, photo)
        assert not refused.accepted
        assert [(remark.severity, remark.kind) for remark in refused.remarks] == [(Severity.ERROR, RemarkKind.SHARED)]
        assert other in refused.remarks[0].text
    with pytest.raises(ConfigError, match=r"budi: budi-1\.jpg"):
        enrolment.gallery()


def test_somebody_else_among_the_photos_is_refused(folder: Folder) -> None:
    folder.faces["sari-1.jpg"] = (reading(folder.world.strangers(1)[0]),)
    enrolment = folder.enrol()
    refused = row(enrolment, "sari-1.jpg")
    assert not refused.accepted
    assert refused.remarks[0].kind is RemarkKind.UNLIKE_THE_OTHERS
    assert "Is it somebody else?" in refused.remarks[0].text
    assert len(enrolment.gallery().people[0].references) == 2


def test_two_photos_of_others_are_refused_one_by_one(folder: Folder, tmp_path: Path) -> None:
    """While both are there, the right photos look unlike the rest as well."""
    folder.photos["sari"] += ["sari-3.jpg", "sari-4.jpg"]
    more = folder.world.photos(folder.persons["sari"], 2)
    for photo, template in zip(("sari-3.jpg", "sari-4.jpg"), more, strict=True):
        folder.write(photo, photo)
        folder.faces[photo] = (reading(template),)
    for photo in ("sari-0.jpg", "sari-3.jpg"):
        folder.faces[photo] = (reading(folder.world.strangers(1)[0]),)
    enrolment = folder.enrol(TemplateCache(tmp_path / "cache"))
    assert [one.photo for one in enrolment.report.rows if not one.accepted] == ["sari-0.jpg", "sari-3.jpg"]
    assert len(list((tmp_path / "cache").iterdir())) == 15


def test_a_photo_that_fits_badly_is_kept_and_pointed_out(folder: Folder) -> None:
    for part in np.linspace(0.2, 0.8, 13):
        older = part * folder.persons["sari"] + (1 - part) * folder.world.strangers(1)[0]
        folder.faces["sari-1.jpg"] = (reading(older.astype(np.float32)),)
        one = row(folder.enrol(), "sari-1.jpg")
        if one.accepted and one.remarks:
            assert [remark.kind for remark in one.remarks] == [RemarkKind.UNLIKE_THE_OTHERS]
            assert "badly" in one.remarks[0].text
            break
    else:
        pytest.fail("no mixture lay between refused and fitting")


def test_the_people_of_a_scan_let_two_candidates_be_judged(folder: Folder) -> None:
    folder.photos = {name: folder.photos[name] for name in ("sari", "kakak")}
    folder.faces["sari-1.jpg"] = (reading(folder.world.strangers(1)[0]),)
    alone = folder.enrol()
    assert RemarkKind.FEW_PEOPLE in {remark.kind for remark in alone.report.remarks}
    assert row(alone, "sari-1.jpg").accepted
    population = measure_population(folder.world.strangers(200), alone.gallery())
    among = enrol(folder.election(), FakeReader(folder.faces), NoTemplateCache(), populations=(population,))
    assert RemarkKind.FEW_PEOPLE not in {remark.kind for remark in among.report.remarks}
    refused = row(among, "sari-1.jpg")
    assert not refused.accepted
    assert "expected at least" not in refused.remarks[0].text  # a fixed limit has no part in it


def test_progress_is_told_after_each_photo(folder: Folder) -> None:
    told: list[tuple[int, int]] = []
    enrol(
        folder.election(),
        FakeReader(folder.faces),
        NoTemplateCache(),
        progress=lambda done, total: told.append((done, total)),
    )
    assert told == [(done, 15) for done in range(1, 16)]


def test_a_row_says_where_the_face_is_and_of_which_bytes(folder: Folder, tmp_path: Path) -> None:
    folder.faces["sari-1.jpg"] = (*folder.faces["sari-1.jpg"], *folder.faces["budi-1.jpg"])
    folder.write("sari-2.jpg", "damaged")
    folder.enrol(TemplateCache(tmp_path / "cache"))
    enrolment = folder.enrol(TemplateCache(tmp_path / "cache"))
    used, crowded, damaged = (row(enrolment, f"sari-{i}.jpg") for i in range(3))
    assert [face.box_xyxy for face in used.faces] == [(100, 100, 250, 250)]
    assert used.path == folder.path / "sari-0.jpg"
    assert used.sha256 == "sha256:" + hashlib.sha256(b"sari-0.jpg").hexdigest()
    assert crowded.faces == damaged.faces == ()


def test_two_photos_that_do_not_fit_are_both_kept_and_pointed_out(folder: Folder) -> None:
    folder.photos["sari"] = ["sari-0.jpg", "sari-1.jpg"]
    folder.faces["sari-1.jpg"] = (reading(folder.world.strangers(1)[0]),)
    enrolment = folder.enrol()
    for photo in folder.photos["sari"]:
        assert row(enrolment, photo).accepted
        assert [remark.kind for remark in row(enrolment, photo).remarks] == [RemarkKind.UNLIKE_THE_OTHERS]


def test_two_candidates_alike_are_named_together(folder: Folder) -> None:
    like_sari = folder.world.near(folder.persons["sari"], 0.1)
    for photo, template in zip(folder.photos["tono"], folder.world.photos(like_sari, 3), strict=True):
        folder.faces[photo] = (reading(template),)
    (remark,) = folder.enrol().report.remarks
    assert (remark.severity, remark.kind) == (Severity.WARNING, RemarkKind.ALIKE)
    assert "Sari and Tono look alike" in remark.text


def test_a_decoy_that_is_alike_is_a_note(folder: Folder) -> None:
    like_sari = folder.world.near(folder.persons["sari"], 0.1)
    for photo, template in zip(folder.photos["kakak"], folder.world.photos(like_sari, 3), strict=True):
        folder.faces[photo] = (reading(template),)
    (remark,) = folder.enrol().report.remarks
    assert (remark.severity, remark.kind) == (Severity.NOTE, RemarkKind.ALIKE)


def test_a_candidate_without_a_usable_photo_is_an_error(folder: Folder) -> None:
    for photo in folder.photos["budi"]:
        folder.faces[photo] = ()
    enrolment = folder.enrol()
    assert any(
        "candidate Budi (budi) has no usable photo: all 3" in text for text in enrolment.report.of(Severity.ERROR)
    )
    assert len(enrolment.report.of(Severity.WARNING)) == 3
    with pytest.raises(ConfigError, match="Budi") as caught:
        enrolment.gallery()
    assert caught.value.exit_code == 2


def test_nobody_with_a_usable_photo(folder: Folder) -> None:
    folder.faces = dict.fromkeys(folder.faces, ())
    enrolment = folder.enrol()
    assert enrolment.galleries == ()
    assert len(enrolment.report.of(Severity.ERROR)) == 5
    with pytest.raises(ConfigError):
        enrolment.gallery()


def test_few_photos_and_few_people_are_notes(folder: Folder) -> None:
    folder.photos = {"sari": ["sari-0.jpg"], "budi": folder.photos["budi"], "kakak": folder.photos["kakak"]}
    enrolment = folder.enrol()
    assert [remark.kind for remark in enrolment.report.remarks] == [RemarkKind.ONE_PHOTO, RemarkKind.FEW_PEOPLE]
    assert len(enrolment.gallery().people) == 3


def test_the_cache_saves_reading_and_changes_nothing(folder: Folder, tmp_path: Path) -> None:
    cache = TemplateCache(tmp_path / "cache")
    first, second = FakeReader(folder.faces), FakeReader(folder.faces)
    before = enrol(folder.election(), first, cache)
    after = enrol(folder.election(), second, cache)
    assert len(first.seen) == 15
    assert second.seen == []
    assert after.report == before.report
    assert np.array_equal(after.gallery().templates, before.gallery().templates)


def test_a_changed_photo_or_model_is_read_again(folder: Folder, tmp_path: Path) -> None:
    cache = TemplateCache(tmp_path / "cache")
    folder.enrol(cache)
    folder.faces["new"] = (reading(folder.world.photos(folder.persons["sari"], 1)[0]),)
    folder.write("sari-0.jpg", "new")
    again, other = FakeReader(folder.faces), FakeReader(folder.faces, "another model")
    enrol(folder.election(), again, cache)
    enrol(folder.election(), other, cache)
    assert again.seen == ["sari-0.jpg"]
    assert len(other.seen) == 15


def test_photos_are_read_again_by_changed_code_with_the_same_model(folder: Folder, tmp_path: Path) -> None:
    cache = TemplateCache(tmp_path / "cache")
    folder.enrol(cache)
    folder.faces["sari-0.jpg"] = ()  # what the changed code sees
    changed = FakeReader(folder.faces, code="code:1")
    enrolment = enrol(folder.election(), changed, cache)
    assert len(changed.seen) == 15
    assert [remark.kind for remark in row(enrolment, "sari-0.jpg").remarks] == [RemarkKind.NO_FACE]


def test_refused_faces_never_reach_the_cache(folder: Folder, tmp_path: Path) -> None:
    template = folder.faces["sari-0.jpg"][0].template
    folder.faces["sari-0.jpg"] = (reading(template, blurred()),)
    folder.faces["budi-0.jpg"] = (reading(template), reading(folder.world.strangers(1)[0]))
    folder.faces["tono-0.jpg"] = (reading(folder.world.strangers(1)[0]),)
    folder.enrol(TemplateCache(tmp_path / "cache"))
    assert len(list((tmp_path / "cache").iterdir())) == 12


def test_the_report_names_person_photo_and_what_to_do(folder: Folder) -> None:
    folder.faces["sari-1.jpg"] = ()
    (text,) = folder.enrol().report.of(Severity.WARNING)
    assert text.startswith("sari: sari-1.jpg: No face was found. Use a photo")


def test_a_used_row_needs_a_face() -> None:
    with pytest.raises(ValueError, match="expected one face"):
        PhotoRow("sari", "a.jpg", True)


def test_a_refused_row_needs_a_reason() -> None:
    with pytest.raises(ValueError, match="expected a reason"):
        PhotoRow("sari", "a.jpg", False)
