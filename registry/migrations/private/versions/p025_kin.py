"""Other names, parents, departures and ties; and reports from which reviewers stepped aside."""

import sqlalchemy as sa
from alembic import op

revision = "p025"
down_revision = "p024"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Nobody has ties until they are written down; who left before stays unknown."""
    op.create_table(
        "organization_name",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("organization_id", sa.String(length=32), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("folded", sa.String(length=400), nullable=False),
        sa.ForeignKeyConstraint(
            ["organization_id"],
            ["organization.id"],
            name=op.f("fk_organization_name_organization_id_organization"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_organization_name")),
        sa.UniqueConstraint(
            "organization_id", "folded", name=op.f("uq_organization_name_organization_id_folded")
        ),
    )
    op.create_table(
        "organization_parent",
        sa.Column("organization_id", sa.String(length=32), nullable=False),
        sa.Column("parent_id", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(
            ["organization_id"],
            ["organization.id"],
            name=op.f("fk_organization_parent_organization_id_organization"),
        ),
        sa.ForeignKeyConstraint(
            ["parent_id"], ["organization.id"], name=op.f("fk_organization_parent_parent_id_organization")
        ),
        sa.PrimaryKeyConstraint("organization_id", name=op.f("pk_organization_parent")),
    )
    op.create_index(op.f("ix_organization_parent_parent_id"), "organization_parent", ["parent_id"])
    op.create_table(
        "departure",
        sa.Column("person_id", sa.String(length=32), nullable=False),
        sa.Column("organization_id", sa.String(length=32), nullable=False),
        sa.Column("left_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_departure_person_id_person")),
        sa.ForeignKeyConstraint(
            ["organization_id"], ["organization.id"], name=op.f("fk_departure_organization_id_organization")
        ),
        sa.PrimaryKeyConstraint("person_id", "organization_id", name=op.f("pk_departure")),
    )
    op.create_table(
        "declared_tie",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("person_id", sa.String(length=32), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("folded", sa.String(length=400), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_declared_tie_person_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_declared_tie")),
        sa.UniqueConstraint("person_id", "folded", name=op.f("uq_declared_tie_person_id_folded")),
    )
    op.create_table(
        "recusal",
        sa.Column("submission_id", sa.String(length=32), nullable=False),
        sa.Column("reviewer_id", sa.String(length=32), nullable=False),
        sa.Column("reason_code", sa.String(length=20), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["submission_id"], ["submission.id"], name=op.f("fk_recusal_submission_id_submission")
        ),
        sa.PrimaryKeyConstraint("submission_id", "reviewer_id", name=op.f("pk_recusal")),
    )


def downgrade() -> None:
    """Whoever stepped aside could judge again."""
    for table in ("recusal", "declared_tie", "departure", "organization_parent", "organization_name"):
        op.drop_table(table)
