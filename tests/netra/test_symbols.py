"""The table of hand symbols."""

import pytest

from netra.symbols import SYMBOLS, SymbolMeaning, number_of_two_hands, symbols_for_number, two_hands


@pytest.mark.parametrize(
    ("number", "labels"),
    [
        (1, {"one", "like"}),
        (2, {"peace", "peace_inverted", "two_up", "two_up_inverted", "thumb_index", "call", "finger_heart"}),
        (3, {"three", "three2", "three3", "ok", "rock"}),
        (4, {"four"}),
        (5, {"palm", "stop"}),
        (6, set()),
        (24, set()),
    ],
)
def test_each_number_has_the_symbols_of_the_design(number: int, labels: set[str]) -> None:
    assert set(symbols_for_number(number)) == labels


def test_no_number_below_one() -> None:
    with pytest.raises(ValueError, match="got 0"):
        symbols_for_number(0)


def test_signs_of_two_hands_stand_for_no_number_of_one_hand() -> None:
    assert {label for label, meaning in SYMBOLS.items() if meaning.hands == 2} == {
        "hand_heart",
        "holy",
        "thumb_index2",
    }
    assert all(meaning.number == 0 for meaning in SYMBOLS.values() if meaning.hands == 2)


def test_poses_without_a_number() -> None:
    assert {label for label, meaning in SYMBOLS.items() if meaning.number == 0 and meaning.hands == 1} == {
        "fist",
        "dislike",
        "little_finger",
        "middle_finger",
        "three_gun",
    }


def test_indonesian_names_tell_the_symbols_apart() -> None:
    names = [meaning.indonesian for meaning in SYMBOLS.values()]
    assert len(set(names)) == len(names)


def test_a_pair_of_hands_is_written_in_one_way() -> None:
    assert two_hands("one", "palm") == two_hands("palm", "one") == ("palm", "one")
    assert two_hands("like", "one") == ("one", "like")
    assert two_hands("fist", "palm") == ("palm", "fist")
    assert two_hands("one", "one") == ("one", "one")


@pytest.mark.parametrize(("one", "other"), [("one", "salute"), ("holy", "one"), ("", "one")])
def test_a_pair_takes_two_known_symbols_of_one_hand(one: str, other: str) -> None:
    with pytest.raises(ValueError, match="expected two known symbols"):
        two_hands(one, other)


@pytest.mark.parametrize(
    ("one", "other", "number"), [("palm", "one", 6), ("stop", "palm", 10), ("palm", "fist", 0), ("like", "like", 2)]
)
def test_two_hands_add_up(one: str, other: str, number: int) -> None:
    assert number_of_two_hands(two_hands(one, other)) == number


@pytest.mark.parametrize(
    "wrong",
    [
        {"label": "Two Up"},
        {"label": ""},
        {"indonesian": ""},
        {"number": 6},
        {"number": -1},
        {"hands": 3},
    ],
)
def test_a_meaning_is_checked_at_birth(wrong: dict[str, object]) -> None:
    right = {"label": "one", "indonesian": "telunjuk", "english": "index finger", "number": 1, "hands": 1}
    SymbolMeaning(**right)  # type: ignore[arg-type] # a table of keyword arguments
    with pytest.raises(ValueError, match="expected"):
        SymbolMeaning(**{**right, **wrong})  # type: ignore[arg-type] # as above
