"""``commons peer green`` and the log for partners on the command line."""

from __future__ import annotations

import shutil
import sqlite3
from dataclasses import replace
from pathlib import Path

import pytest

from registry.ledger.envelopes import parse_envelope
from registry.ledger.stored import leaves
from tests.registry.ledger.checked import keep
from tests.web.cli.conftest import Shell

NOBODY = "No peer is called so"
COUNT = 3
OTHER_TILE = f"tile/0/000.p/{COUNT} is not what the entries lead to."
SECOND_AGAIN = "UPDATE ledger_entry SET leaf = (SELECT leaf FROM ledger_entry WHERE position = 1)"


@pytest.fixture
def filled(shell: Shell) -> Shell:
    """A node that shares a few records with partners, and none with everybody."""
    with shell.node() as node:
        green = node.private.green
        with green.database.work() as session:
            keep(session, *range(1, COUNT + 1), home=green.identity.id)
        green.log.publish()
    return shell


def test_who_is_not_followed_is_no_partner(shell: Shell) -> None:
    refused = shell.run("peer", "green", "Nobody")
    assert refused.code != 0
    assert NOBODY in refused.err


def test_the_log_for_partners_is_checked_and_written_out_like_the_other(shell: Shell, tmp_path: Path) -> None:
    shell.run("init")
    public, green = shell.json("ledger", "verify"), shell.json("ledger", "verify", "--green")
    assert (green["whole"], green["size"]) == (True, 0)
    assert green["origin"].endswith("/air-green")
    assert public["origin"].endswith("/air-log")
    shell.run("ledger", "export", "--green", str(tmp_path / "out"))
    assert shell.json("ledger", "verify", str(tmp_path / "out"))["origin"] == green["origin"]


def test_the_databases_are_not_taken_for_each_other(shell: Shell) -> None:
    """The name of the log stands in each, so that neither opens as the other."""
    shell.run("init")
    with sqlite3.connect(shell.folder / "green" / "green.sqlite") as database:
        assert database.execute("SELECT log FROM ledger_head").fetchall() == [("green",)]
    shutil.copy(shell.folder / "green" / "green.sqlite", shell.folder / "public.sqlite")
    assert shell.run("ledger", "verify").code != 0


def test_no_two_databases_are_one(shell: Shell) -> None:
    same = f"sqlite:///{shell.folder.resolve() / 'public.sqlite'}"
    refused = replace(shell, variables={"COMMONS_GREEN_DATABASE": same}).run("config")
    assert refused.code != 0
    assert "green_database" in refused.err


def test_a_log_that_holds_something_is_checked_in_the_database_and_as_files(
    filled: Shell, tmp_path: Path
) -> None:
    found = filled.json("ledger", "verify", "--green")
    assert (found["whole"], found["size"], found["payloads"]) == (True, COUNT, COUNT)
    assert filled.json("ledger", "verify")["size"] == 0
    folder = tmp_path / "out"
    assert filled.json("ledger", "export", "--green", folder)["entries"] == COUNT
    written = filled.json("ledger", "verify", folder)
    assert (written["whole"], written["size"], written["root"]) == (True, COUNT, found["root"])


@pytest.mark.parametrize(
    ("damage", "words"),
    [
        ("UPDATE record_version SET salt = zeroblob(32)", "Entry 0: the payload of AIR-"),
        ("UPDATE ledger_entry SET leaf = CAST(replace(leaf, 'GREEN', 'CLEAR') AS BLOB)", OTHER_TILE),
        (f"{SECOND_AGAIN} WHERE position = 2", "Entry 2"),
        ("UPDATE ledger_node SET hash = zeroblob(32)", "The log differs from"),
        ("UPDATE ledger_head SET size = size - 1", f"The log has {COUNT - 1} entries, but {COUNT} were"),
    ],
)
def test_a_log_that_was_tampered_with_is_told_in_one_sentence(filled: Shell, damage: str, words: str) -> None:
    with sqlite3.connect(filled.folder / "green" / "green.sqlite") as database:
        assert database.execute(damage).rowcount > 0
    said = filled.run("ledger", "verify", "--green")
    assert (said.code, said.out.count("\n")) == (1, 1)
    assert words in said.out
    assert filled.run("ledger", "verify").code == 0


def test_files_that_were_tampered_with_are_told_in_one_sentence(filled: Shell, tmp_path: Path) -> None:
    folder = tmp_path / "out"
    filled.json("ledger", "export", "--green", folder)
    (bundle,) = (folder / "tile" / "entries").rglob(f"*.p/{COUNT}")
    bundle.write_bytes(bundle.read_bytes().replace(b"-2026-000002", b"-2026-000009"))
    said = filled.run("ledger", "verify", folder)
    assert (said.code, said.out) == (1, f"{OTHER_TILE}\n")


def test_the_key_of_a_log_that_holds_something_is_changed(filled: Shell, tmp_path: Path) -> None:
    with filled.node() as node:
        first, public = node.private.green.log.key.vkey, node.log.key.vkey
    new = filled.json("ledger", "rotate-key", "--green", "--yes")["key"]
    assert new != first
    with filled.node() as node:
        green = node.private.green
        assert (green.log.key.vkey, node.log.key.vkey) == (new, public)
        with green.database.work() as session:
            keep(session, COUNT + 1, home=green.identity.id)
        green.log.publish()
        with green.database.read() as session:
            assert {parse_envelope(leaf).tlp for leaf in leaves(session, 0, COUNT + 2)} == {"GREEN"}
    folder = tmp_path / "out"
    filled.json("ledger", "export", "--green", folder)
    for target in (["--green"], [folder]):
        for key in (first, new):
            found = filled.json("ledger", "verify", *target, "--key", key)
            assert (found["whole"], found["size"]) == (True, COUNT + 2)
    again = filled.json("ledger", "rotate-key", "--green", "--yes")["key"]
    assert filled.json("ledger", "verify", "--green", "--key", first)["size"] == COUNT + 3
    assert again != new
