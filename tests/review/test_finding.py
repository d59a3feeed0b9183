"""The evidence: after one's own look alone, with what machine and tables know, and nobody else's word too early."""

import json
import re
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select, update

from casework import tables
from casework.database import Database
from casework.review_settings import set_settings
from casework.roles import Role
from review.evidence_words import clauses_of

Open = Callable[..., Any]
FINDING = 3


@pytest.fixture(autouse=True)
def nothing_planted(database: Database, office: Any) -> None:
    """Chance must not decide what a test sees."""
    with database.begin() as connection:
        set_settings(connection, office.log_of(connection), "sinta", control_share=0.0, second_share=1.0)


def looked(browser: Any, finding: int = FINDING, **answers: str) -> Any:
    """The evidence's page, after the first look was answered."""
    look = re.match(r"/tinjau/\d+", browser.get(f"/temuan/{finding}").headers["location"])
    assert look
    page = browser.get(look[0]).text
    asked = {name for name in ("same_person", "symbol") if f'name="{name}"' in page}
    said = {"same_person": "same", "symbol": "one"} | answers
    browser.post(look[0], **{name: said[name] for name in asked})
    answer = browser.get(f"/temuan/{finding}")
    assert answer.status_code == 200, answer.text
    return answer


def finding_row(database: Database, finding: int = FINDING) -> Any:
    with database.read() as connection:
        return connection.execute(select(tables.findings).where(tables.findings.c.id == finding)).one()


def test_it_says_what_there_is_to_know(browser_of: Open, database: Database) -> None:
    page = looked(browser_of(Role.REVIEWER, "rina"), symbol="ok").text
    row = finding_row(database)
    for told in (
        "Anda melihat: orang yang sama; OK",
        "Di antara 214 wajah orang lain",
        "0,0031 kali karena",
        "Calon termirip kedua",
        "Mutu wajah baik (0,90 dari 1)",
        "Wajah calon terlihat",
        "✓ terlihat", "? belum jelas", "○ belum ada",
        "25 Sep 2024", "keterangan kamera dalam berkas (EXIF)",
        "Tarno Wiryasasmita", "Dinas Contoh",
        "Calon ditetapkan 22 Sep 2024; foto diambil 25 Sep 2024",
        "Fakta foto",
        row.candidate.replace("-", " ").title(),
    ):  # fmt: skip
        assert told in page, told
    assert "%" not in re.sub(r"<[^>]+>", "", page), "no score is a percentage"


def test_people_hands_and_bones_are_drawn(browser_of: Open, database: Database) -> None:
    page = looked(browser_of(Role.REVIEWER, "rina")).text
    with database.read() as connection:
        evaluation = finding_row(database).evaluation_id
        people = connection.execute(select(tables.people).where(tables.people.c.evaluation_id == evaluation)).all()
        hands = connection.execute(select(tables.hands).where(tables.hands.c.evaluation_id == evaluation)).all()
    svg = page[page.index("<svg viewBox") : page.index("</svg>")]
    assert len(re.findall(r'<path class="(?:person|sighted)', svg)) == len(people)
    bones = re.findall(r'<path class="(?:bone|claimed)" d="([^"]+)"', svg)
    assert len(bones) == len(hands)
    assert all(path.count("M") == 6 and path.count("L") == 21 for path in bones), "21 bones in six rows"
    width, height = re.findall(r'<svg viewBox="0 0 (\d+) (\d+)"', page)[0]
    assert f'width="{width}" height="{height}"></image>' in svg, "the photo takes its place before it arrives"


def test_every_picture_has_its_size(browser_of: Open) -> None:
    page = looked(browser_of(Role.REVIEWER, "rina")).text
    assert all('width="' in tag and 'height="' in tag and "alt=" in tag for tag in re.findall(r"<img[^>]+>", page))


def test_a_reviewer_sees_nobody_elses_word_before_the_end(browser_of: Open) -> None:
    rina, budi = browser_of(Role.REVIEWER, "rina"), browser_of(Role.REVIEWER, "budi")
    before = _bare(looked(budi).text)
    looked(rina)
    rina.post(f"/temuan/{FINDING}/tanda", kind="face", x="10", y="10", width="40", height="40", note="tanda rahasia")
    rina.post(
        f"/temuan/{FINDING}/putusan", verdict="rejected", **{"reason-rejected": "sign-means-other"}, note="rahasia"
    )
    assert _bare(budi.get(f"/temuan/{FINDING}").text) == before, "not one letter tells that somebody decided"
    own = rina.get(f"/temuan/{FINDING}").text
    assert "menolak" in own
    assert "rahasia" in own
    budi.post(f"/temuan/{FINDING}/putusan", verdict="confirmed", **{"reason-confirmed": "as-shown"})
    for page in (rina.get(f"/temuan/{FINDING}").text, budi.get(f"/temuan/{FINDING}").text):
        assert "menolak" in page
        assert "mengonfirmasi" in page
        assert "kedua peninjau berbeda" in page


@pytest.mark.parametrize(("role", "name"), [(Role.SUPERVISOR, "sinta"), (Role.AUDITOR, "ani")])
def test_supervisors_and_auditors_see_everything_and_decide_nothing(browser_of: Open, role: Role, name: str) -> None:
    rina = browser_of(Role.REVIEWER, "rina")
    looked(rina, symbol="none")
    rina.post(f"/temuan/{FINDING}/putusan", verdict="confirmed", **{"reason-confirmed": "as-shown"}, note="jelas")
    page = browser_of(role, name).get(f"/temuan/{FINDING}").text
    assert "<strong>rina</strong>: mengonfirmasi" in page
    assert "Catatan: jelas" in page
    assert "rina: orang yang sama; tidak ada simbol" in page
    assert "dikonfirmasi satu orang" in page
    assert 'name="verdict"' not in page
    assert "/tanda" not in page
    assert "/batal" not in page


def test_a_mark_is_made_shown_and_taken_back(browser_of: Open) -> None:
    rina = browser_of(Role.REVIEWER, "rina")
    looked(rina)
    rina.post(
        f"/temuan/{FINDING}/tanda", kind="hand", x="20", y="30", width="50", height="60", symbol="peace", note="di tepi"
    )
    page = rina.get(f"/temuan/{FINDING}").text
    assert "Anda: tangan yang terlewat, dua jari: di tepi" in page
    assert '<path class="marked" d="M20.0 30.0h50.0v60.0h-50.0z">' in page
    found = re.search(r"/tanda/(\d+)/hapus", page)
    assert found
    rina.post(found[0])
    assert "di tepi" not in rina.get(f"/temuan/{FINDING}").text


def test_a_person_is_marked_as_a_picture_by_one_button(browser_of: Open, database: Database) -> None:
    rina = browser_of(Role.REVIEWER, "rina")
    page = looked(rina).text
    form = re.search(r'name="kind" value="depiction">(.*?)</form>', page, re.DOTALL)
    assert form
    fields = dict(re.findall(r'name="(\w+)" value="([^"]*)"', form[1]))
    answer = rina.post(f"/temuan/{FINDING}/tanda", kind="depiction", **fields)
    assert answer.status_code == 303, answer.text
    with database.read() as connection:
        assert connection.execute(select(tables.marks.c.kind)).scalars().all() == ["depiction"]


def test_without_calibration_it_says_so(browser_of: Open, database: Database) -> None:
    with database.begin() as connection:
        connection.execute(update(tables.sightings).values(e_value=None))
    assert "Belum terkalibrasi" in looked(browser_of(Role.REVIEWER, "rina")).text


def test_a_finding_that_no_scan_makes_any_more_says_so_and_asks_nothing(browser_of: Open, database: Database) -> None:
    rina = browser_of(Role.REVIEWER, "rina")
    looked(rina)
    with database.begin() as connection:
        connection.execute(update(tables.findings).where(tables.findings.c.id == FINDING).values(current=False))
    page = rina.get(f"/temuan/{FINDING}").text
    assert "Pindaian terbaru tidak lagi membuat temuan ini" in page
    assert 'name="verdict"' not in page


def test_copies_and_other_uploads_are_there(browser_of: Open) -> None:
    page = looked(browser_of(Role.REVIEWER, "rina"), 1).text
    assert "Salinan dan temuan lain" in page
    assert looked(browser_of(Role.REVIEWER, "rina"), 2).text.count("pengunggah dari berkas ini") <= 1


def test_in_english(browser_of: Open) -> None:
    page = looked(browser_of(Role.REVIEWER, "rina").as_english()).text
    for told in (
        "You saw: the same person",
        "Among 214 faces of other people",
        "Your decision",
        "shown",
        "25 Sept 2024",
    ):
        assert told in page, told
    words = re.sub(r"<[^>]+>", " ", page[page.index("<main") :])
    assert not re.search(r"\b(wajah|tangan|temuan|calon|unggahan|putusan)\b", re.sub(r"unggahan/\S+", "", words)), words


def test_enrollers_and_strangers_see_none_of_it(browser_of: Open, stranger: Any) -> None:
    assert browser_of(Role.ENROLLER, "edi").get(f"/temuan/{FINDING}").status_code == 403
    assert stranger.get(f"/temuan/{FINDING}").status_code == 303


def test_what_people_said_stands_before_what_the_machine_says(browser_of: Open) -> None:
    rina = browser_of(Role.REVIEWER, "rina")
    looked(rina)
    rina.post(f"/temuan/{FINDING}/putusan", verdict="confirmed", **{"reason-confirmed": "as-shown"})
    for browser in (rina, browser_of(Role.SUPERVISOR, "sinta")):
        page = browser.get(f"/temuan/{FINDING}").text
        assert 0 < page.index('id="putusan-orang"') < page.index('id="mengapa"')


def test_every_way_on_the_page_leads_somewhere(browser_of: Open) -> None:
    for page in (looked(browser_of()).text, browser_of(Role.AUDITOR, "ani").get(f"/temuan/{FINDING}").text):
        ways = re.findall(r'href="#([\w-]+)"', page)
        assert len(ways) > 6
        assert [way for way in ways if f'id="{way}"' not in page] == []


def test_a_picture_is_no_reason_against_what_says_that_it_is_one(browser_of: Open, database: Database) -> None:
    sinta = browser_of(Role.SUPERVISOR, "sinta")
    assert "Calon hanya tampak pada gambar" in sinta.get(f"/temuan/{FINDING}").text
    with database.begin() as connection:
        connection.execute(update(tables.findings).values(category="unggah-foto-calon"))
    page = sinta.get(f"/temuan/{FINDING}").text
    assert "Orang di foto bukan calon itu" in page
    assert "Calon hanya tampak pada gambar" not in page


def test_the_part_of_a_collage_is_drawn(browser_of: Open, database: Database) -> None:
    sinta = browser_of(Role.SUPERVISOR, "sinta")
    assert 'class="part"' not in sinta.get(f"/temuan/{FINDING}").text
    with database.begin() as connection:
        of = tables.findings.c.evaluation_id == tables.evaluations.c.id, tables.findings.c.id == FINDING
        row = connection.execute(select(tables.evaluations).where(*of)).one()
        record = json.loads(row.record) | {
            "layout": {"screenshot": False, "panels": [[0, 0, 480, 720], [480, 0, 480, 720]]}
        }
        changed = update(tables.evaluations).where(tables.evaluations.c.id == row.id)
        connection.execute(changed.values(record=json.dumps(record)))
    page = sinta.get(f"/temuan/{FINDING}").text
    assert '<path class="part" d="M0.0 0.0h480.0v720.0h-480.0z">' in page
    assert "bagian kolase dalam temuan" in page


@given(st.text(alphabet="ab(); ", max_size=40))
def test_the_parts_of_a_sentence_make_it_again(sentence: str) -> None:
    assert "; ".join(clauses_of(sentence)) == sentence


def test_what_stands_in_brackets_divides_nothing() -> None:
    sentence = "Wajah mirip Sari (calon; cocok, 0,93) bersama 1 orang; simbol 'telunjuk'; dasar: SKB."
    assert clauses_of(sentence) == (
        "Wajah mirip Sari (calon; cocok, 0,93) bersama 1 orang",
        "simbol 'telunjuk'",
        "dasar: SKB.",
    )
    assert clauses_of("nama) aneh; lalu") == ("nama) aneh", "lalu")


def test_one_entry_of_the_log_for_each_view(browser_of: Open, database: Database) -> None:
    sinta = browser_of(Role.SUPERVISOR, "sinta")
    sinta.get(f"/temuan/{FINDING}")
    with database.read() as connection:
        entries = connection.execute(select(tables.audit.c.entry)).scalars().all()
    assert sum('"action":"face.view"' in one and f'"finding:{FINDING}"' in one for one in entries) == 1


def _bare(page: str) -> str:
    """Without what differs between any two views."""
    return re.sub(r"t=[0-9a-f]{64}", "", page)


def test_a_record_of_an_older_version_is_shown_as_far_as_it_goes(browser_of: Open, database: Database) -> None:
    with database.begin() as connection:
        connection.execute(update(tables.hands).values(keypoints="[]", confidence=None))
        connection.execute(update(tables.sightings).values(second_candidate="", second_similarity=None, reference=""))
        connection.execute(update(tables.uploads).values(facts=""))
        connection.execute(update(tables.photos).values(width=0, height=0))
    page = looked(browser_of(Role.REVIEWER, "rina")).text
    assert "Tidak ada calon lain yang mirip" in page
    assert "hari pengambilan foto tidak diketahui" in page
    assert re.search(r'<path class="(?:bone|claimed)" d="M[\d. ]+h', page), "a hand without points is a box"
