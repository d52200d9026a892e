"""``commons init`` and ``commons config``: making a node, and where each setting comes from."""

from __future__ import annotations

from pathlib import Path

import pytest

from registry.config import Settings
from tests.web.cli.conftest import Shell, one_line

SECRET = "do not show this to anybody at all"


def test_making_a_node_twice_changes_nothing(shell: Shell) -> None:
    before = {path: path.read_bytes() for path in shell.folder.rglob("*.key*")}
    said = shell.run("init")
    assert said.code == 0
    assert ": 0 records" in said.out
    with shell.node() as node:
        assert f"Node {node.identity.id}" in said.out
    assert before
    assert {path: path.read_bytes() for path in shell.folder.rglob("*.key*")} == before


def test_what_a_node_keeps_is_its_owners_alone(made: Path) -> None:
    for path in (made, *made.rglob("*")):
        assert path.stat().st_mode & 0o077 == 0, path


@pytest.mark.parametrize("command", [("search", "dose"), ("serve", "--port", "0")])
def test_a_node_that_was_never_made_says_what_to_do(bare: Shell, command: tuple[str, ...]) -> None:
    assert "commons init" in one_line(bare.run(*command))


def test_settings_say_where_they_come_from(bare: Shell, tmp_path: Path) -> None:
    file = tmp_path / "commons.toml"
    file.write_text(f'session_hours = 3\nclaim_hours = 5\nsecret_key = "{SECRET}"\n', "utf-8")
    bare.variables |= {"COMMONS_CONFIG": str(file), "COMMONS_CLAIM_HOURS": "7"}
    shown = {setting["name"]: setting for setting in bare.json("config")}
    assert set(shown) == set(Settings.__dataclass_fields__)
    assert (shown["session_hours"]["value"], shown["session_hours"]["source"]) == ("3", str(file))
    assert (shown["claim_hours"]["value"], shown["claim_hours"]["source"]) == ("7", "COMMONS_CLAIM_HOURS")
    assert shown["body_limit"]["source"] == "default"
    assert shown["secret_key"]["value"] == "(hidden)"
    text = bare.run("config")
    assert f"claim_hours = 7  (COMMONS_CLAIM_HOURS; {shown['claim_hours']['says']})" in text.out.splitlines()
    assert SECRET not in text.out
    assert not bare.folder.exists()  # looking makes nothing


@pytest.mark.parametrize(
    ("name", "value", "wrong"),
    [
        ("SESSION_HOURS", "twelve", "Setting session_hours: should be a whole number"),
        ("PUBLIC_DATABASE", "mysql://x", "should begin with sqlite:/// or postgresql://"),
        ("CONFIG", "/nowhere/at/all.toml", "Setting COMMONS_CONFIG: cannot be read"),
    ],
)
def test_settings_that_make_no_sense_are_refused(bare: Shell, name: str, value: str, wrong: str) -> None:
    bare.variables["COMMONS_" + name] = value
    assert wrong in one_line(bare.run("init"))
    assert not bare.folder.exists()


def test_help_names_every_command_and_a_wrong_one_is_a_usage_error(bare: Shell) -> None:
    said = bare.run("--help")
    assert said.code == 0
    for command in ("init", "config", "serve", "worker", "org", "person", "client", "publish", "import"):
        assert f"  {command} " in said.out
    wrong = bare.run("conjure")
    assert wrong.code == 2
    assert "No such command 'conjure'" in wrong.err
