"""One photo, many uploads: exact and near copies put together, whoever uploaded them.

Pairs come from the fingerprints alone; no file is opened. A group is a photo that stands for it, the representative,
and its copies. Being a copy is not passed on for ever: a collage is like both photos in it, and those are two photos.
So whatever joins a group must be like its representative itself, or show the whole of a photo that is and nothing else.
What is left over is grouped by itself. The answer depends on the photos and their order, never on chance.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from screening.copy_search import CopySearch
from vision.fingerprint import CopyRelation, Fingerprint, Likeness, same_photo

WHOLE: Final = 0.97  # share of the area from which on a photo shows the whole of another
SAME: Final = 0.002  # share that may differ in a photo that shows nothing else

Fetch = Callable[[str], Fingerprint]


@dataclass(frozen=True, slots=True)
class CopyMember:
    """A photo of a group.

    Attributes:
        key: whatever the photo was added as.
        relation: what it is beside the photo ``of``; of the representative itself ``same-bytes``.
        of: the key of the representative, or of the copy through which this one belongs to the group.
        differs: share of what both show that differs, 0 to 1: a sticker, or a hand that was changed. Over 0 it has to
            be looked at by itself; nothing decided for another copy holds for it.
    """

    key: str
    relation: CopyRelation
    of: str
    differs: float = 0.0


@dataclass(frozen=True, slots=True)
class CopyGroup:
    """Photos of one exposure, two at least.

    Attributes:
        representative: the key of the earliest one posted; where that is not known, of the first one seen.
        members: all of them, the representative first, then in the order in which they were added.
    """

    representative: str
    members: tuple[CopyMember, ...]


@dataclass(frozen=True, slots=True)
class _Known:
    order: int
    content: str
    posted: tuple[date, ...]


class CopyIndex:
    """Photos and which of them are copies. New ones are compared with all that were added before.

    Args:
        fetch: gives the fingerprint of a photo added earlier, for example from a database; without it they are kept in
            memory, seven kilobytes each.
    """

    def __init__(self, *fetch: Fetch) -> None:
        if len(fetch) > 1:
            raise ValueError(f"fetch: expected one at most, got {len(fetch)}")
        self._kept: dict[str, Fingerprint] = {}
        self._fetch: Fetch = fetch[0] if fetch else self._kept.__getitem__
        self._keeps = not fetch
        self._search = CopySearch()
        self._photos: dict[str, _Known] = {}
        self._numbered: list[str] = []
        self._contents: dict[str, str] = {}  # the first key of each
        self._pairs: dict[tuple[str, str], Likeness] = {}

    def add(
        self,
        key: str,
        fingerprint: Fingerprint,
        content: str = "",
        posted: tuple[date, ...] = (),
        searched: bool = False,
    ) -> tuple[str, ...]:
        """Add a photo and compare it with those added before.

        Args:
            key: names the photo; each one once.
            fingerprint: its fingerprint.
            content: its sha256, where several keys may have the same bytes.
            posted: the day it was posted, or none where that is not known.
            searched: it was compared with all those before it on an earlier occasion; ``alike`` says with what result.

        Returns:
            The keys of those that it is a copy of, in the order in which they were added.

        Raises:
            ValueError: the key is there already, or the fingerprint's features are damaged.
        """
        if key in self._photos:
            raise ValueError(f"copies: {key} was added already")
        self._photos[key] = _Known(len(self._photos), content, posted)
        if content and self._contents.setdefault(content, key) != key:
            return (self._contents[content],)
        found = [] if searched else [self._numbered[number] for number in self._search.near(fingerprint)]
        self._search.add(fingerprint)
        self._numbered.append(key)
        if self._keeps:
            self._kept[key] = fingerprint
        alike = [other for other in found if self._compare(other, self._fetch(other), key, fingerprint)]
        return tuple(sorted(alike, key=lambda other: self._photos[other].order))

    def alike(self, first: str, second: str) -> bool:
        """Compare two photos that are there: for pairs known from an earlier occasion.

        Raises:
            KeyError: one of them was not added.
        """
        one, other = sorted((self._first(first), self._first(second)), key=lambda key: self._photos[key].order)
        if one == other:
            return True
        return self._compare(one, self._fetch(one), other, self._fetch(other))

    def likenesses(self, key: str) -> Mapping[str, Likeness]:
        """The photos found to be copies of one: how it looks beside each, or each beside it where that came later."""
        pairs = {pair: likeness for pair, likeness in self._pairs.items() if key in pair}
        return {(second if first == key else first): likeness for (first, second), likeness in pairs.items()}

    def groups(self) -> tuple[CopyGroup, ...]:
        """All groups, in the order of their first photo's arrival."""
        near: dict[str, set[str]] = {}
        for first, second in self._pairs:
            near.setdefault(first, set()).add(second)
            near.setdefault(second, set()).add(first)
        for key in self._photos:
            first = self._first(key)
            if first != key:
                near.setdefault(first, set()).add(key)
                near.setdefault(key, set()).add(first)
        left = set(near)
        groups = []
        for key in sorted(near, key=self._precedence):
            if key in left:
                members = self._star(key, near, left)
                left -= set(members)
                if len(members) > 1:
                    groups.append(CopyGroup(key, tuple(members.values())))
        return tuple(sorted(groups, key=lambda group: min(self._photos[each.key].order for each in group.members)))

    def _first(self, key: str) -> str:
        """The first photo with the same bytes, which alone is compared with others."""
        photo = self._photos[key]
        return self._contents[photo.content] if photo.content else key

    def _precedence(self, key: str) -> tuple[bool, date, int]:
        photo = self._photos[key]
        return not photo.posted, min(photo.posted, default=date.max), photo.order

    def _star(self, centre: str, near: Mapping[str, set[str]], left: set[str]) -> dict[str, CopyMember]:
        """A representative with what belongs to it, of the photos that are left."""
        members = {centre: CopyMember(centre, CopyRelation.SAME_BYTES, centre)}
        ring = [centre]
        while ring:
            of = ring.pop(0)
            for key in sorted(near[of] & left - set(members), key=lambda each: self._photos[each].order):
                member, sure = self._member(key, of)
                if self._first(of) == self._first(centre) or sure:
                    members[key] = member
                    ring.append(key)
        others = sorted((each for each in members if each != centre), key=lambda each: self._photos[each].order)
        return {each: members[each] for each in (centre, *others)}

    def _member(self, key: str, of: str) -> tuple[CopyMember, bool]:
        """The photo as a copy of another; and whether both show the same and nothing else."""
        content = self._photos[key].content
        if content and content == self._photos[of].content:
            return CopyMember(key, CopyRelation.SAME_BYTES, of), True
        likeness = self._pairs.get((of, key))
        if likeness:
            relation = likeness.relation
        else:
            likeness = self._pairs[key, of]
            relation = _OTHER_WAY.get(likeness.relation, likeness.relation)
        whole = min(likeness.share_of_first, likeness.share_of_second) >= WHOLE and likeness.differs <= SAME
        return CopyMember(key, relation, of, likeness.differs), whole

    def _compare(self, one: str, first: Fingerprint, other: str, second: Fingerprint) -> bool:
        if (one, other) not in self._pairs:
            for likeness in same_photo(first, second):
                self._pairs[one, other] = likeness
        return (one, other) in self._pairs


_OTHER_WAY: Final = {CopyRelation.CROPPED: CopyRelation.FRAMED, CopyRelation.FRAMED: CopyRelation.CROPPED}
