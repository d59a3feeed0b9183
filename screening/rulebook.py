"""A rulebook: which categories and poses an authority named, in which stages, and where that is written.

Rulebooks are data (``rulebooks/*.toml``), because lists differ between offices and change between elections. Every
line of one names its source; ``load_rulebook`` refuses a line without.
"""

from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Final

from netra.symbols import SYMBOLS, TwoHands, two_hands
from screening.element_keys import ELEMENTS
from screening.findings import Category
from screening.sources import Period, Source
from screening.stages import Stage

FOLDER: Final = Path(__file__).parent / "rulebooks"

BUILT_IN: Final[tuple[str, ...]] = ("pemilu-2024", "pilkada-2018")
"""Names that ``load_rulebook`` knows; each is a file in ``rulebooks/``."""


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

    def is_shown_by(self, labels: tuple[str, ...]) -> bool:
        """Whether one label, or those of both hands, are this pose."""
        if len(labels) == 2:
            return two_hands(labels[0], labels[1]) in self.two_hands
        return labels == (self.symbol,)


@dataclass(frozen=True, slots=True)
class ElementLine:
    """Where it is written that a rule asks for something.

    Attributes:
        key: one of ``screening.element_keys.ELEMENTS``.
        sources: at least one.
    """

    key: str
    sources: tuple[Source, ...]

    def __post_init__(self) -> None:
        if self.key not in ELEMENTS or not self.sources:
            raise ValueError(f"expected a known element with a source, got {self.key!r} and {self.sources}")


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
        stages: ids of the stages in which it counts; empty where it counts in all.
        elements: keys of what it asks for, in its order.
    """

    category: Category
    id: str
    text_id: str
    text_en: str
    period: Period
    sources: tuple[Source, ...]
    stages: tuple[str, ...] = ()
    elements: tuple[str, ...] = ()

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
        rules: at most one for each category in each stage; a category without one gives no finding.
        forbidden: poses on the list of forbidden ones.
        allowed: poses named as allowed.
        spouse_exception: from when it is written that a candidate's spouse may be in the photo, and where; without
            sources where it is not.
        version: of this file, so that findings of an older one can be told apart.
        as_of: the day to which its authors looked for changes.
        stages: in their order; the first has no beginning.
        elements: what rules ask for, each with its source.
        sources: every source of the file, used or not, in its order.
    """

    id: str
    name_id: str
    name_en: str
    legal_basis: tuple[Source, ...]
    period: Period
    rules: tuple[Rule, ...]
    forbidden: tuple[Pose, ...] = ()
    allowed: tuple[Pose, ...] = ()
    spouse_exception: Period = field(default_factory=Period)
    version: str = "0"
    as_of: date = date.min
    stages: tuple[Stage, ...] = ()
    elements: tuple[ElementLine, ...] = ()
    sources: tuple[Source, ...] = ()

    def __post_init__(self) -> None:
        if not self.rules:
            raise ValueError("rules: expected at least one, got none")
        names = [stage.id for stage in self.stages]
        covered = [(rule.category, stage) for rule in self.rules for stage in rule.stages or ("", *names)]
        if len(set(names)) != len(names) or len(set(covered)) != len(covered):
            raise ValueError(f"expected each stage once, and one rule for a category in a stage, got {names}")
        if unknown := {stage for rule in self.rules for stage in rule.stages} - set(names):
            raise ValueError(f"rules: expected ids of stages, got {sorted(unknown)}")
        if unknown := {key for rule in self.rules for key in rule.elements} - {line.key for line in self.elements}:
            raise ValueError(f"rules: expected elements that have a line, got {sorted(unknown)}")
        if not self.legal_basis:
            raise ValueError("legal_basis: expected at least one source, got none")
        both = self.forbidden_symbols & self.allowed_symbols
        if both:
            raise ValueError(f"expected each symbol forbidden or allowed, got both for {sorted(both)}")
        if both_pairs := self.forbidden_two_hands & self.allowed_two_hands:
            raise ValueError(f"expected each pair forbidden or allowed, got both for {sorted(both_pairs)}")

    @property
    def label(self) -> str:
        """Its id with its version: ``pemilu-2024@1.0``."""
        return f"{self.id}@{self.version}"

    @cached_property
    def allowed_symbols(self) -> frozenset[str]:
        """The labels named as allowed, which never count."""
        return frozenset(pose.symbol for pose in self.allowed if pose.symbol)

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
        """The rules for a category, in the file's order; none where it gives no finding."""
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
