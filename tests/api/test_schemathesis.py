"""An outside program reads the document and tries to catch the served node out (schemathesis)."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.api.live import Live

CONFIG = Path(__file__).parent / "schemathesis.toml"
EXAMPLES = os.environ.get("COMMONS_EXAMPLES", "12")
"""Examples an operation; the bar of 500 is tried with COMMONS_EXAMPLES=500."""
PROGRAM = Path(sys.executable).with_name("schemathesis")


@pytest.mark.timeout(300)
@pytest.mark.parametrize("who", ["member", "reviewer", "nobody"])
def test_no_request_makes_the_node_break_its_word(live: Live, who: str) -> None:
    live.member.post("/api/v1/submissions", {"account": {"title": "One to find"}})
    token = getattr(live, who).token
    command = [str(PROGRAM), "--config-file", str(CONFIG), "run"]
    command += [f"http://127.0.0.1:{live.port}/api/v1/openapi.json", "--checks", "all"]
    command += ["--max-examples", EXAMPLES, "--generation-database", "none", "--no-color"]
    if token is not None:
        command += ["--header", f"Authorization: Bearer {token}"]
    run = subprocess.run(command, capture_output=True, text=True, timeout=280, check=False)
    assert run.returncode == 0, run.stdout[-6000:] + run.stderr[-2000:]
    assert "No issues found" in run.stdout or "passed" in run.stdout
