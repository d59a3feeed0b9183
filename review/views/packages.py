"""Packages of cases: started from a form, written in the background, shown where they lie."""

from typing import Final

from starlette.responses import Response

from casework.case_file import CaseState
from casework.case_list import packages_of
from casework.overview import last_checkpoint
from review import case_words
from review.exports import Export, exports_of
from review.language import say
from review.page import Page
from review.render import go, render
from review.views.cases import KEEPERS, READERS, entry_of
from review.visit import Visit


def start_export(visit: Visit) -> Response:
    """Begin to write a case's package."""
    entry, form = entry_of(visit), visit.form
    reason = form.get("alasan", "").strip()
    refused = "no-reason" if not reason else "deleted" if entry.case.state is CaseState.DELETED else ""
    if refused:
        said = say(visit.language, case_words.REFUSALS[refused], number=entry.case.number)
        return render(visit, "case_refused.html", 400, entry=entry, said=said)
    wanted = Export(entry.id, entry.case.number, visit.actor, reason, "tanpa-asli" in form, visit.office.now)
    for running in exports_of(visit.office.database).start(visit.office, wanted):
        return go(f"/perkara/{running.case_id}/paket", "ekspor-lain")
    return go(f"/perkara/{entry.id}/paket")


def show_packages(visit: Visit) -> Response:
    """How far the export of a case is, and which packages there are."""
    entry = entry_of(visit)
    with visit.office.database.read() as connection:
        packages = packages_of(connection, entry.id)
        checkpoints = last_checkpoint(connection)
    exports = exports_of(visit.office.database).of(entry.id)
    return render(visit, "case_packages.html", entry=entry, exports=exports, packages=packages, checkpoints=checkpoints)


PAGES: Final = (
    Page("POST", "/perkara/{case:int}/ekspor", start_export, KEEPERS),
    Page("GET", "/perkara/{case:int}/paket", show_packages, READERS),
)
