"""An error that no view expects still reads in the language of whoever meets it."""

import pytest

from casework.audit import AuditLog
from casework.case_file import CaseError
from casework.case_file import Refusal as CaseRefusal
from casework.database import Database
from casework.refusals import refused
from casework.review_refusals import Refusal, ReviewError
from casework.roles import Role
from casework.tables import audit
from netra.both import Both
from netra.errors import DatabaseErrorKind, NetraError, OutputError
from tests.review.conftest import Browsers


@pytest.mark.parametrize(
    ("error", "status", "said_id", "said_en"),
    [
        (
            refused("kasus.db", DatabaseErrorKind.LOCKED),
            503,
            "kasus.db: program lain sedang menulis",
            "kasus.db: another",
        ),
        (refused("kasus.db", DatabaseErrorKind.FULL), 503, "disk sudah penuh", "no room left on the disk"),
        (ReviewError(Refusal.STANDS), 400, "Peninjau lain sudah memutuskan", "Another reviewer has decided"),
        (CaseError(CaseRefusal.DELETED, number="01/TM"), 400, "Perkara 01/TM sudah dihapus", "Case 01/TM"),
        (OutputError(Both("/paket: tidak <dapat>", "/paket: can<not>")), 500, "tidak &lt;dapat&gt;", "can&lt;not&gt;"),
        (NetraError("only in English"), 500, "only in English", "only in English"),
    ],
)
def test_an_unforeseen_error_is_told_in_both(
    browser_of: Browsers, monkeypatch: pytest.MonkeyPatch, error: NetraError, status: int, said_id: str, said_en: str
) -> None:
    def fail(*_: object) -> None:
        raise error

    monkeypatch.setattr("review.views.cases.case_entries", fail)
    sinta = browser_of(Role.SUPERVISOR)
    for said, other in ((said_id, said_en), (said_en, said_id)):
        page = sinta.get("/perkara")
        assert page.status_code == status
        assert said in page.text
        assert other == said or other not in page.text
        sinta.as_english()


def test_a_damaged_log_is_told_in_both(browser_of: Browsers, database: Database) -> None:
    sinta = browser_of(Role.SUPERVISOR)
    with database.begin() as connection:
        AuditLog(connection).append("sinta", "search", "x")
        triggers = "SELECT name FROM sqlite_master WHERE type = 'trigger'"
        for trigger in connection.exec_driver_sql(triggers).scalars().all():
            connection.exec_driver_sql(f"DROP TRIGGER {trigger}")
        connection.execute(audit.update().values(entry="kein JSON"))
    page = sinta.get("/perkara/1")
    assert page.status_code == 500
    assert "dalam log audit rusak" in page.text
    assert "of the audit log is damaged" in sinta.as_english().get("/perkara/1").text
