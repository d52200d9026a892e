"""``commons bulk``: checking and sending files here and at another node, and what the exit code says."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import select

from registry.identity.oauth.rules import Way
from registry.intake.labels import TOO_HIGH
from registry.intake.models import Submission
from tests.api.live import serving
from tests.factories import account
from tests.registry.intake.bulk.making import as_csv, as_jsonl, read
from tests.web.cli.conftest import Shell, one_line

GOOD = [account(title=f"R{n}") for n in range(2)]


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "reports.dat"


def organization(shell: Shell) -> None:
    with shell.node() as node:
        node.private.directory.add_organization("Lake Health", "a health NGO")


def kept(shell: Shell) -> list[str]:
    with shell.node() as node, node.private.database.read() as session:
        return sorted(f"{row.title} {row.state}" for row in session.scalars(select(Submission)))


def test_a_check_prints_faults_by_row_and_stores_nothing(shell: Shell, file: Path) -> None:
    file.write_bytes(as_csv([["Title", "Date", "Colour"], ["a\x1b[31mb", "03/04/2026", "red"]]))
    said = shell.run("bulk", "check", file)
    assert said.code == 1
    assert "Nothing stored: 1 rows, 1 wrong" in said.out
    assert "Column not understood: Colour" in said.out
    assert "Row 2, errors: Date: “03/04/2026” can be read in two ways." in said.out
    assert "\x1b" not in said.out
    assert kept(shell) == []


def test_personal_details_are_looked_for_in_all_rows(shell: Shell, file: Path) -> None:
    file.write_bytes(as_jsonl([account(text="Call +254 712 345678.")]))
    said = shell.run("bulk", "check", file)
    assert (said.code, "Row 1, personal detail: text: phone" in said.out) == (0, True)
    assert "712" not in said.out


def test_sending_stores_once_and_the_exit_code_tells(shell: Shell, file: Path) -> None:
    organization(shell)
    file.write_bytes(as_jsonl([*GOOD, {"title": "Half"}]))
    refused = shell.run("bulk", "send", file, "--org", "Lake Health", "--as", "submit")
    assert (refused.code, kept(shell)) == (1, [])
    partly = shell.run("bulk", "send", file, "--org", "Lake Health", "--as", "submit", "--only-good-rows")
    assert (partly.code, kept(shell)) == (3, ["R0 submitted", "R1 submitted"])
    whole = shell.json("bulk", "send", file, "--org", "Lake Health")
    assert whole["counts"] | {"known": 2, "stored": 1} == whole["counts"]
    assert kept(shell) == ["Half draft", "R0 submitted", "R1 submitted"]


@pytest.mark.parametrize(
    ("words", "code", "says"),
    [
        ((), 2, "Say for whom"),
        (("--org", "Nobody"), 1, "No organization is called Nobody."),
        (("--node", "http://127.0.0.1:9"), 1, "does not answer"),
    ],
)
def test_what_cannot_be_sent_is_said_in_words(
    shell: Shell, file: Path, words: tuple[str, ...], code: int, says: str
) -> None:
    file.write_bytes(as_jsonl(GOOD))
    said = shell.run("bulk", "send", file, *words)
    assert (said.code, says in said.err) == (code, True)
    assert "Traceback" not in said.err


def test_a_file_that_is_none_is_refused_in_one_line(shell: Shell, file: Path) -> None:
    file.write_bytes(b"%PDF")
    assert (
        one_line(shell.run("bulk", "check", file))
        == "This is no table. Send CSV, XLSX, or a JSON object on each line."
    )


def test_an_organization_that_is_suspended_sends_nothing(shell: Shell, file: Path) -> None:
    organization(shell)
    file.write_bytes(as_jsonl(GOOD))
    assert shell.run("org", "suspend", "Lake Health", "--reason", "A test of it.").code == 0
    assert "not active" in one_line(shell.run("bulk", "send", file, "--org", "Lake Health"))
    assert kept(shell) == []


def test_a_file_is_sent_to_another_node_with_a_token(shell: Shell, file: Path) -> None:
    organization(shell)
    file.write_bytes(as_jsonl([*GOOD, {"title": "Half"}]))
    with shell.node() as node:
        made = node.private.directory.add_client("Lake Health", "x", ["submissions:write"], Way(bearer=True))
        with serving(node) as port:
            there = ("--node", f"http://127.0.0.1:{port}", "--token", str(made.token))
            assert shell.run("bulk", "check", file, *there).code == 0
            refused = shell.run("bulk", "send", file, "--as", "submit", *there)
            assert (refused.code, "/rows/3/text" in refused.err) == (1, True)
            assert shell.json("bulk", "send", file, *there)["counts"]["stored"] == 3
            assert shell.run("bulk", "check", file, *there[:3], "wrong").code == 1
    assert len(kept(shell)) == 3


def test_a_template_is_written(shell: Shell, tmp_path: Path) -> None:
    path = tmp_path / "t.XLSX"
    assert shell.run("bulk", "template", path, "--language", "fr").code == 0
    assert read(path.read_bytes()).format == "xlsx"
    assert shell.run("bulk", "template", tmp_path / "t.ods").code == 2


def test_labels_of_a_file_are_those_of_its_reports(shell: Shell, file: Path) -> None:
    organization(shell)
    file.write_bytes(as_csv([["Title", "TLP label"], ["A", "TLP:GREEN"], ["B", "CLEAR"], ["C", ""]]))
    shell.json("bulk", "send", file, "--org", "Lake Health")
    with shell.node() as node, node.private.database.read() as session:
        found = {row.title: row.tlp for row in session.scalars(select(Submission))}
    assert found == {"A": "GREEN", "B": "CLEAR", "C": "CLEAR"}
    for word, says in (("TLP:RED", TOO_HIGH), ("PURPLE", "“PURPLE” is no answer to this question.")):
        file.write_bytes(as_csv([["Title", "TLP label"], ["D", word]]))
        refused = shell.run("bulk", "send", file, "--org", "Lake Health")
        assert (refused.code, says in refused.out) == (1, True), word
    assert len(kept(shell)) == len(found)
