"""``netra verify`` and ``netra checkpoint``: what is looked at, and what is said about it."""

import errno
import sys
from pathlib import Path

from casework import verifier
from casework.audit import Action
from casework.checkpoint import key_file_beside, open_signer
from casework.database import open_database
from casework.verify import Damage, Fault, Verdict, verify_log
from console import verify_texts as texts
from console.desk import Desk
from console.errors import ReaderGoneError
from console.report import out_console
from console.sinks import check_new_file, open_new_file, writing_failed
from console.texts import WRITTEN
from console.voice import Voice
from netra.errors import UsageError

EXIT_DAMAGED = 1


def verify_place(place: str, checkpoint: Path | None, voice: Voice) -> int:
    """Look at a database or an export, and say what is wrong with it; the exit code.

    Raises:
        UsageError: the checkpoint cannot be read.
        DatabaseError: it is no case database, or so damaged that it cannot be read.
        ReaderGoneError: nobody reads standard output any more.
    """
    outside = () if checkpoint is None else (_read(checkpoint, voice),)
    if Path(place).is_dir():
        return _export(place, checkpoint)
    with open_database(place, create=False, check=False) as database, database.read() as connection:
        verdict = verify_log(connection, outside)
    for line in lines_of_verdict(verdict, place, checkpoint is not None, voice):
        out_console().print(line, soft_wrap=True, markup=False)
    return 0 if verdict.whole else EXIT_DAMAGED


def _read(checkpoint: Path, voice: Voice) -> bytes:
    try:
        return checkpoint.read_bytes()
    except OSError as error:
        raise UsageError(voice(texts.NO_SUCH_CHECKPOINT, path=checkpoint, reason=error.strerror)) from error


def _export(folder: str, checkpoint: Path | None) -> int:
    """The stand-alone verifier, as an export has it: in both languages."""
    try:
        code = verifier.main(["--checkpoint", str(checkpoint), "--", folder] if checkpoint else ["--", folder])
        sys.stdout.flush()
    except OSError as error:
        if error.errno == errno.EPIPE:
            raise ReaderGoneError(folder) from error
        raise
    return code


def lines_of_verdict(verdict: Verdict, place: str, with_outside: bool, voice: Voice) -> list[str]:
    """What is said about a database."""
    if verdict.whole:
        lines = [voice(texts.WHOLE, place=place, size=verdict.size, count=verdict.checkpoints)]
        if verdict.outside:
            lines.append(voice(texts.COVERED, last=verdict.outside - 1))
    else:
        lines = [voice(texts.DAMAGED, place=place)]
        for one in verdict.damages:
            lines.append(f"  - {_said(one, voice)}")
            if one.fault is Fault.HASH and one.first < verdict.covered:
                lines.append(f"    {voice(texts.ENTRY_IS_RIGHT, first=one.first)}")
        first, last = verdict.first_wrong
        if first >= 0:
            message = texts.FIRST_EXACT if first == last else texts.FIRST_BETWEEN
            lines.append(voice(message, first=first, last=last))
        lines.append(voice(texts.WHAT_TO_DO))
    return lines if with_outside else [*lines, voice(texts.NO_OUTSIDE)]


def _said(damage: Damage, voice: Voice) -> str:
    named = voice(texts.STORED, number=damage.checkpoint) if damage.checkpoint else voice(texts.OUTSIDE)
    message = texts.FAULTS[damage.fault.value]
    return voice(message, first=damage.first, last=damage.last, detail=damage.detail, checkpoint=named)


def make_checkpoint(desk: Desk, out: Path | None, key: Path | None, reason: str, overwrite: bool) -> int:
    """Sign the log as it is, with an entry that says so, and write the checkpoint; the exit code.

    Raises:
        UsageError: a database on a server, and no key file is named.
        OutputError: the checkpoint cannot be written.
        KeyFileError: the key cannot be used.
        AuditError: the log is damaged, so nothing is signed.
        DatabaseError: the database cannot be used.
    """
    if out is not None:
        check_new_file(out, overwrite, desk.voice)
    with desk.database() as database:
        files = (key,) if key is not None else tuple(map(key_file_beside, database.files))
        if not files:
            raise UsageError(desk.voice(texts.NO_KEY))
        with database.begin() as connection:
            signer, log = open_signer(connection, files[0]), desk.log_of(connection)
            log.append(desk.actor, Action.CHECKPOINT, reason=reason)
            made = log.checkpoint(signer)
    if out is None:
        out_console().print(made.note, end="", soft_wrap=True, markup=False, highlight=False)
    else:
        try:
            with open_new_file(out, overwrite, desk.voice) as stream:
                stream.write(made.note.encode())
        except OSError as error:
            raise writing_failed(error, str(out), desk.voice) from error
        desk.say(desk.voice(WRITTEN, path=out))
    desk.say(desk.voice(texts.KEEP_IT, size=made.size, key=files[0]))
    return 0
