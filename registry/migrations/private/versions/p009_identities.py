"""How reports name their organizations, publishing for others, and when what was accepted may go out."""

import sqlalchemy as sa
from alembic import op

revision = "p009"
down_revision = "p008"
branch_labels = None
depends_on = None

OPEN = "state IN ('offered', 'taken')"


def upgrade() -> None:
    """Reports that are there go by their organization's description, as before."""
    op.create_table(
        "naming_preference",
        sa.Column("organization_id", sa.String(length=32), nullable=False),
        sa.Column("identity", sa.String(length=20), nullable=False),
        sa.Column("publishes", sa.Boolean(), nullable=False),
        sa.Column("terms", sa.String(length=300), nullable=False),
        sa.ForeignKeyConstraint(
            ["organization_id"],
            ["organization.id"],
            name=op.f("fk_naming_preference_organization_id_organization"),
        ),
        sa.PrimaryKeyConstraint("organization_id", name=op.f("pk_naming_preference")),
    )
    op.create_table(
        "report_identity",
        sa.Column("submission_id", sa.String(length=32), nullable=False),
        sa.Column("identity", sa.String(length=20), nullable=False),
        sa.ForeignKeyConstraint(
            ["submission_id"], ["submission.id"], name=op.f("fk_report_identity_submission_id_submission")
        ),
        sa.PrimaryKeyConstraint("submission_id", name=op.f("pk_report_identity")),
    )
    _report_offer()
    op.create_table(
        "review_release",
        sa.Column("submission_id", sa.String(length=32), nullable=False),
        sa.Column("not_before", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["submission_id"], ["submission.id"], name=op.f("fk_review_release_submission_id_submission")
        ),
        sa.PrimaryKeyConstraint("submission_id", name=op.f("pk_review_release")),
    )


def downgrade() -> None:
    """Raises ``RuntimeError`` while a report waits whose organization the older software would show."""
    hidden = op.get_bind().execute(
        sa.text(
            "SELECT count(*) FROM report_identity JOIN submission ON submission.id = submission_id"
            " WHERE identity IN ('hidden', 'delegated')"
            " AND submission.state NOT IN ('published', 'declined', 'withdrawn')"
        )
    )
    if hidden.scalar():
        raise RuntimeError("reports wait that hide their organization: the older layout would show it")
    for table in ("review_release", "report_offer", "report_identity", "naming_preference"):
        op.drop_table(table)


def _report_offer() -> None:
    op.create_table(
        "report_offer",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("submission_id", sa.String(length=32), nullable=False),
        sa.Column("publisher_id", sa.String(length=32), nullable=True),
        sa.Column("asked", sa.String(length=200), nullable=False),
        sa.Column("told", sa.Boolean(), nullable=False),
        sa.Column("sealed_message", sa.LargeBinary(), nullable=True),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("version", sa.Integer(), nullable=True),
        sa.Column("lends", sa.String(length=20), nullable=True),
        sa.Column("sealed_reason", sa.LargeBinary(), nullable=True),
        sa.Column("offered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["publisher_id"], ["organization.id"], name=op.f("fk_report_offer_publisher_id_organization")
        ),
        sa.ForeignKeyConstraint(
            ["submission_id"], ["submission.id"], name=op.f("fk_report_offer_submission_id_submission")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_report_offer")),
    )
    op.create_index("ix_report_offer_publisher", "report_offer", ["publisher_id", "state"], unique=False)
    op.create_index(op.f("ix_report_offer_submission_id"), "report_offer", ["submission_id"], unique=False)
    op.create_index(
        "uq_report_offer_open",
        "report_offer",
        ["submission_id"],
        unique=True,
        sqlite_where=sa.text(OPEN),
        postgresql_where=sa.text(OPEN),
    )
