"""The tables of case files: photos, uploads, runs, readings, evaluations, findings, decisions, cases, the log."""

from typing import Final

import sqlalchemy as sa
from alembic import op

revision: Final = "0001"
down_revision: Final = None

_ID: Final = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Make them, and say whose they are."""
    op.create_table(
        "about",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("name", name="pk_about"),
    )
    op.create_table(
        "audit",
        sa.Column("seq", _ID, autoincrement=False, nullable=False),
        sa.Column("entry", sa.Text(), nullable=False),
        sa.Column("leaf_hash", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("seq", name="pk_audit"),
    )
    op.create_table(
        "checkpoints",
        sa.Column("id", _ID, nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("root_hash", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("made_at", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_checkpoints"),
    )
    op.create_table(
        "elections",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), server_default="", nullable=False),
        sa.Column("rulebook", sa.Text(), server_default="", nullable=False),
        sa.Column("about", sa.Text(), server_default="", nullable=False),
        sa.Column("election_hash", sa.Text(), server_default="", nullable=False),
        sa.Column("rulebook_hash", sa.Text(), server_default="", nullable=False),
        sa.Column("rulebook_about", sa.Text(), server_default="", nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_elections"),
    )
    op.create_table(
        "photos",
        sa.Column("id", _ID, nullable=False),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("size_bytes", sa.BigInteger(), nullable=False),
        sa.Column("width", sa.Integer(), server_default="0", nullable=False),
        sa.Column("height", sa.Integer(), server_default="0", nullable=False),
        sa.Column("pdq", sa.LargeBinary(), nullable=False),
        sa.Column("pdq_quality", sa.Integer(), server_default="0", nullable=False),
        sa.Column("features", sa.LargeBinary(), nullable=False),
        sa.Column("copy_group", _ID, nullable=True),
        sa.Column("copy_relation", sa.Text(), server_default="", nullable=False),
        sa.Column("exif", sa.Text(), server_default="", nullable=False),
        sa.Column("first_seen_at", sa.Text(), server_default="", nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_photos"),
        sa.UniqueConstraint("sha256", name="uq_photos_sha256"),
    )
    op.create_index("ix_photos_copy_group", "photos", ["copy_group"], unique=False)
    op.create_table(
        "cases",
        sa.Column("id", _ID, nullable=False),
        sa.Column("number", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), server_default="", nullable=False),
        sa.Column("election_id", sa.Text(), nullable=False),
        sa.Column("purpose", sa.Text(), server_default="", nullable=False),
        sa.Column("legal_basis", sa.Text(), server_default="", nullable=False),
        sa.Column("officer", sa.Text(), server_default="", nullable=False),
        sa.Column("post", sa.Text(), server_default="", nullable=False),
        sa.Column("warrant", sa.Text(), server_default="", nullable=False),
        sa.Column("known_on", sa.Text(), server_default="", nullable=False),
        sa.Column("ends_on", sa.Text(), server_default="", nullable=False),
        sa.Column("dpia_number", sa.Text(), server_default="", nullable=False),
        sa.Column("retain_until", sa.Text(), server_default="", nullable=False),
        sa.Column("legal_hold", sa.Boolean(), nullable=False),
        sa.Column("state", sa.Text(), server_default="open", nullable=False),
        sa.Column("opened_at", sa.Text(), server_default="", nullable=False),
        sa.Column("form_a", sa.Text(), server_default="", nullable=False),
        sa.ForeignKeyConstraint(["election_id"], ["elections.id"], name="fk_cases_election_id"),
        sa.PrimaryKeyConstraint("id", name="pk_cases"),
        sa.UniqueConstraint("number", name="uq_cases_number"),
    )
    op.create_table(
        "readings",
        sa.Column("photo_id", _ID, nullable=False),
        sa.Column("reading_key", sa.Text(), nullable=False),
        sa.Column("faces", sa.LargeBinary(), nullable=False),
        sa.Column("hands_searched", sa.Boolean(), nullable=False),
        sa.Column("hands", sa.LargeBinary(), nullable=False),
        sa.Column("pictures", sa.Text(), server_default="", nullable=False),
        sa.ForeignKeyConstraint(["photo_id"], ["photos.id"], name="fk_readings_photo_id"),
        sa.PrimaryKeyConstraint("photo_id", "reading_key", name="pk_readings"),
    )
    op.create_table(
        "runs",
        sa.Column("id", _ID, nullable=False),
        sa.Column("election_id", sa.Text(), nullable=False),
        sa.Column("started_at", sa.Text(), nullable=False),
        sa.Column("finished_at", sa.Text(), server_default="", nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("roots", sa.Text(), server_default="", nullable=False),
        sa.Column("run_key", sa.Text(), server_default="", nullable=False),
        sa.Column("reading_key", sa.Text(), server_default="", nullable=False),
        sa.Column("matching_key", sa.Text(), server_default="", nullable=False),
        sa.Column("judging_key", sa.Text(), server_default="", nullable=False),
        sa.Column("faces", sa.Integer(), server_default="0", nullable=False),
        sa.Column("faces_added", sa.Integer(), server_default="0", nullable=False),
        sa.Column("calibrated", sa.Boolean(), nullable=False),
        sa.Column("about", sa.Text(), server_default="", nullable=False),
        sa.Column("models", sa.Text(), server_default="", nullable=False),
        sa.Column("counts", sa.Text(), server_default="", nullable=False),
        sa.Column("operator", sa.Text(), server_default="", nullable=False),
        sa.Column("population", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["election_id"], ["elections.id"], name="fk_runs_election_id"),
        sa.PrimaryKeyConstraint("id", name="pk_runs"),
    )
    op.create_index("ix_runs_run_key", "runs", ["run_key"], unique=False)
    op.create_table(
        "uploads",
        sa.Column("id", _ID, nullable=False),
        sa.Column("place", sa.Text(), nullable=False),
        sa.Column("path", sa.Text(), nullable=False),
        sa.Column("photo_id", _ID, nullable=True),
        sa.Column("size_bytes", sa.BigInteger(), nullable=False),
        sa.Column("mtime_ns", sa.BigInteger(), nullable=False),
        sa.Column("stamp", sa.Text(), server_default="", nullable=False),
        sa.Column("uploader_id", sa.Text(), server_default="", nullable=False),
        sa.Column("uploader_name", sa.Text(), server_default="", nullable=False),
        sa.Column("agency", sa.Text(), server_default="", nullable=False),
        sa.Column("platform", sa.Text(), server_default="", nullable=False),
        sa.Column("post_url", sa.Text(), server_default="", nullable=False),
        sa.Column("taken_on", sa.Text(), server_default="", nullable=False),
        sa.Column("posted_on", sa.Text(), server_default="", nullable=False),
        sa.Column("facts", sa.Text(), server_default="", nullable=False),
        sa.Column("gone", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["photo_id"], ["photos.id"], name="fk_uploads_photo_id"),
        sa.PrimaryKeyConstraint("id", name="pk_uploads"),
        sa.UniqueConstraint("place", name="uq_uploads_place"),
    )
    op.create_index("ix_uploads_agency", "uploads", ["agency"], unique=False)
    op.create_index("ix_uploads_photo_id", "uploads", ["photo_id"], unique=False)
    op.create_index("ix_uploads_posted_on", "uploads", ["posted_on"], unique=False)
    op.create_index("ix_uploads_uploader_id", "uploads", ["uploader_id"], unique=False)
    op.create_table(
        "evaluations",
        sa.Column("id", _ID, nullable=False),
        sa.Column("photo_id", _ID, nullable=False),
        sa.Column("election_id", sa.Text(), nullable=False),
        sa.Column("evaluation_key", sa.Text(), nullable=False),
        sa.Column("run_id", _ID, nullable=False),
        sa.Column("record", sa.Text(), nullable=False),
        sa.Column("current", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["election_id"], ["elections.id"], name="fk_evaluations_election_id"),
        sa.ForeignKeyConstraint(["photo_id"], ["photos.id"], name="fk_evaluations_photo_id"),
        sa.ForeignKeyConstraint(["run_id"], ["runs.id"], name="fk_evaluations_run_id"),
        sa.PrimaryKeyConstraint("id", name="pk_evaluations"),
        sa.UniqueConstraint(
            "photo_id", "election_id", "evaluation_key", name="uq_evaluations_photo_id_election_id_evaluation_key"
        ),
    )
    op.create_table(
        "findings",
        sa.Column("id", _ID, nullable=False),
        sa.Column("photo_id", _ID, nullable=False),
        sa.Column("election_id", sa.Text(), nullable=False),
        sa.Column("ticket", sa.Integer(), nullable=False),
        sa.Column("panel", sa.Integer(), server_default="0", nullable=False),
        sa.Column("evaluation_id", _ID, nullable=False),
        sa.Column("first_run_id", _ID, nullable=False),
        sa.Column("last_run_id", _ID, nullable=False),
        sa.Column("category", sa.Text(), nullable=False),
        sa.Column("strength", sa.Text(), nullable=False),
        sa.Column("strength_rank", sa.Integer(), nullable=False),
        sa.Column("candidate", sa.Text(), server_default="", nullable=False),
        sa.Column("symbol", sa.Text(), server_default="", nullable=False),
        sa.Column("rule", sa.Text(), server_default="", nullable=False),
        sa.Column("detail", sa.Text(), server_default="", nullable=False),
        sa.Column("posted_on", sa.Text(), server_default="", nullable=False),
        sa.Column("state", sa.Text(), server_default="suggested", nullable=False),
        sa.Column("current", sa.Boolean(), nullable=False),
        sa.Column("changed", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["election_id"], ["elections.id"], name="fk_findings_election_id"),
        sa.ForeignKeyConstraint(["evaluation_id"], ["evaluations.id"], name="fk_findings_evaluation_id"),
        sa.ForeignKeyConstraint(["first_run_id"], ["runs.id"], name="fk_findings_first_run_id"),
        sa.ForeignKeyConstraint(["last_run_id"], ["runs.id"], name="fk_findings_last_run_id"),
        sa.ForeignKeyConstraint(["photo_id"], ["photos.id"], name="fk_findings_photo_id"),
        sa.PrimaryKeyConstraint("id", name="pk_findings"),
        sa.UniqueConstraint(
            "photo_id", "election_id", "ticket", "panel", name="uq_findings_photo_id_election_id_ticket_panel"
        ),
    )
    op.create_index("ix_findings_candidate_rank", "findings", ["candidate", "strength_rank", "id"], unique=False)
    op.create_index(
        "ix_findings_list", "findings", ["election_id", "current", "state", "strength_rank", "id"], unique=False
    )
    op.create_index(
        "ix_findings_page",
        "findings",
        [
            "current",
            "strength_rank",
            "id",
            "strength",
            "state",
            "election_id",
            "candidate",
            "symbol",
            "category",
            "posted_on",
            "photo_id",
            "changed",
        ],
        unique=False,
    )
    op.create_table(
        "hands",
        sa.Column("evaluation_id", _ID, nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("box", sa.Text(), nullable=False),
        sa.Column("keypoints", sa.Text(), nullable=False),
        sa.Column("side", sa.Text(), nullable=False),
        sa.Column("readable", sa.Boolean(), nullable=False),
        sa.Column("symbol", sa.Text(), server_default="", nullable=False),
        sa.Column("confidence", sa.Float(), nullable=True),
        sa.Column("person", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["evaluation_id"], ["evaluations.id"], name="fk_hands_evaluation_id"),
        sa.PrimaryKeyConstraint("evaluation_id", "number", name="pk_hands"),
    )
    op.create_table(
        "people",
        sa.Column("evaluation_id", _ID, nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("box", sa.Text(), nullable=False),
        sa.Column("quality", sa.Float(), nullable=False),
        sa.Column("assessable", sa.Boolean(), nullable=False),
        sa.Column("depicted", sa.Boolean(), nullable=False),
        sa.Column("panel", sa.Integer(), server_default="0", nullable=False),
        sa.ForeignKeyConstraint(["evaluation_id"], ["evaluations.id"], name="fk_people_evaluation_id"),
        sa.PrimaryKeyConstraint("evaluation_id", "number", name="pk_people"),
    )
    op.create_table(
        "seen",
        sa.Column("run_id", _ID, nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("upload_id", _ID, nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("error_kind", sa.Text(), server_default="", nullable=False),
        sa.Column("message", sa.Text(), server_default="", nullable=False),
        sa.Column("evaluation_id", _ID, nullable=True),
        sa.ForeignKeyConstraint(["evaluation_id"], ["evaluations.id"], name="fk_seen_evaluation_id"),
        sa.ForeignKeyConstraint(["run_id"], ["runs.id"], name="fk_seen_run_id"),
        sa.ForeignKeyConstraint(["upload_id"], ["uploads.id"], name="fk_seen_upload_id"),
        sa.PrimaryKeyConstraint("run_id", "position", name="pk_seen"),
    )
    op.create_index("ix_seen_evaluation_id_run_id", "seen", ["evaluation_id", "run_id"], unique=False)
    op.create_index("ix_seen_upload_id", "seen", ["upload_id"], unique=False)
    op.create_table(
        "sightings",
        sa.Column("evaluation_id", _ID, nullable=False),
        sa.Column("person", sa.Integer(), nullable=False),
        sa.Column("candidate", sa.Text(), nullable=False),
        sa.Column("ticket", sa.Integer(), nullable=False),
        sa.Column("similarity", sa.Float(), nullable=False),
        sa.Column("e_value", sa.Float(), nullable=True),
        sa.Column("band", sa.Text(), nullable=False),
        sa.Column("reference", sa.Text(), nullable=False),
        sa.Column("faces", sa.Float(), server_default="0", nullable=False),
        sa.Column("second_candidate", sa.Text(), server_default="", nullable=False),
        sa.Column("second_similarity", sa.Float(), nullable=True),
        sa.Column("depiction", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["evaluation_id"], ["evaluations.id"], name="fk_sightings_evaluation_id"),
        sa.PrimaryKeyConstraint("evaluation_id", "person", name="pk_sightings"),
    )
    op.create_index("ix_sightings_candidate", "sightings", ["candidate"], unique=False)
    op.create_table(
        "case_findings",
        sa.Column("case_id", _ID, nullable=False),
        sa.Column("finding_id", _ID, nullable=False),
        sa.Column("added_at", sa.Text(), nullable=False),
        sa.Column("added_by", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name="fk_case_findings_case_id"),
        sa.ForeignKeyConstraint(["finding_id"], ["findings.id"], name="fk_case_findings_finding_id"),
        sa.PrimaryKeyConstraint("case_id", "finding_id", name="pk_case_findings"),
    )
    op.create_index("ix_case_findings_finding_id", "case_findings", ["finding_id"], unique=False)
    op.create_table(
        "decisions",
        sa.Column("id", _ID, nullable=False),
        sa.Column("finding_id", _ID, nullable=False),
        sa.Column("reviewer", sa.Text(), nullable=False),
        sa.Column("decided_at", sa.Text(), nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("decision", sa.Text(), nullable=False),
        sa.Column("reason_code", sa.Text(), server_default="", nullable=False),
        sa.Column("note", sa.Text(), server_default="", nullable=False),
        sa.Column("snapshot", sa.Text(), nullable=False),
        sa.Column("undoes", _ID, nullable=True),
        sa.ForeignKeyConstraint(["finding_id"], ["findings.id"], name="fk_decisions_finding_id"),
        sa.ForeignKeyConstraint(["undoes"], ["decisions.id"], name="fk_decisions_undoes"),
        sa.PrimaryKeyConstraint("id", name="pk_decisions"),
    )
    op.create_index("ix_decisions_finding_id", "decisions", ["finding_id"], unique=False)
    op.execute("INSERT INTO about (name, value) VALUES ('program', 'netra')")
