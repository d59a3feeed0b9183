"""The picture of ``netra candidates check``: what is in it, and that it is whole, however large the election."""

import shutil
from dataclasses import replace
from datetime import date
from pathlib import Path

import numpy as np
import pytest

from candidates.election import Candidate, Election, ReferencePhoto, Ticket
from candidates.gallery import Enrolled, Gallery, Reference
from candidates.likeness import Outlook, outlook_of
from candidates.report import Enrolment, EnrolmentReport, FoundFace, PhotoRow, Remark, RemarkKind, Severity
from console import enrolment_picture, enrolment_sheet
from console.enrolment_picture import MOST_IN_MAP, draw_enrolment
from console.enrolment_sheet import BLUE, WIDTH, HeatMap, Line, PersonRow, Sheet, Tile, draw_sheet
from console.voice import Language, Voice
from fixtures import ELECTION
from vision.draw import BLUISH_GREEN, ORANGE, RGB, VERMILLION
from vision.photo import load_photo
from vision.types import FaceQuality, Image

PORTRAIT = ELECTION.parent / "photos" / "damar-wicaksatya-1.jpg"
GREEN_CROP = np.full((150, 150, 3), (10, 250, 10), np.uint8)


def tile(grade: float = 0.9, used: bool = True) -> Tile:
    return Tile((GREEN_CROP,), (grade,), "mutu", used)


def sheet(*tiles: Tile, lines: tuple[Line, ...] = (), maps: tuple[HeatMap, ...] = ()) -> Sheet:
    return Sheet("Judul", ("Baris.",), (PersonRow("1  Sari Rekaan", lines, tiles),), maps, ("Akhir.",), 0.5)


def count(picture: Image, colour: RGB) -> int:
    return int((picture == np.array(colour, np.uint8)).all(axis=2).sum())


def heat_map(size: int, likeness: float = 0.3) -> HeatMap:
    names = tuple(f"Nama yang panjang sekali nomor {i}" for i in range(size))
    values = np.full((size, size), likeness)
    frames = np.zeros((size, size), int)
    return HeatMap("Siapa", tuple(range(1, size + 1)), names, values, frames, ("Arti.",), "{:.2f}".format)


@pytest.mark.parametrize(("grade", "colour"), [(0.9, BLUISH_GREEN), (0.6, ORANGE), (0.2, VERMILLION)])
def test_a_quality_bar_is_as_long_as_the_quality(grade: float, colour: RGB) -> None:
    drawn = count(draw_sheet(sheet(tile(grade))), colour)
    whole = enrolment_sheet.TILE * enrolment_sheet.BAR
    assert drawn == pytest.approx(grade * whole, rel=0.05)


def test_a_refused_photo_is_crossed_out() -> None:
    assert count(draw_sheet(sheet(tile())), VERMILLION) == 0
    assert count(draw_sheet(sheet(tile(used=False))), VERMILLION) > 3 * enrolment_sheet.TILE


def test_the_page_grows_downwards_and_keeps_its_width() -> None:
    one, many = draw_sheet(sheet(tile())), draw_sheet(sheet(*[tile()] * 20))
    assert one.shape[1] == many.shape[1] == WIDTH
    assert many.shape[0] > one.shape[0] + enrolment_sheet.TILE
    assert count(many, (10, 250, 10)) == 20 * count(one, (10, 250, 10))
    words = (Line("kata " * 200, True),)
    assert draw_sheet(sheet(tile(), lines=words)).shape[0] > one.shape[0]


@pytest.mark.parametrize("size", [2, 12, MOST_IN_MAP])
def test_a_heat_map_fits_the_page(size: int) -> None:
    hot = draw_sheet(sheet(maps=(heat_map(size, 0.9),)))
    assert hot.shape[1] == WIDTH
    assert count(hot, VERMILLION) > size * (size - 1) * 300
    assert count(hot, BLUE) > size * 300
    assert count(hot[:, WIDTH - enrolment_sheet.MARGIN :], VERMILLION) == 0


def test_the_more_alike_the_darker_and_nothing_is_said_of_nothing() -> None:
    drawn = [draw_sheet(sheet(maps=(heat_map(3, value),))).mean() for value in (0.0, 0.2, 0.4, 0.6)]
    assert drawn == sorted(drawn, reverse=True)
    assert count(draw_sheet(sheet(maps=(heat_map(3, float("nan")),))), BLUE) == 0


def test_a_heat_map_that_does_not_add_up_is_not_made() -> None:
    with pytest.raises(ValueError, match="expected 3 names"):
        replace(heat_map(3), names=("a",))


def election(people: int) -> Election:
    days = date(2024, 9, 22), date(2024, 9, 23), date(2024, 11, 27)
    tickets = tuple(
        Ticket(
            i + 1, (Candidate(f"p-{i}", f"Orang {i}", "calon", (ReferencePhoto(f"{i}.jpg", Path(f"{i}.jpg")),)),), ()
        )
        for i in range(people)
    )
    return Election("e", "Pemilihan Rekaan", "pemilu-2024", *days, tickets)


def outlook(people: int) -> Outlook:
    random = np.random.default_rng(2)
    quality = FaceQuality(200, 1, 1, 1)
    found = [
        Enrolled(f"p-{i}", f"Orang {i}", i + 1, (Reference(f"{i}.jpg", f"sha256:{i}", template, quality),))
        for i, template in enumerate(random.normal(size=(people, 16)).astype(np.float32))
    ]
    return outlook_of(Gallery("made-up", tuple(found)))


def nobody(people: int) -> Enrolment:
    remark = Remark(Severity.WARNING, RemarkKind.NO_FACE, "No face was found.")
    return Enrolment(
        EnrolmentReport(tuple(PhotoRow(f"p-{i}", f"{i}.jpg", False, (), (remark,)) for i in range(people)), ()), ()
    )


def portrait(path: Path) -> Enrolment:
    box = (130.0, 150.0, 300.0, 320.0)
    sha256 = load_photo(PORTRAIT).sha256
    found = (FoundFace(box, FaceQuality(170, 0.9, 0.9, 0.9)),)
    row = PhotoRow("p-0", "0.jpg", True, found, (), path, sha256)
    return Enrolment(EnrolmentReport((row,), ()), ())


def drawn_sheet(monkeypatch: pytest.MonkeyPatch, *arguments: object) -> Sheet:
    """What would be drawn."""
    seen: list[Sheet] = []

    def draw(sheet: Sheet) -> Image:
        seen.append(sheet)
        return GREEN_CROP

    monkeypatch.setattr(enrolment_picture, "draw_sheet", draw)
    draw_enrolment(*arguments)  # type: ignore[arg-type] # as given by the test
    return seen[0]


def test_a_face_is_cut_again_from_its_photo(monkeypatch: pytest.MonkeyPatch) -> None:
    page = drawn_sheet(monkeypatch, election(1), portrait(PORTRAIT), (), "", Voice())
    (found,) = page.rows[0].tiles
    assert found.crops[0].shape == (150, 150, 3)
    assert found.crops[0].std() > 20
    assert (found.instead, found.grades) == ("", (0.9,))


def test_another_photo_under_the_name_is_not_cut(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    other = tmp_path / "0.jpg"
    shutil.copy(PORTRAIT.with_name("kirana-suryalaga-1.jpg"), other)
    for path in (other, tmp_path / "gone.jpg"):
        (found,) = drawn_sheet(monkeypatch, election(1), portrait(path), (), "", Voice("en")).rows[0].tiles
        assert found.crops == ()
        assert "changed or cannot be read" in found.instead


@pytest.mark.parametrize(
    ("language", "words"),
    [("id", ("Foto rujukan: ", "0.jpg: tidak ada wajah", "0 dari 1")), ("en", ("Reference ph", "No face", "0 of 1"))],
)
def test_a_photo_without_a_face_says_why_in_the_language(
    monkeypatch: pytest.MonkeyPatch, language: Language, words: tuple[str, ...]
) -> None:
    page = drawn_sheet(monkeypatch, election(1), nobody(1), (), "", Voice(language))
    text = " ".join([page.title, *(line.text for line in page.rows[0].lines)])
    assert [each for each in words if each not in text] == []
    assert page.rows[0].tiles[0].crops == ()
    assert page.rows[0].tiles[0].instead
    assert page.maps == ()


def test_a_large_election_shows_those_to_be_looked_at_first(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(enrolment_picture, "MOST_ROWS", 3)
    report = nobody(1).report
    asked = replace(report.rows[0], person="p-8")
    page = drawn_sheet(monkeypatch, election(9), Enrolment(EnrolmentReport((asked,), ()), ()), (), "", Voice())
    assert [row.heading.split()[0] for row in page.rows] == ["1", "2", "9"]
    assert "3 dari 9 orang" in page.lines[1]


def test_the_map_of_a_large_election_holds_the_most_alike(monkeypatch: pytest.MonkeyPatch) -> None:
    many = outlook(MOST_IN_MAP + 20)
    page = drawn_sheet(monkeypatch, election(MOST_IN_MAP + 20), nobody(1), (many,), "", Voice())
    (heat,) = page.maps
    top = {many.pairs[0].one.name, many.pairs[0].other.name}
    assert top <= set(heat.names)
    assert MOST_IN_MAP - 1 <= len(heat.names) <= MOST_IN_MAP
    assert np.isnan(np.diag(heat.likeness)).all()
    assert (heat.frames > 0).any()
    assert np.array_equal(heat.frames, heat.frames.T)
    assert any(f"Dari {MOST_IN_MAP + 20} orang" in line for line in heat.lines)


def test_progress_is_told_after_each_person() -> None:
    told: list[tuple[int, int]] = []
    picture = draw_enrolment(election(2), nobody(2), (), "", Voice(), lambda done, total: told.append((done, total)))
    assert told == [(1, 2), (2, 2)]
    assert picture.shape[1:] == (WIDTH, 3)
