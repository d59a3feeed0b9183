"""What reviewers saw that netra did not: written down on a finding's page, taken back there."""

from typing import Final

from starlette.responses import Response

from casework.looks import has_looked
from casework.marks import MarkError, MarkKind, MarkRefusal, NewMark, add_mark, remove_mark
from casework.review_refusals import SENTENCES, Refusal
from casework.roles import Role
from review.page import Page
from review.queue_filter import asked
from review.render import go
from review.visit import RefusedError, Visit

_BOX: Final = ("x", "y", "width", "height")


def add(visit: Visit) -> Response:
    """Write down a mark: ``kind``, ``x``, ``y``, ``width``, ``height``, ``candidate``, ``symbol``, ``note``."""
    finding, form = int(visit.params["finding"]), visit.form
    kind = next((one for one in MarkKind if one == form.get("kind", "")), None)
    if kind is None:
        raise MarkError(MarkRefusal.NO_BOX)
    is_hand = kind is MarkKind.HAND
    new = NewMark(
        kind,
        [_number(form.get(name, "")) for name in _BOX],
        "" if is_hand else form.get("candidate", ""),
        form.get("symbol", "") if is_hand else "",
        form.get("note", ""),
    )
    with visit.office.database.begin() as connection:
        if not has_looked(connection, finding, visit.actor):
            raise RefusedError(SENTENCES[Refusal.NOT_LOOKED].said(visit.language))
        add_mark(connection, visit.office.log_of(connection), finding, new, visit.actor, visit.office.now)
    return _back(visit, finding, "tanda-disimpan")


def remove(visit: Visit) -> Response:
    """Take one's own mark back."""
    with visit.office.database.begin() as connection:
        log = visit.office.log_of(connection)
        mark = remove_mark(connection, log, int(visit.params["mark"]), visit.actor, visit.office.now)
    return _back(visit, mark.finding_id, "tanda-dihapus")


def _back(visit: Visit, finding: int, notice: str) -> Response:
    """To the finding, with the filter that the form carried."""
    carried = {name: value for name, value in asked(visit, visit.form).fields.items() if name in visit.form}
    return go(f"/temuan/{finding}" if finding else "/temuan", notice, **carried)


def _number(text: str) -> float:
    """A number of a form, with a point or a comma.

    Raises:
        MarkError: it is none.
    """
    try:
        return float(text.strip().replace(",", "."))
    except ValueError as error:
        raise MarkError(MarkRefusal.NO_BOX) from error


REVIEWERS: Final = frozenset({Role.REVIEWER})
PAGES: Final = (
    Page("POST", "/temuan/{finding:int}/tanda", add, REVIEWERS),
    Page("POST", "/tanda/{mark:int}/hapus", remove, REVIEWERS),
)
