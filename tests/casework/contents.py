"""What a database says, whatever the numbers of its rows and the times of its runs: to compare two of them."""

import io
import json
from collections.abc import Mapping
from typing import Any

import numpy as np
from sqlalchemy import Connection, select

from candidates.npz_file import unpacked_npz
from casework.database import Database
from casework.tables import metadata

OF_RUNS = {"id", "run_id", "first_run_id", "last_run_id", "started_at", "finished_at", "first_seen_at"}

Rows = list[dict[str, Any]]


def contents(database: Database) -> dict[str, list[str]]:
    """Each table as sorted texts; of runs and what they saw, the finished one alone."""
    with database.read() as connection:
        tables = {name: _rows(connection, name) for name in metadata.tables}
    photo = {row["id"]: row["sha256"] for row in tables["photos"]}
    place = {row["id"]: row["place"] for row in tables["uploads"]}
    evaluation = {row["id"]: (photo[row["photo_id"]], row["evaluation_key"]) for row in tables["evaluations"]}
    names: Mapping[str, Mapping[int, Any]] = {
        "photo_id": photo,
        "copy_group": photo,
        "upload_id": place,
        "evaluation_id": evaluation,
    }
    finished = [row for row in tables["runs"] if row["state"] == "finished"][-1]
    tables["runs"] = [finished | {"population": _unpacked(finished["population"])}]
    tables["seen"] = [row for row in tables["seen"] if row["run_id"] == finished["id"]]
    for name in ("audit", "about", "checkpoints"):
        del tables[name]
    return {
        name: sorted(
            json.dumps(
                {
                    column: names[column].get(value, value) if column in names else _rounded(value)
                    for column, value in row.items()
                    if column not in OF_RUNS
                },
                sort_keys=True,
                default=repr,
            )
            for row in rows
        )
        for name, rows in tables.items()
    }


def check_earlier_runs(database: Database) -> int:
    """What runs that were cut off saw is a beginning of what the finished one saw; the number of runs.

    A scan can also be killed when it has finished and not yet ended: then there are two that saw everything.
    """
    with database.read() as connection:
        runs, seen = _rows(connection, "runs"), _rows(connection, "seen")
        audit = _rows(connection, "audit")
    finished = [row["id"] for row in runs if row["state"] == "finished"][-1]
    whole = [row["status"] for row in seen if row["run_id"] == finished]
    for run in runs:
        mine = [row for row in seen if row["run_id"] == run["id"]]
        assert [row["position"] for row in mine] == list(range(len(mine)))
        assert [row["status"] for row in mine] == whole[: len(mine)]
        assert run["state"] == "interrupted" or (run["state"] == "finished" and len(mine) == len(whole))
    assert [row["seq"] for row in audit] == list(range(2 * len(runs)))
    return len(runs)


def check_whole(database: Database) -> None:
    """A file has no damage and no row that points nowhere."""
    if database.dialect == "sqlite":
        with database.read() as connection:
            assert connection.exec_driver_sql("PRAGMA integrity_check").scalars().all() == ["ok"]
            assert connection.exec_driver_sql("PRAGMA foreign_key_check").all() == []


def _rows(connection: Connection, name: str) -> Rows:
    table = metadata.tables[name]
    query = select(table).order_by(*table.primary_key.columns)
    return [dict(row._asdict()) for row in connection.execute(query)]


def _rounded(value: Any) -> Any:
    """Sums differ in their last digits from one process to the next."""
    if isinstance(value, float):
        return float(f"{value:.9g}")
    return [_rounded(each) for each in value] if isinstance(value, list) else value


def _unpacked(population: bytes) -> dict[str, Any]:
    if not population:
        return {}
    return {name: _rounded(np.asarray(array).tolist()) for name, array in unpacked_npz(io.BytesIO(population)).items()}
