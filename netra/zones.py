"""The three time zones of Indonesia. Which day something happened depends on the zone of the office that asks."""

from datetime import date, datetime, timedelta, timezone
from enum import StrEnum


class Zone(StrEnum):
    """WIB, WITA or WIT (Keputusan Presiden 41/1987); none of them has summer time."""

    WIB = "WIB"
    WITA = "WITA"
    WIT = "WIT"

    @property
    def clock(self) -> timezone:
        """UTC+7, UTC+8 or UTC+9, by its name."""
        return _CLOCKS[self]

    def day(self, at: datetime) -> date:
        """The calendar day in this zone.

        Args:
            at: with its own zone.

        Raises:
            ValueError: it has none.
        """
        if at.tzinfo is None:
            raise ValueError(f"at: expected a time with its zone, got {at}")
        return at.astimezone(self.clock).date()


_CLOCKS = {zone: timezone(timedelta(hours=7 + east), zone.value) for east, zone in enumerate(Zone)}
