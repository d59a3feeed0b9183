"""Whatever three reviewers, a supervisor and scans do in whatever order: nobody's word is known before it may be."""

import tempfile
from collections import Counter
from contextlib import ExitStack
from pathlib import Path

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule
from sqlalchemy import select, update

from casework.agreement import agreement_of
from casework.decisions import Verdict
from casework.explained import decisions_explained, looks_explained
from casework.looks import has_looked
from casework.review_queue import Turn, turn_condition
from casework.review_refusals import ReviewError
from casework.reviewing import is_open_for, visible_decisions
from casework.tables import findings
from tests.casework.reviewers import Desk, desk_in

FINDINGS = (1, 2)
WHO = ("rina", "budi", "tono")
finding_numbers = st.sampled_from((*FINDINGS[:1] * 5, *FINDINGS))  # mostly of one: there words meet
people, verdicts = st.sampled_from(WHO), st.sampled_from(Verdict)


class Reviewing(RuleBasedStateMachine):
    """Words are kept here as well, by the rules as the manual tells them."""

    def __init__(self) -> None:
        super().__init__()
        self.stack = ExitStack()
        folder = self.stack.enter_context(tempfile.TemporaryDirectory())
        self.desk: Desk = self.stack.enter_context(desk_in(Path(folder)))
        self.words: dict[int, dict[str, Verdict]] = {number: {} for number in FINDINGS}
        self.asked = dict.fromkeys(FINDINGS, 0)
        self.knows: set[tuple[int, str]] = set()
        self.made = self.taken_back = 0

    def teardown(self) -> None:
        self.stack.close()

    @initialize(share=st.sampled_from([0.0, 1.0]))
    def begin(self, share: float) -> None:
        self.drawn = share == 1.0
        self.desk.settings(second_share=share)

    def needs(self, number: int) -> int:
        words = self.words[number]
        if not words:
            return 0
        both = self.drawn or Verdict.CONFIRMED in words.values()
        return max(self.asked[number], 2 if both else 1)

    def waits(self, number: int) -> bool:
        return len(self.words[number]) < self.needs(number)

    @rule(number=finding_numbers, who=people)
    def look(self, number: int, who: str) -> None:
        self.desk.look(number, who)

    @rule(number=finding_numbers, who=people, verdict=verdicts, first=st.sampled_from([True, True, False]))
    def decide(self, number: int, who: str, verdict: Verdict, first: bool) -> None:
        if first:
            self.desk.look(number, who)
        words = self.words[number]
        others = words.keys() - {who}
        with self.desk.database.read() as connection:
            looked = has_looked(connection, number, who)
        may = looked and not (who in words and others) and len(others) < max(2, self.asked[number])
        try:
            self.desk.decide(number, who, verdict)
        except ReviewError:
            assert not may
            return
        assert may
        assert (number, who) not in self.knows, "whoever knows another's word must not decide any more"
        words[who] = verdict
        self.made += 1

    @rule(number=finding_numbers, who=people)
    def undo(self, number: int, who: str) -> None:
        may = set(self.words[number]) == {who}
        before = len(self.desk.rows("decisions"))
        try:
            self.desk.undo(number, who)
        except ReviewError:
            assert not may
            return
        assert may
        del self.words[number][who]
        self.taken_back += len(self.desk.rows("decisions")) - before

    @rule(number=finding_numbers)
    def ask(self, number: int) -> None:
        have = len(self.words[number])
        may = 0 < have < 3 and not self.waits(number)
        try:
            self.desk.ask(number)
        except ReviewError:
            assert not may
            return
        assert may
        self.asked[number] = have + 1

    @rule(
        number=finding_numbers, symbol=st.sampled_from(["", "one", "peace"]), current=st.booleans(), name=st.booleans()
    )
    def scan(self, number: int, symbol: str, current: bool, name: bool) -> None:
        values = {"symbol": symbol, "current": current} | ({"candidate": "somebody-else"} if name else {})
        with self.desk.database.begin() as connection:
            connection.execute(update(findings).where(findings.c.id == number).values(values))

    @invariant()
    def states_follow(self) -> None:
        for number in FINDINGS:
            row, said = self.desk.row(number), Counter(self.words[number].values())
            if not said:
                expected = "suggested"
            elif len(said) == 1:
                (verdict,) = said
                expected = "confirmed-once" if said == {Verdict.CONFIRMED: 1} else verdict.value
            else:
                most, times = said.most_common(1)[0]
                expected = most.value if said.total() == 3 and times == 2 else "cannot-tell"
            assert row["state"] == expected
            assert bool(row["wants_second"]) == self.waits(number)
            named = [row["first_reviewer"], row["second_reviewer"], row["third_reviewer"]]
            assert [one for one in named if one] == list(self.words[number])
            assert bool(row["disagreed"]) == (len(said) > 1 and not (said.total() == 3 and len(said) == 2))

    @invariant()
    def nobody_knows_too_early(self) -> None:
        with self.desk.database.read() as connection:
            for number in FINDINGS:
                words = self.words[number]
                for who in WHO:
                    seen = {one.reviewer for one in visible_decisions(connection, number, who) if one.reviewer != who}
                    if seen:
                        self.knows.add((number, who))
                        assert who in words, "not decided, and told"
                        assert not self.waits(number)
                    open_now = (not words or self.waits(number)) and who not in words
                    current = connection.execute(select(findings.c.current).where(findings.c.id == number)).scalar_one()
                    assert is_open_for(connection, number, who) == (open_now and bool(current))
                    query = select(findings.c.id).where(findings.c.id == number, turn_condition(Turn.MINE, who))
                    assert bool(connection.execute(query).first()) == open_now, "the list says the same"

    @invariant()
    def agreement_is_that_of_the_first_two_words(self) -> None:
        said = [list(words.items())[:2] for words in self.words.values() if words]
        with self.desk.database.read() as connection:
            found = agreement_of(connection)
        for group, is_of in zip(found.groups, (True, False), strict=True):
            mine = [two for two in said if (two[0][1] is Verdict.CONFIRMED) is is_of]
            twice = [two for two in mine if len(two) == 2]
            same = sum(one[1] is other[1] for one, other in twice)
            assert (group.decided, group.same.of, group.same.hits) == (len(mine), len(twice), same)
        pairs = Counter(tuple(sorted(name for name, _ in two)) for two in said if len(two) == 2)
        assert {pair.names: pair.same.of for pair in found.pairs} == pairs

    @invariant()
    def the_log_explains_every_row(self) -> None:
        with self.desk.database.read() as connection:
            explained = decisions_explained(connection)
            assert explained.whole
            assert (explained.made, explained.taken_back) == (self.made, self.taken_back)
            assert looks_explained(connection).whole


Reviewing.TestCase.settings = settings(max_examples=10, stateful_step_count=25, deadline=None)
TestReviewing = Reviewing.TestCase


class LongReviewing(Reviewing):
    """The same, longer."""


LongReviewing.TestCase.settings = settings(max_examples=60, stateful_step_count=40, deadline=None)
TestLongReviewing = pytest.mark.slow(LongReviewing.TestCase)
