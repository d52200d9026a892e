"""The peer: Datasette with SQLite full-text search over the same records and the same facets.

The records come from our own API export of the node under test, so that both hold the same texts
and codes. Facets are JSON arrays, which Datasette counts with ``_facet_array``.
"""

from __future__ import annotations

import json
import sqlite3
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

from bench.nodes import Server, free_port, serving
from registry.record.types import PublicRecord
from taxonomy import load

PLAIN_FACETS = ("source", "language", "type")


def build(records: Iterator[PublicRecord], path: Path) -> int:
    """A SQLite database with a full-text table and a column for each facet; returns the count."""
    taxonomy, facets = load(), _array_facets()
    database = sqlite3.connect(path)
    columns = ", ".join(f'"{name}" TEXT' for name in (*PLAIN_FACETS, *facets))
    database.execute(
        f"CREATE TABLE records (id TEXT PRIMARY KEY, title TEXT, text TEXT, labels TEXT, {columns})"
    )
    marks = ", ".join("?" * (4 + len(PLAIN_FACETS) + len(facets)))
    count = 0
    for record in records:
        codes = {**record.codes(), "country": record.account.countries}
        labels = " ".join(taxonomy.label(c) for found in record.codes().values() for c in found)
        row = [record.id, record.account.title, record.account.text, labels]
        row += [record.provenance.source, record.account.language, record.type.value]
        row += [json.dumps(_closure(codes.get(facet, ()))) for facet in facets]
        database.execute(f"INSERT INTO records VALUES ({marks})", row)  # noqa: S608 - only question marks
        count += 1
    database.execute(
        "CREATE VIRTUAL TABLE records_fts "
        "USING fts5(title, text, labels, content='records', tokenize='porter')"
    )
    database.execute("INSERT INTO records_fts(records_fts) VALUES ('rebuild')")
    database.commit()
    database.close()
    return count


@contextmanager
def datasette(path: Path) -> Iterator[Server]:
    """Datasette on that file, with time limits high enough for every facet to be counted."""
    port = free_port()
    limits = ["--setting", "sql_time_limit_ms", "20000", "--setting", "facet_time_limit_ms", "20000"]
    program = [sys.executable, "-m", "datasette", "serve", "-i", str(path), "-p", str(port), *limits]
    with serving(program, port, "/-/versions.json") as server:
        yield server


def address(pair: str, path: Path) -> str:
    """Our query and filter as a Datasette address with the same facets."""
    text, _, narrowing = pair.partition("|")
    facets = "".join(f"&_facet_array={quote(facet)}" for facet in _array_facets())
    facets += "".join(f"&_facet={facet}" for facet in PLAIN_FACETS)
    return f"/{path.stem}/records.json?_size=20&_search={quote(_match(text))}{facets}{_narrow(narrowing)}"


def _match(text: str) -> str:
    """Plain questions become any-word searches, as ours are; exclusions become NOT."""
    return text.replace("-", " ")


def _narrow(narrowing: str) -> str:
    facet, _, code = narrowing.removeprefix("&").partition("=")
    if not facet:
        return ""
    return f"&{facet}={code}" if facet in PLAIN_FACETS else f"&{facet}__arraycontains={quote(code)}"


def _array_facets() -> list[str]:
    return [*load().facets, "country"]


def _closure(codes: tuple[str, ...]) -> list[str]:
    """Codes with the broader ones they lie under, as our index has them."""
    taxonomy = load()
    known = {code for facet in taxonomy.facets.values() for code in facet.values}
    wide = [c for code in codes for c in (code, *(taxonomy.ancestors(code) if code in known else ()))]
    return list(dict.fromkeys(wide))
