"""Cases on the page: made, changed, filled, closed, held and exported by a supervisor; read by an auditor."""

import re
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select, update

from casework.audit import AuditLog
from casework.case_file import CaseFile, CaseState, Refusal
from casework.case_list import case_entry, packages_of
from casework.database import Database
from casework.roles import Role
from casework.tables import audit, cases, findings
from netra.both import Both
from netra.errors import OutputError
from review import case_words
from review.doors import Package
from review.exports import ExportState, exports_of
from review.office import Office
from tests.review.conftest import Browser, Browsers, Clock
from tests.review.doors import PaperPackages
from tests.review.office_sample import CASE, COPY, ELECTION, ITS_ORIGINAL
from tests.review.test_overview import text_of

FULL = {
    "title": "Foto bersama",
    "purpose": "memeriksa netralitas",
    "legal_basis": "UU 7/2017",
    "officer": "Ratna",
    "known_on": "2024-11-01",
    "ends_on": "2025-01-31",
    "kind": "pilkada",
}


def named(fields: dict[str, str]) -> Any:
    """Fields whose names are no Python names."""
    return fields


def case_of(database: Database, case_id: int = 1) -> CaseFile:
    with database.read() as connection:
        return case_entry(connection, case_id)[0].case


def logged(database: Database) -> list[tuple[str, str, str, str]]:
    """Actor, action, subject, reason of every entry."""
    with database.read() as connection:
        entries = [one.draft for one in AuditLog(connection).entries()]
    return [(one.actor, one.action, one.subject, one.reason) for one in entries]


def confirm(database: Database, *numbers: int) -> None:
    with database.begin() as connection:
        values = {"state": "confirmed", "first_reviewer": "rina", "second_reviewer": "budi"}
        connection.execute(update(findings).where(findings.c.id.in_(numbers)).values(values))


@pytest.fixture
def sinta(browser_of: Browsers) -> Browser:
    return browser_of(Role.SUPERVISOR)


def test_a_case_is_made_with_a_number_full_of_slashes(sinta: Browser, database: Database) -> None:
    form = sinta.get("/perkara/baru")
    assert f'<option value="{ELECTION}"' in form.text
    made = sinta.post("/perkara/baru", nomor="01/TM/2024", pemilihan=ELECTION, **named(FULL))
    assert made.status_code == 303
    assert made.headers["location"] == "/perkara/2?pesan=perkara-dibuat"
    said = text_of(sinta.get("/perkara/2?pesan=perkara-dibuat"))
    assert "Perkara dibuat." in said
    assert "Perkara 01/TM/2024" in said
    assert "Nomor penilaian dampak (DPIA)" in said.split("Belum lengkap:")[1].split(".")[0]
    case = case_of(database, 2)
    assert (case.officer, case.kind[0].value) == ("Ratna", "pilkada")
    assert ("sinta", "case.open", "case:01/TM/2024", "") in logged(database)


def test_what_is_missing_is_told_and_nothing_typed_is_lost(sinta: Browser, database: Database) -> None:
    refused = sinta.post("/perkara/baru", nomor="02", pemilihan=ELECTION, title="Judul <b>tebal</b>", officer="Ratna")
    assert refused.status_code == 400
    said = text_of(refused)
    assert "isian wajib belum ada: Tujuan pemeriksaan, Dasar hukum, Berlaku sampai" in said
    assert 'role="alert"' in refused.text
    assert "Judul &lt;b&gt;tebal&lt;/b&gt;" in refused.text
    assert 'value="Ratna"' in refused.text
    allowed = sinta.post(
        "/perkara/baru", nomor="02", pemilihan=ELECTION, officer="Ratna", **named({"belum-lengkap": "ya"})
    )
    assert allowed.status_code == 303
    assert case_of(database, 2).lacks == ("purpose", "legal_basis", "ends_on", "dpia_number")


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"nomor": CASE}, "sudah dipakai"),
        ({"nomor": "?"}, "tidak dapat menjadi nomor perkara"),
        ({"nomor": "3", "known_on": "kemarin"}, "Diketahui pada: “kemarin” bukan tanggal"),
        ({"nomor": "3", "ends_on": "2024-10-01"}, "Berlaku sampai: lebih awal daripada Diketahui pada (2024-11-01)"),
        ({"nomor": "3", "pemilihan": "lain"}, "Pemilihan lain tidak ada"),
        ({"nomor": "3", "kind": "rt"}, "Jenis pemilihan “rt” tidak dikenal"),
    ],
)
def test_mistakes_are_told_in_words(sinta: Browser, values: dict[str, str], words: str) -> None:
    answer = sinta.post("/perkara/baru", **named({"pemilihan": ELECTION} | FULL | values))
    assert answer.status_code == 400
    assert words in text_of(answer)


def test_every_refusal_has_words_in_both_languages() -> None:
    from review.language import say

    assert set(case_words.REFUSALS) == {one.value for one in Refusal}
    for text in case_words.REFUSALS.values():
        placeholders = sorted(re.findall(r"%\((\w+)\)s", text))
        assert sorted(re.findall(r"%\((\w+)\)s", say("en", text))) == placeholders
        assert say("en", text) != text


def test_fields_are_changed_with_further_ones_of_the_offices_form(sinta: Browser, database: Database) -> None:
    form = sinta.get("/perkara/1/ubah")
    assert 'value="Kampanye"' in form.text, "a further field of the sample"
    new = {"nama-1": "saksi", "nilai-1": "dua orang", "nama-2": "officer", "nilai-2": "bukan ini"}
    typed = {"officer": "Petugas Baru", "alasan": "pindah tugas", "isian-tahapan": ""} | new
    changed = sinta.post("/perkara/1/ubah", **named(typed))
    assert changed.headers["location"] == "/perkara/1?pesan=perkara-diubah"
    case = case_of(database)
    assert case.officer == "Petugas Baru"
    assert case.form["saksi"] == "dua orang"
    assert "tahapan" not in case.form
    assert ("sinta", "case.set", f"case:{CASE}", "pindah tugas") in logged(database)
    again = sinta.post("/perkara/1/ubah", officer="Petugas Baru")
    assert again.status_code == 400
    assert "Tidak ada yang berubah; semuanya sudah demikian." in text_of(again)


def test_looking_at_a_case_is_written_down_for_every_reader(browser_of: Browsers, database: Database) -> None:
    for role, name in ((Role.SUPERVISOR, "sinta"), (Role.AUDITOR, "ani")):
        assert browser_of(role).get("/perkara/1").status_code == 200
        assert logged(database)[-1] == (name, "case.view", f"case:{CASE}", "")


def test_last_days_stand_with_their_law_and_how_they_are_counted(sinta: Browser, clock: Clock) -> None:
    said = text_of(sinta.get("/perkara/1"))
    assert "25 Okt 2024 LEWAT 10 hari" in said
    assert "laporan disampaikan: 7 hari kalender sejak diketahui (2024-10-18)" in said
    assert "hari registrasi belum diisi, dihitung dari hari terakhir melapor" in said
    assert "UU 10/2016 dan perubahan sesudahnya belum diperiksa" in said
    assert "Semua tenggat: periksa kembali" in said
    clock.forward(days=-14)
    assert "sisa 4 hari" in text_of(sinta.get("/perkara/1"))


def test_confirmed_findings_are_offered_with_their_copies(sinta: Browser, database: Database) -> None:
    assert "belum masuk perkara mana pun (0)" in text_of(sinta.get("/perkara/1"))
    confirm(database, ITS_ORIGINAL, 4)
    offered = sinta.get("/perkara/1").text.split('id="tambah"')[1]
    assert re.findall(r'name="temuan-(\d+)"', offered) == [str(ITS_ORIGINAL), "4"]
    assert f'href="/temuan/{COPY}"' in offered
    fields = {f"temuan-{ITS_ORIGINAL}": "ya", "salinan": "ya"}
    added = sinta.post("/perkara/1/tambah", **named(fields))
    assert added.headers["location"] == "/perkara/1?pesan=temuan-ditambahkan"
    assert case_of(database).findings == (1, 3, COPY)
    assert re.findall(r'name="temuan-(\d+)"', sinta.get("/perkara/1").text.split('id="tambah"')[1]) == ["4"]
    assert f"salinan; diputuskan pada temuan {ITS_ORIGINAL}" in sinta.get("/perkara/1").text
    evidence = text_of(sinta.get(f"/temuan/{COPY}"))
    assert f"Foto ini salinan. Yang diputuskan orang: temuan {ITS_ORIGINAL}" in evidence
    assert "Foto ini salinan" not in sinta.get(f"/temuan/{ITS_ORIGINAL}").text


def test_copies_stay_outside_where_that_is_asked_for_and_this_is_told(sinta: Browser, database: Database) -> None:
    confirm(database, ITS_ORIGINAL)
    sinta.post("/perkara/1/tambah", **named({f"temuan-{ITS_ORIGINAL}": "ya"}))
    assert case_of(database).findings == (1, 3)
    assert "1 temuan pada salinan foto yang sama belum ikut" in text_of(sinta.get("/perkara/1"))


def test_a_rejected_copy_is_not_taken_along(sinta: Browser, database: Database) -> None:
    confirm(database, ITS_ORIGINAL)
    with database.begin() as connection:
        connection.execute(update(findings).where(findings.c.id == COPY).values(state="rejected"))
    sinta.post("/perkara/1/tambah", **named({f"temuan-{ITS_ORIGINAL}": "ya", "salinan": "ya"}))
    assert case_of(database).findings == (1, 3)


def test_a_finding_is_taken_out_only_with_a_reason(sinta: Browser, database: Database) -> None:
    refused = sinta.post("/perkara/1/keluarkan", **named({"temuan-3": "ya"}))
    assert refused.status_code == 400
    assert "Sebutkan alasannya" in text_of(refused)
    assert case_of(database).findings == (3,)
    sinta.post("/perkara/1/keluarkan", alasan="foto lama", **named({"temuan-3": "ya"}))
    assert case_of(database).findings == ()
    assert ("sinta", "case.remove", f"case:{CASE}", "foto lama") in logged(database)


def test_a_closed_case_takes_nothing_more(sinta: Browser, database: Database) -> None:
    confirm(database, 4)
    closed = sinta.post("/perkara/1/tutup", alasan="diserahkan", retain_until="2028-01-01")
    assert closed.headers["location"] == "/perkara/1?pesan=perkara-ditutup"
    case = case_of(database)
    assert (case.state, case_words.iso(case.retain_until)) == (CaseState.CLOSED, "2028-01-01")
    page = sinta.get("/perkara/1").text
    assert "/perkara/1/tambah" not in page
    assert "/perkara/1/keluarkan" not in page
    assert "/perkara/1/tutup" not in page
    assert sinta.post("/perkara/1/tambah", **named({"temuan-4": "ya"})).status_code == 400
    form = sinta.get("/perkara/1/ubah").text
    assert 'name="retain_until"' in form
    assert 'name="officer"' not in form


def test_a_case_past_its_last_day_offers_nothing(sinta: Browser, database: Database) -> None:
    confirm(database, 4)
    with database.begin() as connection:
        connection.execute(update(cases).values(ends_on="2024-11-01"))
    page = sinta.get("/perkara/1")
    assert "masa berlakunya lewat" in text_of(page)
    assert "/perkara/1/tambah" not in page.text
    refused = sinta.post("/perkara/1/tambah", **named({"temuan-4": "ya"}))
    assert "hari itu sudah lewat" in text_of(refused)


def test_legal_hold_is_set_and_lifted_with_reasons(sinta: Browser, database: Database) -> None:
    sinta.post("/perkara/1/tahan", tahan="ya", alasan="sengketa")
    assert case_of(database).legal_hold
    assert "Lepas penahanan hukum" in sinta.get("/perkara/1").text
    assert sinta.post("/perkara/1/tahan", tahan="ya", alasan="sengketa").status_code == 400
    sinta.post("/perkara/1/tahan", tahan="tidak", alasan="selesai")
    assert not case_of(database).legal_hold


def test_an_auditor_reads_everything_and_is_offered_no_form(browser_of: Browsers) -> None:
    page = browser_of(Role.AUDITOR).get("/perkara/1").text
    assert CASE in page
    own = [action for action in re.findall(r'<form method="post" action="([^"]+)"', page) if "/perkara" in action]
    assert own == []


def test_deleting_is_left_to_the_command_line_and_said(sinta: Browser) -> None:
    assert "netra retention" in sinta.get("/perkara/1").text


def test_a_deleted_case_shows_nothing_but_that(sinta: Browser, database: Database) -> None:
    with database.begin() as connection:
        connection.execute(update(cases).values(state="deleted", title="", officer=""))
    page = sinta.get("/perkara/1")
    assert page.status_code == 200
    assert "Perkara ini sudah dihapus" in text_of(page)
    assert "/perkara/1/ekspor" not in page.text
    assert sinta.post("/perkara/1/ekspor", alasan="x").status_code == 400


@pytest.mark.parametrize("path", ["/perkara/99", f"/perkara/{2**70}", "/perkara/99/ubah", "/perkara/99/paket"])
def test_a_case_that_is_not_there(sinta: Browser, path: str) -> None:
    assert sinta.get(path).status_code == 404


@pytest.mark.parametrize("query", ["?hal=0", "?hal=99", "?hal=x", "?lanjut=nonsense", "?lanjut=0-1"])
def test_addresses_changed_by_hand_do_no_harm(sinta: Browser, query: str) -> None:
    assert sinta.get(f"/perkara/1{query}").status_code == 200


def test_a_list_says_what_each_case_lacks(sinta: Browser, database: Database) -> None:
    with database.begin() as connection:
        connection.execute(update(cases).values(officer=""))
    said = text_of(sinta.get("/perkara"))
    assert CASE in said
    assert said.split("Belum diisi")[1].count("Petugas") == 1


@dataclass
class SlowPackages(PaperPackages):
    """Waits until it is told to go on, and may fail then."""

    go_on: threading.Event = field(default_factory=threading.Event)
    error: str | Both = ""

    def export(self, number: str, actor: str, reason: str, *, allow_missing: bool) -> Package:
        self.go_on.wait(10)
        if self.error:
            raise OutputError(self.error)
        return super().export(number, actor, reason, allow_missing=allow_missing)


@pytest.fixture
def packages(office: Office, tmp_path: Path) -> Iterator[SlowPackages]:
    slow = SlowPackages(tmp_path)
    object.__setattr__(office, "packages", slow)
    yield slow
    slow.go_on.set()
    if exports_of(office.database).of(1):
        exports_of(office.database).wait(1, 10)


def test_an_export_goes_on_while_pages_are_reloaded(
    sinta: Browser, office: Office, packages: SlowPackages, database: Database
) -> None:
    begun = sinta.post("/perkara/1/ekspor", alasan="diminta Bawaslu")
    assert begun.headers["location"] == "/perkara/1/paket"
    for _ in range(2):
        page = sinta.get("/perkara/1/paket")
        assert "Paket sedang dibuat" in page.text
        assert 'data-refresh="3"' in page.text
    assert "sedang dibuat" in sinta.get("/perkara/1").text
    again = sinta.post("/perkara/1/ekspor", alasan="lagi")
    assert again.headers["location"] == "/perkara/1/paket?pesan=ekspor-lain"
    packages.go_on.set()
    exports_of(office.database).wait(1, 10)
    assert packages.written == [(CASE, "sinta", "diminta Bawaslu")]
    page = sinta.get("/perkara/1/paket")
    assert "Paket selesai" in page.text
    refreshed = page.text.partition('<div id="paket"')[2]
    assert re.search(r'id="all".*</table>.*</section>\s*</div>\s*</main>', refreshed, re.DOTALL), "the list comes along"
    assert "data-refresh" not in page.text
    assert str(packages.folder / "paket-contoh") in page.text
    with database.read() as connection:
        (kept,) = packages_of(connection, 1)
    assert (kept.place, kept.made_by) == (str(packages.folder / "paket-contoh"), "sinta")
    assert "Paket terakhir dibuat" in sinta.get("/perkara/1").text


def test_why_an_export_failed_is_told(sinta: Browser, office: Office, packages: SlowPackages) -> None:
    packages.error = Both("/paket: disk <penuh>\nkedua", "/paket: <full> disk\nsecond")
    packages.go_on.set()
    sinta.post("/perkara/1/ekspor", alasan="x")
    exports_of(office.database).wait(1, 10)
    assert exports_of(office.database).of(1)[0].state is ExportState.FAILED
    page = sinta.get("/perkara/1/paket")
    assert "Paket tidak jadi dibuat" in page.text
    assert "disk &lt;penuh&gt;</p><p" in page.text.replace("\n", "")
    assert "&lt;full&gt; disk" not in page.text
    english = sinta.as_english().get("/perkara/1/paket").text
    assert "&lt;full&gt; disk" in english
    assert "penuh" not in english
    packages.error = ""
    assert sinta.post("/perkara/1/ekspor", alasan="lagi").headers["location"] == "/perkara/1/paket"


def test_an_export_wants_a_reason(sinta: Browser, packages: SlowPackages) -> None:
    packages.go_on.set()
    refused = sinta.post("/perkara/1/ekspor", alasan="  ")
    assert refused.status_code == 400
    assert "Sebutkan alasannya" in text_of(refused)
    assert packages.written == []


def test_an_auditor_sees_packages_and_the_checkpoint_but_makes_none(
    browser_of: Browsers, packages: SlowPackages
) -> None:
    ani = browser_of(Role.AUDITOR)
    assert ani.get("/perkara/1/paket").status_code == 200
    assert ani.post("/perkara/1/ekspor", alasan="x").status_code == 403
    assert packages.written == []


def test_nothing_is_logged_by_asking_how_far_an_export_is(sinta: Browser, database: Database) -> None:
    with database.read() as connection:
        before = len(connection.execute(select(audit.c.seq)).all())
    sinta.get("/perkara/1/paket")
    with database.read() as connection:
        assert len(connection.execute(select(audit.c.seq)).all()) == before


def test_cases_in_english(sinta: Browser) -> None:
    said: Any = text_of(sinta.as_english().get("/perkara/1"))
    assert "Deadlines" in said
    assert "7 calendar days since known (2024-10-18)" in said
    assert not re.search(r"\b(temuan|tenggat|berkas kasus|hari)\b", said)
