"""With whom a report is shared, and with which nodes this one shares what is not for everybody."""

import sqlalchemy as sa
from alembic import op

revision = "p040"
down_revision = "p039"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """All that was ever sent is for everybody."""
    op.add_column("submission", sa.Column("tlp", sa.String(length=5), server_default="CLEAR", nullable=False))
    op.create_table(
        "green_partner",
        sa.Column("node_id", sa.String(length=52), nullable=False),
        sa.Column("green_id", sa.String(length=52), nullable=True),
        sa.Column("trouble", sa.String(length=40), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("node_id", name=op.f("pk_green_partner")),
    )


def downgrade() -> None:
    """Refuses while something is not for everybody: it would be published."""
    query = sa.text("SELECT count(*) FROM submission WHERE tlp <> 'CLEAR'")
    if op.get_bind().execute(query).scalar():
        raise RuntimeError("reports labelled GREEN would become public")
    op.drop_table("green_partner")
    op.drop_column("submission", "tlp")
