"""Flags and changes of public records."""

import sqlalchemy as sa
from alembic import op

revision = "p028"
down_revision = "p027"
branch_labels = None
depends_on = None

OPEN_FLAG = sa.text("state = 'open'")
OPEN_CHANGE = sa.text("state IN ('proposed', 'approved')")


def upgrade() -> None:
    """Both begin empty."""
    op.create_table(
        "record_flag",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("record_id", sa.String(length=120), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("reason_code", sa.String(length=40), nullable=False),
        sa.Column("sealed_text", sa.Text(), nullable=True),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("outcome", sa.String(length=40), nullable=True),
        sa.Column("decided_by", sa.String(length=32), nullable=True),
        sa.Column("organization_id", sa.String(length=32), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["organization_id"], ["organization.id"], name=op.f("fk_record_flag_organization_id_organization")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_record_flag")),
    )
    op.create_index(
        "ix_record_flag_open",
        "record_flag",
        ["record_id", "due_at"],
        sqlite_where=OPEN_FLAG,
        postgresql_where=OPEN_FLAG,
    )
    op.create_table(
        "record_change",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("token", sa.String(length=32), nullable=False),
        sa.Column("record_id", sa.String(length=120), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("reason_code", sa.String(length=40), nullable=False),
        sa.Column("sealed_note", sa.Text(), nullable=True),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("lock", sa.Integer(), nullable=False),
        sa.Column("proposed_by", sa.String(length=32), nullable=False),
        sa.Column("organization_id", sa.String(length=32), nullable=False),
        sa.Column("proposed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("decided_by", sa.String(length=32), nullable=True),
        sa.Column("decider_organization_id", sa.String(length=32), nullable=True),
        sa.Column("refusal", sa.String(length=40), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("not_before", sa.DateTime(timezone=True), nullable=True),
        sa.Column("done_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["organization_id"],
            ["organization.id"],
            name=op.f("fk_record_change_organization_id_organization"),
        ),
        sa.ForeignKeyConstraint(
            ["decider_organization_id"],
            ["organization.id"],
            name=op.f("fk_record_change_decider_organization_id_organization"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_record_change")),
        sa.UniqueConstraint("token", name=op.f("uq_record_change_token")),
    )
    op.create_index("ix_record_change_record", "record_change", ["record_id", "proposed_at"])
    op.create_index(
        "uq_record_change_open",
        "record_change",
        ["record_id"],
        unique=True,
        sqlite_where=OPEN_CHANGE,
        postgresql_where=OPEN_CHANGE,
    )


def downgrade() -> None:
    """What was flagged and what was decided is forgotten; the public records stay as they are."""
    op.drop_table("record_change")
    op.drop_table("record_flag")
