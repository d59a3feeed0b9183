"""The elements of a finding: each in every state it can have, with what there is for it."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from screening.element_keys import ELEMENTS
from screening.findings import Element, Finding
from screening.rulebook import load_rulebook
from screening.rules import judge
from screening.upload_facts import Flaw, Moment, TimeNote, TimeSource, Unusable
from tests.screening.truth_table.situations import SITUATIONS
from tests.screening.truth_table.stage import PEMILU, PILKADA, YEARS, Upload, Year, scene

NOTHING = {"taken": (), "posted": (), "uploader": ""}
BOOKS = {year.rulebook: load_rulebook(year.rulebook) for year in YEARS}


def found(photo: str, year: Year = PEMILU, **upload: Any) -> Finding:
    """The first finding of a photo, written as ``PEOPLE | HANDS``."""
    people, _, hands = photo.partition("|")
    made = {key: upload.pop(key) for key in ("searched", "screenshot", "panels", "calibrated") if key in upload}
    facts = year.facts(Upload(**upload))
    return judge(scene(people, hands, **made), facts, year.election, BOOKS[year.rulebook])[0]


def element(finding: Finding, key: str) -> Element:
    (one,) = [one for one in finding.elements if one.key == key]
    return one


CASES: list[tuple[str, str, dict[str, Any], str, str]] = [
    # key, photo, upload, state, words of the evidence in Indonesian
    ("civil-servant", "sari -", {}, "missing", "Tercatat: pengunggah u-1. Periksa data kepegawaian"),
    ("civil-servant", "sari -", {"agency": "Dinas A"}, "missing", "pengunggah u-1, instansi Dinas A. Periksa"),
    ("civil-servant", "sari -", {"uploader": ""}, "missing", "pengunggah tidak tercatat. Cari tahu"),
    (
        "official-candidate",
        "sari -",
        {},
        "shown",
        "Calon ditetapkan 22 September 2024, dan perbuatan terjadi sesudahnya.",
    ),
    ("official-candidate", "sari -", {"taken": ("early exif",)}, "shown", "Foto sendiri lebih tua dari penetapan itu"),
    (
        "official-candidate",
        "sari -",
        {"taken": (), "posted": ()},
        "unclear",
        "hari unggahan tidak diketahui. Cari tanggal unggahannya.",
    ),
    (
        "official-candidate",
        "sari -",
        {"taken": ("campaign exif",), "posted": ("before-official",)},
        "unclear",
        "keterangan tanggal bertentangan. Pastikan",
    ),
    (
        "would-be-candidate",
        "sari -",
        {"taken": (), "posted": ("early",)},
        "unclear",
        "hanya mencatat hari penetapan calon",
    ),
    (
        "candidate-visible",
        "sari -",
        {},
        "shown",
        "muncul 0,0003 kali secara kebetulan). Bandingkan sendiri dengan foto",
    ),
    ("candidate-visible", "sari? -", {}, "unclear", "Kemiripan hanya mungkin: wajah mirip Sari Dewi"),
    ("candidate-visible", "sari -", {"calibrated": False}, "shown", "rujukan photos/sari-1.jpg. Belum terkalibrasi"),
    ("candidate-present", "sari -", {}, "shown", "tidak ditemukan pada poster, layar, atau potret yang dikenal"),
    ("candidate-pictured", "*sari -", {}, "shown", "Apakah itu alat peraga kampanye, periksa sendiri."),
    ("candidate-pictured", "sari", {}, "unclear", "Foto ini sendiri gambar calon tanpa orang lain."),
    ("together", "sari - -", {}, "shown", "Ada 2 orang lain yang hadir."),
    ("together", "sari@1 -@1", {"panels": 2}, "shown", "Ada 1 orang lain yang hadir di bagian kolase yang sama."),
    ("symbol-shown", "sari - | 1:one", {}, "shown", "Terbaca simbol 'telunjuk' (one, keyakinan 0,96)."),
    ("symbol-shown", "tono - | 1:palm 1:one", {}, "unclear", "tidak pasti kedua tangan itu milik satu orang"),
    ("symbol-shown", "- | 0:ok", {}, "shown", "Terbaca simbol 'OK'"),
    ("symbol-of-ticket", "sari - | 1:one", {}, "shown", "mencatatnya sebagai simbol nomor urut 1."),
    ("symbol-of-ticket", "sari - | 1L:one 1R:peace", {}, "unclear", "juga menunjukkan simbol nomor urut 2."),
    ("symbol-of-ticket", "sari - | 1:call", {}, "missing", "bukan simbol nomor urut mana pun dalam berkas pemilihan"),
    (
        "symbol-listed",
        "- | 0:call",
        {},
        "shown",
        "Daftar menyebutnya 'telepon' (daftar pose yang diumumkan November 2023",
    ),
    ("shown-by-other", "sari - | 1:one", {}, "shown", "Ditunjukkan oleh 1 orang lain."),
    ("shown-by-other", "sari - | ?:one", {}, "unclear", "Pemilik tangan itu tidak jelas."),
    (
        "numbers-drawn",
        "sari - | 1:one",
        {},
        "shown",
        "Nomor urut diundi 23 September 2024, dan foto diambil sesudahnya.",
    ),
    (
        "numbers-drawn",
        "sari - | 1:one",
        {"taken": ()},
        "unclear",
        "tanggal pengambilan foto tidak diketahui. Cari berkas",
    ),
    (
        "numbers-drawn",
        "sari - | 1:one",
        {"taken": ("campaign", "early exif")},
        "unclear",
        "keterangan tanggal bertentangan",
    ),
    ("numbers-drawn", "sari - | 1:call", {"taken": ("early exif",)}, "missing", "foto berasal dari sebelumnya"),
    ("taken", "sari -", {}, "shown", "Foto diambil 1 Oktober 2024 menurut EXIF (masa kampanye)."),
    (
        "taken",
        "sari -",
        {"taken": ("campaign", "early exif")},
        "unclear",
        "pernyataan lain menyebut diambil 14 Agustus 2024",
    ),
    ("taken", "sari -", {"taken": ("quiet exif",)}, "unclear", "sesudah tanggal unggahannya. Pastikan"),
    (
        "taken",
        "sari -",
        {"taken": ("early file-name",)},
        "unclear",
        "Hanya ada petunjuk lemah: diambil 14 Agustus 2024",
    ),
    ("taken", "sari -", {"taken": ()}, "missing", "Tidak diketahui. Cari berkas asli, EXIF, atau saksi."),
    ("posted", "sari -", {}, "shown", "Pengunggah u-1; foto diunggah 5 Oktober 2024 menurut daftar unggahan (masa"),
    (
        "posted",
        "sari -",
        {"posted": ("campaign", "drawn exif")},
        "unclear",
        "tetapi pernyataan lain menyebut diunggah 23",
    ),
    ("posted", "sari -", {"uploader": ""}, "unclear", "tetapi pengunggah tidak tercatat. Cari tahu akun"),
    ("posted", "sari -", {"posted": ()}, "unclear", "Pengunggah u-1, tetapi tanggal unggahan tidak tercatat"),
    ("posted", "sari -", NOTHING, "missing", "Lengkapi daftar unggahan."),
    (
        "within-period",
        "sari -",
        {},
        "shown",
        "berlaku sejak 22 September 2022; foto diunggah 5 Oktober 2024, yaitu masa",
    ),
    ("within-period", "- | 0:one", {}, "shown", "Aturan berlaku sejak 1 November 2023;"),
    ("within-period", "sari -", NOTHING, "unclear", "tetapi tanggal unggahan tidak diketahui. Cari"),
    ("within-period", "sari -", {"posted": ("before-period",)}, "unclear", "keterangan tanggal bertentangan"),
    ("spouse-exception", "sari -", {}, "unclear", "Pengunggah u-1 tidak tercatat sebagai suami atau istri calon."),
    ("spouse-exception", "sari -", {"uploader": ""}, "unclear", "Pengunggah tidak tercatat, jadi tidak diketahui"),
    (
        "spouse-exception",
        "sari -",
        {"uploader": "u-7"},
        "missing",
        "pengecualian dapat berlaku. Periksa sendiri apakah ada atri",
    ),
    ("spouse-exception", "sari - | 1:one", {"uploader": "u-7"}, "shown", "tidak mencakup simbol atau atribut"),
    ("post-kept", "sari -", {}, "missing", "Alamat unggahan tidak tercatat."),
    (
        "post-kept",
        "sari -",
        {"post_url": "https://contoh.example/1"},
        "unclear",
        "tercatat: https://contoh.example/1. Netra",
    ),
    (
        "post-kept",
        "sari -",
        {"screenshot": True},
        "missing",
        "Berkas ini tangkapan layar, bukti yang lemah bila sendirian, dan",
    ),
    (
        "post-kept",
        "sari -",
        {"screenshot": True, "post_url": "https://a.example"},
        "unclear",
        "tangkapan layar, bukti yang",
    ),
    ("post-kept", "sari -", {"captured": ("campaign-later",)}, "missing", "Disimpan petugas 5 Oktober 2024."),
    ("meaning", "sari -", {}, "missing", "Gambar tidak pernah menunjukkan maksud. Dengarkan orangnya"),
]


@pytest.mark.parametrize(("key", "photo", "upload", "state", "words"), CASES)
def test_an_element(key: str, photo: str, upload: dict[str, Any], state: str, words: str) -> None:
    one = element(found(photo, **upload), key)
    assert (one.state, words in one.evidence_id) == (state, True), one.evidence_id
    assert one.evidence_en
    assert (one.text_id, one.text_en) == ELEMENTS[key]


def test_every_element_stands_in_the_cases_above() -> None:
    assert {key for key, *_ in CASES} == set(ELEMENTS)
    assert {line.key for book in BOOKS.values() for line in book.elements} == set(ELEMENTS)


def test_what_rules_of_another_rulebook_ask_for_is_looked_at_too() -> None:
    """Elements of one category asked for in another, as a rulebook may: nothing is claimed that is not there."""
    book = BOOKS["pemilu-2024"]
    every = tuple(ELEMENTS)
    asking = replace(book, rules=tuple(replace(rule, elements=every) for rule in book.rules))
    never = {"civil-servant", "meaning"}
    for situation in SITUATIONS:
        made = scene(situation.people, situation.hands, **situation.scene)
        for finding in judge(made, PEMILU.facts(situation.upload), PEMILU.election, asking):
            states = {one.key: one.state for one in finding.elements}
            assert list(states) == list(every)
            assert {states[key] for key in never} == {"missing"}
            if not finding.candidates:
                assert states["symbol-of-ticket"] == states["candidate-visible"] == states["together"] == "missing"
            if finding.category == "foto-bersama-simbol":
                assert states["together"] == states["candidate-present"] == "shown"
                assert states["symbol-shown"] != "missing"
            if "bukan orangnya" in finding.reason_id:
                assert states["candidate-present"] == states["together"] == "missing"


@pytest.mark.parametrize(
    ("photo", "searched", "state", "words"),
    [
        ("sari - | 1:!", True, "unclear", "1 tangan terlalu kecil atau buram untuk dibaca"),
        ("sari -", False, "unclear", "Tangan tidak diperiksa"),
        ("sari -", True, "missing", "Tidak terbaca simbol tangan"),
        ("sari - | 1:fist", True, "missing", "Hanya terbaca pose 'kepal'"),
    ],
)
def test_a_symbol_that_is_not_there(photo: str, searched: bool, state: str, words: str) -> None:
    book = BOOKS["pemilu-2024"]
    asking = replace(book, rules=tuple(replace(rule, elements=("symbol-shown",)) for rule in book.rules))
    people, _, hands = photo.partition("|")
    (finding,) = judge(scene(people, hands, searched=searched), PEMILU.facts(Upload()), PEMILU.election, asking)
    assert (finding.elements[0].state, words in finding.elements[0].evidence_id) == (state, True)


def test_a_would_be_candidate_where_only_official_ones_are_asked_for() -> None:
    finding = found("sari -", PILKADA, taken=("early exif",), posted=("early",))
    one = element(finding, "official-candidate")
    assert (one.state, "sesudah perbuatan. Periksa apakah" in one.evidence_id) == ("missing", True)


def test_an_exception_that_was_not_yet_written() -> None:
    finding = found("sari -", PILKADA, taken=(), posted=("2018-02-01",), uploader="u-7")
    one = element(finding, "spouse-exception")
    assert (one.state, "baru tertulis sejak 2 Februari 2018" in one.evidence_id) == ("shown", True)
    assert "pengecualian baginya baru tertulis sejak 2 Februari 2018" in finding.reason_id
    assert (
        element(found("sari -", PILKADA, taken=(), posted=("2018-02-02",), uploader="u-7"), one.key).state == "missing"
    )


def test_a_day_that_is_only_the_latest_is_said_to_be_one() -> None:
    sent = Moment(date(2024, 10, 3), TimeSource.FILE_NAME, note=TimeNote.SENT)
    facts = replace(PEMILU.facts(Upload(taken=())), taken=(sent,))
    (finding,) = judge(scene("sari -"), facts, PEMILU.election, BOOKS["pemilu-2024"])
    words = "Hanya ada petunjuk lemah: sudah ada pada 3 Oktober 2024 menurut nama berkas (masa kampanye)."
    assert element(finding, "taken").evidence_id.startswith(words)
    assert "nama berkas mengisyaratkan foto sudah ada pada 3 Oktober 2024, petunjuk lemah" in finding.reason_id


def test_a_date_that_is_not_used_is_told() -> None:
    unusable = (Unusable(TimeSource.EXIF, "0000:00:00", Flaw.NO_DATE),)
    facts = replace(PEMILU.facts(Upload(taken=())), unusable=unusable)
    (finding,) = judge(scene("sari -"), facts, PEMILU.election, BOOKS["pemilu-2024"])
    one = element(finding, "taken")
    assert one.evidence_id.endswith("Tanggal '0000:00:00' dari EXIF tidak dipakai (bukan tanggal).")
    assert one.evidence_en.endswith("The date '0000:00:00' from EXIF is not used (no date).")
