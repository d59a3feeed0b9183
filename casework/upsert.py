"""INSERT ... ON CONFLICT, which SQLite and PostgreSQL write alike and SQLAlchemy gives per dialect."""

from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Any

from sqlalchemy import Connection, Insert, Table
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
    connection.execute(_statement(connection.dialect.name, table, tuple(key), tuple(update)), list(rows))


@lru_cache(maxsize=64)
def _statement(dialect: str, table: Table, key: tuple[str, ...], update: tuple[str, ...]) -> Insert:
    statement = (sqlite.insert if dialect == "sqlite" else postgresql.insert)(table)
    if not update:
        return statement.on_conflict_do_nothing(index_elements=list(key))
    changed = {name: statement.excluded[name] for name in update}
    return statement.on_conflict_do_update(index_elements=list(key), set_=changed)
