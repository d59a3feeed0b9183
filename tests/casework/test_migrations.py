"""What the revisions make is what the tables say, on both kinds of database."""

from collections.abc import Callable
from typing import Any

import pytest
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, insert, inspect, select

from casework import migrations
from casework.database import Database, open_database
from casework.tables import about, metadata, photos
from netra.errors import DatabaseError, DatabaseErrorKind


def schema(connection: Connection) -> dict[str, Any]:
    """Everything a database knows of its tables."""
    look = inspect(connection)
    return {
        table: {
            "columns": [
                {key: str(value) for key, value in sorted(each.items()) if key != "comment"}
                for each in sorted(look.get_columns(table), key=lambda each: str(each["name"]))
            ],
            "key": look.get_pk_constraint(table),
            "foreign": sorted(map(str, look.get_foreign_keys(table))),
            "unique": sorted(map(str, look.get_unique_constraints(table))),
            "indexes": sorted(map(str, look.get_indexes(table))),
        }
        for table in look.get_table_names()
        if table != "alembic_version"
    }


def test_the_revisions_make_the_tables(database: Database) -> None:
    with database.begin() as connection:
        upgraded = schema(connection)
        for name in [*metadata.tables, "alembic_version"]:
            connection.exec_driver_sql(f"DROP TABLE {name}{' CASCADE' * (database.dialect == 'postgresql')}")
        metadata.create_all(connection)
        assert schema(connection) == upgraded
    assert len(upgraded) == len(metadata.tables)


def test_the_list_of_revisions_is_what_lies_in_the_folder() -> None:
    config = Config()
    config.set_main_option("script_location", "casework:migrations")
    found = [script.revision for script in ScriptDirectory.from_config(config).walk_revisions()]
    assert tuple(reversed(found)) == migrations.REVISIONS


def test_a_database_is_made_once_and_then_opened(place: str) -> None:
    with open_database(place, create=True) as database, database.begin() as connection:
        connection.execute(insert(photos).values(sha256="sha256:00", size_bytes=1))
    for create in (False, True):
        with open_database(place, create=create) as database, database.read() as connection:
            assert connection.execute(select(photos.c.sha256)).scalars().all() == ["sha256:00"]


def test_a_database_of_a_newer_netra_is_refused(place: str) -> None:
    with open_database(place, create=True) as database, database.begin() as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
    with pytest.raises(DatabaseError, match=r"newer netra.*9999") as caught:
        open_database(place, create=True)
    assert caught.value.kind is DatabaseErrorKind.NEWER
    assert caught.value.exit_code == 2


@pytest.mark.parametrize(
    "change",
    [
        lambda connection: connection.execute(about.delete()),
        lambda connection: connection.exec_driver_sql("DROP TABLE about"),
        lambda connection: connection.exec_driver_sql("DROP TABLE alembic_version"),
    ],
)
def test_tables_of_another_program_are_refused(place: str, change: Callable[[Connection], object]) -> None:
    with open_database(place, create=True) as database, database.begin() as connection:
        change(connection)
    with pytest.raises(DatabaseError, match="another program") as caught:
        open_database(place, create=True)
    assert caught.value.kind is DatabaseErrorKind.FOREIGN


def test_an_upgrade_that_fails_leaves_nothing(place: str, monkeypatch: pytest.MonkeyPatch) -> None:
    right = migrations.upgrade

    def breaks(connection: Connection) -> None:
        right(connection)
        raise RuntimeError("the power failed")

    monkeypatch.setattr(migrations, "upgrade", breaks)
    with pytest.raises(RuntimeError):
        open_database(place, create=True)
    monkeypatch.setattr(migrations, "upgrade", right)
    with pytest.raises(DatabaseError) as caught:
        open_database(place, create=False)
    assert caught.value.kind is DatabaseErrorKind.MISSING
    with open_database(place, create=True) as database, database.read() as connection:
        assert set(metadata.tables) < set(inspect(connection).get_table_names())
