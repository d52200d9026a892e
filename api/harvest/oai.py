"""OAI-PMH 2.0 at ``/oai``: all records for libraries and aggregators, deletions included.

Lists go by the integer order of changes (``registry.sharing.harvest``), not by time; a record that
changes while somebody harvests comes again at the end. Deletions are kept for ever.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final
from xml.etree.ElementTree import Element, SubElement

from flask import Blueprint, Response, request

from api import problems
from api.auth import counted
from api.harvest import oai_xml
from api.harvest.oai_asking import FORMATS, LISTS, TOKEN, Listed, check, listed
from api.harvest.oai_faults import BadToken, NoMatch, OaiFault, UnknownFormat, UnknownId
from api.harvest.oai_xml import Writer
from api.harvest.whereabouts import place_of
from api.node import Node, the_node
from api.reply import PUBLIC
from registry.errors import CommonsError
from registry.sharing.markup import add

blueprint = Blueprint("oai", __name__)
blueprint.register_error_handler(CommonsError, problems.from_error)

PAGE: Final = 100
"""Records on a page."""


@blueprint.route("/oai", methods=["GET", "POST"])
@counted("read")
def answer() -> Response:
    """The answer to one of the six verbs; errors are answers too, with status 200 (section 3.6)."""
    given = request.form if request.method == "POST" else request.args
    node = the_node()
    base = f"{node.settings.base_url.rstrip('/')}/oai"
    arguments: dict[str, str] = {}
    try:
        arguments = check(given.to_dict(flat=False))
        root = oai_xml.document(base, node.clock(), arguments)
        VERBS[arguments["verb"]](node, root, arguments)
    except OaiFault as fault:
        root = oai_xml.document(base, node.clock(), {} if fault.quiet else arguments)
        oai_xml.error(root, fault)
    response = Response(oai_xml.written(root), content_type="text/xml; charset=utf-8")
    response.headers["Cache-Control"] = PUBLIC
    return response


def _identify(node: Node, root: Element, _: dict[str, str]) -> None:
    whole = SubElement(root, oai_xml.oai("Identify"))
    days = node.harvest.days()
    earliest = days[0] if days else node.clock().date()
    for name, text in (
        ("repositoryName", node.settings.node_name),
        ("baseURL", f"{node.settings.base_url.rstrip('/')}/oai"),
        ("protocolVersion", "2.0"),
        ("adminEmail", node.settings.contact_address),
        ("earliestDatestamp", earliest.isoformat()),
        ("deletedRecord", "persistent"),
        ("granularity", "YYYY-MM-DD"),
    ):
        add(whole, oai_xml.oai(name), text)


def _formats(node: Node, root: Element, arguments: dict[str, str]) -> None:
    if "identifier" in arguments:
        record_id = place_of(node).record_id(arguments["identifier"])
        if record_id is None or node.harvest.one(record_id) is None:
            raise UnknownId
    oai_xml.formats(SubElement(root, oai_xml.oai("ListMetadataFormats")))


def _sets(node: Node, root: Element, arguments: dict[str, str]) -> None:
    if TOKEN in arguments:
        raise BadToken  # this list has one page
    oai_xml.sets(SubElement(root, oai_xml.oai("ListSets")), *node.harvest.kinds())


def _one(node: Node, root: Element, arguments: dict[str, str]) -> None:
    record_id = place_of(node).record_id(arguments["identifier"])
    item = node.harvest.one(record_id) if record_id else None
    if item is None:
        raise UnknownId
    if arguments["metadataPrefix"] not in FORMATS:
        raise UnknownFormat
    whole = SubElement(root, oai_xml.oai("GetRecord"))
    Writer(node.taxonomy, place_of(node)).record(whole, item, arguments["metadataPrefix"])


def _list(node: Node, root: Element, arguments: dict[str, str]) -> None:
    asked, writer = listed(arguments), Writer(node.taxonomy, place_of(node))
    if asked.after > node.harvest.position():
        raise BadToken
    page = node.harvest.page(asked.wanted, after=asked.after, limit=PAGE)
    if not page.items:
        raise NoMatch
    whole = SubElement(root, oai_xml.oai(arguments["verb"]))
    for item in page.items:
        if arguments["verb"] == "ListRecords":
            writer.record(whole, item, asked.prefix)
        else:
            writer.header(whole, item)
    _go_on(whole, asked, page.items[-1].seq if page.more else None, len(page.items))


def _go_on(whole: Element, asked: Listed, last: int | None, count: int) -> None:
    if last is not None:
        oai_xml.token(whole, asked.beyond(last, count), asked.before)
    elif asked.after:
        oai_xml.token(whole, "", asked.before)


VERBS: Final[dict[str, Callable[[Node, Element, dict[str, str]], None]]] = {
    "Identify": _identify,
    "ListMetadataFormats": _formats,
    "ListSets": _sets,
    "GetRecord": _one,
    **dict.fromkeys(LISTS, _list),
}
