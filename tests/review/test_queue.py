"""The list as people see it: filters in the address, counts that are links, nothing that spoils a first look."""

import re
from html.parser import HTMLParser
from typing import Any

import pytest
from sqlalchemy import insert, select, update

from casework.audit import Action, AuditLog
from casework.database import Database
from casework.decisions import Verdict, decide
from casework.queries import Filter
from casework.review_queue import Turn
from casework.roles import Role
from casework.tables import findings, looks, uploads
from review.office import Office
from review.queue_filter import FIELDS, Asked, asked_of
from tests.review.conftest import Browser, Browsers
from tests.review.office_sample import AT, COPY, FINDINGS, ITS_ORIGINAL

SHOWN = FINDINGS - 1  # the copy stands inside the finding that it is a copy of


class Seen(HTMLParser):
    """Links, form fields and text of an answer's main part."""

    def __init__(self, answer: Any) -> None:
        super().__init__()
        self.links: dict[str, str] = {}
        self.fields: dict[str, str] = {}
        self.text = ""
        self._link = ""
        main = re.search(r"<main.*</main>", answer.text, re.DOTALL)
        assert main
        self.main = main[0]
        self.feed(self.main)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = dict(attrs)
        if tag == "a":
            self._link = said.get("href") or ""
            self.links[self._link] = ""
        if tag == "input" and said.get("name"):
            self.fields.setdefault(str(said["name"]), said.get("value") or "")

    def handle_data(self, data: str) -> None:
        self.text += data
        if self._link:
            self.links[self._link] += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "a":
            self._link = ""

    @property
    def findings(self) -> list[int]:
        return [int(found[1]) for link in self.links if (found := re.match(r"/temuan/(\d+)", link))]

    def tabs(self, label: str) -> list[tuple[str, int]]:
        """The links of a row of counts, and their counts; the one that leads to all of them first."""
        found = re.search(rf'<nav class="tabs" aria-label="{label}">.*?</nav>', self.main, re.DOTALL)
        assert found
        links = re.findall(r'href="([^"]+)".*?class="count">([\d.,]+)<', found[0])
        told = [(link.replace("&amp;", "&"), int(re.sub(r"\D", "", count))) for link, count in links]
        return sorted(told, key=lambda one: one[1], reverse=True)


def look_at(office: Office, finding: int, reviewer: str) -> None:
    with office.database.begin() as connection:
        row = {"finding_id": finding, "reviewer": reviewer, "control": False, "opened_at": AT, "answered_at": AT}
        connection.execute(insert(looks).values(row | {"same_person": "same"}))


def decided(office: Office, finding: int, reviewer: str, verdict: Verdict) -> None:
    look_at(office, finding, reviewer)
    with office.database.begin() as connection:
        decide(connection, finding, reviewer, verdict, "other", "catatan")


def test_a_reviewer_sees_what_waits_and_nothing_that_spoils_the_look(browser_of: Browsers, office: Office) -> None:
    page = Seen(browser_of(Role.REVIEWER, "rina").get("/temuan"))
    assert sorted(page.findings) == list(range(1, SHOWN + 1))
    assert COPY not in page.findings
    assert "+1 salinan" in page.text
    table = page.main[page.main.index("<tbody") : page.main.index("</tbody>")]
    with office.database.read() as connection:
        rows = connection.execute(select(findings)).all()
        files = connection.execute(select(uploads)).all()
    secrets = {row.category for row in rows} | {row.candidate for row in rows} | {row.symbol for row in rows}
    secrets |= {one.path for one in files} | {one.uploader_id for one in files} | {one.uploader_name for one in files}
    secrets |= {
        "kuat",
        "sedang",
        "lemah",
        "belum diputuskan",
        *(row.candidate.replace("-", " ").title() for row in rows),
    }
    assert not [secret for secret in secrets if secret and secret in table]
    assert "terbuka setelah tinjauan pertama Anda" in table


def test_after_the_look_a_reviewer_sees_what_it_claims_and_no_state(browser_of: Browsers, office: Office) -> None:
    decided(office, 2, "budi", Verdict.CONFIRMED)
    look_at(office, 2, "rina")
    rina = browser_of(Role.REVIEWER, "rina")
    text = rina.get("/temuan").text
    row = next(one for one in text.split("<tr>") if "Temuan 2<" in one)
    assert "kuat" in row
    assert "Menunggu Anda" in row
    assert "dikonfirmasi" not in row
    assert "budi" not in text
    budi = browser_of(Role.REVIEWER, "budi")
    assert 2 not in Seen(budi.get("/temuan")).findings
    waiting = Seen(budi.get("/temuan?giliran=diputuskan"))
    assert waiting.findings == [2]
    assert "dikonfirmasi" not in waiting.text
    decided(office, 2, "rina", Verdict.CONFIRMED)
    assert "dikonfirmasi" in Seen(budi.get("/temuan?giliran=selesai")).text
    tono = Seen(browser_of(Role.REVIEWER, "tono").get("/temuan?giliran=selesai"))
    assert tono.findings == [2]
    assert "dikonfirmasi" not in tono.text  # never looked


@pytest.mark.parametrize("address", ["keadaan=confirmed-once", "keadaan=suggested", "berubah=1"])
def test_no_filter_tells_a_reviewer_what_somebody_said(browser_of: Browsers, office: Office, address: str) -> None:
    decided(office, 1, "budi", Verdict.CONFIRMED)
    with office.database.begin() as connection:
        connection.execute(update(findings).where(findings.c.id == 1).values(changed=True))
    rina = browser_of(Role.REVIEWER, "rina")
    found = Seen(rina.get(f"/temuan?{address}"))
    assert sorted(found.findings) in ([], list(range(1, SHOWN + 1)))
    assert "keadaan" not in found.fields
    assert "berubah sejak diputuskan" not in Seen(rina.get("/temuan")).text.replace("Berubah", "")


@pytest.mark.parametrize(("role", "name"), [(Role.SUPERVISOR, "sinta"), (Role.AUDITOR, "ani")])
def test_whoever_watches_sees_everything_and_begins_no_review(
    browser_of: Browsers, office: Office, role: Role, name: str
) -> None:
    decided(office, 1, "rina", Verdict.CONFIRMED)
    answer = browser_of(role, name).get("/temuan")
    page = Seen(answer)
    assert sorted(page.findings) == list(range(1, SHOWN + 1))
    assert "dikonfirmasi satu orang" in page.text
    assert "/tinjau" not in answer.text
    assert Seen(browser_of(role, name).get("/temuan?keadaan=confirmed-once")).findings == [1]


def test_nobody_else_has_a_list(browser_of: Browsers, stranger: Browser) -> None:
    assert browser_of(Role.ENROLLER).get("/temuan").status_code == 403
    assert stranger.get("/temuan").headers["location"].startswith("/masuk")


@pytest.mark.parametrize("who", [(Role.REVIEWER, "rina"), (Role.SUPERVISOR, "sinta")])
def test_counts_are_links_that_lead_to_as_many_and_add_up(
    browser_of: Browsers, office: Office, who: tuple[Role, str]
) -> None:
    decided(office, 1, "rina", Verdict.CONFIRMED)
    decided(office, 3, "budi", Verdict.REJECTED)
    browser = browser_of(*who)
    page = Seen(browser.get("/temuan?giliran=semua"))
    rows = [page.tabs("Giliran" if who[0] is Role.REVIEWER else "Keadaan"), page.tabs("Kekuatan")]
    for row in rows:
        assert row[0][1] == sum(count for _, count in row[1:]) == SHOWN
        for link, count in row:
            assert len(Seen(browser.get(link)).findings) == count, link
    assert [len(row) for row in rows] == [4 if who[0] is Role.REVIEWER else 7, 4]


def test_chips_take_one_filter_away(browser_of: Browsers) -> None:
    rina = browser_of(Role.REVIEWER, "rina")
    page = Seen(rina.get("/temuan?kekuatan=kuat&dari=2018-01-01&giliran=semua&tanpa-arti=x"))
    chips = {link for link, text in page.links.items() if "Hapus saringan:" in text}
    assert chips == {"/temuan?dari=2018-01-01&giliran=semua", "/temuan?kekuatan=kuat&giliran=semua"}
    assert "/temuan?giliran=semua" in page.links
    assert "tanpa-arti" not in page.main


def test_the_filter_goes_along_to_the_next_review_and_to_each_finding(browser_of: Browsers) -> None:
    page = Seen(browser_of(Role.REVIEWER, "rina").get("/temuan?kekuatan=kuat&instansi=Dinas+Contoh"))
    form = page.main[page.main.index('action="/tinjau/berikut"') :]
    form = form[: form.index("</form>")]
    assert 'name="kekuatan" value="kuat"' in form
    assert 'name="instansi" value="Dinas Contoh"' in form
    assert all("kekuatan=kuat" in link for link in page.links if link.startswith("/temuan/"))


def test_what_cannot_be_understood_is_said_and_does_not_filter(browser_of: Browsers) -> None:
    rina = browser_of(Role.REVIEWER, "rina")
    page = Seen(rina.get("/temuan?dari=kemarin&kekuatan=hebat"))
    assert len(page.findings) == SHOWN
    assert "Isian ini tidak dapat dibaca, maka tidak dipakai: Diunggah dari, Kekuatan." in page.text
    for place in ("x", "9", "0-1-2", "0-" + "9" * 40, "1-%C2%B2"):
        assert rina.get(f"/temuan?setelah={place}").status_code == 400
    assert Seen(rina.get("/temuan?calon=%00x&simbol=%7B%7B7*7%7D%7D")).findings == []


def test_pages_follow_each_other(browser_of: Browsers, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("review.views.queue.PAGE", 5)
    rina = browser_of(Role.REVIEWER, "rina")
    found: list[int] = []
    path = "/temuan"
    for _ in range(5):
        page = Seen(rina.get(path))
        found += page.findings
        following = [link for link, text in page.links.items() if "Halaman berikutnya" in text]
        if not following:
            break
        path = following[0]
    assert sorted(found) == list(range(1, SHOWN + 1))
    assert len(set(found)) == len(found)


def test_looking_for_a_person_is_written_down_without_their_number(browser_of: Browsers, office: Office) -> None:
    with office.database.read() as connection:
        who = connection.execute(select(uploads.c.uploader_id).where(uploads.c.uploader_id != "").limit(1)).scalar_one()
    rina = browser_of(Role.REVIEWER, "rina")

    def searches(database: Database) -> list[Any]:
        with database.read() as connection:
            return [one for one in AuditLog(connection).entries() if one.draft.action == Action.SEARCH]

    rina.get("/temuan")
    assert searches(office.database) == []
    assert Seen(rina.get(f"/temuan?pengunggah={who}&giliran=semua")).findings
    (entry,) = searches(office.database)
    assert entry.draft.actor == "rina"
    assert entry.draft.subject.startswith("uploader:hmac-sha256:")
    assert who not in str(entry.draft)


def test_a_finding_is_found_by_the_uploader_of_its_copy(browser_of: Browsers, office: Office) -> None:
    with office.database.begin() as connection:
        connection.execute(update(uploads).where(uploads.c.photo_id == COPY).values(uploader_id="lain", agency="Lain"))
    page = Seen(browser_of(Role.SUPERVISOR).get("/temuan?pengunggah=lain"))
    assert page.findings == [ITS_ORIGINAL]


def test_a_changed_finding_is_marked_for_those_who_may_know(browser_of: Browsers, office: Office) -> None:
    decided(office, 1, "rina", Verdict.CONFIRMED)
    with office.database.begin() as connection:
        connection.execute(update(findings).where(findings.c.id == 1).values(changed=True))
    for who in ((Role.SUPERVISOR, "sinta"), (Role.REVIEWER, "rina")):
        page = Seen(browser_of(*who).get("/temuan?giliran=semua&berubah=1"))
        assert page.findings == [1]
        assert "berubah sejak diputuskan" in page.text
    assert 1 in Seen(browser_of(Role.REVIEWER, "budi").get("/temuan")).findings


def test_the_list_speaks_english(browser_of: Browsers) -> None:
    page = Seen(browser_of(Role.REVIEWER, "rina").as_english().get("/temuan?kekuatan=kuat"))
    assert "Waiting for you" in page.text
    assert "open after your first look" in page.text
    assert "Menunggu" not in page.text


def test_an_address_is_read_back_as_it_was_written() -> None:
    wanted = Filter(
        *("pilkada-x", "weak", "sari-dewi", "one", "foto-bersama", "rejected", "u-1", "Dinas"),
        *("2024-01-01", "2024-02-02"),
        current=False,
        changed=True,
    )
    for turn in Turn:
        said = Asked(wanted, turn)
        assert asked_of(said.fields) == said
    assert set(FIELDS.values()) <= set(Filter.__slots__)
