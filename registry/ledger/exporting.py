"""The log as static files (C2SP tlog-tiles), to be copied or served from anywhere. No payloads."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Protocol

from registry import durable
from registry.ledger.checkpoints import open_checkpoint
from registry.ledger.keys import LogKey
from registry.ledger.sources import KEY_FILE, ROTATIONS_FILE
from registry.ledger.tiles import WIDTH, tiles_of
from registry.ledger.trusting import Told
from registry.ledger.verifying import Progress, Source


class Exported(Source, Told, Protocol):
    """A log with all that is told of it."""


def export(source: Exported, key: LogKey, folder: Path, progress: Progress) -> int:
    """Write what is missing, the checkpoint last; gives how many entries the log has.

    Run again it adds what came since: complete tiles never change.
    """
    raw = source.checkpoint()
    size = open_checkpoint(raw, key).checkpoint.size
    for tile in tiles_of(size):
        path = folder / tile.path
        if not path.exists():
            path.parent.mkdir(parents=True, exist_ok=True)
            durable.replace(path, source.tile(tile))
        if tile.level is None:
            progress(min(size, tile.first + WIDTH), size)
    folder.mkdir(parents=True, exist_ok=True)
    durable.replace(folder / KEY_FILE, f"{key.vkey}\n".encode())
    rotated = [one.to_json() for one in source.rotations()]
    if rotated:
        told = json.dumps({"items": rotated, "next": None}, ensure_ascii=False)
        durable.replace(folder / ROTATIONS_FILE, told.encode("utf-8"))
    durable.replace(folder / "checkpoint", raw)
    return size
