"""What ``netra evaluate faces`` prints: a table of rates with intervals, E-values kept to their word, groups."""

from candidates.bands import Band
from console import evaluate_texts as texts
from console.evaluate_paper import Paper, number, percent
from evaluation.dataset import UNKNOWN
from evaluation.measure import FNIR, FPIR
from evaluation.resampling import RESAMPLES, Ratio
from evaluation.results import TARGETS, FaceEvaluation, Point
from evaluation.splits import SEED
from vision.photo_file import printable


class EvaluationPage(Paper):
    """Prints an evaluation."""

    def print(self, evaluation: FaceEvaluation) -> None:
        """All of it."""
        self._head(evaluation)
        self._rates(evaluation)
        self._budgets(evaluation)
        self._groups(evaluation)

    def _head(self, evaluation: FaceEvaluation) -> None:
        voice, samples = self.voice, evaluation.samples
        least, most = evaluation.faces
        faces = str(least) if least == most else voice(texts.FEW_TO_MOST, least=least, most=most)
        reasons = ", ".join(
            voice(texts.ONE_LEFT_OUT, count=len(names), reason=voice(texts.LEFT_OUT[reason.value]))
            for reason, names in samples.left_out.items()
        )
        left = samples.seen - samples.used
        photos = voice(texts.PHOTOS_SUM, seen=samples.seen, used=samples.used, left=left)
        rows = [
            (texts.PHOTOS, f"{photos} ({reasons})" if reasons else photos),
            (
                texts.PEOPLE,
                voice(texts.PEOPLE_COUNTS, turns=evaluation.taking_turns, strangers=evaluation.strangers),
            ),
            (
                texts.SCANS,
                voice(
                    texts.SCANS_COUNTS,
                    splits=evaluation.splits,
                    enrolled=evaluation.enrolled,
                    references=evaluation.references,
                    faces=faces,
                ),
            ),
            (texts.CALIBRATED, voice(texts.CALIBRATED_SHARE, share=percent(evaluation.calibrated, voice))),
        ]
        self.bold(voice(texts.TITLE, path=evaluation.dataset))
        self.grid(rows)

    def _rates(self, evaluation: FaceEvaluation) -> None:
        voice = self.voice
        columns = (
            texts.COLUMN_METHOD,
            texts.COLUMN_THRESHOLD,
            texts.COLUMN_FPIR,
            texts.COLUMN_FNIR,
            texts.COLUMN_WRONG,
        )
        rows = [
            (
                self._name(point),
                number(point.threshold, voice, 3),
                self.share(point.fpir),
                self.share(point.fnir),
                self.share(point.wrong_names),
            )
            for point in evaluation.points
            if not point.needed
        ]
        self.table(columns, rows)
        needed = {point.name: point.needed for point in evaluation.points if point.needed}
        lines = [
            voice(texts.NOT_MEASURABLE, fpir=self._target(name), have=evaluation.strangers, needed=count)
            for name, count in needed.items()
        ]
        lines += [
            voice(texts.BEST_ON_THE_SAME),
            voice(texts.INTERVALS, resamples=RESAMPLES, seed=str(SEED)),
            voice(texts.BANDS_OF_A_SCAN),
        ]
        for band, rate in evaluation.with_unusable.items():
            lines.append(voice(texts.WITH_UNUSABLE, band=voice(texts.BANDS_FROM[band]), share=self.share(rate)))
        for method, rate in evaluation.rank_one.items():
            said = voice(texts.METHODS[method.value])
            lines.append(voice(texts.RANK_ONE, method=said, share=self.share(rate)))
        self.lines(lines)

    def _budgets(self, evaluation: FaceEvaluation) -> None:
        self.console.print()
        if not evaluation.budgets:
            self.lines([self.voice(texts.UNCALIBRATED)])
            return
        self.bold(self.voice(texts.BUDGETS))
        columns = (
            texts.COLUMN_BUDGET,
            texts.COLUMN_PROMISED,
            texts.COLUMN_OBSERVED,
            texts.COLUMN_RATIO,
            texts.COLUMN_MIDDLE,
        )
        rows = [
            (
                number(check.budget, self.voice),
                number(check.promised, self.voice, 3),
                self.voice.decimal(check.observed, 0),
                self._ratio(check.ratio),
                self._ratio(check.ratio_middle),
            )
            for check in evaluation.budgets
        ]
        self.table(columns, rows)

    def _groups(self, evaluation: FaceEvaluation) -> None:
        voice = self.voice
        if not evaluation.groups:
            self.lines([voice(texts.GROUPS_UNKNOWN)])
            return
        self.console.print()
        self.bold(voice(texts.GROUPS))
        heads = [
            voice(texts.COLUMN_RATE_FROM, rate=voice(texts.RATES[kind]), band=voice(texts.BANDS_FROM[band.value]))
            for kind in (FPIR, FNIR)
            for band in Band
        ]
        rows = []
        for row in evaluation.groups:
            rates = [rate[band.value] for rate in (row.fpir, row.fnir) for band in Band]
            name = voice(texts.GROUP_UNKNOWN) if row.group == UNKNOWN else printable(row.group)
            rows.append((name, *map(self.share, rates)))
        self.print_table([voice(texts.COLUMN_GROUP), *heads], rows)
        self.lines(
            voice(
                texts.WORST,
                group=one.group,
                rate=voice(texts.RATES[one.kind]),
                band=voice(texts.BANDS_FROM[one.band]),
                ratio=self._ratio(one.ratio),
            )
            for one in evaluation.worst
        )

    def _name(self, point: Point) -> str:
        if point.name in texts.POINTS:
            return self.voice(texts.POINTS[point.name])
        method = self.voice(texts.METHODS[point.method.value])
        return self.voice(texts.AT_FPIR, method=method, fpir=self._target(point.name))

    def _target(self, name: str) -> str:
        return next(number(target, self.voice) for target in TARGETS if name == f"{FPIR}-{target:g}")

    def _ratio(self, ratio: Ratio) -> str:
        value, low, high = (number(each, self.voice) for each in (ratio.value, ratio.low, ratio.high))
        return self.voice(texts.RATIO, value=value, low=low, high=high)
