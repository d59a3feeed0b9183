"""``netra evaluate faces``: reads a dataset, measures, and writes figures with what they rest on."""

import io
from dataclasses import dataclass
from pathlib import Path

from console import evaluate_texts as texts
from console.evaluate_files import check_results, write_results
from console.evaluate_page import EvaluationPage
from console.evaluate_paper import number
from console.prepare import face_models_of
from console.report import err_console, out_console
from console.run import EXIT_UNREADABLE, STDOUT
from console.sinks import check_not_read
from console.steps import Steps
from console.voice import Voice
from evaluation.dataset import GROUPS, find_dataset
from evaluation.faces import evaluate_faces
from evaluation.json_file import to_json
from evaluation.results import FaceEvaluation
from evaluation.samples import LeftOut, read_samples
from evaluation.trials import Method
from screening.reading import analyser


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the user asked for.

    Attributes:
        dataset: a folder, or a file of pairs.
        references: photos that enrol a person.
        enrolled: how many people are enrolled at a time, or None for what suits the dataset.
        json: a file for all figures, ``-`` for standard output, or empty.
        picture: a PNG file for the DET picture, or empty.
        overwrite: whether files that are there are replaced.
        face_model: path of the user's own face model; empty for the one that comes with netra.
    """

    dataset: Path
    references: int = 1
    enrolled: int | None = None
    json: str = ""
    picture: str = ""
    overwrite: bool = False
    face_model: str = ""


def evaluate_dataset(wanted: Wanted, voice: Voice, quiet: bool) -> int:
    """Measure, print, write; the command's exit code.

    Raises:
        DatasetError: the dataset is not laid out as expected, or too small.
        OutputError: a file cannot be written, or is there already.
        UsageError: both results have one name, or that of a file which is read.
        FaceModelError: the user's own face model cannot be used.
        ModelError: a model file is missing or damaged.
        ReaderGoneError: nobody reads standard output any more.
    """
    check_results(wanted.json, [wanted.picture], wanted.overwrite, voice)
    models, notes = face_models_of(wanted.face_model), err_console(quiet)
    dataset = find_dataset(wanted.dataset)
    photos = [photo.path for person in dataset.people for photo in person.photos]
    check_not_read([wanted.json, wanted.picture], [wanted.dataset, wanted.dataset / GROUPS, *photos], voice)
    with Steps(voice, notes, notes.is_terminal and not quiet) as steps:
        samples = read_samples(dataset, analyser(models), steps.step(texts.READING_SET))
        progress = steps.step(texts.COMPARING)
        evaluation = evaluate_faces(dataset, samples, progress, wanted.references, wanted.enrolled, not models)
    if not (quiet and wanted.json):
        EvaluationPage(err_console() if wanted.json == STDOUT else out_console(), voice).print(evaluation)
    results = {wanted.json: lambda: to_json(evaluation).encode(), wanted.picture: lambda: _picture(evaluation, voice)}
    write_results(results, wanted.overwrite, voice, notes)
    return EXIT_UNREADABLE if LeftOut.UNREADABLE in samples.left_out else 0


def _picture(evaluation: FaceEvaluation, voice: Voice) -> bytes:
    from evaluation.picture import MARKED, TICKS, Labels, draw_det

    labels = Labels(
        title=voice(texts.PICTURE_TITLE, enrolled=evaluation.enrolled, strangers=evaluation.strangers),
        across=voice(texts.PICTURE_ACROSS),
        up=voice(texts.PICTURE_UP),
        methods={method: voice(texts.METHODS[method.value]) for method in Method},
        points={name: voice(texts.POINTS[name]) for name in MARKED},
        ticks={tick: f"{number(100 * tick, voice)}%" for tick in TICKS},
    )
    paper = io.BytesIO()
    draw_det(evaluation, labels, paper)
    return paper.getvalue()
