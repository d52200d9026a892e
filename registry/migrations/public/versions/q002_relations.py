"""Which record belongs to which, so that a record can show what points to it."""

import json
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "q002"
down_revision = "q001"
branch_labels = None
depends_on = None

_BATCH = 500


def upgrade() -> None:
    """Make the table and fill it from the newest revision of every record."""
    op.create_table(
        "relation",
        sa.Column("record_id", sa.String(length=120), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("target", sa.String(length=400), nullable=False),
        sa.ForeignKeyConstraint(["record_id"], ["record.id"], name=op.f("fk_relation_record_id_record")),
        sa.PrimaryKeyConstraint("record_id", "kind", "target", name=op.f("pk_relation")),
    )
    op.create_index("ix_relation_target", "relation", ["target", "kind"], unique=False)
    _fill(op.get_bind())


def downgrade() -> None:
    """The payloads still say everything."""
    op.drop_index("ix_relation_target", table_name="relation")
    op.drop_table("relation")


def _fill(connection: sa.Connection) -> None:
    newest = sa.text(
        "SELECT r.id, v.payload FROM record r JOIN record_version v"
        " ON v.record_id = r.id AND v.revision = r.revision"
        " WHERE v.payload IS NOT NULL AND r.id > :after ORDER BY r.id LIMIT :most"
    )
    table = sa.table("relation", sa.column("record_id"), sa.column("kind"), sa.column("target"))
    after = ""
    while found := connection.execute(newest, {"after": after, "most": _BATCH}).all():
        after = found[-1].id
        rows = [row for record_id, payload in found for row in _relations(record_id, payload)]
        if rows:
            connection.execute(sa.insert(table), rows)


def _relations(record_id: str, payload: str | dict[str, Any] | None) -> list[dict[str, str]]:
    whole = json.loads(payload) if isinstance(payload, str) else payload
    pairs = {(one["kind"], one["target"]) for one in (whole or {}).get("related", ())}
    return [{"record_id": record_id, "kind": kind, "target": target} for kind, target in sorted(pairs)]
