"""The pages of ``netra candidates``."""

import io
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from rich.console import Console

from candidates.bands import BANDS
from candidates.election import Election
from candidates.gallery import Enrolled, Gallery, Reference
from candidates.likeness import Outlook, outlook_of
from candidates.population import measure_population
from candidates.report import Enrolment, EnrolmentReport, FoundFace, PhotoRow, Remark, RemarkKind, Severity
from console.enrolment import EnrolmentPage
from console.enrolment_likeness import MOST_ALIKE, MOST_PAIRS, LikenessPage, likeness_number, pairs_that_matter
from console.errors import NotEnrolledError
from console.prepare import Contest, gallery_of
from console.remarks import remark_in_words
from console.voice import Language, Voice
from screening.rulebook import load_rulebook
from vision.types import FaceQuality

Paper = Callable[[int], tuple[Console, io.StringIO]]
BLURRED = Remark(Severity.WARNING, RemarkKind.BLURRED, "The face is blurred (sharpness 0.11).", ("0.11 < 0.5",))
NO_PHOTO = Remark(
    Severity.ERROR, RemarkKind.NO_PHOTO, "The candidate Budi Rekaan (budi) has no usable photo.", ("Budi Rekaan",)
)
ALIKE = Remark(
    Severity.WARNING,
    RemarkKind.ALIKE,
    "Sari Rekaan and Joko Rekaan look alike (similarity 0.61).",
    ("Sari Rekaan", "Joko Rekaan", "0.61"),
)
SIZE, APART = 32, 0.35  # how far photos of one made-up person lie apart, in distances between people


def face(value: float, size: float = 200.0, sharpness: float = 1.0) -> tuple[FoundFace, ...]:
    return (FoundFace((10, 10, 90, 90), FaceQuality(size, sharpness, 1.0, value)),)


def report(*remarks: Remark) -> EnrolmentReport:
    budi_is_good = NO_PHOTO not in remarks
    rows = (
        PhotoRow("sari", "foto/sari-1.jpg", True, face(1.0)),
        PhotoRow("joko", "foto/joko-1.jpg", True, face(0.5, size=26)),
        PhotoRow("joko", "foto/joko\n2.jpg", False, face(0.11, sharpness=0.11), (BLURRED,)),
        PhotoRow("budi", "foto/budi-1.jpg", budi_is_good, face(0.7), () if budi_is_good else (BLURRED,)),
        PhotoRow("decoy-1", "d.jpg", True, face(0.7)),
    )
    return EnrolmentReport(rows, remarks)


def enrolled(photos: int, **twins: str) -> Gallery:
    """Sari, Joko, Budi and the decoy as points; a twin is nearly the person named."""
    random = np.random.default_rng(5)
    points: dict[str, np.ndarray[tuple[int, ...], np.dtype[np.float64]]] = {}
    people = []
    for ticket, name in ((1, "sari"), (1, "joko"), (2, "budi"), (0, "decoy-1")):
        own = random.normal(size=SIZE)
        points[name] = points[twins[name.partition("-")[0]]] + own * 0.1 if name.partition("-")[0] in twins else own
        templates = (points[name] + random.normal(size=(photos, SIZE)) * APART).astype(np.float32)
        quality = FaceQuality(200, 1, 1, 1)
        references = tuple(
            Reference(f"{name}-{i}", f"sha256:{name}{i}", one, quality) for i, one in enumerate(templates)
        )
        people.append(Enrolled(name, "kakak Sari" if not ticket else f"{name.title()} Rekaan", ticket, references))
    return Gallery("made-up", tuple(people))


def page(on_paper: Paper, language: Language = "id") -> tuple[EnrolmentPage, io.StringIO]:
    console, paper = on_paper(120)
    return EnrolmentPage(console, Voice(language)), paper


def said(paper: io.StringIO) -> str:
    return " ".join(paper.getvalue().split())


def test_each_photo_is_told_with_its_reason_and_worst_part(on_paper: Paper, election: Election) -> None:
    printer, paper = page(on_paper)
    assert printer.check(election, Enrolment(report(ALIKE), ()))
    text = said(paper)
    assert "Sari Rekaan (no. 1): 1 dari 1 foto dipakai" in text
    assert "dipakai foto/sari-1.jpg mutu 1,00 " in text
    assert "Joko Rekaan (no. 1): 1 dari 2 foto dipakai" in text
    assert "foto/joko-1.jpg mutu 0,50, terlemah: wajah kecil" in text
    assert "ditolak foto/joko\\n2.jpg mutu 0,11, terlemah: kurang tajam" in text
    assert "wajah buram, berbintik atau gelap; pakai foto tajam dan terang (0,11 < 0,5)." in text
    assert "blurred" not in text
    assert "foto/budi-1.jpg mutu 0,70, terlemah: mulut tertutup" in text
    assert "dua orang ini mirip; periksa dan tambah foto keduanya (Sari Rekaan, Joko Rekaan, 0,61)." in text
    assert "pembanding" in text
    assert "Pindaian dapat dimulai" in text


def test_why_a_photo_cannot_be_read_is_said_in_the_language() -> None:
    remark = Remark(Severity.WARNING, RemarkKind.UNREADABLE, "The photo cannot be read. It is cut off.", ("truncated",))
    assert "foto terpotong; salin ulang dari asalnya" in remark_in_words(remark, Voice("id"))
    assert remark_in_words(remark, Voice("en")) == remark.text


def test_a_name_with_numbers_stays_as_it_is() -> None:
    remark = Remark(Severity.NOTE, RemarkKind.REPEATED, "The same.", ("foto 1.5.jpg",))
    assert "(foto 1.5.jpg)" in remark_in_words(remark, Voice("id"))


def test_a_candidate_without_a_photo_keeps_a_scan_from_starting(on_paper: Paper, election: Election) -> None:
    printer, paper = page(on_paper)
    assert not printer.check(election, Enrolment(report(NO_PHOTO), ()))
    assert "harus diperbaiki" in paper.getvalue()
    assert "Budi Rekaan (no. 2): 0 dari 1 foto dipakai" in paper.getvalue()


def test_a_scan_that_cannot_start_names_the_refused_photos_and_nothing_else() -> None:
    with pytest.raises(NotEnrolledError) as caught:
        gallery_of(Enrolment(report(NO_PHOTO, ALIKE), ()), Voice("id"))
    blurred = "wajah buram, berbintik atau gelap; pakai foto tajam dan terang (0,11 < 0,5)."
    assert caught.value.problems == (
        "tidak ada foto yang dapat dipakai; tambah satu foto tajam dari depan (Budi Rekaan).",
        f"joko: foto/joko\n2.jpg: {blurred}",
        f"budi: foto/budi-1.jpg: {blurred}",
    )
    with pytest.raises(NotEnrolledError, match="has no usable photo"):
        gallery_of(Enrolment(report(NO_PHOTO), ()), Voice("en"))


def test_english_says_each_thing_once(on_paper: Paper, election: Election) -> None:
    printer, paper = page(on_paper, "en")
    printer.check(election, Enrolment(report(ALIKE), ()))
    assert "to be looked at: The face is blurred" in paper.getvalue()
    assert "buram" not in paper.getvalue()


def test_uncalibrated_is_said_and_no_e_value_made_up(on_paper: Paper, election: Election) -> None:
    printer, paper = page(on_paper)
    gallery = enrolled(3)
    printer.check(election, Enrolment(report(), (gallery,)), (outlook_of(gallery),))
    text = said(paper)
    assert "terhadap 4 orang terdaftar saja; belum terkalibrasi" in text
    assert "Nilai E" not in text
    assert "Tiap foto dicari tanpa dirinya sendiri: 0 cocok, 3 mungkin, 0 tidak ditemukan." in text
    assert "Perlu foto lagi" not in text


def test_e_values_against_the_people_of_a_scan(on_paper: Paper, election: Election) -> None:
    printer, paper = page(on_paper, "en")
    gallery = enrolled(3)
    crowd = np.random.default_rng(6).normal(size=(200, SIZE)).astype(np.float32)
    outlook = outlook_of(gallery, (measure_population(crowd, gallery),))
    printer.check(election, Enrolment(report(), (gallery,)), (outlook,), "people.npz")
    text = said(paper)
    assert outlook.calibrated
    assert "A typical E-value is 0." in text
    assert f"(a scan of {outlook.faces:.0f} faces)" in text
    assert "people of the scan that wrote people.npz" in text
    assert "uncalibrated" not in text


def test_too_few_people_of_a_scan_are_said_to_be(on_paper: Paper) -> None:
    console, paper = on_paper(120)
    gallery = enrolled(3)
    crowd = np.random.default_rng(6).normal(size=(20, SIZE)).astype(np.float32)
    LikenessPage(console, Voice("en")).print(outlook_of(gallery, (measure_population(crowd, gallery),)), "few.npz")
    assert f"{BANDS.calibrated_from} others are needed" in said(paper)
    assert "few.npz" in said(paper)


def test_who_needs_photos_is_told_once_with_each_reason(on_paper: Paper, election: Election) -> None:
    few = Remark(Severity.NOTE, RemarkKind.ONE_PHOTO, "The candidate Sari Rekaan has 1 usable photo.")
    printer, paper = page(on_paper)
    gallery = enrolled(1)
    printer.check(election, Enrolment(report(few), (gallery,)), (outlook_of(gallery),))
    text = said(paper)
    assert "Perlu foto lagi (3) Sari Rekaan: kurang dari 3 foto" in text
    assert "usable photo" not in text
    assert "Hanya satu foto dipakai" in text
    assert text.count("–") == 4  # nobody has a number on the diagonal


def test_the_matrix_marks_who_could_be_mistaken(on_paper: Paper, election: Election) -> None:
    printer, paper = page(on_paper)
    gallery = enrolled(3, joko="sari")
    outlook = outlook_of(gallery)
    printer.check(election, Enrolment(report(), (gallery,)), (outlook,))
    lines = [line.split() for line in paper.getvalue().splitlines() if "Rekaan" in line and line.count(",") == 4]
    assert [line[0] for line in lines] == ["1", "2", "3"]
    assert ["!!" in line for line in lines] == [True, True, False]
    number = f"{outlook.likeness[0, 1]:.2f}".replace(".", ",")
    assert lines[0][lines[0].index("!!") + 1] == lines[1][lines[1].index("!!") + 1] == number
    assert "1 pasangan dapat tertukar" in said(paper)


def test_a_decoy_who_would_be_named_is_told(on_paper: Paper, election: Election) -> None:
    printer, paper = page(on_paper)
    gallery = enrolled(2, decoy="sari")
    outlook = outlook_of(gallery)
    assert any(trial.is_somebody_else for trial in outlook.of("decoy-1"))
    printer.check(election, Enrolment(report(), (gallery,)), (outlook,))
    assert "fotonya akan disangka Sari Rekaan (no. 1)" in said(paper)


def test_too_few_people_to_judge(on_paper: Paper, election: Election) -> None:
    printer, paper = page(on_paper)
    gallery = Gallery("made-up", enrolled(3).people[:2])
    printer.check(election, Enrolment(report(), (gallery,)), (outlook_of(gallery),))
    assert f"dilihat terhadap 2 orang, perlu {BANDS.least_people}" in said(paper)
    assert "kemiripan 0," not in said(paper)


def large(photos: int = 1, people: int = 30) -> Outlook:
    random = np.random.default_rng(9)
    quality = FaceQuality(200, 1, 1, 1)
    found = [
        Enrolled(
            f"p-{i}",
            f"Orang {i}",
            i + 1,
            tuple(
                Reference(f"{i}-{k}", f"sha256:{i}-{k}", one, quality)
                for k, one in enumerate(random.normal(size=(photos, 8)).astype(np.float32))
            ),
        )
        for i in range(people)
    ]
    return outlook_of(Gallery("made-up", tuple(found)))


def test_a_large_election_is_told_by_its_most_alike_pairs(on_paper: Paper) -> None:
    console, paper = on_paper(120)
    outlook = large()
    shown = pairs_that_matter(outlook)
    assert MOST_PAIRS <= len(shown) <= MOST_ALIKE
    assert shown == outlook.pairs[: len(shown)]
    LikenessPage(console, Voice()).print(outlook, "")
    assert f"Dari 435 pasangan, hanya yang paling mirip ({len(shown)})" in said(paper)
    assert sum("Orang" in line for line in paper.getvalue().splitlines()) == len(shown)


def test_a_narrow_terminal_gets_pairs_too(on_paper: Paper) -> None:
    console, paper = on_paper(60)
    LikenessPage(console, Voice()).print(outlook_of(enrolled(3)), "")
    assert "Dari 6 pasangan" in said(paper)
    assert "kakak Sari" in said(paper)


@pytest.mark.parametrize(("value", "text"), [(-0.001, "0,00"), (0.006, "0,01"), (-0.126, "-0,13"), (1.0, "1,00")])
def test_there_is_no_less_than_nothing(value: float, text: str) -> None:
    assert likeness_number(value, Voice()) == text


@pytest.mark.parametrize(
    ("language", "words"),
    [
        (
            "id",
            ("Nomor urut 1", "simbol: telunjuk, jempol", "tanpa simbol", "2024-11-27", "[pemilu-2024]", "kakak Sari"),
        ),
        ("en", ("Ballot number 1", "symbols: index finger, thumb up", "no symbols", "2024-11-27", "Decoys")),
    ],
)
def test_the_list_has_tickets_symbols_dates_and_rulebook(
    on_paper: Paper, election: Election, language: Language, words: tuple[str, ...]
) -> None:
    printer, paper = page(on_paper, language)
    printer.list(Contest(Path("E.toml"), election, load_rulebook("pemilu-2024")))
    assert [each for each in words if each not in paper.getvalue()] == []


def test_the_list_has_symbols_of_both_hands(on_paper: Paper, election: Election) -> None:
    tickets = (election.tickets[0], replace(election.tickets[1], two_hands=(("palm", "one"),)))
    printer, paper = page(on_paper, "id")
    contest = Contest(Path("E.toml"), replace(election, tickets=tickets), load_rulebook("pemilu-2024"))
    printer.list(contest)
    assert "simbol: lima jari + telunjuk" in paper.getvalue()
    assert "tanpa simbol" not in paper.getvalue()
