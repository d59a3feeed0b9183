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


class Doubt(StrEnum):
    """Why hands that show a ticket's symbol may mean something else; part of the schema ``netra.photo/1``."""

    NONE = ""
    CONTRADICTION = "contradicting-hands"
    """The same person's other hand shows a symbol of another ticket."""
    PART_OF_PAIR = "part-of-a-pair"
    """Together with the same person's other hand it is a symbol of another ticket."""
    UNSURE_PAIR = "unsure-pair"
    """It takes both hands, and it cannot be told that these are the left and the right hand of one person."""


class ElementState(StrEnum):
    """What is known of one element of a rule; part of the schema ``netra.photo/1``."""

    SHOWN = "shown"
    """The photo or the upload's data show it."""
    UNCLEAR = "unclear"
    """Something speaks for it and something against it, or it is not known."""
    MISSING = "missing"
    """Nothing here shows it; the evidence says what to do."""


@dataclass(frozen=True, slots=True)
class Element:
    """One thing that a rule asks for, and what there is for it.

    Attributes:
        key: one of ``screening.element_keys.ELEMENTS``.
        state: what is known of it.
        text_id, text_en: what the rule asks for.
        evidence_id, evidence_en: what there is for it, and what is missing with what to do.
        source: what it rests on, as the rulebook words it.
    """

    key: str
    state: ElementState
    text_id: str
    text_en: str
    evidence_id: str
    evidence_en: str
    source: str = ""

    def __post_init__(self) -> None:
        if not (self.key and self.text_id and self.text_en and self.evidence_id and self.evidence_en):
            raise ValueError(f"{self.key}: expected a key, texts and evidence in both languages, got an empty one")


@dataclass(frozen=True, slots=True)
class Finding:
    """A reason to look at a photo.

    Attributes:
        category: what the photo shows.
        strength: how much speaks for it.
        ticket: the ballot number it is about; 0 for ``pose-terlarang``, which is about none.
        candidates: ids of the ticket's candidates who were sighted, the best sighting first.
        hands: indexes of the hands it rests on, ascending; empty where it rests on none.
        symbol: the label it rests on, or empty; of a pair the first.
        rule: the rulebook's id and the rule's, for example ``pemilu-2024/foto-bersama``.
        source: what the rule rests on, as the rulebook words it.
        reason_id: one sentence in Indonesian.
        reason_en: the same in English.
        symbols: the labels of the sign it rests on: ``symbol``, or two labels of both hands; empty where that is.
        doubt: why the sign may mean something else; its strength is one step lower then.
        against: indexes of the other hands of these people that the doubt is about, ascending.
        elements: what the rule asks for, in its order, with what there is for each.
        rulebook: the rulebook and its version, for example ``pemilu-2024@1.0``.
        panel: the part of a collage that it is about, from 0.
        upload: the path of the other upload of the same bytes whose days and uploader it rests on, or empty.
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
    symbols: tuple[str, ...] = ()
    doubt: Doubt = Doubt.NONE
    against: tuple[int, ...] = ()
    elements: tuple[Element, ...] = ()
    rulebook: str = ""
    panel: int = 0
    upload: str = ""

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
        if self.symbol and not self.symbols:
            object.__setattr__(self, "symbols", (self.symbol,))
        if self.symbols[:1] != ((self.symbol,) if self.symbol else ()) or len(self.symbols) > min(2, len(self.hands)):
            raise ValueError(f"symbols: expected {self.symbol!r} first and a hand for each, got {self.symbols}")
        if (self.against or self.doubt) and not (self.hands and self.doubt):
            raise ValueError(f"expected hands against it with a doubt, got {self.against} and {self.doubt!r}")
        if not (self.rule and self.source and self.reason_id and self.reason_en):
            raise ValueError("expected a rule, its source and both reasons, got an empty one")
