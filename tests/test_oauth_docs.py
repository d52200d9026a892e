"""What docs/oauth.md shows is run, block by block, against a served node."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from api.node import Node
from bench.nodes import free_port
from registry.clock import system_clock
from registry.config import Settings
from tests.api.live import serving_at
from tests.conftest import missing
from tests.outside import packages
from web.setup import initialise
from web.wiring import build, close

PAGE = (Path(__file__).parent.parent / "docs" / "oauth.md").read_text("utf-8")
BLOCKS = re.findall(r"^```(sh|python|js)\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)


@pytest.fixture(scope="module")
def environment(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, str]]:
    """The variables that the page speaks of, at a node that is served while the tests run."""
    port = free_port()
    settings = Settings(
        data_dir=tmp_path_factory.mktemp("docs") / "node",
        secret_key="test-" * 8,
        base_url=f"http://127.0.0.1:{port}",
    )
    initialise(settings, system_clock)
    node: Node = build(settings, system_clock)
    node.private.directory.add_organization("Lake Health", "a health NGO")
    made = node.private.directory.add_client("Lake Health", "docs", ["submissions:read", "submissions:write"])
    with serving_at(node, port):
        yield {"NODE": settings.base_url, "CLIENT_ID": made.id, "CLIENT_SECRET": made.secret or ""}
    close(node)


def run(command: list[str], environment: dict[str, str], cwd: Path | None = None) -> str:
    found = subprocess.run(
        command,
        env=os.environ | environment,
        cwd=cwd,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert found.returncode == 0, found.stdout + found.stderr
    return found.stdout


def blocks(language: str) -> str:
    """All blocks of a language, one after the other, as a reader would type them."""
    found = [text for name, text in BLOCKS if name == language]
    assert found
    return "\n".join(found)


def test_curl(environment: dict[str, str]) -> None:
    assert '"state":"draft"' in run(["bash", "-euo", "pipefail", "-c", blocks("sh")], environment)


def test_python(environment: dict[str, str]) -> None:
    assert re.fullmatch(r'[0-9a-f]{32} "1"\n', run([sys.executable, "-c", blocks("python")], environment))


def test_javascript(environment: dict[str, str]) -> None:
    node_js = packages.node_program()
    if node_js is None:
        missing("Node and npm")
    packages.install()
    command = [str(node_js), "--input-type=module", "-e", blocks("js")]
    assert run(command, environment, packages.HERE).startswith("200 ")
