"""The zones of Indonesia: which day it is where."""

from datetime import UTC, date, datetime

import pytest

from netra.zones import Zone


@pytest.mark.parametrize(
    ("zone", "hour", "expected"),
    [
        (Zone.WIB, 16, date(2024, 9, 22)),
        (Zone.WIB, 17, date(2024, 9, 23)),
        (Zone.WITA, 15, date(2024, 9, 22)),
        (Zone.WITA, 16, date(2024, 9, 23)),
        (Zone.WIT, 14, date(2024, 9, 22)),
        (Zone.WIT, 15, date(2024, 9, 23)),
    ],
)
def test_the_day_begins_earlier_in_the_east(zone: Zone, hour: int, expected: date) -> None:
    assert zone.day(datetime(2024, 9, 22, hour, tzinfo=UTC)) == expected


def test_a_time_needs_its_zone() -> None:
    with pytest.raises(ValueError, match="expected a time with its zone"):
        Zone.WIB.day(datetime(2024, 9, 22, 12))  # noqa: DTZ001 - that is what is refused


def test_a_clock_is_called_by_its_zone() -> None:
    assert datetime(2024, 1, 1, tzinfo=Zone.WITA.clock).strftime("%z %Z") == "+0800 WITA"
