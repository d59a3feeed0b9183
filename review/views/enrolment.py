"""The candidates' reference photos: what is worth what, and one more of them (``/rujukan``).

The list has no faces. A candidate's page has them: each time it is shown the log says so.
"""

from dataclasses import dataclass
from typing import Final

from starlette.responses import Response

from casework.access import candidate_subject
from casework.audit import Action
from casework.roles import Role
from netra.errors import OutputError, UsageError
from review.doors import EnrolledCandidate, EnrolledPhoto, Enrolment
from review.language import marked
from review.page import FORM_BYTES, Page
from review.pictures import REFERENCE_SIDE, log_faces, reference_source
from review.render import go, render
from review.visit import MissingPageError, Visit

PHOTO_BYTES: Final = 64 * 2**20
"""The limit of scans, ``vision.photo_limits``, which this room cannot see; ``tests/review/test_enrolment.py`` holds
the two together."""

ORIGIN_LETTERS: Final = 300
_NOTHING: Final = EnrolledPhoto("", usable=False)
WATCHING: Final = frozenset({Role.ENROLLER, Role.SUPERVISOR, Role.AUDITOR})


@dataclass(frozen=True, slots=True)
class _Contest:
    """An election on the list.

    Attributes:
        mistakes: of its file, a line each; then it has no people here.
    """

    id: str
    name: str
    people: tuple[EnrolledCandidate, ...] = ()
    mistakes: tuple[str, ...] = ()


def show_elections(visit: Visit) -> Response:
    """Every candidate with what their photos are worth."""
    return render(visit, "enrolment.html", contests=[_contest(visit, each) for each in visit.office.enrolments])


def show_candidate(visit: Visit) -> Response:
    """One candidate's photos."""
    enrolment = _enrolment(visit)
    return _page(visit, enrolment, _candidate(visit, enrolment))


def add_photo(visit: Visit) -> Response:
    """Look at a photo, and keep it where a face can be learnt from it."""
    enrolment = _enrolment(visit)
    candidate = _candidate(visit, enrolment)
    origin = " ".join(visit.form.get("asal", "").split())
    sent = visit.files.get("foto")
    if sent is None or not sent.data:
        return _page(visit, enrolment, candidate, marked("Pilih dulu berkas fotonya."), origin=origin)
    if not origin or len(origin) > ORIGIN_LETTERS:
        return _page(visit, enrolment, candidate, marked("Tulis asal foto, paling banyak 300 huruf."), origin=origin)
    try:
        with enrolment.checked(candidate.id, sent.data) as looked:
            if not looked.photo.usable:
                trouble = marked("Foto ini tidak ditambahkan:")
                return _page(visit, enrolment, candidate, trouble, looked.photo, origin)
            with visit.office.database.begin() as connection:
                before = looked.keep()
                about = {"election": enrolment.election_id, "photo": looked.photo.name, "sha256": looked.sha256}
                visit.office.log_of(connection).append(
                    visit.actor,
                    Action.REFERENCE_ADD,
                    candidate_subject(candidate.id),
                    origin,
                    about | {"file_before": before},
                )
    except OutputError as error:
        trouble = marked("Foto ini tidak dapat disimpan; berkas pemilihan tidak berubah.")
        refused = EnrolledPhoto("", usable=False, remarks=((error.text.id, error.text.en),))
        return _page(visit, enrolment, candidate, trouble, refused, origin)
    return go(_path(enrolment, candidate), "rujukan-ditambah")


def _contest(visit: Visit, enrolment: Enrolment) -> _Contest:
    try:
        return _Contest(enrolment.election_id, enrolment.election_name, enrolment.candidates())
    except UsageError as error:
        return _Contest(
            enrolment.election_id, enrolment.election_name, mistakes=tuple(error.said(visit.language).splitlines())
        )


def _enrolment(visit: Visit) -> Enrolment:
    for enrolment in visit.office.enrolments:
        if enrolment.election_id == visit.params["election"]:
            return enrolment
    raise MissingPageError


def _candidate(visit: Visit, enrolment: Enrolment) -> EnrolledCandidate:
    for candidate in enrolment.candidates():
        if candidate.id == visit.params["candidate"]:
            return candidate
    raise MissingPageError


def _path(enrolment: Enrolment, candidate: EnrolledCandidate) -> str:
    return f"/rujukan/{enrolment.election_id}/{candidate.id}"


def _page(
    visit: Visit,
    enrolment: Enrolment,
    candidate: EnrolledCandidate,
    trouble: str = "",
    refused: EnrolledPhoto = _NOTHING,
    origin: str = "",
) -> Response:
    with visit.office.database.begin() as connection:
        about = {"election": enrolment.election_id, "photos": len(candidate.photos)}
        log_faces(visit, connection, candidate_subject(candidate.id), **about)
    return render(
        visit,
        "enrolment_candidate.html",
        422 if trouble else 200,
        election=enrolment,
        candidate=candidate,
        sources=[reference_source(visit, enrolment.election_id, photo.name) for photo in candidate.photos],
        side=REFERENCE_SIDE,
        path=_path(enrolment, candidate),
        may_add=visit.has_role(Role.ENROLLER),
        trouble=trouble,
        refused=refused,
        origin=origin,
        most_letters=ORIGIN_LETTERS,
        megabytes=PHOTO_BYTES // 2**20,
    )


_ONE: Final = "/rujukan/{election}/{candidate}"
PAGES: Final = (
    Page("GET", "/rujukan", show_elections, WATCHING),
    Page("GET", _ONE, show_candidate, WATCHING),
    Page("POST", _ONE, add_photo, frozenset({Role.ENROLLER}), largest_body=PHOTO_BYTES + FORM_BYTES),
)
