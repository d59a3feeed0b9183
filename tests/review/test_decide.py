"""Deciding: a reason that fits, on to the next finding, and back again until somebody else has decided."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import select

from casework import tables
from casework.database import Database
from casework.decisions import Verdict
from casework.reasons import reasons_for
from casework.review_settings import set_settings
from casework.roles import Role

Open = Callable[..., Any]
FINDING = 3


@pytest.fixture(autouse=True)
def nothing_planted(database: Database, office: Any) -> None:
    """Chance must not decide what a test sees."""
    with database.begin() as connection:
        set_settings(connection, office.log_of(connection), "sinta", control_share=0.0, second_share=0.0)


def look_at(browser: Any, finding: int = FINDING) -> None:
    look = re.match(r"/tinjau/\d+", browser.get(f"/temuan/{finding}").headers["location"])
    assert look
    page = browser.get(look[0]).text
    said = {"same_person": "same", "symbol": "one"}
    browser.post(look[0], **{name: value for name, value in said.items() if f'name="{name}"' in page})


def decide(
    browser: Any, verdict: str = "confirmed", reason: str = "as-shown", finding: int = FINDING, **more: str
) -> Any:
    fields = {"verdict": verdict, f"reason-{verdict}": reason} | more
    return browser.post(f"/temuan/{finding}/putusan", **fields)


def decisions(database: Database) -> list[Any]:
    with database.read() as connection:
        return list(connection.execute(select(tables.decisions).order_by(tables.decisions.c.id)).all())


def state(database: Database, finding: int = FINDING) -> str:
    with database.read() as connection:
        query = select(tables.findings.c.state).where(tables.findings.c.id == finding)
        return str(connection.execute(query).scalar_one())


def test_a_decision_is_kept_and_the_next_finding_comes(browser_of: Open, database: Database) -> None:
    rina = browser_of(Role.REVIEWER, "rina")
    look_at(rina)
    answer = decide(rina, note="baris satu\r\nbaris dua", kekuatan="kuat")
    row = decisions(database)[0]
    assert (row.finding_id, row.reviewer, row.decision) == (FINDING, "rina", "confirmed")
    assert (row.reason_code, row.note) == ("as-shown", "baris satu\nbaris dua")
    assert re.fullmatch(r"/tinjau/\d+\?kekuatan=kuat&giliran=menunggu&terakhir=3", answer.headers["location"])
    page = rina.get(answer.headers["location"]).text
    assert "Batalkan keputusan terakhir: temuan 3" in page
    assert 'name="kekuatan" value="kuat"' in page


def test_every_reason_of_the_page_is_taken(browser_of: Open, database: Database) -> None:
    rina = browser_of(Role.REVIEWER, "rina")
    look_at(rina)
    page = rina.get(f"/temuan/{FINDING}").text
    for verdict in Verdict:
        offered = re.search(rf'<select id="alasan-{verdict.value}".*?</select>', page, re.DOTALL)
        assert offered
        codes = [code for code in re.findall(r'<option value="([\w-]*)"', offered[0]) if code]
        assert codes == [reason.code for reason in reasons_for(verdict)]
        for code in codes:
            assert decide(rina, verdict.value, code, note="alasan").status_code == 303, (verdict, code)
            rina.post(f"/temuan/{FINDING}/batal")
    every = sum(len(reasons_for(verdict)) for verdict in Verdict)
    assert len(decisions(database)) == 2 * every, "each, and that it was undone"


def test_a_decision_that_is_sent_twice_is_one(browser_of: Open, database: Database) -> None:
    rina = browser_of(Role.REVIEWER, "rina")
    look_at(rina)
    once, again = (decide(rina, note="sama\r\n") for _ in range(2))
    assert once.headers["location"] == again.headers["location"]
    assert len(decisions(database)) == 1


def test_a_forgotten_window_does_not_change_what_was_decided(browser_of: Open, database: Database) -> None:
    rina = browser_of(Role.REVIEWER, "rina")
    look_at(rina)
    decide(rina, "rejected", "not-asn")
    answer = decide(rina, "confirmed", "as-shown", kekuatan="kuat")
    assert answer.headers["location"] == "/temuan/3?kekuatan=kuat&giliran=menunggu&pesan=sudah-diputuskan"
    page = rina.get(answer.headers["location"]).text
    assert "kiriman yang baru tidak disimpan" in page
    assert [one.decision for one in decisions(database)] == ["rejected"]
    rina.post(f"/temuan/{FINDING}/batal")
    decide(rina, "confirmed", "as-shown")
    assert state(database) == "confirmed-once", "undone first, it is taken"


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({}, "Pilih dulu keputusannya"),
        ({"verdict": "guilty"}, "Pilih dulu keputusannya"),
        ({"verdict": "rejected"}, "Pilih alasan yang cocok"),
        ({"verdict": "rejected", "reason-rejected": "as-shown"}, "Pilih alasan yang cocok"),
        ({"verdict": "rejected", "reason-rejected": "other"}, "Tulis alasannya di catatan"),
        ({"verdict": "confirmed", "reason-confirmed": "as-shown", "note": "x" * 2001}, "terlalu panjang"),
    ],
)
def test_what_lacks_something_comes_back_as_it_was_sent(
    browser_of: Open, database: Database, fields: dict[str, str], told: str
) -> None:
    rina = browser_of(Role.REVIEWER, "rina")
    look_at(rina)
    answer = rina.post(f"/temuan/{FINDING}/putusan", **fields)
    assert answer.status_code == 400
    assert told in answer.text
    if fields.get("verdict") == "rejected":
        assert re.search(r'name="verdict" value="rejected"[^>]* checked', answer.text)
    assert decisions(database) == []


def test_the_checklist_gives_the_reason_where_none_was_chosen(browser_of: Open, database: Database) -> None:
    rina = browser_of(Role.REVIEWER, "rina")
    look_at(rina)
    ticked: dict[str, Any] = {"periksa-sign-means-other": "1"}
    assert decide(rina, "rejected", "", **ticked).status_code == 303
    assert decisions(database)[0].reason_code == "sign-means-other"
    rina.post(f"/temuan/{FINDING}/batal")
    assert decide(rina, "rejected", "", **ticked | {"periksa-not-asn": "1"}).status_code == 400, "two are no choice"


def test_nobody_decides_before_their_own_look(browser_of: Open, database: Database) -> None:
    rina = browser_of(Role.REVIEWER, "rina")
    assert decide(rina).status_code == 400
    assert decide(rina, finding=9999).status_code == 404
    assert decisions(database) == []


@pytest.mark.parametrize(("role", "name"), [(Role.SUPERVISOR, "sinta"), (Role.AUDITOR, "ani"), (Role.ENROLLER, "edi")])
def test_only_reviewers_decide(browser_of: Open, database: Database, role: Role, name: str) -> None:
    somebody = browser_of(role, name)
    assert decide(somebody).status_code == 403
    assert somebody.post(f"/temuan/{FINDING}/batal").status_code == 403
    assert decisions(database) == []


def test_undone_until_the_second_reviewer(browser_of: Open, database: Database) -> None:
    rina, budi = browser_of(Role.REVIEWER, "rina"), browser_of(Role.REVIEWER, "budi")
    look_at(rina)
    decide(rina)
    assert "Batalkan keputusan saya" in rina.get(f"/temuan/{FINDING}").text
    answer = rina.post(f"/temuan/{FINDING}/batal", kekuatan="kuat", terakhir="3")
    assert answer.headers["location"] == "/temuan/3?kekuatan=kuat&giliran=menunggu&pesan=keputusan-dibatalkan"
    assert state(database) == "suggested"
    page = rina.get(answer.headers["location"]).text
    assert "Keputusan Anda dibatalkan" in page
    assert 'name="verdict"' in page, "it asks again"
    decide(rina)
    look_at(budi)
    decide(budi)
    assert state(database) == "confirmed"
    refused = rina.post(f"/temuan/{FINDING}/batal")
    assert refused.status_code == 400
    assert "Peninjau lain sudah memutuskan" in refused.text
    assert state(database) == "confirmed"


def test_a_third_person_is_not_asked(browser_of: Open, database: Database) -> None:
    for name in ("rina", "budi"):
        browser = browser_of(Role.REVIEWER, name)
        look_at(browser)
        decide(browser)
    tono = browser_of(Role.REVIEWER, "tono")
    look_at(tono)
    page = tono.get(f"/temuan/{FINDING}").text
    assert 'name="verdict"' not in page
    assert "mengonfirmasi" not in page
    assert decide(tono).status_code == 400
    assert len(decisions(database)) == 2


def test_when_nothing_is_left_it_says_so(browser_of: Open, database: Database) -> None:
    rina = browser_of(Role.REVIEWER, "rina")
    answer = rina.post("/tinjau/berikut")
    for _ in range(40):
        if answer.headers["location"].startswith("/temuan?"):
            break
        page = rina.get(answer.headers["location"]).text
        said = {"same_person": "different", "symbol": "none"}
        asked = {name: value for name, value in said.items() if f'name="{name}"' in page}
        where = rina.post(answer.headers["location"].partition("?")[0], **asked).headers["location"]
        finding = re.match(r"/temuan/(\d+)", where)
        assert finding
        answer = decide(rina, "rejected", "not-the-candidate", int(finding[1]))
    assert "pesan=tinjauan-habis" in answer.headers["location"]
    with database.read() as connection:
        left = select(tables.findings.c.id).where(tables.findings.c.state == "suggested")
        open_ = connection.execute(left.where(tables.findings.c.copy_of.is_(None))).all()
    assert open_ == []


def test_what_is_carried_is_checked(browser_of: Open) -> None:
    rina = browser_of(Role.REVIEWER, "rina")
    look_at(rina)
    for last in ("<script>", "-1", "9" * 40, "٣"):
        page = rina.get(f"/temuan/{FINDING}?terakhir={last}").text
        assert "Batalkan keputusan terakhir" not in page
