"""Feeds at ``/feeds/atom.xml`` and ``/feeds/feed.json``: what changed last, of everything or of a search.

A record that is revised, disputed or retracted comes to the top again with its state in its title.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from flask import Blueprint, Response, request

from api import problems
from api.auth import counted
from api.harvest.atom import Feed, to_atom, to_json_feed
from api.harvest.whereabouts import place_of
from api.node import Node, the_node
from api.reply import PUBLIC, document, dumps
from registry.errors import CommonsError
from registry.sharing.entries import entry
from search import SearchRequest, parse_request

blueprint = Blueprint("feeds", __name__, url_prefix="/feeds")
blueprint.register_error_handler(CommonsError, problems.from_error)

ENTRIES: Final = 50
LOOKED_AT: Final = 500
"""Records of a search, the newest by publication, among which those that changed last are told."""
NOT_ASKED: Final = ("sort", "limit", "cursor", "facets", "highlight", "lang")
"""Parameters of a search that change nothing here."""


@blueprint.get("/atom.xml")
@counted("search")
def atom() -> Response:
    """Atom (RFC 4287)."""
    node = the_node()
    return document(to_atom(_feed(node), place_of(node)), "application/atom+xml", PUBLIC)


@blueprint.get("/feed.json")
@counted("search")
def json_feed() -> Response:
    """JSON Feed 1.1."""
    node = the_node()
    return document(dumps(to_json_feed(_feed(node), place_of(node))), "application/feed+json", PUBLIC)


def _feed(node: Node) -> Feed:
    """The newest changes of what the query string finds; of everything where it asks for nothing."""
    place, settings = place_of(node), node.settings
    given = {key: values for key, values in request.args.lists() if key not in NOT_ASKED}
    asked = parse_request(given, node.taxonomy)
    narrowed = asked != SearchRequest()
    items = node.harvest.newest(ENTRIES, _found(node, asked) if narrowed else None)
    query = f"?{request.query_string.decode('ascii', 'replace')}" if narrowed else ""
    return Feed(
        title=f"{settings.node_name}: {asked.q}" if asked.q else settings.node_name,
        address=f"{place.address}{request.path}{query}",
        page=f"{place.address}/{query}",
        updated=items[0].changed if items else node.clock().date(),
        entries=[entry(item.record, node.taxonomy, place) for item in items if item.record],
        erased=[(place.identifier(item.id), item.changed) for item in items if item.record is None],
    )


def _found(node: Node, asked: SearchRequest) -> list[str]:
    """Ids of what a search finds, the newest first, at most ``LOOKED_AT``; nothing it found by relaxing."""
    asked = replace(asked, sort="-published", limit=50, facets=False, highlight=False)
    ids: list[str] = []
    while len(ids) < LOOKED_AT:
        result = node.search.search(asked)
        if result.relaxed:
            return []
        ids += [hit.id for hit in result.hits]
        if result.next is None:
            break
        asked = replace(asked, cursor=result.next)
    return ids
