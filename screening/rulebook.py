"""A rulebook: which categories and poses an authority named, when, and where that is written.

Rulebooks are data (``rulebooks/*.toml``), because lists differ between offices and change between elections. Every
line of one names its source; ``load_rulebook`` refuses a line without.
"""

from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Final

from netra.symbols import SYMBOLS, TwoHands, two_hands
from screening.findings import Category

FOLDER: Final = Path(__file__).parent / "rulebooks"

BUILT_IN: Final[tuple[str, ...]] = ("pemilu-2024", "pilkada-2018")
"""Names that ``load_rulebook`` knows; each is a file in ``rulebooks/``."""


@dataclass(frozen=True, slots=True)
class Source:
    """Where something is written.

    Attributes:
        key: how the rulebook's lines call it.
        title: what people call it, short enough for a sentence.
        address: a page, or empty where none is known.
        secondary: a news page or another retelling, not the regulation's own text.
        note: what to know of it, or empty.
    """

    key: str
    title: str
    address: str
    secondary: bool
    note: str

    def __post_init__(self) -> None:
        if not self.key or not self.title:
            raise ValueError(f"expected a key and a title, got {self.key!r} and {self.title!r}")


@dataclass(frozen=True, slots=True)
class Period:
    """From when to when something counts; an end that no source gives stays open.

    Attributes:
        first: the first day, or none.
        last: the last day, or none.
        sources: where the days are from.
    """

    first: tuple[date, ...] = ()
    last: tuple[date, ...] = ()
    sources: tuple[Source, ...] = ()

    def __post_init__(self) -> None:
        if len(self.first) > 1 or len(self.last) > 1 or (self.first and self.last and self.first > self.last):
            raise ValueError(f"expected at most one first and one last day, in order, got {self.first} and {self.last}")
        if (self.first or self.last) and not self.sources:
            raise ValueError("sources: expected one for the days, got none")

    def ended_before(self, day: date) -> bool:
        """Whether the period was over on that day."""
        return any(last < day for last in self.last)

    def begins_after(self, day: date) -> bool:
        """Whether the period had not begun on that day."""
        return any(day < first for first in self.first)


@dataclass(frozen=True, slots=True)
class Pose:
    """A pose on a list: forbidden or allowed.

    Attributes:
        symbol: a label of ``netra.symbols``, or empty for a pose of two hands and for one that is no hand symbol, such
            as a hand on the chest.
        name: what the list calls it.
        sources: at least one.
        two_hands: the pairs of labels that both hands of one person show, each as ``netra.symbols.two_hands`` writes
            it; empty for any other pose.
    """

    symbol: str
    name: str
    sources: tuple[Source, ...]
    two_hands: tuple[TwoHands, ...] = ()

    def __post_init__(self) -> None:
        if self.symbol and self.symbol not in SYMBOLS:
            raise ValueError(f"symbol: expected a known label, got {self.symbol!r}")
        if self.symbol and self.two_hands:
            raise ValueError(f"expected a symbol or a pair, got {self.symbol!r} and {self.two_hands}")
        if wrong := [pair for pair in self.two_hands if pair != two_hands(*pair)]:
            raise ValueError(f"two_hands: expected pairs as two_hands writes them, got {wrong}")
        if not self.name or not self.sources:
            raise ValueError(f"{self.symbol}: expected a name and a source, got {self.name!r} and {self.sources}")


@dataclass(frozen=True, slots=True)
class Rule:
    """What a finding of one category rests on.

    Attributes:
        category: the category.
        id: kebab-case; findings call it ``RULEBOOK/ID``.
        text_id: what the sources say, in short, in Indonesian.
        text_en: the same in English.
        period: from when to when it counts, where that differs from the whole rulebook's.
        sources: at least one.
    """

    category: Category
    id: str
    text_id: str
    text_en: str
    period: Period
    sources: tuple[Source, ...]

    def __post_init__(self) -> None:
        if not (self.id and self.text_id and self.text_en and self.sources):
            raise ValueError(f"{self.category}: expected an id, both texts and a source, got an empty one")


@dataclass(frozen=True)
class Rulebook:
    """One authority's rules for one kind of election.

    Attributes:
        id: kebab-case.
        name_id: its name in Indonesian.
        name_en: its name in English.
        legal_basis: the regulations it rests on.
        period: from when to when it counts.
        rules: at most one for each category; a category without one gives no finding.
        forbidden: poses on the list of forbidden ones.
        allowed: poses named as allowed.
        spouse_exception: where it is written that a candidate's spouse may be in the photo; empty where it is not.
    """

    id: str
    name_id: str
    name_en: str
    legal_basis: tuple[Source, ...]
    period: Period
    rules: tuple[Rule, ...]
    forbidden: tuple[Pose, ...] = ()
    allowed: tuple[Pose, ...] = ()
    spouse_exception: tuple[Source, ...] = ()

    def __post_init__(self) -> None:
        categories = [rule.category for rule in self.rules]
        if not categories or len(set(categories)) != len(categories):
            raise ValueError(f"rules: expected one for each category at most, and at least one, got {categories}")
        if not self.legal_basis:
            raise ValueError("legal_basis: expected at least one source, got none")
        both = self.forbidden_symbols & {pose.symbol for pose in self.allowed}
        if both:
            raise ValueError(f"expected each symbol forbidden or allowed, got both for {sorted(both)}")
        if both_pairs := self.forbidden_two_hands & self.allowed_two_hands:
            raise ValueError(f"expected each pair forbidden or allowed, got both for {sorted(both_pairs)}")

    @cached_property
    def forbidden_symbols(self) -> frozenset[str]:
        """The labels on the list of forbidden poses."""
        return frozenset(pose.symbol for pose in self.forbidden if pose.symbol)

    @cached_property
    def forbidden_two_hands(self) -> frozenset[TwoHands]:
        """The pairs on the list of forbidden poses."""
        return frozenset(pair for pose in self.forbidden for pair in pose.two_hands)

    @cached_property
    def allowed_two_hands(self) -> frozenset[TwoHands]:
        """The pairs named as allowed; two hands that show one are not on the list for what each shows alone."""
        return frozenset(pair for pose in self.allowed for pair in pose.two_hands)

    @property
    def hands_can_matter_without_candidate(self) -> bool:
        """Whether a pose alone is a finding, so that hands are looked for in every photo."""
        return bool(self.forbidden) and any(rule.category is Category.POSE for rule in self.rules)

    def rule(self, category: Category) -> tuple[Rule, ...]:
        """The rule for a category, or none."""
        return tuple(rule for rule in self.rules if rule.category is category)


def load_rulebook(name_or_path: str) -> Rulebook:
    """Read a rulebook.

    Args:
        name_or_path: one of ``BUILT_IN``, or the path of a TOML file (it ends in ``.toml`` or holds a slash).

    Raises:
        netra.errors.ConfigError: one line for each mistake, in file order, each with its line and key.
    """
    from screening.rulebook_file import read_rulebook

    return read_rulebook(name_or_path)
