"""``commons ledger custody`` and ``commons peer succeed``: three real nodes, one of them lost."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest

from tests.api.process import commons_serve
from tests.web.cli.conftest import Shell

NEAR = {"COMMONS_ALLOW_LOOPBACK": "yes"}


@pytest.fixture
def three(shell: Shell, tmp_path: Path) -> tuple[Shell, Shell, Shell]:
    """Nodes that know nothing of one another; each with a log that holds nothing yet."""
    shell.variables.update(NEAR)
    others = [Shell(shell.starter, tmp_path / name, dict(NEAR)) for name in ("second", "third")]
    for other in others:
        assert other.run("init").code == 0
    return shell, others[0], others[1]


@contextmanager
def served(*nodes: Shell) -> Iterator[list[str]]:
    """Their addresses, while they are served."""
    with ExitStack() as stack:
        ports = [stack.enter_context(commons_serve(one.folder, **NEAR)).port for one in nodes]
        yield [f"http://127.0.0.1:{port}" for port in ports]


def named(node: Shell, other: Shell) -> str:
    """The short id under which a node follows the other one, its only peer so far."""
    found: list[str] = [one["short"] for one in node.json("peer", "list")["items"]]
    assert len(found) == 1, other.folder
    return found[0]


def test_a_node_is_lost_and_its_successor_follows(three: tuple[Shell, Shell, Shell]) -> None:
    first, second, third = three
    assert "named no successor" in first.run("ledger", "custody", "show").out
    assert first.run("ledger", "custody", "revoke").code == 1
    with served(second, first) as (of_second, of_first):
        assert first.run("peer", "add", of_second, "--yes").code == 0
        heir = named(first, second)
        assert first.run("ledger", "custody", "name", heir).code == 1  # nobody said yes
        said = first.json("ledger", "custody", "name", heir, "--yes")
        assert (said["says"], said["successor"][:10], said["kept_by"]) == ("names", heir, [])
        assert second.run("peer", "add", of_first, "--yes").code == 0
        assert second.run("peer", "sync").code == 0
    lost = named(second, first)
    refused = second.run("ledger", "custody", "accept", lost, "--yes")
    assert (refused.code, "If it is gone for good, say so: --lost" in refused.err) == (1, True)
    with served(second) as (of_second,):
        whole = second.json("peer", "show", lost)["id"]
        assert third.run("peer", "add", f"{of_second}/mirror/{whole}", "--yes").code == 0
        assert third.run("peer", "add", of_second, "--yes").code == 0
        assert third.run("peer", "sync").code == 0
        assert third.run("peer", "succeed", lost, "--yes").code == 1
        accepted = second.json("ledger", "custody", "accept", lost, "--lost", "--yes")
        assert accepted == {"keeps": whole, "entries": 1}
        keeps = second.json("ledger", "custody", "show")["keeps"]
        assert [(one["id"], one["entries"]) for one in keeps] == [(whole, 1)]
        assert f"({whole}) after entry 1." in second.run("ledger", "custody", "show").out
        assert third.run("peer", "sync").code == 0
        shown = third.run("peer", "succeed", lost)
        assert (shown.code, "Verdict:   ready" in shown.err) == (1, True)
        assert "Named in:  entry 0 of the log of" in shown.err
        assert "after 1 entries" in shown.err
        assert "Until then: --take-back" in shown.err
        done = third.json("peer", "succeed", lost, "--yes")
        assert (done["state"], done["verdict"], done["counted"]) == ("kept", "ready", 0)
        assert third.json("peer", "show", lost)["kept_by"] == heir
        assert third.run("peer", "sync").code == 0  # its silence is no trouble
        assert third.json("peer", "succeed", lost, "--take-back")["state"] == "following"
        assert third.run("peer", "succeed", lost, "--take-back").code == 1
        assert third.run("peer", "succeed", lost, "--yes").code == 0
        checked = third.run("ledger", "verify", of_second)
        assert (checked.code, "is whole: 1 entries" in checked.out) == (0, True)
        asked = second.run("ledger", "custody", "read-on", lost)
        assert (asked.code, "Until its records are accepted again" in asked.err) == (1, True)
        assert second.json("peer", "show", lost)["state"] == "ours"  # nobody said yes
        assert second.run("ledger", "custody", "read-on", lost, "--yes").code == 0
        assert second.json("ledger", "custody", "show")["keeps"] == []
        assert second.run("ledger", "custody", "read-on", lost).code == 1


def test_a_node_hands_over_and_publishes_nothing_more(three: tuple[Shell, Shell, Shell]) -> None:
    first, second, _ = three
    assert first.run("ledger", "custody", "hand-over", "--yes").code == 1
    with served(second) as (of_second,):
        first.run("peer", "add", of_second, "--yes")
    first.run("ledger", "custody", "name", named(first, second), "--yes")
    asked = first.run("ledger", "custody", "revoke")
    assert (asked.code, "Shall nobody keep the records of this node any more" in asked.err) == (1, True)
    assert first.json("ledger", "custody", "revoke", "--yes")["successor"] is None
    first.run("ledger", "custody", "name", named(first, second), "--yes")
    said = first.json("ledger", "custody", "hand-over", "--yes")
    assert (said["says"], said["entry"], said["named_in"], said["ended"]) == ("hands-over", 3, 2, True)
    for words in (("revoke",), ("name", named(first, second), "--yes"), ("hand-over", "--yes")):
        again = first.run("ledger", "custody", *words)
        assert (again.code, "Its log has ended." in again.err) == (1, True)
    shown = first.run("ledger", "custody", "show").out
    assert "named in entry 2 of the log. The log was handed over in entry 3 and has ended." in shown
    assert "It keeps the records of no other node." in shown
    assert "is whole: 4 entries" in first.run("ledger", "verify").out
    assert first.run("ledger", "rotate-key", "--yes").code == 1
