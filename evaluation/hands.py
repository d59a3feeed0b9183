"""``netra evaluate hands``: how often a hand is found, and read as what it shows."""

from collections.abc import Mapping

from evaluation.errors import DatasetError
from evaluation.hands_measure import HandMeasure, reader_row
from evaluation.hands_results import HandEvaluation
from evaluation.hands_samples import NETRA, HandReader, Peer, read_hand_samples
from evaluation.hands_truth import HandDataset
from evaluation.samples import Progress


def evaluate_hands(
    dataset: HandDataset, reader: HandReader, peers: Mapping[str, Peer], progress: Progress
) -> HandEvaluation:
    """Read and measure.

    Args:
        dataset: what ``find_hands`` found.
        reader: netra's own.
        peers: other tools, by name; none to leave the comparison out.
        progress: told after each photo.

    Raises:
        DatasetError: none of its photos could be read.
    """
    samples = read_hand_samples(dataset, reader, peers, progress)
    if not samples.used:
        unread = f"{dataset.path}: none of its {len(dataset.photos)} photos could be read; links are not followed."
        raise DatasetError([f"{unread} `netra inspect` says of one photo what is wrong."])
    measure = HandMeasure(samples.readers[NETRA])
    return HandEvaluation(
        dataset=dataset,
        samples=samples,
        people=measure.people,
        all=measure.all(),
        labels=tuple(measure.labels(dataset.labels)),
        sizes=tuple(measure.sizes()),
        size_is_true=measure.size_is_true,
        views=tuple(measure.views()),
        on_no_hand=measure.on_no_hand(),
        reliability=measure.reliability(),
        readers=tuple(reader_row(name, each) for name, each in samples.readers.items()) if peers else (),
    )
