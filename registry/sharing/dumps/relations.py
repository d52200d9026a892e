"""How records of different nodes belong together, as a table of its own: one row for each word of a node.

No record is touched by what a node says of it and another one, so this cannot stand in the records' tables.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final

from registry.federation.claim_rules import Stand
from registry.federation.claims_told import ToldClaim, ToldClaims
from registry.ledger.claims import RELATIONS
from registry.record.ids import ID_PATTERN
from registry.sharing.dumps import formats
from registry.sharing.dumps.columns import NUMBER, TEXT, Column, Row

FILES: Final = {
    "relations.ndjson.gz": "application/gzip",
    "relations.csv": "text/csv",
    "relations.parquet": "application/vnd.apache.parquet",
}
KEY: Final = ("node", "position")
"""The columns by which a row is known: the log and the entry in it."""
GIVEN: Final = tuple(one.value for one in Stand if one is not Stand.GONE)
COLUMNS: Final = (
    Column("node", TEXT, "full id of the node whose word it is"),
    Column("node_name", TEXT, "name of that node"),
    Column("position", NUMBER, "position of the entry in its log"),
    Column("relation", TEXT, f"how both belong together: {', '.join(RELATIONS)}"),
    Column("record", TEXT, "the record of that node"),
    Column("related", TEXT, "the record of another node that it belongs to"),
    Column("state", TEXT, "stands, withdrawn by its node, or rests while one of both records is retracted"),
    Column("since", TEXT, "day on which it was first given out here, ISO 8601"),
    Column("changed", TEXT, "day on which its state or that of the records changed last here, ISO 8601"),
    Column("withdrawn", NUMBER, "position of the entry that takes it back"),
)


def row(claim: ToldClaim) -> Row:
    """Column → value."""
    told = claim.to_json()
    return {column.name: told.get(column.name) for column in COLUMNS}


def write(folder: Path, claims: ToldClaims) -> int:
    """Write every claim that is given out into each file, by node and position; how many there are."""
    count = 0
    with formats.files(folder, "relations", COLUMNS) as put:
        for claim in claims.every():
            count += 1
            put(claim, row(claim))
    return count


def json_schema() -> dict[str, Any]:
    """A line of the NDJSON; members may be added, none of these is renamed."""
    place, day = {"type": "integer", "minimum": 0}, {"type": "string", "format": "date"}
    record = {"type": "string", "pattern": f"^{ID_PATTERN}$"}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "What a node says of a record of its own and one of another node",
        "type": "object",
        "required": [column.name for column in COLUMNS if column.name != "withdrawn"],
        "properties": {
            "node": {"type": "string", "pattern": "^[A-Z2-7]{52}$"},
            "node_name": {"type": "string"},
            "position": place,
            "relation": {"enum": list(RELATIONS)},
            "record": record,
            "related": record,
            "state": {"enum": list(GIVEN)},
            "since": day,
            "changed": day,
            "withdrawn": place,
        },
    }
