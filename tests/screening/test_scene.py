"""What the rules look at, and findings: checked at birth."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from candidates.bands import Band
from candidates.match import Sighting
from screening.findings import Category, Doubt, Element, ElementState, Finding, Strength
from screening.scene import Layout, Person, Scene, ShownHand
from vision.types import Hand, HandReading, Symbol

SARI = Sighting("sari", 1, 0.71, Band.MATCH, "a.jpg")


def test_a_scene_comes_from_what_vision_gives() -> None:
    hand = Hand(
        np.array([0, 0, 9, 9], np.float32), np.ones((21, 2), np.float32), np.ones((21, 3), np.float32), "left", 0.9, 0.9
    )
    readings = (HandReading(hand, (Symbol("one", 0.96),), (1,)), HandReading(hand, (), ()))
    people = (Person(0, (SARI,)), Person(1))
    hands = (ShownHand(0, (Symbol("one", 0.96),), (1,), "left"), ShownHand(1, side="left"))
    assert Scene.of(((SARI,), ()), readings) == Scene(people, hands)
    assert not Scene.of(((SARI,), ()), hands_searched=False).hands_searched


def test_what_is_a_picture_and_where_it_is_comes_from_the_layout() -> None:
    hand = Hand(
        np.array([0, 0, 9, 9], np.float32), np.ones((21, 2), np.float32), np.ones((21, 3), np.float32), "left", 0.9, 0.9
    )
    scene = Scene.of(
        ((SARI,), ()),
        (HandReading(hand, (), (), readable=False),),
        depicted=[True, False],
        panels=[1, 0],
        hand_panels=[1],
        layout=Layout(screenshot=True, panels=2),
    )
    assert [(person.depicted, person.panel) for person in scene.people] == [(True, 1), (False, 0)]
    assert scene.people[0].sightings == (replace(SARI, depiction=True),)
    assert scene.hands == (ShownHand(0, side="left", readable=False, panel=1),)
    with pytest.raises(ValueError, match="shorter"):
        Scene.of(((SARI,), ()), depicted=[True])


def finding(**changed: Any) -> Finding:
    right = Finding(Category.WITH_SYMBOL, Strength.WEAK, 1, ("a",), (0,), "one", "r", "s", "i", "e")
    return replace(right, **({"symbols": ()} | changed))


def test_a_finding_of_one_hand_has_one_symbol() -> None:
    assert finding().symbols == ("one",)
    assert finding(hands=(0, 2), symbols=("one", "like")).symbols == ("one", "like")


@pytest.mark.parametrize(
    "make",
    [
        lambda: Scene((Person(0), Person(0))),
        lambda: Scene((Person(0),), (ShownHand(0), ShownHand(0))),
        lambda: Scene((Person(0),), (ShownHand(0, (), (1,)),)),
        lambda: Scene((), (ShownHand(0),), hands_searched=False),
        lambda: Person(0, (SARI, SARI)),
        lambda: ShownHand(0, (Symbol("one", 1), Symbol("one", 1))),
        lambda: ShownHand(0, side="upper"),
        lambda: ShownHand(0, (Symbol("one", 1),), readable=False),
        lambda: Layout(panels=0),
        lambda: Scene((Person(0, panel=1),)),
        lambda: Scene((Person(0),), (ShownHand(0, panel=2),), layout=Layout(panels=2)),
        lambda: Scene((Person(0, panel=-1),), layout=Layout(panels=2)),
        lambda: Element("taken", ElementState.SHOWN, "a", "b", "", "c"),
        lambda: Finding(Category.POSE, Strength.WEAK, 1, (), (0,), "one", "r", "s", "i", "e"),
        lambda: Finding(Category.TOGETHER, Strength.WEAK, 1, (), (), "", "r", "s", "i", "e"),
        lambda: Finding(Category.TOGETHER, Strength.WEAK, 1, ("a",), (0,), "", "r", "s", "i", "e"),
        lambda: Finding(Category.TOGETHER, Strength.WEAK, 1, ("a",), (), "", "r", "", "i", "e"),
        lambda: finding(symbols=("like",)),
        lambda: finding(symbols=("one", "like")),
        lambda: finding(against=(1,)),
        lambda: finding(hands=(), symbol="", doubt=Doubt.CONTRADICTION),
    ],
)
def test_types_are_checked_at_birth(make: Callable[[], object]) -> None:
    with pytest.raises(ValueError, match="expected"):
        make()


def test_a_face_that_cannot_be_assessed_has_no_sighting() -> None:
    scene = Scene.of([(SARI,), ()], assessable=[True, False])
    assert [person.assessable for person in scene.people] == [True, False]
    with pytest.raises(ValueError, match="expected no sighting of a face that cannot be assessed"):
        Scene.of([(SARI,), ()], assessable=[False, True])
