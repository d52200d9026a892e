"""What docs/bulk.md shows is run, block by block; the client is run by itself, against a served node."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from typing import Any, ClassVar

import pytest

from api.node import Node
from bench.nodes import free_port
from registry.clock import system_clock
from registry.config import Settings
from tests.api.live import serving_at
from tests.factories import account
from tests.registry.intake.bulk.making import as_jsonl
from tests.serving import handled_by
from web.setup import initialise
from web.wiring import build, close

DOCS = Path(__file__).parent.parent / "docs"
CLIENT = DOCS / "examples" / "commons_client.py"
BLOCKS = re.findall(
    r"^```(sh|python)\n(.*?)^```$", (DOCS / "bulk.md").read_text("utf-8"), re.MULTILINE | re.DOTALL
)


@pytest.fixture(scope="module")
def environment(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, str]]:
    """The variables that the page speaks of, at a node that is served while the tests run."""
    port, folder = free_port(), tmp_path_factory.mktemp("docs") / "node"
    settings = Settings(data_dir=folder, secret_key="test-" * 8, base_url=f"http://127.0.0.1:{port}")
    initialise(settings, system_clock)
    node: Node = build(settings, system_clock)
    node.private.directory.add_organization("Lake Health", "a health NGO")
    made = node.private.directory.add_client("Lake Health", "docs", ["submissions:read", "submissions:write"])
    with serving_at(node, port):
        yield {
            "NODE": settings.base_url,
            "CLIENT": str(CLIENT),
            "COMMONS_CLIENT_ID": made.id,
            "COMMONS_CLIENT_SECRET": made.secret or "",
        }
    close(node)


def run(command: list[str], environment: dict[str, str], cwd: Path, code: int = 0) -> str:
    found = subprocess.run(
        command,
        env=os.environ | environment,
        cwd=cwd,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert found.returncode == code, found.stdout + found.stderr
    return found.stdout + found.stderr


def client(words: list[str], environment: dict[str, str], cwd: Path, code: int = 0) -> str:
    """The client as a program of its own: nothing of ours or of any package can be imported."""
    return run([sys.executable, "-I", "-S", str(CLIENT), *words], environment, cwd, code)


def test_every_block_of_the_page_runs(environment: dict[str, str], tmp_path: Path) -> None:
    get_token = (
        'TOKEN=$(curl -sf -u "$COMMONS_CLIENT_ID:$COMMONS_CLIENT_SECRET" "$NODE/oauth/token"'
        " -d grant_type=client_credentials -d scope=submissions:write | "
        """python3 -c 'import json, sys; print(json.load(sys.stdin)["access_token"])')\n"""
    )
    shell = "set -e\n" + get_token + "\n".join(text for kind, text in BLOCKS if kind == "sh")
    assert len(BLOCKS) >= 6
    run(["bash", "-c", shell], environment, tmp_path)
    told, stored = (json.loads((tmp_path / name).read_text()) for name in ("told.json", "stored.json"))
    assert (told["stored"], told["counts"]["complete"], told["counts"]["incomplete"]) == (False, 1, 1)
    assert (stored["stored"], stored["counts"]["stored"]) == (True, 2)
    (python,) = [text for kind, text in BLOCKS if kind == "python"]
    said = run([sys.executable, "-c", python], environment, tmp_path).splitlines()
    assert said[0] == "draft Triage helper told a mother to wait"
    assert len(said) == 4


def test_the_client_sends_follows_and_is_told_what_is_wrong(
    environment: dict[str, str], tmp_path: Path
) -> None:
    node = environment["NODE"]
    (tmp_path / "good.jsonl").write_bytes(as_jsonl([account(title="From a client")]))
    (tmp_path / "bad.jsonl").write_bytes(as_jsonl([account(happened={"from": "2099"})]))
    (tmp_path / "one.json").write_text(json.dumps(account(title="One by one")))
    assert '"complete": 1' in client([node, "check", "good.jsonl"], environment, tmp_path)
    assert '"stored": 1' in client([node, "send", "good.jsonl", "--as", "submit"], environment, tmp_path)
    assert "row 1: happened_from" in client([node, "check", "bad.jsonl"], environment, tmp_path, 1)
    assert "422: Nothing was stored" in client([node, "send", "bad.jsonl"], environment, tmp_path, 1)
    made = json.loads(client([node, "submit", "one.json"], environment, tmp_path))
    assert made["state"] == "submitted"
    wrong = environment | {"COMMONS_CLIENT_SECRET": "wrong"}
    assert "invalid_client" in client([node, "check", "good.jsonl"], wrong, tmp_path, 1)
    assert "https" in client(["http://node.example", "check", "good.jsonl"], environment, tmp_path, 1)


class Moody(BaseHTTPRequestHandler):
    """A node that is away, then busy, then answers; it remembers what it was sent."""

    seen: ClassVar[list[tuple[str, str, bytes]]] = []
    moods = ("drop", "503", "429", "redirected", "good")

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.seen.append((self.headers["Idempotency-Key"], self.headers["Authorization"], body))
        mood = self.moods[min(len(self.seen), len(self.moods)) - 1]
        if mood == "drop":
            self.connection.close()
            return
        if mood == "redirected":
            self.send_response(307)
            self.send_header("Location", "http://localhost:1/steal")
            self.send_header("Content-Length", "0")
            self.end_headers()
            return
        answer = json.dumps({"id": "0" * 32, "state": "draft", "receipt": "1"}).encode()
        self.send_response(int(mood))
        self.send_header("Retry-After", "0")
        self.send_header("Content-Length", str(len(answer)))
        self.end_headers()
        self.wfile.write(answer)

    def log_message(self, *_: Any) -> None:
        """Say nothing."""


def test_the_client_sends_the_very_same_again_and_follows_no_redirect(tmp_path: Path) -> None:
    Moody.seen.clear()
    (tmp_path / "one.json").write_text(json.dumps(account()))
    with handled_by(Moody) as node:
        said = client([node, "submit", "one.json"], {"COMMONS_TOKEN": "t"}, tmp_path, 1)
    assert "307" in said
    assert len(Moody.seen) == 4
    assert len(set(Moody.seen)) == 1
    assert Moody.seen[0][0]
