"""Files that belong to a report; the files themselves lie sealed in a store of their own."""

import sqlalchemy as sa
from alembic import op

revision = "p010"
down_revision = "p009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """No report has any file yet."""
    op.create_table(
        "attachment",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("submission_id", sa.String(length=32), nullable=False),
        sa.Column("standing", sa.String(length=10), nullable=False),
        sa.Column("address", sa.String(length=64), nullable=False),
        sa.Column("media", sa.String(length=40), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("taken", sa.Integer(), nullable=False),
        sa.Column("width", sa.Integer(), nullable=True),
        sa.Column("height", sa.Integer(), nullable=True),
        sa.Column("glimpse", sa.LargeBinary(), nullable=True),
        sa.Column("description", sa.LargeBinary(), nullable=True),
        sa.Column("author_id", sa.String(length=32), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["submission_id"], ["submission.id"], name=op.f("fk_attachment_submission_id_submission")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attachment")),
        sa.UniqueConstraint("address", name=op.f("uq_attachment_address")),
    )
    op.create_index("ix_attachment_submission", "attachment", ["submission_id", "created_at"])
    op.create_index("ix_attachment_standing", "attachment", ["standing", "created_at"])


def downgrade() -> None:
    """What was attached is lost: no row says any more which file belongs to which report."""
    op.drop_index("ix_attachment_standing", table_name="attachment")
    op.drop_index("ix_attachment_submission", table_name="attachment")
    op.drop_table("attachment")
