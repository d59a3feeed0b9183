"""Who may do what with the review page: one role for each account, so that nobody checks their own work."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final


class Role(StrEnum):
    """What an account is for.

    A reviewer looks and decides. An enroller keeps the candidates' reference photos. A supervisor keeps accounts,
    cases and settings and sees how reviewers agree, but decides nothing. An auditor reads everything, changes nothing.
    """

    REVIEWER = "reviewer"
    ENROLLER = "enroller"
    SUPERVISOR = "supervisor"
    AUDITOR = "auditor"


EVERYBODY: Final = frozenset(Role)


@dataclass(frozen=True, slots=True)
class Account:
    """Somebody who can log in.

    Attributes:
        id: number.
        name: as typed at the login; the actor of the audit log.
        full_name: as shown; may be empty.
        role: what the account is for.
        must_change: the password was given by somebody else and has to be changed first.
        active: may log in.
        locked_until: ISO 8601 in UTC, or empty.
        made_at, made_by: when, and by whom.
    """

    id: int
    name: str
    full_name: str
    role: Role
    must_change: bool
    active: bool
    locked_until: str
    made_at: str
    made_by: str

    @property
    def called(self) -> str:
        """What people call them."""
        return self.full_name or self.name
