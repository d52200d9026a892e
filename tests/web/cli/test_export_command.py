"""``commons export``: all records or those of a query, in three formats."""

from __future__ import annotations

import csv
import gzip
import json
from pathlib import Path

import pyarrow.parquet as pq

from tests.api.stock import keep, stock
from tests.web.cli.conftest import Shell


def test_every_format_has_every_record(shell: Shell, tmp_path: Path) -> None:
    with shell.node() as node:
        keep(node, stock(9))
    ids = [one.id for one in stock(9)]
    for kind, name in (
        ("csv", "a.csv"),
        ("jsonl", "a.jsonl.gz"),
        ("jsonl", "a.jsonl"),
        ("parquet", "a.parquet"),
    ):
        said = shell.run("export", "--format", kind, str(tmp_path / name), "--json")
        assert said.code == 0, said.err
        assert said.json == {"records": 9, "path": str(tmp_path / name)}
    with (tmp_path / "a.csv").open(encoding="utf-8-sig", newline="") as file:
        assert [one["id"] for one in csv.DictReader(file)] == ids
    plain = (tmp_path / "a.jsonl").read_bytes()
    assert gzip.decompress((tmp_path / "a.jsonl.gz").read_bytes()) == plain
    assert [json.loads(line)["id"] for line in plain.splitlines()] == ids
    assert pq.read_table(tmp_path / "a.parquet")["id"].to_pylist() == ids


def test_a_query_narrows(shell: Shell, tmp_path: Path) -> None:
    with shell.node() as node:
        keep(node, stock(120))
    path = tmp_path / "some.jsonl"
    assert shell.run("export", "--format", "jsonl", str(path), "--filter", "source=avid").code == 0
    found = {json.loads(line)["id"] for line in path.read_bytes().splitlines()}
    assert found == {one.id for one in stock(120) if one.provenance.source == "avid"}


def test_a_wrong_filter_leaves_no_file(shell: Shell, tmp_path: Path) -> None:
    said = shell.run("export", "--format", "csv", str(tmp_path / "x.csv"), "--filter", "colour=red")
    assert said.code == 1
    assert "colour" in said.err
    assert list(tmp_path.glob("*x.csv")) == []
