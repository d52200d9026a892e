"""Reports that others ask an organization to publish, for its programs."""

from __future__ import annotations

from typing import Any

from flask import Response

from api.node import the_node
from api.reply import expected_lock, moment, reply
from api.schemas.identities import Ended, Offer, OfferPage, OfferQuery, Publishers, Refused, Taken
from api.section import Section, Speaks
from registry.errors import Stale
from registry.identity.rules import Actor
from registry.intake.identities.rules import OfferState
from registry.intake.identities.views import OfferedLine

READ, WRITE = ("submissions:read",), ("submissions:read", "submissions:write")
ITEM = "/offers/<key:offer>"

section = Section("offers", "Reports that other organizations ask yours to publish.")


@section.get(
    "/publishers",
    Speaks("List organizations that publish for others", answer=Publishers, scopes=("submissions:write",)),
)
def publishers(actor: Actor) -> Response:
    """Those that say so themselves, by name; any other may be asked by its name too."""
    found = the_node().private.identities.naming.publishers(actor)
    items = [{"name": one.name, "descriptor": one.descriptor, "terms": one.terms} for one in found]
    return reply({"items": items, "next": None})


@section.get(
    "/offers", Speaks("List what you are asked to publish", answer=OfferPage, scopes=READ, query=OfferQuery)
)
def list_asked(actor: Actor, query: dict[str, Any]) -> Response:
    """Newest request first. What was refused or recalled is not there any more."""
    page = the_node().private.identities.others.page(actor, cursor=query.get("cursor"), limit=query["limit"])
    return reply({"items": [_line(one) for one in page.items], "next": page.next})


@section.get(ITEM, Speaks("Read a report that you are asked to publish", answer=Offer, scopes=READ))
def read(actor: Actor, offer: str) -> Response:
    """As the public would read it. The ETag names the version of its account."""
    return _shown(actor, offer)


@section.post(
    f"{ITEM}/actions/take",
    Speaks("Take a report over", answer=Offer, scopes=WRITE, body=Taken, conditional=True),
)
def take(actor: Actor, body: dict[str, Any], offer: str) -> Response:
    """It goes to review next. A version that comes later has to be taken over again."""
    others = the_node().private.identities.others
    others.take(actor, offer, body["identity"], version=expected_lock())
    return _shown(actor, offer)


@section.post(
    f"{ITEM}/actions/refuse",
    Speaks("Refuse to publish a report", answer=Ended, scopes=WRITE, body=Refused, conditional=True),
)
def refuse(actor: Actor, body: dict[str, Any], offer: str) -> Response:
    """Possible until it is on its way into the public, also after taking it over."""
    others, seen = the_node().private.identities.others, expected_lock()
    if others.read(actor, offer).version != seen:
        raise Stale
    others.refuse(actor, offer, body["reason"])
    return reply({"id": offer, "state": OfferState.REFUSED.value})


def _line(line: OfferedLine) -> dict[str, Any]:
    return {
        "id": line.id,
        "title": line.title,
        "language": line.language,
        "state": line.state.value,
        "again": line.again,
        "asker": line.asker or None,
        "asked": moment(line.offered_at),
        "record": line.record_id,
    }


def _shown(actor: Actor, offer: str) -> Response:
    view = the_node().private.identities.others.read(actor, offer)
    data = _line(view.line) | {
        "account": view.account.to_json(),
        "message": view.message,
        "identity": view.lends,
    }
    return reply(data, lock=view.version)
