"""Where tests keep what they throw away: in memory, on a machine that has room for it.

Thousands of small nodes and databases are made and removed in one run; a disk spends minutes on writing
them down for nobody. What has to survive is killed by its test, not by a power cut, and so survives here.
"""

from __future__ import annotations

import os
import shutil
from pathlib import Path

SHARED = Path("/dev/shm")  # noqa: S108 - each run makes a folder of its own in it
ROOM = 6 * 2**30
"""Bytes that have to be free; a run uses far less at a time, and others may want some."""


def in_memory() -> str | None:
    """The folder for temporary things, or None for the machine's usual one."""
    if not os.access(SHARED, os.W_OK) or shutil.disk_usage(SHARED).free < ROOM:
        return None
    return str(SHARED)
