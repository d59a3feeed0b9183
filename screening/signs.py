"""What the hands in a photo show, taken together: symbols of one hand, of both, and hands that contradict each other.

Hands of one person are read as one answer. Both hands that are exactly a pair of the election file are that pair, and
what each shows alone is then only a doubtful claim for another ticket. Hands that show symbols of different tickets
contradict each other: each claim stands, with its doubt, and none is chosen. A pose that the rulebook names as allowed
speaks for nobody, even where a ticket uses it.
"""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import combinations, groupby
from typing import Final

from candidates.election import Election
from netra.symbols import SYMBOLS, TwoHands, two_hands
from screening.findings import Doubt
from screening.scene import ShownHand
from vision.types import Symbol


@dataclass(frozen=True, slots=True)
class Sign:
    """A symbol of one hand, or of both hands of one person.

    Attributes:
        hands: one or two hands that show something; two in the order in which ``netra.symbols.two_hands`` writes them.
        is_sure: False for two hands of which it cannot be told that they are the left and the right of one person.
        ticket: the ballot number that it is a symbol of; 0 for a pose of a list.
        doubt: why it may mean something else.
        rivals: the symbols of other hands that the doubt is about.
        rival_hands: their indexes.
        rival_ticket: the ballot number that they speak for, or 0.
    """

    hands: tuple[ShownHand, ...]
    is_sure: bool = True
    ticket: int = 0
    doubt: Doubt = Doubt.NONE
    rivals: tuple[Symbol, ...] = ()
    rival_hands: tuple[int, ...] = ()
    rival_ticket: int = 0

    @property
    def symbols(self) -> tuple[Symbol, ...]:
        """What each of its hands shows."""
        return tuple(hand.symbols[0] for hand in self.hands)

    @property
    def labels(self) -> tuple[str, ...]:
        """The labels of ``symbols``."""
        return tuple(symbol.label for symbol in self.symbols)

    @property
    def is_pair(self) -> bool:
        """Whether it takes both hands."""
        return len(self.hands) == 2

    def by_surest(self) -> tuple[object, ...]:
        """To sort by: the surest first, a pair being as sure as its less sure hand; the rest makes the order one."""
        sure = sorted(symbol.confidence for symbol in self.symbols)
        rivals = tuple((symbol.label, -symbol.confidence) for symbol in self.rivals)
        return -sure[0], self.labels, -sure[-1], self.doubt, self.rival_ticket, rivals


@dataclass(frozen=True, slots=True)
class Shown:
    """What some people show: their signs, of which a sentence names the surest."""

    signs: tuple[Sign, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.signs)

    @property
    def best(self) -> tuple[Sign, ...]:
        """The surest sign, or none."""
        return tuple(sorted(self.signs, key=Sign.by_surest)[:1])

    @property
    def indexes(self) -> tuple[int, ...]:
        """The hands of all signs, ascending."""
        return tuple(sorted({hand.index for sign in self.signs for hand in sign.hands}))

    @property
    def against(self) -> tuple[int, ...]:
        """The hands that doubts are about, ascending."""
        return tuple(sorted({index for sign in self.signs for index in sign.rival_hands}))

    @property
    def owners(self) -> int:
        """How many people show the surest sign."""
        return len(self.owner_indexes)

    @property
    def owner_indexes(self) -> tuple[int, ...]:
        """The people who show the surest sign, ascending."""
        labels = [sign.labels for sign in self.best]
        return tuple(sorted({who for sign in self.signs if [sign.labels] == labels for who in sign.hands[0].people}))

    @property
    def clear(self) -> "Shown":
        """The signs that nothing speaks against."""
        return Shown(tuple(sign for sign in self.signs if sign.doubt is Doubt.NONE))

    @property
    def doubtful(self) -> "Shown":
        """The others."""
        return Shown(tuple(sign for sign in self.signs if sign.doubt is not Doubt.NONE))

    @property
    def clear_first(self) -> "Shown":
        """Those that nothing speaks against, or all where there is no such sign."""
        return self.clear or self


@dataclass(frozen=True, slots=True)
class Poses:
    """Poses of a list: of one hand, and of both."""

    symbols: frozenset[str] = frozenset()
    two_hands: frozenset[TwoHands] = frozenset()


NO_POSES: Final = Poses()


def shown_for(
    numbers: Collection[int], hands: Iterable[ShownHand], election: Election, allowed: Poses = NO_POSES
) -> Shown:
    """The signs that speak for some tickets, each with its doubt.

    Args:
        numbers: ballot numbers.
        hands: whose hands count; all hands of a person, or none.
        election: whose tickets have symbols.
        allowed: poses that speak for nobody.
    """
    groups = _by_person(hands)
    signs = [sign for group in groups for sign in _claims(group, election, allowed) if sign.ticket in numbers]
    order = [ticket.number for ticket in election.tickets]
    return Shown(tuple(sorted(signs, key=lambda sign: order.index(sign.ticket))))


def shown_of(
    symbols: Collection[str], pairs: Collection[TwoHands], hands: Iterable[ShownHand], but: Collection[TwoHands] = ()
) -> Shown:
    """The signs that are on a list, whatever they mean.

    Args:
        symbols: the list's symbols of one hand.
        pairs: its pairs.
        hands: whose hands count; all hands of a person, or none.
        but: pairs that are something else: hands that show one count neither as a pair nor alone.
    """
    signs = []
    for group in _by_person(hands):
        both = next((sign for sign in _pairs(group, {*pairs, *but}) if sign.is_sure), None)
        if both is None:
            signs += [Sign((hand,)) for hand in group if hand.symbols[0].label in symbols]
        elif both.labels not in but:
            signs.append(both)
    return Shown(tuple(signs))


def _by_person(hands: Iterable[ShownHand]) -> Iterator[tuple[ShownHand, ...]]:
    """The hands of each person that show something; a hand of unclear owner stands alone."""
    showing = [hand for hand in hands if hand.symbols]
    yield from ((hand,) for hand in showing if not hand.people)
    owned = sorted((hand for hand in showing if hand.people), key=lambda hand: (hand.people, hand.index))
    yield from (tuple(group) for _, group in groupby(owned, key=lambda hand: hand.people))


def _pairs(group: Sequence[ShownHand], pairs: Collection[TwoHands]) -> Iterator[Sign]:
    """Every two of one person's hands that are one of the pairs.

    A third hand that shows something is somebody else's, and so may be one of the two.
    """
    if any(not hand.people for hand in group):
        return
    for one, other in combinations(group, 2):
        labels = tuple(hand.symbols[0].label for hand in (one, other))
        if any(SYMBOLS[label].hands != 1 for label in labels):
            continue
        written = two_hands(*labels)
        if written in pairs:
            hands = (one, other) if written == labels else (other, one)
            yield Sign(hands, is_sure=len(group) == 2 and {one.side, other.side} == {"left", "right"})


def _claims(group: Sequence[ShownHand], election: Election, allowed: Poses) -> Iterator[Sign]:
    """What one person's hands say for each ticket; nothing where both hands are a pose that is allowed."""
    if any(sign.is_sure for sign in _pairs(group, allowed.two_hands)):
        return
    pairs = [
        replace(sign, ticket=ticket.number)
        for ticket in election.tickets
        for sign in _pairs(group, set(ticket.two_hands) - allowed.two_hands)
    ]
    singles = [
        Sign((hand,), ticket=ticket.number)
        for ticket in election.tickets
        for hand in group
        if hand.symbols[0].label in set(ticket.symbols) - allowed.symbols
    ]
    claims = [*pairs, *singles]
    settled = {sign.ticket for sign in pairs if sign.is_sure}
    for claim in claims:
        if not claim.is_pair and claim.ticket in settled:
            continue  # part of the pair, which says it already
        same = [other.labels for other in claims if other.ticket == claim.ticket]
        rivals = [other for other in claims if other.labels not in same]
        yield _with_doubt(claim, sorted(rivals, key=Sign.by_surest))


def _with_doubt(claim: Sign, rivals: Sequence[Sign]) -> Sign:
    """A claim, and what the same person's hands say for other tickets, the surest first."""
    if claim.is_pair and claim.is_sure:
        return claim
    mine = claim.hands
    if claim.is_pair:
        others = [hand for rival in rivals for hand in rival.hands if hand not in mine]
        return replace(claim, doubt=Doubt.UNSURE_PAIR, rival_hands=_indexes(others))
    for rival in rivals:
        if mine[0] in rival.hands:
            return _against(claim, rival, Doubt.PART_OF_PAIR)
    for rival in rivals[:1]:
        return _against(claim, rival, Doubt.CONTRADICTION)
    return claim


def _against(claim: Sign, rival: Sign, doubt: Doubt) -> Sign:
    hands = [hand for hand in rival.hands if hand not in claim.hands]
    return replace(
        claim,
        doubt=doubt,
        rivals=tuple(hand.symbols[0] for hand in hands),
        rival_hands=_indexes(hands),
        rival_ticket=rival.ticket,
    )


def _indexes(hands: Iterable[ShownHand]) -> tuple[int, ...]:
    return tuple(sorted({hand.index for hand in hands}))
