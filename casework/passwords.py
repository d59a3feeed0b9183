"""Passwords: which are taken, and how they are kept.

Rules after NIST SP 800-63B-4 (July 2025), section 3.1.1.2: 15 characters at least where a password is all that is
asked for; at least 64 are taken; no rules of composition and no change by the calendar; every character of Unicode
counts as one, after normalisation to NFC; what is known to be common, or follows from the name or the service, is
refused. A list of millions of leaked passwords is not shipped: most of them are shorter than 15 characters anyway.

Kept as Argon2id with the second recommended parameters of RFC 9106, section 4: 3 passes, 64 MiB, 4 lanes.
"""

import re
import threading
import unicodedata
from enum import StrEnum
from functools import cache
from typing import Final

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from argon2.profiles import RFC_9106_LOW_MEMORY

SHORTEST: Final = 15
LONGEST: Final = 256
"""So much is more than anybody types; without an end, a form of megabytes would be hashed."""

_OBVIOUS: Final = (
    *("password", "passphrase", "katasandi", "sandi", "rahasia", "kunci", "masuk", "login", "admin", "administrator"),
    *("pengawas", "peninjau", "petugas", "auditor", "supervisor", "reviewer", "netra", "bawaslu", "panwaslu", "panwas"),
    *("netralitas", "pemilihan", "pemilu", "pilkada", "pilpres", "indonesia", "jakarta", "merdeka", "garuda"),
    *("pancasila", "bismillah", "assalamualaikum", "sayang", "sayangku", "cinta", "cintaku", "ganteng", "cantik"),
    *("iloveyou", "welcome", "selamatdatang", "selamatpagi", "terserah", "letmein", "changeme", "gantisaya", "default"),
    *("qwertyuiop", "qwerty", "asdfghjkl", "asdfgh", "zxcvbnm", "zxcvbn", "qazwsx", "abcdefghijklmnopqrstuvwxyz"),
    *("abcdefgh", "abcdef", "abc123", "abcd", "abc", "test", "coba", "contoh"),
)
_PUBLIC_NUMBER: Final = re.compile(r"\d{16}|\d{18}")  # a citizen's (NIK) or civil servant's (NIP): printed on papers
_PLAIN_NUMBERS: Final = re.compile(
    "|".join(["0?1234567890?", *("0?" + "123456789"[:count] for count in range(8, 2, -1))])
    + r"|(?:19|20)\d\d|(\d)\1{2,}"
)
_LEFT_AT_LEAST: Final = 6
_DIFFERENT_AT_LEAST: Final = 5
_HASHER: Final = PasswordHasher.from_parameters(RFC_9106_LOW_MEMORY)
_ONE_AT_A_TIME: Final = threading.Lock()  # each takes 64 MiB and every core


class PasswordFlaw(StrEnum):
    """Why a password is not taken."""

    TOO_SHORT = "too-short"
    TOO_LONG = "too-long"
    OBVIOUS = "obvious"


def normal(password: str) -> str:
    """A password as it is counted and hashed: the same whatever keyboard composed its letters."""
    return unicodedata.normalize("NFC", password)


def password_flaws(password: str, *names: str) -> tuple[PasswordFlaw, ...]:
    """Why a password is not taken; nothing where it is.

    Refused as obvious: what is made of little more than common words, the account's own names, years and digits in
    their order; few different characters; and the numbers that identify a citizen or civil servant.

    Args:
        password: as typed.
        names: of the account.
    """
    typed = normal(password)
    if len(typed) < SHORTEST:
        return (PasswordFlaw.TOO_SHORT,)
    if len(typed) > LONGEST:
        return (PasswordFlaw.TOO_LONG,)
    left = re.sub(r"[\W_]+", "", typed.casefold())
    if _PUBLIC_NUMBER.fullmatch(left):
        return (PasswordFlaw.OBVIOUS,)
    own = [part for name in names for part in (name, *name.split())]
    words = {re.sub(r"[\W_]+", "", word.casefold()) for word in (*own, *_OBVIOUS)}
    for word in sorted((word for word in words if len(word) > 2), key=len, reverse=True):
        left = left.replace(word, "")
    left = _PLAIN_NUMBERS.sub("", left)
    if len(left) < _LEFT_AT_LEAST or len(set(left)) < _DIFFERENT_AT_LEAST:
        return (PasswordFlaw.OBVIOUS,)
    return ()


def hashed(password: str) -> str:
    """A password as the database has it (PHC string)."""
    with _ONE_AT_A_TIME:
        return _HASHER.hash(normal(password))


def is_password(kept: str, password: str) -> bool:
    """Whether this is the password; costs the same for any.

    Args:
        kept: what ``hashed`` made; empty where there is no account, which takes as long and is never right.
        password: as typed.
    """
    if len(password) > LONGEST:
        password, kept = "", ""
    try:
        with _ONE_AT_A_TIME:
            _HASHER.verify(kept or _nobodys(), normal(password))
    except (VerificationError, InvalidHashError):
        return False
    return bool(kept)


def wants_new_hash(kept: str) -> bool:
    """Whether it was made with other parameters than are used now."""
    return _HASHER.check_needs_rehash(kept)


@cache
def _nobodys() -> str:
    """A hash of nothing that anybody could type, with today's parameters."""
    return _HASHER.hash("\N{BELL}" * LONGEST)
