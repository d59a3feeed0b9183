"""Last days of a case: by hand, by property, and how a list of holidays is read."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casework.deadlines import (
    NO_HOLIDAYS,
    TERMS,
    DayCount,
    Deadline,
    ElectionKind,
    Holidays,
    Start,
    deadlines,
    is_working_day,
    last_day,
    read_holidays,
)
from netra.errors import UsageError
from netra.zones import Zone

FRIDAY = date(2024, 10, 18)
DAYS = st.dates(date(2015, 1, 1), date(2040, 12, 31))
COUNTS = st.sampled_from(DayCount)
LISTS = st.frozensets(st.dates(date(2015, 1, 1), date(2041, 12, 31)), max_size=60).map(Holidays)


def by_key(kind: ElectionKind, *days: date, holidays: Holidays = NO_HOLIDAYS) -> dict[str, Deadline]:
    return {one.term.key: one for one in deadlines(kind, days[0], days[1:], holidays)}


def test_a_general_election() -> None:
    found = by_key(ElectionKind.GENERAL, FRIDAY, date(2024, 10, 23))
    assert found["set-finding"].day == date(2024, 10, 25)
    assert found["report"].day == date(2024, 10, 29), "21, 22, 23, 24, 25, 28, 29: seven working days"
    assert found["act"].day == date(2024, 10, 30)
    assert found["act-with-more"].day == date(2024, 11, 12)
    assert not any(one.assumed or one.secondary for one in found.values())


def test_a_local_election() -> None:
    found = by_key(ElectionKind.LOCAL, FRIDAY, date(2024, 10, 21))
    assert {key: one.day.day for key, one in found.items()} == {"report": 25, "act": 24, "act-with-more": 26}
    assert all(one.secondary for one in found.values()), "later changes of the law were not read"


def test_without_a_day_of_registration_the_last_day_for_a_report_is_taken_and_said() -> None:
    found = by_key(ElectionKind.LOCAL, FRIDAY)
    assert found["act"].start == found["report"].day
    assert [one.assumed for one in found.values()] == [False, True, True]


def test_holidays_are_no_working_days() -> None:
    holidays = Holidays(frozenset({date(2024, 10, 21), date(2024, 10, 26)}), "libur.txt")
    assert by_key(ElectionKind.GENERAL, FRIDAY, holidays=holidays)["report"].day == date(2024, 10, 30)
    assert by_key(ElectionKind.LOCAL, FRIDAY, holidays=holidays)["report"].day == date(2024, 10, 25)


def test_a_list_that_knows_nothing_of_a_year_is_said_to() -> None:
    holidays = Holidays(frozenset({date(2024, 12, 25)}))
    found = by_key(ElectionKind.GENERAL, date(2024, 12, 23), holidays=holidays)
    assert found["report"].years_without_holidays == (2025,)
    assert found["set-finding"].years_without_holidays == (), "calendar days need no list"


def test_registered_before_it_was_known_cannot_be() -> None:
    with pytest.raises(ValueError, match="registered_on: expected 2024-10-18 or later"):
        deadlines(ElectionKind.LOCAL, FRIDAY, (date(2024, 10, 17),))


def test_every_term_says_where_it_is_written_and_that_it_is_to_be_checked() -> None:
    for kind in ElectionKind:
        for one in deadlines(kind, FRIDAY):
            told = one.to_dict()
            assert "Pasal" in str(told["source"])
            assert str(told["address"]).startswith("https://")
            assert "periksa kembali" in str(told["check_again_id"])
            assert told["note"]


def test_the_last_day_ends_at_midnight_of_the_offices_zone() -> None:
    one = by_key(ElectionKind.LOCAL, FRIDAY)["report"]
    assert one.ends_at(Zone.WIB).astimezone(UTC) == datetime(2024, 10, 25, 17, tzinfo=UTC)
    assert one.ends_at(Zone.WIT).astimezone(UTC) == datetime(2024, 10, 25, 15, tzinfo=UTC)
    still_there = datetime(2024, 10, 25, 15, 30, tzinfo=UTC)
    assert [one.days_left(still_there, zone) for zone in (Zone.WIB, Zone.WITA, Zone.WIT)] == [0, 0, -1]


@given(DAYS, st.integers(1, 40), COUNTS, LISTS)
def test_the_last_day_has_exactly_so_many_days_before_it(
    start: date, days: int, count: DayCount, holidays: Holidays
) -> None:
    last = last_day(start, days, count, holidays)
    between = [start + timedelta(days=n) for n in range(1, (last - start).days + 1)]
    counted = between if count is DayCount.CALENDAR else [day for day in between if is_working_day(day, holidays)]
    assert len(counted) == days
    assert counted[-1] == last


@given(DAYS, st.integers(1, 30), COUNTS, LISTS, st.dates(date(2015, 1, 1), date(2041, 12, 31)))
def test_more_days_a_later_start_and_more_holidays_never_end_earlier(
    start: date, days: int, count: DayCount, holidays: Holidays, another: date
) -> None:
    last = last_day(start, days, count, holidays)
    assert last_day(start, days + 1, count, holidays) > last
    assert last_day(start + timedelta(days=1), days, count, holidays) >= last
    assert last_day(start, days, count, Holidays(holidays.days | {another})) >= last


@given(DAYS, st.integers(1, 40), LISTS)
def test_calendar_days_are_the_careful_reading(start: date, days: int, holidays: Holidays) -> None:
    assert last_day(start, days, DayCount.CALENDAR) <= last_day(start, days, DayCount.WORKING, holidays)


@given(DAYS, st.integers(0, 20), LISTS, st.sampled_from(ElectionKind))
def test_registering_in_time_never_ends_later_than_what_is_assumed(
    known: date, later: int, holidays: Holidays, kind: ElectionKind
) -> None:
    assumed = by_key(kind, known, holidays=holidays)
    registered = min(known + timedelta(days=later), assumed["report"].day)
    exact = by_key(kind, known, registered, holidays=holidays)
    for key, one in exact.items():
        assert one.day <= assumed[key].day
        if one.term.start is Start.KNOWN:
            assert one == assumed[key]


def test_no_days_are_no_term() -> None:
    with pytest.raises(ValueError, match="at least 1"):
        last_day(FRIDAY, 0, DayCount.WORKING)
    assert all(term.days >= 1 for terms in TERMS.values() for term in terms)


def test_a_list_of_holidays(tmp_path: Path) -> None:
    path = tmp_path / "libur.txt"
    path.write_text("\ufeff# Libur kantor\n\n2024-12-25 Natal\n2024-12-26, Cuti bersama\n2025-01-01\n", "utf-8")
    assert read_holidays(path).days == {date(2024, 12, 25), date(2024, 12, 26), date(2025, 1, 1)}
    assert read_holidays(path).lacks((2024, 2025, 2026)) == (2026,)


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (b"2024-12-25\n25/12/2024 Natal\n2024-02-30\n", ["libur.txt:2: ", "libur.txt:3: "]),
        (b"\xff\xfe2\x000\x00", ["expected a text file in UTF-8"]),
        (b"#" * ((1 << 20) + 1), ["1 MiB at most"]),
    ],
)
def test_a_list_that_is_none(tmp_path: Path, data: bytes, expected: list[str]) -> None:
    path = tmp_path / "libur.txt"
    path.write_bytes(data)
    with pytest.raises(UsageError) as told:
        read_holidays(path)
    lines = str(told.value).split("\n")
    assert len(lines) == len(expected)
    assert all(part in line for part, line in zip(expected, lines, strict=True))


def test_a_list_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"tidak-ada\.txt: the list of holidays cannot be read"):
        read_holidays(tmp_path / "tidak-ada.txt")
