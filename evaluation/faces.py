"""``netra evaluate faces``: how often the right person is found and a stranger taken for a candidate."""

from evaluation.compare import Compare, compare_by_netra
from evaluation.dataset import Dataset
from evaluation.measure import Measure
from evaluation.results import FaceEvaluation
from evaluation.samples import Progress, Samples
from evaluation.splits import make_splits
from evaluation.trials import run_trials


def evaluate_faces(
    dataset: Dataset,
    samples: Samples,
    progress: Progress,
    references: int = 1,
    enrolled: int | None = None,
    is_dlib: bool = True,
    compare: Compare = compare_by_netra,
) -> FaceEvaluation:
    """Measure.

    Args:
        dataset: what ``find_dataset`` found.
        samples: what ``read_samples`` read of it.
        progress: told after each split.
        references: how many photos enrol a person; of pairs one.
        enrolled: how many people are enrolled at a time, or None for what suits the dataset.
        is_dlib: whether the face model is dlib's own, so that its usual threshold means something.
        compare: what scores a scan.

    Raises:
        DatasetError: too few people or photos.
    """
    splits = make_splits(dataset, samples, references, enrolled)
    trials = run_trials(samples, splits, progress, compare)
    measure = Measure(samples, trials, is_dlib)
    sizes = [len(split.scanned) for split in splits]
    return FaceEvaluation(
        dataset=str(dataset.path),
        samples=samples,
        references=references,
        enrolled=len(splits[0].enrolled),
        splits=len(splits),
        faces=(min(sizes), max(sizes)),
        taking_turns=len({person for split in splits for person in split.enrolled}),
        strangers=measure.tally.strangers(),
        calibrated=float(trials.calibrated.mean()),
        points=measure.points(),
        with_unusable={} if dataset.pairs else measure.with_unusable(),
        rank_one=measure.rank_one(),
        budgets=measure.budgets(),
        groups=measure.groups,
        worst=measure.worst(),
        curves=measure.curves,
    )
