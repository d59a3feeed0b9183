"""Ed25519 in plain Python: the RFC's vectors, the judgement of the cryptography library, and what is no signature."""

import secrets

import pytest
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from casework import verifier
from casework.verifier import L, P


def theirs(key: bytes, message: bytes, signature: bytes) -> bool:
    try:
        Ed25519PublicKey.from_public_bytes(key).verify(signature, message)
    except (InvalidSignature, ValueError):
        return False
    return True


def test_signatures_are_judged_as_the_cryptography_library_judges_them() -> None:
    for length in range(60):
        private, message = Ed25519PrivateKey.generate(), secrets.token_bytes(length)
        key, signature = private.public_key().public_bytes_raw(), private.sign(message)
        assert verifier.signed(key, message, signature)
        assert theirs(key, message, signature)
        bit = secrets.randbelow(512)
        wrong = bytearray(signature)
        wrong[bit // 8] ^= 1 << bit % 8
        other = bytearray(key)
        other[bit % 32] ^= 1 << bit % 8
        for each in [
            (key, message, bytes(wrong)),
            (bytes(other), message, signature),
            (key, message + b"x", signature),
        ]:
            assert verifier.signed(*each) is theirs(*each) is False


# RFC 8032, 7.1: secret key, message, signature of the tests 1 to 3.
VECTORS = [
    ("9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60", ""),
    ("4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb", "72"),
    ("c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7", "af82"),
]
PUBLIC = [
    "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a",
    "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c",
    "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025",
]


@pytest.mark.parametrize(("vector", "public"), list(zip(VECTORS, PUBLIC, strict=True)))
def test_the_vectors_of_the_rfc(vector: tuple[str, str], public: str) -> None:
    private = Ed25519PrivateKey.from_private_bytes(bytes.fromhex(vector[0]))
    assert private.public_key().public_bytes_raw().hex() == public
    message = bytes.fromhex(vector[1])
    assert verifier.signed(bytes.fromhex(public), message, private.sign(message))


def test_another_spelling_of_a_signature_is_refused() -> None:
    """S + L signs the same; RFC 8032, 5.1.7 asks for 0 <= S < L."""
    private = Ed25519PrivateKey.generate()
    key, signature = private.public_key().public_bytes_raw(), private.sign(b"x")
    s = int.from_bytes(signature[32:], "little")
    for factor in range(1, 16):
        other = signature[:32] + (s + factor * L).to_bytes(32, "little")
        assert not verifier.signed(key, b"x", other)
        assert not theirs(key, b"x", other)
    for wrong in (b"", signature[:-1], signature + b"\0", signature[:32]):
        assert not verifier.signed(key, b"x", wrong)
    for wrong in (b"", key[:-1], key + b"\0"):
        assert not verifier.signed(wrong, b"x", signature)


def test_what_is_no_point_is_refused() -> None:
    signature = Ed25519PrivateKey.generate().sign(b"x")
    no_point = [
        (P + 1).to_bytes(32, "little"),  # y = 1 in another spelling
        (2**255 - 1).to_bytes(32, "little"),
        (1 | 1 << 255).to_bytes(32, "little"),  # x = 0 with a sign
        (2).to_bytes(32, "little"),  # no x fits
    ]
    for each in no_point:
        assert verifier._point(each) is None
        assert not verifier.signed(each, b"x", signature)
        assert not verifier.signed(PUBLIC[0].encode()[:32], b"x", each + signature[32:])
    assert verifier._point((1).to_bytes(32, "little")) == (0, 1, 1, 0)
