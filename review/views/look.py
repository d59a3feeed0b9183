"""The first look: a face beside reference photos, and a hand; nothing of the machine, of the upload or of others.

No name stands at the reference photos: whoever knows a politician would answer from memory what the two pictures must
tell. No number of a finding either: a planted look must not be told from any other.
"""

import random
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from starlette.responses import Response

from casework.access import finding_subject
from casework.evidence import read_evidence
from casework.looks import (
    NO_SYMBOL,
    OTHER_SYMBOL,
    UNCLEAR_SYMBOL,
    Look,
    SamePerson,
    answer_look,
    look_of,
    next_look,
    open_look,
)
from casework.review_refusals import Refusal, ReviewError
from casework.roles import Role
from netra.symbols import SYMBOLS
from review.carried import carried_of, last_of
from review.finding_words import symbol_name
from review.language import marked
from review.page import Page
from review.pictures import face_source, hand_source, log_faces, reference_source
from review.queue_filter import asked
from review.render import go, render
from review.visit import MissingPageError, Visit

REVIEWERS: Final = frozenset({Role.REVIEWER})

PERSONS: Final = (
    ("y", SamePerson.SAME.value, marked("sama")),
    ("t", SamePerson.DIFFERENT.value, marked("berbeda")),
    ("r", SamePerson.CANNOT_TELL.value, marked("tidak dapat dipastikan")),
)
"""Key, value and words of each answer."""

OTHERS: Final = (
    ("0", NO_SYMBOL, marked("tidak ada simbol")),
    ("9", OTHER_SYMBOL, marked("simbol lain")),
    ("8", UNCLEAR_SYMBOL, marked("tidak dapat dipastikan")),
)

SYMBOL_KEYS: Final[Mapping[str, str]] = {
    "one": "1", "like": "j", "peace": "2", "peace_inverted": "b", "two_up": "w", "two_up_inverted": "v",
    "thumb_index": "p", "call": "e", "finger_heart": "h", "three": "3", "three2": "i", "three3": "g", "ok": "o",
    "rock": "m", "four": "4", "palm": "5", "stop": "l", "fist": "k", "dislike": "d", "little_finger": "c",
    "middle_finger": "a", "three_gun": "q", "hand_heart": "x", "holy": "z", "thumb_index2": "f",
}  # fmt: skip
"""A key for each symbol: digits count fingers, letters are of the Indonesian name where they were free."""

_SYSTEM: Final = random.SystemRandom()  # a planted look must not be foreseen


@dataclass(frozen=True, slots=True)
class Sent:
    """What a form had that could not be taken as it was."""

    same_person: str = ""
    symbol: str = ""


@dataclass(frozen=True, slots=True)
class _Shown:
    """Pictures of a look, as addresses with tickets."""

    face: str = ""
    hand: str = ""
    references: tuple[str, ...] = field(default=())


def begin_next(visit: Visit) -> Response:
    """The next finding that waits for this reviewer."""
    with visit.office.database.begin() as connection:
        return go_to_next(visit, connection, carried_of(visit, visit.form))


def go_to_next(visit: Visit, connection: Any, carried: Mapping[str, str]) -> Response:
    """Sends a reviewer to what they look at next within the filter, or back to the list where nothing is left.

    Args:
        visit: whose.
        connection: may write.
        carried: the filter, and what goes along.
    """
    office = visit.office
    wanted = asked(visit, carried).wanted
    found = next_look(connection, office.log_of(connection), visit.actor, wanted, office.now, _SYSTEM.random)
    return next((go_to_look(each, carried) for each in found), go("/temuan", "tinjauan-habis", **carried))


def go_to_look(look: Look, carried: Mapping[str, str]) -> Response:
    """Sends a reviewer to a look, or on to the evidence where they have answered it."""
    if look.answered and not look.control:
        return go(f"/temuan/{look.finding_id}", **carried)
    return go(f"/tinjau/{look.id}", **carried)


def open_first(visit: Visit, connection: Any, finding: int, carried: Mapping[str, str]) -> Response:
    """Sends a reviewer who has not answered yet to their look at a finding; that they have opened it is written down.

    Raises:
        MissingPageError: there is no such finding.
    """
    try:
        look = open_look(connection, visit.office.log_of(connection), finding, visit.actor, visit.office.now)
    except ReviewError as error:
        if error.refusal is Refusal.NO_FINDING:
            raise MissingPageError from error
        raise
    return go_to_look(look, carried)


def show(visit: Visit) -> Response:
    """A look that is to be answered; of one that was answered, what comes after."""
    carried = carried_of(visit, visit.query)
    with visit.office.database.begin() as connection:
        look = _own(visit, connection)
        if not look.answered:
            return _page(visit, connection, look, carried)
    if look.control:
        return render(visit, "control.html", look=look, carried=carried, last=last_of(carried))
    return go_to_look(look, carried)


def answer(visit: Visit) -> Response:
    """What a reviewer says."""
    carried = carried_of(visit, visit.form)
    sent = Sent(visit.form.get("same_person", ""), visit.form.get("symbol", ""))
    number, office = visit.params["look"], visit.office
    try:
        with office.database.begin() as connection:
            log = office.log_of(connection)
            _own(visit, connection)
            look = answer_look(connection, log, number, visit.actor, sent.same_person, sent.symbol, office.now)
    except ReviewError as error:
        if error.refusal is not Refusal.INCOMPLETE:
            return go(f"/tinjau/{number}", **carried)  # answered before, in another window
        with office.database.begin() as connection:
            return _page(visit, connection, _own(visit, connection), carried, sent, error.said(visit.language))
    if look.control:
        return go(f"/tinjau/{number}", **carried)
    return go_to_look(look, carried)


def _own(visit: Visit, connection: Any) -> Look:
    for look in look_of(connection, visit.params["look"], visit.actor):
        return look
    raise MissingPageError


def _page(
    visit: Visit, connection: Any, look: Look, carried: Mapping[str, str], sent: Sent = Sent(), trouble: str = ""
) -> Response:
    shown = _pictures(visit, connection, look)
    log_faces(visit, connection, finding_subject(look.finding_id), look=look.id)
    return render(
        visit,
        "look.html",
        400 if trouble else 200,
        look=look,
        face=shown.face,
        references=shown.references,
        hand=shown.hand,
        persons=PERSONS,
        symbols=[(SYMBOL_KEYS[label], label, symbol_name(visit.language, label)) for label in SYMBOLS],
        others=OTHERS,
        sent=sent,
        trouble=trouble,
        carried=carried,
        last=last_of(carried),
    )


def _pictures(visit: Visit, connection: Any, look: Look) -> _Shown:
    """Reference photos come in the election file's order: the best one first would tell a planted look apart."""
    for finding in read_evidence(connection, look.finding_id):
        people = [one for number in look.person for one in finding.person(number)]
        hands = [one for number in look.hand for one in finding.hand(number)]
        names = visit.office.pictures.references(finding.election_id, look.candidate) if people else ()
        return _Shown(
            next((face_source(visit, finding.sha256, one.box) for one in people), ""),
            next((hand_source(visit, finding.sha256, one.box) for one in hands), ""),
            tuple(reference_source(visit, finding.election_id, name) for name in names),
        )
    raise MissingPageError


PAGES: Final = (
    Page("POST", "/tinjau/berikut", begin_next, REVIEWERS),
    Page("GET", "/tinjau/{look:int}", show, REVIEWERS),
    Page("POST", "/tinjau/{look:int}", answer, REVIEWERS),
)
