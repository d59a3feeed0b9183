"""Dates in the names of files: weak hints, told and never deciding, since anybody can rename a file.

Apps name files by rules of their own. What such a date means differs: a camera names by the moment it took the
picture, a messenger by the day the picture was sent or received, a screenshot by the moment it was made. Some names
are shared: ``IMG_20240925_081502`` is a camera's, and Instagram's and Telegram's for what they save. A name that fits
no rule says nothing, however much it looks like a date, and so does an impossible date.
"""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Final

from netra.zones import Zone
from screening.upload_facts import EARLIEST, Moment, TimeKind, TimeNote, TimeSource

_DAY: Final = r"(?P<y>\d{4})-?(?P<m>\d{2})-?(?P<d>\d{2})"
_TIME: Final = r"(?P<H>\d{2})(?P<M>\d{2})(?P<S>\d{2})"
# Whatever stands between hours, minutes and seconds; macOS writes a narrow space before AM and PM.
_ANY_TIME: Final = r"(?P<H>\d{1,2})[-_.:]?(?P<M>\d{2})[-_.:]?(?P<S>\d{2})(?:[ \u202f]?(?P<half>[AP]M))?"
_END: Final = r"(?!\d).*"  # "(1)", "~2", "_HDR", an app's name; but a longer number is another number
_SCREENSHOT: Final = r"(?:screen[ _-]?shot|tangkapan[ _-]layar|cuplikan[ _-]layar)"


@dataclass(frozen=True, slots=True)
class _Rule:
    """How one family of programs names its files.

    Attributes:
        form: of the whole name without its ending.
        kind: which of the four times it tells.
        note: what has to be known of it.
        in_utc: its clock is UTC and not the telephone's.
    """

    form: re.Pattern[str]
    kind: TimeKind = TimeKind.TAKEN
    note: TimeNote = TimeNote.ZONE_ASSUMED
    in_utc: bool = False


def _form(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.ASCII | re.IGNORECASE | re.DOTALL)


_RULES: Final = (
    # WhatsApp on telephones: IMG-20241006-WA0003.
    _Rule(_form(rf"(?:IMG|VID|STK)-{_DAY}-WA\d+{_END}"), note=TimeNote.SENT),
    # WhatsApp on computers: "WhatsApp Image 2024-10-06 at 07.30.11", "Gambar WhatsApp 2024-10-06 pukul 07.30.11_5d2c".
    _Rule(
        _form(rf"(?:WhatsApp Image|Gambar WhatsApp) {_DAY} (?:at|pukul) {_ANY_TIME}{_END}"),
        note=TimeNote.SENT,
    ),
    # Telegram and Signal on computers: photo_2024-10-06_07-30-11, signal-2024-10-06-073011.
    _Rule(_form(rf"(?:photo_|signal-){_DAY}[-_]{_ANY_TIME}{_END}"), note=TimeNote.SENT),
    # Telephones (Screenshot_20241008-120000, with an app's name after it), Windows, macOS and GNOME.
    _Rule(
        _form(rf"{_SCREENSHOT}[ _-](?:from |dari )?{_DAY}(?:[ _-](?:at |pukul )?{_ANY_TIME})?{_END}"),
        kind=TimeKind.CAPTURED,
    ),
    # Google's Pixel, in UTC and with milliseconds: PXL_20241002_034501123.
    _Rule(_form(rf"PXL_{_DAY}_{_TIME}\d{{3}}{_END}"), note=TimeNote.NAMED_IN_UTC, in_utc=True),
    # Most other telephones: IMG_20240925_081502, IMG20240925081502, 20241002_104501, P_20241002_104501; and Dropbox:
    # "2024-10-02 10.45.01".
    _Rule(_form(rf"(?:(?:MV)?IMG_?|P_)?{_DAY}_?{_TIME}(?:\d{{3}})?{_END}")),
    _Rule(_form(rf"{_DAY} {_ANY_TIME}{_END}")),
    # Editors that save under the moment of saving: InShot_20241006_073011123.
    _Rule(_form(rf"(?:InShot|Picsart|CapCut|Snapseed)_{_DAY}_{_TIME}(?:\d{{3}})?{_END}"), note=TimeNote.SAVED),
    # Facebook, WeChat and many others: milliseconds, or after a name seconds, since 1970; with a 1 in front, from 2001
    # to 2033, since a telephone number may have as many digits.
    _Rule(_form(rf"(?:FB_IMG_|mmexport|IMG_|instagram[-_]|telegram[-_])?(?P<ms>1\d{{12}}){_END}"), note=TimeNote.SAVED),
    _Rule(_form(rf"(?:FB_IMG_|mmexport|instagram[-_]|telegram[-_])(?P<s>1\d{{9}}){_END}"), note=TimeNote.SAVED),
)


def dates_in_name(name: str, zone: Zone) -> tuple[tuple[TimeKind, Moment], ...]:
    """What the name of a file says of its times: one statement, or none.

    Args:
        name: of the file alone or its whole path, parted by slashes.
        zone: of the telephone that named it; nobody knows it, so that of the office.
    """
    stem = re.split(r"[/\\]", name)[-1].rpartition(".")
    text = stem[0] or stem[2]
    for rule in _RULES:
        if found := rule.form.fullmatch(text):
            return tuple((rule.kind, moment) for moment in _moment(rule, found.groupdict(), zone))
    return ()


def _moment(rule: _Rule, parts: dict[str, str | None], zone: Zone) -> tuple[Moment, ...]:
    try:
        if seconds := parts.get("s") or (parts.get("ms") or "")[:-3]:
            at = datetime.fromtimestamp(int(seconds), UTC)
        else:
            day = date(*(int(parts[key] or "") for key in "ymd"))
            if parts.get("H") is None:
                return (Moment(day, TimeSource.FILE_NAME, note=_note_of_day(rule)),) if day >= EARLIEST else ()
            hour, minute, second = _time(parts)
            at = datetime(day.year, day.month, day.day, hour, minute, second, tzinfo=UTC if rule.in_utc else zone.clock)
        local = zone.day(at)
    except (ValueError, OverflowError, OSError):
        return ()
    return (Moment(local, TimeSource.FILE_NAME, (at,), rule.note),) if local >= EARLIEST else ()


def _note_of_day(rule: _Rule) -> str:
    return "" if rule.note is TimeNote.ZONE_ASSUMED else rule.note


def _time(parts: dict[str, str | None]) -> tuple[int, int, int]:
    hour, minute, second = (int(parts[key] or "") for key in "HMS")
    half = (parts.get("half") or "").upper()
    if half and not 1 <= hour <= 12:
        raise ValueError(f"hour: expected 1 to 12 before {half}, got {hour}")
    return (hour % 12 + (12 if half == "PM" else 0) if half else hour), minute, second
