"""A thousand texts that outsiders could write, wherever outsiders write: on every page they are text and nothing else.

Every page is made twice, over a database full of harmless texts and over one full of hostile ones: the elements and
attributes must be the same, one by one.
"""

import json
import re
import shutil
from collections.abc import Callable, Iterator
from html.parser import HTMLParser
from itertools import count
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest
from sqlalchemy import Connection, insert, select, update
from starlette.testclient import TestClient

from casework import tables
from casework.audit import Action, AuditLog
from casework.database import Database, open_database
from review.queue_filter import FIELDS
from review.render import visible
from review.routes import PAGES
from tests.review.addresses import sample_of
from tests.review.conftest import ACCOUNTS, ORIGIN, Browser, Browsers, Clock, office_over, page_of

AT = "2024-11-01T01:00:00.000000Z"
HOW_MANY = 1000
_BASES = (
    "<script>alert({n})</script>",
    '"><img src=x onerror=alert({n})>',
    "'><svg onload=alert({n})>",
    "' onmouseover='alert({n})",
    '" autofocus onfocus="alert({n})',
    "</textarea></select></title></style><script>alert({n})</script>",
    "</script><iframe srcdoc='<script>alert({n})</script>'>",
    "<!-- {n}",
    "--><body onload=alert({n})>",
    "]]><a href=//jahat.example/{n}>",
    "{{{{ {n} * 7 }}}}",
    "{{% for x in [1] %}}{n}{{% endfor %}}",
    "{{# {n}",
    "${{{n}}}",
    "%({n})s %(name)s %s %n",
    "javascript:alert({n})",
    "JaVaScRiPt&colon;alert({n})",
    "data:text/html,<script>alert({n})</script>",
    "&lt;script&gt;{n}&#60;/script&#62;",
    "&quot; onclick=alert({n}) &quot;",
    "foto{n}\u202egpj.exe",
    "\u2066\u2067{n}\u2069\u061c\u200f",
    "\x00<b>{n}\x00</b>",
    "\x1b[31m{n}\x07\x08\x7f\x9b",
    "{n}\r\nSet-Cookie: jahat=1",
    "{n}\u2028<b>\u2029</b>\x85",
    "=cmd|'/C calc'!A{n}",
    "+{n}+cmd|' /C calc'!A0",
    "@SUM(1+{n})*cmd|'x'!A0",
    "-{n}+3",
    '\t=HYPERLINK("http://jahat.example/{n}")',
    "../../../../etc/passwd\\{n}",
    "<style>@import url(//jahat.example/{n}.css)</style>",
    "<base href=//jahat.example/{n}/>",
    "<meta http-equiv=refresh content=0;url=//jahat.example/{n}>",
    "<details open ontoggle=alert({n})>",
    "<a href=javascript:alert({n})>x</a>",
    "<form action=//jahat.example><button name={n}>",
    "<math><mtext></mtext><mglyph><style><img src onerror=alert({n})>",
    "`{n}` onclick=`alert(1)`",
    "{n}" + "\N{COMBINING ACUTE ACCENT}" * 200,
    "{n}" + "<" * 300,
    "{n}" + "Panjang" * 700,
    "\ufeff{n}\ufffe\uffff",
    "\N{FULLWIDTH LESS-THAN SIGN}script\N{FULLWIDTH GREATER-THAN SIGN}{n}",
    "' OR 1={n} --",
    "'); DROP TABLE findings; -- {n}",
    '{{"__proto__": {{"x": {n}}}}}',
    "\N{FAMILY}{n}\N{EMOJI MODIFIER FITZPATRICK TYPE-6}",
    "<x onclick=alert({n}) contenteditable>",
)
HOSTILE = tuple(_BASES[n % len(_BASES)].format(n=n) for n in range(HOW_MANY))


def harmless() -> Callable[[], str]:
    numbers = count()
    return lambda: f"aman {next(numbers)}"


def hostile(start: int) -> Callable[[], str]:
    numbers = count(start)
    return lambda: HOSTILE[next(numbers) % HOW_MANY]


class Structure(HTMLParser):
    """Elements with their attributes' names, in order; texts and values beside them."""

    def __init__(self, page: str) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: list[tuple[str, ...]] = []
        self.texts: list[str] = []
        self.links: list[tuple[str, str, str]] = []
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, *(name for name, _ in attrs)))
        for name, value in attrs:
            self.texts.append(value or "")
            if name in ("href", "src", "action", "formaction", "poster", "srcset", "xlink:href"):
                self.links.append((tag, name, value or ""))

    def handle_endtag(self, tag: str) -> None:
        self.elements.append((f"/{tag}",))

    def handle_comment(self, data: str) -> None:
        self.elements.append(("comment",))

    def handle_data(self, data: str) -> None:
        self.texts.append(data)


def in_json(text: str, said: Callable[[], str], keys: frozenset[str]) -> str:
    """JSON with every text under one of these keys replaced."""

    def walk(value: Any, key: str = "") -> Any:
        if isinstance(value, dict):
            return {name: walk(each, name) for name, each in value.items()}
        if isinstance(value, list):
            return [walk(each, key) for each in value]
        return said() if isinstance(value, str) and key in keys else value

    return json.dumps(walk(json.loads(text or "{}")), ensure_ascii=False)


_FACTS = frozenset({"uploader_id", "uploader_name", "agency", "platform", "post_url", "camera", "editor"})
_DETAIL = frozenset({"reason_id", "reason_en", "text_id", "text_en", "evidence_id", "evidence_en", "source", "rule"})


def poison(connection: Connection, said: Callable[[], str]) -> None:
    """Replace every text that comes from outside, and add people's notes; as many texts whoever says them."""

    def change(table: Any, row: Any, **values: str) -> None:
        key = next(iter(table.primary_key.columns))
        connection.execute(update(table).where(key == row[0]).values(**values))

    for row in connection.execute(select(tables.uploads).order_by(tables.uploads.c.id)).all():
        columns = ("path", "uploader_id", "uploader_name", "agency", "platform", "post_url")
        values = {name: said() for name in columns}
        change(tables.uploads, row, **values, facts=in_json(row.facts, said, _FACTS))
    for row in connection.execute(select(tables.findings).order_by(tables.findings.c.id)).all():
        change(tables.findings, row, detail=in_json(row.detail, said, _DETAIL), rule=said())
    for row in connection.execute(select(tables.photos).order_by(tables.photos.c.id)).all():
        change(tables.photos, row, exif=json.dumps({"Make": said(), "Artist": said()}))
    for row in connection.execute(select(tables.evaluations).order_by(tables.evaluations.c.id)).all():
        change(tables.evaluations, row, record=in_json(row.record, said, _DETAIL | _FACTS | {"path"}))
    for row in connection.execute(select(tables.elections)).all():
        about = in_json(row.about, said, frozenset({"name", "office"}))
        change(tables.elections, row, name=said(), about=about, rulebook_about=json.dumps({"name_id": said()}))
    for row in connection.execute(select(tables.runs)).all():
        models, about = json.dumps({said(): said()}), json.dumps({"netra": said()})
        change(tables.runs, row, roots=json.dumps([said()]), operator=said(), models=models, about=about)
    for row in connection.execute(select(tables.seen).where(tables.seen.c.message != "")).all():
        connection.execute(update(tables.seen).where(tables.seen.c.position == row.position).values(message=said()))
    for row in connection.execute(select(tables.cases)).all():
        words = ("title", "purpose", "legal_basis", "officer", "post", "warrant", "dpia_number")
        change(tables.cases, row, **{name: said() for name in words})
    for row in connection.execute(select(tables.accounts).order_by(tables.accounts.c.id)).all():
        change(tables.accounts, row, full_name=said())
    people_said(connection, said)


def people_said(connection: Connection, said: Callable[[], str]) -> None:
    log = AuditLog(connection)
    for number in range(20):
        log.append(said(), Action.SEARCH, said(), said(), {said(): [said(), number]})
    snapshot = json.dumps({"category": said(), "strength": "strong", "symbol": "one", "candidate": said()})
    decided = {"decided_at": AT, "snapshot": snapshot, "reason_code": "other", "round": 1}
    rows = [
        decided | {"finding_id": 1, "reviewer": "budi", "decision": "confirmed", "note": said()},
        decided | {"finding_id": 2, "reviewer": "rina", "decision": "rejected", "note": said()},
        decided | {"finding_id": 3, "reviewer": "budi", "decision": "rejected", "note": said()},
        decided | {"finding_id": 3, "reviewer": "rina", "decision": "confirmed", "round": 2, "note": said()},
    ]
    for row in rows:
        connection.execute(insert(tables.decisions).values(row))
    first = {"first_reviewer": "budi", "second_reviewer": "rina", "disagreed": True, "state": "cannot-tell"}
    connection.execute(update(tables.findings).where(tables.findings.c.id == 3).values(first))
    seen = {"reviewer": "rina", "candidate": "", "opened_at": AT, "control": False}
    for finding, answered in ((4, ""), (3, AT), (1, AT)):
        same = "same" if answered else ""
        row = seen | {"finding_id": finding, "person": 0, "answered_at": answered, "same_person": same}
        connection.execute(insert(tables.looks).values(row))
    mark = {"photo_id": 3, "finding_id": 3, "kind": "face", "box": "[1, 2, 30, 40]", "made_at": AT}
    for who in ("rina", "budi"):
        connection.execute(insert(tables.marks).values(mark | {"made_by": who, "note": said()}))


def pages(database: Database, folder: Path) -> Iterator[tuple[str, str]]:
    """Every page with HTML that somebody may read, as each role reads it, and how often it says what it was asked."""
    office = office_over(database, folder, Clock())
    app = page_of(office)
    logged_in = Browsers(app, office)
    for name in ("rina", "sinta", "edi", "ani"):
        role = ACCOUNTS[name][0]
        browser = logged_in(role, name)
        for page in PAGES:
            if page.method == "GET" and role in page.roles and not page.open:
                answer = browser.get(sample_of(page.path))
                if answer.headers.get("content-type", "").startswith("text/html"):
                    yield f"{name} {page.path} {answer.status_code}", answer.text
    stranger = Browser(TestClient(app, base_url=ORIGIN))
    for path in ("/masuk", "/entah"):
        yield path, stranger.get(path).text


@pytest.fixture(scope="module")
def compared(filled: Path, tmp_path_factory: pytest.TempPathFactory) -> list[tuple[str, Structure, Structure]]:
    """Each page, harmless and hostile."""
    folder = tmp_path_factory.mktemp("jahat")

    def structures(name: str, said: Callable[[], str]) -> dict[str, Structure]:
        place = folder / name
        shutil.copyfile(filled, place)
        with open_database(place, create=False, check=False) as database:
            with database.begin() as connection:
                poison(connection, said)
            return {where: Structure(text) for where, text in pages(database, folder)}

    plain = structures("aman.db", harmless())
    found = []
    for start in range(0, HOW_MANY, 167):
        bad = structures(f"jahat-{start}.db", hostile(start))
        assert set(bad) == set(plain), set(bad) ^ set(plain)
        found += [(f"{where} ({start})", plain[where], bad[where]) for where in plain]
    return found


Compared = list[tuple[str, Structure, Structure]]


def test_there_are_a_thousand_and_no_two_alike() -> None:
    assert len(HOSTILE) == len(set(HOSTILE)) == HOW_MANY


def test_no_element_and_no_attribute_is_new(compared: Compared) -> None:
    assert len(compared) > 60
    wrong = []
    for where, plain, bad in compared:
        if plain.elements != bad.elements:
            place = next(
                (n for n, (a, b) in enumerate(zip(plain.elements, bad.elements, strict=False)) if a != b),
                min(len(plain.elements), len(bad.elements)),
            )
            wrong.append(f"{where}: {plain.elements[place : place + 3]} became {bad.elements[place : place + 3]}")
    assert not wrong, "\n".join(wrong)


def test_nothing_leads_elsewhere(compared: Compared) -> None:
    wrong = [
        f"{where}: {link}" for where, _, bad in compared for link in bad.links if not re.match(r"/(?!/)|#|\?", link[2])
    ]
    assert not wrong, "\n".join(wrong)


def test_nothing_is_run_or_styled_in_place(compared: Compared) -> None:
    for where, _, bad in compared:
        for element in bad.elements:
            assert not any(name.startswith("on") or name in ("style", "srcdoc") for name in element[1:]), where
            assert element[0] not in ("style", "iframe", "object", "embed", "base", "meta http-equiv"), where


def test_nothing_hides_or_turns_letters_around(compared: Compared) -> None:
    for where, _, bad in compared:
        for text in bad.texts:
            assert visible(text) == text, f"{where}: {text!a}"


def test_what_was_said_is_there_as_text(compared: Compared) -> None:
    """The comparison would be empty if the texts were on no page."""
    shown = {text.strip() for _, _, bad in compared for text in bad.texts}
    whole = "\n".join(shown)
    there = sum(visible(text).strip() in whole for text in HOSTILE)
    assert there > HOW_MANY * 0.6, there


@pytest.mark.slow
def test_addresses_say_nothing_back(filled: Path, tmp_path: Path) -> None:
    """What stands in an address comes back as text, whatever the name it stands under."""
    place = tmp_path / "alamat.db"
    shutil.copyfile(filled, place)
    room = Path(__file__).parents[2] / "review"
    code = "".join(file.read_text("utf-8") for file in room.rglob("*.py"))
    names = sorted(
        set(FIELDS)
        | {"giliran", "berubah", "semua", "pelaku", "tindakan", "tentang", "sebelum", "setelah", "dari", "sampai"}
        | set(re.findall(r"query(?:\.get\(|\[)\"(\w+)\"", code))
    )
    with open_database(place, create=False, check=False) as database:
        office = office_over(database, tmp_path, Clock())
        sinta = Browsers(page_of(office), office)(ACCOUNTS["sinta"][0], "sinta")
        for page in PAGES:
            if page.method != "GET" or ACCOUNTS["sinta"][0] not in page.roles:
                continue
            plain = sinta.get(f"{sample_of(page.path)}?{urlencode(dict.fromkeys(names, 'aman'))}")
            for text in [one for one in HOSTILE[:50] if "\0" not in one and len(one) < 1000]:
                bad = sinta.get(f"{sample_of(page.path)}?{urlencode(dict.fromkeys(names, text))}")
                assert bad.status_code == plain.status_code, f"{page.path} {text!a}"
                assert "jahat" not in bad.headers.get("set-cookie", "")
                if bad.headers.get("content-type", "").startswith("text/html"):
                    assert Structure(bad.text).elements == Structure(plain.text).elements, f"{page.path} {text!a}"


@pytest.mark.parametrize("path", ["/masuk", "/akun"])
def test_forms_say_back_what_was_typed_as_text(browser_of: Browsers, stranger: Browser, path: str) -> None:
    browser = stranger if path == "/masuk" else browser_of(ACCOUNTS["sinta"][0], "sinta")

    def answered(text: str) -> Any:
        browser.get(path)
        return browser.post(path, nama=text, nama_lengkap=text, sandi=text, ke=text, peran="auditor")

    plain = Structure(answered("aman").text).elements
    for text in [one for one in HOSTILE[:8] if "\0" not in one]:
        answer = answered(text)
        assert Structure(answer.text).elements == plain, text
