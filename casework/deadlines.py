"""By which day a case must have been reported and acted on, counted from the day the office learned of it.

Pure: same days in, same days out. Each day is told with the sentence of the law it comes from, and each is to be
checked again before anybody relies on it: laws change, and what counts as a day is read differently.

What is counted how:

- The day something becomes known or is registered is day 0; the next day that counts is day 1.
- "hari kerja" are days without Saturdays, Sundays and the days on the office's list. Where a law says only "hari",
  calendar days are counted: they end earlier, so whoever keeps them is never late under the other reading.
- A last day is never moved because it is a Sunday or a holiday: no source says that it is.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from pathlib import Path
from typing import Final

from netra.errors import UsageError
from netra.zones import Zone
from screening.sources import Source

CHECK_AGAIN_ID: Final = "periksa kembali pada peraturan yang berlaku hari ini"
CHECK_AGAIN_EN: Final = "check again in the rules in force today"

_SATURDAY: Final = 5
_MAX_HOLIDAY_BYTES: Final = 1 << 20  # the holidays of a thousand years


class ElectionKind(StrEnum):
    """Which law's clock runs: Pemilu (general election) or Pemilihan (Pilkada, local election)."""

    GENERAL = "pemilu"
    LOCAL = "pilkada"


class DayCount(StrEnum):
    """Which days count."""

    WORKING = "working"
    CALENDAR = "calendar"


class Start(StrEnum):
    """What sets a clock going."""

    KNOWN = "known"
    REGISTERED = "registered"


_UU_7_2017 = "UU 7/2017 tentang Pemilihan Umum, Pasal 454"
_COPY_UU = "https://online.flipbuilder.com/cmvf/wgnv/files/basic-html/page312.html"
_PERPPU_1_2014 = "Perppu 1/2014 tentang Pemilihan Gubernur, Bupati, dan Wali Kota, Pasal 134"
_COPY_PERPPU = "https://id.wikisource.org/wiki/Halaman:Perpu_1_2014.pdf/93"
_SCAN = (
    "dibaca dari pindaian naskah undang-undang, bukan dari Lembaran Negara; Perppu 1/2022 dan UU 7/2023 belum diperiksa"
)
_BASE_TEXT = "naskah dasar 2014; UU 1/2015, UU 8/2015, UU 10/2016 dan perubahan sesudahnya belum diperiksa"


def _general(verse: int) -> Source:
    return Source(f"uu-7-2017-454-{verse}", f"{_UU_7_2017} ayat ({verse})", _COPY_UU, False, _SCAN)


def _local(verse: str) -> Source:
    return Source(f"perppu-1-2014-134-{verse}", f"{_PERPPU_1_2014} ayat ({verse})", _COPY_PERPPU, True, _BASE_TEXT)


@dataclass(frozen=True, slots=True)
class Term:
    """One sentence of a law that gives so many days for something.

    Attributes:
        key: how it is called in results.
        days: how many, at least 1.
        count: which days count.
        start: what sets the clock going.
        text_id, text_en: what is to be done by then.
        source: where that is written; ``secondary`` where not the rule in force itself was read.
    """

    key: str
    days: int
    count: DayCount
    start: Start
    text_id: str
    text_en: str
    source: Source

    def __post_init__(self) -> None:
        if self.days < 1:
            raise ValueError(f"days: expected at least 1, got {self.days}")


TERMS: Final[dict[ElectionKind, tuple[Term, ...]]] = {
    ElectionKind.GENERAL: (
        Term(
            "set-finding",
            7,
            DayCount.CALENDAR,
            Start.KNOWN,
            "hasil pengawasan ditetapkan sebagai temuan",
            "what oversight saw is set down as a finding",
            _general(5),
        ),
        Term(
            "report",
            7,
            DayCount.WORKING,
            Start.KNOWN,
            "laporan disampaikan dan diregistrasi",
            "the report is handed in and registered",
            _general(6),
        ),
        Term(
            "act",
            7,
            DayCount.CALENDAR,
            Start.REGISTERED,
            "temuan atau laporan yang telah dikaji ditindaklanjuti",
            "a finding or report that was studied is acted on",
            _general(7),
        ),
        Term(
            "act-with-more",
            14,
            DayCount.WORKING,
            Start.REGISTERED,
            "keterangan tambahan dan kajian selesai, bila keterangan tambahan diperlukan",
            "further information and study are complete, where further information is needed",
            _general(8),
        ),
    ),
    ElectionKind.LOCAL: (
        Term(
            "report",
            7,
            DayCount.CALENDAR,
            Start.KNOWN,
            "laporan disampaikan",
            "the report is handed in",
            _local("4"),
        ),
        Term(
            "act",
            3,
            DayCount.CALENDAR,
            Start.REGISTERED,
            "laporan yang telah dikaji ditindaklanjuti",
            "a report that was studied is acted on",
            _local("5"),
        ),
        Term(
            "act-with-more",
            5,
            DayCount.CALENDAR,
            Start.REGISTERED,
            "laporan ditindaklanjuti, bila keterangan tambahan diperlukan (3 hari ditambah 2 hari)",
            "a report is acted on where further information is needed (3 days and 2 more)",
            _local("5) dan (6"),
        ),
    ),
}
"""Read in copies of the laws' own texts (see each source); what regulations of Bawaslu add was not read."""


@dataclass(frozen=True, slots=True)
class Holidays:
    """Days on which the office does not work, besides Saturdays and Sundays: public holidays and joint leave.

    Attributes:
        days: those days.
        origin: the file they are from; empty where no list was given.
    """

    days: frozenset[date] = frozenset()
    origin: str = ""

    def lacks(self, years: Iterable[int]) -> tuple[int, ...]:
        """The years of which the list names no day at all, so that it was hardly made for them."""
        listed = {day.year for day in self.days}
        return tuple(sorted(set(years) - listed))


@dataclass(frozen=True, slots=True)
class Deadline:
    """A last day, and what it rests on.

    Attributes:
        term: what is to be done, how it is counted, and where that is written.
        start: the day counted from.
        day: the last day.
        assumed: the day of registration is not known: it is counted from the last day for a report.
        years_without_holidays: years in between of which the office's list names no day.
    """

    term: Term
    start: date
    day: date
    assumed: bool = False
    years_without_holidays: tuple[int, ...] = ()

    @property
    def secondary(self) -> bool:
        """Whether it rests on something else than the text in force."""
        return self.term.source.secondary

    def ends_at(self, zone: Zone) -> datetime:
        """The first moment that is too late: midnight after the last day, in the office's zone."""
        return datetime.combine(self.day + timedelta(days=1), time(), zone.clock)

    def days_left(self, now: datetime, zone: Zone) -> int:
        """Calendar days from the office's today to the last day: 0 on that day, negative when it is over."""
        return (self.day - zone.day(now)).days

    def to_dict(self) -> dict[str, object]:
        """For exports; days as ISO 8601."""
        source = self.term.source
        return {
            "key": self.term.key,
            "day": self.day.isoformat(),
            "start": self.start.isoformat(),
            "start_is": self.term.start.value,
            "assumed": self.assumed,
            "days": self.term.days,
            "count": self.term.count.value,
            "text_id": self.term.text_id,
            "text_en": self.term.text_en,
            "source": source.title,
            "address": source.address,
            "secondary": source.secondary,
            "note": source.note,
            "check_again_id": CHECK_AGAIN_ID,
            "check_again_en": CHECK_AGAIN_EN,
            "years_without_holidays": list(self.years_without_holidays),
        }


NO_HOLIDAYS: Final = Holidays()


def is_working_day(day: date, holidays: Holidays = NO_HOLIDAYS) -> bool:
    """Whether the office works on that day."""
    return day.weekday() < _SATURDAY and day not in holidays.days


def last_day(start: date, days: int, count: DayCount, holidays: Holidays = NO_HOLIDAYS) -> date:
    """The day on which so many days after ``start`` are over.

    Args:
        start: day 0.
        days: how many, at least 1.
        count: which days count.
        holidays: those that do not, of working days.

    Raises:
        ValueError: fewer than 1 day.
        OverflowError: the calendar ends before.
    """
    if days < 1:
        raise ValueError(f"days: expected at least 1, got {days}")
    if count is DayCount.CALENDAR:
        return start + timedelta(days=days)
    day, left = start, days
    while left:
        day += timedelta(days=1)
        left -= is_working_day(day, holidays)
    return day


def deadlines(
    kind: ElectionKind, known_on: date, registered_on: tuple[date, ...] = (), holidays: Holidays = NO_HOLIDAYS
) -> tuple[Deadline, ...]:
    """Every last day of a case, in the order of the law.

    Args:
        kind: which law's clock runs.
        known_on: the day the office learned of it.
        registered_on: the day the finding or report was registered, where it was; not before ``known_on``.
        holidays: of the office.

    Raises:
        ValueError: it was registered before it was known.
    """
    if any(day < known_on for day in registered_on):
        raise ValueError(f"registered_on: expected {known_on} or later, got {registered_on[0]}")
    terms = TERMS[kind]
    reported = next(term for term in terms if term.key == "report")
    latest_report = last_day(known_on, reported.days, reported.count, holidays)
    found = []
    for term in terms:
        after_registering = term.start is Start.REGISTERED
        start = (registered_on[0] if registered_on else latest_report) if after_registering else known_on
        day = last_day(start, term.days, term.count, holidays)
        years = range(start.year, day.year + 1) if term.count is DayCount.WORKING else ()
        found.append(Deadline(term, start, day, after_registering and not registered_on, holidays.lacks(years)))
    return tuple(found)


def read_holidays(path: Path) -> Holidays:
    """An office's list: one day a line as ``YYYY-MM-DD``, then what it is; empty lines and ``#`` lines do not count.

    Raises:
        UsageError: the file cannot be read, or one line for each line that is no day.
    """
    try:
        with path.open("rb") as file:
            data = file.read(_MAX_HOLIDAY_BYTES + 1)
        lines = data.decode("utf-8-sig").splitlines()
    except OSError as error:
        raise UsageError(
            f"{path}: the list of holidays cannot be read ({error.strerror}); name an existing text file"
        ) from error
    except UnicodeDecodeError as error:
        raise UsageError(f"{path}: expected a text file in UTF-8 with one day a line, got something else") from error
    if len(data) > _MAX_HOLIDAY_BYTES:
        raise UsageError(f"{path}: expected a list of holidays of 1 MiB at most, got a larger file")
    days, problems = set(), []
    for number, line in enumerate(lines, 1):
        word = line.replace(",", " ").replace(";", " ").split()[:1]
        if not word or word[0].startswith("#"):
            continue
        try:
            days.add(date.fromisoformat(word[0]))
        except ValueError:
            problems.append(f"{path}:{number}: expected a day as 2026-08-17 at the start of the line, got {word[0]!r}")
    if problems:
        raise UsageError("\n".join(problems))
    return Holidays(frozenset(days), str(path))
