"""Who is together with whom."""

from candidates.bands import Band
from screening.together import Group, groups_of, parts_of
from tests.screening.truth_table.stage import scene


def groups(people: str, hands: str = "", number: int = 1, panels: int = 1) -> tuple[Group, ...]:
    return groups_of(number, parts_of(scene(people, hands, panels=panels)))


def test_a_photo_is_one_part() -> None:
    (part,) = parts_of(scene("sari - *budi", "1:one 2:peace ?:ok"))
    assert [person.index for person in part.present] == [0, 1]
    assert [person.index for person in part.pictured] == [2]
    assert [hand.index for hand in part.hands] == [0, 2]
    assert [hand.index for hand in part.pictured_hands] == [1]
    assert [hand.index for hand in part.unclear] == [2]
    assert {one.candidate for one in part.sightings} == {"sari", "budi"}


def test_parts_of_a_collage_hold_their_own_people_and_hands() -> None:
    parts = parts_of(scene("sari@0 -@2", "1:one ?@2:ok 0:-", panels=4))
    assert [part.panel for part in parts] == [0, 2]  # parts without anybody are left out
    assert [[hand.index for hand in part.hands] for part in parts] == [[2], [0, 1]]
    assert parts_of(scene("")) == ()


def test_a_group_has_those_who_are_there() -> None:
    (group,) = groups("sari joko? - budi *wati", "2:one 0:like")
    assert [person.index for person in group.theirs] == [0, 1]
    assert [person.index for person in group.others] == [2, 3]
    assert [one.candidate for one in group.sightings] == ["sari", "joko"]
    assert [one.candidate for one in group.rivals] == ["budi"]
    assert [hand.index for hand in group.of_others] == [0]
    assert [hand.index for hand in group.of_theirs] == [1]
    assert (group.is_match, group.pictured) == (True, False)


def test_each_candidate_counts_by_the_best_sighting() -> None:
    (group,) = groups("sari? sari joko?")
    assert [(one.candidate, one.band) for one in group.sightings] == [("sari", Band.MATCH), ("joko", Band.POSSIBLE)]
    assert not groups("sari? joko?")[0].is_match


def test_where_a_candidate_is_there_pictures_of_them_change_nothing() -> None:
    (group,) = groups("*sari sari -")
    assert not group.pictured
    assert [person.index for person in group.theirs] == [1]
    (picture,) = groups("*sari -")
    assert (picture.pictured, [person.index for person in picture.others]) == (True, [1])
    assert groups("- -") == ()


def test_parts_where_a_candidate_is_there_come_first() -> None:
    found = groups("*sari@0 -@0 joko@1", panels=2)
    assert [(group.part.panel, group.pictured) for group in found] == [(1, False), (0, True)]
