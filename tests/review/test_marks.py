"""Marks on a finding's page: only after the first look, only one's own, seen by others when all is over."""

from collections.abc import Callable
from typing import Any

import pytest

from casework.audit import AuditLog
from casework.looks import answer_look, open_look
from casework.marks import marks_of
from casework.roles import Role
from review.office import Office
from tests.review.conftest import Browsers

BOX: dict[str, Any] = {"x": "10", "y": "20,5", "width": "40", "height": "50"}


@pytest.fixture
def looked(office: Office) -> Callable[..., None]:
    """Somebody's first look at a finding, answered."""

    def answer(who: str, finding: int = 1) -> None:
        with office.database.begin() as connection:
            log = AuditLog(connection)
            look = open_look(connection, log, finding, who, office.now)
            said = ("same" if look.person else "", "one" if look.hand else "")
            answer_look(connection, log, look.id, who, *said, office.now)

    return answer


def marks(office: Office, finding: int = 1) -> list[Any]:
    with office.database.read() as connection:
        return list(marks_of(connection, finding))


def test_a_mark_is_made_and_taken_back_on_the_page(
    browser_of: Browsers, office: Office, looked: Callable[..., None]
) -> None:
    looked("rina")
    browser = browser_of(Role.REVIEWER, "rina")
    candidate = "damar-wicaksatya"
    form = BOX | {"kind": "face", "candidate": candidate, "symbol": "one", "note": " <i>di belakang</i> "}
    answer = browser.post("/temuan/1/tanda", **form, giliran="menunggu", calon=candidate, jahat="//contoh.example")
    assert answer.status_code == 303
    assert answer.headers["location"] == f"/temuan/1?calon={candidate}&giliran=menunggu&pesan=tanda-disimpan"
    made = marks(office)[0]
    assert (made.kind, made.candidate, made.symbol, made.note) == ("face", candidate, "", "<i>di belakang</i>")
    assert made.box == (10.0, 20.5, 40.0, 50.0)
    assert (made.made_by, made.made_at) == ("rina", office.now)
    answer = browser.post(f"/tanda/{made.id}/hapus")
    assert answer.headers["location"] == "/temuan/1?pesan=tanda-dihapus"
    assert marks(office) == []


def test_a_hand_keeps_its_symbol_and_no_candidate(
    browser_of: Browsers, office: Office, looked: Callable[..., None]
) -> None:
    looked("rina")
    form = BOX | {"kind": "hand", "candidate": "damar-wicaksatya", "symbol": "other"}
    assert browser_of(Role.REVIEWER, "rina").post("/temuan/1/tanda", **form).status_code == 303
    assert [(one.candidate, one.symbol) for one in marks(office)] == [("", "other")]


def test_nobody_marks_before_their_own_first_look(
    browser_of: Browsers, office: Office, looked: Callable[..., None]
) -> None:
    looked("budi")
    looked("rina", 2)
    for finding in (1, 99):
        answer = browser_of(Role.REVIEWER, "rina").post(f"/temuan/{finding}/tanda", **BOX, kind="face")
        assert answer.status_code == 403
        assert "Jawab dulu tinjauan pertama" in answer.text
    assert marks(office) == []


@pytest.mark.parametrize("role", [Role.SUPERVISOR, Role.AUDITOR, Role.ENROLLER])
def test_only_reviewers_mark(browser_of: Browsers, office: Office, role: Role) -> None:
    browser = browser_of(role)
    assert browser.post("/temuan/1/tanda", **BOX, kind="face").status_code == 403
    assert browser.post("/tanda/1/hapus").status_code == 403
    assert marks(office) == []


@pytest.mark.parametrize(
    ("change", "said_id", "said_en"),
    [
        ({"kind": "telinga"}, "Gambar kotaknya dulu", "Draw the box first"),
        ({"x": ""}, "Gambar kotaknya dulu", "Draw the box first"),
        ({"x": "nan"}, "Gambar kotaknya dulu", "Draw the box first"),
        ({"x": "1e999"}, "Gambar kotaknya dulu", "Draw the box first"),
        ({"x": "-3"}, "keluar dari foto", "out of the photo"),
        ({"width": "99999"}, "keluar dari foto", "out of the photo"),
        ({"width": "1"}, "terlalu kecil", "too small"),
        ({"candidate": "siapa-itu"}, "Pilih calon dari daftar", "Choose a candidate from the list"),
        ({"kind": "hand", "symbol": "salam"}, "Pilih simbol dari daftar", "Choose a symbol from the list"),
        ({"note": "a" * 1001}, "tulis lebih pendek", "write it shorter"),
    ],
)
def test_what_makes_no_sense_is_answered_in_words(
    browser_of: Browsers,
    office: Office,
    looked: Callable[..., None],
    change: dict[str, Any],
    said_id: str,
    said_en: str,
) -> None:
    looked("rina")
    browser = browser_of(Role.REVIEWER, "rina")
    for said in (said_id, said_en):
        answer = browser.post("/temuan/1/tanda", **(BOX | {"kind": "face"} | change))
        assert answer.status_code == 400
        assert said in answer.text
        browser.as_english()
    assert marks(office) == []


def test_somebody_elses_mark_stays_and_is_not_told_of(
    browser_of: Browsers, office: Office, looked: Callable[..., None]
) -> None:
    looked("budi")
    browser_of(Role.REVIEWER, "budi").post("/temuan/1/tanda", **BOX, kind="face")
    number = marks(office)[0].id
    browser = browser_of(Role.REVIEWER, "rina")
    theirs, nobodys = (browser.post(f"/tanda/{one}/hapus") for one in (number, number + 7))
    assert theirs.status_code == nobodys.status_code == 400
    assert theirs.text.replace(f"/{number}/", "//") == nobodys.text.replace(f"/{number + 7}/", "//")
    assert len(marks(office)) == 1
