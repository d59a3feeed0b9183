"""What must never change a finding, whatever the photo, the upload and the rulebook."""

from dataclasses import dataclass, replace
from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from netra.symbols import SYMBOLS
from screening.findings import Category, ElementState, Finding, Strength
from screening.rulebook import Rulebook, load_rulebook
from screening.rules import judge
from screening.scene import Layout, Person, Scene, ShownHand
from screening.upload_facts import Moment, TimeSource, UploadFacts
from tests.screening.truth_table.stage import NUMBERS, PEMILU, scene, sighting

BOOKS = load_rulebook("pemilu-2024"), load_rulebook("pilkada-2018")
ELECTION = PEMILU.election
CATEGORIES, STRENGTHS = list(Category), list(Strength)


@dataclass(frozen=True)
class Case:
    scene: Scene
    facts: UploadFacts
    rulebook: Rulebook

    def findings(self, scene: Scene) -> tuple[Finding, ...]:
        return judge(scene, self.facts, ELECTION, self.rulebook)

    @property
    def found(self) -> tuple[Finding, ...]:
        return self.findings(self.scene)


quick = settings(max_examples=40, deadline=None)
days = st.sampled_from(
    [date(2017, 1, 1), date(2023, 10, 1), date(2024, 8, 14), date(2024, 9, 22), date(2024, 9, 23), date(2024, 10, 5)]
)
who = st.sampled_from(["-", "-", "-", "~", *NUMBERS, *(f"{one}?" for one in NUMBERS)])


@st.composite
def moments(draw: st.DrawFn) -> tuple[Moment, ...]:
    found = draw(st.lists(st.builds(Moment, days, st.sampled_from(list(TimeSource))), max_size=3))
    return tuple(sorted(found, key=lambda one: list(TimeSource).index(one.source)))


@st.composite
def cases(draw: st.DrawFn, pictures: bool = True, panels: int = 2) -> Case:
    count = draw(st.integers(1, panels))
    star = st.sampled_from(["", "", "*"] if pictures else [""])
    where = st.sampled_from([f"@{i}" for i in range(count)])
    people = draw(st.lists(st.builds("{}{}{}".format, star, who, where), max_size=6))
    owners = st.sampled_from([*(f"?@{i}" for i in range(count)), *(str(i) for i in range(len(people)))])
    labels = st.sampled_from(["-", "-", "!", *SYMBOLS])
    hands = draw(st.lists(st.builds("{}:{}".format, owners, labels), max_size=6))
    made = scene(" ".join(people), " ".join(hands), panels=count, screenshot=draw(st.booleans()))
    known = UploadFacts(
        draw(st.sampled_from(["", "u-7", "u-8"])),
        taken=draw(moments()),
        posted=draw(moments()),
        captured=draw(moments()),
    )
    return Case(made, known, draw(st.sampled_from(BOOKS)))


def without_indexes(findings: tuple[Finding, ...]) -> list[Finding]:
    return [replace(one, hands=(0,) * len(one.hands), against=(0,) * len(one.against)) for one in findings]


def importance(finding: Finding) -> tuple[int, int]:
    """Lower is more."""
    return CATEGORIES.index(finding.category), STRENGTHS.index(finding.strength)


def by_ticket(findings: tuple[Finding, ...]) -> dict[int, Finding]:
    return {one.ticket: one for one in findings if one.ticket}


@quick
@given(case=cases(), data=st.data())
def test_the_order_of_people_and_hands_changes_nothing_but_indexes(case: Case, data: st.DataObject) -> None:
    people, hands = case.scene.people, case.scene.hands
    new = dict(zip(range(len(people)), data.draw(st.permutations(range(len(people)))), strict=True))
    moved = tuple(sorted((replace(one, index=new[one.index]) for one in people), key=lambda one: one.index))
    order = data.draw(st.permutations(hands))
    owned = tuple(replace(one, index=i, people=tuple(new[o] for o in one.people)) for i, one in enumerate(order))
    changed = replace(case.scene, people=moved, hands=owned)
    assert without_indexes(case.findings(changed)) == without_indexes(case.found)


@quick
@given(case=cases(), owner=st.integers(-1, 5))
def test_a_hanging_hand_changes_nothing(case: Case, owner: int) -> None:
    people = (owner,) if 0 <= owner < len(case.scene.people) else ()
    more = replace(case.scene, hands=(*case.scene.hands, ShownHand(99, (), people)))
    assert case.findings(more) == case.found


@quick
@given(case=cases())
def test_another_person_never_removes_a_finding(case: Case) -> None:
    more = case.findings(replace(case.scene, people=(*case.scene.people, Person(99))))
    assert [one.ticket for one in more] == [one.ticket for one in case.found]
    for old, new in zip(case.found, more, strict=True):
        assert CATEGORIES.index(new.category) <= CATEGORIES.index(old.category)


@quick
@given(case=cases())
def test_a_stranger_in_another_part_of_a_collage_changes_no_decision(case: Case) -> None:
    panels = case.scene.layout.panels
    far = Person(99, panel=panels)
    layout = replace(case.scene.layout, panels=panels + 1)
    more = case.findings(replace(case.scene, people=(*case.scene.people, far), layout=layout))
    assert [(one.ticket, *importance(one)) for one in more] == [(one.ticket, *importance(one)) for one in case.found]


@quick
@given(case=cases(panels=1))
def test_who_is_only_pictured_is_together_with_nobody(case: Case) -> None:
    people = tuple(replace(one, depicted=one.depicted or bool(one.sightings)) for one in case.scene.people)
    for finding in case.findings(replace(case.scene, people=people)):
        assert finding.category in (Category.CANDIDATE_ALONE, Category.POSE)
        if finding.category is Category.CANDIDATE_ALONE:
            assert not finding.hands
            assert finding.strength is not Strength.STRONG
            assert "bukan orangnya" in finding.reason_id


@quick
@given(case=cases(pictures=False, panels=1), data=st.data())
def test_a_picture_never_counts_for_more_than_the_person(case: Case, data: st.DataObject) -> None:
    candidates = [one.index for one in case.scene.people if one.sightings]
    if not candidates:
        return
    chosen = data.draw(st.sampled_from(candidates))
    people = tuple(replace(one, depicted=one.index == chosen) for one in case.scene.people)
    before, after = by_ticket(case.found), by_ticket(case.findings(replace(case.scene, people=people)))
    assert list(before) == list(after)
    for number, finding in after.items():
        assert CATEGORIES.index(finding.category) >= CATEGORIES.index(before[number].category)


@quick
@given(case=cases())
def test_outside_the_period_there_is_no_finding(case: Case) -> None:
    early = (Moment(date(2016, 1, 1), TimeSource.MANIFEST),)
    outside = UploadFacts(case.facts.uploader_id, posted=early)
    assert judge(case.scene, outside, ELECTION, case.rulebook) == ()
    ended = replace(case.rulebook, period=replace(case.rulebook.period, last=(date(2024, 12, 31),)))
    late = UploadFacts(posted=(Moment(date(2025, 1, 1), TimeSource.MANIFEST),))
    assert judge(case.scene, late, ELECTION, ended) == ()


@quick
@given(case=cases(), hints=moments())
def test_a_weak_hint_is_told_and_decides_nothing(case: Case, hints: tuple[Moment, ...]) -> None:
    weak = tuple(replace(one, source=TimeSource.FILE_NAME) for one in hints)
    taken = tuple(one for one in case.facts.taken if not one.weak)
    posted = tuple(one for one in case.facts.posted if not one.weak)
    facts = replace(case.facts, taken=taken, posted=posted)
    before = judge(case.scene, facts, ELECTION, case.rulebook)
    for firm, hinted in (
        (taken, replace(facts, taken=(*taken, *weak))),
        (posted, replace(facts, posted=(*posted, *weak))),
    ):
        after = judge(case.scene, hinted, ELECTION, case.rulebook)
        decided, with_hints = ([(one.ticket, *importance(one), one.rule) for one in each] for each in (before, after))
        assert decided == with_hints
        others = {one.day for one in weak} - {one.day for one in firm[:1]}
        assert all("petunjuk lemah" in one.reason_id for one in after) or not others


@quick
@given(case=cases(), contradicting=days)
def test_another_firm_day_never_makes_a_finding_stronger_than_the_worst_reading(
    case: Case, contradicting: date
) -> None:
    one = UploadFacts(taken=(Moment(date(2024, 10, 1), TimeSource.MANIFEST),))
    other = UploadFacts(taken=(Moment(contradicting, TimeSource.EXIF),))
    both = UploadFacts(taken=(*one.taken, *other.taken))
    alone = [by_ticket(judge(case.scene, facts, ELECTION, case.rulebook)) for facts in (one, other)]
    found = by_ticket(judge(case.scene, both, ELECTION, case.rulebook))
    assert set(found) == set(alone[0]) | set(alone[1])
    for number, finding in found.items():
        readings = [each[number] for each in alone if number in each]
        best = min(readings, key=importance)
        same = len({(importance(each), each.rule) for each in readings}) == 1 and len(readings) == 2
        assert finding.category is best.category
        assert finding.strength is (best.strength if same else best.strength.one_lower)


@quick
@given(case=cases())
def test_surer_sightings_never_weaken_a_finding(case: Case) -> None:
    def surer(person: Person) -> Person:
        return replace(person, sightings=tuple(sighting(one.candidate) for one in person.sightings))

    after = case.findings(replace(case.scene, people=tuple(surer(one) for one in case.scene.people)))
    assert [one.ticket for one in after] == [one.ticket for one in case.found]
    for old, new in zip(case.found, after, strict=True):
        assert importance(new) <= importance(old)


@quick
@given(case=cases(panels=1), data=st.data())
def test_a_hand_that_loses_its_owner_never_strengthens_a_finding(case: Case, data: st.DataObject) -> None:
    others = {one.index for one in case.scene.people if not one.sightings and not one.depicted}
    owned = [hand.index for hand in case.scene.hands if others.intersection(hand.people)]
    alone = [i for i in owned if sum(h.people == case.scene.hands[i].people for h in case.scene.hands) == 1]
    if not alone:
        return
    lost = data.draw(st.sampled_from(alone))
    hands = tuple(replace(one, people=()) if one.index == lost else one for one in case.scene.hands)
    before, after = by_ticket(case.found), by_ticket(case.findings(replace(case.scene, hands=hands)))
    for number, finding in after.items():
        old = before[number]
        if old.category is finding.category and old.symbols == finding.symbols:
            assert STRENGTHS.index(finding.strength) >= STRENGTHS.index(old.strength)


@quick
@given(case=cases())
def test_one_finding_for_each_ticket_at_most(case: Case) -> None:
    seen = {one.ticket for person in case.scene.people for one in person.sightings}
    tickets = [finding.ticket for finding in case.found]
    named = [number for number in tickets if number]
    assert named == sorted(set(named))
    assert tickets == named + [0] * (len(tickets) - len(named))
    assert len(tickets) - len(named) <= 1
    assert set(named) <= seen


@quick
@given(case=cases())
def test_a_file_that_is_a_screenshot_decides_nothing_and_says_so(case: Case) -> None:
    layout = Layout(not case.scene.layout.screenshot, case.scene.layout.panels)
    other = case.findings(replace(case.scene, layout=layout))
    assert [(one.ticket, *importance(one)) for one in other] == [(one.ticket, *importance(one)) for one in case.found]
    for finding in case.found if case.scene.layout.screenshot else other:
        assert "tangkapan layar saja bukti yang lemah" in finding.reason_id
        assert {one.state for one in finding.elements if one.key == "post-kept"} == {ElementState.MISSING}


@quick
@given(case=cases())
def test_every_sentence_is_whole_and_gives_no_verdict(case: Case) -> None:
    verdicts = ("melanggar", "pelanggar", "pelaku", "terbukti", "bersalah", "violat", "guilty", "proven", "breach")
    for finding in case.found:
        assert finding.rule in finding.reason_id
        assert finding.rule in finding.reason_en
        evidence = [text for one in finding.elements for text in (one.evidence_id, one.evidence_en)]
        for text in (finding.reason_id, finding.reason_en, *evidence):
            assert text.endswith(".")
            assert not any(mark in text for mark in ("{", "}", "None", "()", "  ", "\n"))
            assert not any(word in text.lower() for word in verdicts)
