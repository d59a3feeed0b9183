"""One photo that was uploaded many times: the rules look at each upload, and the gravest finding stays.

Posting is the act. The same bytes may have been posted before the rules held and again when they did, by a candidate's
spouse and by somebody else. Judging the first file alone would lose a finding by the order of file names.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from candidates.election import Election
from screening.findings import Category, Finding, Strength
from screening.rulebook import Rulebook
from screening.rules import judge
from screening.scene import Scene
from screening.upload_facts import UploadFacts

OTHER_UPLOAD_ID: Final = "; tanggal dan pengunggah menurut unggahan lain dari foto yang sama."
OTHER_UPLOAD_EN: Final = "; days and uploader are those of another upload of the same photo."

_CATEGORIES: Final = list(Category)
_STRENGTHS: Final = list(Strength)


@dataclass(frozen=True, slots=True)
class KnownUpload:
    """One upload of a photo.

    Attributes:
        path: as named.
        facts: what is known of it.
    """

    path: str
    facts: UploadFacts


def judge_uploads(
    scene: Scene, uploads: Sequence[KnownUpload], election: Election, rulebook: Rulebook
) -> tuple[Finding, ...]:
    """What there is to look at in a photo, whichever of its uploads gives the reason.

    Args:
        scene: who is in it and what hands show.
        uploads: at least one, each of the same bytes; the first is the one that the record is about.
        election: whose tickets, symbols and dates count.
        rulebook: which categories and poses count, and when.

    Returns:
        At most one finding for each ticket seen, by ballot number, then at most one for a pose alone: the gravest of
        all uploads, of equals that of the earliest in order. One that is not of the first names its upload.

    Raises:
        ValueError: there is no upload.
    """
    if not uploads:
        raise ValueError("uploads: expected at least one, got none")
    if not any(person.sightings for person in scene.people) and not any(hand.symbols for hand in scene.hands):
        return ()  # most photos of most scans: nobody to be found with, and nothing shown
    gravest: dict[int, Finding] = {}
    judged: list[UploadFacts] = []
    for place, upload in enumerate(uploads):
        if upload.facts in judged:
            continue
        judged.append(upload.facts)
        for found in judge(scene, upload.facts, election, rulebook):
            finding = _of_another(found, upload.path) if place else found
            if finding.ticket not in gravest or _importance(finding) < _importance(gravest[finding.ticket]):
                gravest[finding.ticket] = finding
    return tuple(sorted(gravest.values(), key=lambda finding: (finding.ticket == 0, finding.ticket)))


def _of_another(finding: Finding, path: str) -> Finding:
    return replace(
        finding,
        upload=path,
        reason_id=finding.reason_id.removesuffix(".") + OTHER_UPLOAD_ID,
        reason_en=finding.reason_en.removesuffix(".") + OTHER_UPLOAD_EN,
    )


def _importance(finding: Finding) -> tuple[int, int]:
    """To compare by, the smallest being the gravest: the category before the strength, as in ``screening.rules``."""
    return _CATEGORIES.index(finding.category), _STRENGTHS.index(finding.strength)
