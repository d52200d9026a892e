"""How records of different nodes belong together, as files of a snapshot."""

from __future__ import annotations

import csv
import gzip
import hashlib
import json
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest
from jsonschema import Draft202012Validator

from registry.config import Settings
from registry.db.public import PublicDatabase
from registry.errors import Gone
from registry.record.node import load_node
from registry.sharing.dumps.columns import as_text
from registry.sharing.dumps.relations import COLUMNS, FILES, row, write
from registry.sharing.dumps.shelf import Shelf
from registry.sharing.dumps.snapshot import Source
from registry.sharing.harvest import Harvest
from taxonomy import load
from tests.conftest import SettableClock
from tests.registry.federation.conftest import here_in
from tests.registry.federation.relating import pull
from tests.registry.federation.scene import Scene, opened


@pytest.fixture
def scene(bare: Settings, public_db: PublicDatabase, clock: SettableClock) -> Scene:
    made = opened(here_in(public_db, load_node(bare.data_dir), clock)).heard()
    made.back()
    made.say()
    made.say(relation="part-of")
    pull(made.here, made.third)
    assert made.follower.follow() == 2
    return made


@pytest.fixture
def shelf(scene: Scene, tmp_path: Path) -> Shelf:
    source = Source(Harvest(scene.here.public), scene.told, load())
    return Shelf(tmp_path / "exports", source, scene.here.clock, days=1)


def lines(folder: Path) -> list[dict[str, Any]]:
    packed = (folder / "relations.ndjson.gz").read_bytes()
    return [json.loads(line) for line in gzip.decompress(packed).splitlines()]


def test_every_format_holds_the_same_claims_in_one_order(scene: Scene, shelf: Shelf) -> None:
    assert shelf.keep_up()
    folder = shelf.all()[0].folder
    found = lines(folder)
    assert found == scene.lines()
    assert [(one["relation"], one["state"]) for one in found] == [
        ("same-as", "withdrawn"),
        ("same-as", "stands"),
        ("part-of", "stands"),
    ]
    schema = Draft202012Validator(json.loads((folder / "relations-schema.json").read_bytes()))
    for line in found:
        schema.validate(line)
    rows = [row(one) for one in scene.told.every()]
    assert pq.read_table(folder / "relations.parquet").to_pylist() == rows
    with (folder / "relations.csv").open(encoding="utf-8-sig", newline="") as file:
        assert list(csv.DictReader(file)) == [
            {name: as_text(value) for name, value in one.items()} for one in rows
        ]
    table = json.loads((folder / "relations-table-schema.json").read_bytes())
    assert [field["name"] for field in table["fields"]] == [column.name for column in COLUMNS]
    assert table["primaryKey"] == ["node", "position"]


def test_every_record_that_is_named_is_in_the_other_table(shelf: Shelf) -> None:
    shelf.keep_up()
    folder = shelf.all()[0].folder
    with (folder / "records.csv").open(encoding="utf-8-sig", newline="") as file:
        known = {one["id"] for one in csv.DictReader(file)}
    named = {one[side] for one in lines(folder) for side in ("record", "related")}
    assert len(named) == 2
    assert named <= known


def test_manifest_and_sums_tell_of_them(shelf: Shelf) -> None:
    shelf.keep_up()
    folder = shelf.all()[0].folder
    manifest = json.loads((folder / "manifest.json").read_bytes())
    assert (manifest["records"], manifest["relations"]) == (2, 3)
    told = {one["name"]: one["sha256"] for one in manifest["files"]}
    sums = dict(line.split("  ")[::-1] for line in (folder / "SHA256SUMS").read_text("ascii").splitlines())
    for name in FILES:
        assert told[name] == sums[name] == hashlib.sha256((folder / name).read_bytes()).hexdigest()


def test_the_same_claims_are_the_same_bytes(scene: Scene, shelf: Shelf, tmp_path: Path) -> None:
    shelf.keep_up()
    scene.here.clock.forward(days=2)
    assert write(tmp_path, scene.told) == 3
    for name in FILES:
        assert (tmp_path / name).read_bytes() == (shelf.all()[0].folder / name).read_bytes()


def test_a_new_claim_is_news_and_changes_no_snapshot_of_before(scene: Scene, shelf: Shelf) -> None:
    shelf.keep_up()
    first = shelf.all()[0]
    before = {name: (first.folder / name).read_bytes() for name in FILES}
    scene.here.clock.forward(days=2)
    assert not shelf.keep_up(), "nothing is new"
    scene.say(relation="duplicate-of")
    pull(scene.here, scene.third)
    scene.follower.follow()
    assert shelf.keep_up()
    newest = shelf.all()[0]
    assert newest.name != first.name
    assert newest.position == first.position, "no record changed"
    assert lines(newest.folder)[:3] == lines(first.folder)
    assert {name: (first.folder / name).read_bytes() for name in FILES} == before


def test_what_names_an_erased_record_is_gone_at_once(scene: Scene, shelf: Shelf) -> None:
    shelf.keep_up()
    name = shelf.latest()
    scene.erase()
    with pytest.raises(Gone):
        shelf.path(name, "relations.csv")
    assert shelf.keep_up()
    folder = shelf.all()[0].folder
    assert lines(folder) == []
    for file in FILES:
        whole = (folder / file).read_bytes()
        assert scene.theirs.encode() not in (gzip.decompress(whole) if file.endswith(".gz") else whole)
    assert pq.read_table(folder / "relations.parquet").num_rows == 0
