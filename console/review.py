"""``netra review``: opens everything that the page needs, says its address, and serves until Ctrl+C."""

import secrets
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from casework.database import open_database
from casework.deadlines import NO_HOLIDAYS, read_holidays
from casework.election_places import election_places
from console import review_texts as texts
from console.report import err_console, out_console
from console.review_enrolment import enrolments_of, remembered_enrolments
from console.review_packages import PackageFolder
from console.review_pictures import OriginalPictures
from console.session import Session
from netra.errors import UsageError
from netra.zones import Zone
from review.office import Office
from review.serve import run, server_of

_CODE_LETTERS: Final = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"  # none that is read as another
_CODE_LENGTH: Final = 10


@dataclass(frozen=True, slots=True)
class Asked:
    """What the command line asked for.

    Attributes:
        db: the case database.
        elections: election files.
        host, port: where to listen.
        tls: certificate and key, or none.
        packages: where exports are written; the current folder as ``Path()`` means beside the database.
        holidays: a list of days, or empty.
        zone: of the office.
    """

    db: str
    elections: tuple[str, ...]
    host: str
    port: int
    tls: tuple[Path, ...]
    packages: Path
    holidays: str
    zone: str


def run_review(session: Session, asked: Asked) -> int:
    """Serve the page.

    Raises:
        UsageError: only one of the TLS files is named, or the page would listen to others without them.
        ConfigError: an election file has mistakes.
        DatabaseError: the database cannot be used.
    """
    voice = session.voice
    if len(asked.tls) == 1:
        raise UsageError(voice(texts.BOTH_TLS))
    for file in asked.tls:
        if not file.is_file():
            raise UsageError(voice(texts.NO_TLS_FILE, path=file))
    holidays = read_holidays(Path(asked.holidays)) if asked.holidays else NO_HOLIDAYS
    named = enrolments_of(asked.elections)
    code = "".join(secrets.choice(_CODE_LETTERS) for _ in range(_CODE_LENGTH))
    with open_database(asked.db, create=False) as database:
        with database.read() as connection:
            places = election_places(connection)
        enrolments = (*named, *remembered_enrolments(places, named))
        office = Office(
            database,
            OriginalPictures(database, enrolments),
            PackageFolder(database, asked.packages, enrolments, Zone(asked.zone), holidays),
            enrolments,
            Zone(asked.zone),
            holidays,
            code,
        )
        server, address = server_of(office, asked.host, asked.port, asked.tls)
        notes = err_console(session.quiet)

        def ready() -> None:
            out_console().print(voice(texts.LISTENING, address=address), soft_wrap=True, markup=False, highlight=False)
            notes.print(voice(texts.CODE, code=code, address=f"{address}mulai"), soft_wrap=True, markup=False)
            notes.print(voice(texts.STOP), soft_wrap=True, markup=False)

        run(server, ready)
    return 0
