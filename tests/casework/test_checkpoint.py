"""Signed checkpoints: known notes, one right spelling, and the key with its file."""

import base64
import os
import secrets
from pathlib import Path

import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, generate_private_key
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from casework.checkpoint import (
    CheckpointError,
    CheckpointFault,
    KeyFileError,
    PublicKey,
    Signer,
    key_file_beside,
    open_signer,
    public_key,
    read_checkpoint,
)
from casework.database import Database, open_database
from casework.merkle import leaf_hash
from tests.casework.audit_samples import signed

# The key of the Go checksum database, whose notes have this form: https://pkg.go.dev/golang.org/x/mod/sumdb/note
PETER = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"
SIGNER = Signer("netra/contoh", Ed25519PrivateKey.from_private_bytes(bytes(range(32))))
NOTE = SIGNER.sign(7, leaf_hash(b"contoh"))


def fault_of(note: bytes, key: PublicKey = SIGNER.public) -> CheckpointFault:
    with pytest.raises(CheckpointError) as refused:
        read_checkpoint(note, key, "catatan.txt")
    assert str(refused.value).startswith("catatan.txt: ")
    return refused.value.fault


def test_a_known_key_has_its_known_id() -> None:
    key = PublicKey.from_text(PETER)
    assert (key.name, key.key_id.hex(), key.text) == ("PeterNeumann", "c74f20a3", PETER)


def test_a_known_note_was_signed_by_its_key() -> None:
    """The note in the documentation of Go's package; its text is no checkpoint, so the signature alone is looked at."""
    from casework.verifier import signed as is_signed

    text = "If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n"
    coded = "x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM="
    signature, key = base64.b64decode(coded), PublicKey.from_text(PETER)
    assert signature[:4] == key.key_id
    assert is_signed(key.key, text.encode(), signature[4:])


def test_a_checkpoint_reads_back() -> None:
    assert NOTE.note.split("\n")[:2] == ["netra/contoh", "7"]
    assert read_checkpoint(NOTE.note.encode(), SIGNER.public) == NOTE
    assert SIGNER.sign(7, leaf_hash(b"contoh")) == NOTE, "the same state gives the same text"
    assert read_checkpoint(SIGNER.sign(0, leaf_hash(b"")).note.encode(), SIGNER.public).size == 0


def test_no_bit_of_a_checkpoint_can_be_other() -> None:
    data = NOTE.note.encode()
    for bit in range(len(data) * 8):
        flipped = bytearray(data)
        flipped[bit // 8] ^= 1 << bit % 8
        assert fault_of(bytes(flipped)) in CheckpointFault


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        (lambda note: note[:-1], CheckpointFault.MALFORMED),
        (lambda note: note.replace("\n7\n", "\n07\n"), CheckpointFault.MALFORMED),
        (lambda note: note.replace("\n7\n", "\n-7\n"), CheckpointFault.MALFORMED),
        (lambda note: note.replace("\n\n", "\n"), CheckpointFault.MALFORMED),
        (lambda note: note.replace("—", "-"), CheckpointFault.MALFORMED),
        (lambda note: "", CheckpointFault.MALFORMED),
        (lambda note: note.replace("\n7\n", "\n8\n"), CheckpointFault.NOT_SIGNED),
        (lambda note: note.replace("— netra/contoh", "— netra/lain"), CheckpointFault.NOT_SIGNED),
        (lambda note: note.replace("netra/contoh", "netra/lain"), CheckpointFault.OTHER_LOG),
    ],
)
def test_a_changed_checkpoint_is_refused(change: object, fault: CheckpointFault) -> None:
    assert callable(change)
    assert fault_of(change(NOTE.note).encode()) == fault


def test_another_key_with_the_same_name_has_not_signed() -> None:
    forged = Signer("netra/contoh", Ed25519PrivateKey.generate()).sign(NOTE.size, NOTE.root).note
    assert fault_of(forged.encode()) == CheckpointFault.NOT_SIGNED


def test_signatures_of_others_are_passed_over_but_none_of_ours_may_be_wrong() -> None:
    witness = Signer("saksi.example", Ed25519PrivateKey.generate())
    line = f"— saksi.example {base64.b64encode(witness.public.key_id + bytes(64)).decode()}\n"
    assert read_checkpoint((NOTE.note + line).encode(), SIGNER.public).size == 7
    wrong = f"— netra/contoh {base64.b64encode(SIGNER.public.key_id + bytes(64)).decode()}\n"
    assert fault_of((NOTE.note + wrong).encode()) == CheckpointFault.NOT_SIGNED


@pytest.mark.parametrize("text", ["", "x", PETER + "\n", PETER.replace("c7", "c8"), PETER.replace("+AR", "+BR"),
                                  PETER.replace("Peter", "Petra")])  # fmt: skip
def test_a_changed_public_key_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"expected|not that of"):
        PublicKey.from_text(text)


@pytest.mark.parametrize(("name", "key"), [("a b", bytes(32)), ("a+b", bytes(32)), ("", bytes(32)), ("a", bytes(31))])
def test_a_public_key_has_a_plain_name_and_32_bytes(name: str, key: bytes) -> None:
    with pytest.raises(ValueError, match="expected"):
        PublicKey(name, key)


def test_the_key_is_made_once_for_a_database(database: Database, tmp_path: Path) -> None:
    key = tmp_path / "log.key"
    with database.begin() as connection:
        with pytest.raises(KeyFileError, match="no key yet"):
            public_key(connection)
        first = open_signer(connection, key)
    with database.begin() as connection:
        assert open_signer(connection, key).public == first.public == public_key(connection)
        assert first.public.name.startswith("netra/")
    if os.name != "nt":
        assert key.stat().st_mode & 0o777 == 0o600
    assert signed(database, key).size == 0


def test_the_key_of_a_first_attempt_that_was_undone_is_taken(database: Database, tmp_path: Path) -> None:
    key = tmp_path / "log.key"
    with database.begin() as connection:
        undone = open_signer(connection, key)
        connection.rollback()
    with database.begin() as connection:
        assert open_signer(connection, key).public.key == undone.public.key
        assert undone.public != public_key(connection), "the log's name is chosen anew"


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such rights")
def test_a_key_that_others_can_read_is_closed_and_said(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    place = tmp_path / "kasus.db"
    key = key_file_beside(place)
    with open_database(place, create=True) as database:
        signed(database, key)
        key.chmod(0o644)
        signed(database, key)
    assert key.stat().st_mode & 0o777 == 0o600
    assert "others could read the key" in caplog.text
    assert key.name == "kasus.db.key"


def test_another_key_or_none_is_told(tmp_path: Path) -> None:
    place = tmp_path / "kasus.db"
    key = key_file_beside(place)
    with open_database(place, create=True) as database:
        signed(database, key)
        other = Ed25519PrivateKey.generate()
        for data, said in [
            (pem(other), "another database"),
            (b"", "holds no key"),
            (secrets.token_bytes(100), "holds no key"),
            (pem(generate_private_key(SECP256R1())), "no Ed25519 key"),
        ]:
            key.write_bytes(data)
            with pytest.raises(KeyFileError, match=said):
                signed(database, key)
        key.unlink()
        with pytest.raises(KeyFileError, match="missing"):
            signed(database, key)
        assert not key.exists(), "no new key is made quietly"
        key.mkdir()
        with pytest.raises(KeyFileError, match="cannot be read"):
            signed(database, key)
    with open_database(tmp_path / "baru.db", create=True) as database, pytest.raises(KeyFileError, match="be written"):
        signed(database, tmp_path / "tidak-ada" / "log.key")


def pem(key: object) -> bytes:
    made: bytes = key.private_bytes(  # type: ignore[attr-defined]  # any kind of private key
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    return made
