"""Pulls and changes of policy in processes of their own that are killed at a step: see ``killed.py``."""

from __future__ import annotations

import signal
import subprocess
import sys
from pathlib import Path
from typing import Final

from registry.config import Settings
from registry.db.public import PublicDatabase
from registry.federation.rules import Mode

ROOT: Final = Path(__file__).parents[3]


def command(
    public: PublicDatabase, settings: Settings, short: str, step: int, mode: Mode | None = None
) -> list[str]:
    """What is run, from the folder ``ROOT``: a pull at this peer, or another policy for it."""
    words = [public.address, str(settings.data_dir), short, str(step), *([mode.value] if mode else [])]
    return [sys.executable, "-m", "tests.registry.federation.killed", *words]


def was_killed(
    public: PublicDatabase, settings: Settings, short: str, step: int, mode: Mode | None = None
) -> bool:
    """Whether it was killed at this step; otherwise it came to its end."""
    ended = subprocess.run(command(public, settings, short, step, mode), cwd=ROOT, check=False)
    assert ended.returncode in {0, -signal.SIGKILL}
    return ended.returncode != 0
