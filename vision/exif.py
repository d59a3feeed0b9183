"""What a photo's EXIF block says of when and with what it was made: as it stands there, nothing believed yet.

Tags and formats: Exif 3.0 (CIPA DC-008-2023), sections 4.6.4 to 4.6.7. Anybody can write anything into them, so every
value may have any type and any content; what is not of the expected form is left out or comes back as text only. The
place where a photo was taken, serial numbers, names and comments are never read.
"""

import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from datetime import datetime, timedelta, timezone
from typing import Final, Self

MAKE, MODEL, SOFTWARE, CHANGED = 0x010F, 0x0110, 0x0131, 0x0132
EXIF_IFD, GPS_IFD = 0x8769, 0x8825
ORIGINAL, DIGITISED = 0x9003, 0x9004
CHANGED_ZONE, ORIGINAL_ZONE, DIGITISED_ZONE = 0x9010, 0x9011, 0x9012
GPS_TIME, GPS_DATE = 0x0007, 0x001D

LONGEST: Final = 80
"""Letters of a value that are kept; a date has 19, names of cameras and programs some 40."""

_TIME: Final = re.compile(r"(\d{4})[:/.-](\d{2})[:/.-](\d{2})[ T](\d{2}):(\d{2}):(\d{2})", re.ASCII)
_ZONE: Final = re.compile(r"([+-])(\d{2}):?(\d{2})", re.ASCII)
_HIGHEST_OFFSET: Final = timedelta(hours=14)
_BLANK: Final = re.compile(r"[\s:]*")  # how the standard writes an unknown time; zeros, as many devices do, are told

EDITORS: Final = (
    "photoshop",
    "lightroom",
    "gimp",
    "snapseed",
    "picsart",
    "canva",
    "capcut",
    "vsco",
    "meitu",
    "beautyplus",
    "inshot",
    "instagram",
    "facebook",
    "whatsapp",
    "photoscape",
    "photodirector",
    "photoroom",
    "pixelcut",
    "pixlr",
    "polarr",
    "affinity",
    "paint.net",
    "acdsee",
    "coreldraw",
    "faceapp",
    "remini",
    "lensa",
    "imagemagick",
)
"""Programs that change or make pictures, in small letters, as they name themselves in ``Software``. Not complete: that
a program is not here says nothing."""


@dataclass(frozen=True, slots=True)
class ExifFacts:
    """Dates, camera and program as they stand in the file, in letters that can be seen; empty where there is none.

    Attributes:
        original: ``DateTimeOriginal``, when the picture was taken by the camera's clock: ``2024:10:08 07:30:11``.
        digitised: ``DateTimeDigitized``, when it became digital; of a scanned print that is later.
        changed: ``DateTime``, when the file was last changed.
        original_zone, digitised_zone, changed_zone: ``OffsetTime...`` of the three: ``+07:00``.
        gps: date and time of the satellites, UTC, in the same form.
        make, model: of the camera.
        software: the program that wrote the file last; of a camera its own version.
    """

    original: str = ""
    digitised: str = ""
    changed: str = ""
    original_zone: str = ""
    digitised_zone: str = ""
    changed_zone: str = ""
    gps: str = ""
    make: str = ""
    model: str = ""
    software: str = ""

    @property
    def camera(self) -> str:
        """Make and model in one, or empty."""
        if not self.make:
            return self.model
        repeated = self.model.casefold().startswith(self.make.casefold())
        return self.model if self.model and repeated else f"{self.make} {self.model}".strip()

    @property
    def editor(self) -> str:
        """The program, where it is one that changes or makes pictures; else empty."""
        return self.software if self.software and any(name in self.software.casefold() for name in EDITORS) else ""

    def to_dict(self) -> dict[str, str]:
        """What is there, for keeping."""
        return {name: value for name, value in asdict(self).items() if value}

    @classmethod
    def from_dict(cls, written: Mapping[str, str]) -> Self:
        """What ``to_dict`` wrote; other keys are left alone."""
        return cls(**{each.name: str(written[each.name]) for each in fields(cls) if each.name in written})


NO_EXIF: Final = ExifFacts()


def exif_facts(main: Mapping[int, object], exif: Mapping[int, object], gps: Mapping[int, object]) -> ExifFacts:
    """What three directories of tags say, whatever is in them.

    Args:
        main: IFD0.
        exif: the Exif IFD.
        gps: the GPS IFD.
    """
    return ExifFacts(
        original=_date(exif.get(ORIGINAL)),
        digitised=_date(exif.get(DIGITISED)),
        changed=_date(main.get(CHANGED)),
        original_zone=_text(exif.get(ORIGINAL_ZONE)),
        digitised_zone=_text(exif.get(DIGITISED_ZONE)),
        changed_zone=_text(exif.get(CHANGED_ZONE)),
        gps=_gps(gps.get(GPS_DATE), gps.get(GPS_TIME)),
        make=_text(main.get(MAKE)),
        model=_text(main.get(MODEL)),
        software=_text(main.get(SOFTWARE)),
    )


def parsed_time(written: str) -> tuple[datetime, ...]:
    """A time of EXIF without its zone, or nothing where it is none: ``0000:00:00 00:00:00``, a 31st of June, a word."""
    found = _TIME.fullmatch(written)
    if not found:
        return ()
    try:
        return (datetime(*map(int, found.groups())),)  # type: ignore[arg-type]  # noqa: DTZ001 - six numbers; no zone
    except ValueError:
        return ()


def parsed_zone(written: str) -> tuple[timezone, ...]:
    """An offset of EXIF, or nothing where it is none."""
    found = _ZONE.fullmatch(written)
    if not found or int(found[3]) >= 60:
        return ()
    offset = timedelta(hours=int(found[2]), minutes=int(found[3]))
    return (timezone(-offset if found[1] == "-" else offset),) if offset <= _HIGHEST_OFFSET else ()


def _date(value: object) -> str:
    text = _text(value)
    return "" if _BLANK.fullmatch(text) else text


def _text(value: object) -> str:
    if isinstance(value, bytes):
        value = value.decode("latin-1")
    if not isinstance(value, str):
        return ""
    return "".join(letter for letter in value.partition("\0")[0] if letter.isprintable()).strip()[:LONGEST]


def _gps(day: object, time: object) -> str:
    """Both in one text; empty where either is missing, whatever else they are where they are no date."""
    date = _text(day)
    if not date or not isinstance(time, tuple) or len(time) != 3:
        return ""
    try:
        hour, minute, second = (int(part) for part in time)
    except (TypeError, ValueError, ArithmeticError):
        return ""
    return f"{date} {hour:02d}:{minute:02d}:{second:02d}"[:LONGEST]
