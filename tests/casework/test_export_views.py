"""Tables, COCO, XMP and plain text: whatever a file name or a person wrote, it stays text."""

import csv
import io
import json
import unicodedata
from xml.etree import ElementTree

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from casework.export import rows, views
from casework.export.dossier import CandidateName, Dossier, ElectionRow, FindingRow, PhotoRow, Scope, UploadRow
from casework.export.plain import CUT, cell, one_line
from screening.upload_facts import UploadFacts

SHA = "sha256:" + "ab" * 32
HOSTILE = '=cmd|"/C calc"!A0\n<script>\u202egpj.exe&\u0000\ud800'
ELECTION = ElectionRow("e", "E", "r", candidates=(CandidateName("sari-dewi", 'Sari <"Dewi"> & Co', "wali kota", 1),))
RECORD = {
    "schema": "netra.photo/1", "path": HOSTILE, "status": "ok", "sha256": SHA, "width": 400, "height": 200,
    "people": [
        {"id": 0, "face": {"box": [100.0, 50.0, 40.0, 60.0], "score": 0.9},
         "sighting": {"candidate": "sari-dewi", "similarity": 0.7, "e_value": None, "band": "match"}},
        {"id": 1, "face": {"box": [-10.0, 20.0, 30.0, 30.0], "score": 0.9}, "sighting": None},
    ],
    "hands": [
        {"id": 0, "box": [200.0, 100.0, 20.0, 20.0], "keypoints": [[200.0, 100.0]] * 21, "symbol": "one",
         "confidence": 0.9, "person": 1},
        {"id": 1, "box": [300.0, 100.0, 20.0, 20.0], "keypoints": [[300.0, 100.0]] * 21, "symbol": None,
         "confidence": None, "person": None},
    ],
}  # fmt: skip


def dossier(text: str = HOSTILE) -> Dossier:
    clean = text.encode("utf-8", "replace").decode()
    facts = UploadFacts(uploader_id="-1", uploader_name=clean, agency="@SUM(A1)", post_url="+1")
    photo = PhotoRow(1, SHA, 10, 400, 200, (UploadRow(1, "/x/a.jpg", clean, SHA, 10, 5, facts),))
    detail = {
        "candidates": ["sari-dewi"], "symbols": ["one"], "hands": [0], "reason_id": clean, "rule": "r/x",
        "elements": [{"key": "posted", "state": "unclear"}, {"key": "together", "state": "shown"}],
    }  # fmt: skip
    record = json.dumps(RECORD | {"path": clean})
    finding = FindingRow(7, SHA, 1, "foto-bersama-simbol", "strong", "suggested", detail, record, 1)
    return Dossier(Scope.RUN, "run-1", ELECTION, (), (photo,), (finding,))


def read_csv(data: bytes) -> list[list[str]]:
    assert data.startswith(b"\xef\xbb\xbf")
    return list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))


@pytest.mark.parametrize("beginning", ["=", "+", "-", "@", "\t=", "\r", "\n=", "\uff1d", " =", "\u200b="])
def test_no_cell_is_a_formula(beginning: str) -> None:
    said = cell(f"{beginning}cmd|'/C calc'!A0")
    assert said.startswith("'")


@given(st.text())
@example(HOSTILE)
@example("=" * 5)
def test_a_cell_is_one_harmless_line(text: str) -> None:
    said = cell(text)
    assert not said.startswith(tuple("=+-@\t\r\n"))
    assert all(unicodedata.category(letter) not in ("Cc", "Cf", "Cs", "Zl", "Zp") for letter in said)


def test_numbers_stay_numbers_and_words_stay_words() -> None:
    assert [cell(value) for value in (None, True, False, 3, -2.5, "biasa", "a=b")] == [
        "", "ya", "tidak", "3", "-2.5", "biasa", "a=b",
    ]  # fmt: skip


@given(st.text(max_size=300), st.integers(1, 50))
def test_a_long_text_is_cut_and_says_so(text: str, longest: int) -> None:
    line = one_line(text)
    said = one_line(text, longest)
    assert said == line if len(line) <= longest else said.endswith(CUT)
    assert len(said) <= longest + len(CUT)


def test_hostile_text_stays_in_its_cell() -> None:
    for table in (rows.upload_table(dossier()), views.finding_table(dossier(), {})):
        head, *body = read_csv(table)
        assert all(len(row) == len(head) for row in body)
        assert not [value for row in body for value in row if value.startswith(("=", "+", "-", "@"))]
    _, row = read_csv(views.finding_table(dossier(), {SHA: {"original": "foto/asli/ab.jpg"}}))
    named = dict(zip(views.FINDING_COLUMNS, row, strict=True))
    assert named["berkas_asli"] == "foto/asli/ab.jpg"
    assert named["unsur_belum_jelas"] == "posted"
    assert named["kemiripan"] == "0.70"
    assert named["nilai_e"] == ""


def test_coco_is_whole_and_bystanders_have_no_name() -> None:
    told = json.loads(views.coco(dossier(), {SHA: {"original": "foto/asli/ab.jpg"}}))
    names = {each["id"]: each["name"] for each in told["categories"]}
    assert [names[each["category_id"]] for each in told["annotations"]] == [
        "candidate:sari-dewi", "face", "hand:one", "hand",
    ]  # fmt: skip
    assert len({each["id"] for each in told["annotations"]}) == 4
    assert {each["image_id"] for each in told["annotations"]} == {each["id"] for each in told["images"]}
    hand = told["annotations"][2]
    assert (len(hand["keypoints"]), hand["num_keypoints"], hand["bbox"]) == (63, 21, [200.0, 100.0, 20.0, 20.0])
    assert told["annotations"][0]["area"] == 2400.0
    keypoints = next(each["keypoints"] for each in told["categories"] if each["name"] == "hand:one")
    assert len(keypoints) == 21
    assert told["images"][0]["file_name"] == "foto/asli/ab.jpg"


MWG = "{http://www.metadataworkinggroup.com/schemas/regions/}"
AREA = "{http://ns.adobe.com/xmp/sType/Area#}"


def regions(xmp: bytes) -> list[tuple[str, str, tuple[float, ...]]]:
    root = ElementTree.fromstring(xmp)
    found = []
    for each in root.iter():
        if f"{MWG}Type" in each.attrib:
            area = next(inner for inner in each if inner.tag == f"{MWG}Area")
            place = tuple(float(area.attrib[f"{AREA}{key}"]) for key in "xywh")
            found.append((each.attrib[f"{MWG}Type"], each.attrib.get(f"{MWG}Name", ""), place))
    return found


def test_a_sidecar_names_candidates_alone_and_gives_shares_of_the_picture() -> None:
    found = regions(views.xmp_of(RECORD, ELECTION, (400, 200)))
    assert found == [
        ("Face", 'Sari <"Dewi"> & Co', (0.3, 0.4, 0.1, 0.3)),
        ("Face", "", (0.025, 0.175, 0.05, 0.15)),
        ("Focus", "telunjuk", (0.525, 0.55, 0.05, 0.1)),
    ]


@given(st.text(max_size=60))
def test_any_name_leaves_the_sidecar_well_formed(name: str) -> None:
    election = ElectionRow("e", "E", "r", candidates=(CandidateName("sari-dewi", name, "x", 1),))
    assert len(regions(views.xmp_of(RECORD, election, (10, 10)))) == 3


def test_a_photo_without_size_has_no_regions() -> None:
    assert regions(views.xmp_of({"people": RECORD["people"]}, ELECTION, (10, 10))) == []
