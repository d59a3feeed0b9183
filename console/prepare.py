"""What comes before a scan: the election, its rulebook, the enrolled candidates, and the settings in effect."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from candidates.election import Election, load_election
from candidates.enrol import enrol
from candidates.gallery import Gallery
from candidates.population import Population
from candidates.population_file import load_population
from candidates.report import Enrolment, Severity
from candidates.templates import NoTemplateCache, TemplateCache, TemplateStore, default_cache_folder
from console.errors import NotEnrolledError
from console.remarks import remark_in_words
from console.voice import Voice
from screening.reading import HandsMode, ScanSettings, analyser, default_workers
from screening.rulebook import BUILT_IN, Rulebook, load_rulebook
from vision.face_model import FaceModel, load_face_model


@dataclass(frozen=True, slots=True)
class Asked:
    """What the user asked of a command that scans; each as the option of the same name has it.

    Attributes:
        election: path of the election file.
        hands: a value of ``HandsMode``.
        workers: how many, or None for what suits this computer.
        cache: the folder for templates of reference photos; empty for the usual one.
        use_cache: whether to use it.
        face_model: path of the user's own face model; empty for the one that comes with netra.
        population: path of a population to see similarity against; empty for the people scanned.
        manifest: path of the list of uploads; empty for none.
    """

    election: Path
    hands: str = "auto"
    workers: int | None = None
    cache: str = ""
    use_cache: bool = True
    face_model: str = ""
    population: str = ""
    manifest: str = ""


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


def face_models_of(path: str) -> tuple[FaceModel, ...]:
    """The user's own face model, or none where the path is empty.

    Raises:
        FaceModelError: it is missing, or its description has mistakes; one line for each.
    """
    return (load_face_model(Path(path)),) if path else ()


def populations_of(path: str, face_models: tuple[FaceModel, ...] = ()) -> tuple[Population, ...]:
    """The population to see similarity against, or none where the path is empty.

    Raises:
        FaceModelError: the user's own face model cannot be used.
        ModelError: a model file is missing or damaged.
        UsageError: the population is none of this face model.
    """
    return (load_population(Path(path), analyser(face_models).model_id),) if path else ()


def enrol_election(
    election: Election,
    store: TemplateStore,
    face_models: tuple[FaceModel, ...] = (),
    populations: tuple[Population, ...] = (),
    progress: Callable[[int, int], None] = lambda _done, _total: None,
) -> Enrolment:
    """Read the reference photos, in this process; all arguments are those of ``candidates.enrol.enrol``.

    Raises:
        FaceModelError: the user's own face model cannot be used.
        ModelError: a model file is missing or damaged.
    """
    return enrol(election, analyser(face_models), store, populations=populations, progress=progress)


def gallery_of(enrolment: Enrolment, voice: Voice) -> Gallery:
    """The gallery, for a scan.

    Args:
        enrolment: what became of the reference photos.
        voice: the language of what is wrong with them.

    Raises:
        NotEnrolledError: some candidate has no usable photo; one line for each, and for each refused photo.
    """
    report = enrolment.report
    if report.of(Severity.ERROR):
        problems = [remark_in_words(one, voice) for one in report.remarks if one.severity is Severity.ERROR]
        refused = [
            f"{row.person}: {row.photo}: {remark_in_words(one, voice)}"
            for row in report.rows
            for one in row.remarks
            if not row.accepted or one.severity is Severity.ERROR
        ]
        raise NotEnrolledError([*problems, *refused])
    return enrolment.gallery()


def scan_settings(asked: Asked) -> ScanSettings:
    """The settings in effect.

    Raises:
        FaceModelError: the user's own face model is missing, or its description has mistakes.
    """
    workers = default_workers() if asked.workers is None else asked.workers
    return ScanSettings(HandsMode(asked.hands), workers, face_models=face_models_of(asked.face_model))
