"""The log and its checkpoints refuse to be changed or shortened, and take new entries at their end alone."""

from typing import Final

from alembic import op

revision: Final = "0002"
down_revision: Final = "0001"

_SQLITE: Final = (
    (
        "CREATE TRIGGER audit_no_update BEFORE UPDATE ON audit "
        "BEGIN SELECT RAISE(ABORT, 'an entry of the audit log is never changed'); END"
    ),
    (
        "CREATE TRIGGER audit_no_delete BEFORE DELETE ON audit "
        "BEGIN SELECT RAISE(ABORT, 'an entry of the audit log is never deleted'); END"
    ),
    # INSERT OR REPLACE deletes without asking the trigger above; this one sees it first.
    (
        "CREATE TRIGGER audit_no_gap BEFORE INSERT ON audit "
        "WHEN NEW.seq IS NOT (SELECT coalesce(max(seq) + 1, 0) FROM audit) "
        "BEGIN SELECT RAISE(ABORT, 'entries are added at the end of the audit log'); END"
    ),
    (
        "CREATE TRIGGER checkpoints_no_update BEFORE UPDATE ON checkpoints "
        "BEGIN SELECT RAISE(ABORT, 'a checkpoint is never changed'); END"
    ),
    (
        "CREATE TRIGGER checkpoints_no_delete BEFORE DELETE ON checkpoints "
        "BEGIN SELECT RAISE(ABORT, 'a checkpoint is never deleted'); END"
    ),
)
_POSTGRESQL: Final = (
    (
        "CREATE FUNCTION audit_refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
        "RAISE EXCEPTION 'the audit log is never changed' USING ERRCODE = 'integrity_constraint_violation'; END $$"
    ),
    (
        "CREATE FUNCTION audit_at_end() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
        "IF NEW.seq <> coalesce((SELECT max(seq) + 1 FROM audit), 0) THEN "
        "RAISE EXCEPTION 'entries are added at the end of the audit log' "
        "USING ERRCODE = 'integrity_constraint_violation'; END IF; RETURN NEW; END $$"
    ),
    "CREATE TRIGGER audit_no_update BEFORE UPDATE ON audit FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse()",
    (
        "CREATE TRIGGER audit_no_delete BEFORE DELETE OR TRUNCATE ON audit "
        "FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse()"
    ),
    "CREATE TRIGGER audit_no_gap BEFORE INSERT ON audit FOR EACH ROW EXECUTE FUNCTION audit_at_end()",
    (
        "CREATE TRIGGER checkpoints_no_update BEFORE UPDATE ON checkpoints "
        "FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse()"
    ),
    (
        "CREATE TRIGGER checkpoints_no_delete BEFORE DELETE OR TRUNCATE ON checkpoints "
        "FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse()"
    ),
)


def upgrade() -> None:
    """Make the triggers."""
    for statement in _SQLITE if op.get_context().dialect.name == "sqlite" else _POSTGRESQL:
        op.execute(statement)
