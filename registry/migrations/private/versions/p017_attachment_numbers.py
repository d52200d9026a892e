"""A number of its own for every file of a report, so that its name stays when others are removed."""

import sqlalchemy as sa
from alembic import op

revision = "p017"
down_revision = "p013"
branch_labels = None
depends_on = None

AS_COUNTED = sa.text(
    "UPDATE attachment SET number = (SELECT count(*) FROM attachment AS other"
    " WHERE other.submission_id = attachment.submission_id AND other.standing = 'kept'"
    " AND (other.created_at < attachment.created_at"
    " OR (other.created_at = attachment.created_at AND other.id <= attachment.id)))"
    " WHERE standing = 'kept'"
)
"""Files keep the number that they had by their order."""
LAST = sa.text(
    "UPDATE submission SET files_numbered ="
    " (SELECT count(*) FROM attachment WHERE submission_id = submission.id AND standing = 'kept')"
)


def upgrade() -> None:
    """Number the files that are kept, and remember the last number of every report."""
    op.add_column("attachment", sa.Column("number", sa.Integer(), nullable=True))
    op.add_column(
        "submission", sa.Column("files_numbered", sa.Integer(), server_default=sa.text("0"), nullable=False)
    )
    op.execute(AS_COUNTED)
    op.execute(LAST)
    op.create_index("ix_attachment_number", "attachment", ["submission_id", "number"], unique=True)


def downgrade() -> None:
    """Files are counted by their order again."""
    op.drop_index("ix_attachment_number", table_name="attachment")
    with op.batch_alter_table("submission") as table:
        table.drop_column("files_numbered")
    with op.batch_alter_table("attachment") as table:
        table.drop_column("number")
