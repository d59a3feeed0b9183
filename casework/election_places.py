"""Where the election files lie that scans were made with, so that the review page finds the reference photos again.

Kept beside the runs and not in them: what a run says goes into packages, and where files lie on a computer does not.
"""

from collections.abc import Mapping
from pathlib import Path
from typing import Final

from sqlalchemy import Connection, select

from casework.tables import about
from casework.upsert import upsert

_BEFORE: Final = "election-file:"


def keep_election_place(connection: Connection, election_id: str, path: Path) -> None:
    """Remember the file of an election; the latest scan's goes before earlier ones."""
    row = {"name": f"{_BEFORE}{election_id}", "value": str(path.resolve())}
    upsert(connection, about, [row], ["name"], ["value"])


def election_places(connection: Connection) -> Mapping[str, str]:
    """Election's id -> path of its file when it was last scanned; the file may be gone or another by now."""
    query = select(about.c.name, about.c.value).where(about.c.name.startswith(_BEFORE, autoescape=True))
    return {row.name.removeprefix(_BEFORE): row.value for row in connection.execute(query.order_by(about.c.name))}
