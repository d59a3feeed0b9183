"""``netra review``: opens everything that the page needs, says its address, and serves until Ctrl+C."""

import secrets
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from casework.accounts import has_accounts
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
from review.serve import EVERYWHERE, CertificateError, ListenError, is_local, run, server_of

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
        another_supervisor: whether a code is printed that makes a supervisor though there are accounts.
    """

    db: str
    elections: tuple[str, ...]
    host: str
    port: int
    tls: tuple[Path, ...]
    packages: Path
    holidays: str
    zone: str
    another_supervisor: bool = False


def run_review(session: Session, asked: Asked) -> int:
    """Serve the page.

    Raises:
        UsageError: only one of the TLS files is named, they cannot be used, the page would listen to others without
            them, or somebody else listens there.
        ConfigError: an election file has mistakes.
        DatabaseError: the database cannot be used.
    """
    voice = session.voice
    if len(asked.tls) == 1:
        raise UsageError(voice(texts.BOTH_TLS))
    for file in asked.tls:
        if not file.is_file():
            raise UsageError(voice(texts.NO_TLS_FILE, path=file))
    if asked.host in EVERYWHERE:
        raise UsageError(voice(texts.EVERYWHERE, host=asked.host))
    if not is_local(asked.host) and not asked.tls:
        raise UsageError(voice(texts.NEEDS_TLS, host=asked.host))
    holidays = read_holidays(Path(asked.holidays)) if asked.holidays else NO_HOLIDAYS
    named = enrolments_of(asked.elections)
    code = "".join(secrets.choice(_CODE_LETTERS) for _ in range(_CODE_LENGTH))
    with open_database(asked.db, create=False) as database:
        with database.read() as connection:
            places, is_set_up = election_places(connection), has_accounts(connection)
        enrolments = (*named, *remembered_enrolments(places, named))
        pictures = OriginalPictures(database, enrolments)
        office = Office(
            database,
            pictures,
            PackageFolder(database, asked.packages, enrolments, Zone(asked.zone), holidays),
            enrolments,
            Zone(asked.zone),
            holidays,
            code,
            asked.another_supervisor,
        )
        try:
            server, address = server_of(office, asked.host, asked.port, asked.tls)
        except CertificateError as error:
            raise UsageError(voice(texts.BAD_TLS, reason=error.reason)) from error
        notes = err_console(session.quiet)
        if enrolments:
            notes.print(voice(texts.PREPARING), soft_wrap=True, markup=False)
            pictures.learn_faces()

        def ready() -> None:
            out_console().print(voice(texts.LISTENING, address=address), soft_wrap=True, markup=False, highlight=False)
            if asked.another_supervisor or not is_set_up:  # without it nobody gets in, however quiet it is to be
                message = texts.CODE_AGAIN if is_set_up else texts.CODE
                said = voice(message, code=code, address=f"{address}mulai")
                err_console(quiet=False).print(said, soft_wrap=True, markup=False, highlight=False)
            if not enrolments:
                notes.print(voice(texts.NO_REFERENCES), soft_wrap=True, markup=False)
            notes.print(voice(texts.STOP), soft_wrap=True, markup=False)

        try:
            run(server, ready)
        except ListenError as error:
            said = voice(texts.CANNOT_LISTEN, host=asked.host, port=str(asked.port), reason=error.reason)
            raise UsageError(said) from error
        except KeyboardInterrupt:  # this is how it ends
            notes.print(voice(texts.CLOSED))
    return 0
