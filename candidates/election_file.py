"""The election file at the border: TOML to frozen types, every mistake named at once with its line.

pydantic checks types and keys. What only makes sense together (dates in order, numbers used once, photos that exist)
is checked on the plain document, so that one wrong date does not hide a missing photo until the next try.
"""

import glob
import unicodedata
from collections import Counter
from collections.abc import Collection, Iterator
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Annotated, Any

from pydantic import Field

from candidates import election_texts as texts
from candidates.election import (
    DAYS,
    HIGHEST_TICKET_NUMBER,
    PHOTO_ENDINGS,
    SLUG,
    Candidate,
    Decoy,
    Election,
    ReferencePhoto,
    Ticket,
    is_rulebook_path,
)
from candidates.election_hands import pair_problems, pairs_of, repeated_pairs
from netra.symbols import SYMBOLS, TwoHands, symbols_for_number
from netra.toml_file import Located, TomlFile, raise_problems, read_toml, shown, suggestion
from netra.toml_lines import KeyPath
from netra.toml_table import Table
from netra.zones import Zone

# Joiners of letters, which names in some scripts need; vision.photo_file.printable lets the same ones through.
_JOINERS = "\u200c\u200d"
_INVISIBLE = ("Cc", "Cf", "Zl", "Zp")  # Unicode's controls, formats (such as bidi overrides) and line breaks

_Text = Annotated[str, Field(min_length=1)]
_Id = Annotated[str, Field(pattern=SLUG)]
_Paths = Annotated[list[_Text], Field(min_length=1)]


class _Candidate(Table):
    id: _Id
    name: _Text
    office: _Text
    photos: _Paths
    spouse_ids: list[_Text] = Field(default_factory=list)
    uploader_ids: list[_Text] = Field(default_factory=list)


class _Ticket(Table):
    number: Annotated[int, Field(ge=1, le=HIGHEST_TICKET_NUMBER)]
    symbols: list[_Text] | None = None  # left out: those that show the number; an empty list: the ticket uses none
    two_hands: list[Any] = Field(default_factory=list)  # each is checked by pair_problems, whose words say more
    candidates: Annotated[list[_Candidate], Field(min_length=1, max_length=2)]


class _Decoy(Table):
    name: _Text
    photos: _Paths


class _Head(Table):
    id: _Id
    name: _Text
    rulebook: _Text
    candidates_official: date
    numbers_drawn: date
    campaign_first: date | None = None
    campaign_last: date | None = None
    quiet_first: date | None = None
    voting_day: date
    timezone: Annotated[Zone, Field(strict=False)] = Zone.WIB


class _Document(Table):
    election: _Head
    tickets: Annotated[list[_Ticket], Field(min_length=1)]
    decoys: list[_Decoy] = Field(default_factory=list)


def read_election(path: Path, rulebooks: Collection[str]) -> Election:
    """What ``candidates.election.load_election`` promises."""
    file = read_toml(path, texts.FILE)
    documents, problems = file.validate(_Document)
    photos: dict[KeyPath, tuple[ReferencePhoto, ...]] = {}
    for at, pattern in _photo_lists(file):
        try:
            photos[at], lacking = _expanded(file, at, pattern)
        except OSError as error:
            got = texts.NOT_OPENED.filled(name=shown(pattern), reason=error.strerror)
            lacking = [file.mistake(at, texts.OPENED, got)]
        problems += lacking
    problems += [*_names(file), *_dates(file), *_twice(file), *_symbols(file), *_two_hands(file)]
    problems += _rulebook(file, rulebooks)
    raise_problems(problems)
    document = documents[0]

    def photos_of(*key: str | int) -> tuple[ReferencePhoto, ...]:
        once: dict[Path, ReferencePhoto] = {}  # a folder or a glob may name a photo again
        for at, found in photos.items():
            for photo in found if at[: len(key)] == key else ():
                once.setdefault(photo.path.resolve(), photo)
        return tuple(once.values())

    tickets = tuple(
        Ticket(
            number=ticket.number,
            symbols=symbols_for_number(ticket.number) if ticket.symbols is None else tuple(ticket.symbols),
            two_hands=tuple(pair for written in ticket.two_hands for pair in pairs_of(written)),
            candidates=tuple(
                Candidate(
                    one.id,
                    one.name,
                    one.office,
                    photos_of("tickets", i, "candidates", j),
                    tuple(one.spouse_ids),
                    tuple(one.uploader_ids),
                )
                for j, one in enumerate(ticket.candidates)
            ),
        )
        for i, ticket in enumerate(document.tickets)
    )
    decoys = tuple(
        Decoy(f"decoy-{i + 1}", decoy.name, photos_of("decoys", i)) for i, decoy in enumerate(document.decoys)
    )
    head = document.election
    return Election(
        id=head.id,
        name=head.name,
        rulebook=str(_beside(file, head.rulebook)) if is_rulebook_path(head.rulebook) else head.rulebook,
        candidates_official=head.candidates_official,
        numbers_drawn=head.numbers_drawn,
        voting_day=head.voting_day,
        tickets=tickets,
        decoys=decoys,
        campaign_first=_known(head.campaign_first),
        campaign_last=_known(head.campaign_last),
        quiet_first=_known(head.quiet_first),
        timezone=head.timezone,
    )


def _known(day: date | None) -> tuple[date, ...]:
    return () if day is None else (day,)


def _names(file: TomlFile) -> Iterator[Located]:
    """Names stand in reports, pictures and on terminals, where a character nobody sees can forge what is read."""
    people = (("tickets", "*", "candidates", "*"), ("decoys", "*"))
    for pattern in (("election", "name"), *((*who, key) for who in people for key in ("name", "office"))):
        for at, value in file.find(*pattern):
            for character in value.strip() if isinstance(value, str) else "":
                if unicodedata.category(character) in _INVISIBLE and character not in _JOINERS:
                    got = texts.NOT_SEEN.filled(code=f"{ord(character):04X}")
                    yield file.mistake(at, texts.LETTERS_SEEN, got, texts.TYPE_AGAIN)
                    break


def _dates(file: TomlFile) -> Iterator[Located]:
    days = [(name, value) for name in DAYS for _, value in file.find("election", name) if type(value) is date]
    for (earlier, first), (later, second) in pairwise(days):
        if first > second:
            expected = texts.NOT_BEFORE.filled(name=earlier, day=first)
            yield file.mistake(("election", later), expected, str(second), texts.CORRECT_ONE)


def _twice(file: TomlFile) -> Iterator[Located]:
    people = ("tickets", "*", "candidates", "*", "id")
    for pattern, what in ((("tickets", "*", "number"), texts.BALLOT_NUMBER), (people, texts.AN_ID)):
        first: dict[object, int] = {}
        for at, value in file.find(*pattern):
            if isinstance(value, str | int) and value in first:
                expected, got = texts.USED_ONCE.filled(what=what), texts.AGAIN.filled(value=shown(value))
                yield file.mistake(at, expected, got, texts.SEE_LINE.filled(line=first[value]))
            elif isinstance(value, str | int):
                first[value] = file.line(at)
    decoys = {f"decoy-{i}" for i in range(1, 1 + len(list(file.find("decoys", "*"))))}
    for at, value in file.find(*people):
        if value in decoys:
            yield file.mistake(at, texts.NO_DECOYS_ID, shown(value), texts.DECOYS_IDS)


def _symbols(file: TomlFile) -> Iterator[Located]:
    for at, value in file.find("tickets", "*", "symbols", "*"):
        if isinstance(value, str) and value.strip() not in SYMBOLS:
            yield file.mistake(at, texts.KNOWN_SYMBOL, shown(value), suggestion(value, tuple(SYMBOLS)))
    for at, value in file.find("tickets", "*", "symbols"):
        labels = [label for label in value if isinstance(label, str)] if isinstance(value, list) else []
        for label in (label for label, times in Counter(labels).items() if times > 1):
            got = texts.MORE_THAN_ONCE.filled(value=shown(label))
            yield file.mistake(at, texts.SYMBOL_ONCE, got, texts.TAKE_OTHERS)


def _two_hands(file: TomlFile) -> Iterator[Located]:
    for at, value in file.find("tickets", "*", "two_hands", "*"):
        yield from pair_problems(file, at, value, 'two_hands = [["palm", "one"]]')
    for at, _ in file.find("tickets", "*"):
        first: dict[TwoHands, int] = {}
        written = [
            (pair_at, value) for pair_at, value in file.find("tickets", "*", "two_hands", "*") if pair_at[:2] == at
        ]
        yield from repeated_pairs(file, written, first)


def _beside(file: TomlFile, name: str) -> Path:
    return file.path.parent / name


def _rulebook(file: TomlFile, known: Collection[str]) -> Iterator[Located]:
    for at, value in file.find("election", "rulebook"):
        if not isinstance(value, str) or not value.strip():
            continue
        name = value.strip()
        if is_rulebook_path(name):
            if not _beside(file, name).is_file():
                yield file.mistake(at, texts.RULEBOOK_OR_FILE, shown(name), texts.RELATIVE)
        elif known and name not in known:
            yield file.mistake(at, texts.RULEBOOK, shown(name), suggestion(name, tuple(known)))


def _photo_lists(file: TomlFile) -> Iterator[tuple[KeyPath, str]]:
    for pattern in (("tickets", "*", "candidates", "*", "photos", "*"), ("decoys", "*", "photos", "*")):
        for at, value in file.find(*pattern):
            if isinstance(value, str) and value.strip():
                yield at, value.strip()


def _expanded(file: TomlFile, at: KeyPath, name: str) -> tuple[tuple[ReferencePhoto, ...], list[Located]]:
    """The photos behind a file name, a folder or a glob: in the order of their names."""
    base = file.path.parent
    here = base / name
    if "\0" in name:
        return (), [file.mistake(at, texts.A_PHOTO, texts.NO_NAME, texts.WRITE_NAME)]
    if here.is_file():
        return (ReferencePhoto(Path(name).as_posix(), here),), []
    if here.is_dir():
        found = [f"{name.rstrip('/')}/{inside.name}" for inside in here.iterdir()]
        lacking = texts.FOLDER_WITH, texts.HAS_NONE.filled(name=shown(name))
    elif glob.has_magic(name):
        found = glob.glob(name, root_dir=base, recursive=True)  # noqa: PTH207 - Path.glob refuses ../ and absolute ones
        lacking = texts.PATTERN_THAT_FITS, texts.FITS_NONE.filled(name=shown(name))
    else:
        return (), [file.mistake(at, texts.EXISTING_PHOTO, shown(name), texts.SPELLING)]
    names = sorted(Path(one).as_posix() for one in found if _is_photo(base / one))
    if not names:
        advice = texts.ENDINGS.filled(endings=", ".join(PHOTO_ENDINGS), advice=texts.SPELLING)
        return (), [file.mistake(at, *lacking, advice)]
    return tuple(ReferencePhoto(one, base / one) for one in names), []


def _is_photo(path: Path) -> bool:
    return path.suffix.lower() in PHOTO_ENDINGS and not path.name.startswith(".") and path.is_file()
