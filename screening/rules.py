"""The rules: from who is in a photo and what hands show to findings. Pure: the same input gives the same findings.

One finding for each ticket of which a candidate was sighted, else at most one for a pose alone (design section 6).
The order of questions for a ticket, the first that fits deciding:

    1. another person shows a symbol of the ticket            foto-bersama-simbol   strong
    2. another does, and their other hand speaks against it   foto-bersama-simbol   one step lower
    3. a hand of unclear owner does, and others are there     foto-bersama-simbol   one step lower
    4. another person shows a listed pose of no ticket        foto-bersama-simbol   weak
    5. another person is there                                foto-bersama          medium
    6. nobody else is there                                   unggah-foto-calon     medium

Each is one step lower where the candidate is only ``possible``. What counts as a symbol, of one hand or of both, and
what speaks against it is said in ``screening.signs``. "Another person" is anybody without a sighting of
that ticket: a bystander, a decoy, a candidate of another ticket.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from candidates.bands import Band
from candidates.election import Candidate, Election
from candidates.match import Sighting
from screening.findings import Category, Doubt, Finding, Strength
from screening.rulebook import Period, Rule, Rulebook
from screening.scene import Scene, ShownHand
from screening.sentences import Note, Reason, Seen, sentence
from screening.signs import Shown, shown_for, shown_of
from screening.upload_facts import UploadFacts


def judge(scene: Scene, facts: UploadFacts, election: Election, rulebook: Rulebook) -> tuple[Finding, ...]:
    """What there is to look at in a photo.

    Args:
        scene: who is in it and what hands show.
        facts: what is known of the upload.
        election: whose tickets, symbols and dates count.
        rulebook: which categories and poses count, and when.

    Returns:
        One finding for each ticket seen, by ballot number; without any, one for a pose alone, or none.

    Raises:
        KeyError: a sighting names a candidate or a ticket that the election does not have.
    """
    case = _Case(scene, facts, election, rulebook)
    tickets = sorted({sighting.ticket for person in scene.people for sighting in person.sightings})
    findings = [finding for number in tickets for finding in case.of_ticket(number)]
    return tuple(findings) if tickets else case.of_pose()


@dataclass(frozen=True, slots=True)
class _Answer:
    """A category that fits, strongest question first."""

    category: Category
    strength: Strength
    seen: Seen
    shown: Shown
    symbol_ticket: int = 0


@dataclass(frozen=True, slots=True)
class _Case:
    scene: Scene
    facts: UploadFacts
    election: Election
    rulebook: Rulebook

    def of_ticket(self, number: int) -> tuple[Finding, ...]:
        best = self._best_sightings(number)
        is_match = best[0][1].band is Band.MATCH
        theirs = {person.index for person in self.scene.people for one in person.sightings if one.ticket == number}
        others = {person.index for person in self.scene.people} - theirs
        for answer in self._answers(number, theirs, others, is_match):
            for rule in self._rules(answer.category):
                return (self._finding(answer, rule, best, len(others), number),)
        return ()

    def of_pose(self) -> tuple[Finding, ...]:
        # A hand of unclear owner counts too: somebody in the photo shows the pose, whoever it is.
        book = self.rulebook
        listed = book.forbidden_symbols, book.forbidden_two_hands
        shown = shown_of(*listed, self.scene.hands, but=book.allowed_two_hands)
        if not shown:
            return ()
        answer = _Answer(Category.POSE, Strength.WEAK, Seen.ON_THE_LIST, shown)
        return tuple(self._finding(answer, rule, (), len(self.scene.people), 0) for rule in self._rules(Category.POSE))

    def _best_sightings(self, number: int) -> tuple[tuple[Candidate, Sighting], ...]:
        """Each candidate of the ticket who was sighted, by their best sighting, the best first."""
        best: dict[str, Sighting] = {}
        sightings = [one for person in self.scene.people for one in person.sightings if one.ticket == number]
        # A match before a possible, whatever the similarity: a decoy near by can make the higher one only possible.
        ranked = sorted(sightings, key=lambda one: (one.band is not Band.MATCH, -one.similarity, one.candidate))
        for sighting in ranked:
            best.setdefault(sighting.candidate, sighting)
        return tuple((self.election.candidate(one), sighting) for one, sighting in best.items())

    def _answers(self, number: int, theirs: set[int], others: set[int], is_match: bool) -> Iterable[_Answer]:
        """Every question that fits, in order; a rulebook may lack a rule for the first ones."""
        usual = Strength.MEDIUM if is_match else Strength.WEAK
        hands = self.scene.hands
        of_others = [hand for hand in hands if set(hand.people) & others]
        if others and not self._before_draw:
            strong = Strength.STRONG if is_match else Strength.MEDIUM
            for shown in self._for_ticket(number, of_others):
                strength = strong.one_lower if shown.doubtful else strong
                yield _Answer(Category.WITH_SYMBOL, strength, Seen.OTHERS_SHOW, shown, number)
            if shown := shown_for((number,), [hand for hand in hands if not hand.people], self.election):
                yield _Answer(Category.WITH_SYMBOL, strong.one_lower, Seen.UNCLEAR_OWNER, shown, number)
        if shown := self._listed(of_others):
            yield _Answer(Category.WITH_SYMBOL, Strength.WEAK, Seen.ON_THE_LIST, shown)
        seen, shown, symbol_ticket = self._also_seen(number, theirs, of_others)
        yield _Answer(Category.TOGETHER if others else Category.CANDIDATE_ALONE, usual, seen, shown, symbol_ticket)

    def _for_ticket(self, number: int, hands: Sequence[ShownHand]) -> Iterable[Shown]:
        """What speaks for the ticket: the signs that nothing speaks against, else those in doubt."""
        shown = shown_for((number,), hands, self.election)
        return (each for each in (shown.clear, shown.doubtful) if each)

    def _listed(self, hands: Sequence[ShownHand]) -> Shown:
        """Poses of the rulebook's list that are no ticket's symbol."""
        book, election = self.rulebook, self.election
        symbols, pairs = book.forbidden_symbols - election.symbols, book.forbidden_two_hands - election.two_hands
        return shown_of(symbols, pairs, hands, but=book.allowed_two_hands | election.two_hands)

    def _also_seen(self, number: int, theirs: set[int], of_others: Sequence[ShownHand]) -> tuple[Seen, Shown, int]:
        """What to say of hands where they do not decide the category."""
        if not self.scene.hands_searched:
            return Seen.NOT_SEARCHED, Shown(), 0
        hands, election = self.scene.hands, self.election
        if self._before_draw:
            shown = shown_of(election.symbols, election.two_hands, hands)
            return (Seen.BEFORE_DRAW if shown else Seen.NOTHING), shown, 0
        own = (number,)
        rest = [ticket.number for ticket in election.tickets if ticket.number != number]
        # The first two are here for a rulebook without a rule for them: "nothing seen" would be wrong.
        possibilities = (
            (Seen.OTHERS_SHOW, own, of_others),
            (Seen.UNCLEAR_OWNER, own, [hand for hand in hands if not hand.people]),
            (Seen.OTHER_TICKET, rest, of_others),
            (Seen.ONLY_CANDIDATES, own, [hand for hand in hands if set(hand.people) & theirs]),
        )
        for seen, numbers, among in possibilities:
            shown = shown_for(numbers, among, election).clear_first
            for best in shown.best:
                return seen, shown, best.ticket
        return Seen.NOTHING, Shown(), 0

    def _finding(
        self,
        answer: _Answer,
        rule: Rule,
        best: tuple[tuple[Candidate, Sighting], ...],
        others: int,
        number: int,
    ) -> Finding:
        rests_on_hands = answer.category in (Category.WITH_SYMBOL, Category.POSE)
        shown = answer.shown if rests_on_hands else Shown()
        reason = Reason(
            sightings=best,
            others=others,
            seen=answer.seen,
            showing=answer.shown.owners,
            shown=answer.shown.best,
            symbol_ticket=answer.symbol_ticket,
            notes=self._notes(answer, best),
            numbers_drawn=self.election.numbers_drawn,
            candidates_official=self.election.candidates_official,
            taken_at=self.facts.taken_at,
            posted_at=self.facts.posted_at,
            spouse_source=", ".join(source.title for source in self.rulebook.spouse_exception),
            rule=f"{self.rulebook.id}/{rule.id}",
            source=rule.sources[0].title,
            cannot_assess=sum(not person.assessable for person in self.scene.people),
        )
        return Finding(
            category=answer.category,
            strength=answer.strength,
            ticket=number,
            candidates=tuple(candidate.id for candidate, _ in best),
            hands=shown.indexes,
            symbol="".join(sign.labels[0] for sign in shown.best),
            rule=reason.rule,
            source="; ".join(source.title for source in rule.sources),
            reason_id=sentence(reason, "id"),
            reason_en=sentence(reason, "en"),
            symbols=tuple(label for sign in shown.best for label in sign.labels),
            doubt=Doubt("".join(sign.doubt for sign in shown.best)),
            against=shown.against,
        )

    def _notes(self, answer: _Answer, best: tuple[tuple[Candidate, Sighting], ...]) -> tuple[Note, ...]:
        if not best:
            return ()
        notes = []
        official, facts = self.election.candidates_official, self.facts
        if answer.seen in (Seen.OTHERS_SHOW, Seen.UNCLEAR_OWNER) and not facts.taken_at:
            notes.append(Note.TAKEN_UNKNOWN)
        if any(day < official for day in facts.taken_at):
            notes.append(Note.TAKEN_BEFORE_OFFICIAL)
        elif any(day < official for day in facts.posted_at):
            notes.append(Note.POSTED_BEFORE_OFFICIAL)
        spouses = {spouse for candidate, _ in best for spouse in candidate.spouse_ids}
        is_spouse = facts.uploader_id in spouses and bool(self.rulebook.spouse_exception)
        if is_spouse and answer.seen not in (Seen.OTHERS_SHOW, Seen.UNCLEAR_OWNER, Seen.ON_THE_LIST):
            notes.append(Note.SPOUSE)
        return tuple(notes)

    @property
    def _before_draw(self) -> bool:
        """The photo is from before numbers were drawn: taken then, or posted then and so taken no later."""
        days = (*self.facts.taken_at, *self.facts.posted_at)
        return any(day < self.election.numbers_drawn for day in days)

    def _rules(self, category: Category) -> tuple[Rule, ...]:
        """The rule for a category, where the upload falls into its period."""
        return tuple(
            rule
            for rule in self.rulebook.rule(category)
            if all(self._within(period) for period in (self.rulebook.period, rule.period))
        )

    def _within(self, period: Period) -> bool:
        """Posting is the act, so its day counts; a photo taken after the end was posted after it as well."""
        if self.facts.posted_at:
            posted = self.facts.posted_at[0]
            return not (period.begins_after(posted) or period.ended_before(posted))
        return not any(period.ended_before(taken) for taken in self.facts.taken_at)
