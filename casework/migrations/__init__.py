"""Named revisions of the tables. A database is brought up to date when it is opened, in one transaction.

To change a table: change ``casework/tables.py``, add ``versions/000N_what_changes.py`` and its name to ``REVISIONS``.
The tests compare what the revisions make with the tables, on SQLite and on PostgreSQL.
"""

from pathlib import Path
from typing import Final

from sqlalchemy import Connection

REVISIONS: Final = ("0001", "0002", "0003", "0004")
"""Every revision, the oldest first. Kept here so that opening a database need not load Alembic."""


def upgrade(connection: Connection) -> None:
    """Run the revisions that a database lacks, inside the caller's transaction."""
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent).replace("%", "%%"))
    config.attributes["connection"] = connection
    command.upgrade(config, "head")
