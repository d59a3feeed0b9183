"""The rules: from who is in a photo and what hands show to findings. Pure: the same input gives the same findings.

One finding for each ticket of which a candidate was sighted, and one for a pose in a part of the photo that shows no
candidate (design section 6). The order of questions for a ticket, the first that fits deciding:

    1. another person shows a symbol of the ticket            foto-bersama-simbol   strong
    2. another does, and their other hand speaks against it   foto-bersama-simbol   one step lower
    3. a hand of unclear owner does, and others are there     foto-bersama-simbol   one step lower
    4. another person shows a listed pose of no ticket        foto-bersama-simbol   weak
    5. another person is there                                foto-bersama          medium
    6. nobody else is there, or only the candidate's picture  unggah-foto-calon     medium

Each is one step lower where the candidate is only ``possible``, and where firm dates that contradict each other lead to
different findings. What counts as a symbol, of one hand or of both, and what speaks against it is said in
``screening.signs``; who is together in ``screening.together``; which days count in ``screening.days``. "Another person"
is anybody there without a sighting of that ticket: a bystander, a decoy, a candidate of another ticket.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from candidates.election import Election
from screening.answers import Answer, Report, finding_of
from screening.days import Reading, readings_of
from screening.findings import Category, Finding, Strength
from screening.reason import Seen
from screening.rulebook import Rule, Rulebook
from screening.scene import Scene, ShownHand
from screening.signs import Poses, Shown, shown_for, shown_of
from screening.sources import Period
from screening.stages import stages_between
from screening.together import Group, Part, groups_of, parts_of
from screening.upload_facts import UploadFacts

_CATEGORIES = list(Category)
_STRENGTHS = list(Strength)


def judge(scene: Scene, facts: UploadFacts, election: Election, rulebook: Rulebook) -> tuple[Finding, ...]:
    """What there is to look at in a photo.

    Args:
        scene: who is in it and what hands show.
        facts: what is known of the upload.
        election: whose tickets, symbols and dates count.
        rulebook: which categories and poses count, and when.

    Returns:
        At most one finding for each ticket seen, by ballot number, then at most one for a pose alone.

    Raises:
        KeyError: a sighting names a candidate or a ticket that the election does not have.
    """
    case = _Case(parts_of(scene), scene.hands_searched, election, rulebook)
    readings = readings_of(facts)
    tickets = sorted({one.ticket for part in case.parts for one in part.sightings})
    answers = [_settled([case.of_ticket(number, reading) for reading in readings]) for number in tickets]
    answers.append(_settled([case.of_pose(reading) for reading in readings]))
    report = Report(scene, facts, readings, election, rulebook)
    return tuple(finding_of(answer, report) for each in answers for answer in each)


def _importance(answer: Answer) -> tuple[int, int]:
    """To sort by: the category before the strength, as in the table above."""
    return _CATEGORIES.index(answer.category), _STRENGTHS.index(answer.strength)


def _first(answers: Iterable[Answer]) -> tuple[Answer, ...]:
    """The most important answer; of equals the first."""
    return tuple(sorted(answers, key=_importance)[:1])


def _settled(outcomes: Sequence[tuple[Answer, ...]]) -> tuple[Answer, ...]:
    """One answer from those of every reading of the days: where they differ, the finding stays, one step lower."""
    found = [answer for outcome in outcomes for answer in outcome]
    differ = len(found) < len(outcomes) or len({(one.category, one.strength, one.rule.id) for one in found}) > 1
    return tuple(
        replace(best, strength=best.strength.one_lower if differ else best.strength, disputed=differ)
        for best in _first(found)
    )


@dataclass(frozen=True)
class _Case:
    parts: tuple[Part, ...]
    hands_searched: bool
    election: Election
    rulebook: Rulebook

    def of_ticket(self, number: int, reading: Reading) -> tuple[Answer, ...]:
        groups = groups_of(number, self.parts)
        return _first(answer for group in groups for answer in self._of_group(group, reading))

    def of_pose(self, reading: Reading) -> tuple[Answer, ...]:
        # A hand of unclear owner counts too: somebody there shows the pose, whoever it is.
        book = self.rulebook
        for part in self.parts:
            if part.sightings:
                continue
            shown = shown_of(book.forbidden_symbols, book.forbidden_two_hands, part.hands, but=book.allowed_two_hands)
            for rule in self._rules(Category.POSE, reading) if shown else ():
                return (Answer(Category.POSE, Strength.WEAK, rule, Seen.ON_THE_LIST, shown, part),)
        return ()

    def _of_group(self, group: Group, reading: Reading) -> tuple[Answer, ...]:
        """The first question that fits and has a rule; a rulebook may lack one for the first ones."""
        for category, strength, seen, shown, symbol_ticket in self._questions(group, reading):
            for rule in self._rules(category, reading):
                return (Answer(category, strength, rule, seen, shown, group.part, (group,), symbol_ticket),)
        return ()

    def _questions(self, group: Group, reading: Reading) -> Iterator[tuple[Category, Strength, Seen, Shown, int]]:
        usual = Strength.MEDIUM if group.is_match else Strength.WEAK
        own = (group.number,)
        is_before_draw = reading.is_before(self.election.numbers_drawn)
        if group.others and not group.pictured:
            if not is_before_draw:
                strong = Strength.STRONG if group.is_match else Strength.MEDIUM
                shown = self._for(own, group.of_others)
                if shown.clear:
                    yield Category.WITH_SYMBOL, strong, Seen.OTHERS_SHOW, shown.clear, group.number
                if shown.doubtful:
                    yield Category.WITH_SYMBOL, strong.one_lower, Seen.OTHERS_SHOW, shown.doubtful, group.number
                if shown := self._for(own, group.part.unclear):
                    yield Category.WITH_SYMBOL, strong.one_lower, Seen.UNCLEAR_OWNER, shown, group.number
            if shown := self._listed(group.of_others):
                yield Category.WITH_SYMBOL, Strength.WEAK, Seen.ON_THE_LIST, shown, 0
        category = Category.TOGETHER if group.others and not group.pictured else Category.CANDIDATE_ALONE
        yield (category, usual, *self._also_seen(group, is_before_draw))

    def _also_seen(self, group: Group, is_before_draw: bool) -> tuple[Seen, Shown, int]:
        """What to say of hands where they do not decide the category."""
        if not self.hands_searched:
            return Seen.NOT_SEARCHED, Shown(), 0
        election, part = self.election, group.part
        own = (group.number,)
        rest = [ticket.number for ticket in election.tickets if ticket.number != group.number]
        if is_before_draw:
            every = (*part.hands, *part.pictured_hands)
            if shown := shown_of(election.symbols, election.two_hands, every, but=self._allowed.two_hands):
                return Seen.BEFORE_DRAW, shown, 0
        else:
            # The first two are here for pictures, and for a rulebook without a rule for them.
            possibilities = (
                (Seen.OTHERS_SHOW, own, group.of_others),
                (Seen.UNCLEAR_OWNER, own, part.unclear),
                (Seen.OTHER_TICKET, rest, group.of_others),
            )
            for seen, numbers, among in possibilities:
                shown = self._for(numbers, among).clear_first
                for best in shown.best:
                    return seen, shown, best.ticket
        if shown := self._listed(group.of_others):
            return Seen.ON_THE_LIST, shown, 0
        for seen, numbers in () if is_before_draw else ((Seen.ONLY_CANDIDATES, own), (Seen.CANDIDATES_OTHER, rest)):
            shown = self._for(numbers, group.of_theirs).clear_first
            for best in shown.best:
                return seen, shown, best.ticket
        if shown := shown_of(self._allowed.symbols, self._allowed.two_hands, group.of_others):
            return Seen.ALLOWED, shown, self._ticket_of(shown)
        return Seen.NOTHING, Shown(), 0

    @cached_property
    def _allowed(self) -> Poses:
        return Poses(self.rulebook.allowed_symbols, self.rulebook.allowed_two_hands)

    def _for(self, numbers: Sequence[int], hands: Iterable[ShownHand]) -> Shown:
        return shown_for(numbers, hands, self.election, self._allowed)

    def _listed(self, hands: Sequence[ShownHand]) -> Shown:
        """Poses of the rulebook's list that are no ticket's symbol."""
        book, election = self.rulebook, self.election
        symbols, pairs = book.forbidden_symbols - election.symbols, book.forbidden_two_hands - election.two_hands
        return shown_of(symbols, pairs, hands, but=book.allowed_two_hands | election.two_hands)

    def _ticket_of(self, shown: Shown) -> int:
        """The ballot number whose symbol an allowed pose is, or 0."""
        for sign in shown.best:
            for ticket in self.election.tickets:
                if sign.labels in ticket.two_hands or (not sign.is_pair and sign.labels[0] in ticket.symbols):
                    return ticket.number
        return 0

    def _rules(self, category: Category, reading: Reading) -> tuple[Rule, ...]:
        """The rule for a category, where the act falls into its stages and its period; of several the first."""
        between = stages_between(reading.posted or reading.taken, reading.acted_by, self.rulebook.stages, self.election)
        possible = {stage.id for stage in between}
        fitting = [
            rule
            for rule in self.rulebook.rule(category)
            if (not rule.stages or possible.intersection(rule.stages))
            and all(_within(period, reading) for period in (self.rulebook.period, rule.period))
        ]
        return tuple(fitting[:1])


def _within(period: Period, reading: Reading) -> bool:
    """Posting is the act, so its day counts; a photo taken after the end was posted after it as well."""
    if any(period.begins_after(day) for day in reading.acted_by):
        return False
    return not any(period.ended_before(day) for day in reading.posted or reading.taken)
