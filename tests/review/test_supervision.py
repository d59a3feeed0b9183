"""What the supervisor sees of how reviewing works, and what can be done there."""

import re

import pytest

from casework.decisions import Verdict
from casework.review_refusals import SENTENCES, Refusal
from casework.review_settings import ReviewSettings, settings_of
from casework.roles import Role
from casework.tables import looks
from review.office import Office
from tests.casework.reviewers import Desk
from tests.review.conftest import Browsers

YES, NO = Verdict.CONFIRMED, Verdict.REJECTED


@pytest.fixture
def desk(office: Office) -> Desk:
    made = Desk(office.database)
    made.settings(control_share=0.05, second_share=0.0)
    return made


def text_of(page: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", page).split())


def test_an_office_without_decisions_says_so(browser_of: Browsers) -> None:
    for who in (browser_of(Role.SUPERVISOR), browser_of(Role.AUDITOR).as_english()):
        page = who.get("/mutu")
        assert page.status_code == 200
        assert ("Tidak ada." in page.text) != ("None." in page.text)
        assert "0 dari 0" not in page.text


@pytest.mark.parametrize("role", [Role.REVIEWER, Role.ENROLLER])
def test_reviewers_do_not_see_how_they_are_counted(browser_of: Browsers, role: Role) -> None:
    assert browser_of(role).get("/mutu").status_code == 403
    assert browser_of(role).get("/mutu/setelan").status_code == 403


def test_a_disagreement_is_listed_and_a_third_reviewer_is_asked_for(desk: Desk, browser_of: Browsers) -> None:
    desk.say(1, "rina", YES)
    desk.say(1, "budi", NO, "symbol-misread")
    sinta = browser_of(Role.SUPERVISOR)
    told = text_of(sinta.get("/mutu").text)
    assert "rina: dikonfirmasi , Foto memperlihatkan apa yang dikatakan temuan" in told
    assert "budi: ditolak , Simbol tangan salah dibaca" in told
    answer = sinta.post("/mutu/minta", temuan="1", alasan="lihat tangan sekali lagi")
    assert (answer.status_code, answer.headers["location"]) == (303, "/mutu?pesan=peninjau-diminta")
    assert "menunggu peninjau ketiga" in sinta.get("/mutu").text
    assert desk.is_open(1, "tono")
    desk.say(1, "tono", NO)
    assert "Tidak ada." in sinta.get("/mutu").text
    assert desk.row(1)["state"] == "rejected"


def test_what_cannot_be_asked_for_is_told_in_both_languages(desk: Desk, browser_of: Browsers) -> None:
    sinta = browser_of(Role.SUPERVISOR)
    for number in ("1", "0", "", "zwei", "9" * 40, "-1", "²"):
        answer = sinta.post("/mutu/minta", temuan=number, alasan="sebab")
        assert answer.status_code == 400, number
    assert "Reviewer" not in answer.text
    answer = sinta.as_english().post("/mutu/minta", temuan="1", alasan="because")
    assert "One more reviewer can be asked for only after" in answer.text
    assert desk.row(1)["rounds_asked"] == 0


def test_an_auditor_reads_and_asks_for_nothing(desk: Desk, browser_of: Browsers) -> None:
    desk.say(1, "rina", YES)
    desk.say(1, "budi", NO)
    ani = browser_of(Role.AUDITOR)
    assert "belum ada peninjau ketiga" in ani.get("/mutu").text
    assert ani.post("/mutu/minta", temuan="1", alasan="x").status_code == 403
    assert ani.post("/mutu/setelan", kendali="5", kedua="20").status_code == 403


def test_every_figure_comes_with_its_count_and_interval(desk: Desk, browser_of: Browsers) -> None:
    for number, (first, second) in enumerate(((YES, YES), (YES, YES), (YES, NO), (NO, NO)), 1):
        desk.look(number, "rina", "same", "none")
        desk.decide(number, "rina", first)
        desk.look(number, "budi", "different", "none")
        desk.decide(number, "budi", second)
    desk.draws = [0.0, 0.0]
    (look,) = desk.next("tono")
    assert look.control
    desk.answer(look, "same")
    sinta = browser_of(Role.SUPERVISOR)
    told = text_of(sinta.get("/mutu").text)
    assert "2 dari 3 66,7% 20,7% – 93,9%" in told, "Wilson, of the confirmed group"
    assert "1 dari 1 100%" in told
    assert "3 dari 4 75%" in told, "of the pair"
    assert "terlalu sedikit" in told
    assert "1 dari 1 100% 2,5% – 100%" in told, "Clopper and Pearson, of the control looks"
    assert "terlampaui" not in told, "one slip of one is too little to say so"
    with desk.database.begin() as connection:
        row = {"reviewer": "tono", "finding_id": 1, "control": True, "candidate": look.candidate, "person": 0}
        said = {"opened_at": desk.at, "answered_at": desk.at, "same_person": "same"}
        connection.execute(looks.insert(), [row | said] * 29)
    assert "terlampaui" in text_of(sinta.get("/mutu").text)
    english = text_of(sinta.as_english().get("/mutu").text)
    assert "2 of 3 66.7% 20.7% – 93.9%" in english
    assert "exceeded" in english


def test_one_right_answer_shows_nothing_yet(desk: Desk, browser_of: Browsers) -> None:
    desk.draws = [0.0, 0.0]
    (look,) = desk.next("tono")
    desk.answer(look, "different")
    sinta = browser_of(Role.SUPERVISOR)
    told = text_of(sinta.get("/mutu").text)
    assert "0 dari 1 0% 0% – 97,5%" in told
    assert "terlalu sedikit" in told
    with desk.database.begin() as connection:
        row = {"reviewer": "tono", "finding_id": 1, "control": True, "candidate": look.candidate, "person": 0}
        said = {"opened_at": desk.at, "answered_at": desk.at, "same_person": "different"}
        connection.execute(looks.insert(), [row | said] * 29)
    assert "0 dari 30 0% 0% – 11,6%" in text_of(sinta.get("/mutu").text)
    assert "belum dapat dikatakan" in sinta.get("/mutu").text


def test_settings_are_changed_within_their_bounds(office: Office, desk: Desk, browser_of: Browsers) -> None:
    sinta = browser_of(Role.SUPERVISOR)
    assert 'value="5"' in sinta.get("/mutu/setelan").text
    assert sinta.post("/mutu/setelan", kendali="7,5", kedua="30 %").headers["location"] == "/mutu?pesan=tersimpan"
    with office.database.read() as connection:
        assert settings_of(connection) == ReviewSettings(0.075, 0.3)
    assert 'value="7,5"' in sinta.get("/mutu/setelan").text
    for wrong in ("51", "-1", "", "lima", "1e2", "5.5.5", "²", "9" * 30):
        answer = sinta.post("/mutu/setelan", kendali=wrong, kedua="20")
        assert answer.status_code == 400, wrong
        assert SENTENCES[Refusal.NO_SHARE].id in answer.text
    with office.database.read() as connection:
        assert settings_of(connection) == ReviewSettings(0.075, 0.3)
