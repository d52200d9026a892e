"""Records of peers that wait are rows; what stands on the page of the node is counted by indexes."""

import sqlalchemy as sa
from alembic import op

revision = "q016"
down_revision = "q015"
branch_labels = None
depends_on = None

SET_ASIDE = sa.text("standing = 'quarantined'")
FILL = """
INSERT INTO peer_waiting (record_id, peer)
SELECT taken.record_id, taken.peer FROM (
  SELECT entry.record_id, entry.peer, MAX(entry.revision) AS newest
  FROM mirror_entry AS entry JOIN peer ON peer.short = entry.peer
  WHERE peer.mode = 'hold' AND entry.standing = 'taken'
    AND entry.op IN ('create', 'revise', 'retract', 'reinstate')
  GROUP BY entry.record_id, entry.peer
) AS taken
LEFT JOIN peer_judgment AS judged ON judged.record_id = taken.record_id
WHERE (judged.record_id IS NULL OR (judged.again AND judged.judged < taken.newest))
  AND NOT EXISTS (
    SELECT 1 FROM mirror_entry AS ended
    WHERE ended.record_id = taken.record_id AND ended.peer = taken.peer
      AND ended.op IN ('erase', 'retract') AND ended.revision >= taken.newest
  )
"""


def upgrade() -> None:
    """What waits is looked for once, in the copies that are here."""
    op.create_table(
        "peer_waiting",
        sa.Column("record_id", sa.String(length=40), nullable=False),
        sa.Column("peer", sa.String(length=10), nullable=False),
        sa.ForeignKeyConstraint(["peer"], ["peer.short"], name=op.f("fk_peer_waiting_peer_peer")),
        sa.PrimaryKeyConstraint("record_id", name=op.f("pk_peer_waiting")),
    )
    op.create_index(op.f("ix_peer_waiting_peer"), "peer_waiting", ["peer"], unique=False)
    op.execute(FILL)
    op.create_index(
        "ix_mirror_entry_quarantined",
        "mirror_entry",
        ["peer"],
        unique=False,
        sqlite_where=SET_ASIDE,
        postgresql_where=SET_ASIDE,
    )
    op.create_index("ix_record_source_state", "record", ["source", "state"], unique=False)


def downgrade() -> None:
    """What waits is looked for each time again."""
    op.drop_index("ix_record_source_state", table_name="record")
    op.drop_index("ix_mirror_entry_quarantined", table_name="mirror_entry")
    op.drop_table("peer_waiting")
