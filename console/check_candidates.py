"""``netra candidates check``: reads the reference photos, tells what they are worth, and draws it where asked."""

from dataclasses import dataclass
from pathlib import Path

from candidates.likeness import outlook_of
from console import enrolment_texts, texts
from console.enrolment import EnrolmentPage
from console.prepare import Asked, enrol_election, face_models_of, load_contest, populations_of, template_store
from console.report import err_console, out_console
from console.sinks import check_new_file, check_not_read
from console.steps import Steps
from console.voice import Voice
from netra.errors import OutputError
from vision.picture_file import ENDINGS, save_picture

EXIT_NOT_READY = 2


@dataclass(frozen=True, slots=True)
class Picture:
    """Where the picture goes.

    Attributes:
        path: its file, ending in .png or .jpg; empty for none.
        overwrite: whether a file that is there is replaced.
    """

    path: str = ""
    overwrite: bool = False


def check_candidates(asked: Asked, picture: Picture, voice: Voice, quiet: bool) -> int:
    """Print the report, draw the picture; the command's exit code, 2 where a scan could not start.

    Raises:
        ConfigError: the election file or the rulebook has mistakes.
        FaceModelError: the user's own face model cannot be used.
        ModelError: a model file is missing or damaged.
        OutputError: the picture cannot be written, or is there already.
        UsageError: the population is none of this face model.
    """
    _check_picture_path(picture, voice)
    contest, models = load_contest(asked.election), face_models_of(asked.face_model)
    references = [photo.path for one in contest.election.candidates for photo in one.photos]
    references += [photo.path for one in contest.election.decoys for photo in one.photos]
    check_not_read([picture.path], [asked.election, *references], voice)
    populations = populations_of(asked.population, models)
    notes, store = err_console(quiet), template_store(asked.cache, asked.use_cache)
    with Steps(voice, notes, notes.is_terminal and not quiet) as steps:
        progress = steps.step(texts.ENROLLING)
        enrolment = enrol_election(contest.election, store, models, populations, progress)
        outlooks = tuple(outlook_of(gallery, populations) for gallery in enrolment.galleries)
    page = EnrolmentPage(out_console(), voice)
    is_ready = page.check(contest.election, enrolment, outlooks, asked.population, models)
    if picture.path:
        from console.enrolment_picture import draw_enrolment

        with Steps(voice, notes, notes.is_terminal and not quiet) as steps:
            progress = steps.step(enrolment_texts.DRAWING)
            pixels = draw_enrolment(contest.election, enrolment, outlooks, asked.population, voice, progress)
        save_picture(Path(picture.path), pixels, overwrite=picture.overwrite)
        notes.print(voice(texts.WRITTEN, path=picture.path), soft_wrap=True)
    return 0 if is_ready else EXIT_NOT_READY


def _check_picture_path(picture: Picture, voice: Voice) -> None:
    """Before the work rather than after."""
    if not picture.path:
        return
    path = Path(picture.path)
    if path.suffix.lower() not in ENDINGS:
        raise OutputError(voice(enrolment_texts.NOT_A_PICTURE_NAME, path=picture.path))
    check_new_file(path, picture.overwrite, voice)
