"""The page of reference photos: who sees them, what the log has of it, and how one more is kept or refused."""

import json
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from starlette.applications import Starlette

import fixtures
from candidates.templates import TemplateCache
from casework.audit import Action, AuditLog
from casework.roles import Role
from console.review_enrolment import ElectionFolder
from netra.both import Both
from netra.errors import ConfigError, DatabaseError, DatabaseErrorKind, OutputError
from review.doors import EnrolledCandidate, EnrolledPhoto
from review.office import Office
from review.page import FORM_BYTES
from review.routes import PAGES
from review.views.enrolment import PHOTO_BYTES
from tests.review.office_sample import ELECTION
from vision.photo_limits import DEFAULT_LIMITS

WHO = "damar-wicaksatya"
PATH = f"/rujukan/{ELECTION}/{WHO}"
ASKED = {"asal": "situs KPU, halaman penetapan"}


@dataclass
class OddPhoto:
    """Looked at, with whatever outcome a test wants."""

    photo: EnrolledPhoto
    sha256: str = "sha256:" + "5" * 64
    error: tuple[Exception, ...] = ()

    def keep(self) -> str:
        for error in self.error:
            raise error
        return "kota.toml.bak"


@dataclass
class OddEnrolment:
    """An election file that does what a test wants of it."""

    outcome: OddPhoto
    mistakes: tuple[str | Both, ...] = ()
    taken_back: bool = False
    election_id: str = ELECTION
    election_name: str = "Pilkada Kota Contoh 2024"

    def candidates(self) -> tuple[EnrolledCandidate, ...]:
        if self.mistakes:
            raise ConfigError(self.mistakes)
        return (EnrolledCandidate(WHO, "Damar Wicaksatya", "calon wali kota", 1, ()),)

    @contextmanager
    def checked(self, candidate_id: str, data: bytes) -> Iterator[OddPhoto]:
        self.taken_back = True
        yield self.outcome
        self.taken_back = False


def entries(office: Office, action: Action) -> list[Any]:
    with office.database.read() as connection:
        return [entry for entry in office.log_of(connection).entries() if entry.draft.action == action]


def photo(data: bytes = b"foto") -> dict[str, Any]:
    return {"foto": ("../../etc/passwd<script>.jpg", BytesIO(data), "image/jpeg")}


def with_enrolment(office: Office, enrolment: OddEnrolment) -> None:
    object.__setattr__(office, "enrolments", (enrolment,))


@pytest.mark.parametrize("role", [Role.ENROLLER, Role.SUPERVISOR, Role.AUDITOR])
def test_the_list_names_every_candidate_and_shows_no_face(office: Office, browser_of: Any, role: Role) -> None:
    page = browser_of(role).get("/rujukan")
    assert page.status_code == 200
    for one in office.enrolments[0].candidates():
        assert one.name in page.text
    assert "1 dari 2 foto" in page.text
    assert "/gambar/" not in page.text
    assert entries(office, Action.FACE_VIEW) == []


def test_a_candidates_page_shows_each_photo_and_the_log_says_so(office: Office, browser_of: Any) -> None:
    page = browser_of(Role.AUDITOR).get(PATH)
    assert page.text.count("/gambar/rujukan?") == 2
    assert "wajah kecil" in page.text
    assert 'type="file"' not in page.text
    (entry,) = entries(office, Action.FACE_VIEW)
    assert (entry.draft.actor, entry.draft.subject) == ("ani", f"candidate:{WHO}")
    assert entry.draft.detail == {"election": ELECTION, "photos": 2}


def test_the_page_speaks_english_too(browser_of: Any) -> None:
    page = browser_of(Role.ENROLLER).as_english().get(PATH)
    assert "a small face" in page.text
    assert "Check and add" in page.text
    assert "wajah kecil" not in page.text


@pytest.mark.parametrize("path", [f"/rujukan/{ELECTION}/siapa", f"/rujukan/lain/{WHO}"])
def test_who_is_in_no_election_file_has_no_page(browser_of: Any, path: str) -> None:
    assert browser_of(Role.ENROLLER).get(path).status_code == 404


def test_a_photo_is_kept_and_the_log_has_it_with_its_hash_and_origin(office: Office, browser_of: Any) -> None:
    edi = browser_of(Role.ENROLLER)
    edi.get(PATH)
    answer = edi.post(PATH, files=photo(), **ASKED)
    assert (answer.status_code, answer.headers["location"]) == (303, f"{PATH}?pesan=rujukan-ditambah")
    assert "pindaian berikutnya" in edi.get(answer.headers["location"]).text
    (entry,) = entries(office, Action.REFERENCE_ADD)
    assert (entry.draft.actor, entry.draft.subject) == ("edi", f"candidate:{WHO}")
    assert entry.draft.reason == ASKED["asal"]
    assert entry.draft.detail["sha256"].startswith("sha256:")
    assert "passwd" not in json.dumps(entry.draft.detail)


@pytest.mark.parametrize("role", [Role.SUPERVISOR, Role.AUDITOR, Role.REVIEWER])
def test_only_an_enroller_adds(office: Office, browser_of: Any, role: Role) -> None:
    browser = browser_of(role)
    browser.get("/")
    assert browser.post(PATH, files=photo(), **ASKED).status_code == 403
    assert entries(office, Action.REFERENCE_ADD) == []


def test_a_refused_photo_is_told_with_its_reasons_and_not_logged_as_added(office: Office, browser_of: Any) -> None:
    remarks = (("wajah terlalu kecil (31 < 48).", "The face is 31 pixels large."),)
    with_enrolment(office, OddEnrolment(OddPhoto(EnrolledPhoto("x", usable=False, remarks=remarks))))
    edi = browser_of(Role.ENROLLER)
    edi.get(PATH)
    answer = edi.post(PATH, files=photo(), **ASKED)
    assert answer.status_code == 422
    assert "wajah terlalu kecil (31 &lt; 48)." in answer.text
    assert ASKED["asal"] in answer.text
    assert entries(office, Action.REFERENCE_ADD) == []


def test_what_cannot_be_written_leaves_no_entry(office: Office, browser_of: Any) -> None:
    said = Both("kota.toml: tidak dapat ditulis (disk penuh)", "kota.toml: cannot be written (disk full)")
    trouble = (OutputError(said),)
    enrolment = OddEnrolment(OddPhoto(EnrolledPhoto("photos/x.jpg", usable=True), error=trouble))
    with_enrolment(office, enrolment)
    edi = browser_of(Role.ENROLLER)
    edi.get(PATH)
    answer = edi.post(PATH, files=photo(), **ASKED)
    assert answer.status_code == 422
    assert said.id in answer.text
    assert said.en not in answer.text
    assert said.en in edi.as_english().post(PATH, files=photo(), **ASKED).text
    assert enrolment.taken_back
    assert entries(office, Action.REFERENCE_ADD) == []


@pytest.mark.parametrize(
    ("fields", "files"),
    [({"asal": "  "}, photo()), ({"asal": "a" * 301}, photo()), (ASKED, None), (ASKED, photo(b""))],
    ids=["no origin", "a long origin", "no file", "an empty file"],
)
def test_a_form_that_lacks_something_changes_nothing(office: Office, browser_of: Any, fields: Any, files: Any) -> None:
    edi = browser_of(Role.ENROLLER)
    edi.get(PATH)
    assert edi.post(PATH, files=files, **fields).status_code == 422
    assert entries(office, Action.REFERENCE_ADD) == []


def test_mistakes_of_an_election_file_are_told_on_the_list(office: Office, browser_of: Any) -> None:
    mistakes = (Both("kota.toml:3: <b>salah", "kota.toml:3: <b>wrong"),)
    with_enrolment(office, OddEnrolment(OddPhoto(EnrolledPhoto("x", usable=True)), mistakes=mistakes))
    edi = browser_of(Role.ENROLLER)
    page = edi.get("/rujukan")
    assert page.status_code == 200
    assert "kota.toml:3: &lt;b&gt;salah" in page.text
    assert "kota.toml:3: &lt;b&gt;wrong" in edi.as_english().get("/rujukan").text
    assert "kota.toml:3: &lt;b&gt;wrong" in edi.get(PATH).text, "as a page of error, too"


def test_without_an_election_file_the_page_says_how_to_get_one(office: Office, browser_of: Any) -> None:
    object.__setattr__(office, "enrolments", ())
    assert "--election" in browser_of(Role.ENROLLER).get("/rujukan").text


def test_as_large_a_photo_as_scans_take_can_be_sent(app: Starlette) -> None:
    (page,) = [page for page in PAGES if page.method == "POST" and page.path.startswith("/rujukan/")]
    assert page.largest_body == DEFAULT_LIMITS.max_bytes + FORM_BYTES
    assert DEFAULT_LIMITS.max_bytes == PHOTO_BYTES


# --- with a real election file -------------------------------------------------------------------------------------


@pytest.fixture
def real(office: Office, tmp_path: Path) -> Path:
    """The election file of an office whose enrolment is the real one."""
    folder = tmp_path / "pemilihan"
    shutil.copytree(fixtures.ELECTION.parent, folder)
    path = folder / fixtures.ELECTION.name
    object.__setattr__(office, "enrolments", (ElectionFolder(path, TemplateCache(tmp_path / "templat")),))
    return path


def mirrored() -> bytes:
    file = BytesIO()
    picture = Image.open(fixtures.ELECTION.parent / "photos" / f"{WHO}-1.jpg")
    picture.transpose(Image.Transpose.FLIP_LEFT_RIGHT).save(file, "JPEG")
    return file.getvalue()


def test_a_photo_goes_from_the_browser_into_the_election_file(office: Office, browser_of: Any, real: Path) -> None:
    edi, data = browser_of(Role.ENROLLER), mirrored()
    assert edi.get(PATH).text.count("/gambar/rujukan?") == 3
    assert edi.post(PATH, files=photo(data), **ASKED).status_code == 303
    assert edi.get(PATH).text.count("/gambar/rujukan?") == 4
    (entry,) = entries(office, Action.REFERENCE_ADD)
    assert entry.draft.detail["sha256"] == f"sha256:{sha256(data).hexdigest()}"
    assert (real.parent / entry.draft.detail["photo"]).read_bytes() == data
    assert entry.draft.detail["photo"] in real.read_text("utf-8")
    assert (real.parent / entry.draft.detail["file_before"]).read_bytes() == fixtures.ELECTION.read_bytes()
    assert edi.post(PATH, files=photo(data), **ASKED).status_code == 422, "the same once more"
    assert len(entries(office, Action.REFERENCE_ADD)) == 1


def test_without_an_entry_in_the_log_no_photo_is_kept(
    office: Office, browser_of: Any, real: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    edi = browser_of(Role.ENROLLER)
    edi.get(PATH)
    append = AuditLog.append

    def refuse(log: AuditLog, actor: str, action: str, *rest: Any, **more: Any) -> Any:
        if action == Action.REFERENCE_ADD:
            raise DatabaseError(DatabaseErrorKind.FULL, "kasus.db: the disk is full")
        return append(log, actor, action, *rest, **more)

    monkeypatch.setattr(AuditLog, "append", refuse)
    assert edi.post(PATH, files=photo(mirrored()), **ASKED).status_code == 503
    assert real.read_bytes() == fixtures.ELECTION.read_bytes()
    assert [path for path in (real.parent / "photos").rglob("*") if path.is_file() and path.parent.name == WHO] == []
