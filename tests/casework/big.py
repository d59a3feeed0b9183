"""A case database as large as an office's: made-up readings of made-up files, written by the scan's own way."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from pathlib import Path

import numpy as np

from candidates.bands import Band
from candidates.match import Sighting
from casework.database import Database
from casework.store import CaseScan
from screening.finish import Summary
from screening.gathered import MetFace, MetPhoto
from screening.known import Background
from screening.manifest import Manifest, ManifestEntry
from screening.memory import NoMemory, Recalled
from screening.scan import scan
from screening.upload_facts import Moment, TimeSource, UploadFacts
from screening.uploads import Upload, find_uploads
from tests.casework.made_up import Office
from tests.screening.conftest import CANDIDATES, GOOD, POOR, face, hand

LABELS = ("one", "peace", "three", "like", "ok", "fist")


def files(folder: Path, count: int) -> list[Path]:
    """Files of a few bytes, each its own: nobody opens them."""
    made = []
    for number in range(count):
        if number % 1000 == 0:
            (folder / f"{number // 1000:03}").mkdir(parents=True)
        path = folder / f"{number // 1000:03}" / f"IMG_{number:06}.jpg"
        path.write_bytes(b"%d" % number)
        made.append(path)
    return made


def background(paths: Sequence[Path]) -> Background:
    """500 uploaders of 40 agencies, who posted within 60 days."""

    entries = tuple(
        ManifestEntry(
            number + 2,
            str(path),
            UploadFacts(
                uploader_id=f"asn-{number % 500:03}",
                uploader_name=f"Nama {number % 500}",
                agency=f"Dinas {number % 500 % 40}",
                posted=(Moment(date(2018, 3, 1) + timedelta(number % 60), TimeSource.MANIFEST),),
            ),
        )
        for number, path in enumerate(paths)
    )
    return Background((Manifest(paths[0].parent / "unggahan.csv", entries),))


class Remembered(NoMemory):
    """What ``StandIn`` would have seen, without its time: one photo in eight has a candidate, of hands every second."""

    def __init__(self, case: CaseScan) -> None:
        self._case = case

    def recall(self, uploads: Sequence[Upload]) -> Mapping[int, Recalled]:
        self._case.recall(uploads)  # takes the stamps
        found = {upload.index: made_up(upload.index) for upload in uploads}
        for upload in uploads:
            self._case.keep(upload, found[upload.index].photo)
        return found

    def keep(self, upload: Upload, photo: MetPhoto) -> None:
        self._case.keep(upload, photo)


def made_up(number: int) -> Recalled:
    rng = np.random.default_rng(number)
    count = int(rng.integers(0, 5))
    faces = tuple(MetFace(face(i), POOR if rng.random() < 0.1 else GOOD) for i in range(count))
    who = list(CANDIDATES)[number % 4]
    sighted = number % 8 == 0 and count > 1 and faces[0].quality.assessable
    sighting = Sighting(who, CANDIDATES[who], 0.7 + 0.2 * rng.random(), Band.MATCH, f"{who}-1.jpg")
    sightings = tuple((sighting,) if sighted and i == 0 else () for i in range(count))
    hands = (hand((1,), LABELS[number // 8 % len(LABELS)]),) if sighted and number % 16 == 0 else ()
    photo = MetPhoto(f"sha256:{number:064x}", 1600, 1200, faces, hands, bool(sighted))
    return Recalled(photo, (sightings,))


def fill(database: Database, folder: Path, count: int) -> Office:
    """Files, and a finished run that saw them."""
    paths = files(folder, count)
    office = Office(database, folder, background=background(paths))
    office_scan(office, known=True)
    return office


def office_scan(office: Office, *, known: bool = False) -> Summary:
    """A scan that keeps no records in memory."""
    settings = office.settings
    with CaseScan(office.database, office.about(), settings.limits.max_bytes) as case:
        summary = scan(
            find_uploads([office.folder]),
            office.election,
            office.gallery,
            office.book,
            settings,
            case,
            office.progress,
            office.background,
            memory=Remembered(case) if known else case,
        )
        case.finish(summary)
    return summary
