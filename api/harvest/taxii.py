"""TAXII 2.1 (OASIS Standard of 10 June 2021) at ``/taxii2/``, for reading: records, and what joins them."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Final

from flask import Blueprint, Response, request

from api import problems
from api.auth import counted
from api.harvest.taxii_asking import asked
from api.harvest.taxii_collections import COLLECTIONS, STIX, Collection
from api.harvest.whereabouts import place_of
from api.node import the_node
from api.reply import PUBLIC, dumps
from registry.errors import CommonsError, NotFound
from registry.sharing.stix_feed import Added, StixFeed

MEDIA: Final = "application/taxii+json;version=2.1"
_READ: Final = ("*/*", "application/*", "application/taxii+json", MEDIA)
_COLLECTION: Final = "/api/collections/<string(maxlength=40):collection>/"

ROOT: Final = "/taxii2"
blueprint = Blueprint("taxii", __name__, url_prefix=ROOT)


@blueprint.errorhandler(CommonsError)
def refused(error: CommonsError) -> Response:
    """An error of the field."""
    return spoken(problems.from_error(error), error.text)


def spoken(problem: Response, text: str = "") -> Response:
    """An error message of TAXII (section 3.6.1), with the status and headers of ours."""
    ours = problem.get_json()
    told = {"title": ours["title"], "description": text or ours["detail"]}
    problem.set_data(dumps(told | {"http_status": str(problem.status_code)}))
    problem.headers["Content-Type"] = MEDIA
    return problem


@blueprint.before_request
def agree() -> Response | None:
    """Refuse whoever takes nothing that is spoken here (section 1.6.8)."""
    accepted = request.headers.get("Accept", "*/*").lower().replace(" ", "").split(",")
    kinds = {one.partition(";q=")[0] for one in accepted}
    if kinds & set(_READ):
        return None
    told = {"title": "Not acceptable", "description": f"This speaks {MEDIA}.", "http_status": "406"}
    return Response(dumps(told), 406, content_type=MEDIA)


@blueprint.get("/")
@counted("read")
def discovery() -> Response:
    """What is here (section 4.1)."""
    place, contact = place_of(the_node()), the_node().settings.contact_address
    root = f"{place.address}/taxii2/api/"
    return _answer({"title": place.name, "contact": contact, "default": root, "api_roots": [root]})


@blueprint.get("/api/")
@counted("read")
def api_root() -> Response:
    """The one API root (section 4.2)."""
    told = {"title": place_of(the_node()).name, "versions": [MEDIA], "max_content_length": 1}
    return _answer(told | {"description": "Nothing can be added here."})


@blueprint.get("/api/collections/")
@counted("read")
def collections() -> Response:
    """All collections (section 5.1)."""
    return _answer({"collections": [one.to_json(the_node().identity.id) for one in COLLECTIONS]})


@blueprint.get(_COLLECTION)
@counted("read")
def collection(collection: str) -> Response:
    """About the collection (section 5.2)."""
    return _answer(_known(collection).to_json(the_node().identity.id))


@blueprint.get(_COLLECTION + "objects/")
@counted("read")
def objects(collection: str) -> Response:
    """Objects in the order in which they were added (section 5.4)."""
    found, more = _part(collection)
    return _listed([added.object for added in found], found, more=more)


@blueprint.get(_COLLECTION + "manifest/")
@counted("read")
def manifest(collection: str) -> Response:
    """The same without the objects themselves (section 5.3)."""
    found, more = _part(collection)
    lines = [
        {"id": one.object["id"], "date_added": _told(one.at), "version": one.version, "media_type": STIX}
        for one in found
    ]
    return _listed(lines, found, more=more)


@blueprint.get(_COLLECTION + "objects/<string(maxlength=100):object_id>/")
@counted("read")
def one(collection: str, object_id: str) -> Response:
    """An object in its newest version, which is the only one that is kept (section 5.6)."""
    found = _object(collection, object_id)
    return _listed([found.object], [found], more=False)


@blueprint.get(_COLLECTION + "objects/<string(maxlength=100):object_id>/versions/")
@counted("read")
def versions(collection: str, object_id: str) -> Response:
    """The versions of an object that are kept (section 5.8)."""
    found = _object(collection, object_id)
    response = _answer({"more": False, "versions": [found.version]})
    return _dated(response, [found])


def _part(collection: str) -> tuple[list[Added], bool]:
    known, wish = _known(collection), asked(request.args.to_dict(flat=False))
    if wish.nothing:
        return [], False
    return _feed(known).part(wish.match, beyond=wish.beyond, since=wish.since, limit=wish.limit)


def _object(collection: str, object_id: str) -> Added:
    found = _feed(_known(collection)).one(object_id)
    if found is None:
        raise NotFound
    return found


def _feed(collection: Collection) -> StixFeed:
    return StixFeed(collection.source(the_node(), place_of(the_node())))


def _known(name: str) -> Collection:
    """The collection with this id or alias; raises ``NotFound``."""
    for one in COLLECTIONS:
        if name in (one.alias, one.id(the_node().identity.id)):
            return one
    raise NotFound


def _listed(lines: list[dict[str, Any]], found: list[Added], *, more: bool) -> Response:
    """An envelope (section 3.7); one without anything in it is empty."""
    envelope: dict[str, Any] = {"more": more, "next": str(found[-1].position)} if more else {}
    if lines:
        envelope = {"more": more} | envelope | {"objects": lines}
    return _dated(_answer(envelope), found)


def _dated(response: Response, found: list[Added]) -> Response:
    if found:
        response.headers["X-TAXII-Date-Added-First"] = _told(found[0].at)
        response.headers["X-TAXII-Date-Added-Last"] = _told(found[-1].at)
    return response


def _answer(told: dict[str, Any]) -> Response:
    response = Response(dumps(told), content_type=MEDIA)
    response.headers["Cache-Control"] = PUBLIC
    response.headers["Access-Control-Allow-Origin"] = "*"
    response.vary.add("Accept")
    return response


def _told(at: datetime) -> str:
    return f"{at:%Y-%m-%dT%H:%M:%S}.{at.microsecond:06d}Z"
