"""Where one can go from every page, by role."""

from dataclasses import dataclass
from typing import Final

from casework.roles import EVERYBODY, Role
from review.language import marked
from review.visit import Visit

REVIEWER, ENROLLER, SUPERVISOR, AUDITOR = Role.REVIEWER, Role.ENROLLER, Role.SUPERVISOR, Role.AUDITOR


@dataclass(frozen=True, slots=True)
class Entry:
    """One way to go.

    Attributes:
        path: the address.
        text: marked.
        roles: who sees it.
        here: one is there already.
    """

    path: str
    text: str
    roles: frozenset[Role]
    here: bool = False


MENU: Final = (
    Entry("/", marked("Ikhtisar"), EVERYBODY),
    Entry("/temuan", marked("Temuan"), frozenset({REVIEWER, SUPERVISOR, AUDITOR})),
    Entry("/tak-terbaca", marked("Tidak terbaca"), frozenset({REVIEWER, SUPERVISOR, AUDITOR})),
    Entry("/tak-ternilai", marked("Tidak dapat dinilai"), frozenset({REVIEWER, SUPERVISOR, AUDITOR})),
    Entry("/pindaian", marked("Pindaian"), frozenset({REVIEWER, SUPERVISOR, AUDITOR})),
    Entry("/perkara", marked("Perkara"), frozenset({SUPERVISOR, AUDITOR})),
    Entry("/mutu", marked("Mutu peninjauan"), frozenset({SUPERVISOR, AUDITOR})),
    Entry("/rujukan", marked("Foto rujukan"), frozenset({ENROLLER, SUPERVISOR, AUDITOR})),
    Entry("/akun", marked("Akun"), frozenset({SUPERVISOR, AUDITOR})),
    Entry("/log", marked("Log audit"), frozenset({SUPERVISOR, AUDITOR})),
)


def menu_of(visit: Visit) -> tuple[Entry, ...]:
    """The entries for whoever is logged in; none for nobody."""
    return tuple(
        Entry(each.path, each.text, each.roles, visit.path == each.path or visit.path.startswith(each.path + "/"))
        for each in MENU
        if visit.has_role(*each.roles)
    )
