"""A copy of a large log, written straight into the tables: what a pull finds after years of pulls.

Entries and payloads are fillers of a fair size that nobody reads again; their number, the indexes over
them and the tree above them are real.
"""

from __future__ import annotations

from typing import Final

from sqlalchemy import text

from bench.peer_log import PeerLog
from registry.db.public import PublicDatabase
from registry.federation.models import PeerRow

TABLES: Final = """
CREATE TEMP TABLE numbers AS
  WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i + 1 < :count)
  SELECT i, printf('AIR-%s-2025-%06d', :short, i + 1) AS id, printf('%064x', i) AS hash FROM n;
INSERT INTO mirror_entry (peer, position, record_id, revision, op, commitment, leaf, standing)
  SELECT :short, i, id, 1, 'create', hash, zeroblob(424), 'taken' FROM numbers;
INSERT INTO mirror_block (peer, position, hash)
  SELECT :short, i, zeroblob(32) FROM numbers WHERE i < :count / 256;
INSERT INTO mirror_payload (commitment, record_id, salt, payload)
  SELECT hash, id, zeroblob(32), zeroblob(500) FROM numbers;
INSERT INTO record (id, type, state, source, revision, seq, published, changed, epoch, uuid)
  SELECT id, 'report', 'published', :home, 1, i + 1, '2025-11-01', '2025-11-01', 0, substr(hash, 29)
  FROM numbers;
INSERT INTO record_version (record_id, revision, modified, payload, salt, commitment)
  SELECT id, 1, '2025-11-01', json_object('text', hex(zeroblob(250))), zeroblob(32), hash FROM numbers;
INSERT INTO counter (name, value) VALUES ('changes', :count);
DROP TABLE numbers
"""


def stock(public: PublicDatabase, log: PeerLog, short: str) -> None:
    """Let every entry that the log has be known here already, each a record that is shown."""
    bound: dict[str, object] = {"count": log.size, "short": short, "home": log.identity.id}
    with public.work() as session:
        for statement in TABLES.split(";"):
            session.execute(text(statement), bound)
        peer = session.get_one(PeerRow, short)
        peer.size, peer.edge, peer.note = log.size, log.levels.edge.to_bytes(), log.note
    public.settle()
