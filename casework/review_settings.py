"""What a supervisor sets for all reviewers: how many first looks are planted, how many findings get a second look."""

from dataclasses import asdict, dataclass
from typing import Final

from sqlalchemy import Connection, delete, insert, select

from casework.audit import Action, AuditLog
from casework.tables import about
from netra.errors import UsageError

MOST_CONTROLS: Final = 0.5
"""More planted looks than real ones would be work for its own sake."""

_ROW: Final = "review:"


@dataclass(frozen=True, slots=True)
class ReviewSettings:
    """Shares, 0 to 1.

    Attributes:
        control_share: of the first looks that the page hands out, how many are planted; at most 0.5.
        second_share: of the findings whose first reviewer did not confirm, how many another reviewer looks at too.
            Confirmed ones are always looked at by two.
    """

    control_share: float = 0.05
    second_share: float = 0.2

    def __post_init__(self) -> None:
        if not 0 <= self.control_share <= MOST_CONTROLS:
            raise ValueError(f"control_share: expected 0 to {MOST_CONTROLS}, got {self.control_share}")
        if not 0 <= self.second_share <= 1:
            raise ValueError(f"second_share: expected 0 to 1, got {self.second_share}")


def settings_of(connection: Connection) -> ReviewSettings:
    """The shares of this database; what was never set is as the class says."""
    names = {_ROW + name: name for name in asdict(ReviewSettings())}
    rows = connection.execute(select(about).where(about.c.name.in_(list(names))))
    return ReviewSettings(**{names[row.name]: float(row.value) for row in rows})


def set_settings(
    connection: Connection, log: AuditLog, actor: str, *, control_share: float, second_share: float
) -> ReviewSettings:
    """Change the shares, with an entry of the log that says what they were; they hold for what is decided from now on.

    Args:
        connection: may write.
        log: of the same transaction.
        actor: who changes them.
        control_share: as in ``ReviewSettings``.
        second_share: likewise.

    Raises:
        UsageError: one is out of its range.
    """
    try:
        wanted = ReviewSettings(control_share, second_share)
    except ValueError as error:
        raise UsageError(str(error)) from error
    before = settings_of(connection)
    values = asdict(wanted)
    connection.execute(delete(about).where(about.c.name.in_([_ROW + name for name in values])))
    connection.execute(insert(about), [{"name": _ROW + name, "value": repr(value)} for name, value in values.items()])
    log.append(actor, Action.SETTING_SET, "setting:review", "", {"before": asdict(before), "after": values})
    return wanted
