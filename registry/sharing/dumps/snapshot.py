"""A snapshot: all records, and how they belong together, in every format, with what is needed to use them.

Its folder is written beside and renamed at the end, so it is there whole or not at all.
"""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Final

from registry.federation.claims_told import ToldClaims
from registry.sharing.dumps import formats, relations
from registry.sharing.dumps.columns import columns, row
from registry.sharing.dumps.schema import json_schema, table_schema
from registry.sharing.harvest import Harvest
from registry.sharing.licences import MIXED
from taxonomy import Taxonomy

RECORDS: Final = {
    "records.ndjson.gz": "application/gzip",
    "records.csv": "text/csv",
    "records.parquet": "application/vnd.apache.parquet",
}
"""The files with records, and their media types."""
MANIFEST, SUMS, CHECKPOINT = "manifest.json", "SHA256SUMS", "checkpoint"
TABLES: Final = RECORDS | relations.FILES
"""The files with what a reader is after; all others are about them."""
FILES: Final = TABLES | {
    "schema.json": "application/schema+json",
    "table-schema.json": "application/json",
    "relations-schema.json": "application/schema+json",
    "relations-table-schema.json": "application/json",
    MANIFEST: "application/json",
    SUMS: "text/plain",
    CHECKPOINT: "text/plain",
}
"""Every file that a snapshot may have."""
BESIDE: Final = ".new"
_PIECE = 1 << 20
Note = Callable[[], bytes | None]
"""Gives the newest signed checkpoint of the node's log, or None where it has none."""


@dataclass(frozen=True, slots=True)
class Source:
    """What a snapshot is made of."""

    harvest: Harvest
    claims: ToldClaims
    taxonomy: Taxonomy

    def told(self) -> int:
        """Place of the newest word on how records belong together."""
        return self.claims.position()


@dataclass(frozen=True, slots=True)
class Made:
    """A finished snapshot: its name, the position of the last change in it, and how much it holds.

    ``told`` is a place in the order of claims that it goes up to at least.
    """

    name: str
    position: int
    told: int
    records: int
    relations: int


def make(folder: Path, source: Source, day: date, note: Note) -> Made:
    """Write a snapshot of what is public now into a folder of its own within this one."""
    beside = folder / BESIDE
    shutil.rmtree(beside, ignore_errors=True)
    beside.mkdir(parents=True)
    checkpoint, told = note(), source.told()
    count, position = _records(beside, source.harvest, source.taxonomy)
    # After the records: what is erased in between is missing here, and then the whole is not given out.
    related = relations.write(beside, source.claims)
    _schemas(beside, source.taxonomy)
    if checkpoint is not None:
        (beside / CHECKPOINT).write_bytes(checkpoint)
    made = Made(f"{day.isoformat()}-{position}", position, told, count, related)
    _put(beside / MANIFEST, _manifest(beside, made, day, source.taxonomy))
    lines = [f"{_sum(path)}  {path.name}\n" for path in sorted(beside.iterdir())]
    (beside / SUMS).write_text("".join(lines), "ascii")
    target = folder / made.name
    if target.exists():  # the same day and the same records: the one that is there is as good
        shutil.rmtree(beside)
    else:
        beside.replace(target)
    return made


def _records(folder: Path, harvest: Harvest, taxonomy: Taxonomy) -> tuple[int, int]:
    """Write every record into each file; how many there are, and the position of the last change."""
    table, count, position = columns(taxonomy), 0, 0
    with formats.files(folder, "records", table) as put:
        for item in harvest.every():
            position = item.seq
            if item.record is not None:
                count += 1
                put(item.record, row(item.record, table))
    return count, position


def _schemas(folder: Path, taxonomy: Taxonomy) -> None:
    """What lines and columns mean, for records and for how they belong together."""
    _put(folder / "schema.json", json_schema())
    _put(folder / "table-schema.json", table_schema(columns(taxonomy)))
    _put(folder / "relations-schema.json", relations.json_schema())
    _put(folder / "relations-table-schema.json", table_schema(relations.COLUMNS, relations.KEY))


def _manifest(folder: Path, made: Made, day: date, taxonomy: Taxonomy) -> dict[str, Any]:
    return {
        "name": made.name,
        "made": day.isoformat(),
        "position": made.position,
        "told": made.told,
        "records": made.records,
        "relations": made.relations,
        "taxonomy": taxonomy.version,
        "licence": MIXED,
        "files": [_about(path) for path in _in_order(folder)],
    }


def _about(path: Path) -> dict[str, Any]:
    size = path.stat().st_size
    return {"name": path.name, "media_type": FILES[path.name], "bytes": size, "sha256": _sum(path)}


def _in_order(folder: Path) -> Iterator[Path]:
    return (folder / name for name in FILES if (folder / name).exists())


def _put(path: Path, document: dict[str, Any]) -> None:
    path.write_text(json.dumps(document, indent=1, ensure_ascii=False) + "\n", "utf-8")


def _sum(path: Path) -> str:
    whole = hashlib.sha256()
    with path.open("rb") as file:
        while piece := file.read(_PIECE):
            whole.update(piece)
    return whole.hexdigest()
