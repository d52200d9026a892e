"""Reference documents as files."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from rdflib import Graph

from taxonomy import load
from web import docs


# rdflib's own JSON-LD reader still uses a class that rdflib deprecates.
@pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated:DeprecationWarning")
def test_files_are_what_a_node_serves(tmp_path: Path, client: FlaskClient) -> None:
    files = {path.name: path for path in docs.write(tmp_path / "new" / "folder")}
    assert files["openapi.json"].read_bytes() == client.get("/api/v1/openapi.json").data
    assert files["taxonomy.csv"].read_bytes() == client.get("/api/v1/taxonomy.csv").data
    assert json.loads(files["taxonomy.json"].read_text())["version"] == load().version
    turtle = Graph().parse(files["taxonomy.ttl"], format="turtle")
    assert len(turtle) == len(Graph().parse(files["taxonomy.jsonld"], format="json-ld"))


def test_the_crosswalk_is_a_table_of_every_mapping(tmp_path: Path) -> None:
    table = next(path for path in docs.write(tmp_path) if path.name == "crosswalk.sssom.tsv")
    lines = [line for line in table.read_text().splitlines() if not line.startswith("#")]
    rows = list(csv.DictReader(lines, delimiter="\t"))
    assert len(rows) == len(load().crosswalk.mappings)


def test_without_a_folder_it_says_how_it_is_used(capsys: pytest.CaptureFixture[str]) -> None:
    assert docs.main([]) == 2
    assert "python -m web.docs FOLDER" in capsys.readouterr().err
