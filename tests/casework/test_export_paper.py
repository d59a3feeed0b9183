"""The PDF of a case: its fields, what is missing, no verdict, and no text that leaves the page or does anything."""

import dataclasses
import itertools
import json
import re
from datetime import date, datetime, timedelta, timezone
from io import BytesIO
from pathlib import Path
from typing import Any, cast

import pytest
from pypdf import PdfReader
from pypdf.generic import ArrayObject, DictionaryObject

from casework.case_file import DUTIES, CaseFile
from casework.deadlines import Holidays
from casework.export import paper_texts
from casework.export.dossier import (
    CandidateName,
    CustodyRow,
    Decision,
    Dossier,
    ElectionRow,
    FindingRow,
    PhotoRow,
    RunRow,
    Scope,
    Searched,
    UploadRow,
)
from casework.export.paper import MOST_FINDINGS, PaperFacts, make_paper
from casework.export.paper_finding import Exhibit
from netra.errors import OutputError
from screening.upload_facts import Moment, TimeSource, UploadFacts
from tests.casework.export_samples import DOT

AT = datetime(2024, 10, 21, 9, 30, tzinfo=timezone(timedelta(hours=7)))
FACTS = PaperFacts(AT, "0.1.0", "ab" * 32, "007/PM/2024")
PAGE_WIDTH, PAGE_HEIGHT = 595.3, 841.9  # points of A4
CASE = CaseFile(
    number="007/PM/2024", election_id="e", title="Foto bersama", purpose="Memeriksa netralitas",
    legal_basis="UU 7/2017", officer="Ratna Puspawardani", post="Staf", warrant="ST/12", dpia_number="DPIA-4",
    known_on=(date(2024, 10, 18),), ends_on=(date(2024, 12, 31),), form={"kind": "pemilu", "tahapan": "Kampanye"},
)  # fmt: skip
VERDICTS = re.compile(r"langgar|bersalah|terbukti|kejahatan|pelaku|pidana", re.IGNORECASE)


def finding(number: int, sha256: str, reason: str = "Foto memuat wajah yang mirip calon.", **more: Any) -> FindingRow:
    sighting = {
        "candidate": "sari", "similarity": 0.712, "e_value": 0.0031, "band": "match", "reference": "photos/sari-1.jpg",
        "second": {"candidate": "budi", "similarity": 0.31}, "depiction": False,
    }  # fmt: skip
    record = {"people": [{"id": 0, "sighting": sighting}], "hands": [{"id": 0, "symbol": "one"}]}
    elements = [
        {"key": "posted", "state": state, "text_id": f"Unsur {state}", "evidence_id": "bukti"}
        for state in ("shown", "missing", "unclear")
    ]
    detail = {"candidates": ["sari"], "hands": [0], "symbols": ["one"], "reason_id": reason, "elements": elements}
    values: dict[str, Any] = {
        "ticket": 1,
        "category": "foto-bersama-simbol",
        "strength": "strong",
        "state": "suggested",
    } | more
    return FindingRow(number, sha256, detail=detail, record=json.dumps(record), run=1, **values)


def photo(number: int, **facts: Any) -> PhotoRow:
    sha256 = f"sha256:{number:064x}"
    taken = Moment(date(2024, 9, 25), TimeSource.EXIF, (datetime(2024, 9, 25, 8, 15, tzinfo=AT.tzinfo),))
    known = {"uploader_name": "Tarno", "taken": (taken,), "post_url": "https://contoh.example/p/1"} | facts
    upload = UploadRow(number, f"/x/{number}.jpg", f"x/{number}.jpg", sha256, 9, 1, UploadFacts(**known))
    return PhotoRow(number, sha256, 9, 400, 300, (upload,))


def dossier(count: int = 1, case: tuple[CaseFile, ...] = (CASE,), reason: str = "Foto.", **facts: Any) -> Dossier:
    photos = tuple(photo(number, **facts) for number in range(1, count + 1))
    searched = Searched(78, 47, 214, 9, {("sari", "match"): 40, ("sari", "possible"): 7})
    run = RunRow(1, "e", "2024-10-20T01:00:00Z", "", "finished", counts={"unreadable": 3}, searched=searched)
    names = (CandidateName("sari", "Sari Dewi", "wali kota", 1), CandidateName("budi", "Budi Arga", "wali kota", 2))
    return Dossier(
        Scope.CASE if case else Scope.RUN, "007/PM/2024", ElectionRow("e", "Pilkada Contoh", "r", candidates=names),
        (run,), photos, tuple(finding(one.number, one.sha256, reason) for one in photos), case,
        custody=(CustodyRow(3, "2024-10-20T01:00:00Z", "2024-10-20T08:00:00+07:00", "ratna", "case.add", "x", "y"),),
        log_size=5, log_root="sha256:" + "cd" * 32,
    )  # fmt: skip


def exhibits(told: Dossier, **more: Any) -> dict[str, Exhibit]:
    return {
        one.sha256: Exhibit(
            one, **({"original": "data/foto/asli/a.jpg", "working_copy": "data/foto/kerja/a.jpg", "faces": {0: "f"},
                     "hands": {0: "h"}, "references": {"photos/sari-1.jpg": "r"}} | more),
        )
        for one in told.photos
    }  # fmt: skip


def paper(told: Dossier, facts: PaperFacts = FACTS, **more: Any) -> PdfReader:
    return PdfReader(BytesIO(make_paper(told, exhibits(told, **more), facts, lambda _: DOT)))


def text_of(reader: PdfReader) -> str:
    return " ".join(" ".join(page.extract_text() for page in reader.pages).split())


@pytest.fixture(scope="module")
def plain() -> PdfReader:
    """The paper of a plain case: writing one takes a second."""
    return paper(dossier(3))


def test_a_case_has_the_fields_of_the_form_with_lines_for_what_an_officer_fills_in(plain: PdfReader) -> None:
    first = " ".join(plain.pages[0].extract_text().split())
    for name in ("nomor_laporan", "tahapan", "officer", "post", "warrant", "alamat", "bentuk", "sasaran"):
        assert paper_texts.FORM_FIELDS[name] in first
    assert "Kampanye" in first
    assert "Ratna Puspawardani" in first
    assert "diisi petugas" in first


def test_the_facts_are_there_with_their_sources(plain: PdfReader) -> None:
    text = text_of(plain)
    for said in (
        "Sari Dewi", "0,71", "0,0031", "Budi Arga (0,31)", "Unsur shown tampak", "Unsur missing belum ada",
        "Unsur unclear belum jelas", "25 September 2024 08.15 WIB", "keterangan kamera dalam berkas (EXIF)", "Tarno",
        "https://contoh.example/p/1", "telunjuk", "Foto rujukan: Sari Dewi", "78", "31", "TIDAK DIKETAHUI", "case.add",
        "periksa.py", "Halaman 1 dari",
    ):  # fmt: skip
        assert said in text, said


def test_every_page_bears_the_hash_of_the_record_and_the_state_of_the_log(plain: PdfReader) -> None:
    assert len(plain.pages) > 4
    for number, page in enumerate(plain.pages, 1):
        text = page.extract_text()
        assert "ab" * 32 in text
        assert "cd" * 32 in text
        assert f"Halaman {number} dari {len(plain.pages)}" in text


def test_what_a_case_lacks_stands_on_its_first_page(plain: PdfReader) -> None:
    lacking = dataclasses.replace(CASE, purpose="", legal_basis="", ends_on=())
    first = " ".join(paper(dossier(case=(lacking,))).pages[0].extract_text().split())
    assert paper_texts.INCOMPLETE in first
    told = {name for name, said in paper_texts.DUTIES.items() if said in first}
    assert told == {"purpose", "legal_basis", "ends_on"}
    assert set(paper_texts.DUTIES) == set(DUTIES), "a duty without words"
    assert paper_texts.INCOMPLETE not in text_of(plain)


def test_the_last_days_follow_the_case(plain: PdfReader) -> None:
    text = text_of(plain)
    assert "25 Oktober 2024" in text, "7 calendar days after 18 October"
    assert "29 Oktober 2024" in text, "7 working days after 18 October, a Friday"
    assert "UU 7/2017 tentang Pemilihan Umum, Pasal 454" in text
    assert "periksa kembali" in text
    assert "daftarnya belum diberikan" in text
    holidays = Holidays(frozenset({date(2024, 10, 21)}), "libur.txt")
    with_list = text_of(paper(dossier(), dataclasses.replace(FACTS, holidays=holidays)))
    assert "30 Oktober 2024" in with_list
    assert "hari libur dalam daftar kantor" in with_list


def test_without_its_kind_both_laws_are_shown_and_without_a_day_none() -> None:
    unknown = text_of(paper(dossier(case=(dataclasses.replace(CASE, form={}),))))
    assert all(kind in unknown for kind in paper_texts.KINDS.values())
    never = text_of(paper(dossier(case=(dataclasses.replace(CASE, known_on=()),))))
    assert "batas waktu tidak dapat dihitung" in never
    assert "Pasal 454" not in never


def test_no_word_of_a_verdict_but_in_a_reviewers_own_words(plain: PdfReader) -> None:
    assert not VERDICTS.findall(text_of(plain))
    said = Decision(1, 1, "ani", "2024-10-20T01:02:03Z", 1, "confirmed", note="menurut saya ini pelanggaran")
    told = dossier()
    told = dataclasses.replace(told, findings=(dataclasses.replace(told.findings[0], decisions=(said,)),))
    assert re.search("“menurut saya ini pelanggaran”", text_of(paper(told)))


def test_decisions_of_both_rounds_and_those_taken_back() -> None:
    rows = (
        Decision(1, 1, "ani", "2024-10-20T01:02:03Z", 1, "rejected"),
        Decision(2, 1, "ani", "2024-10-20T01:02:04Z", 1, "rejected", undoes=1),
        Decision(3, 1, "ani", "2024-10-20T01:02:05Z", 1, "confirmed"),
        Decision(4, 1, "budi", "2024-10-20T01:02:06Z", 2, "cannot-tell"),
    )
    told = dossier()
    told = dataclasses.replace(told, findings=(dataclasses.replace(told.findings[0], decisions=rows),))
    text = text_of(paper(told))
    assert "ditolak (ditarik kembali)" in text
    assert "menarik kembali keputusan sebelumnya" in text
    assert "tidak dapat dipastikan" in text
    assert [one.number for one in told.findings[0].standing] == [3, 4]


def outside(reader: PdfReader) -> list[tuple[int, str]]:
    """Texts that begin outside the page's margins."""
    found: list[tuple[int, str]] = []
    for number, page in enumerate(reader.pages, 1):

        def visit(text: str, _cm: Any, matrix: list[float], _font: Any, _size: Any, page_number: int = number) -> None:
            x, y = matrix[4], matrix[5]
            if text.strip() and not (40 < x < PAGE_WIDTH - 40 and 15 < y < PAGE_HEIGHT - 30):
                found.append((page_number, text))

        page.extract_text(visitor_text=visit)
    return found


HOSTILE = {
    "script": "<script>alert(1)</script><img src=x onerror=alert(1)>",
    "formula": "=cmd|'/C calc'!A0",
    "turned": "\u202egpj.exe\u202c \u2066abc\u2069 \u0639\u0631\u0628\u064a",
    "lines": "satu\ndua\r\n\x0btiga\x00\x1b[31m",
    "long word": "x" * 10_000,
    "long words": "kata panjang sekali " * 500,
    "operators": ") Tj ET Q /JavaScript (app.alert(1)) endstream endobj **tebal** --garis-- %PDF",
    "letters it lacks": "\U0001f600 \u6f22\u5b57 \uA9A0 \ud83d".encode("utf-8", "replace").decode(),
}  # fmt: skip


@pytest.mark.parametrize("turn", range(3))
def test_hostile_text_stays_on_the_page_and_does_nothing(turn: int) -> None:
    """Each text in many fields, over three papers."""
    kinds = itertools.cycle([*HOSTILE.values()][turn:] + [*HOSTILE.values()][:turn])
    texts = iter(kinds)
    case = dataclasses.replace(
        CASE, title=next(texts), purpose=next(texts), officer=next(texts), legal_basis=next(texts),
        form={"uraian": next(texts), "alamat": next(texts), "terlapor": next(texts), "saksi": next(texts)},
    )  # fmt: skip
    told = dossier(1, (case,), next(texts), uploader_name=next(texts), agency=next(texts), post_url=next(texts))
    said = Decision(1, 1, next(texts), next(texts), 1, "confirmed", next(texts), next(texts))
    names = (CandidateName("sari", next(texts), "x", 1), CandidateName("budi", next(texts), "x", 2))
    told = dataclasses.replace(
        told,
        number=next(texts)[:60],
        election=dataclasses.replace(told.election, candidates=names, name=next(texts)),
        findings=(dataclasses.replace(told.findings[0], decisions=(said,)),),
        custody=(CustodyRow(1, *(next(texts) for _ in range(6))),),
    )
    facts = dataclasses.replace(FACTS, name=next(texts))
    pdf = make_paper(told, exhibits(told, archive=next(texts)), facts, lambda _: DOT)
    reader = PdfReader(BytesIO(pdf))
    assert outside(reader) == []
    assert len(reader.pages) < 20
    root = cast("DictionaryObject", reader.trailer["/Root"])
    assert not {"/AA", "/Names", "/AcroForm"} & set(root)
    assert isinstance(root["/OpenAction"], ArrayObject), "a place to open at, no action"
    assert not any("/Annots" in page for page in reader.pages)
    assert "dipotong" in text_of(reader)


@pytest.mark.slow
def test_twenty_findings_and_more_than_fit_on_paper() -> None:
    reader = paper(dossier(20))
    assert outside(reader) == []
    text = text_of(reader)
    assert all(f"Temuan {number}:" in text for number in range(1, 21))
    told = dossier(1)
    many = tuple(dataclasses.replace(told.findings[0], number=n, strength="weak") for n in range(1, MOST_FINDINGS + 2))
    strong = dataclasses.replace(told.findings[0], number=999)
    crowd = dataclasses.replace(told, findings=(*many, strong))
    said = text_of(paper(crowd, faces={}, hands={}, references={}, working_copy=""))
    assert f"{MOST_FINDINGS} temuan terkuat dari {MOST_FINDINGS + 2}" in said
    assert "Temuan 999:" in said
    assert f"Temuan {MOST_FINDINGS + 1}:" not in said


def test_a_photo_without_original_says_so_first() -> None:
    told = dossier()
    reader = paper(told, original="", working_copy="", missing=("/x/1.jpg: there is no such file",))
    assert "FOTO ASLI TIDAK ADA: 1 dari 1 foto" in reader.pages[0].extract_text()
    assert "Foto asli tidak ada dalam paket ini" in text_of(reader)


def test_the_same_content_gives_the_same_bytes_whenever_it_is_written(monkeypatch: pytest.MonkeyPatch) -> None:
    told = dossier(2)
    first = make_paper(told, exhibits(told), FACTS, lambda _: DOT)
    monkeypatch.setattr("time.time", lambda: 1_900_000_000.0)
    assert make_paper(told, exhibits(told), FACTS, lambda _: DOT) == first
    other = dataclasses.replace(FACTS, at=AT + timedelta(seconds=60))
    assert make_paper(told, exhibits(told), other, lambda _: DOT) != first
    assert PdfReader(BytesIO(first)).metadata["/CreationDate"] == "D:20241021093000+07'00'"  # type: ignore[index]  # there is metadata


def test_without_the_font_the_error_says_what_to_do(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr("casework.export.sheet._FONTS", str(tmp_path))
    with pytest.raises(OutputError, match="make setup"):
        paper(dossier())
