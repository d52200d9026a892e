"""OAI-PMH 2.0: all records at ``/oai``, and what joins them at ``/oai/relations``, deletions included.

Lists go by the integer order of changes, not by time; what changes while somebody harvests comes again at
the end. Deletions are kept for ever.
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
from api.harvest.oai_faults import BadToken, NoMatch, NoSets, OaiFault, UnknownFormat, UnknownId
from api.harvest.oai_repositories import Records, Relations, Repository
from api.node import the_node
from api.reply import PUBLIC
from registry.errors import CommonsError
from registry.sharing.markup import add

blueprint = Blueprint("oai", __name__)
blueprint.register_error_handler(CommonsError, problems.from_error)

PAGE: Final = 100
"""Records on a page."""


@blueprint.route(Records.path, methods=["GET", "POST"])
@counted("read")
def answer() -> Response:
    """About all records."""
    return _answer(Records(the_node()))


@blueprint.route(Relations.path, methods=["GET", "POST"])
@counted("read")
def relations() -> Response:
    """About how records of different nodes belong together."""
    return _answer(Relations(the_node()))


def _answer(repository: Repository) -> Response:
    """The answer to one of the six verbs; errors are answers too, with status 200 (section 3.6)."""
    given = request.form if request.method == "POST" else request.args
    base, arguments = _base(repository), dict[str, str]()
    try:
        arguments = check(given.to_dict(flat=False))
        root = oai_xml.document(base, the_node().clock(), arguments)
        VERBS[arguments["verb"]](repository, root, arguments)
    except OaiFault as fault:
        root = oai_xml.document(base, the_node().clock(), {} if fault.quiet else arguments)
        oai_xml.error(root, fault)
    response = Response(oai_xml.written(root), content_type="text/xml; charset=utf-8")
    response.headers["Cache-Control"] = PUBLIC
    return response


def _base(repository: Repository) -> str:
    return the_node().settings.base_url.rstrip("/") + repository.path


def _identify(repository: Repository, root: Element, _: dict[str, str]) -> None:
    whole = SubElement(root, oai_xml.oai("Identify"))
    days = repository.days()
    earliest = days[0] if days else the_node().clock().date()
    for name, text in (
        ("repositoryName", repository.title),
        ("baseURL", _base(repository)),
        ("protocolVersion", "2.0"),
        ("adminEmail", the_node().settings.contact_address),
        ("earliestDatestamp", earliest.isoformat()),
        ("deletedRecord", "persistent"),
        ("granularity", "YYYY-MM-DD"),
    ):
        add(whole, oai_xml.oai(name), text)


def _formats(repository: Repository, root: Element, arguments: dict[str, str]) -> None:
    if "identifier" in arguments and repository.one(arguments["identifier"]) is None:
        raise UnknownId
    oai_xml.formats(SubElement(root, oai_xml.oai("ListMetadataFormats")))


def _sets(repository: Repository, root: Element, arguments: dict[str, str]) -> None:
    if TOKEN in arguments:
        raise BadToken  # this list has one page
    sets = repository.sets()
    if not sets:
        raise NoSets
    oai_xml.sets(SubElement(root, oai_xml.oai("ListSets")), sets)


def _one(repository: Repository, root: Element, arguments: dict[str, str]) -> None:
    thing = repository.one(arguments["identifier"])
    if thing is None:
        raise UnknownId
    if arguments["metadataPrefix"] not in FORMATS:
        raise UnknownFormat
    oai_xml.record(SubElement(root, oai_xml.oai("GetRecord")), thing, arguments["metadataPrefix"])


def _list(repository: Repository, root: Element, arguments: dict[str, str]) -> None:
    asked = listed(arguments)
    if asked.after > repository.position():
        raise BadToken
    things, more = repository.page(asked.wanted, after=asked.after, limit=PAGE)
    if not things:
        raise NoMatch
    whole = SubElement(root, oai_xml.oai(arguments["verb"]))
    for thing in things:
        if arguments["verb"] == "ListRecords":
            oai_xml.record(whole, thing, asked.prefix)
        else:
            oai_xml.header(whole, thing)
    _go_on(whole, asked, things[-1].seq if more else None, len(things))


def _go_on(whole: Element, asked: Listed, last: int | None, count: int) -> None:
    if last is not None:
        oai_xml.token(whole, asked.beyond(last, count), asked.before)
    elif asked.after:
        oai_xml.token(whole, "", asked.before)


VERBS: Final[dict[str, Callable[[Repository, Element, dict[str, str]], None]]] = {
    "Identify": _identify,
    "ListMetadataFormats": _formats,
    "ListSets": _sets,
    "GetRecord": _one,
    **dict.fromkeys(LISTS, _list),
}
