"""The list's filter as fields of an address or a form, so that it can be kept as a bookmark and carried along.

/temuan?giliran=menunggu&kekuatan=kuat&dari=2024-10-01
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from types import MappingProxyType
from typing import Final

from casework.queries import Filter
from casework.review_queue import Turn
from casework.roles import Role
from review.visit import Visit

FIELDS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "pemilihan": "election",
        "kekuatan": "strength",
        "calon": "candidate",
        "simbol": "symbol",
        "kategori": "category",
        "keadaan": "state",
        "pengunggah": "uploader",
        "instansi": "agency",
        "dari": "posted_from",
        "sampai": "posted_to",
    }
)
"""Field of the address -> field of ``Filter``."""

TURN, CHANGED, GONE = "giliran", "berubah", "semua"
TURNS: Final[Mapping[str, Turn]] = MappingProxyType(
    {"menunggu": Turn.MINE, "diputuskan": Turn.DONE, "selesai": Turn.OVER, "semua": Turn.ALL}
)
STRENGTHS: Final[Mapping[str, str]] = MappingProxyType({"kuat": "strong", "sedang": "medium", "lemah": "weak"})
_LONGEST: Final = 300


@dataclass(frozen=True, slots=True)
class Asked:
    """What a list shows.

    Attributes:
        wanted: which findings.
        turn: whose turn they are.
        wrong: fields whose value cannot be understood, and that therefore do not filter.
    """

    wanted: Filter = field(default_factory=Filter)
    turn: Turn = Turn.ALL
    wrong: tuple[str, ...] = ()

    def without(self, name: str) -> "Asked":
        """The same without one field of the address."""
        return asked_of({key: value for key, value in self.fields.items() if key != name})

    @property
    def fields(self) -> dict[str, str]:
        """As fields of an address or a form; what does not filter is left out. ``asked_of`` reads them back."""
        said = {name: str(getattr(self.wanted, place)) for name, place in FIELDS.items()}
        said["kekuatan"] = next((word for word, value in STRENGTHS.items() if value == self.wanted.strength), "")
        said[TURN] = next(word for word, turn in TURNS.items() if turn is self.turn)
        said[CHANGED] = "1" if self.wanted.changed else ""
        said[GONE] = "" if self.wanted.current else "1"
        return {name: value for name, value in said.items() if value}


def asked_of(fields: Mapping[str, str], usual: Turn = Turn.ALL) -> Asked:
    """What fields of an address or a form ask for; whatever else is among them is not looked at.

    Args:
        fields: by name.
        usual: whose turn, where the fields do not say.
    """
    said = {place: _plain(fields.get(name, "")) for name, place in FIELDS.items()}
    wrong = []
    for name in ("dari", "sampai"):
        if said[FIELDS[name]] and not _is_day(said[FIELDS[name]]):
            said[FIELDS[name]] = ""
            wrong.append(name)
    if said["strength"] and said["strength"] not in STRENGTHS:
        wrong.append("kekuatan")
    said["strength"] = STRENGTHS.get(said["strength"], "")
    turn = fields.get(TURN, "")
    if turn and turn not in TURNS:
        wrong.append(TURN)
    wanted = Filter(**said, changed=fields.get(CHANGED) == "1", current=fields.get(GONE) != "1")
    return Asked(wanted, TURNS.get(turn, usual), tuple(wrong))


def asked(visit: Visit, fields: Mapping[str, str]) -> Asked:
    """The same, for whoever is logged in: reviewers see what waits for them unless they ask, and never filter by state.

    Args:
        visit: who asks.
        fields: of the address or a form.
    """
    if not visit.has_role(Role.REVIEWER):
        return asked_of(fields)
    said = asked_of({name: value for name, value in fields.items() if name != "keadaan"}, Turn.MINE)
    return replace(said, wanted=replace(said.wanted, state=""))


def _plain(text: str) -> str:
    """Without what no name has, and what a database may refuse to look for."""
    return "".join(letter for letter in text[:_LONGEST] if letter.isprintable()).strip()


def _is_day(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False
