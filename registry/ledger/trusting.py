"""From a key that was told to the one that signs a log today: by statements that each former key signed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from registry.ledger.checkpoints import parse_checkpoint
from registry.ledger.keys import LogKey
from registry.ledger.notes import read_note
from registry.ledger.refusal import Refused
from registry.ledger.rotations import Rotated, keys_from
from registry.ledger.verifying import Turn


class Told(Protocol):
    """Where the log is read; every method raises ``Refused`` when it cannot."""

    def checkpoint(self) -> bytes:
        """The signed note."""

    def rotations(self) -> Sequence[Rotated]:
        """How the log came to its present key, in the order of the log."""


def trust(source: Told, told: LogKey) -> tuple[LogKey, list[Turn]]:
    """The key that has to sign the log, and the entries by which it came to do so; raises ``Refused``.

    ``told`` may be any key that the log has had. The entries are to be found in the log then.
    """
    size = parse_checkpoint(read_note(source.checkpoint())[0]).size
    rotated = [one for one in source.rotations() if one.index < size]
    if not rotated:
        return told, []
    read = [one.read() for one in rotated]
    keys = keys_from(read[0].old, read[0].node_id, read)
    if told not in keys:
        raise Refused("key-other", "%(key)s is no key that this log has had.", key=told.vkey)
    turns = [Turn(one.index, one.commitment, read[0].node_id) for one in rotated]
    return keys[-1], turns
