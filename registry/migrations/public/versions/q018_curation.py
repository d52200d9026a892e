"""How this node reads fields of records of others."""

import sqlalchemy as sa
from alembic import op

revision = "q018"
down_revision = "q017"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Nothing is read otherwise yet."""
    op.create_table(
        "curation",
        sa.Column("record_id", sa.String(length=120), nullable=False),
        sa.Column("field", sa.String(length=40), nullable=False),
        sa.Column("codes", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("text", sa.String(length=5000), nullable=False),
        sa.Column("language", sa.String(length=35), nullable=False),
        sa.Column("because", sa.String(length=500), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("owner", sa.String(length=64), nullable=False),
        sa.Column("edition", sa.Integer(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(["record_id"], ["record.id"], name=op.f("fk_curation_record_id_record")),
        sa.PrimaryKeyConstraint("record_id", "field", name=op.f("pk_curation")),
    )


def downgrade() -> None:
    """What this node said of records of others is forgotten."""
    op.drop_table("curation")
