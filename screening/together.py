"""Who is together: the people and hands of one part of a photo, those who are there apart from those only pictured."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from candidates.bands import Band
from candidates.match import Sighting
from screening.scene import Person, Scene, ShownHand


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a collage, or the whole photo where it is none.

    Attributes:
        panel: which part it is, from 0.
        present: the people who are there.
        pictured: the people who are only on a poster, a screen or a portrait.
        hands: of those who are there, and those of unclear owner.
        pictured_hands: of those who are only pictured.
    """

    panel: int
    present: tuple[Person, ...]
    pictured: tuple[Person, ...]
    hands: tuple[ShownHand, ...]
    pictured_hands: tuple[ShownHand, ...]

    @property
    def sightings(self) -> tuple[Sighting, ...]:
        """Of everybody in it."""
        return tuple(one for person in (*self.present, *self.pictured) for one in person.sightings)

    @property
    def unclear(self) -> tuple[ShownHand, ...]:
        """The hands of unclear owner."""
        return tuple(hand for hand in self.hands if not hand.people)

    def hands_of(self, people: Collection[Person]) -> tuple[ShownHand, ...]:
        """The hands of some of its people."""
        owners = {person.index for person in people}
        return tuple(hand for hand in (*self.hands, *self.pictured_hands) if owners.intersection(hand.people))


@dataclass(frozen=True, slots=True)
class Group:
    """The candidates of one ticket in one part, and the others who are there with them.

    Attributes:
        part: where they are.
        number: the ballot number.
        theirs: the candidates; all of them there, or all of them only pictured.
        others: everybody else who is there; a candidate of another ticket is one of them.
        pictured: the candidates are only pictured.
    """

    part: Part
    number: int
    theirs: tuple[Person, ...]
    others: tuple[Person, ...]
    pictured: bool

    @property
    def sightings(self) -> tuple[Sighting, ...]:
        """Each candidate who was sighted, by their best sighting, the best first.

        A match goes before a possible, whatever the similarity: a decoy near by can make the higher one only possible.
        """
        best: dict[str, Sighting] = {}
        seen = [one for person in self.theirs for one in person.sightings]
        for one in sorted(seen, key=lambda one: (one.band is not Band.MATCH, -one.similarity, one.candidate)):
            best.setdefault(one.candidate, one)
        return tuple(best.values())

    @property
    def is_match(self) -> bool:
        """Whether one of them is more than possible."""
        return any(one.band is Band.MATCH for one in self.sightings)

    @property
    def of_others(self) -> tuple[ShownHand, ...]:
        """The hands of the others."""
        return self.part.hands_of(self.others)

    @property
    def of_theirs(self) -> tuple[ShownHand, ...]:
        """The candidates' own hands."""
        return self.part.hands_of(self.theirs)

    @property
    def rivals(self) -> tuple[Sighting, ...]:
        """Candidates of other tickets among the others, each once."""
        seen = {one.candidate: one for person in self.others for one in person.sightings}
        return tuple(seen[name] for name in sorted(seen))


def parts_of(scene: Scene) -> tuple[Part, ...]:
    """The parts of a photo that hold anybody or any hand, in their order. A person's hand is where the person is."""
    where = {person.index: person.panel for person in scene.people}
    pictured = {person.index for person in scene.people if person.depicted}
    parts = []
    for panel in range(scene.layout.panels):
        people = [person for person in scene.people if person.panel == panel]
        hands = [hand for hand in scene.hands if _panel(hand, where) == panel]
        parts.append(
            Part(
                panel,
                tuple(person for person in people if not person.depicted),
                tuple(person for person in people if person.depicted),
                tuple(hand for hand in hands if not pictured.intersection(hand.people)),
                tuple(hand for hand in hands if pictured.intersection(hand.people)),
            )
        )
    return tuple(part for part in parts if part.present or part.pictured or part.hands)


def groups_of(number: int, parts: Iterable[Part]) -> tuple[Group, ...]:
    """Every part that shows a candidate of the ticket: parts where one is there first, then those with a picture only.

    In a part where a candidate of the ticket is there, pictures of them change nothing.
    """
    there, only_pictured = [], []
    for part in parts:
        theirs = [person for person in part.present if _of_ticket(person, number)]
        pictures = [person for person in part.pictured if _of_ticket(person, number)]
        others = tuple(person for person in part.present if person not in theirs)
        if theirs:
            there.append(Group(part, number, tuple(theirs), others, pictured=False))
        elif pictures:
            only_pictured.append(Group(part, number, tuple(pictures), others, pictured=True))
    return (*there, *only_pictured)


def _of_ticket(person: Person, number: int) -> bool:
    return any(one.ticket == number for one in person.sightings)


def _panel(hand: ShownHand, where: dict[int, int]) -> int:
    return next((where[owner] for owner in hand.people), hand.panel)
