"""Signed checkpoints of the audit log, and the key that signs them.

A checkpoint says how many entries the log has and what its root is, in a few lines of text that can be printed, sent or
copied by hand (C2SP tlog-checkpoint and signed-note, https://c2sp.org):

    netra/5f0c... (the log's name)
    20852163
    CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=

    — netra/5f0c... Az3grlgtzPICa5OS8npVmf1Myq/5IZniMp+ZJurmRDeO...

The key is Ed25519 (RFC 8032), made once for a database and kept in a file beside it that its owner alone may read. The
public key stands in the database and in every export. Who holds the key can sign another log; so checkpoints belong to
somebody else as well.
"""

import base64
import binascii
import logging
import os
import re
import secrets
from dataclasses import dataclass
from enum import StrEnum
from hashlib import sha256
from pathlib import Path
from typing import Final, Self

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from sqlalchemy import Connection, insert, select

from casework.tables import about
from netra.both import Message
from netra.errors import NetraError

LOG_KEY: Final = "log-key"
"""The row of the table ``about`` with the log's name and public key."""

KEY_FILE_ENDING: Final = ".key"

_ED25519: Final = b"\x01"  # the kind of signature, C2SP signed-note
_KEY_TEXT: Final = re.compile(r"([^+\s]+)\+([0-9a-f]{8})\+([A-Za-z0-9+/]{44})")
_NOTE: Final = re.compile(
    rb"(([^\n]+)\n(0|[1-9][0-9]{0,17})\n([A-Za-z0-9+/]{43}=)\n)\n"
    rb"((?:\xe2\x80\x94 [^ \n]+ [A-Za-z0-9+/]+=*\n)+)"
)


class CheckpointFault(StrEnum):
    """Why a checkpoint cannot be believed."""

    MALFORMED = "malformed"
    OTHER_LOG = "other-log"
    NOT_SIGNED = "not-signed"


_SAID: Final = {
    CheckpointFault.MALFORMED: "is no checkpoint: expected the log's name, its size, its root, an empty line and a "
    "signature. Copy it again from where it was kept.",
    CheckpointFault.OTHER_LOG: "belongs to another audit log. Take the checkpoint of this database.",
    CheckpointFault.NOT_SIGNED: "was not signed with this log's key: it was changed, or the log was made anew.",
}


_OTHER_KEY: Final = Message(
    "{path}: kunci ini milik basis data lain. Kembalikan kunci yang dibuat bersama basis data ini; dengan kunci lain "
    "log tidak dapat lagi dibedakan dari yang palsu.",
    "{path}: this key belongs to another database. Put back the key that was made with this one; with another key the "
    "log could no longer be told from a forged one.",
)
_KEY_NOT_WRITTEN: Final = Message(
    "{path}: kunci yang menandatangani log audit tidak dapat ditulis ({reason}). Kosongkan ruang, atau pilih folder "
    "yang boleh Anda tulisi.",
    "{path}: the key that signs the audit log cannot be written ({reason}). Make room, or choose a folder that you may "
    "write to.",
)
_KEY_MISSING: Final = Message(
    "{path}: kunci yang menandatangani log audit hilang. Kembalikan dari salinan cadangan basis data; tanpa kunci itu "
    "tidak ada checkpoint dan ekspor yang dapat ditandatangani. Lognya sendiri utuh.",
    "{path}: the key that signs the audit log is missing. Put it back from the backup of the database; without it no "
    "checkpoint and no export can be signed. The log itself is unharmed.",
)
_KEY_NOT_READ: Final = Message(
    "{path}: tidak dapat dibaca ({reason}). Periksa milik siapa berkas itu.",
    "{path}: cannot be read ({reason}). See whose file it is.",
)
_NO_KEY: Final = Message(
    "{path}: tidak berisi kunci {what}yang sah. Kembalikan dari salinan cadangan basis data.",
    "{path}: holds no {what}key. Put it back from the backup of the database.",
)


class CheckpointError(NetraError):
    """A checkpoint cannot be believed; ``fault`` says why in one word."""

    def __init__(self, fault: CheckpointFault, place: str = "checkpoint") -> None:
        self.fault = fault
        super().__init__(f"{place}: {_SAID[fault]}")


class KeyFileError(NetraError):
    """The file with the key that signs checkpoints cannot be used."""


@dataclass(frozen=True, slots=True)
class PublicKey:
    """Whose signature counts.

    Attributes:
        name: of the log; neither spaces nor ``+``.
        key: Ed25519, 32 bytes.
    """

    name: str
    key: bytes

    def __post_init__(self) -> None:
        if not re.fullmatch(r"[^+\s]+", self.name) or len(self.key) != 32:
            raise ValueError(
                f"expected a name without spaces and 32 bytes, got {self.name!r} and {len(self.key)} bytes"
            )

    @property
    def key_id(self) -> bytes:
        """Four bytes that tell keys apart (C2SP signed-note)."""
        return sha256(self.name.encode() + b"\n" + _ED25519 + self.key).digest()[:4]

    @property
    def text(self) -> str:
        """The key in one line, as programs for signed notes exchange it: name, key id, base64."""
        return f"{self.name}+{self.key_id.hex()}+{base64.b64encode(_ED25519 + self.key).decode()}"

    @classmethod
    def from_text(cls, text: str) -> Self:
        """Read such a line.

        Raises:
            ValueError: it is none, or its parts do not fit each other.
        """
        match = _KEY_TEXT.fullmatch(text)
        data = base64.b64decode(match[3]) if match else b""
        if match is None or data[:1] != _ED25519:
            raise ValueError(f"expected NAME+KEY ID+base64 of an Ed25519 key, got {text!r}")
        key = cls(match[1], data[1:])
        if key.text != text:
            raise ValueError(f"the key id {match[2]} is not that of this name and key")
        return key


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """A state of the log that its key has signed.

    Attributes:
        size: how many entries.
        root: of the tree over them, 32 bytes.
        note: the signed text.
    """

    size: int
    root: bytes
    note: str


def read_checkpoint(note: bytes, key: PublicKey, place: str = "checkpoint") -> Checkpoint:
    """Read a checkpoint and see that a log's key signed it. Signatures of others on it are passed over.

    Raises:
        CheckpointError: it is none, of another log, or not signed by this key.
    """
    match = _NOTE.fullmatch(note)
    if match is None:
        raise CheckpointError(CheckpointFault.MALFORMED, place)
    try:
        signers = [line.split(b" ")[1:] for line in match[5].splitlines()]
        signatures = [(name.decode(), _base64(signature)) for name, signature in signers]
        checkpoint = Checkpoint(int(match[3]), _base64(match[4]), note.decode())
    except ValueError as error:
        raise CheckpointError(CheckpointFault.MALFORMED, place) from error
    if match[2] != key.name.encode():
        raise CheckpointError(CheckpointFault.OTHER_LOG, place)
    ours = [each[4:] for name, each in signatures if (name, each[:4]) == (key.name, key.key_id)]
    if not ours or not all(_is_signed(key, match[1], each) for each in ours):
        raise CheckpointError(CheckpointFault.NOT_SIGNED, place)
    return checkpoint


def _base64(text: bytes) -> bytes:
    """Decoded, if this is how one writes it; unused bits that are set would pass unseen otherwise."""
    data = base64.b64decode(text, validate=True)
    if base64.b64encode(data) != text:
        raise binascii.Error("not as it is written")
    return data


def _is_signed(key: PublicKey, text: bytes, signature: bytes) -> bool:
    try:
        Ed25519PublicKey.from_public_bytes(key.key).verify(signature, text)
    except (InvalidSignature, ValueError):
        return False
    return True


class Signer:
    """Signs checkpoints of one log.

    Attributes:
        public: what its signatures are checked with.
    """

    def __init__(self, name: str, key: Ed25519PrivateKey) -> None:
        self._key = key
        self.public = PublicKey(name, key.public_key().public_bytes_raw())

    def sign(self, size: int, root: bytes) -> Checkpoint:
        """The checkpoint of a log with so many entries and this root; always the same for the same."""
        text = f"{self.public.name}\n{size}\n{base64.b64encode(root).decode()}\n"
        signature = base64.b64encode(self.public.key_id + self._key.sign(text.encode())).decode()
        return Checkpoint(size, root, f"{text}\n— {self.public.name} {signature}\n")


def key_file_beside(database: Path) -> Path:
    """Where the key of a database file lies."""
    return database.with_name(database.name + KEY_FILE_ENDING)


def public_key(connection: Connection) -> PublicKey:
    """The public key of a database's log.

    Raises:
        KeyFileError: there is none yet, or it is damaged.
    """
    text = connection.execute(select(about.c.value).where(about.c.name == LOG_KEY)).scalar()
    if text is None:
        raise KeyFileError("This database has no key yet, so nothing was ever signed. `netra checkpoint` makes one.")
    try:
        return PublicKey.from_text(text)
    except ValueError as error:
        raise KeyFileError(f"The public key in this database is damaged: {error}. Go on from a backup.") from error


def open_signer(connection: Connection, key_file: Path) -> Signer:
    """The signer of a database's log. The first call makes the key and its name, inside the caller's transaction.

    Args:
        connection: may write; nobody else writes meanwhile.
        key_file: where the key lies, or will lie.

    Raises:
        KeyFileError: the file is missing, cannot be read or written, holds no key, or the key of another database.
    """
    text = connection.execute(select(about.c.value).where(about.c.name == LOG_KEY)).scalar()
    if text is None:
        if not key_file.exists():
            _make(key_file)
        signer = Signer(f"netra/{secrets.token_hex(16)}", _load(key_file))
        connection.execute(insert(about).values(name=LOG_KEY, value=signer.public.text))
        return signer
    public = public_key(connection)
    signer = Signer(public.name, _load(key_file))
    if signer.public != public:
        raise KeyFileError(_OTHER_KEY.filled(path=key_file))
    return signer


def _make(key_file: Path) -> None:
    data = Ed25519PrivateKey.generate().private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    try:
        with os.fdopen(os.open(key_file, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "wb") as stream:
            stream.write(data)
            stream.flush()
            os.fsync(stream.fileno())
    except OSError as error:
        raise KeyFileError(_KEY_NOT_WRITTEN.filled(path=key_file, reason=error.strerror)) from error


def _load(key_file: Path) -> Ed25519PrivateKey:
    try:
        if os.name != "nt" and key_file.stat().st_mode & 0o077:
            key_file.chmod(0o600)
            logging.getLogger(__name__).warning(
                "%s: others could read the key that signs the audit log; now only you can. If somebody may have "
                "copied it, tell whoever keeps your checkpoints.",
                key_file,
            )
        key = serialization.load_pem_private_key(key_file.read_bytes(), password=None)
    except FileNotFoundError as error:
        raise KeyFileError(_KEY_MISSING.filled(path=key_file)) from error
    except OSError as error:
        raise KeyFileError(_KEY_NOT_READ.filled(path=key_file, reason=error.strerror)) from error
    except (ValueError, TypeError) as error:
        raise KeyFileError(_NO_KEY.filled(path=key_file, what="")) from error
    if not isinstance(key, Ed25519PrivateKey):
        raise KeyFileError(_NO_KEY.filled(path=key_file, what="Ed25519 "))
    return key
