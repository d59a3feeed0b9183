"""The review page: accounts, sessions, first looks, marks by people, and who has decided a finding."""

from collections import defaultdict
from typing import Final

import sqlalchemy as sa
from alembic import op

revision: Final = "0003"
down_revision: Final = "0002"

_ID: Final = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_PAGE: Final = (
    *("current", "strength_rank", "id", "strength", "state", "election_id", "candidate", "symbol", "category"),
    *("posted_on", "photo_id", "changed"),
)
_FINDINGS: Final = (
    *("id", "state", "first_reviewer", "second_reviewer", "third_reviewer", "wants_second", "disagreed"),
)


def upgrade() -> None:
    """Make the tables and columns; findings that were decided before say by whom."""
    _accounts()
    _looks_and_marks()
    for name in ("first_reviewer", "second_reviewer", "third_reviewer"):
        op.add_column("findings", sa.Column(name, sa.Text(), server_default="", nullable=False))
    for name in ("wants_second", "disagreed"):
        op.add_column("findings", sa.Column(name, sa.Boolean(), server_default=sa.false(), nullable=False))
    op.add_column("findings", sa.Column("rounds_asked", sa.Integer(), server_default="0", nullable=False))
    op.add_column("findings", sa.Column("copy_of", _ID, nullable=True))
    op.create_index("ix_findings_copy_of_posted_on", "findings", ["copy_of", "posted_on"], unique=False)
    op.add_column("photos", sa.Column("copy_differs", sa.Boolean(), server_default=sa.false(), nullable=False))
    op.execute("DELETE FROM about WHERE name = 'copies-up-to'")  # the next scan groups anew, and sees what differs
    op.create_index("ix_findings_symbol", "findings", ["symbol"], unique=False)
    op.create_index("ix_seen_run_id_status_position", "seen", ["run_id", "status", "position"], unique=False)
    op.create_index("ix_people_assessable_evaluation_id", "people", ["assessable", "evaluation_id"], unique=False)
    op.drop_index("ix_findings_page", table_name="findings")
    columns = [*_PAGE, "first_reviewer", "second_reviewer", "wants_second", "disagreed", "copy_of", "third_reviewer"]
    op.create_index("ix_findings_page", "findings", columns, unique=False)
    counted = ["current", "copy_of", "strength_rank", "category", "state", "wants_second", "disagreed"]
    who = ["first_reviewer", "second_reviewer", "third_reviewer"]
    op.create_index("ix_findings_counts", "findings", [*counted, *who], unique=False)
    _who_decided()


def _accounts() -> None:
    op.create_table(
        "accounts",
        sa.Column("id", _ID, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("full_name", sa.Text(), server_default="", nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("password_hash", sa.Text(), nullable=False),
        sa.Column("must_change", sa.Boolean(), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("failures", sa.Integer(), server_default="0", nullable=False),
        sa.Column("locked_until", sa.Text(), server_default="", nullable=False),
        sa.Column("made_at", sa.Text(), nullable=False),
        sa.Column("made_by", sa.Text(), server_default="", nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_accounts"),
        sa.UniqueConstraint("name", name="uq_accounts_name"),
    )
    op.create_table(
        "logins",
        sa.Column("id", _ID, nullable=False),
        sa.Column("token_hash", sa.Text(), nullable=False),
        sa.Column("account_id", _ID, nullable=False),
        sa.Column("started_at", sa.Text(), nullable=False),
        sa.Column("seen_at", sa.Text(), nullable=False),
        sa.Column("ended_at", sa.Text(), server_default="", nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.id"], name="fk_logins_account_id"),
        sa.PrimaryKeyConstraint("id", name="pk_logins"),
        sa.UniqueConstraint("token_hash", name="uq_logins_token_hash"),
    )
    op.create_index("ix_logins_account_id", "logins", ["account_id"], unique=False)


def _looks_and_marks() -> None:
    op.create_table(
        "looks",
        sa.Column("id", _ID, nullable=False),
        sa.Column("reviewer", sa.Text(), nullable=False),
        sa.Column("finding_id", _ID, nullable=False),
        sa.Column("control", sa.Boolean(), nullable=False),
        sa.Column("candidate", sa.Text(), server_default="", nullable=False),
        sa.Column("person", sa.Integer(), nullable=True),
        sa.Column("hand", sa.Integer(), nullable=True),
        sa.Column("opened_at", sa.Text(), nullable=False),
        sa.Column("answered_at", sa.Text(), server_default="", nullable=False),
        sa.Column("same_person", sa.Text(), server_default="", nullable=False),
        sa.Column("symbol", sa.Text(), server_default="", nullable=False),
        sa.ForeignKeyConstraint(["finding_id"], ["findings.id"], name="fk_looks_finding_id"),
        sa.PrimaryKeyConstraint("id", name="pk_looks"),
    )
    op.create_index("ix_looks_finding_id", "looks", ["finding_id"], unique=False)
    op.create_index("ix_looks_reviewer_finding_id", "looks", ["reviewer", "finding_id"], unique=False)
    op.create_table(
        "marks",
        sa.Column("id", _ID, nullable=False),
        sa.Column("photo_id", _ID, nullable=False),
        sa.Column("finding_id", _ID, nullable=True),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("box", sa.Text(), nullable=False),
        sa.Column("candidate", sa.Text(), server_default="", nullable=False),
        sa.Column("symbol", sa.Text(), server_default="", nullable=False),
        sa.Column("note", sa.Text(), server_default="", nullable=False),
        sa.Column("made_by", sa.Text(), nullable=False),
        sa.Column("made_at", sa.Text(), nullable=False),
        sa.Column("removed_at", sa.Text(), server_default="", nullable=False),
        sa.ForeignKeyConstraint(["finding_id"], ["findings.id"], name="fk_marks_finding_id"),
        sa.ForeignKeyConstraint(["photo_id"], ["photos.id"], name="fk_marks_photo_id"),
        sa.PrimaryKeyConstraint("id", name="pk_marks"),
    )
    op.create_index("ix_marks_finding_id", "marks", ["finding_id"], unique=False)
    op.create_index("ix_marks_photo_id", "marks", ["photo_id"], unique=False)


def _who_decided() -> None:
    """Of decisions that were made before these columns were there; whoever confirmed alone still needs a second."""
    decisions = sa.table("decisions", *map(sa.column, ("id", "finding_id", "reviewer", "round", "decision", "undoes")))
    findings = sa.table("findings", *map(sa.column, _FINDINGS))
    rows = op.get_bind().execute(sa.select(decisions).order_by(decisions.c.id)).all()
    undone = {row.undoes for row in rows}
    last: dict[int, dict[int, tuple[str, str]]] = defaultdict(dict)
    for row in rows:
        if row.undoes is None and row.id not in undone:
            last[row.finding_id][row.round] = (row.reviewer, row.decision)
    for finding, rounds in last.items():
        said = [rounds[number] for number in sorted(rounds)]
        values = {
            "first_reviewer": said[0][0],
            "second_reviewer": said[1][0] if len(said) > 1 else "",
            "third_reviewer": said[2][0] if len(said) > 2 else "",
            "wants_second": len(said) == 1 and said[0][1] == "confirmed",
            "disagreed": len({verdict for _, verdict in said}) > 1,
        }
        op.execute(sa.update(findings).where(findings.c.id == finding).values(**values))
