"""What ``netra evaluate hands`` prints: figures with intervals, what is read as what, by size and side, confidence,
peers.
"""

from collections.abc import Iterable, Mapping

from console import evaluate_hands_texts as texts
from console import evaluate_texts
from console.evaluate_paper import Paper, number
from console.voice import Message
from evaluation.hands_results import HandEvaluation, HandFigures, SizeRow
from evaluation.hands_samples import NETRA
from evaluation.hands_truth import NOTHING
from evaluation.resampling import RESAMPLES, Rate
from evaluation.splits import SEED
from netra.symbols import SYMBOLS
from vision.photo_file import printable


class HandsPage(Paper):
    """Prints an evaluation."""

    def print(self, evaluation: HandEvaluation) -> None:
        """All of it."""
        self._head(evaluation)
        self._figures(evaluation)
        self._labels(evaluation)
        self._sizes(evaluation)
        self._views(evaluation)
        self._reliability(evaluation)
        self._readers(evaluation)
        self._notes(evaluation)

    def answer(self, answer: str) -> str:
        """What was read: HaGRID's label as it is, or words for no label."""
        return self.voice(texts.OUTCOMES[answer]) if answer in texts.OUTCOMES else answer

    def _head(self, evaluation: HandEvaluation) -> None:
        voice, samples, dataset = self.voice, evaluation.samples, evaluation.dataset
        reasons = ", ".join(
            voice(evaluate_texts.ONE_LEFT_OUT, count=len(names), reason=voice(texts.LEFT_OUT[reason.value]))
            for reason, names in samples.left_out.items()
        )
        left = samples.seen - samples.used
        photos = voice(evaluate_texts.PHOTOS_SUM, seen=samples.seen, used=samples.used, left=left)
        hands, symbols = evaluation.all.hands, evaluation.all.right_of_all.searches
        people = evaluation.people
        known = voice(texts.PEOPLE_KNOWN, people=people) if people else voice(texts.PEOPLE_UNKNOWN)
        rows = [
            (texts.PHOTOS, f"{photos} ({reasons})" if reasons else photos),
            (texts.HANDS, voice(texts.HANDS_SUM, hands=hands, symbols=symbols, nothing=hands - symbols)),
            (texts.PEOPLE, known),
        ]
        if dataset.no_symbol:
            names = ", ".join(map(printable, dataset.no_symbol))
            rows.append((texts.NO_SYMBOL, voice(texts.NO_SYMBOL_NAMES, names=names)))
        if dataset.without_photo:
            rows.append((texts.WITHOUT_PHOTO, voice(texts.WITHOUT_PHOTO_COUNT, count=len(dataset.without_photo))))
        self.bold(voice(texts.TITLE, path=dataset.path))
        self.grid(rows)

    def _figures(self, evaluation: HandEvaluation) -> None:
        figures = evaluation.all
        rows: Iterable[tuple[Message, Message, Rate]] = (
            (texts.FOUND, texts.OF_ALL, figures.found),
            (texts.RIGHT, texts.OF_FOUND_SYMBOLS, figures.right),
            (texts.WRONG, texts.OF_FOUND_SYMBOLS, figures.wrong),
            (texts.NONE, texts.OF_FOUND_SYMBOLS, figures.none),
            (texts.CANNOT_READ, texts.OF_FOUND_SYMBOLS, figures.cannot_read),
            (texts.RIGHT_OF_ALL, texts.OF_SYMBOLS, figures.right_of_all),
            (texts.FALSE_SYMBOLS, texts.OF_FOUND_NOTHING, figures.false_symbols),
            (texts.ON_NO_HAND, texts.OF_CLAIMS, evaluation.on_no_hand),
        )
        self.table(
            (texts.COLUMN_WHAT, texts.COLUMN_OF, texts.COLUMN_SHARE),
            [(self.voice(what), self.voice(of), self._measured(rate)) for what, of, rate in rows],
        )

    def _labels(self, evaluation: HandEvaluation) -> None:
        self.bold(self.voice(texts.BY_LABEL))
        rows = [
            (
                self._shown(row.label),
                str(row.figures.hands),
                self.share(row.figures.found),
                self.share(row.figures.as_meant),
                self._read_as(row.answers),
            )
            for row in evaluation.labels
        ]
        columns = (
            *(texts.COLUMN_LABEL, texts.COLUMN_HANDS, texts.COLUMN_FOUND),
            *(texts.COLUMN_AS_MEANT, texts.COLUMN_READ_AS),
        )
        self.table(columns, rows)

    def _shown(self, label: str) -> str:
        if label == NOTHING:
            return self.answer(label)
        name = self.voice.either(SYMBOLS[label].indonesian, SYMBOLS[label].english)
        return self.voice(texts.SYMBOL, label=label, name=name)

    def _read_as(self, answers: Mapping[str, int]) -> str:
        said = (self.voice(texts.READ_AS, answer=self.answer(name), count=count) for name, count in answers.items())
        return ", ".join(said)

    def _sizes(self, evaluation: HandEvaluation) -> None:
        if evaluation.sizes:
            self.bold(self.voice(texts.BY_SIZE))
            self._parts(texts.COLUMN_SIZE, [(self._size(row), row.figures) for row in evaluation.sizes])
            self.lines([self.voice(texts.SIZE_OF_TRUTH if evaluation.size_is_true else texts.SIZE_OF_FOUND), ""])

    def _views(self, evaluation: HandEvaluation) -> None:
        if evaluation.views:
            self.bold(self.voice(texts.BY_VIEW))
            named = [(self.voice(texts.VIEWS[row.view]), row.figures) for row in evaluation.views]
            self._parts(texts.COLUMN_VIEW, named)

    def _parts(self, first: Message, rows: Iterable[tuple[str, HandFigures]]) -> None:
        columns = (
            *(first, texts.COLUMN_HANDS, texts.COLUMN_FOUND, texts.COLUMN_RIGHT),
            *(texts.COLUMN_WRONG, texts.COLUMN_FALSE),
        )
        self.table(
            columns,
            [
                (
                    name,
                    str(figures.hands),
                    self._measured(figures.found),
                    *map(self.share, (figures.right, figures.wrong, figures.false_symbols)),
                )
                for name, figures in rows
            ],
        )

    def _size(self, row: SizeRow) -> str:
        if row.under:
            return self.voice(texts.SIZE_BETWEEN, least=row.least, under=row.under)
        return self.voice(texts.SIZE_FROM, least=row.least)

    def _reliability(self, evaluation: HandEvaluation) -> None:
        voice, reliability = self.voice, evaluation.reliability
        if not reliability.claims:
            self.lines([voice(texts.NO_CLAIMS), ""])
            return
        self.bold(voice(texts.CONFIDENCE))
        rows = [
            (
                voice(texts.BETWEEN, low=voice.decimal(each.low, 1), high=voice.decimal(each.high, 1)),
                voice.decimal(each.confidence),
                self.share(each.right),
            )
            for each in reliability.bins
        ]
        self.table((texts.COLUMN_CONFIDENCE, texts.COLUMN_MEAN, texts.COLUMN_RIGHT), rows)
        self.lines([voice(texts.ECE, error=number(reliability.error, voice), claims=reliability.claims), ""])

    def _readers(self, evaluation: HandEvaluation) -> None:
        voice = self.voice
        if not evaluation.readers:
            self.lines([voice(texts.NO_PEERS)])
            return
        self.bold(voice(texts.PEERS))
        columns = (
            *(texts.COLUMN_READER, texts.COLUMN_FOUND, texts.COLUMN_RIGHT_COUNT, texts.COLUMN_WRONG_COUNT),
            *(texts.COLUMN_RIGHT_OF_ALL, texts.COLUMN_FALSE, texts.COLUMN_ON_NO_HAND),
        )
        rows = [
            (
                voice(texts.READERS[row.name]),
                *(self.share(rate) for rate in (row.figures.found, row.figures.right, row.figures.wrong)),
                *(self.share(rate) for rate in (row.figures.right_of_all, row.figures.false_symbols)),
                self._measured(row.on_no_hand),
            )
            for row in evaluation.readers
        ]
        self.table(columns, rows)
        counted = next(row.figures.hands for row in evaluation.readers if row.name == NETRA)
        self.lines([voice(texts.LENIENT, hands=counted, all=evaluation.all.hands)])

    def _notes(self, evaluation: HandEvaluation) -> None:
        voice = self.voice
        if not all(photo.is_complete for photo in evaluation.dataset.photos):
            self.lines([voice(texts.LARGEST_HAND)])
        if evaluation.people:
            self.lines([voice(texts.RESAMPLED, resamples=RESAMPLES, seed=str(SEED))])
        else:
            self.lines([voice(texts.WILSON)])

    def _measured(self, rate: Rate) -> str:
        return self.share(rate) if rate.searches else self.voice(texts.NOT_MEASURED)
