"""The public half of decided changes."""

import sqlalchemy as sa
from alembic import op

revision = "q005"
down_revision = "q004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """No change was decided before."""
    op.create_table(
        "change_token",
        sa.Column("token", sa.String(length=32), nullable=False),
        sa.Column("record_id", sa.String(length=120), nullable=False),
        sa.ForeignKeyConstraint(["record_id"], ["record.id"], name=op.f("fk_change_token_record_id_record")),
        sa.PrimaryKeyConstraint("token", name=op.f("pk_change_token")),
    )


def downgrade() -> None:
    """Changes that the private side has not marked yet would be done a second time: mark them first."""
    op.drop_table("change_token")
