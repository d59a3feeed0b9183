"""What comes before a scan: the election, its rulebook, the enrolled candidates, and the settings in effect."""

from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

from candidates.election import Election, load_election
from candidates.enrol import enrol
from candidates.gallery import Gallery
from candidates.report import Enrolment, Severity
from candidates.templates import NoTemplateCache, TemplateCache, TemplateStore, default_cache_folder
from console.errors import NotEnrolledError
from screening.reading import HandsMode, ScanSettings, analyser, default_workers
from screening.rulebook import BUILT_IN, Rulebook, load_rulebook
from vision.photo_limits import PhotoLimits


@dataclass(frozen=True, slots=True)
class Contest:
    """An election with the rulebook it names.

    Attributes:
        path: of the election file, as the user named it.
    """

    path: Path
    election: Election
    rulebook: Rulebook


def load_contest(path: Path) -> Contest:
    """Read an election file and its rulebook.

    Raises:
        ConfigError: one line for each mistake.
    """
    election = load_election(path, rulebooks=BUILT_IN)
    return Contest(path, election, load_rulebook(election.rulebook))


def template_store(cache: str, use_cache: bool) -> TemplateStore:
    """Where the templates of reference photos are kept: a folder, this user's usual one where it is empty, or none."""
    if not use_cache:
        return NoTemplateCache()
    return TemplateCache(Path(cache) if cache else default_cache_folder())


def enrol_election(election: Election, store: TemplateStore) -> Enrolment:
    """Read the reference photos, in this process.

    Raises:
        ModelError: a model file is missing or damaged.
    """
    return enrol(election, analyser(), store)


def gallery_of(enrolment: Enrolment) -> Gallery:
    """The gallery, for a scan.

    Raises:
        NotEnrolledError: some candidate has no usable photo; one line for each, and for each refused photo.
    """
    problems = enrolment.report.of(Severity.ERROR)
    if problems:
        refused = [text for text in enrolment.report.of(Severity.WARNING) if ": " in text]
        raise NotEnrolledError([*problems, *refused])
    return enrolment.gallery()


def scan_settings(hands: str, workers: int | None) -> ScanSettings:
    """The settings in effect; HEIC is read where its library is installed.

    Args:
        hands: a value of ``HandsMode``.
        workers: how many, or None for what suits this computer.
    """
    limits = PhotoLimits(allow_heic=find_spec("pillow_heif") is not None)
    return ScanSettings(HandsMode(hands), default_workers() if workers is None else workers, limits)
