"""What tests of retention and deletion share: cases that are over, plans, and deleting by them."""

from datetime import date

from sqlalchemy import Connection, Table, func, select

from casework.cases import Cases
from casework.database import Database
from casework.deletion import Deletion, delete_planned
from casework.retention import Plan, of_case
from tests.casework.sample import AT, ELECTION, ListLog

TODAY = date(2025, 7, 1)
DUTIES = {
    "purpose": "Rapat dengan Tarno",
    "title": "Tarno",
    "legal_basis": "x",
    "officer": "y",
    "ends_on": "2025-12-31",
}


def open_case(database: Database, number: str, findings: list[int], closed: bool = True, **values: str) -> None:
    with database.begin() as connection:
        cases = Cases(connection, ListLog(), "petugas-a", date(2024, 10, 21), AT)
        cases.open(number, ELECTION, DUTIES | {"ends_on": "2024-11-30"} | values, findings)
        if closed:
            cases.close(number, "selesai")


def delete_plan(database: Database, plan: Plan, today: date = TODAY) -> tuple[ListLog, Deletion]:
    log = ListLog()
    return log, delete_planned(database, plan, lambda _: log, "petugas-b", "masa simpan habis", today)


def planned(database: Database, number: str, today: date = TODAY) -> Plan:
    with database.read() as connection:
        return of_case(connection, number, today)


def count(connection: Connection, table: Table) -> int:
    return int(connection.execute(select(func.count()).select_from(table)).scalar_one())
