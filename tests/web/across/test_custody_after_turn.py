"""The last thing that a lost node did was to change the key of its log; its successor accepts even so."""

from __future__ import annotations

from base64 import b64decode
from pathlib import Path

import pytest

from registry.errors import Conflict
from registry.federation.models import MirrorRotationRow, PeerRow
from registry.federation.new_key import KeyChange
from registry.federation.standing import PeerState
from registry.federation.succession_rules import Verdict
from registry.ledger.keys import parse_vkey
from tests.web.across.lost import Three, accept, lost, state, verdict


def turned(three: Three, folder: Path) -> None:
    """North named east, changed its key, was read by both, and is gone."""
    north, east, south = three
    lost(three)
    node = north.town.node
    KeyChange(node.public, folder / "north", node.identity, node.log, node.taxonomy.version).rotate(
        node.clock
    )
    east.pull(north)
    south.pull(north)


def without(note: bytes, vkey: str) -> bytes:
    """A note as it comes from a copy that leaves out the signature of one key."""
    text, _, under = note.partition(b"\n\n")
    key = parse_vkey(vkey)
    lines = under.splitlines(keepends=True)
    kept = [line for line in lines if not _is_by(line, key.key_id)]
    assert len(kept) == len(lines) - 1
    return text + b"\n\n" + b"".join(kept)


def _is_by(line: bytes, key_id: bytes) -> bool:
    return b64decode(line.rsplit(b" ", 1)[1]).startswith(key_id)


def read_under_the_former_key(three: Three, *, also_change: bool) -> None:
    """Have east hold only what the former key signed; ``also_change``: of the change of keys as well."""
    north, east, _ = three
    with east.town.node.public.work() as session:
        peer = session.get_one(PeerRow, north.short)
        peer.note = without(peer.note or b"", peer.vkey)
        row = session.query(MirrorRotationRow).filter_by(peer=north.short).one()
        row.checkpoint = without(row.checkpoint, peer.vkey) if also_change else row.checkpoint


@pytest.mark.parametrize("tampered", [False, True])
def test_a_log_that_ends_with_another_key_is_accepted(
    three: Three, tmp_path: Path, *, tampered: bool
) -> None:
    north, east, south = three
    turned(three, tmp_path)
    if tampered:
        read_under_the_former_key(three, also_change=False)
    accept(east, north)
    south.pull(east)
    assert (state(east, north), verdict(south, north)) == (PeerState.OURS, Verdict.READY)


def test_an_end_that_the_newest_key_did_not_sign_is_said_plainly(three: Three, tmp_path: Path) -> None:
    north, east, _ = three
    turned(three, tmp_path)
    read_under_the_former_key(three, also_change=True)
    size = east.town.node.log.state().size
    with pytest.raises(Conflict, match="is not signed by its newest key"):
        accept(east, north)
    assert (state(east, north), east.town.node.log.state().size) == (PeerState.FOLLOWING, size)
