"""A rulebook of one's own needs no code: its poses, stages, periods and elements decide."""

from dataclasses import replace
from pathlib import Path

import pytest

from screening.findings import Finding
from screening.rulebook import Rulebook, load_rulebook
from screening.rulebook_page import rulebook_page
from screening.rules import judge
from tests.screening.truth_table.page import written
from tests.screening.truth_table.stage import PEMILU, Upload, scene

OWN = """\
[rulebook]
id = "edaran-desa"
version = "2.1"
as_of = 2024-10-01
name_id = "Edaran Kabupaten Contoh untuk perangkat desa"
name_en = "Circular of Kabupaten Contoh for village officials"
legal_basis = ["edaran"]

[period]
first = 2024-01-01
last = 2024-12-31
sources = ["edaran"]

# Only two stages; in the first one only the picture of a candidate counts.
[[stages]]
id = "awal"
name_id = "tahap awal"
name_en = "early stage"
sources = ["edaran"]

[[stages]]
id = "inti"
name_id = "tahap inti"
name_en = "main stage"
begins = [2024-09-25]
sources = ["edaran"]

[[stages]]
id = "minggu-terakhir"
name_id = "minggu terakhir"
name_en = "last week"
begins = ["voting_day - 7"]
sources = ["edaran"]

[[rules]]
category = "foto-bersama-simbol"
id = "simbol"
stages = ["inti", "minggu-terakhir"]
text_id = "Berfoto bersama calon dengan simbol."
text_en = "A photo with a candidate and a symbol."
elements = ["symbol-shown", "candidate-visible", "meaning"]
sources = ["edaran"]

[[rules]]
category = "unggah-foto-calon"
id = "gambar"
text_id = "Mengunggah gambar calon."
text_en = "Posting a candidate's picture."
elements = ["candidate-pictured"]
sources = ["edaran"]

[[rules]]
category = "pose-terlarang"
id = "pose"
stages = ["minggu-terakhir"]
text_id = "Berpose dengan salam dua tangan."
text_en = "Posing with both palms."
elements = ["symbol-listed", "posted"]
sources = ["edaran"]

[[elements]]
key = "symbol-shown"
sources = ["edaran"]

[[elements]]
key = "candidate-visible"
sources = ["edaran"]

[[elements]]
key = "candidate-pictured"
sources = ["edaran"]

[[elements]]
key = "symbol-listed"
sources = ["edaran", "berita"]

[[elements]]
key = "posted"
sources = ["edaran"]

[[elements]]
key = "meaning"
sources = ["edaran"]

[[forbidden]]
symbol = "holy"
name = "salam kampanye"
sources = ["berita"]

[[forbidden]]
two_hands = ["fist", "fist"]
name = "dua kepal"
sources = ["edaran"]

[[allowed]]
symbol = "like"
name = "jempol"
sources = ["edaran"]

[sources.edaran]
title = "Edaran Bupati Contoh 7/2024"
secondary = false
note = "Invented for this test."

[sources.berita]
title = "Harian Contoh"
secondary = true
address = "https://contoh.example/berita"
"""


@pytest.fixture
def book(tmp_path: Path) -> Rulebook:
    (tmp_path / "own.toml").write_text(OWN, "utf-8")
    return load_rulebook(str(tmp_path / "own.toml"))


def findings(book: Rulebook, people: str, hands: str, day: str) -> tuple[Finding, ...]:
    upload = Upload(taken=(f"{day} exif",), posted=(day,))
    return judge(scene(people, hands), PEMILU.facts(upload), PEMILU.election, book)


@pytest.mark.parametrize(
    ("people", "hands", "day", "expected"),
    [
        ("sari -", "1:one", "2024-09-25", ["foto-bersama-simbol strong 1 one"]),
        ("sari -", "1:one", "2024-09-24", []),  # no rule for symbols in the first stage, and none for together at all
        ("sari -", "", "2024-10-05", []),
        ("sari", "", "2024-02-01", ["unggah-foto-calon medium 1"]),
        ("*sari -", "", "2024-02-01", ["unggah-foto-calon medium 1"]),
        ("sari", "", "2023-12-31", []),
        ("sari", "", "2025-01-01", []),
        # its own poses: the thumb is ticket 1's symbol in the election file, and allowed here
        ("sari -", "1:like", "2024-10-05", []),
        ("sari -", "1:holy", "2024-10-05", ["foto-bersama-simbol weak 1 holy"]),
        ("sari -", "1L:fist 1R:fist", "2024-10-05", ["foto-bersama-simbol weak 1 fist+fist"]),
        ("ratna -", "1L:fist 1R:fist", "2024-10-05", ["foto-bersama-simbol strong 7 fist"]),
        ("- -", "0:holy", "2024-11-19", []),
        ("- -", "0:holy", "2024-11-20", ["pose-terlarang weak 0 holy"]),
        ("- -", "0L:fist 0R:fist", "2024-11-20", ["pose-terlarang weak 0 fist+fist"]),
        ("- -", "0:like", "2024-11-20", []),
    ],
)
def test_it_decides(book: Rulebook, people: str, hands: str, day: str, expected: list[str]) -> None:
    assert [written(one) for one in findings(book, people, hands, day)] == expected


def test_its_stages_elements_and_sources_are_said(book: Rulebook) -> None:
    (finding,) = findings(book, "sari -", "1:one", "2024-11-21")
    assert "diunggah 21 November 2024 menurut daftar unggahan (minggu terakhir)" in finding.reason_id
    assert "(last week)" in finding.reason_en
    assert finding.reason_id.count("edaran-desa/simbol, Edaran Bupati Contoh 7/2024") == 1
    assert [one.key for one in finding.elements] == ["symbol-shown", "candidate-visible", "meaning"]
    assert {one.source for one in finding.elements} == {"Edaran Bupati Contoh 7/2024"}
    assert (finding.rule, finding.rulebook) == ("edaran-desa/simbol", "edaran-desa@2.1")
    (pose,) = findings(book, "- -", "0L:fist 0R:fist", "2024-11-21")
    assert [one.key for one in pose.elements] == ["symbol-listed", "posted"]
    assert pose.elements[0].evidence_id == "Daftar menyebutnya 'dua kepal' (Edaran Bupati Contoh 7/2024)."
    assert pose.elements[0].source == "Edaran Bupati Contoh 7/2024; Harian Contoh"


def test_bakal_calon_count_only_where_the_rulebook_lists_them(book: Rulebook) -> None:
    early = Upload(taken=("early exif",), posted=("early",))
    pemilu = load_rulebook("pemilu-2024")
    only_official = replace(pemilu, rules=tuple(rule for rule in pemilu.rules if "bakal-calon" not in rule.stages))
    facts, election = PEMILU.facts(early), PEMILU.election
    for people in ("sari -", "sari", "*sari -"):
        (finding,) = judge(scene(people), facts, election, pemilu)
        assert finding.rule.endswith("bakal-calon")
        assert {one.key: one.state for one in finding.elements}["would-be-candidate"] == "unclear"
        assert judge(scene(people), facts, election, only_official) == ()
        # Posted once they are official, the same photo counts.
        later = PEMILU.facts(Upload(taken=("early exif",)))
        assert len(judge(scene(people), later, election, only_official)) == 1


def test_a_spouse_where_no_exception_is_written(book: Rulebook) -> None:
    upload = Upload(taken=("2024-10-05 exif",), posted=("2024-10-05",), uploader="u-7")
    (finding,) = judge(scene("sari"), PEMILU.facts(upload), PEMILU.election, book)
    assert "suami atau istri calon, dan aturan ini tidak menyebut pengecualian baginya" in finding.reason_id


def test_its_page_has_every_line(book: Rulebook) -> None:
    page = rulebook_page(book)
    version, stages, days = "`edaran-desa@2.1`", "`minggu-terakhir`", ("`2024-09-25`", "`voting_day - 7`")
    poses = "dua kepal", "`fist` + `fist`", "`holy`", "jempol"
    sources = "Harian Contoh", "<https://contoh.example/berita>", "Invented for this test."
    for words in (version, stages, *days, *poses, *sources, "31 Desember 2024", "1 Oktober 2024"):
        assert words in page, words
