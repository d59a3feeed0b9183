"""One line of a scan's result: everything known of one file, in the schema ``netra.photo/1``.

Boxes leave here in COCO order, ``[x, y, width, height]``, in pixels of the full upright photo; keypoints as 21
``[x, y]``. Keys may be added to the schema, never renamed. No template is part of a record.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, Final

from candidates.match import Sighting
from netra.errors import PhotoErrorKind
from screening.findings import Element, Finding
from screening.upload_facts import UploadFacts
from vision.fingerprint import Fingerprint
from vision.types import Depiction, Face, FaceQuality, Floats, HandReading, PhotoLayout

SCHEMA: Final = "netra.photo/1"
_PIXEL_DIGITS, _SCORE_DIGITS, _E_DIGITS = 1, 4, 3


class Status(StrEnum):
    """What became of a file; every file seen has exactly one of these."""

    OK = "ok"
    ERROR = "error"
    DUPLICATE = "duplicate"
    SKIPPED = "skipped"


@dataclass(frozen=True, slots=True, eq=False)
class SeenPerson:
    """A person in a photo, without their template.

    Attributes:
        sightings: one where they look like a candidate, else none; none of a face that cannot be assessed.
        depictions: what makes the face a picture of somebody, the surest first; none of somebody who is there.
    """

    face: Face
    quality: FaceQuality
    sightings: tuple[Sighting, ...]
    depictions: tuple[Depiction, ...] = ()

    def __post_init__(self) -> None:
        if self.sightings and not self.quality.assessable:
            raise ValueError("sightings: expected none of a face that cannot be assessed")


@dataclass(frozen=True, slots=True, eq=False)
class PhotoRecord:
    """What a scan says of one file.

    Attributes:
        index: its place in the order of the input.
        path: as named, valid Unicode.
        status: what became of it.
        sha256: ``sha256:`` and hex digits of its bytes; empty where they could not be read.
        width, height: of the full upright photo; 0 where it was not decoded.
        people: everybody in it, largest face first.
        hands: from left to right; owners count in the order of ``people``.
        hands_searched: False where the scan had no use for hands in this photo, so that none says nothing.
        findings: the reasons to look at it.
        error_kind, message: why it has no result: of an error, a duplicate or a skipped file.
        duplicate_of: the path of the earlier file with the same bytes.
        run: what the result rests on: versions, models, settings in effect.
        facts: what is known of the upload.
        fingerprints: one of a photo that was read, its hash alone; of what else it holds a ``Memory`` was told.
        layouts: how the file is put together; none where a photo without a sighting was not asked.
    """

    index: int
    path: str
    status: Status
    sha256: str = ""
    width: int = 0
    height: int = 0
    people: tuple[SeenPerson, ...] = ()
    hands: tuple[HandReading, ...] = ()
    hands_searched: bool = False
    findings: tuple[Finding, ...] = ()
    error_kind: tuple[PhotoErrorKind, ...] = ()
    message: str = ""
    duplicate_of: str = ""
    run: Mapping[str, Any] = field(default_factory=dict)
    facts: UploadFacts = field(default_factory=UploadFacts)
    fingerprints: tuple[Fingerprint, ...] = ()
    layouts: tuple[PhotoLayout, ...] = ()

    def __post_init__(self) -> None:
        if (self.status is Status.ERROR) != bool(self.error_kind) or len(self.error_kind) > 1:
            raise ValueError(f"{self.path}: expected one error kind for an error and none else, got {self.error_kind}")
        if self.status in (Status.ERROR, Status.SKIPPED) and not self.message:
            raise ValueError(f"{self.path}: expected a reason, got none")
        if (self.status is Status.DUPLICATE) != bool(self.duplicate_of):
            raise ValueError(f"{self.path}: expected the earlier path of a duplicate, got {self.duplicate_of!r}")
        if self.findings and self.status is not Status.OK:
            raise ValueError(f"{self.path}: expected findings of a photo that was read only")

    @property
    def cannot_read(self) -> int:
        """How many of the hands are too small to be read."""
        return sum(not hand.readable for hand in self.hands)

    @property
    def cannot_assess(self) -> int:
        """How many of the people have a face too poor to be compared."""
        return sum(not person.quality.assessable for person in self.people)

    def to_dict(self) -> dict[str, Any]:
        """The record as JSON objects."""
        line: dict[str, Any] = {"schema": SCHEMA, "path": self.path, "status": self.status.value}
        if self.sha256:
            line["sha256"] = self.sha256
        if self.status is Status.OK:
            line |= {
                "width": self.width,
                "height": self.height,
                "people": [_person(number, person) for number, person in enumerate(self.people)],
                "hands_searched": self.hands_searched,
                "hands": [_hand(number, hand) for number, hand in enumerate(self.hands)],
                "findings": [finding_dict(finding) for finding in self.findings],
            }
            for layout in self.layouts:
                panels = [_coco(box) for box in layout.panels_xyxy]
                line["layout"] = {"screenshot": layout.screenshot, "panels": panels}
            for each in self.fingerprints:
                line |= {"pdq": each.pdq.hex(), "pdq_quality": each.quality}
        elif self.status is Status.ERROR:
            line["error"] = {"kind": self.error_kind[0].value, "message": self.message}
        elif self.status is Status.DUPLICATE:
            line["duplicate_of"] = self.duplicate_of
        else:
            line["skipped"] = {"reason": self.message}
        if known := upload_dict(self.facts):
            line["upload"] = known
        return line | ({"run": dict(self.run)} if self.run else {})

    def to_json(self) -> str:
        """One line of JSON, without the line's end."""
        return json.dumps(self.to_dict(), ensure_ascii=False, separators=(", ", ": "), allow_nan=False)


def upload_dict(facts: UploadFacts) -> dict[str, Any]:
    """What is known of an upload as a JSON object, with what contradicts what; empty where nothing is."""
    contradictions = [
        {"kind": one.kind.value, "firmer": one.firmer.to_dict(), "other": one.other.to_dict()}
        for one in facts.contradictions
    ]
    return facts.to_dict() | ({"contradictions": contradictions} if contradictions else {})


def finding_dict(finding: Finding) -> dict[str, Any]:
    """A finding as a JSON object; ``candidate`` and ``hand`` are the first of their lists."""
    return {
        "category": finding.category.value,
        "strength": finding.strength.value,
        "candidate": finding.candidates[0] if finding.candidates else None,
        "candidates": list(finding.candidates),
        "ticket": finding.ticket or None,
        "symbol": finding.symbol or None,
        "symbols": list(finding.symbols),
        "hand": finding.hands[0] if finding.hands else None,
        "hands": list(finding.hands),
        "doubt": finding.doubt.value or None,
        "against": list(finding.against),
        "rule": finding.rule,
        "source": finding.source,
        "reason_id": finding.reason_id,
        "reason_en": finding.reason_en,
        "rulebook": finding.rulebook or None,
        "panel": finding.panel,
        "upload": finding.upload or None,
        "elements": [_element(element) for element in finding.elements],
    }


def _element(element: Element) -> dict[str, str]:
    return {
        "key": element.key,
        "state": element.state.value,
        "text_id": element.text_id,
        "text_en": element.text_en,
        "evidence_id": element.evidence_id,
        "evidence_en": element.evidence_en,
        "source": element.source,
    }


def _person(number: int, person: SeenPerson) -> dict[str, Any]:
    face = {
        "box": _coco(person.face.box_xyxy),
        "score": round(person.face.score, _SCORE_DIGITS),
        "quality": round(person.quality.value, _SCORE_DIGITS),
        "assessable": person.quality.assessable,
    }
    return {
        "id": number,
        "face": face,
        "sighting": _sighting(person.sightings[0]) if person.sightings else None,
        "depiction": _depiction(person.depictions[0]) if person.depictions else None,
    }


def _depiction(depiction: Depiction) -> dict[str, Any]:
    return {
        "kind": depiction.kind.value,
        "quad": [[round(float(value), _PIXEL_DIGITS) for value in point] for point in depiction.quad_xy],
        "score": round(depiction.score, _SCORE_DIGITS),
        "reference": depiction.reference or None,
    }


def _sighting(sighting: Sighting) -> dict[str, Any]:
    seconds = [
        {"candidate": second.candidate, "similarity": round(second.similarity, _SCORE_DIGITS)}
        for second in sighting.second
    ]
    return {
        "candidate": sighting.candidate,
        "ticket": sighting.ticket,
        "similarity": round(sighting.similarity, _SCORE_DIGITS),
        "e_value": float(f"{sighting.e_value[0]:.{_E_DIGITS}g}") if sighting.e_value else None,
        "calibrated": bool(sighting.e_value),
        "band": sighting.band.value,
        "reference": sighting.reference,
        "second": seconds[0] if seconds else None,
        "depiction": sighting.depiction,
    }


def _hand(number: int, reading: HandReading) -> dict[str, Any]:
    hand = reading.hand
    return {
        "id": number,
        "box": _coco(hand.box_xyxy),
        "keypoints": [[round(float(value), _PIXEL_DIGITS) for value in point] for point in hand.keypoints_xy],
        "side": hand.side,
        "presence": round(hand.presence, _SCORE_DIGITS),
        "readable": reading.readable,
        "symbol": reading.symbols[0].label if reading.symbols else None,
        "confidence": round(reading.symbols[0].confidence, _SCORE_DIGITS) if reading.symbols else None,
        "person": reading.people[0] if reading.people else None,
    }


def _coco(box_xyxy: Floats) -> list[float]:
    x0, y0, x1, y1 = (float(value) for value in box_xyxy)
    return [round(value, _PIXEL_DIGITS) for value in (x0, y0, x1 - x0, y1 - y0)]
