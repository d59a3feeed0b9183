"""Passwords: which are taken, and how they are kept."""

import pytest
from argon2 import Type, extract_parameters
from hypothesis import given
from hypothesis import strategies as st

from casework import passwords
from casework.passwords import PasswordFlaw, hashed, is_password, password_flaws, wants_new_hash

GOOD = "sepeda biru di bawah hujan"


@pytest.mark.parametrize(
    "password",
    [
        GOOD,
        "correct horse battery staple",
        "k7#Lq9!vR2$xW5@z",
        "8305 1746 2918 5",
        "ikan asin, 3 telur, nasi",
        "sandi ini panjang sekali lho",
        "\N{HIRAGANA LETTER A}いうえおかきくけこさしすせそ",
        "x" * 3 + "y7 gunung dan laut biru" * 9,
    ],
)
def test_a_password_that_is_taken(password: str) -> None:
    assert password_flaws(password, "rina", "Rina Kusumawardani") == ()


@pytest.mark.parametrize(
    ("password", "flaw"),
    [
        ("", PasswordFlaw.TOO_SHORT),
        ("empat belas ka", PasswordFlaw.TOO_SHORT),
        ("x" * 257, PasswordFlaw.TOO_LONG),
        ("aaaaaaaaaaaaaaaaaaaa", PasswordFlaw.OBVIOUS),
        ("abababababababababab", PasswordFlaw.OBVIOUS),
        ("123456789012345", PasswordFlaw.OBVIOUS),
        ("1234567890123456", PasswordFlaw.OBVIOUS),
        ("198703122010011002", PasswordFlaw.OBVIOUS),
        ("3275 0112 0487 0003", PasswordFlaw.OBVIOUS),
        ("passwordpassword", PasswordFlaw.OBVIOUS),
        ("Rahasia-Rahasia-1", PasswordFlaw.OBVIOUS),
        ("bawaslu pilkada 2024", PasswordFlaw.OBVIOUS),
        ("netra netra netra", PasswordFlaw.OBVIOUS),
        ("qwertyuiopasdfghjkl", PasswordFlaw.OBVIOUS),
        ("rinarinarinarina", PasswordFlaw.OBVIOUS),
        ("Rina.Kusumawardani.2024", PasswordFlaw.OBVIOUS),
        ("               ", PasswordFlaw.OBVIOUS),
    ],
)
def test_a_password_that_is_not(password: str, flaw: PasswordFlaw) -> None:
    assert password_flaws(password, "rina", "Rina Kusumawardani") == (flaw,)


@given(st.text(max_size=300))
def test_any_text_is_judged(password: str) -> None:
    assert len(password_flaws(password, "rina")) <= 1


def test_hashes_are_as_rfc_9106_recommends() -> None:
    kept = hashed(GOOD)
    said = extract_parameters(kept)
    assert (said.type, said.time_cost, said.memory_cost, said.parallelism) == (Type.ID, 3, 64 * 1024, 4)
    assert (said.salt_len, said.hash_len) == (16, 32)
    assert not wants_new_hash(kept)
    assert is_password(kept, GOOD)
    assert not is_password(kept, "sepeda biru di bawah Hujan")


def test_nobodys_hash_costs_what_everybodys_does() -> None:
    assert extract_parameters(passwords._nobodys()) == extract_parameters(hashed(GOOD))
    assert not is_password("", "\N{BELL}" * passwords.LONGEST)
    assert not is_password("", "")
    assert not is_password("rusak", GOOD)
