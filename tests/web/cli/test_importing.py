"""``commons import``: the collections of others, twice, with bad rows, and interrupted."""

from __future__ import annotations

import csv
import json
import re
import shutil
from pathlib import Path
from typing import Any

import pytest

from search import parse_request
from tests.registry.record.collections.files import incident, plain_line, snapshot, write_csv, write_lines
from tests.web.cli.conftest import Shell, one_line

MANY = 1_200


def counts(**some: int) -> dict[str, int]:
    return dict.fromkeys(("read", "created", "updated", "unchanged", "rejected"), 0) | some


def position(shell: Shell) -> int:
    """Number of the last change of the public database."""
    with shell.node() as node:
        return max((change.seq for change in node.records.changes_since(0, 1_000_000)), default=0)


@pytest.mark.corpora
def test_a_snapshot_imported_twice_changes_nothing_the_second_time(shell: Shell, corpora: Path) -> None:
    folder = corpora / "aiid_snapshot_2025-08"
    with (folder / "incidents.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = sum(1 for _ in csv.DictReader(file))
    first = shell.run("import", "aiid", folder)
    assert first.code == 0
    assert first.out.splitlines()[0] == f"{rows} read: {rows} created, 0 updated, 0 unchanged, 0 rejected"
    before = position(shell)
    assert shell.json("import", "aiid", folder) == counts(read=rows, unchanged=rows)
    assert position(shell) == before
    with shell.node() as node:
        assert node.search.search(parse_request({"source": ["aiid"]}, node.taxonomy)).total == rows


@pytest.mark.corpora
@pytest.mark.parametrize("kind", ["avid", "atlas", "jsonl"])
def test_other_collections_go_in_whole(shell: Shell, corpora: Path, tmp_path: Path, kind: str) -> None:
    if kind == "avid":
        path, rows = some_of_avid(corpora / "avid", tmp_path / "avid")
    elif kind == "atlas":
        path, rows = corpora / "atlas", len(list((corpora / "atlas" / "case-studies").glob("*.yaml")))
    else:
        path = corpora / "awful_ai.jsonl"
        rows = len([line for line in path.read_text("utf-8").splitlines() if line.strip()])
    assert rows > 20
    assert shell.json("import", kind, path) == counts(read=rows, created=rows)
    with shell.node() as node:
        assert node.records.count() == rows


def some_of_avid(whole: Path, part: Path) -> tuple[Path, int]:
    """A copy with few of its many files, in their folders."""
    files = sorted((whole / "reports").rglob("*.json"))[:30]
    for file in files:
        target = part / file.relative_to(whole)
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(file, target)
    return part, len(files)


def test_a_bad_row_is_named_and_the_rest_goes_in(shell: Shell, tmp_path: Path) -> None:
    folder = snapshot(tmp_path / "snapshot", incident(1), incident(2, date="soon"), incident(3))
    said = shell.run("import", "aiid", folder, "--json")
    assert said.code == 0
    assert said.json == counts(read=3, created=2, rejected=1)
    assert re.search(r"^incidents\.csv:3 date .+", said.err, re.MULTILINE)
    with shell.node() as node:
        assert node.records.count() == 2
    mended = snapshot(folder, incident(1), incident(2), incident(3, title="Now with another title"))
    assert shell.json("import", "aiid", mended) == counts(read=3, created=1, updated=1, unchanged=1)


def test_every_bad_line_is_named_with_its_number(shell: Shell, tmp_path: Path) -> None:
    bad: list[Any] = [plain_line(2, source="OWN"), plain_line(3, licence=""), ["no", "object"]]
    path = write_lines(tmp_path / "list.jsonl", plain_line(1), *bad, plain_line(5))
    path.write_text(path.read_text("utf-8") + '{"broken\n', "utf-8")
    said = shell.run("import", "jsonl", path)
    assert said.code == 0
    assert said.out.splitlines()[0] == "6 read: 2 created, 0 updated, 0 unchanged, 4 rejected"
    places = re.findall(r"^list\.jsonl:(\d+)( \w+)?", said.err, re.MULTILINE)
    assert places[:2] == [("2", " source"), ("3", " licence")]
    assert [line for line, _ in places] == ["2", "3", "4", "6"]


def test_a_file_of_another_kind_is_refused(shell: Shell, tmp_path: Path) -> None:
    write_csv(tmp_path / "incidents.csv", [{"name": "x"}])
    said = shell.run("import", "aiid", tmp_path, "--json")
    assert said.code == 1
    assert said.json["created"] == 0
    assert "incidents.csv:1" in said.err
    assert "This column is missing from the file." in said.err


@pytest.mark.parametrize(
    ("words", "wrong"),
    [(("jsonl", "/nowhere/at/all.jsonl"), "does not exist"), (("csv", "."), "'csv' is not one of")],
)
def test_what_is_not_there_is_a_usage_error(shell: Shell, words: tuple[str, ...], wrong: str) -> None:
    said = shell.run("import", *words)
    assert said.code == 2
    assert wrong in said.err


def test_an_import_that_is_killed_goes_on_where_it_was(shell: Shell, tmp_path: Path) -> None:
    path = write_lines(tmp_path / "list.jsonl", *(plain_line(number) for number in range(MANY)))
    running = shell.start("import", "jsonl", path)
    assert running.stderr is not None
    assert json.loads(running.stderr.readline().split()[-1]) >= 1_000
    running.kill()
    running.communicate()
    again = shell.json("import", "jsonl", path)
    assert again["unchanged"] >= 1_000
    assert again["created"] + again["unchanged"] == MANY
    with shell.node() as node:
        assert node.search.search(parse_request({"q": ["widows"]}, node.taxonomy)).total == MANY


def test_importing_into_no_node_says_so(bare: Shell, tmp_path: Path) -> None:
    path = write_lines(tmp_path / "list.jsonl", plain_line(1))
    assert "commons init" in one_line(bare.run("import", "jsonl", path))
