"""What screening says about a photo: a finding is a reason to look, never a verdict."""

from dataclasses import dataclass
from enum import StrEnum

from netra.symbols import SYMBOLS


class Category(StrEnum):
    """What a photo shows; the values are part of the schema ``netra.photo/1`` (design section 6)."""

    WITH_SYMBOL = "foto-bersama-simbol"
    TOGETHER = "foto-bersama"
    CANDIDATE_ALONE = "unggah-foto-calon"
    POSE = "pose-terlarang"


class Strength(StrEnum):
    """How much speaks for looking at a photo first; part of the schema ``netra.photo/1``."""

    STRONG = "strong"
    MEDIUM = "medium"
    WEAK = "weak"

    @property
    def one_lower(self) -> "Strength":
        """One step down; weak stays weak."""
        return Strength.MEDIUM if self is Strength.STRONG else Strength.WEAK


@dataclass(frozen=True, slots=True)
class Finding:
    """A reason to look at a photo.

    Attributes:
        category: what the photo shows.
        strength: how much speaks for it.
        ticket: the ballot number it is about; 0 for ``pose-terlarang``, which is about none.
        candidates: ids of the ticket's candidates who were sighted, the best sighting first.
        hands: indexes of the hands it rests on, ascending; empty where it rests on none.
        symbol: the label it rests on, or empty.
        rule: the rulebook's id and the rule's, for example ``pemilu-2024/foto-bersama``.
        source: what the rule rests on, as the rulebook words it.
        reason_id: one sentence in Indonesian.
        reason_en: the same in English.
    """

    category: Category
    strength: Strength
    ticket: int
    candidates: tuple[str, ...]
    hands: tuple[int, ...]
    symbol: str
    rule: str
    source: str
    reason_id: str
    reason_en: str

    def __post_init__(self) -> None:
        if (self.category is Category.POSE) != (self.ticket == 0) or (self.ticket > 0) != bool(self.candidates):
            raise ValueError(
                f"{self.category}: expected a ticket and its candidates, or neither for a pose, "
                f"got {self.ticket} and {self.candidates}"
            )
        if bool(self.symbol) != bool(self.hands) or (self.symbol and self.symbol not in SYMBOLS):
            raise ValueError(
                f"expected a known symbol with its hands, or neither, got {self.symbol!r} and {self.hands}"
            )
        if not (self.rule and self.source and self.reason_id and self.reason_en):
            raise ValueError("expected a rule, its source and both reasons, got an empty one")
