"""A program of its own: rows as lines of JSON on standard input become a Parquet file.

``python -m registry.sharing.dumps.parquet_child FILE COLUMNS``, where COLUMNS is a JSON list of
[name, type]. Rows are lists of values; a few thousand are held at a time.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

AT_ONCE = 2_000
"""Rows of a group."""
TYPES = {
    "string": pa.string(),
    "list": pa.list_(pa.string()),
    "integer": pa.int32(),
    "boolean": pa.bool_(),
}


def main(path: str, columns: str) -> None:
    """Write the file."""
    shape = pa.schema([(name, TYPES[kind]) for name, kind in json.loads(columns)])
    with pq.ParquetWriter(path, shape, compression="zstd") as writer:
        for rows in _batches(sys.stdin.buffer):
            columns_of = zip(zip(*rows, strict=True), shape, strict=True)
            arrays = [pa.array(values, field.type) for values, field in columns_of]
            writer.write_table(pa.Table.from_arrays(arrays, schema=shape))


def _batches(lines: Iterable[bytes]) -> Iterator[list[list[Any]]]:
    rows = (json.loads(line) for line in lines)
    while batch := list(islice(rows, AT_ONCE)):
        yield batch


if __name__ == "__main__":
    main(*sys.argv[1:])
