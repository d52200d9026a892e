"""``commons keys rotate-data`` beside a node, and a keyring that is not there."""

from __future__ import annotations

import json
from pathlib import Path

from registry.identity.rules import Role
from tests.factories import account, register
from tests.registry import opened
from tests.web.cli.conftest import Shell, one_line

OUTSIDE = "outside=b3RoZXIga2V5IG9mIGV4YWN0bHkgMzIgYnl0ZXMhISE="


def write(shell: Shell, title: str) -> str:
    """Id of a new draft of Lake Health."""
    with shell.node() as node:
        side = node.private
        who = register(side.directory, side.sessions, title[:4].lower(), f"Lake {title}", [Role.MEMBER])
        return side.intake.create(who, account(title=title), channel="form").view.summary.id


def titles(shell: Shell) -> set[str]:
    with shell.node() as node:
        return set(opened.titles(node.private.database).values())


def ring(shell: Shell) -> list[str]:
    held = json.loads((shell.folder / "keyring.json").read_text())
    return sorted(held["keys"])


def test_a_rotation_is_told_and_everything_opens(shell: Shell) -> None:
    write(shell, "First")
    (old,) = ring(shell)
    done = shell.json("keys", "rotate-data")
    assert (done["rewrapped"], done["retired"]) == (1, [])
    assert ring(shell) == sorted([old, done["key"]])
    write(shell, "Second")
    said = shell.run("keys", "rotate-data", "--retire")
    assert said.code == 0
    assert old in said.out
    assert "2 reports" in said.out
    assert len(ring(shell)) == 1
    assert titles(shell) == {"First", "Second"}


def test_a_lost_keyring_is_never_replaced(shell: Shell) -> None:
    write(shell, "First")
    keyring = shell.folder / "keyring.json"
    kept = keyring.read_bytes()
    keyring.unlink()
    for command in (("init",), ("worker", "--once"), ("keys", "rotate-data")):
        assert "keyring" in one_line(shell.run(*command))
        assert not keyring.exists()
    keyring.write_bytes(kept)
    assert shell.run("init").code == 0
    assert titles(shell) == {"First"}


def test_the_keyring_may_lie_elsewhere_and_come_from_outside(shell: Shell, tmp_path: Path) -> None:
    write(shell, "First")
    elsewhere = tmp_path / "safe.json"
    (shell.folder / "keyring.json").rename(elsewhere)
    shell.variables["COMMONS_KEYRING_FILE"] = str(elsewhere)
    assert shell.run("init").code == 0
    assert not (shell.folder / "keyring.json").exists()
    held = json.loads(elsewhere.read_text())
    inside = " ".join(f"{key}={secret}" for key, secret in held["keys"].items())
    shell.variables["COMMONS_MASTER_KEYS"] = f"{OUTSIDE} {inside}"
    done = shell.json("keys", "rotate-data", "--retire")
    assert (done["key"], done["rewrapped"]) == ("outside", 1)
    shell.variables["COMMONS_MASTER_KEYS"] = OUTSIDE
    assert shell.run("worker", "--once").code == 0
    shown = {setting["name"]: setting["value"] for setting in shell.json("config")}
    assert shown["master_keys"] == "(hidden)"
