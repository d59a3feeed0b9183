"""``netra evaluate hands``: reads a dataset of hands, measures, and writes figures with what they rest on."""

import io
from dataclasses import dataclass
from pathlib import Path

from console import evaluate_hands_texts as texts
from console.evaluate_files import check_results, write_results
from console.evaluate_hands_page import HandsPage
from console.evaluate_paper import number
from console.report import err_console, out_console
from console.run import EXIT_UNREADABLE, STDOUT
from console.sinks import check_not_read
from console.steps import Steps
from console.voice import Voice
from evaluation.hands import evaluate_hands
from evaluation.hands_dataset import find_hands
from evaluation.hands_json import to_json
from evaluation.hands_results import HandEvaluation
from evaluation.hands_samples import MEDIAPIPE, HandLeftOut, Peer
from netra.symbols import SYMBOLS
from screening.reading import analyser


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the user asked for.

    Attributes:
        dataset: a folder, or a truth file.
        names: a CSV file that says what folders show; empty for none.
        peers: whether other tools read the hands too.
        json: a file for all figures, ``-`` for standard output, or empty.
        picture: a PNG file for the confusion matrix, or empty.
        reliability: a PNG file for confidence against share right, or empty.
        overwrite: whether files that are there are replaced.
    """

    dataset: Path
    names: str = ""
    peers: bool = True
    json: str = ""
    picture: str = ""
    reliability: str = ""
    overwrite: bool = False


def evaluate_hand_dataset(wanted: Wanted, voice: Voice, quiet: bool) -> int:
    """Measure, print, write; the command's exit code.

    Raises:
        DatasetError: the dataset is not laid out as expected, or no photo of it can be read.
        OutputError: a file cannot be written, or is there already.
        UsageError: two results have one name, or that of a file which is read.
        ModelError: a model file is missing or damaged.
        ReaderGoneError: nobody reads standard output any more.
    """
    pictures = [wanted.picture, wanted.reliability]
    check_results(wanted.json, pictures, wanted.overwrite, voice)
    notes = err_console(quiet)
    dataset = find_hands(wanted.dataset, wanted.names)
    read = [dataset.path, *dataset.files, *(photo.path for photo in dataset.photos)]
    check_not_read([wanted.json, *pictures], read, voice)
    eyes = analyser()
    with Steps(voice, notes, notes.is_terminal and not quiet) as steps:
        steps.begin(texts.LOADING_PEERS)
        peers = _peers() if wanted.peers else {}
        evaluation = evaluate_hands(dataset, eyes, peers, steps.step(texts.READING_SET))
    if not (quiet and wanted.json):
        HandsPage(err_console() if wanted.json == STDOUT else out_console(), voice).print(evaluation)
    results = {
        wanted.json: lambda: to_json(evaluation, eyes.models).encode(),
        wanted.picture: lambda: _confusion(evaluation, voice),
        wanted.reliability: lambda: _reliability(evaluation, voice),
    }
    write_results(results, wanted.overwrite, voice, notes)
    return EXIT_UNREADABLE if HandLeftOut.UNREADABLE in evaluation.samples.left_out else 0


def _peers() -> dict[str, Peer]:
    from evaluation.hands_peer import MediaPipeHands

    return {MEDIAPIPE: MediaPipeHands()}


def _confusion(evaluation: HandEvaluation, voice: Voice) -> bytes:
    from evaluation.hands_picture import ConfusionLabels, draw_confusion

    names = {
        label: voice(texts.SYMBOL, name=voice.either(meaning.indonesian, meaning.english), label=label)
        for label, meaning in SYMBOLS.items()
    }
    labels = ConfusionLabels(
        title=voice(texts.PICTURE_TITLE, hands=evaluation.all.hands),
        across=voice(texts.PICTURE_ACROSS),
        up=voice(texts.PICTURE_UP),
        answers=names | {name: voice(said) for name, said in texts.OUTCOMES.items()},
    )
    paper = io.BytesIO()
    draw_confusion(evaluation.labels, labels, paper)
    return paper.getvalue()


def _reliability(evaluation: HandEvaluation, voice: Voice) -> bytes:
    from evaluation.hands_picture import ReliabilityLabels, draw_reliability

    reliability = evaluation.reliability
    labels = ReliabilityLabels(
        title=voice(texts.RELIABILITY_TITLE, error=number(reliability.error, voice), claims=reliability.claims),
        across=voice(texts.RELIABILITY_ACROSS),
        up=voice(texts.RELIABILITY_UP),
        ideal=voice(texts.IDEAL),
        seen=voice(texts.MEASURED),
        ticks={tenth / 10: f"{tenth * 10}%" for tenth in range(0, 11, 2)},
    )
    paper = io.BytesIO()
    draw_reliability(reliability, labels, paper)
    return paper.getvalue()
