"""Times as the tables have them."""

from datetime import UTC, datetime


def now() -> str:
    """This moment, ISO 8601 in UTC with microseconds and ``Z``: sorts as text."""
    return stamp(datetime.now(UTC))


def stamp(at: datetime) -> str:
    """A moment as the tables have it.

    Args:
        at: with its zone.
    """
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def moment(text: str) -> datetime:
    """What ``stamp`` wrote."""
    return datetime.strptime(text, "%Y-%m-%dT%H:%M:%S.%fZ").replace(tzinfo=UTC)
