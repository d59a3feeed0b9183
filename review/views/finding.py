"""The evidence of a finding, for whoever may see it: reviewers after their own first look, supervisors and auditors.

A reviewer sees no word of anybody else before nobody has to look any more (``casework.reviewing``).
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from starlette.responses import Response

from casework.access import finding_subject
from casework.decisions import Decision, Verdict, decisions_of
from casework.evidence import read_evidence
from casework.evidence_parts import Box, Evidence, SeenAs, SeenFace, Standing
from casework.looks import Look, has_looked, looks_at, open_look
from casework.marks import Mark, marks_of, visible_marks
from casework.reasons import reasons_for
from casework.reviewing import can_undo, is_open_for, visible_decisions
from casework.roles import Role
from netra.symbols import SYMBOLS
from review import evidence_words as said
from review import finding_words as words
from review.carried import carried_of, last_of
from review.language import marked, say
from review.overlay import drawn_over
from review.page import Page
from review.pictures import face_source, hand_source, log_faces, photo_source, reference_source
from review.render import moment, render
from review.views.look import open_first
from review.visit import MissingPageError, Visit

READERS: Final = frozenset({Role.REVIEWER, Role.SUPERVISOR, Role.AUDITOR})

CHOICES: Final = (
    ("k", Verdict.CONFIRMED.value, marked("Konfirmasi")),
    ("j", Verdict.REJECTED.value, marked("Tolak")),
    ("r", Verdict.CANNOT_TELL.value, marked("Tidak dapat dipastikan")),
    ("a", Verdict.IGNORED.value, marked("Abaikan")),
)
"""Key, value and words of each verdict."""

VERDICTS: Final[Mapping[str, str]] = {
    Verdict.CONFIRMED.value: marked("mengonfirmasi"),
    Verdict.REJECTED.value: marked("menolak"),
    Verdict.CANNOT_TELL.value: marked("tidak dapat memastikan"),
    Verdict.IGNORED.value: marked("mengabaikan"),
}
ELEMENT_STATES: Final[Mapping[str, str]] = {
    "shown": marked("terlihat"),
    "unclear": marked("belum jelas"),
    "missing": marked("belum ada"),
}
ELEMENT_MARKS: Final[Mapping[str, str]] = {"shown": "✓", "unclear": "?", "missing": "○"}
KINDS: Final[Mapping[str, str]] = {
    "taken": marked("Diambil"),
    "posted": marked("Diunggah"),
    "captured": marked("Disimpan petugas"),
    "known": marked("Diketahui petugas"),
}
ELECTION_DAYS: Final[Mapping[str, str]] = {
    "candidates_official": marked("Calon ditetapkan"),
    "numbers_drawn": marked("Nomor urut diundi"),
    "voting_day": marked("Pemungutan suara"),
}
RELATIONS: Final[Mapping[str, str]] = {
    "same-bytes": marked("berkas yang sama"),
    "recompressed": marked("disimpan ulang"),
    "resized": marked("diubah ukurannya"),
    "mirrored": marked("dicerminkan atau diputar"),
    "cropped": marked("dipotong"),
    "framed": marked("di dalam bingkai atau tangkapan layar"),
}
_UNKNOWN_SIZE: Final = (1600, 1200)  # of a photo whose size no record has


@dataclass(frozen=True, slots=True)
class Sent:
    """What a decision's form had that could not be taken as it was."""

    verdict: str = ""
    reason: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class _Likeness:
    """A face that the finding rests on, with the pictures beside it."""

    number: int
    name: str
    face: str
    references: tuple[str, ...]
    second: str
    second_references: tuple[str, ...]
    chance: str
    second_text: str
    quality: str
    depicted: str
    figures: str


@dataclass(frozen=True, slots=True)
class _Person:
    """A person on the list beside the photo; ``box`` is where to look, ``fields`` are those of a mark."""

    number: int
    said: str
    box: str
    fields: tuple[tuple[str, str], ...] = ()
    candidate: str = ""
    depicted: bool = False


@dataclass(frozen=True, slots=True)
class _Hand:
    """A hand that the finding rests on."""

    source: str
    said: str


@dataclass(frozen=True, slots=True)
class _Mark:
    """A mark on the list."""

    id: int
    said: str
    box: str
    own: bool


@dataclass(frozen=True, slots=True)
class _People:
    """What people said, as far as this reader may see it."""

    decisions: tuple[Decision, ...] = ()
    marks: tuple[Mark, ...] = ()
    looks: tuple[Look, ...] = ()
    own_look: tuple[Look, ...] = ()
    standing: tuple[Standing, ...] = ()
    open: bool = False
    may_undo: bool = False


def show(visit: Visit) -> Response:
    """The evidence; a reviewer who has not looked yet is sent to their first look."""
    return page_of(visit, carried_of(visit, visit.query))


def page_of(visit: Visit, carried: Mapping[str, str], sent: Sent = Sent(), trouble: str = "") -> Response:
    """The page of the finding in the path.

    Args:
        visit: who asks.
        carried: what goes along.
        sent: of a form that could not be taken.
        trouble: why not, marked; or empty.

    Raises:
        MissingPageError: there is no such finding.
    """
    number = visit.params["finding"]
    reviews = visit.has_role(Role.REVIEWER)
    with visit.office.database.begin() as connection:
        if reviews and not has_looked(connection, number, visit.actor):
            return open_first(visit, connection, number, carried)
        for finding in read_evidence(connection, number):
            people = _blind(visit, connection, finding) if reviews else _all(connection, finding)
            log_faces(visit, connection, finding_subject(number))
            break
        else:
            raise MissingPageError
    values = _values(visit, finding, people, reviews=reviews)
    last = last_of(carried)
    last = 0 if last == number else last
    status = 400 if trouble else 200
    return render(visit, "finding.html", status, carried=carried, last=last, sent=sent, trouble=trouble, **values)


def _blind(visit: Visit, connection: Any, finding: Evidence) -> _People:
    """What a reviewer who has looked may see."""
    number, reader = finding.id, visit.actor
    decisions = visible_decisions(connection, number, reader)
    over = any(one.reviewer != reader for one in decisions)
    own = open_look(connection, visit.office.log_of(connection), number, reader, visit.office.now)
    return _People(
        decisions,
        visible_marks(connection, number, reader),
        own_look=(own,) if own.answered else (),
        standing=(finding.standing,) if over else (),
        open=is_open_for(connection, number, reader),
        may_undo=can_undo(connection, number, reader),
    )


def _all(connection: Any, finding: Evidence) -> _People:
    """What supervisors and auditors see."""
    return _People(
        decisions_of(connection, finding.id),
        marks_of(connection, finding.id),
        looks=tuple(one for one in looks_at(connection, finding.id) if one.answered),
        standing=(finding.standing,),
    )


def _values(visit: Visit, finding: Evidence, people: _People, *, reviews: bool) -> dict[str, Any]:
    language = visit.language
    width, height = (finding.width, finding.height) if finding.width and finding.height else _UNKNOWN_SIZE
    name_of: Callable[[str], str] = lambda label: words.symbol_name(language, label)  # noqa: E731 - for templates
    return {
        "finding": finding,
        "words": words,
        "width": width,
        "height": height,
        "clauses": said.clauses_of(finding.sentence.of(language)),
        "photo": photo_source(visit, finding.sha256),
        "drawn": drawn_over(finding, people.marks, language),
        "own_look": [_own_look(visit, one) for one in people.own_look if said.look_said(language, one)],
        "likenesses": [
            _likeness(visit, finding, face, seen)
            for face in finding.people
            if face.in_question
            for seen in face.seen_as
        ],
        "hand_shots": [
            _Hand(hand_source(visit, finding.sha256, hand.box), said.hand_said(language, hand))
            for hand in finding.hands
            if hand.in_question
        ],
        "checks": said.checks_of(language, finding, people.own_look),
        "people": [_person(visit, finding, face) for face in finding.people],
        "loose_hands": [
            _Person(hand.number + 1, said.hand_said(language, hand), _box_text(hand.box))
            for hand in finding.hands
            if not hand.person
        ],
        "marks": [
            _Mark(
                one.id,
                said.mark_said(language, finding, one, visit.actor),
                _box_text(one.box),
                one.made_by == visit.actor,
            )
            for one in people.marks
        ],
        "decisions": people.decisions,
        "looks": [_look_line(visit, one) for one in people.looks],
        "standing": next(iter(people.standing), None),
        "open": people.open,
        "may_undo": people.may_undo,
        "may_next": reviews,
        "may_mark": reviews,
        "choices": CHOICES,
        "verdicts": VERDICTS,
        "reasons": {
            verdict.value: [(one.code, said.reason_said(language, one.code)) for one in reasons_for(verdict)]
            for verdict in Verdict
        },
        "reason_name": lambda code: said.reason_said(language, code),
        "symbol_name": name_of,
        "symbol_names": [(label, name_of(label)) for label in SYMBOLS],
        "element_states": ELEMENT_STATES,
        "element_marks": ELEMENT_MARKS,
        "kinds": KINDS,
        "election_days": ELECTION_DAYS,
        "relations": RELATIONS,
    }


def _own_look(visit: Visit, look: Look) -> str:
    text = marked("Anda melihat: %(answer)s (%(at)s).")
    answer = said.look_said(visit.language, look)
    return say(visit.language, text, answer=answer, at=moment(visit, look.answered_at))


def _look_line(visit: Visit, look: Look) -> str:
    text = marked("%(who)s: %(answer)s (%(at)s)")
    if look.control:
        text = marked("%(who)s, tinjauan kendali: %(answer)s (%(at)s)")
    values = {"answer": said.look_said(visit.language, look), "at": moment(visit, look.answered_at)}
    return say(visit.language, text, who=look.reviewer, **values)


def _likeness(visit: Visit, finding: Evidence, face: SeenFace, seen: SeenAs) -> _Likeness:
    language, election = visit.language, finding.election_id
    first = seen.reference or next(iter(visit.office.pictures.references(election, seen.candidate.id)), "")
    seconds = [one.candidate for one in seen.second]
    others = [name for one in seconds for name in visit.office.pictures.references(election, one.id)[:1]]
    return _Likeness(
        number=face.number + 1,
        name=seen.candidate.called,
        face=face_source(visit, finding.sha256, face.box),
        references=(reference_source(visit, election, first),) if first else (),
        second="".join(one.called for one in seconds),
        second_references=tuple(reference_source(visit, election, name) for name in others),
        chance=said.chance_said(language, seen),
        second_text=said.second_said(language, seen),
        quality=said.quality_said(language, face),
        depicted=said.depicted_said(language, face),
        figures=said.figures_said(language, seen),
    )


def _person(visit: Visit, finding: Evidence, face: SeenFace) -> _Person:
    names = ("x", "y", "width", "height")
    fields = tuple((name, f"{value:.1f}") for name, value in zip(names, _inside(face.box, finding), strict=True))
    candidate = next((seen.candidate.id for seen in face.seen_as), "")
    line = said.person_said(visit.language, finding, face)
    return _Person(face.number + 1, line, _box_text(face.box), fields, candidate, bool(face.depicted))


def _inside(box: Box, finding: Evidence) -> Box:
    """A box cut at the photo's edges: a face may reach over them, a mark may not."""
    x, y, width, height = box
    left, top = max(0.0, x), max(0.0, y)
    return left, top, min(x + width, finding.width) - left, min(y + height, finding.height) - top


def _box_text(box: Sequence[float]) -> str:
    return " ".join(f"{value:.1f}" for value in box)


PAGES: Final = (Page("GET", "/temuan/{finding:int}", show, READERS),)
