"""Pictures: none without a ticket, none that the log does not know of, and words where there is none."""

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Final
from urllib.parse import parse_qsl, urlencode, urlsplit
from xml.etree import ElementTree

import pytest
from starlette.applications import Starlette
from starlette.responses import JSONResponse, Response

from casework.access import finding_subject
from casework.audit import Action, AuditLog
from casework.evidence import read_evidence
from casework.looks import answer_look, open_look
from casework.roles import Role
from netra.errors import PhotoError, PhotoErrorKind
from review.app import make_app
from review.office import Office
from review.page import Page
from review.pictures import (
    FACE_SIDE,
    PHOTO_SIDE,
    face_source,
    hand_source,
    log_faces,
    photo_source,
    reference_source,
)
from review.routes import PAGES
from review.serve import hosts_of
from review.visit import Visit
from tests.casework.export_samples import DOT
from tests.review.addresses import SAMPLES, sample_of
from tests.review.conftest import Browser, Browsers
from tests.review.doors import DotPictures

SHOWING: Final = "/uji/gambar"


def showing(visit: Visit) -> Response:
    """A page that hands out every kind of address, as pages of the real table do."""
    with visit.office.database.begin() as connection:
        log_faces(visit, connection, finding_subject(1), look=3)
        found = read_evidence(connection, 1)[0]
    box = found.people[0].box
    return JSONResponse(
        {
            "photo": photo_source(visit, found.sha256),
            "other": photo_source(visit, "sha256:" + "0" * 64),
            "face": face_source(visit, found.sha256, box),
            "hand": hand_source(visit, found.sha256, (10, 20, 0, 5)),
            "reference": reference_source(visit, found.election_id, "photos/été & musim=1.jpg"),
        }
    )


@pytest.fixture
def app(office: Office) -> Starlette:
    pages = (*PAGES, Page("GET", SHOWING, showing))
    return make_app(office, pages, hosts_of("127.0.0.1", 8460, "http"))


def sources(browser: Browser) -> dict[str, str]:
    told: dict[str, str] = browser.get(SHOWING).json()
    return told


def asked(office: Office) -> list[tuple[object, ...]]:
    pictures = office.pictures
    assert isinstance(pictures, DotPictures)
    return pictures.asked


def without(address: str, name: str, instead: str = "") -> str:
    path, query = urlsplit(address).path, dict(parse_qsl(urlsplit(address).query))
    return (
        f"{path}?{urlencode((query | {name: instead}) if instead else {k: v for k, v in query.items() if k != name})}"
    )


@pytest.mark.parametrize("kind", ["photo", "other", "face", "hand", "reference"])
def test_whom_a_page_was_shown_gets_its_pictures(browser_of: Browsers, kind: str) -> None:
    browser = browser_of(Role.REVIEWER)
    answer = browser.get(sources(browser)[kind])
    assert (answer.status_code, answer.content) == (200, DOT)
    assert answer.headers["content-type"] == "image/jpeg"
    assert answer.headers["content-length"] == str(len(DOT))
    assert answer.headers["cache-control"] == "no-store"
    assert answer.headers["cross-origin-resource-policy"] == "same-origin"


def test_what_an_address_names_is_what_is_asked_for(browser_of: Browsers, office: Office) -> None:
    browser = browser_of(Role.REVIEWER)
    every = sources(browser)
    for kind in ("photo", "face", "hand", "reference"):
        browser.get(every[kind])
    with office.database.read() as connection:
        found = read_evidence(connection, 1)[0]
    whole, face, hand, reference = asked(office)
    assert whole == ("photo", found.sha256, PHOTO_SIDE)
    assert face[:2] == ("crop", found.sha256)
    assert face[2] == tuple(round(value, 1) for value in found.people[0].box)
    assert face[4] == FACE_SIDE
    assert hand[2] == (10.0, 20.0, 1.0, 5.0)  # a box without a width has one
    assert reference[1:3] == (found.election_id, "photos/été & musim=1.jpg")


@pytest.mark.parametrize("kind", ["photo", "face", "reference"])
def test_without_its_ticket_no_picture_is_given(browser_of: Browsers, office: Office, kind: str) -> None:
    browser, other = browser_of(Role.REVIEWER, "rina"), browser_of(Role.REVIEWER, "budi")
    address, another = sources(browser)[kind], sources(browser)["other"]
    query = dict(parse_qsl(urlsplit(address).query))
    tickets = ["", "0" * 64, dict(parse_qsl(urlsplit(another).query))["t"], query["t"][:-1]]
    tried = [without(address, "t", ticket) for ticket in tickets]
    tried += [without(address, name, value + "0") for name, value in query.items() if name != "t"]
    for wrong in tried:
        assert browser.get(wrong).status_code == 403, wrong
    assert other.get(address).status_code == 403  # of another session
    assert asked(office) == []
    assert browser.get(address).status_code == 200


def test_a_ticket_of_one_photo_opens_no_other(browser_of: Browsers, office: Office) -> None:
    browser = browser_of(Role.REVIEWER)
    address = sources(browser)["photo"]
    with office.database.read() as connection:
        other = read_evidence(connection, 2)[0].sha256.removeprefix("sha256:")
    path, query = urlsplit(address).path, urlsplit(address).query
    assert browser.get(f"{path.rpartition('/')[0]}/{other}?{query}").status_code == 403
    assert browser.get(f"/gambar/foto/..%2f..%2fetc?{query}").status_code == 404
    assert browser.get(f"/gambar/foto/{'A' * 64}?{query}").status_code == 404


def test_who_is_not_logged_in_or_only_keeps_reference_photos_sees_no_photo(
    browser_of: Browsers, stranger: Browser
) -> None:
    enroller = browser_of(Role.ENROLLER)
    for kind, address in sources(enroller).items():
        assert stranger.get(address).status_code == 303
        assert enroller.get(address).status_code == (200 if kind == "reference" else 403)


@dataclass
class NoPictures(DotPictures):
    """Has none, and says why in words that name a file.

    Attributes:
        kind: why.
    """

    kind: PhotoErrorKind = PhotoErrorKind.VANISHED

    def photo(self, sha256: str, longest: int) -> bytes:
        raise PhotoError(self.kind, "unggahan/rahasia-uploader.jpg: it is not there")

    def crop(self, sha256: str, box_xywh: Sequence[float], around: float, side: int) -> bytes:
        raise PhotoError(self.kind, "unggahan/rahasia-uploader.jpg: it is not there")

    def reference(self, election_id: str, name: str, side: int) -> tuple[bytes, ...]:
        return ()


@pytest.fixture
def without_pictures(office: Office) -> Callable[[PhotoErrorKind], Browsers]:
    def make(kind: PhotoErrorKind) -> Browsers:
        bare = replace(office, pictures=NoPictures(kind=kind))
        pages = (*PAGES, Page("GET", SHOWING, showing))
        return Browsers(make_app(bare, pages, hosts_of("127.0.0.1", 8460, "http")), bare)

    return make


@pytest.mark.parametrize("kind", list(PhotoErrorKind))
def test_in_the_place_of_a_picture_that_is_not_there_stands_why(
    without_pictures: Callable[[PhotoErrorKind], Browsers], kind: PhotoErrorKind
) -> None:
    browser = without_pictures(kind)(Role.REVIEWER)
    every = sources(browser)
    for name, in_indonesian, in_english in (
        ("photo", "Jangan memutuskan tanpa melihat foto", "Do not decide without seeing the photo"),
        ("face", "Beri tahu penyelia", "Tell the supervisor"),
        ("reference", "Foto rujukan ini tidak ada", "This reference photo is not on this computer"),
    ):
        for language, words in (("id", in_indonesian), ("en", in_english)):
            browser.client.cookies.set("netra_bahasa", language, domain="127.0.0.1", path="/")
            answer = browser.get(every[name])
            assert answer.status_code == 404
            assert answer.headers["content-type"].startswith("image/svg+xml")
            said = ElementTree.fromstring(answer.text)
            assert words in said.attrib["aria-label"]
            shown = " ".join(each.text or "" for each in said.iter("{http://www.w3.org/2000/svg}text"))
            assert said.attrib["aria-label"] == " ".join(shown.split())
            assert "rahasia" not in answer.text
            assert "style" not in answer.text


def test_a_page_with_faces_is_one_entry_of_the_log(browser_of: Browsers, office: Office) -> None:
    browser = browser_of(Role.REVIEWER, "budi")
    for address in sources(browser).values():
        browser.get(address)
    with office.database.read() as connection:
        told = [entry.draft for entry in AuditLog(connection).entries() if entry.draft.action == Action.FACE_VIEW]
    assert [(one.actor, one.subject, dict(one.detail)) for one in told] == [("budi", "finding:1", {"look": 3})]


def views(office: Office) -> int:
    with office.database.read() as connection:
        return sum(entry.draft.action == Action.FACE_VIEW for entry in AuditLog(connection).entries())


@pytest.mark.parametrize("role", list(Role))
def test_no_page_of_all_shows_a_face_that_the_log_does_not_know_of(
    browser_of: Browsers, office: Office, role: Role
) -> None:
    browser = browser_of(role)
    if role is Role.REVIEWER:
        with office.database.begin() as connection:
            log = AuditLog(connection)
            look = open_look(connection, log, int(SAMPLES["finding"]), "rina", office.now)
            assert str(look.id) == SAMPLES["look"]
    with_faces = []
    for answered in (False, True):
        for page in PAGES:
            if page.method == "GET" and role in page.roles and not page.path.startswith("/gambar"):
                before = views(office)
                answer = browser.get(sample_of(page.path), follow=True)
                shows = "/gambar/" in answer.text
                assert views(office) - before == shows, page.path
                with_faces += [page.path] if shows else []
        if role is Role.REVIEWER and not answered:
            with office.database.begin() as connection:
                said = ("same" if look.person else "", "one" if look.hand else "")
                answer_look(connection, AuditLog(connection), look.id, "rina", *said, office.now)
    assert "/temuan/{finding:int}" in with_faces or role is Role.ENROLLER
    assert "/rujukan/{election}/{candidate}" in with_faces or role is Role.REVIEWER


def test_no_address_says_anything_of_the_machine_or_of_the_file(browser_of: Browsers, office: Office) -> None:
    every = json.dumps(sources(browser_of(Role.REVIEWER)))
    with office.database.read() as connection:
        found = read_evidence(connection, 1)[0]
    for secret in (found.uploads[0].path.rpartition("/")[2], found.uploads[0].uploader_id, found.strength, "0.712"):
        assert secret not in every
