"""What is known of an upload: checked at birth, firmest first, contradictions told, kept without a loss."""

import json
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from screening.time_notes import FLAWS, KINDS, NOTES, SOURCES
from screening.upload_facts import Flaw, Moment, TimeKind, TimeNote, TimeSource, Unusable, UploadFacts

MANIFEST, EXIF, NAME = TimeSource
OCTOBER = date(2024, 10, 8)


def days(count: int) -> date:
    return OCTOBER + timedelta(days=count)


def test_the_firmest_statement_that_may_decide_does() -> None:
    facts = UploadFacts(taken=(Moment(OCTOBER, EXIF), Moment(days(-1), NAME)), posted=(Moment(days(3), NAME),))
    assert facts.taken_at == (OCTOBER,)
    assert facts.posted_at == ()


@pytest.mark.parametrize("note", [TimeNote.CHANGED, TimeNote.DIGITISED])
def test_a_day_that_is_only_the_latest_possible_one_never_decides(note: TimeNote) -> None:
    latest = Moment(OCTOBER, EXIF, note=note)
    assert latest.weak
    assert UploadFacts(taken=(latest,)).taken_at == ()
    assert UploadFacts(taken=(latest, Moment(days(-2), EXIF))).taken_at == (days(-2),)


def test_the_four_times_are_kept_apart() -> None:
    facts = UploadFacts(captured=(Moment(OCTOBER, MANIFEST),), known=(Moment(days(1), MANIFEST),))
    assert (facts.taken_at, facts.posted_at) == ((), ())
    assert (facts.captured_at, facts.known_at) == ((OCTOBER,), (days(1),))


@pytest.mark.parametrize(
    ("firmer", "other", "contradict"),
    [
        (Moment(OCTOBER, MANIFEST), Moment(date(2023, 1, 1), EXIF), True),
        (Moment(OCTOBER, MANIFEST), Moment(days(1), EXIF), False),
        (Moment(OCTOBER, MANIFEST), Moment(days(2), EXIF), True),
        (Moment(OCTOBER, MANIFEST), Moment(days(40), NAME, note=TimeNote.SENT), False),  # sent later than it was taken
        (Moment(OCTOBER, MANIFEST), Moment(days(-2), NAME, note=TimeNote.SENT), True),  # sent before it was taken
        (Moment(OCTOBER, EXIF, note=TimeNote.CHANGED), Moment(days(-9), NAME), False),
        (Moment(OCTOBER, EXIF, note=TimeNote.CHANGED), Moment(days(9), NAME), True),
        (Moment(OCTOBER, EXIF, note=TimeNote.CHANGED), Moment(days(9), NAME, note=TimeNote.SENT), False),
    ],
)
def test_what_is_more_than_a_day_apart_contradicts(firmer: Moment, other: Moment, contradict: bool) -> None:
    found = UploadFacts(taken=(firmer, other)).contradictions
    assert [(one.kind, one.firmer, one.other) for one in found] == [(TimeKind.TAKEN, firmer, other)] * contradict


def test_times_of_day_count_where_both_are_known() -> None:
    def at(hour: int, day: int) -> Moment:
        return Moment(date(2024, 10, day), EXIF, (datetime(2024, 10, day, hour, tzinfo=UTC),))

    assert not UploadFacts(taken=(at(1, 8), at(1, 9))).contradictions
    assert UploadFacts(taken=(at(1, 8), at(2, 9))).contradictions


@pytest.mark.parametrize(
    "make",
    [
        lambda: Moment(datetime(2024, 1, 1, tzinfo=UTC), MANIFEST),
        lambda: Moment(OCTOBER, MANIFEST, (datetime(2024, 10, 8),)),  # noqa: DTZ001 - that is what is refused
        lambda: Moment(OCTOBER, MANIFEST, (datetime(2024, 10, 11, tzinfo=UTC),)),
        lambda: Moment(OCTOBER, MANIFEST, note="somehow"),
        lambda: UploadFacts(taken=(Moment(OCTOBER, NAME), Moment(OCTOBER, MANIFEST))),
    ],
)
def test_types_are_checked_at_birth(make: Callable[[], object]) -> None:
    with pytest.raises(ValueError, match="expected"):
        make()


zones = st.integers(-12 * 60, 14 * 60).map(lambda minutes: timezone(timedelta(minutes=minutes)))
times = st.datetimes(datetime(1995, 1, 3), datetime(2090, 1, 1), timezones=zones)  # noqa: DTZ001 - zones are drawn


@st.composite
def moments(draw: st.DrawFn) -> tuple[Moment, ...]:
    made = []
    for source in sorted(draw(st.lists(st.sampled_from(TimeSource), max_size=3)), key=list(TimeSource).index):
        at = draw(times)
        known = draw(st.booleans())
        made.append(Moment(at.date(), source, (at,) if known else (), draw(st.sampled_from(["", *TimeNote]))))
    return tuple(made)


words = st.text(max_size=9)
unusable = st.builds(Unusable, st.sampled_from(TimeSource), words, st.sampled_from(Flaw))
facts = st.builds(UploadFacts, *[words] * 5, *[moments()] * 4, unusable=st.lists(unusable, max_size=2).map(tuple))


@given(facts)
def test_nothing_is_lost_in_json(known: UploadFacts) -> None:
    written: dict[str, Any] = json.loads(json.dumps(known.to_dict()))
    assert UploadFacts.from_dict(written) == known


@given(facts)
def test_weak_hints_never_decide(known: UploadFacts) -> None:
    for kind in TimeKind:
        deciding: tuple[date, ...] = getattr(known, f"{kind}_at")
        assert deciding == tuple(one.day for one in known.of(kind) if not one.weak)[:1]


def test_nothing_known_is_nothing_written() -> None:
    assert UploadFacts().to_dict() == {}
    assert UploadFacts.from_dict({}) == UploadFacts()


def test_every_word_of_a_statement_can_be_said_in_both_languages() -> None:
    for table, words_of in ((NOTES, TimeNote), (FLAWS, Flaw), (KINDS, TimeKind), (SOURCES, TimeSource)):
        said = dict(table)
        assert list(said) == list(words_of)
        assert all(indonesian and english and indonesian != english for indonesian, english in said.values())
