"""The part of the audit log that goes into an export, in the form that ``casework.verifier`` checks.

    data/audit/log.jsonl       entries, one a line, byte for byte as they are hashed; those of other cases are left out
    data/audit/hashes.txt      the hash of every entry of the log, also of those left out: a random salt in each entry
                               keeps its hash from telling what it says
    data/audit/checkpoint.txt  the signed checkpoint of exactly this log
    data/audit/public-key.txt  what the signature is checked with

The last entry says of the export itself what else it holds and how many entries are shown. So manifests that somebody
wrote anew around a changed photo do not help: the log, signed and known elsewhere, says otherwise.
"""

from collections.abc import Collection, Mapping
from hashlib import sha512
from importlib.resources import files
from typing import Any, Final

from sqlalchemy import Connection

from casework.audit import Action, AuditLog
from casework.checkpoint import Checkpoint, Signer
from casework.verifier import AUDIT, HASHES, KEY, LOG, NOTE

VERIFIER: Final = "verifier.py"
"""The stand-alone program in each export."""


def verifier_text() -> bytes:
    """The stand-alone verifier, as it is copied into each export."""
    return files("casework").joinpath(VERIFIER).read_bytes()


def payload_sha512(hashes: Mapping[str, str]) -> str:
    """What the log says of an export's payload.

    Args:
        hashes: SHA-512 in hex digits by name in the bag (``data/...``); those of the log itself are passed over.
    """
    lines = [f"{hashes[name]}  {name}\n" for name in sorted(hashes) if not name.startswith(AUDIT)]
    return sha512("".join(lines).encode("utf-8", "surrogateescape")).hexdigest()


def export_log(
    log: AuditLog,
    signer: Signer,
    *,
    actor: str,
    subject: str,
    reason: str,
    detail: Mapping[str, Any],
    shown: Collection[int],
    hashes: Mapping[str, str],
) -> tuple[dict[str, bytes], Checkpoint]:
    """Write the entry of an export, sign the log, and give the files of ``data/audit/`` by name, and the checkpoint.

    Args:
        log: of a transaction that may write; to be committed before the export is handed over.
        signer: of this log.
        actor: of the entry.
        subject: of the entry.
        reason: of the entry.
        detail: of the entry, besides what is added here.
        shown: places of the entries that the export shows; its own is added.
        hashes: of all other payload files, as ``payload_sha512`` takes them.

    Raises:
        AuditError: the log is damaged, so nothing is signed.
    """
    places = set(shown)
    told = {"payload_sha512": payload_sha512(hashes), "entries_shown": len(places) + 1}
    places.add(log.append(actor, Action.EXPORT, subject, reason, {**detail, **told}).seq)
    checkpoint = log.checkpoint(signer)
    lines = [entry.text + "\n" for entry in log.entries(min(places)) if entry.seq in places]
    made = {
        LOG: "".join(lines).encode(),
        HASHES: "".join(f"{leaf.hex()}\n" for leaf in log.leaves()).encode(),
        NOTE: checkpoint.note.encode(),
        KEY: f"{signer.public.text}\n".encode(),
    }
    return made, checkpoint


def whole_log(connection: Connection, signer: Signer) -> dict[str, bytes]:
    """The same files with every entry and no entry of its own, for somebody who may see all of it."""
    log = AuditLog(connection)
    checkpoint = log.checkpoint(signer)
    return {
        LOG: "".join(entry.text + "\n" for entry in log.entries()).encode(),
        HASHES: "".join(f"{leaf.hex()}\n" for leaf in log.leaves()).encode(),
        NOTE: checkpoint.note.encode(),
        KEY: f"{signer.public.text}\n".encode(),
    }
