"""A log in a database, looked at from outside: by plain SQL and the definitions alone."""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Sequence
from typing import Any

from sqlalchemy import text
from sqlalchemy.orm import Session

from registry.db.public import PublicDatabase
from registry.record import store
from registry.record.ids import air_id
from registry.record.types import Origin, Provenance
from tests.registry.ledger.vectors import naive_root
from tests.registry.record.samples import record

HOME = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567ABCDEFGHIJKLMNOPQRST"


def keep(session: Session, *serials: int, home: str = HOME) -> None:
    """Keep a record of this node for each serial."""
    own = Provenance(Origin.OWN, "own", licence="CC BY 4.0")
    for serial in serials:
        store.create(session, record(air_id(home, 2026, serial), provenance=own))


def entries(public: PublicDatabase) -> list[dict[str, Any]]:
    """The envelopes of the log in order, each with its leaf hash as ``leaf``; checks positions and hashes."""
    rows = ask(public, "SELECT position, leaf FROM ledger_entry ORDER BY position")
    assert [row[0] for row in rows] == list(range(len(rows)))
    return [json.loads(row[1]) | {"leaf": leaf(row[1]).hex()} for row in rows]


def require_whole(public: PublicDatabase) -> int:
    """Everything about the log fits together; gives its size."""
    told = entries(public)
    last: dict[str, dict[str, Any]] = {}
    for one in told:
        before = last.get(one["id"])
        assert one["rev"] == (1 if before is None else before["rev"] + 1)
        assert one["prev"] == (None if before is None else before["leaf"])
        assert before is None or before["op"] != "erase"
        last[one["id"]] = one
    hashes = [bytes.fromhex(one["leaf"]) for one in told]
    expected = {
        (level, at): naive_root(hashes[at << level : (at + 1) << level])
        for level in range(len(hashes).bit_length())
        for at in range(len(hashes) >> level)
    }
    nodes = ask(public, "SELECT level, position, hash FROM ledger_node")
    assert {(row[0], row[1]): bytes(row[2]) for row in nodes} == expected
    assert ask(public, "SELECT size FROM ledger_head") == [(len(told),)]
    for size, note in ask(public, "SELECT size, note FROM ledger_checkpoint"):
        root = naive_root(hashes[:size]) if size else hashlib.sha256(b"").digest()
        assert bytes(note).decode().splitlines()[1:3] == [str(size), _base64(root)]
    return len(told)


def ask(public: PublicDatabase, question: str, **facts: Any) -> Sequence[Any]:
    with public.read() as session:
        return [tuple(row) for row in session.execute(text(question), facts)]


def leaf(raw: bytes) -> bytes:
    return hashlib.sha256(b"\0" + bytes(raw)).digest()


def _base64(raw: bytes) -> str:
    return base64.b64encode(raw).decode()
