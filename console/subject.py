"""``netra subject``: the report for a person who asks, as a page or as data."""

import json
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from casework.subject_page import subject_page
from casework.subject_report import Asked, Question, is_empty, subject_report
from console import subject_texts
from console.desk import Desk
from console.retention import content_hash
from console.sinks import check_new_file, open_new_file, writing_failed
from console.texts import WRITTEN
from netra.errors import UsageError

STDOUT: Final = Path("-")
_PAGE, _DATA = ".md", ".json"


@dataclass(frozen=True, slots=True)
class Request:
    """What was typed.

    Attributes:
        uploader, candidate, photo: one of them.
        out: where to.
        overwrite: whether a file that is there is replaced.
    """

    uploader: str
    candidate: str
    photo: str
    out: Path
    overwrite: bool


def write_report(desk: Desk, request: Request) -> int:
    """Make the report and write it; it is in the audit log before it is in anybody's hands."""
    question = _question(desk, request)
    ending = _PAGE if request.out == STDOUT else request.out.suffix.lower()
    if ending not in (_PAGE, _DATA):
        raise UsageError(desk.voice(subject_texts.ENDING, path=request.out))
    if request.out != STDOUT:
        check_new_file(request.out, request.overwrite, desk.voice)
    with desk.database() as database, database.begin() as connection:
        report = subject_report(connection, desk.log_of(connection), question, desk.actor)
    text = subject_page(report) if ending == _PAGE else json.dumps(report, ensure_ascii=False, indent=2) + "\n"
    _write(desk, request, text)
    if is_empty(report):
        desk.say(desk.voice(subject_texts.EMPTY))
    desk.say(desk.voice(subject_texts.HAND_OVER))
    return 0


def _question(desk: Desk, request: Request) -> Question:
    named = {
        Asked.UPLOADER: request.uploader.strip(),
        Asked.CANDIDATE: request.candidate.strip(),
        Asked.PHOTO: request.photo.strip(),
    }
    given = {asked: value for asked, value in named.items() if value}
    if len(given) != 1:
        raise UsageError(desk.voice(subject_texts.ONE_QUESTION))
    ((asked, value),) = given.items()
    return Question(asked, content_hash(value, desk.voice) if asked is Asked.PHOTO else value)


def _write(desk: Desk, request: Request, text: str) -> None:
    try:
        if request.out == STDOUT:
            sys.stdout.buffer.write(text.encode())
            sys.stdout.buffer.flush()
            return
        with open_new_file(request.out, request.overwrite, desk.voice) as file:
            file.write(text.encode())
    except OSError as error:
        raise writing_failed(error, str(request.out), desk.voice) from error
    desk.say(desk.voice(WRITTEN, path=request.out))
