"""The catalogue for portals of data, and records in schema.org, as programs of others read them."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient
from rdflib import Graph
from rdflib.compare import isomorphic

from api.node import Node
from registry.record.types import Because, RecordState
from registry.sharing.catalogue import SERVICES
from tests.api.harvest.filled import shelf_of
from tests.api.stock import keep, stock
from tests.outside import packages
from tests.registry.record.samples import told
from web.app import create_app

READER = Path(packages.__file__).with_name("read_catalogue.py")
SHAPES = Path(packages.__file__).with_name("dcat_ap_shapes.ttl")


def sharing(node: Node) -> FlaskClient:
    """A client of the node with a snapshot."""
    shelf = shelf_of(node)
    keep(node, stock(6))
    shelf.keep_up()
    return create_app(replace(node, exports=shelf)).test_client()


def outside(*arguments: str) -> Any:
    command = [sys.executable, str(READER), *arguments]
    run = subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)
    assert run.returncode == 0, run.stderr[-2000:]
    return json.loads(run.stdout)


@pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated")
def test_both_syntaxes_say_the_same(node: Node) -> None:
    client = sharing(node)
    turtle, linked = client.get("/catalog.ttl"), client.get("/catalog.jsonld")
    assert (turtle.mimetype, linked.mimetype) == ("text/turtle", "application/ld+json")
    one = Graph().parse(data=turtle.data, format="turtle")
    assert isomorphic(one, Graph().parse(data=linked.data, format="json-ld"))
    assert len(one) > 60


def test_the_catalogue_conforms_to_the_profile(node: Node, tmp_path: Path) -> None:
    path = tmp_path / "catalog.ttl"
    text = sharing(node).get("/catalog.ttl").get_data(as_text=True)
    path.write_text(text, "utf-8")
    said = outside(str(SHAPES), str(path))
    assert said["conforms"], said["text"]
    path.write_text("\n".join(line for line in text.splitlines() if "dcterms:title" not in line), "utf-8")
    without = outside(str(SHAPES), str(path))
    # Of the catalogue, the dataset and the services; those of distributions may be missing.
    titles = 1 + 1 + len(SERVICES)
    assert (without["conforms"], without["violations"]) == (False, titles)


def test_a_node_without_snapshots_conforms_too(client: FlaskClient, tmp_path: Path) -> None:
    path = tmp_path / "catalog.ttl"
    path.write_bytes(client.get("/catalog.ttl").data)
    said = outside(str(SHAPES), str(path))
    assert said["conforms"], said["text"]


def test_distributions_are_the_files_of_the_newest_snapshot(node: Node) -> None:
    client = sharing(node)
    manifest = json.loads(
        client.get("/exports/latest/manifest.json", follow_redirects=True, buffered=True).data
    )
    sums = {
        file["name"]: file["sha256"]
        for file in manifest["files"]
        if file["name"].startswith(("records.", "relations."))
    }
    graph = client.get("/catalog.jsonld").get_json()["@graph"]
    told_sums = {
        one["@id"].partition("#")[2].removesuffix("-checksum"): one["spdx:checksumValue"][0]["@value"]
        for one in graph
        if one["@type"] == "spdx:Checksum"
    }
    assert told_sums == sums
    assert len(sums) == 6


def test_a_page_of_a_record_tells_it_to_programs(node: Node, client: FlaskClient, tmp_path: Path) -> None:
    title = "</script><script>alert(1)</script> & <b>"
    because = Because("wrong", "A sheet.")
    retracted = replace(stock(1)[0], account=told(title=title), state=RecordState.RETRACTED, because=because)
    keep(node, [retracted])
    page = client.get(f"/records/{retracted.id}").get_data(as_text=True)
    assert "<script>alert" not in page
    path = tmp_path / "page.html"
    path.write_text(page, "utf-8")
    (found,) = outside("page", str(path), "http://127.0.0.1/")
    assert found["@type"] == "Report"
    assert (found["identifier"], found["name"]) == (retracted.id, title)
    assert found["datePublished"] == retracted.published.isoformat()
    assert found["license"] == "https://creativecommons.org/licenses/by/4.0/"
    assert found["creativeWorkStatus"] == "Retracted"
    assert found["abstract"].startswith("Retracted. wrong. A sheet.")
