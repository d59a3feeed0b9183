"""Made-up records and rows for what the command line prints and draws."""

import io
from collections.abc import Callable
from datetime import date
from pathlib import Path

import numpy as np
import pytest
from rich.console import Console

from candidates.bands import Band
from candidates.election import Candidate, Decoy, Election, ReferencePhoto, Ticket
from candidates.match import Sighting
from netra.errors import PhotoErrorKind
from screening.findings import Category, Finding, Strength
from screening.record import PhotoRecord, SeenPerson, Status
from screening.uploads import FileSource, Upload
from vision.types import Face, FaceQuality, Floats, Hand, HandReading, Symbol

Recorder = Callable[..., PhotoRecord]


@pytest.fixture
def election() -> Election:
    def who(name: str) -> Candidate:
        return Candidate(name, f"{name.title()} Rekaan", "calon bupati", (ReferencePhoto("a.jpg", Path("a.jpg")),))

    tickets = (Ticket(1, (who("sari"), who("joko")), ("one", "like")), Ticket(2, (who("budi"),), ()))
    decoys = (Decoy("decoy-1", "kakak Sari", (ReferencePhoto("d.jpg", Path("d.jpg")),)),)
    days = date(2024, 9, 22), date(2024, 9, 23), date(2024, 11, 27)
    return Election("contoh", "Pemilihan Rekaan", "pemilu-2024", *days, tickets, decoys)


@pytest.fixture
def on_paper() -> Callable[[int], tuple[Console, io.StringIO]]:
    """A console of so many columns, and what it printed."""

    def make(width: int) -> tuple[Console, io.StringIO]:
        paper = io.StringIO()
        return Console(file=paper, width=width, markup=False, emoji=False, highlight=False), paper

    return make


def sighting(who: str) -> Sighting:
    name = who.rstrip("?")
    ticket = 2 if name == "budi" else 1
    is_match = name == who
    return Sighting(name, ticket, 0.71 if is_match else 0.44, Band.MATCH if is_match else Band.POSSIBLE, "a.jpg")


def person(who: str, number: int) -> SeenPerson:
    x = 40.0 + 80 * number
    box: Floats = np.array([x, 60, x + 40, 110], np.float32)
    points: Floats = np.tile(np.array([x + 20, 80], np.float32), (6, 1))
    face = Face(box, points, 0.95)
    return SeenPerson(face, FaceQuality(50, 0.8, 0.8, 0.8), () if who == "-" else (sighting(who),))


def hand(text: str) -> HandReading:
    owner, label = text.split(":")
    points: Floats = np.array([[30 + 3 * (i % 5), 150 + 4 * (i // 5)] for i in range(21)], np.float32)
    box: Floats = np.array([28, 148, 46, 172], np.float32)
    found = Hand(box, points, np.zeros((21, 3), np.float32), "left", 0.9, 0.9)
    symbols = () if label in ("-", "~") else (Symbol(label, 0.96),)
    return HandReading(found, symbols, () if owner == "?" else (int(owner),), readable=label != "~")


@pytest.fixture
def record() -> Recorder:
    """A record from words: ``record(4, "a/b.jpg", "sari -", "1:one", finding=Category.WITH_SYMBOL)``."""

    def make(
        index: int = 0,
        path: str = "a.jpg",
        people: str = "",
        hands: str = "",
        finding: Category | None = None,
        strength: Strength = Strength.STRONG,
        error: PhotoErrorKind | None = None,
        sha256: str = "sha256:0",
    ) -> PhotoRecord:
        if error is not None:
            return PhotoRecord(index, path, Status.ERROR, error_kind=(error,), message=f"{path}: {error.value}")
        seen = tuple(person(who, i) for i, who in enumerate(people.split()))
        shown = tuple(map(hand, hands.split()))
        findings: tuple[Finding, ...] = ()
        if finding is not None:
            sighted = [one for each in seen for one in each.sightings]
            has_symbol = finding in (Category.WITH_SYMBOL, Category.POSE)
            findings = (
                Finding(
                    finding,
                    strength,
                    sighted[0].ticket if sighted else 0,
                    tuple(one.candidate for one in sighted),
                    (0,) if has_symbol else (),
                    shown[0].symbols[0].label if has_symbol else "",
                    "pemilu-2024/foto-bersama",
                    "SKB 2/2022",
                    f"Alasan lengkap untuk {index}.",
                    f"The whole reason for {index}.",
                ),
            )
        return PhotoRecord(index, path, Status.OK, sha256, 320, 240, seen, shown, bool(shown), findings)

    return make


@pytest.fixture
def upload() -> Callable[..., Upload]:
    """The row of a file."""

    def make(index: int = 0, path: str = "a.jpg") -> Upload:
        return Upload(index, path, FileSource(path))

    return make
