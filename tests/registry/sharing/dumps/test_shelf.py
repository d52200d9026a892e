"""Snapshots: whole or not there, checked by their sums, and gone once something in them is erased."""

from __future__ import annotations

import csv
import gzip
import hashlib
import json
from datetime import date
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from jsonschema import Draft202012Validator
from sqlalchemy import delete, update

from registry.db.public import PublicDatabase
from registry.errors import Gone, NotFound, Unavailable
from registry.federation.claims_told import Speaker, ToldClaims
from registry.formulas import unguard
from registry.record import store
from registry.record.counters import CHANGES
from registry.record.models import CounterRow, RecordRow, RelationRow, VersionRow
from registry.record.types import Tombstone
from registry.sharing.dumps import formats
from registry.sharing.dumps.columns import as_text, columns, row
from registry.sharing.dumps.schema import json_schema
from registry.sharing.dumps.shelf import KEPT, Shelf
from registry.sharing.dumps.snapshot import FILES, Source
from registry.sharing.harvest import Harvest
from taxonomy import load
from tests.api.stock import stock
from tests.conftest import SettableClock
from tests.registry.record.samples import record, told


@pytest.fixture
def shelf(public_db: PublicDatabase, tmp_path: Path, clock: SettableClock) -> Shelf:
    claims = ToldClaims(public_db, Speaker("A" * 52, "Test node", "https://node.example"))
    return Shelf(tmp_path / "exports", Source(Harvest(public_db), claims, load()), clock, days=1)


def fill(public: PublicDatabase, count: int = 12) -> None:
    with public.work() as session:
        for one in stock(count):
            store.create(session, one)


def erase(public: PublicDatabase, record_id: str) -> None:
    with public.work() as session:
        store.erase(session, Tombstone(record_id, "privacy", date(2026, 11, 24)))


def test_every_format_holds_the_same_records(public_db: PublicDatabase, shelf: Shelf) -> None:
    fill(public_db)
    assert shelf.keep_up()
    folder = shelf.all()[0].folder
    lines = gzip.decompress((folder / "records.ndjson.gz").read_bytes()).splitlines()
    documents = [json.loads(line) for line in lines]
    assert documents == [one.to_json() for one in stock(12)]
    for document in documents:
        Draft202012Validator(json_schema()).validate(document)
    table = columns(load())
    expected = [row(one, table) for one in stock(12)]
    assert pq.read_table(folder / "records.parquet").to_pylist() == expected
    with (folder / "records.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = [{name: unguard(cell) for name, cell in one.items()} for one in csv.DictReader(file)]
    assert rows == [{name: as_text(value) for name, value in one.items()} for one in expected]
    fields = json.loads((folder / "table-schema.json").read_bytes())["fields"]
    assert [field["name"] for field in fields] == [column.name for column in table]


def test_sums_and_manifest_fit_the_files(public_db: PublicDatabase, shelf: Shelf) -> None:
    fill(public_db)
    shelf.keep_up(lambda: b"a note\n")
    folder = shelf.all()[0].folder
    manifest = json.loads((folder / "manifest.json").read_bytes())
    assert (manifest["name"], manifest["records"], manifest["position"]) == ("2026-11-24-12", 12, 12)
    assert (folder / "checkpoint").read_bytes() == b"a note\n"
    sums = dict(line.split("  ")[::-1] for line in (folder / "SHA256SUMS").read_text("ascii").splitlines())
    assert set(sums) == set(FILES) - {"SHA256SUMS"}
    for name, told_sum in sums.items():
        assert hashlib.sha256((folder / name).read_bytes()).hexdigest() == told_sum
    for file in manifest["files"]:
        assert file["sha256"] == sums[file["name"]]
        assert file["bytes"] == (folder / file["name"]).stat().st_size


def test_a_snapshot_is_made_once_a_day_and_only_for_news(
    public_db: PublicDatabase, shelf: Shelf, clock: SettableClock
) -> None:
    assert not shelf.keep_up(), "there is nothing yet"
    with pytest.raises(NotFound):
        shelf.latest()
    fill(public_db, 3)
    assert [shelf.keep_up(), shelf.keep_up()] == [True, False]
    clock.forward(days=2)
    assert not shelf.keep_up(), "nothing is new"
    for n in range(KEPT + 1):
        with public_db.work() as session:
            store.create(session, record(f"aiid:{n + 100}"))
        assert shelf.keep_up()
        clock.forward(days=1)
    shelf.keep_up()
    assert len(shelf.all()) == KEPT
    assert shelf.latest() == shelf.all()[0].name


def test_an_erased_record_is_in_no_snapshot_from_that_moment(
    public_db: PublicDatabase, shelf: Shelf, tmp_path: Path
) -> None:
    fill(public_db)
    shelf.keep_up()
    name, victim = shelf.latest(), stock(12)[3].id
    assert victim.encode() in shelf.path(name, "records.csv").read_bytes()
    erase(public_db, victim)
    assert shelf.all() == []
    with pytest.raises(Gone):
        shelf.path(name, "records.csv")
    assert shelf.keep_up(), "the next one is made at once"
    assert not (tmp_path / "exports" / name).exists()
    assert shelf.latest() == "2026-11-24-13"
    whole = b"".join(
        gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
        for path in (tmp_path / "exports").rglob("*.*")
        if path.is_file()
    )
    assert victim.encode() not in whole
    with pytest.raises(Gone):
        shelf.path(name, "records.csv")


def test_a_snapshot_of_a_later_moment_than_the_database_is_not_given_out(
    public_db: PublicDatabase, shelf: Shelf
) -> None:
    """The database was put back to a backup; what is erased in it now is in the snapshot."""
    fill(public_db, 8)
    shelf.keep_up()
    later, victim = shelf.latest(), stock(8)[0].id
    gone = [one.id for one in stock(8)[6:]]
    with public_db.work() as session:
        for column in (RelationRow.record_id, VersionRow.record_id, RecordRow.id):
            session.execute(delete(column.class_).where(column.in_(gone)))
        session.execute(update(CounterRow).where(CounterRow.name == CHANGES).values(value=6))
    assert shelf.all() == []
    shelf.clear()
    erase(public_db, victim)
    with public_db.work() as session:
        for one in stock(8)[6:]:
            store.create(session, one)
    assert shelf.all() == [], "the database has grown to that position again"
    with pytest.raises(Gone):
        shelf.path(later, "records.csv")
    shelf.keep_up()
    assert victim.encode() not in shelf.path(shelf.latest(), "records.csv").read_bytes()


def test_what_never_was_is_not_found(public_db: PublicDatabase, shelf: Shelf) -> None:
    fill(public_db, 2)
    shelf.keep_up()
    for name, file in (
        (shelf.latest(), "checkpoint"),
        (shelf.latest(), "../node.key"),
        ("..", "records.csv"),
    ):
        with pytest.raises(NotFound):
            shelf.path(name, file)


def test_what_a_killed_run_left_is_cleared(public_db: PublicDatabase, shelf: Shelf, tmp_path: Path) -> None:
    fill(public_db, 2)
    left = tmp_path / "exports" / ".new" / "records.csv"
    left.parent.mkdir(parents=True)
    left.write_text("half")
    assert shelf.keep_up()
    assert not left.parent.exists()
    assert "half" not in shelf.path(shelf.latest(), "records.csv").read_text("utf-8")


def test_no_cell_is_a_formula(tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    with formats.table(path, columns(load())) as write:
        write(row(record(account=told(title="=HYPERLINK(1)", text="+1")), columns(load())))
    line = path.read_text("utf-8-sig").splitlines()[1]
    assert "'=HYPERLINK(1)" in line
    assert ",'+1," in line


def test_parquet_that_cannot_be_written_is_said(tmp_path: Path) -> None:
    with (
        pytest.raises(Unavailable),
        formats.parquet(tmp_path / "none" / "t.parquet", columns(load())) as write,
    ):
        write(row(record(), columns(load())))
