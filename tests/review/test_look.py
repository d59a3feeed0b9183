"""The first look: nothing of the machine is in it, every view is logged, and a planted one is told only afterwards."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select, update

import review
from casework import tables
from casework.database import Database
from casework.review_settings import set_settings
from casework.roles import Role
from casework.tables import audit, looks
from netra.symbols import SYMBOLS
from review.views.look import OTHERS, PERSONS, SYMBOL_KEYS

Open = Callable[..., Any]


@pytest.fixture(autouse=True)
def nothing_planted(database: Database, office: Any) -> None:
    """Chance must not decide what a test sees."""
    with database.begin() as connection:
        set_settings(connection, office.log_of(connection), "sinta", control_share=0.0, second_share=0.0)


def _row(database: Database, look: int) -> Any:
    with database.read() as connection:
        return connection.execute(select(looks).where(looks.c.id == look)).one()


def _number(answer: Any) -> int:
    assert answer.status_code == 303, answer.text
    found = re.match(r"/tinjau/(\d+)", answer.headers["location"])
    assert found, answer.headers["location"]
    return int(found[1])


def test_the_next_finding_is_a_look_that_says_nothing_of_the_machine(browser_of: Open, database: Database) -> None:
    rina = browser_of(Role.REVIEWER, "rina")
    look = _number(rina.post("/tinjau/berikut"))
    page = rina.get(f"/tinjau/{look}")
    assert page.status_code == 200
    finding = _row(database, look).finding_id
    with database.read() as connection:
        row = connection.execute(select(tables.findings).where(tables.findings.c.id == finding)).one()
        upload = connection.execute(select(tables.uploads).where(tables.uploads.c.photo_id == row.photo_id)).first()
    assert upload is not None
    shown = page.text
    for hidden in (
        "0,71", "0.71", "0.0031", "0,0031", "0.96", "0,96",  # similarity, E-value, confidence
        row.strength, "kuat", row.category, "foto bersama", row.rule,
        upload.uploader_name, upload.agency, upload.path, upload.posted_on,
        "E-value", "Keyakinan", "keyakinan", "cocok", f"/temuan/{finding}",
    ):  # fmt: skip
        assert hidden not in shown, hidden
    assert row.candidate.replace("-", " ").title() not in shown, "no name stands at the reference photos"
    assert shown.count("checked") == 1, "only the box that switches keys is ticked"


def test_the_machines_symbol_is_not_told_apart(browser_of: Open, database: Database) -> None:
    rina = browser_of(Role.REVIEWER, "rina")
    page = rina.get(f"/tinjau/{_number(rina.post('/tinjau/berikut'))}").text
    tiles = re.findall(r'<label class="answer"><input type="radio" name="symbol" value="(\w+)"', page)
    assert tiles == list(SYMBOLS), "all of them, in the order of the table"


def test_every_view_of_a_face_is_in_the_log(browser_of: Open, database: Database) -> None:
    rina = browser_of(Role.REVIEWER, "rina")
    look = _number(rina.post("/tinjau/berikut"))
    finding = _row(database, look).finding_id
    rina.get(f"/tinjau/{look}")
    rina.get(f"/tinjau/{look}")
    with database.read() as connection:
        entries = connection.execute(select(audit.c.entry)).scalars().all()
    views = [one for one in entries if '"action":"face.view"' in one and f'"finding:{finding}"' in one]
    assert len(views) == 2
    assert all('"actor":"rina"' in one for one in views)


def test_an_answer_leads_to_the_evidence_with_the_filter(browser_of: Open, database: Database) -> None:
    rina = browser_of(Role.REVIEWER, "rina")
    look = _number(rina.post("/tinjau/berikut", kekuatan="kuat"))
    rina.get(f"/tinjau/{look}?kekuatan=kuat")
    answer = rina.post(f"/tinjau/{look}", same_person="same", symbol="one", kekuatan="kuat")
    row = _row(database, look)
    assert answer.headers["location"] == f"/temuan/{row.finding_id}?kekuatan=kuat&giliran=menunggu"
    assert (row.same_person, row.symbol) == ("same", "one")
    assert row.answered_at
    again = rina.get(f"/tinjau/{look}")
    assert again.headers["location"].startswith(f"/temuan/{row.finding_id}")


@pytest.mark.parametrize(
    "fields", [{}, {"same_person": "same"}, {"symbol": "one"}, {"same_person": "x", "symbol": "y"}]
)
def test_an_answer_that_lacks_something_is_asked_again(
    browser_of: Open, database: Database, fields: dict[str, str]
) -> None:
    rina = browser_of(Role.REVIEWER, "rina")
    look = _number(rina.post("/tinjau/berikut"))
    answer = rina.post(f"/tinjau/{look}", **fields)
    assert answer.status_code == 400
    assert "Jawab setiap pertanyaan" in answer.text
    if fields.get("same_person") == "same":
        assert re.search(r'value="same"[^>]* checked', answer.text), "what was said is kept"
    assert not _row(database, look).answered_at


def test_a_planted_look_looks_like_any_other_and_is_told_afterwards(browser_of: Open, database: Database) -> None:
    rina = browser_of(Role.REVIEWER, "rina")
    look = _number(rina.post("/tinjau/berikut"))
    plain = rina.get(f"/tinjau/{look}").text
    with database.begin() as connection:
        connection.execute(update(looks).where(looks.c.id == look).values(control=True))
    planted = rina.get(f"/tinjau/{look}").text
    assert _bare(planted) == _bare(plain)
    answer = rina.post(f"/tinjau/{look}", same_person="same", symbol="one")
    assert answer.headers["location"].startswith(f"/tinjau/{look}")
    told = rina.get(f"/tinjau/{look}").text
    assert "tinjauan kendali" in told
    assert "milik orang lain" in told
    with database.read() as connection:
        finding = connection.execute(
            select(tables.findings).where(tables.findings.c.id == _row(database, look).finding_id)
        )
        assert finding.one().state == "suggested"


def test_a_look_belongs_to_its_reviewer(browser_of: Open) -> None:
    look = _number(browser_of(Role.REVIEWER, "rina").post("/tinjau/berikut"))
    budi = browser_of(Role.REVIEWER, "budi")
    assert budi.get(f"/tinjau/{look}").status_code == 404
    assert budi.post(f"/tinjau/{look}", same_person="same", symbol="one").status_code == 404


def test_a_finding_that_is_opened_from_a_list_begins_with_its_look(browser_of: Open, database: Database) -> None:
    rina = browser_of(Role.REVIEWER, "rina")
    look = _number(rina.get("/temuan/3"))
    assert _row(database, look).finding_id == 3
    assert _number(rina.get("/temuan/3")) == look, "once only"
    assert rina.get("/temuan/9999").status_code == 404


def test_without_reference_photos_it_says_so(browser_of: Open, office: Any) -> None:
    office.pictures.reference_names = ()
    rina = browser_of(Role.REVIEWER, "rina")
    page = rina.get(f"/tinjau/{_number(rina.post('/tinjau/berikut'))}").text
    assert "Foto rujukan tidak ada di komputer ini" in page


def test_a_pose_without_a_candidate_asks_for_the_symbol_alone(browser_of: Open, database: Database) -> None:
    with database.read() as connection:
        pose = (
            connection.execute(select(tables.findings.c.id).where(tables.findings.c.candidate == "")).scalars().first()
        )
    rina = browser_of(Role.REVIEWER, "rina")
    look = _number(rina.get(f"/temuan/{pose}"))
    page = rina.get(f"/tinjau/{look}").text
    assert 'name="same_person"' not in page
    assert 'name="symbol"' in page
    assert rina.post(f"/tinjau/{look}", symbol="none").headers["location"].startswith(f"/temuan/{pose}")


def test_no_key_is_given_twice_and_every_symbol_has_one() -> None:
    keys = [key for key, _, _ in (*PERSONS, *OTHERS)] + list(SYMBOL_KEYS.values())
    assert len(keys) == len(set(keys))
    assert set(SYMBOL_KEYS) == set(SYMBOLS)
    assert not {"s", "u", "n", "?"} & set(keys), "sending, undoing, going on and help have these"


def test_every_symbol_has_its_drawing() -> None:
    folder = Path(review.__file__).parent / "static" / "symbols"
    manual = Path(review.__file__).parent.parent / "docs" / "symbols"
    for label in SYMBOLS:
        assert (folder / f"{label}.webp").read_bytes() == (manual / f"{label}.webp").read_bytes()


def _bare(page: str) -> str:
    """Without what differs between any two pages."""
    return re.sub(r"t=[0-9a-f]{64}", "", page)
