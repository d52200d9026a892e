"""The authorization endpoint (RFC 6749 section 3.1): a person decides what a program may do for them.

What is wrong with the program or with the address it wants to be answered at is shown here and never
sent on; everything else goes back to the program as the RFC says, with the issuer's name.
"""

from __future__ import annotations

from typing import Any
from urllib.parse import quote, urlsplit

from authlib.oauth2.rfc6749.errors import InvalidRequestError, OAuth2Error, UnsupportedResponseTypeError
from flask import Blueprint, g, make_response, redirect, render_template, request
from werkzeug.wrappers import Response

from api.node import the_node
from api.oauth.server import Server, is_plain, the_server
from registry.identity.oauth.programs import Program
from registry.identity.oauth.rules import is_itself, scopes_of
from registry.identity.rules import Actor
from web.pages import people
from web.pages.headers import CONTENT_POLICY
from web.pages.oauth.offers import Offer, chosen, offers, options, resting, union, words

blueprint = Blueprint("consent", __name__)


@blueprint.get("/oauth/authorize")
def ask() -> Response:
    """Ask; who agreed to the same before, and has nothing to choose, is sent on without a question."""
    actor, server = people.require_actor(), the_server()
    try:
        grant = _checked(server, actor)
    except OAuth2Error as error:
        return _refused(server, error)
    found = offers(actor, scopes_of(grant.request.scope))
    if not found:
        return _unlent(server, grant, actor)
    if len(found) == 1 and _is_settled(grant, found[0]):
        return _granted(server, grant, found[0])
    return _question(grant, found, actor)


@blueprint.post("/oauth/authorize")
def decide() -> Response:
    """Send the person back with a code, or with their refusal; the question is checked again."""
    actor, server = people.require_actor(), the_server()
    try:
        grant = _checked(server, actor)
    except OAuth2Error as error:
        return _refused(server, error)
    found = offers(actor, scopes_of(grant.request.scope))
    if request.form.get("decision") != "allow" or not found:
        return _answer(server, grant, None)
    offer = chosen(found)
    return _granted(server, grant, offer) if offer is not None else _question(grant, found, actor)


def _is_settled(grant: Any, offer: Offer) -> bool:
    """Whether the person agreed to this before, and it is certain who gets the code."""
    program: Program = grant.client.program
    agreed = the_node().private.oauth.grants.agreed(offer.actor, program.id)
    return is_itself(program.auth_method, _redirect_uri(grant)) and set(offer.scopes) <= set(agreed)


def _unlent(server: Server, grant: Any, actor: Actor) -> Response:
    """Nothing can be lent: the program is told, unless it is only a second factor that the person lacks."""
    if not resting(actor, scopes_of(grant.request.scope)):
        return _answer(server, grant, None)
    page = render_template("oauth/rests.html", program=grant.client.program)
    answer = make_response(page, 403)
    answer.headers["Content-Security-Policy"] = _policy(_redirect_uri(grant))
    return answer


def _question(grant: Any, found: list[Offer], actor: Actor) -> Response:
    scopes, uri = union(found), _redirect_uri(grant)
    page = render_template(
        "oauth/consent.html",
        actor=found[0].actor,
        program=grant.client.program,
        words=words(scopes),
        organizations=options(found),
        left=len(scopes_of(grant.request.scope)) - len(scopes),
        rests=resting(actor, scopes_of(grant.request.scope)),
        host=urlsplit(uri).netloc or uri,
    )
    answer = make_response(page)
    answer.headers["Content-Security-Policy"] = _policy(uri)
    return answer


def _checked(server: Server, actor: Actor) -> Any:
    """The question if it is in order; raises ``OAuth2Error``, with an address only where that is good."""
    if not is_plain():
        raise InvalidRequestError
    try:
        return server.get_consent_grant(end_user=actor)
    except UnsupportedResponseTypeError as error:
        if request.values.get("response_type"):
            error.description = "The only response_type is code."
            raise
        missing = InvalidRequestError("Say response_type=code.", redirect_uri=error.redirect_uri)
        raise missing from error  # RFC 6749 section 4.1.2.1


def _granted(server: Server, grant: Any, offer: Offer) -> Response:
    grant.request.granted = offer.scopes
    return _answer(server, grant, offer.actor)


def _answer(server: Server, grant: Any, actor: Actor | None) -> Response:
    response: Response = server.create_authorization_response(
        request=grant.request, grant_user=actor, grant=grant
    )
    response.headers["Cache-Control"] = "no-store"
    return response


def _refused(server: Server, error: OAuth2Error) -> Response:
    """Back to the program where its address is known to be good; else a page that repeats nothing."""
    if getattr(error, "redirect_uri", None):
        error.state = request.args.get("state") or request.form.get("state")
        sent: Response = server.handle_error_response(None, error)
        if sent.location:
            mark = "&" if "?" in sent.location else "?"
            return redirect(
                f"{sent.location}{mark}iss={quote(the_node().private.oauth.tokens.issuer, safe='')}", 302
            )
    g.forget_query = True  # an address of the attacker's does not belong on our page, not even in a link
    return make_response(render_template("oauth/refused.html"), 400)


def _redirect_uri(grant: Any) -> str:
    return str(
        grant.redirect_uri or grant.request.payload.redirect_uri or grant.client.get_default_redirect_uri()
    )


def _policy(redirect_uri: str) -> str:
    """The page's policy, with the one other place that its form may lead to (CSP 3 section 6.4.3)."""
    parts = urlsplit(redirect_uri)
    place = f"{parts.scheme}://{parts.netloc}" if parts.netloc else f"{parts.scheme}:"
    own = [
        f"form-action 'self' {place}" if rule.startswith("form-action") else rule for rule in CONTENT_POLICY
    ]
    return "; ".join(own)
