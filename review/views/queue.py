"""The list of findings. A reviewer sees of one that waits for them only what does not spoil their first look."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from starlette.responses import Response

from casework.access import person_subject
from casework.audit import Action
from casework.queries import PAGE
from casework.queue_options import QueueOptions, queue_options
from casework.review_queue import QueuedFinding, QueuePage, Turn, list_queue
from casework.roles import Role
from netra.errors import UsageError
from review import finding_words as words
from review.language import marked, say
from review.page import Page
from review.queue_filter import CHANGED, GONE, STRENGTHS, TURN, TURNS, Asked, asked
from review.render import address, render
from review.visit import Visit

LIST: Final = "/temuan"
AFTER: Final = "setelah"

TURN_TABS: Final[Mapping[Turn, str]] = {
    Turn.MINE: marked("Menunggu Anda"),
    Turn.DONE: marked("Menunggu orang lain"),
    Turn.OVER: marked("Selesai"),
}
LABELS: Final[Mapping[str, str]] = {
    "pemilihan": marked("Pemilihan"),
    "kekuatan": marked("Kekuatan"),
    "calon": marked("Calon"),
    "simbol": marked("Simbol tangan"),
    "kategori": marked("Kategori"),
    "keadaan": marked("Keadaan"),
    "pengunggah": marked("Nomor pengunggah"),
    "instansi": marked("Instansi"),
    "dari": marked("Diunggah dari"),
    "sampai": marked("Diunggah sampai"),
    CHANGED: marked("Berubah sejak diputuskan"),
    GONE: marked("Juga yang tidak ditunjuk lagi"),
}
WRONG_PLACE: Final = marked("Tempat dalam daftar ini tidak dikenal. Mulailah lagi dari awal daftar.")


@dataclass(frozen=True, slots=True)
class Choice:
    """A value that a filter can have, as a link or an option.

    Attributes:
        value: of the field; empty for all.
        text: in the language.
        here: it is the one that filters now.
        count: how many findings its link leads to; empty where that is not counted.
        path: of the link.
    """

    value: str
    text: str
    here: bool = False
    count: tuple[int, ...] = ()
    path: str = ""


@dataclass(frozen=True, slots=True)
class Chip:
    """An active filter: what it says, and the list without it."""

    label: str
    value: str
    path: str


@dataclass(frozen=True, slots=True)
class Line:
    """A finding on the list, as far as this reader may see it.

    Attributes:
        found: the finding.
        path: of its page.
        open: what it claims may be shown.
        what, candidate, symbol: in words; empty where that may not be shown or there is none.
        standing: whose turn, or its state, in words.
        changed: it may be said that it has changed since it was decided.
    """

    found: QueuedFinding
    path: str
    open: bool
    what: str
    candidate: str
    symbol: str
    standing: str
    changed: bool


def show(visit: Visit) -> Response:
    """One page of the list; who looks for an uploader is written down."""
    said = asked(visit, visit.query)
    reviewer = visit.actor if visit.has_role(Role.REVIEWER) else ""
    after = visit.query.get(AFTER, "")
    _log_search(visit, said, after)
    with visit.office.database.read() as connection:
        options = queue_options(connection)
        try:
            page = list_queue(connection, said.wanted, reviewer, said.turn, after, PAGE)
        except ValueError as error:
            raise UsageError(WRONG_PLACE) from error
    fields = said.fields
    names = {one.id: one.name for one in options.candidates}
    elections = dict(options.elections)
    return render(
        visit,
        "queue.html",
        page=page,
        lines=[_line(visit, one, names, fields, watches=not reviewer) for one in page.findings],
        watches=not reviewer,
        words=words,
        turns=_turns(visit, said, page) if reviewer else [],
        states=[] if reviewer else _states(visit, said, page),
        strengths=_strengths(visit, said, page),
        chips=_chips(visit, said, names, elections),
        selects=_selects(visit, said, options),
        options=options,
        elections=elections if len(elections) > 1 else {},
        said=said,
        fields=fields,
        labels=LABELS,
        wrong=[say(visit.language, LABELS[name]) for name in said.wrong if name in LABELS],
        bare=address(LIST, {TURN: fields[TURN]}),
        everything=address(LIST, {TURN: "semua"}),
        first=address(LIST, fields) if after else "",
        following=address(LIST, fields, **{AFTER: page.after}) if page.after else "",
        saved_path=LIST,
    )


def _log_search(visit: Visit, said: Asked, after: str) -> None:
    """Looking for somebody's findings is an act of its own (not so turning the pages of what was found)."""
    if not said.wanted.uploader or after:
        return
    with visit.office.database.begin() as connection:
        subject = person_subject(connection, said.wanted.uploader)
        visit.office.log_of(connection).append(visit.actor, Action.SEARCH, subject, detail={"list": "findings"})


def _line(
    visit: Visit, one: QueuedFinding, names: Mapping[str, str], fields: Mapping[str, str], *, watches: bool
) -> Line:
    is_open = watches or one.looked
    own_turn = one.turn is Turn.MINE and not watches
    is_told = watches or (one.turn is Turn.OVER and one.looked)
    standing = words.STATES.get(one.state, one.state) if is_told else TURN_TABS[one.turn]
    return Line(
        one,
        address(f"{LIST}/{one.id}", fields),
        is_open,
        say(visit.language, words.CATEGORIES.get(one.category, one.category)) if is_open else "",
        names.get(one.candidate, one.candidate) if is_open else "",
        words.symbol_name(visit.language, one.symbol) if is_open and one.symbol else "",
        say(visit.language, standing),
        one.changed and not own_turn,
    )


def _turns(visit: Visit, said: Asked, page: QueuePage) -> list[Choice]:
    counts = {**page.by_turn, Turn.ALL: sum(page.by_turn.values())}
    texts = {**TURN_TABS, Turn.ALL: marked("Semua")}
    return [
        Choice(
            word,
            say(visit.language, texts[turn]),
            turn is said.turn,
            (counts[turn],),
            address(LIST, said.fields | {TURN: word}),
        )
        for word, turn in TURNS.items()
    ]


def _strengths(visit: Visit, said: Asked, page: QueuePage) -> list[Choice]:
    every = Choice(
        "",
        say(visit.language, marked("Semua")),
        not said.wanted.strength,
        (sum(page.by_strength.values()),),
        address(LIST, said.fields | {"kekuatan": ""}),
    )
    return [
        every,
        *(
            Choice(
                word,
                say(visit.language, words.STRENGTHS[value]),
                said.wanted.strength == value,
                (page.by_strength.get(value, 0),),
                address(LIST, said.fields | {"kekuatan": word}),
            )
            for word, value in STRENGTHS.items()
        ),
    ]


def _states(visit: Visit, said: Asked, page: QueuePage) -> list[Choice]:
    every = Choice(
        "",
        say(visit.language, marked("Semua")),
        not said.wanted.state,
        (sum(page.by_state.values()),),
        address(LIST, said.fields | {"keadaan": ""}),
    )
    return [
        every,
        *(
            Choice(
                state,
                say(visit.language, words.STATES[state]),
                said.wanted.state == state,
                (count,),
                address(LIST, said.fields | {"keadaan": state}),
            )
            for state, count in page.by_state.items()
        ),
    ]


def _chips(visit: Visit, said: Asked, names: Mapping[str, str], elections: Mapping[str, str]) -> list[Chip]:
    wanted = said.wanted
    told = {
        "pemilihan": elections.get(wanted.election, wanted.election),
        "kekuatan": say(visit.language, words.STRENGTHS[wanted.strength]) if wanted.strength else "",
        "calon": names.get(wanted.candidate, wanted.candidate),
        "simbol": words.symbol_name(visit.language, wanted.symbol),
        "kategori": say(visit.language, words.CATEGORIES.get(wanted.category, wanted.category)),
        "keadaan": say(visit.language, words.STATES.get(wanted.state, wanted.state)),
    }
    return [
        Chip(
            say(visit.language, label),
            "" if name in {CHANGED, GONE} else told.get(name, said.fields[name]),
            address(LIST, said.without(name).fields | {TURN: said.fields[TURN]}),
        )
        for name, label in LABELS.items()
        if name in said.fields
    ]


def _selects(visit: Visit, said: Asked, options: QueueOptions) -> dict[str, Sequence[Choice]]:
    """Options of each field that is chosen from a list; of candidates those of the election that is asked for."""
    wanted = said.wanted
    candidates = [
        (one.id, one.name) for one in options.candidates if not wanted.election or wanted.election in one.elections
    ]
    symbols = [(label, words.symbol_name(visit.language, label)) for label in options.symbols]
    categories = [(key, say(visit.language, text)) for key, text in words.CATEGORIES.items()]
    values = {
        "pemilihan": (wanted.election, options.elections if len(options.elections) > 1 else ()),
        "calon": (wanted.candidate, candidates),
        "simbol": (wanted.symbol, symbols),
        "kategori": (wanted.category, categories),
    }
    return {
        name: [Choice(key, text, key == now) for key, text in _with(pairs, now)]
        for name, (now, pairs) in values.items()
        if pairs or now
    }


def _with(pairs: Sequence[tuple[str, str]], now: str) -> Sequence[tuple[str, str]]:
    """What filters now stays an option, whether or not anything is left of it."""
    return pairs if not now or now in dict(pairs) else [*pairs, (now, now)]


PAGES: Final = (Page("GET", LIST, show, frozenset({Role.REVIEWER, Role.SUPERVISOR, Role.AUDITOR})),)
