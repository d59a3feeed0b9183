"""What a reviewer decides about a finding, and taking it back; then on to the next one.

A form can come twice: pressed twice, or left open in another window. The same once more goes on as if it had come once;
another decision is not taken before the first is undone, so that no forgotten window says something else unseen.
"""

from typing import Final

from starlette.responses import Response

from casework.decisions import Verdict
from casework.reasons import BY_CODE
from casework.review_refusals import Refusal, ReviewError
from casework.reviewing import decide_reviewed, undo_own, visible_decisions
from casework.roles import Role
from review.carried import LAST, carried_of
from review.language import marked
from review.page import Page
from review.render import go
from review.views.finding import Sent, page_of
from review.views.look import go_to_next
from review.visit import MissingPageError, Visit

REVIEWERS: Final = frozenset({Role.REVIEWER})
TICKED: Final = "periksa-"
_LONGEST_NOTE: Final = 2000
_MENDABLE: Final = frozenset({Refusal.WRONG_REASON, Refusal.NO_NOTE})


def decide(visit: Visit) -> Response:
    """Write a decision down and go on; a form that lacks something comes back as it was sent."""
    number, office, carried = visit.params["finding"], visit.office, carried_of(visit, visit.form)
    word = visit.form.get("verdict", "")
    if word not in set(Verdict):
        return page_of(visit, carried, trouble=marked("Pilih dulu keputusannya."))
    verdict = Verdict(word)
    note = visit.form.get("note", "").replace("\r\n", "\n")
    sent = Sent(word, _reason(visit, verdict), note)
    if len(note) > _LONGEST_NOTE:
        return page_of(visit, carried, sent, marked("Catatan ini terlalu panjang: paling banyak 2000 huruf."))
    try:
        with office.database.begin() as connection:
            own = [
                one
                for one in visible_decisions(connection, number, visit.actor)
                if one.reviewer == visit.actor and not one.undone
            ]
            if not own:
                log = office.log_of(connection)
                decide_reviewed(connection, log, number, visit.actor, verdict, sent.reason, note, office.now)
            elif (own[-1].verdict, own[-1].reason_code, own[-1].note) != (verdict, sent.reason, note.strip()):
                return go(f"/temuan/{number}", "sudah-diputuskan", **carried)
            return go_to_next(visit, connection, carried | {LAST: str(number)})
    except ReviewError as error:
        if error.refusal is Refusal.NO_FINDING:
            raise MissingPageError from error
        if error.refusal in _MENDABLE:
            return page_of(visit, carried, sent, error.said(visit.language))
        raise


def undo(visit: Visit) -> Response:
    """Take one's own decision back; its page asks again."""
    number, office = visit.params["finding"], visit.office
    with office.database.begin() as connection:
        undo_own(connection, office.log_of(connection), number, visit.actor, office.now)
    carried = carried_of(visit, visit.form)
    carried.pop(LAST, "")
    return go(f"/temuan/{number}", "keputusan-dibatalkan", **carried)


def _reason(visit: Visit, verdict: Verdict) -> str:
    """The reason that was chosen; where none was, the one thing of the checklist that was ticked and fits."""
    chosen = visit.form.get(f"reason-{verdict.value}", "")
    if chosen:
        return chosen
    ticked = [code for code, one in BY_CODE.items() if visit.form.get(TICKED + code) and verdict in one.verdicts]
    return ticked[0] if len(ticked) == 1 else ""


PAGES: Final = (
    Page("POST", "/temuan/{finding:int}/putusan", decide, REVIEWERS),
    Page("POST", "/temuan/{finding:int}/batal", undo, REVIEWERS),
)
