"""The command ``commons export``: public records as one file, all of them or those of a query."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import click

from api.node import Node
from registry.record.types import PublicRecord
from registry.sharing.dumps import formats
from registry.sharing.dumps.columns import columns, row
from search import SearchRequest, parse_request
from web.cli.node import json_option, opened, progress, show
from web.cli.records import asked_for

PAGE = 50


@click.command("export")
@click.option("--format", "kind", required=True, type=click.Choice(["csv", "jsonl", "parquet"]))
@click.argument("path", type=click.Path(dir_okay=False, writable=True, path_type=Path))
@click.option("--query", default="", help="Only what this search finds.")
@click.option("--filter", "filters", multiple=True, metavar="FACET=CODE", help="May repeat.")
@json_option
def export(kind: str, path: Path, query: str, filters: tuple[str, ...], *, as_json: bool) -> None:
    """Write public records into a file: all, or those of a query. The file is replaced when it is whole.

    A jsonl file whose name ends in .gz is packed.
    """
    report = progress("Exported")
    with opened() as node:
        request = parse_request(asked_for(query, filters), node.taxonomy)
        records = _all(node) if request == SearchRequest() else _found(node, request)
        beside = path.with_name(f".new-{path.name}")
        count = 0
        try:
            with _writer(kind, beside, node) as write:
                for record in records:
                    write(record)
                    count += 1
            beside.replace(path)
        finally:
            beside.unlink(missing_ok=True)
    report(count, count)
    show({"records": count, "path": str(path)}, f"{count} records in {path}", as_json=as_json)


@contextmanager
def _writer(kind: str, path: Path, node: Node) -> Iterator[formats.Write]:
    if kind == "jsonl":
        with formats.jsonl(path) as write:
            yield write
        return
    table = columns(node.taxonomy)
    with (formats.table if kind == "csv" else formats.parquet)(path, table) as write_row:
        yield lambda record: write_row(row(record, table))


def _all(node: Node) -> Iterator[PublicRecord]:
    return (item.record for item in node.harvest.every() if item.record is not None)


def _found(node: Node, request: SearchRequest) -> Iterator[PublicRecord]:
    """What a search finds, in its order; nothing that it found by relaxing the question."""
    asked: SearchRequest | None = replace(request, limit=PAGE, facets=False, highlight=False)
    while asked is not None:
        result = node.search.search(asked)
        if result.relaxed:
            return
        ids = [hit.id for hit in result.hits]
        records = node.records.read_many(ids)
        yield from (records[key] for key in ids if key in records)
        asked = None if result.next is None else replace(asked, cursor=result.next)
