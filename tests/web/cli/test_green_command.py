"""``commons peer green`` and the log for partners on the command line."""

from __future__ import annotations

import shutil
import sqlite3
from dataclasses import replace
from pathlib import Path

from tests.web.cli.conftest import Shell

NOBODY = "No peer is called so"


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
