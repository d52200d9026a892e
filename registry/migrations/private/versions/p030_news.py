"""Letters about reports: how soon people want them, what waits to be told, how far the trail was read."""

import sqlalchemy as sa
from alembic import op

revision = "p030"
down_revision = "p029"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Nobody is told of what happened before."""
    op.create_table(
        "news_wish",
        sa.Column("person_id", sa.String(length=32), nullable=False),
        sa.Column("rhythm", sa.String(length=20), nullable=False),
        sa.Column("told_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_news_wish_person_id_person")),
        sa.PrimaryKeyConstraint("person_id", name=op.f("pk_news_wish")),
    )
    op.create_table(
        "news_item",
        sa.Column("person_id", sa.String(length=32), nullable=False),
        sa.Column("submission_id", sa.String(length=32), nullable=False),
        sa.Column("news", sa.String(length=20), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_news_item_person_id_person")),
        sa.PrimaryKeyConstraint("person_id", "submission_id", "news", name=op.f("pk_news_item")),
    )
    op.create_table(
        "news_mark",
        sa.Column("name", sa.String(length=20), nullable=False),
        sa.Column("upto", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_news_mark")),
    )
    op.execute("INSERT INTO news_mark (name, upto) SELECT 'trail', COALESCE(MAX(id), 0) FROM audit_event")


def downgrade() -> None:
    """Wishes are forgotten, and what was still to be told."""
    for table in ("news_mark", "news_item", "news_wish"):
        op.drop_table(table)
