"""Keys of submissions, wrapped."""

import sqlalchemy as sa
from alembic import op

revision = "p007"
down_revision = "p006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables of keys. No key is needed for it, and none is made here."""
    op.create_table(
        "master_key",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_master_key")),
    )
    op.create_table(
        "data_key",
        sa.Column("submission_id", sa.String(length=32), nullable=False),
        sa.Column("master_key_id", sa.String(length=32), nullable=True),
        sa.Column("wrapped", sa.LargeBinary(), nullable=True),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("destroyed_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["master_key_id"], ["master_key.id"], name=op.f("fk_data_key_master_key_id_master_key")
        ),
        sa.ForeignKeyConstraint(
            ["submission_id"], ["submission.id"], name=op.f("fk_data_key_submission_id_submission")
        ),
        sa.PrimaryKeyConstraint("submission_id", name=op.f("pk_data_key")),
    )


def downgrade() -> None:
    """Remove them."""
    op.drop_table("data_key")
    op.drop_table("master_key")
