"""What is refused of accounts, each with the sentence that is shown."""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from netra.both import Both
from netra.errors import UsageError


class Refusal(StrEnum):
    """Why something is not done with an account."""

    NAME = "name"
    NAME_TAKEN = "name-taken"
    FULL_NAME = "full-name"
    SHORT = "password-short"
    LONG = "password-long"
    OBVIOUS = "password-obvious"
    SAME = "password-same"
    WRONG = "password-wrong"
    NOT_FIRST = "not-first"
    MISSING = "missing"
    OWN = "own"
    LAST_SUPERVISOR = "last-supervisor"


SENTENCES: Final[Mapping[Refusal, Both]] = MappingProxyType(
    {
        Refusal.NAME: Both(
            "Nama untuk masuk terdiri atas 2 sampai 40 huruf kecil, angka, titik, garis hubung, atau garis bawah, "
            "diawali dan diakhiri huruf atau angka.",
            "A login name has 2 to 40 small letters, digits, dots, hyphens or underscores, and begins and ends with a "
            "letter or digit.",
        ),
        Refusal.NAME_TAKEN: Both("Nama ini sudah dipakai akun lain.", "Another account has this name already."),
        Refusal.FULL_NAME: Both(
            "Nama lengkap paling panjang 100 karakter, tanpa karakter kendali.",
            "A full name has at most 100 characters, and no control characters.",
        ),
        Refusal.SHORT: Both(
            "Kata sandi terlalu pendek: paling sedikit 15 karakter. Sebuah kalimat paling mudah diingat.",
            "The password is too short: at least 15 characters. A sentence is easiest to remember.",
        ),
        Refusal.LONG: Both(
            "Kata sandi terlalu panjang: paling banyak 256 karakter.",
            "The password is too long: at most 256 characters.",
        ),
        Refusal.OBVIOUS: Both(
            "Kata sandi ini mudah ditebak: terlalu banyak memuat nama, kata umum, tahun, atau nomor induk. "
            "Pakailah beberapa kata yang tidak berhubungan.",
            "This password is easy to guess: too much of it is names, common words, years or identity numbers. Use "
            "several words that have nothing to do with each other.",
        ),
        Refusal.SAME: Both("Kata sandi baru sama dengan yang lama.", "The new password is the old one."),
        Refusal.WRONG: Both("Kata sandi yang sekarang tidak benar.", "The current password is not right."),
        Refusal.NOT_FIRST: Both(
            "Halaman ini sudah disiapkan; masuklah dengan akun yang ada.",
            "This page has been set up already; log in with an account that there is.",
        ),
        Refusal.MISSING: Both("Akun ini tidak ada.", "There is no such account."),
        Refusal.OWN: Both(
            "Peran dan keaktifan akun sendiri hanya dapat diubah oleh penyelia lain.",
            "Only another supervisor can change your own account's role or take it away.",
        ),
        Refusal.LAST_SUPERVISOR: Both(
            "Ini penyelia aktif yang terakhir. Angkat penyelia lain lebih dahulu.",
            "This is the last active supervisor. Appoint another one first.",
        ),
    }
)


class AccountError(UsageError):
    """Something is not done with an account; the message is the sentence.

    Attributes:
        refusal: why.
    """

    def __init__(self, refusal: Refusal) -> None:
        super().__init__(SENTENCES[refusal])
        self.refusal = refusal
