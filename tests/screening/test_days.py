"""Days and stages: which statements decide, how contradicting ones are read, and which stage a day falls into."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from screening.days import Reading, days_told, readings_of
from screening.rulebook import load_rulebook
from screening.sources import Source
from screening.stages import Begin, Stage, stage_of, stages_between
from screening.upload_facts import Moment, TimeNote, TimeSource, UploadFacts
from tests.screening.truth_table.stage import PEMILU, YEARS, Year

SOURCE = Source("a", "A", "", False, "")
BOOK = load_rulebook("pemilu-2024")
EARLY, LATE, LAST = (date(2024, month, 1) for month in (8, 10, 11))


def manifest(day: date) -> Moment:
    return Moment(day, TimeSource.MANIFEST)


def exif(day: date) -> Moment:
    return Moment(day, TimeSource.EXIF)


def hint(day: date) -> Moment:
    return Moment(day, TimeSource.FILE_NAME)


def test_what_is_not_known_has_one_empty_reading() -> None:
    assert readings_of(UploadFacts()) == (Reading(),)
    assert readings_of(UploadFacts(taken=(hint(EARLY),), posted=(hint(EARLY),))) == (Reading(),)


def test_firm_days_are_each_followed_the_firmest_first() -> None:
    facts = UploadFacts(taken=(manifest(LATE), exif(EARLY), hint(LAST)), posted=(manifest(LAST),))
    assert readings_of(facts) == (Reading((LATE,), (LAST,)), Reading((EARLY,), (LAST,)))


def test_two_statements_of_one_day_are_one_reading() -> None:
    assert readings_of(UploadFacts(taken=(manifest(LATE), exif(LATE)))) == (Reading((LATE,)),)


def test_a_picture_is_not_taken_after_it_was_posted() -> None:
    facts = UploadFacts(taken=(exif(LAST),), posted=(manifest(LATE),))
    assert readings_of(facts) == (Reading((LAST,)), Reading(posted=(LATE,)))
    assert days_told(facts, BOOK.stages, PEMILU.election).contradict


def test_what_the_office_saved_had_been_posted() -> None:
    assert readings_of(UploadFacts(captured=(manifest(LATE),))) == (Reading(seen=(LATE,)),)
    assert readings_of(UploadFacts(known=(manifest(LATE),))) == (Reading(seen=(LATE,)),)
    both = UploadFacts(posted=(manifest(EARLY),), captured=(manifest(LATE),))
    assert readings_of(both) == (Reading(posted=(EARLY,)),)
    assert Reading(seen=(EARLY,)).is_before(LATE)
    assert not Reading(seen=(LATE,)).is_before(LATE)


def test_a_day_that_is_only_the_latest_agrees_with_earlier_ones() -> None:
    latest = Moment(LATE, TimeSource.EXIF, note=TimeNote.CHANGED)
    told = days_told(UploadFacts(taken=(manifest(EARLY), latest)), BOOK.stages, PEMILU.election)
    assert (told.hints, told.contradict) == ((), False)
    for firm, other in ((LAST, latest), (EARLY, hint(LATE)), (LAST, hint(LATE))):
        told = days_told(UploadFacts(taken=(manifest(firm), other)), BOOK.stages, PEMILU.election)
        assert [one.moment for one in told.hints] == [other]
    told = days_told(UploadFacts(taken=(manifest(LATE), hint(LATE))), BOOK.stages, PEMILU.election)
    assert told.hints == ()


STAGES_2024 = [
    ("2022-01-01", "bakal-calon"),
    ("2024-09-21", "bakal-calon"),
    ("2024-09-22", "penetapan-calon"),
    ("2024-09-23", "nomor-urut"),
    ("2024-09-24", "nomor-urut"),
    ("2024-09-25", "masa-kampanye"),
    ("2024-11-23", "masa-kampanye"),
    ("2024-11-24", "masa-tenang"),
    ("2024-11-26", "masa-tenang"),
    ("2024-11-27", "pemungutan-suara"),
    ("2024-11-28", "sesudah"),
    ("2030-01-01", "sesudah"),
]


@pytest.mark.parametrize(("day", "stage"), STAGES_2024)
def test_the_stage_of_a_day(day: str, stage: str) -> None:
    (found,) = stage_of(date.fromisoformat(day), BOOK.stages, PEMILU.election)
    assert found.id == stage


@pytest.mark.parametrize("year", YEARS, ids=lambda one: one.rulebook)
def test_a_stage_without_its_day_is_passed_over(year: Year) -> None:
    bare = replace(year.election, campaign_first=(), campaign_last=(), quiet_first=())
    stages = load_rulebook(year.rulebook).stages
    found = [stage_of(bare.voting_day - timedelta(days=n), stages, bare)[0].id for n in (40, 4, 3, 1, 0, -1)]
    assert found == ["nomor-urut", "nomor-urut", "masa-tenang", "masa-tenang", "pemungutan-suara", "sesudah"]
    named = replace(bare, campaign_last=(bare.voting_day - timedelta(days=6),))
    assert stage_of(bare.voting_day - timedelta(days=5), stages, named)[0].id == "masa-tenang"


def test_every_stage_that_a_day_may_fall_into() -> None:
    def between(first: tuple[date, ...], last: tuple[date, ...]) -> list[str]:
        return [stage.id for stage in stages_between(first, last, BOOK.stages, PEMILU.election)]

    assert between((), ()) == [stage.id for stage in BOOK.stages]
    assert between((LATE,), (LATE,)) == ["masa-kampanye"]
    assert between((), (date(2024, 9, 23),)) == ["bakal-calon", "penetapan-calon", "nomor-urut"]
    assert between((date(2024, 11, 27),), ()) == ["pemungutan-suara", "sesudah"]


@given(st.dates(date(2000, 1, 1), date(2040, 1, 1)), st.integers(0, 4000))
def test_later_days_are_in_later_stages(day: date, more: int) -> None:
    first, second = (stage_of(each, BOOK.stages, PEMILU.election)[0] for each in (day, day + timedelta(days=more)))
    assert BOOK.stages.index(first) <= BOOK.stages.index(second)


@pytest.mark.parametrize("text", ["voting_day", "voting_day - 3", "campaign_last + 1", "2024-09-25"])
def test_a_beginning_is_written_as_it_was_read(text: str) -> None:
    written = date.fromisoformat(text) if text[0] == "2" else text
    assert str(Begin.of(written)) == text


@pytest.mark.parametrize("text", ["", "voting", "voting_day + x", "voting_day 3", "voting_day + 10000", "2024-13-01"])
def test_what_is_no_beginning(text: str) -> None:
    with pytest.raises(ValueError, match="expected"):
        Begin.of(text)


def test_types_are_checked_at_birth() -> None:
    for wrong in (
        Begin,
        lambda: Begin((EARLY,), "voting_day"),
        lambda: Begin((EARLY, LATE)),
        lambda: Stage("", "a", "b", (), (SOURCE,)),
        lambda: Stage("a", "a", "b", (), ()),
    ):
        with pytest.raises(ValueError, match="expected"):
            wrong()
