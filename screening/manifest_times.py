"""Days and times as people write them into a manifest, with the zones of Indonesia."""

import re
from datetime import UTC, date, datetime, timedelta, timezone, tzinfo
from typing import Final

from netra.zones import Zone
from screening.upload_facts import Moment, TimeSource

EXPECTED: Final = "expected 2024-10-08, 2024-10-08 07:30 WIB or 2024-10-08T07:30:00+07:00"

_FORM: Final = re.compile(
    r"(\d{4})-(\d{1,2})-(\d{1,2})"
    r"(?:(?:[ T]|, ?)(\d{1,2})[:.](\d{2})(?:[:.](\d{2})(?:[.,]\d{1,9})?)?\s*([A-Z]+|[+-][\d:]+)?)?",
    re.ASCII | re.IGNORECASE,
)
_OFFSET: Final = re.compile(r"([+-])(\d{2}):?(\d{2})?", re.ASCII)
_OTHER_ORDER: Final = re.compile(r"\d{1,2}[/.-]\d{1,2}[/.-]\d{2,4}\b.*", re.ASCII | re.DOTALL)
_HIGHEST_OFFSET: Final = timedelta(hours=14)  # Kiribati, UTC+14; the lowest is UTC-12
_ZONES: Final = {**{zone.value: zone.clock for zone in Zone}, "Z": UTC, "UTC": UTC, "GMT": UTC}


def moment_of(written: str, zone: Zone) -> Moment:
    """A day or a time of a manifest.

    Args:
        written: ``2024-10-08``, ``2024-10-08 07:30 WIB``, ``2024-10-08T07:30:00+07:00``; between hours and minutes a
            dot serves too.
        zone: of the day that counts, and of a time that names no zone.

    Raises:
        ValueError: it is none, in words that say what is wrong and what was expected.
    """
    found = _FORM.fullmatch(written)
    if not found:
        if _OTHER_ORDER.fullmatch(written):
            raise ValueError(
                "a date whose day and month could be confused, "
                f"{EXPECTED}; a spreadsheet may have rewritten it: format the column as text"
            )
        raise ValueError(f"no date, {EXPECTED}")
    year, month, day, hour, minute, second, named = found.groups()
    try:
        that_day = date(int(year), int(month), int(day))
    except ValueError as error:
        raise ValueError(f"no day of the calendar ({error}), {EXPECTED}") from None
    try:
        at = () if hour is None else (_at(that_day, int(hour), int(minute), int(second or 0), _zone(named, zone)),)
        local = [zone.day(one) for one in at]
    except OverflowError:
        raise ValueError(f"no day of the calendar in this zone, {EXPECTED}") from None
    return Moment(local[0] if local else that_day, TimeSource.MANIFEST, at)


def _at(day: date, hour: int, minute: int, second: int, clock: tzinfo) -> datetime:
    try:
        return datetime(day.year, day.month, day.day, hour, minute, second, tzinfo=clock)
    except ValueError as error:
        raise ValueError(f"no time of day ({error}), expected 00:00 to 23:59") from None


def _zone(named: str | None, zone: Zone) -> tzinfo:
    if not named:
        return zone.clock
    if named.upper() in _ZONES:
        return _ZONES[named.upper()]
    offset = _OFFSET.fullmatch(named)
    if offset and int(offset[3] or 0) < 60:
        away = timedelta(hours=int(offset[2]), minutes=int(offset[3] or 0))
        if away <= _HIGHEST_OFFSET:
            return timezone(-away if offset[1] == "-" else away)
    raise ValueError("an impossible time zone, expected WIB, WITA, WIT, Z or an offset such as +07:00")
