"""Commands on public records: publish, search, reindex."""

from __future__ import annotations

from typing import Any

import click

from registry.errors import N_, Invalid, Problem
from search import Hit, Indexer, parse_request
from web.cli.node import json_option, opened, progress, show, sign
from web.indexing import follow, rebuild


@click.command()
@click.option(
    "--now",
    is_flag=True,
    help="Publish all that is accepted, held back or not.",
)
@json_option
def publish(*, now: bool, as_json: bool) -> None:
    """Run the publication batch."""
    with opened() as node:
        if not now and not node.private.publication.batch_is_due():
            show({"published": []}, "No batch is due. Use --now to publish at once.", as_json=as_json)
            return
        ids = node.private.publication.publish_batch(early=now)
        changed = node.private.record_changes.carry_out(early=now)
        sign(node)
        follow(node.records, Indexer(node.settings.index_dir, node.taxonomy))
    text = "\n".join([f"{len(ids)} published", *ids, *(f"{key} changed" for key in changed)])
    show({"published": ids, "changed": changed}, text, as_json=as_json)


@click.command("search")
@click.argument("query")
@click.option("--filter", "filters", multiple=True, metavar="FACET=CODE", help="May repeat.")
@click.option("--limit", default=10, show_default=True, type=click.IntRange(1, 50))
@json_option
def search_command(query: str, filters: tuple[str, ...], limit: int, *, as_json: bool) -> None:
    """Search public records."""
    asked = asked_for(query, filters) | {"limit": [str(limit)]}
    with opened() as node:
        result = node.search.search(parse_request(asked, node.taxonomy))
    items = [_item(hit) for hit in result.hits]
    lines = [
        f"{result.total} found",
        *(f"{item['id']}  {item['date'] or '-'}  {item['title']}" for item in items),
    ]
    show({"total": result.total, "items": items}, "\n".join(lines), as_json=as_json)


@click.command()
@json_option
def reindex(*, as_json: bool) -> None:
    """Rebuild the search index from the public database, beside the old one, then swap."""
    with opened() as node:
        indexer = Indexer(node.settings.index_dir, node.taxonomy)
        count = rebuild(node.records, indexer, progress("Indexed"))
    show({"records": count}, f"{count} records indexed", as_json=as_json)


def asked_for(query: str, filters: tuple[str, ...]) -> dict[str, list[str]]:
    """The parameters of a search by what was typed; raises ``Invalid`` for a filter without a code."""
    asked = {"q": [query]}
    for pair in filters:
        facet, equals, code = pair.partition("=")
        if not equals:
            raise Invalid([Problem("/filter", N_("Write filters as FACET=CODE."))])
        asked.setdefault(facet, []).append(code)
    return asked


def _item(hit: Hit) -> dict[str, Any]:
    return {"id": hit.id, "title": hit.title, "date": hit.date, "source": hit.source}
