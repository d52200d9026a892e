"""The demonstration of three nodes, played through once."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = [pytest.mark.timeout(900), pytest.mark.long]

ROOT = Path(__file__).parents[3]
SAID = (
    "shows the",
    "has them from the copy",
    "says so",
    "has erased it",
    "is killed",
    "erased its copy",
    "cosigns the log",
)


def test_three_nodes_share_retract_erase_and_lose_one(tmp_path: Path) -> None:
    played = subprocess.run(
        [sys.executable, "-m", "web.demo.three_nodes", "--once"],
        cwd=ROOT,
        env=os.environ | {"COMMONS_DATA_DIR": str(tmp_path), "PORT": str(three_free_ports())},
        capture_output=True,
        text=True,
        check=False,
    )
    assert played.returncode == 0, played.stdout + played.stderr[-2000:]
    assert [words for words in SAID if words not in played.stdout] == []
    assert "{" not in played.stdout + played.stderr  # what the nodes log is for files
    for name in ("northern", "eastern", "southern"):
        assert '"event"' in (tmp_path / "three" / f"{name}.log").read_text()


def three_free_ports() -> int:
    """The first of three ports in a row that nobody listens on."""
    for first in range(8400, 9400, 3):
        if all(_is_free(first + number) for number in range(3)):
            return first
    raise AssertionError("no free ports")


def _is_free(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) != 0
