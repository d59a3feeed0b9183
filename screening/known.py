"""Gathers what is known of an upload from three sources: the manifest, the file's EXIF block, the file's name."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final

from netra.zones import Zone
from screening.file_dates import dates_in_name
from screening.manifest import Manifest
from screening.upload_facts import (
    EARLIEST,
    MORE_THAN,
    Flaw,
    Moment,
    TimeKind,
    TimeNote,
    TimeSource,
    Unusable,
    UploadFacts,
)
from screening.uploads import Row
from vision.exif import ExifFacts, parsed_time, parsed_zone

AHEAD: Final = timedelta(days=1)
"""How far a clock may be ahead, of another zone or set carelessly, before a date is called one of the future."""


@dataclass(frozen=True, slots=True)
class Background:
    """What a scan knows of uploads besides the files.

    Attributes:
        manifests: the office's list of uploads, or none.
        now: the moment of the scan, to tell dates of the future, or none.
    """

    manifests: tuple[Manifest, ...] = ()
    now: tuple[datetime, ...] = ()

    def __post_init__(self) -> None:
        if len(self.manifests) > 1 or len(self.now) > 1:
            raise ValueError(f"expected one manifest and one moment at most, got {self.manifests}, {self.now}")
        if any(now.tzinfo is None for now in self.now):
            raise ValueError(f"now: expected a time with its zone, got {self.now}")

    def facts(self, row: Row, exif: ExifFacts, zone: Zone, remembered: tuple[UploadFacts, ...] = ()) -> UploadFacts:
        """All that is known of one upload; the same input always gives the same facts.

        Args:
            row: the file met.
            exif: what is in it; of a file that was not read, nothing.
            zone: of the office.
            remembered: what an earlier scan knew of it; what people said then holds where no list says anything now.
        """
        known = UploadFacts()
        listed = [entry.facts for manifest in self.manifests for entry in manifest.entries_for(row)]
        for told in listed or [earlier.told for earlier in remembered]:
            known = told
        if exif.camera or exif.editor:
            known = replace(known, camera=exif.camera, editor=exif.editor)
        found = [*_from_exif(exif, zone), *((kind, moment, "") for kind, moment in dates_in_name(row.path, zone))]
        for kind, moment, written in found:
            flaws = tuple(self._flaws(kind, moment, known))
            if flaws:
                text = written or moment.day.isoformat()
                known = replace(known, unusable=(*known.unusable, Unusable(moment.source, text, flaws[0])))
            else:
                known = known.adding(kind, moment)
        wrong = tuple(Unusable(TimeSource.EXIF, written, Flaw.NO_DATE) for written in _no_dates(exif))
        return replace(known, unusable=(*wrong, *known.unusable)) if wrong else known

    def _flaws(self, kind: TimeKind, moment: Moment, known: UploadFacts) -> Iterator[Flaw]:
        if moment.day < EARLIEST:
            yield Flaw.TOO_EARLY
        if any(moment.day - now.date() > AHEAD for now in self.now):
            yield Flaw.IN_THE_FUTURE
        # That a copy was saved or sent on after the picture was posted is nothing strange; that it was taken then is.
        taken = kind is TimeKind.TAKEN and not moment.is_latest
        if taken and any(moment.day - posted > MORE_THAN for posted in known.posted_at):
            yield Flaw.AFTER_POSTED


NOTHING_KNOWN: Final = Background()


def _from_exif(exif: ExifFacts, zone: Zone) -> Iterator[tuple[TimeKind, Moment, str]]:
    """The firmest first: the camera's clock, the satellites', and what only bounds the day; nothing said twice."""
    said = set[str]()
    for written, offset, note in (
        (exif.original, exif.original_zone, ""),
        (exif.gps, "+00:00", TimeNote.GPS),
        (exif.digitised, exif.digitised_zone, TimeNote.DIGITISED),
        (exif.changed, exif.changed_zone, TimeNote.CHANGED),
    ):
        for naive in () if written in said else parsed_time(written):
            said.add(written)
            zones = parsed_zone(offset)
            at = naive.replace(tzinfo=zones[0] if zones else zone.clock)
            try:
                day = zone.day(at)
            except OverflowError:  # the first and the last day of the calendar
                day = naive.date()
            moment = Moment(day, TimeSource.EXIF, (at,), note or ("" if zones else TimeNote.ZONE_ASSUMED))
            yield TimeKind.TAKEN, moment, written


def _no_dates(exif: ExifFacts) -> Iterator[str]:
    """Each text once that stands where a date belongs and is none."""
    written = (exif.original, exif.gps, exif.digitised, exif.changed)
    yield from dict.fromkeys(text for text in written if text and not parsed_time(text))
