from pathlib import Path

import pytest

from benchmarks.symbol_reader.digits import LABELS, digits
from netra.symbols import SYMBOLS
from vision.symbol_network import NONE


def test_a_person_ends_where_the_signs_start_again_and_is_never_in_two_parts(tmp_path: Path) -> None:
    taken = [0, 1, 2, 9, 0, 1, 3, 1, 2]  # three people: the second skipped signs, the third began with 1
    for number, digit in enumerate(taken):
        (tmp_path / str(digit)).mkdir(exist_ok=True)
        (tmp_path / str(digit) / f"IMG_{1000 + number}.JPG").touch()
    found = list(digits(tmp_path))
    assert [each.digit for each in found] == taken
    assert [each.person for each in found] == [0, 0, 0, 0, 1, 1, 1, 2, 2]
    for person in range(3):
        assert len({each.part for each in found if each.person == person}) == 1


def test_every_digit_has_a_known_label() -> None:
    assert sorted(LABELS) == list(range(10))
    assert set(LABELS.values()) <= {*SYMBOLS, NONE}


@pytest.mark.data
def test_the_people_of_the_set_are_split_about_as_meant(shared_data: Path) -> None:
    found = list(digits(shared_data / "hands" / "digits"))
    people = {each.person: each.part for each in found}
    assert 150 < len(people) < 200
    share = {part: sum(each == part for each in people.values()) / len(people) for part in set(people.values())}
    assert set(share) == {"train", "calibration", "test"}
    assert share["train"] > 0.35
    assert share["test"] > 0.3
