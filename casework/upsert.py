"""INSERT ... ON CONFLICT, which SQLite and PostgreSQL write alike and SQLAlchemy gives per dialect."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, Table
from sqlalchemy.dialects import postgresql, sqlite


def upsert(
    connection: Connection,
    table: Table,
    rows: Sequence[Mapping[str, Any]],
    key: Iterable[str],
    update: Iterable[str] = (),
) -> None:
    """Insert rows; where one of the same key is there already, change the columns named, or leave it alone.

    Args:
        connection: in a transaction that may write.
        table: where.
        rows: all with the same columns.
        key: columns with a unique constraint.
        update: columns that take the new value.
    """
    if not rows:
        return
    make = sqlite.insert if connection.dialect.name == "sqlite" else postgresql.insert
    statement = make(table)
    changed = {name: statement.excluded[name] for name in update}
    statement = (
        statement.on_conflict_do_update(index_elements=list(key), set_=changed)
        if changed
        else statement.on_conflict_do_nothing(index_elements=list(key))
    )
    connection.execute(statement, list(rows))
