"""Keys of submissions, and columns for what is sealed with them.

Nothing is sealed here: a script must not need keys (docs/adr/0008). Columns that held plain text stay,
may be empty, and are emptied by ``commons init`` right after this step.
"""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "p007"
down_revision = "p006"
branch_labels = None
depends_on = None

PLAIN: dict[str, tuple[str, sa.types.TypeEngine[Any]]] = {
    "submission": ("title", sa.String(length=200)),
    "submission_version": ("account", sa.JSON(none_as_null=True)),
    "review_decision": ("note", sa.Text()),
}
"""Table → the column that held text, and its type."""


def upgrade() -> None:
    """Make the tables of keys; let the columns of text be empty and put sealed ones beside them."""
    _make_tables()
    for name, (column, kind) in PLAIN.items():
        with op.batch_alter_table(name) as table:
            table.alter_column(column, existing_type=kind, nullable=True)
            table.add_column(sa.Column(f"sealed_{column}", sa.LargeBinary(), nullable=True))
    with op.batch_alter_table("submission") as table:
        table.add_column(sa.Column("noticed_at", sa.DateTime(timezone=True), nullable=True))
        table.add_column(sa.Column("erased_at", sa.DateTime(timezone=True), nullable=True))
    with op.batch_alter_table("detail_choice") as table:
        table.alter_column("thing", existing_type=sa.String(length=32), type_=sa.String(length=80))


def _make_tables() -> None:
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
            ["submission_id"],
            ["submission.id"],
            name=op.f("fk_data_key_submission_id_submission"),
            deferrable=True,
            initially="DEFERRED",
        ),
        sa.PrimaryKeyConstraint("submission_id", name=op.f("pk_data_key")),
    )
    op.create_table(
        "erasure",
        sa.Column("submission_id", sa.String(length=32), nullable=False),
        sa.Column("organization_id", sa.String(length=32), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("record_id", sa.String(length=120), nullable=True),
        sa.Column("why", sa.String(length=20), nullable=False),
        sa.Column("destroyed", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("check_value", sa.String(length=64), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["submission_id"], ["submission.id"], name=op.f("fk_erasure_submission_id_submission")
        ),
        sa.PrimaryKeyConstraint("submission_id", name=op.f("pk_erasure")),
    )


def downgrade() -> None:
    """Remove them; raises ``RuntimeError`` while anything is sealed, for it could not be read any more."""
    sealed = op.get_bind().execute(sa.text("SELECT count(*) FROM data_key")).scalar_one()
    if sealed:
        raise RuntimeError(f"{sealed} reports are sealed. Restore a backup from before instead.")
    op.drop_table("erasure")
    op.drop_table("data_key")
    op.drop_table("master_key")
    with op.batch_alter_table("detail_choice") as table:
        table.alter_column("thing", existing_type=sa.String(length=80), type_=sa.String(length=32))
    with op.batch_alter_table("submission") as table:
        table.drop_column("erased_at")
        table.drop_column("noticed_at")
    for name, (column, kind) in PLAIN.items():
        with op.batch_alter_table(name) as table:
            table.drop_column(f"sealed_{column}")
            table.alter_column(column, existing_type=kind, nullable=False)
