"""The decision table of docs/database.md, row by row."""

import pytest

from screening.again import Before, Step, all_again, step_for

EVERYTHING = Before(reading=True, sightings=True, hands=True, assessable=True, wants_hands=True)


@pytest.mark.parametrize(
    ("before", "step"),
    [
        # nothing kept: a new photo, changed bytes, another reader
        (Before(), Step.READ),
        (Before(wants_hands=True), Step.READ),
        # a reading; candidates, references, bands or model changed
        (Before(reading=True), Step.EMBED),
        (Before(reading=True, hands=True), Step.EMBED),
        (Before(reading=True, wants_hands=True), Step.EMBED),
        # a reading without a face that can be compared
        (Before(reading=True, assessable=False), Step.JUDGE),
        (Before(reading=True, assessable=False, wants_hands=True), Step.HANDS),
        # sightings; hands are asked for and were not searched
        (Before(reading=True, sightings=True, wants_hands=True), Step.HANDS),
        # sightings; the rules, dates or the manifest may differ, or nothing changed at all
        (Before(reading=True, sightings=True), Step.JUDGE),
        (Before(reading=True, sightings=True, hands=True), Step.JUDGE),
        (EVERYTHING, Step.JUDGE),
    ],
)
def test_each_row_of_the_table(before: Before, step: Step) -> None:
    assert step_for(before) is step


@pytest.mark.parametrize(
    ("new", "kept", "calibrated", "again"),
    [
        (0, 1000, True, False),
        (0, 0, False, False),  # nothing new: what stands stands, calibrated or not
        (99, 1000, True, False),
        (100, 1000, True, True),
        (1, 1000, False, True),
        (1, 0, True, True),
    ],
)
def test_when_all_are_compared_again(new: int, kept: int, calibrated: bool, again: bool) -> None:
    assert all_again(new, kept, calibrated) is again
