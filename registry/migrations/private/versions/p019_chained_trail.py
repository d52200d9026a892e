"""Each row of the trail carries the hash of the one before it; older rows get theirs in their order."""

import hashlib
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import rfc8785
import sqlalchemy as sa
from alembic import op

revision = "p019"
down_revision = "p018"
branch_labels = None
depends_on = None

REFUSE = {
    "sqlite": (
        "CREATE TRIGGER audit_event_{verb} BEFORE {VERB} ON audit_event "
        "BEGIN SELECT RAISE(ABORT, 'the audit trail is append-only'); END"
    ),
    "postgresql": (
        "CREATE TRIGGER audit_event_{verb} BEFORE {VERB} ON audit_event "
        "FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()"
    ),
}
DROP = {
    "sqlite": "DROP TRIGGER audit_event_{verb}",
    "postgresql": "DROP TRIGGER audit_event_{verb} ON audit_event",
}
BEGINNING = "0" * 64
BATCH = 1_000
FIELDS = (
    "subject",
    "subject_id",
    "action",
    "old",
    "new",
    "reason",
    "actor_id",
    "actor_role",
    "organization_id",
)


def upgrade() -> None:
    """Add the columns, number and chain what is there, and let nothing be changed again."""
    _each(DROP)
    op.add_column("audit_event", sa.Column("previous", sa.String(length=64), nullable=True))
    op.add_column("audit_event", sa.Column("hash", sa.String(length=64), nullable=True))
    _chain(op.get_bind())
    with op.batch_alter_table("audit_event") as table:
        table.alter_column("previous", nullable=False, existing_type=sa.String(length=64))
        table.alter_column("hash", nullable=False, existing_type=sa.String(length=64))
    _each(REFUSE)


def downgrade() -> None:
    """Rows say what they said; nothing holds them together."""
    _each(DROP)
    with op.batch_alter_table("audit_event") as table:
        table.drop_column("hash")
        table.drop_column("previous")
    _each(REFUSE)


def _each(statements: dict[str, str]) -> None:
    for verb in ("update", "delete"):
        op.execute(statements[op.get_bind().dialect.name].format(verb=verb, VERB=verb.upper()))


def _chain(connection: sa.Connection) -> None:
    """Numbers close up to each other: PostgreSQL leaves gaps where a transaction was rolled back."""
    table = sa.table("audit_event", sa.column("id"), sa.column("previous"), sa.column("hash"))
    change = (
        sa.update(table)
        .where(table.c.id == sa.bindparam("was"))
        .values(id=sa.bindparam("number"), previous=sa.bindparam("before"), hash=sa.bindparam("own"))
    )
    number, previous = 0, BEGINNING
    for rows in _batches(connection):
        changes = []
        for row in rows:
            before, number = previous, number + 1
            told = {name: row[name] for name in FIELDS}
            document = {"number": number, "previous": before, "at": _moment(row["at"]), **told}
            previous = hashlib.sha256(rfc8785.dumps(document)).hexdigest()
            changes.append({"was": row["id"], "number": number, "before": before, "own": previous})
        connection.execute(change, changes)


def _batches(connection: sa.Connection) -> Iterator[list[Any]]:
    texts: list[sa.ColumnClause[Any]] = [sa.column(name, sa.String()) for name in FIELDS]
    number, at = sa.column("id", sa.BigInteger()), sa.column("at", sa.DateTime(timezone=True))
    table = sa.table("audit_event", number, at, *texts)
    after = 0
    while True:
        newer = sa.select(table).where(table.c.id > after).order_by(table.c.id).limit(BATCH)
        rows = list(connection.execute(newer).mappings())
        if not rows:
            return
        after = rows[-1]["id"]
        yield rows


def _moment(at: datetime) -> str:
    """UTC with six decimals; SQLite keeps moments in UTC without saying so."""
    aware = at.replace(tzinfo=UTC) if at.tzinfo is None else at.astimezone(UTC)
    return aware.isoformat(timespec="microseconds").replace("+00:00", "Z")
