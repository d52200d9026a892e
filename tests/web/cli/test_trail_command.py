"""``commons trail``: what is exported can be checked without a node, and what was done to it is said."""

from __future__ import annotations

from tests.web.cli.conftest import Shell


def test_the_trail_is_exported_checked_and_a_change_is_found(shell: Shell) -> None:
    shell.run("org", "add", "Lake Health", "--descriptor", "a health NGO")
    whole = shell.json("trail", "verify")
    assert whole["whole"] is True
    assert whole["rows"] > 0
    file = shell.folder / "trail.ndjson"
    assert shell.run("trail", "export", "--output", file).code == 0
    exported = shell.json("trail", "verify", file, "--head", whole["newest"])
    assert exported["rows"] == whole["rows"] + 1  # that it was exported is a row as well
    file.write_bytes(file.read_bytes().replace(b'"action":"register"', b'"action":"approve"', 1))
    said = shell.run("trail", "verify", file)
    assert said.code == 1
    assert said.out == "Row 1 was changed: its hash is not that of what it says.\n"
    lost = shell.run("trail", "verify", "--head", "a" * 64)
    assert lost.code == 1
    assert lost.out.startswith("No row has the hash that was kept")
    wrong = shell.run("trail", "verify", "--head", "abc")
    assert (wrong.code, "64 digits" in wrong.err) == (1, True)
