"""Files that no scan has read since: what later scans say of a file is found in the index alone."""

from typing import Final

from alembic import op

revision: Final = "0004"
down_revision: Final = "0003"


def upgrade() -> None:
    """Put a wider index in the place of the one on the file."""
    op.drop_index("ix_seen_upload_id", table_name="seen")
    op.create_index("ix_seen_upload_id_run_id_status", "seen", ["upload_id", "run_id", "status"], unique=False)
