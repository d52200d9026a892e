"""A node that hands out its log only to nodes that it follows, and another one that reads it."""

from __future__ import annotations

from pathlib import Path

import requests

from registry.federation.signed_requests import WANTED
from tests.api.process import commons_serve
from tests.web.cli.conftest import Shell

NEAR = {"COMMONS_ALLOW_LOOPBACK": "yes"}


def trouble(reader: Shell) -> str | None:
    """What keeps the reader from the one log that it follows."""
    (found,) = reader.run("peer", "sync", "--json").json["items"].values()
    said: str | None = found["trouble"]
    return said


def test_a_node_that_wants_to_know_who_asks(shell: Shell, tmp_path: Path) -> None:
    shell.variables.update(NEAR)
    second = Shell(shell.starter, tmp_path / "second", dict(NEAR))
    assert second.run("init").code == 0
    with (
        commons_serve(shell.folder, COMMONS_SIGNED_READS="yes", **NEAR) as closed,
        commons_serve(second.folder, **NEAR) as other,
    ):
        first = f"http://127.0.0.1:{closed.port}"
        assert second.run("peer", "add", first, "--yes").code == 0
        assert trouble(second) == "fetch-stranger"
        assert shell.run("peer", "add", f"http://127.0.0.1:{other.port}", "--yes").code == 0
        assert trouble(second) is None
        for path in ("/ledger/checkpoint", "/ledger/payloads?from=0&to=1", f"/mirror/{'a' * 52}/checkpoint"):
            answer = requests.get(first + path, timeout=30)
            assert (answer.status_code, answer.headers["Accept-Signature"]) == (401, WANTED)
            assert answer.json()["status"] == 401
        told = requests.get(f"{first}/.well-known/incident-commons", timeout=30).json()
        assert told["policy"]["readers"] == "peers"


def test_two_closed_nodes_that_both_change_their_keys_find_each_other_again(
    shell: Shell, tmp_path: Path
) -> None:
    """Neither knows the other's new key, and neither can read the log that tells of it before it is known."""
    closed = NEAR | {"COMMONS_SIGNED_READS": "yes"}
    shell.variables.update(closed)
    second = Shell(shell.starter, tmp_path / "second", dict(closed))
    assert second.run("init").code == 0
    with (
        commons_serve(shell.folder, **closed) as one,
        commons_serve(second.folder, **closed) as other,
    ):
        assert shell.run("peer", "add", f"http://127.0.0.1:{other.port}", "--yes").code == 0
        assert second.run("peer", "add", f"http://127.0.0.1:{one.port}", "--yes").code == 0
        assert (trouble(shell), trouble(second)) == (None, None)
        new = [changed(shell), changed(second)]
        assert trouble(shell) == "fetch-stranger"
        for node in (second, shell):
            trouble(node)  # each reads who the other one says it is now, at its first or second look
        assert (trouble(second), trouble(shell)) == (None, None)
        assert [pinned(second), pinned(shell)] == new


def changed(node: Shell) -> str:
    """The key that the node's log is given."""
    return str(node.json("ledger", "rotate-key", "--yes")["key"])


def pinned(reader: Shell) -> str:
    """The key that the reader pinned of the one log that it follows."""
    (found,) = reader.json("peer", "list")["items"]
    return str(found["vkey"])
