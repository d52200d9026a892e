"""This node for portals of data: DCAT-AP at ``/catalog.ttl`` and ``/catalog.jsonld``."""

from __future__ import annotations

import json
from collections.abc import Iterator

from flask import Blueprint, Response

from api import problems
from api.auth import counted
from api.harvest.whereabouts import place_of
from api.node import Node, the_node
from api.reply import PUBLIC, document, dumps
from registry.errors import CommonsError
from registry.sharing import catalogue
from registry.sharing.catalogue import PREFIXES, File, Newest
from registry.sharing.dumps.snapshot import MANIFEST, TABLES
from taxonomy import graph
from taxonomy.skos import jsonld, turtle

blueprint = Blueprint("catalogue", __name__)
blueprint.register_error_handler(CommonsError, problems.from_error)


@blueprint.get("/catalog.ttl")
@counted("read")
def as_turtle() -> Response:
    """The catalogue in Turtle."""
    return document(turtle(_nodes(the_node()), PREFIXES).encode(), "text/turtle", PUBLIC)


@blueprint.get("/catalog.jsonld")
@counted("read")
def as_jsonld() -> Response:
    """The same in JSON-LD."""
    return document(dumps(jsonld(_nodes(the_node()), PREFIXES)), "application/ld+json", PUBLIC)


def _nodes(node: Node) -> Iterator[graph.Node]:
    today = node.clock().date()
    begun, changed = node.harvest.days() or (today, today)
    return catalogue.nodes(place_of(node), node.settings.contact_address, begun, changed, _newest(node))


def _newest(node: Node) -> Newest | None:
    """The newest snapshot that is given out, by its manifest."""
    for one in node.exports.all():
        told = json.loads((one.folder / MANIFEST).read_bytes())["files"]
        files = [
            File(file["name"], file["media_type"], file["bytes"], file["sha256"])
            for file in told
            if file["name"] in TABLES
        ]
        return Newest(one.name, one.made, files)
    return None
