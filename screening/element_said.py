"""What is said of one element, in both languages, and what it is said from."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from screening.days import Reading
from screening.element_texts import Both
from screening.findings import Category, ElementState
from screening.reason import Reason
from screening.rulebook import Rule, Rulebook
from screening.upload_facts import UploadFacts
from screening.words import Language

SHOWN, UNCLEAR, MISSING = ElementState.SHOWN, ElementState.UNCLEAR, ElementState.MISSING

Fill = Callable[[Language], Mapping[str, object]]
"""What stands in the gaps of a text, in a language."""


@dataclass(frozen=True, slots=True)
class Account:
    """What the elements of one finding are made of.

    Attributes:
        reason: what its sentence is made of.
        rule: whose elements they are.
        category: what the finding is.
        facts: what is known of the upload.
        readings: every way to read the days.
        rulebook: where the elements' sources are.
    """

    reason: Reason
    rule: Rule
    category: Category
    facts: UploadFacts
    readings: tuple[Reading, ...]
    rulebook: Rulebook


@dataclass(frozen=True, slots=True)
class Said:
    """The state of an element with its evidence in both languages."""

    state: ElementState
    evidence_id: str
    evidence_en: str

    def and_also(self, both: Both, fill: Fill) -> "Said":
        """The same with more said after it."""
        more = said(self.state, both, fill)
        return Said(self.state, self.evidence_id + more.evidence_id, self.evidence_en + more.evidence_en)


def nothing(language: Language) -> Mapping[str, object]:  # noqa: ARG001 - the same in both
    """For a text without gaps."""
    return {}


def said(state: ElementState, both: Both, fill: Fill = nothing) -> Said:
    """A text of ``screening.element_texts`` with its gaps filled, in both languages."""
    return Said(state, both[0].format(**fill("id")), both[1].format(**fill("en")))


def in_language(both: Both, language: Language) -> str:
    """One of the two."""
    return both[0] if language == "id" else both[1]
