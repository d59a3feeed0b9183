"""From hands that were read to figures."""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence

import numpy as np

from evaluation.hands_fingers import FINGERS_UP
from evaluation.hands_reliability import Reliability, reliability_of
from evaluation.hands_results import SIZES, HandFigures, LabelRow, Outcome, ReaderRow, SizeRow, ViewRow
from evaluation.hands_samples import Judged, ReaderSamples
from evaluation.hands_truth import NOTHING, UNKNOWN_VIEW, View
from evaluation.resampling import Rate
from evaluation.shares import Shares
from evaluation.trials import Bools

Judge = Callable[[Judged], Outcome]
VIEWS: tuple[View, ...] = ("palm", "back", "")


def by_name(hand: Judged) -> Outcome:
    """A symbol is right if it has the true name; ``none`` of a hand that shows nothing is as it should be."""
    if not hand.seen:
        return Outcome.NOT_FOUND
    seen = hand.seen[0]
    if not seen.label:
        return Outcome.NONE if seen.readable else Outcome.CANNOT_READ
    return Outcome.RIGHT if seen.label == hand.truth.label else Outcome.WRONG


def by_fingers(hand: Judged) -> Outcome:
    """A reading is right if it means the true number of fingers; of a fist, and only of it, none is right.

    The truth's label must be one of FINGERS_UP.
    """
    if not hand.seen:
        return Outcome.NOT_FOUND
    seen, true = hand.seen[0], FINGERS_UP[hand.truth.label]
    if not seen.readable:
        return Outcome.CANNOT_READ
    count = seen.fingers if seen.fingers >= 0 else FINGERS_UP.get(seen.label or NOTHING, -1)
    if count == true:
        return Outcome.NONE if hand.truth.label == NOTHING else Outcome.RIGHT
    return Outcome.NONE if count == 0 else Outcome.WRONG


def answer_of(hand: Judged) -> str:
    """What was read, as the confusion table calls it."""
    if not hand.seen:
        return Outcome.NOT_FOUND.value
    seen = hand.seen[0]
    return seen.label or (Outcome.NONE.value if seen.readable else Outcome.CANNOT_READ.value)


class HandMeasure:
    """Measures what one reader made of the hands.

    Args:
        samples: the hands.
        judge: says what became of each.
    """

    def __init__(self, samples: ReaderSamples, judge: Judge = by_name) -> None:
        self._hands, self._claims = samples.hands, samples.claims
        self._shares = shares_of(samples.hands)
        self._outcomes = np.array([judge(hand).value for hand in samples.hands], object)
        self._labels = np.array([hand.truth.label for hand in samples.hands], object)
        self._views = np.array([hand.truth.view for hand in samples.hands], object)
        self._shows = np.asarray(self._labels != NOTHING, bool)
        self._sizes = np.array([hand.size for hand in samples.hands], float)
        self._boxed = np.array([bool(hand.truth.box_xywh) for hand in samples.hands], bool)

    @property
    def people(self) -> int:
        """How many people the intervals draw from; 0 where none is known."""
        return self._shares.people

    @property
    def size_is_true(self) -> bool:
        """Whether every hand has a box in the truth."""
        return bool(self._boxed.all())

    def all(self) -> HandFigures:
        """Of all hands."""
        return self._figures(np.ones(len(self._hands), bool))

    def labels(self, order: Sequence[str]) -> Iterator[LabelRow]:
        """The confusion table."""
        for label in order:
            counts = Counter(answer_of(hand) for hand in self._hands if hand.truth.label == label)
            yield LabelRow(label, self._figures(np.asarray(self._labels == label)), dict(counts.most_common()))

    def sizes(self) -> Iterator[SizeRow]:
        """By size, where any hand has it; what share was found is only known where the truth has boxes."""
        for least, under in zip(SIZES, (*SIZES[1:], 0), strict=True):
            among = (self._sizes >= max(least, 1e-9)) & ((self._sizes < under) if under else True)
            if among.any():
                yield SizeRow(least, under, self._figures(among, self._boxed))

    def views(self) -> Iterator[ViewRow]:
        """By view, where the truth names any."""
        met = set(self._views)
        for view in VIEWS if met - {UNKNOWN_VIEW} else ():
            if view in met:
                yield ViewRow(view, self._figures(np.asarray(self._views == view)))

    def on_no_hand(self) -> Rate:
        """The share of claims that lie on no hand; whose those would be is not known, so each counts for itself."""
        lost = np.array([not claim.on_a_hand for claim in self._claims], bool)
        return Shares([""] * len(lost), [""] * len(lost)).rate(lost, np.ones(len(lost), bool))

    def reliability(self) -> Reliability:
        """Of the symbols claimed on hands of the truth."""
        confidences = np.array([hand.seen[0].confidence if hand.seen else 0.0 for hand in self._hands], float)
        claimed = np.array([bool(hand.seen and hand.seen[0].label) for hand in self._hands], bool)
        return reliability_of(confidences, self._are(Outcome.RIGHT), self._shares, claimed)

    def _figures(self, among: Bools, sized: Bools | None = None) -> HandFigures:
        found = ~self._are(Outcome.NOT_FOUND)
        symbols, nothing = among & self._shows & found, among & ~self._shows & found

        def share(outcome: Outcome) -> Rate:
            return self._shares.rate(self._are(outcome), symbols)

        return HandFigures(
            hands=int(among.sum()),
            found=self._shares.rate(found, among if sized is None else among & sized),
            right=share(Outcome.RIGHT),
            wrong=share(Outcome.WRONG),
            none=share(Outcome.NONE),
            cannot_read=share(Outcome.CANNOT_READ),
            right_of_all=self._shares.rate(self._are(Outcome.RIGHT), among & self._shows),
            false_symbols=self._shares.rate(self._are(Outcome.WRONG), nothing),
            as_meant=self._shares.rate(
                np.where(self._shows, self._are(Outcome.RIGHT), self._are(Outcome.NONE)), among & found
            ),
        )

    def _are(self, outcome: Outcome) -> Bools:
        return np.asarray(self._outcomes == outcome.value, bool)


def shares_of(hands: Sequence[Judged]) -> Shares:
    """Counts shares of hands, by person where persons are known."""
    return Shares([hand.truth.person for hand in hands], [hand.photo for hand in hands])


def reader_row(name: str, samples: ReaderSamples) -> ReaderRow:
    """A reader in the comparison by fingers: only hands whose fingers can be counted."""
    countable = tuple(hand for hand in samples.hands if hand.truth.label in FINGERS_UP)
    measure = HandMeasure(ReaderSamples(countable, samples.claims), by_fingers)
    return ReaderRow(name, measure.all(), measure.on_no_hand())
