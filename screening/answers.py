"""From what the rules answered to a finding in words: what its sentence and its elements are made of."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from candidates.election import Candidate, Election
from candidates.match import Sighting
from screening.days import Reading, days_told
from screening.element_said import Account
from screening.elements import elements_of
from screening.findings import Category, Doubt, Finding, Strength
from screening.reason import COUNTS, Note, Place, Reason, Seen
from screening.rulebook import Rule, Rulebook
from screening.scene import Scene
from screening.sentences import sentence
from screening.signs import Shown
from screening.together import Group, Part
from screening.upload_facts import UploadFacts


@dataclass(frozen=True, slots=True)
class Answer:
    """A question of the rules that was answered with yes.

    Attributes:
        category, strength: what the finding is.
        rule: what it rests on.
        seen: what hands show.
        shown: the signs.
        part: the part of the photo that it is about.
        group: the candidates and those with them; none for a pose alone.
        symbol_ticket: the ballot number the symbol belongs to, or 0.
        disputed: firm dates that contradict each other lead to different findings.
    """

    category: Category
    strength: Strength
    rule: Rule
    seen: Seen
    shown: Shown
    part: Part
    group: tuple[Group, ...] = ()
    symbol_ticket: int = 0
    disputed: bool = False


@dataclass(frozen=True, slots=True)
class Report:
    """Everything besides the answer that a finding tells of."""

    scene: Scene
    facts: UploadFacts
    readings: tuple[Reading, ...]
    election: Election
    rulebook: Rulebook

    def known(self, sighting: Sighting) -> tuple[Candidate, Sighting]:
        """A sighting with its candidate."""
        return self.election.candidate(sighting.candidate), sighting


def finding_of(answer: Answer, report: Report) -> Finding:
    """The finding, with its sentence in both languages and the elements of its rule."""
    rests_on_hands = answer.category in (Category.WITH_SYMBOL, Category.POSE)
    shown = answer.shown if rests_on_hands else Shown()
    reason = _reason(answer, report)
    account = Account(reason, answer.rule, answer.category, report.facts, report.readings, report.rulebook)
    return Finding(
        category=answer.category,
        strength=answer.strength,
        ticket=sum(group.number for group in answer.group),
        candidates=tuple(candidate.id for candidate, _ in reason.sightings),
        hands=shown.indexes,
        symbol="".join(sign.labels[0] for sign in shown.best),
        rule=reason.rule,
        source=_source(answer.rule),
        reason_id=sentence(reason, "id"),
        reason_en=sentence(reason, "en"),
        symbols=tuple(label for sign in shown.best for label in sign.labels),
        doubt=Doubt("".join(sign.doubt for sign in shown.best)),
        against=shown.against,
        elements=elements_of(account),
        rulebook=report.rulebook.label,
        panel=answer.part.panel,
    )


def _source(rule: Rule) -> str:
    """Everything a rule rests on, in one line."""
    return "; ".join(source.title for source in rule.sources)


def _reason(answer: Answer, report: Report) -> Reason:
    election, exception = report.election, report.rulebook.spouse_exception
    sightings = tuple(report.known(one) for group in answer.group for one in group.sightings)
    rivals = tuple((election.candidate(one.candidate), one.ticket) for group in answer.group for one in group.rivals)
    return Reason(
        sightings=sightings,
        others=sum(len(group.others) for group in answer.group) if answer.group else len(answer.part.present),
        seen=answer.seen,
        showing=answer.shown.owners,
        shown=answer.shown.best,
        symbol_ticket=answer.symbol_ticket,
        notes=tuple(_notes(answer, report, sightings)),
        numbers_drawn=election.numbers_drawn,
        candidates_official=election.candidates_official,
        days=days_told(report.facts, report.rulebook.stages, election),
        disputed=answer.disputed,
        spouse_since=exception.first,
        spouse_source="; ".join(source.title for source in exception.sources),
        rule=f"{report.rulebook.id}/{answer.rule.id}",
        source=answer.rule.sources[0].title,
        pictured=any(group.pictured for group in answer.group),
        rivals=rivals,
        showing_rivals=_showing_rivals(answer, election),
        place=_place(answer, report),
        allowed_source=_allowed_source(answer, report.rulebook) if answer.seen is Seen.ALLOWED else "",
    )


def _allowed_source(answer: Answer, rulebook: Rulebook) -> str:
    poses = [pose for sign in answer.shown.best for pose in rulebook.allowed if pose.is_shown_by(sign.labels)]
    return "; ".join(source.title for pose in poses[:1] for source in pose.sources)


def _showing_rivals(answer: Answer, election: Election) -> tuple[tuple[Candidate, int], ...]:
    """Candidates of other tickets who show what is shown, where nobody else does."""
    who = set(answer.shown.owner_indexes)
    shows = [person for group in answer.group for person in group.others if person.index in who]
    if not shows or not all(person.sightings for person in shows):
        return ()
    seen = {one.candidate: one.ticket for person in shows for one in person.sightings}
    return tuple((election.candidate(name), seen[name]) for name in sorted(seen))


def _place(answer: Answer, report: Report) -> Place:
    people, here = report.scene.people, answer.part
    theirs = [person for group in answer.group for person in group.theirs]
    return Place(
        layout=report.scene.layout,
        panel=here.panel,
        elsewhere=sum(person.panel != here.panel for person in people),
        pictures=sum(person not in theirs for person in here.pictured),
        cannot_assess=sum(not person.assessable for person in people),
        cannot_read=sum(not hand.readable for hand in here.hands),
    )


def _notes(answer: Answer, report: Report, sightings: tuple[tuple[Candidate, Sighting], ...]) -> Iterator[Note]:
    facts, official = report.facts, report.election.candidates_official
    if sightings:
        if answer.seen in (Seen.OTHERS_SHOW, Seen.UNCLEAR_OWNER) and not facts.taken_at:
            yield Note.TAKEN_UNKNOWN
        if any(day < official for day in facts.posted_at):
            yield Note.POSTED_BEFORE_OFFICIAL
        elif any(day < official for day in facts.taken_at):
            yield Note.TAKEN_BEFORE_OFFICIAL
        if any(facts.uploader_id in candidate.uploader_ids for candidate, _ in sightings):
            yield Note.UPLOADER_IS_CANDIDATE
        if any(facts.uploader_id in candidate.spouse_ids for candidate, _ in sightings):
            yield _spouse(answer, report, facts.posted_at)
    if report.scene.layout.screenshot:
        yield Note.SCREENSHOT


def _spouse(answer: Answer, report: Report, posted: tuple[date, ...]) -> Note:
    exception = report.rulebook.spouse_exception
    if not exception.sources:
        return Note.SPOUSE_NO_EXCEPTION
    if any(exception.begins_after(day) for day in posted):
        return Note.SPOUSE_TOO_EARLY
    return Note.SPOUSE_WITH_SYMBOL if answer.seen in COUNTS else Note.SPOUSE
