"""What an officer reads at the end, on narrow and wide terminals."""

import io
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from rich.cells import cell_len
from rich.console import Console

from candidates.bands import BANDS
from candidates.election import Election
from console.report import Outcome, Report, strongest_first
from console.sinks import Collector
from console.voice import Language, Voice
from netra.errors import PhotoErrorKind
from screening.findings import Category, Strength
from screening.finish import Summary
from screening.record import PhotoRecord, Status
from screening.uploads import Skipped, SkipReason, Upload

if TYPE_CHECKING:
    from tests.console.conftest import Recorder

Paper = Callable[[int], tuple[Console, io.StringIO]]
LONG = "unggahan/dinas-kesehatan-kabupaten-rekaan/2024/IMG_20240925_081502 (salinan).jpg"


def skip(reason: SkipReason, *paths: str) -> tuple[Skipped, ...]:
    return tuple(Skipped(index, path, reason) for index, path in enumerate(paths))


@pytest.fixture
def outcome(record: "Recorder", upload: Callable[..., Upload]) -> Outcome:
    kept = Collector()
    together = {"finding": Category.TOGETHER, "strength": Strength.MEDIUM}
    for made in (
        record(0, "lemah.jpg", "-", "0:palm", finding=Category.POSE, strength=Strength.WEAK),
        record(1, "sedang.jpg", "budi? -", **together),
        record(2, LONG, "sari joko -", "2:one", finding=Category.WITH_SYMBOL),
        record(3, "jahat\n\x1b[31m[bold]:smile:.jpg", "sari -", **together),
        record(4, "kosong.jpg", error=PhotoErrorKind.EMPTY),
    ):
        kept.write(upload(made.index, made.path), made)
    for skipped in skip(SkipReason.NOT_A_PHOTO_BY_NAME, "catatan.txt", "surat.pdf") + skip(
        SkipReason.HIDDEN, ".rahasia/"
    ):
        kept.write(skipped, PhotoRecord(skipped.index, skipped.path, Status.SKIPPED, message=skipped.message))
    summary = Summary(
        4, 1, 2, 3, 8, 2, {("foto-bersama-simbol", "strong"): 1, ("foto-bersama", "medium"): 2}, 9.0, False
    )
    return Outcome(summary, tuple(kept.found), tuple(kept.failed), tuple(kept.skipped), kept.sighted, 2, 10, 4, BANDS)


@pytest.fixture
def printed(on_paper: Paper, election: Election) -> Callable[..., str]:
    def make(outcome: Outcome, width: int = 120, language: Language = "id", reasons: bool = False) -> str:
        console, paper = on_paper(width)
        Report(console, Voice(language), election, reasons).print(outcome)
        return paper.getvalue()

    return make


def test_the_strongest_comes_first(outcome: Outcome) -> None:
    assert [row.number for row in strongest_first(outcome.found)] == [3, 2, 4, 1]


@pytest.mark.parametrize("width", [40, 80, 120, 200])
def test_no_line_is_wider_than_the_terminal_and_nothing_is_cut_off(
    outcome: Outcome, printed: Callable[..., str], width: int
) -> None:
    text = printed(outcome, width)
    assert max(cell_len(line) for line in text.splitlines()) <= width
    assert "…" not in text
    if width >= 80:  # below, cells are folded in the middle of words
        squeezed = "".join(text.split())
        assert [word for word in ("telunjuk", "limajari", "poseterlarang") if word not in squeezed] == []


@pytest.mark.parametrize("width", [80, 120])
def test_a_row_says_who_what_and_how_sure(outcome: Outcome, printed: Callable[..., str], width: int) -> None:
    text = printed(outcome, width)
    for words in (
        "kuat",
        "foto bersama",
        "simbol",
        "telunjuk",
        "(no. 1)",
        "0,71 cocok",
        "0,44 mungkin",
        "pose terlarang",
    ):
        assert words in text
    assert "Sari Rekaan" in text


def test_names_of_files_cannot_play_tricks(outcome: Outcome, printed: Callable[..., str]) -> None:
    text = printed(outcome, 160)
    assert "jahat\\n\\x1b[31m[bold]:smile:.jpg" in text
    assert "\x1b" not in text


@pytest.mark.parametrize("width", [60, 200])
def test_both_hands_of_a_pair_are_named(outcome: Outcome, printed: Callable[..., str], width: int) -> None:
    pair = replace(outcome.found[2].finding, hands=(0, 1), symbol="palm", symbols=("palm", "one"))
    found = (*outcome.found[:2], replace(outcome.found[2], finding=pair))
    words = printed(replace(outcome, found=found), width).split()
    assert {"lima", "+", "telunjuk"} <= set(words)


def test_the_sum_adds_up(outcome: Outcome, printed: Callable[..., str]) -> None:
    text = printed(outcome)
    assert "10 dilihat = 4 terbaca + 1 tidak terbaca + 2 salinan + 3 dilewati" in text
    assert "Sari Rekaan (no. 1) dalam 2 foto" in text
    assert "8 wajah, 2 tangan" in text
    assert "foto bersama + simbol  1: 1 kuat, 0 sedang, 0 lemah" in text


def test_unreadable_files_say_why(outcome: Outcome, printed: Callable[..., str]) -> None:
    text = printed(outcome)
    assert "Tidak terbaca (1)" in text
    assert "berkas kosong" in text
    assert "kosong.jpg" in text


def test_skipped_files_are_counted_by_reason_and_named(outcome: Outcome, printed: Callable[..., str]) -> None:
    text = printed(outcome)
    skipped = text[text.index("Dilewati (3)") : text.index("Ringkasan")].splitlines()
    assert [line.split(";")[0] for line in skipped if line] == [
        "Dilewati (3)",
        "  1: tersembunyi, biasanya milik sistem",
        "    .rahasia/",
        "  2: bukan foto menurut namanya",
        "    catatan.txt",
        "    surat.pdf",
    ]
    english = printed(outcome, language="en")
    for words in ("Skipped (3)", "  1: hidden, usually a system's own;", "  2: no photo by its name;"):
        assert words in english
    assert "Dilewati" not in printed(replace(outcome, skipped=()))


@pytest.mark.parametrize(
    ("count", "named", "rest"), [(5, 5, ""), (6, 5, "... dan 1 lagi"), (2400, 5, "... dan 2.395 lagi")]
)
def test_of_many_skipped_files_some_are_named_unless_all_are_asked_for(
    outcome: Outcome, printed: Callable[..., str], count: int, named: int, rest: str
) -> None:
    paths = [f"laporan-{number}.pdf" for number in range(count)]
    many = replace(outcome, skipped=skip(SkipReason.NOT_A_PHOTO_BY_NAME, *paths))
    text = printed(many)
    assert text.count("laporan-") == named
    assert rest in text
    assert ("lagi (semuanya dengan netra -v)" in text) == bool(rest)
    everything = printed(many, reasons=True)
    assert everything.count("laporan-") == count
    assert "lagi (" not in everything


def test_the_name_of_a_skipped_file_cannot_play_tricks(outcome: Outcome, printed: Callable[..., str]) -> None:
    long = "x" * 100 + ".txt"
    text = printed(replace(outcome, skipped=skip(SkipReason.HIDDEN, ".a\n\x1b[31m[bold]:smile:", long)), 80)
    assert ".a\\n\\x1b[31m[bold]:smile:" in text
    assert "\x1b" not in text
    assert long in "".join(text.split())
    assert max(cell_len(line) for line in text.splitlines()) <= 80


def test_reasons_are_given_on_request(outcome: Outcome, printed: Callable[..., str]) -> None:
    assert "Alasan lengkap untuk 2." not in printed(outcome)
    with_reasons = printed(outcome, reasons=True)
    assert "Alasan lengkap untuk 2." in with_reasons
    assert "kosong.jpg: empty" in with_reasons
    assert "The whole reason for 2." in printed(outcome, language="en", reasons=True)


def test_everything_is_said_in_english_too(outcome: Outcome, printed: Callable[..., str]) -> None:
    text = printed(outcome, language="en")
    for words in ("strong", "together + symbol", "index finger", "0.71 match", "10 seen = 4 read", "people decide"):
        assert words in text
    for words in ("kuat", "Ringkasan", "kosong;", "manusia"):
        assert words not in text


def test_netra_says_that_it_only_points(outcome: Outcome, printed: Callable[..., str]) -> None:
    assert "netra menunjuk, manusia memutuskan" in printed(outcome)
    nothing = replace(outcome, found=(), failed=(), sighted=Counter())
    assert "netra menunjuk, manusia memutuskan" in printed(nothing)
    assert "Tidak ada temuan." in printed(nothing)


def test_a_small_population_is_said(outcome: Outcome, printed: Callable[..., str]) -> None:
    assert "belum dapat diandalkan" not in printed(outcome)
    summary = replace(outcome.summary, population=0.0)
    few = replace(outcome, summary=summary, enrolled=BANDS.least_people - 1)
    assert "belum dapat diandalkan" in printed(few)
    assert "belum dapat diandalkan" not in printed(replace(few, enrolled=BANDS.least_people))


def test_an_interrupted_scan_says_how_far_it_came(outcome: Outcome, printed: Callable[..., str]) -> None:
    text = printed(replace(outcome, summary=replace(outcome.summary, interrupted=True), total=500))
    assert "10 dari 500" in text


def test_hands_that_were_not_searched_are_not_counted_as_none(outcome: Outcome, printed: Callable[..., str]) -> None:
    text = printed(replace(outcome, hands_searched=0, summary=replace(outcome.summary, hands=0)))
    assert "tangan tidak dicari" in text


def test_faces_that_cannot_be_assessed_are_counted(outcome: Outcome, printed: Callable[..., str]) -> None:
    assert "Tidak dapat dinilai" not in printed(outcome)
    poor = replace(outcome, summary=replace(outcome.summary, cannot_assess=3))
    assert "3 dari 8 wajah terlalu kecil, buram, gelap, menoleh, atau tertutup" in printed(poor)
    assert "3 of 8 faces are too small" in printed(poor, language="en")


def test_hands_that_cannot_be_read_are_counted(outcome: Outcome, printed: Callable[..., str]) -> None:
    assert "tangan terlalu kecil" not in printed(outcome)
    small = replace(outcome, summary=replace(outcome.summary, hands=7, cannot_read=2))
    assert "2 dari 7 tangan terlalu kecil" in printed(small)
    assert "2 of 7 hands are too small" in printed(small, language="en")


def test_an_uncalibrated_scan_says_so_whoever_was_sighted(outcome: Outcome, printed: Callable[..., str]) -> None:
    said = f"ada 9 orang lain dalam pindaian ini, perlu {BANDS.calibrated_from}"
    nobody = replace(outcome, found=(), sighted=Counter())
    for uncalibrated in (outcome, nobody):
        assert said in " ".join(printed(uncalibrated).split())
    assert "Uncalibrated: this scan has 9 other people" in printed(nobody, language="en")
    assert "Belum terkalibrasi" not in printed(replace(outcome, summary=replace(outcome.summary, calibrated=True)))


@pytest.mark.parametrize("enrolled", [0, 4])
def test_where_no_face_was_compared_nothing_is_said_of_calibration(
    outcome: Outcome, printed: Callable[..., str], enrolled: int
) -> None:
    summary = replace(outcome.summary, population=9.0 if enrolled else 0.0)
    for people, cannot_assess, is_said in ((8, 7, True), (8, 8, False), (0, 0, False)):
        counted = replace(summary, people=people, cannot_assess=cannot_assess)
        text = printed(replace(outcome, summary=counted, enrolled=enrolled))
        assert ("Belum terkalibrasi" in text) == is_said
