"""The authorization server: Authlib with our grants, and the addresses that programs call."""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from typing import Any
from urllib.parse import unquote_to_bytes

from authlib.integrations.flask_oauth2 import AuthorizationServer
from authlib.integrations.flask_oauth2.requests import FlaskOAuth2Payload, FlaskOAuth2Request
from authlib.oauth2 import OAuth2Request
from authlib.oauth2.rfc6749.errors import InvalidClientError, InvalidRequestError, OAuth2Error
from authlib.oauth2.rfc9207 import IssuerParameter
from flask import Blueprint, Flask, Response, current_app, request
from werkzeug.exceptions import RequestEntityTooLarge

from api.node import the_node
from api.oauth import limits
from api.oauth.assertion import Assertion
from api.oauth.client import OAuthClient, from_basic
from api.oauth.endpoints import DeviceEndpoint, Introspection, Revocation
from api.oauth.grants import S256, CodeGrant, DeviceGrant, ProgramGrant, RefreshGrant
from api.oauth.metadata import metadata
from api.reply import STEADY, document, dumps, reply
from registry.errors import SettingError, TooManyTries
from registry.identity.rules import SCOPES

EXTENSION = "incident-commons-oauth"
INSECURE = "AUTHLIB_INSECURE_TRANSPORT"
"""Switches a check of Authlib off; not needed on the machine itself, dangerous everywhere else."""
BODY_MAX = 20_000
"""Bytes of a request to these endpoints."""
FIELDS_MAX = 30
NOT_SHOWN = "The client did not show who it is in the way that is registered for it."
OK, TOO_MANY = 200, 429

_PLAIN = re.compile(r"[ !#-\[\]-~]*", re.ASCII)
_FREE = ("state", "token", "code", "device_code", "refresh_token", "client_assertion", "code_verifier")
"""Parameters that are never repeated in an error's description."""
FORM = "application/x-www-form-urlencoded"
TOO_LARGE = f"Send at most {BODY_MAX} bytes."
NO_FORM = f"Send the parameters in the body, as {FORM} in UTF-8."

blueprint = Blueprint("oauth", __name__)


class Asked(FlaskOAuth2Request):  # type: ignore[misc] # Authlib ships no types
    """A request as it was sent to our own address; what a proxy made of it on the way does not matter.

    Raises ``insecure_transport`` (an ``OAuth2Error``) when our address is neither https nor this machine.
    """

    def __init__(self, flask_request: Any, issuer: str) -> None:
        uri = f"{issuer}{flask_request.path}"
        OAuth2Request.__init__(self, flask_request.method, uri, headers=flask_request.headers)
        self._request = flask_request
        self.payload = FlaskOAuth2Payload(flask_request)


class Server(AuthorizationServer):  # type: ignore[misc] # Authlib ships no types
    """Looks programs up among ours; tokens are made and kept by the grants themselves."""

    def query_client(self, client_id: str) -> OAuthClient | None:
        """The active program of this id."""
        if not _is_id(client_id):
            return None
        limits.program(client_id)
        program = the_node().private.oauth.programs.find(client_id)
        return OAuthClient(program) if program is not None else None

    def create_oauth2_request(self, _given: Any) -> Asked:
        """The present request; Authlib gives None for it."""
        return Asked(request, the_node().private.oauth.tokens.issuer)

    def authenticate_client(self, request: Any, methods: list[str], endpoint: str = "token") -> Any:
        """The program that a request comes from; raises ``invalid_client``, also if it names another one."""
        try:
            client = super().authenticate_client(request, methods, endpoint)
        except InvalidClientError as refused:
            if "methods" in refused.description:  # Authlib's own text lists ours as Python writes them
                refused.description = NOT_SHOWN
            raise
        if request.form.get("client_id", client.get_client_id()) != client.get_client_id():
            status = 401 if "Authorization" in request.headers else 400
            raise InvalidClientError(status_code=status, description="The client_id is another program's.")
        return client

    def save_token(self, token: Any, request: Any) -> None:
        """Nothing is left to save."""


class Issuer(IssuerParameter):  # type: ignore[misc] # Authlib ships no types
    """Says who answers, in every answer that goes through a browser (RFC 9207)."""

    def __init__(self, server: Server) -> None:
        self(server)

    def get_issuer(self) -> str:
        """Our own address."""
        return the_node().private.oauth.tokens.issuer


def register(app: Flask) -> None:
    """Put the authorization server onto an application with a private side."""
    if os.environ.get(INSECURE):
        raise SettingError(name=INSECURE, reason="must not be set: tokens would travel unencrypted")
    app.config["OAUTH2_SCOPES_SUPPORTED"] = list(SCOPES)
    server = Server()
    server.init_app(app)
    server.register_grant(CodeGrant, [S256(required=True)])
    for grant in (RefreshGrant, ProgramGrant, DeviceGrant):
        server.register_grant(grant)
    for endpoint in (Revocation, Introspection, DeviceEndpoint):
        server.register_endpoint(endpoint)
    server.register_client_auth_method("client_secret_basic", from_basic)
    server.register_client_auth_method("private_key_jwt", Assertion())
    server.register_extension(Issuer)
    app.extensions[EXTENSION] = server
    app.register_blueprint(blueprint)


def the_server() -> Server:
    """The authorization server of the present application; ``NotFound`` on a public-only node."""
    the_node().require_private()
    server = current_app.extensions[EXTENSION]
    if not isinstance(server, Server):
        raise TypeError("the application was not built by web.app.create_app")
    return server


@blueprint.before_request
def bound() -> None:
    """Refuse what is larger than any such request has to be, before anything is parsed."""
    request.max_content_length = BODY_MAX
    request.max_form_memory_size = BODY_MAX
    request.max_form_parts = FIELDS_MAX


@blueprint.post("/oauth/token")
def token() -> Response:
    """Exchange what a program holds for tokens (RFC 6749 section 3.2)."""
    return _endpoint("token", _exchange)


@blueprint.post("/oauth/revoke")
def revoke() -> Response:
    """End a token (RFC 7009)."""
    return _endpoint("revoke", lambda server: server.create_endpoint_response("revocation"))


@blueprint.post("/oauth/introspect")
def introspect() -> Response:
    """Ask about a token (RFC 7662)."""
    return _endpoint("introspect", lambda server: server.create_endpoint_response("introspection"))


@blueprint.post("/oauth/device")
def device() -> Response:
    """Begin to wait for a person (RFC 8628 section 3.1)."""
    return _endpoint("device", lambda server: server.create_endpoint_response("device_authorization"))


@blueprint.get("/oauth/jwks")
def jwks() -> Response:
    """The public keys of access tokens (RFC 7517)."""
    keys = the_node().private.oauth.keys
    keys.signing()
    return document(dumps(keys.jwks()), "application/json", "public, max-age=300")


@blueprint.get("/.well-known/oauth-authorization-server")
def about() -> Response:
    """What this server can do (RFC 8414)."""
    return document(dumps(metadata(the_node().private.oauth.tokens.issuer)), "application/json", STEADY)


def is_plain() -> bool:
    """Whether the request's parameters hold only what an error may repeat (RFC 6749 section 5.2).

    Authlib writes some of them into descriptions and fails on every other character.
    """
    given = [*request.args.lists(), *request.form.lists()]
    return all(_PLAIN.fullmatch(value) for name, values in given if name not in _FREE for value in values)


def _endpoint(kind: str, act: Callable[[Server], Response]) -> Response:
    """Answer a request, counted under the limits of its kind."""
    server = the_server()
    try:
        request.get_data()  # kept by Werkzeug, which else reads a form and forgets its bytes
        limits.arrived(kind)
        refused = _misshapen()
        answer = act(server) if refused is None else server.handle_error_response(None, refused)
    except OAuth2Error as error:
        answer = server.handle_error_response(None, error)
    except RequestEntityTooLarge:
        answer = server.handle_error_response(None, InvalidRequestError(TOO_LARGE))
        answer.status_code = RequestEntityTooLarge.code
    except TooManyTries as error:
        answer = reply(limits.refusal(), TOO_MANY)
        answer.headers["Retry-After"] = str(error.facts["retry_after"])
    if answer.status_code == OK:
        limits.succeeded()
    return _finished(answer)


def _exchange(server: Server) -> Response:
    if not request.form.get("grant_type"):
        raise InvalidRequestError("Say which grant_type this is.")  # RFC 6749 section 5.2
    answer: Response = server.create_token_response()
    return answer


def _misshapen() -> OAuth2Error | None:
    """What is wrong with the form of a request, before Authlib sees it."""
    if not _is_form():
        return InvalidRequestError(NO_FORM)
    if not is_plain():
        return InvalidRequestError("A parameter holds characters that are not possible in it.")
    if request.args or any(len(values) > 1 for _, values in request.form.lists()):
        # Credentials do not belong into addresses, and nothing may be said twice (RFC 6749 section 3.2).
        return InvalidRequestError("Send each parameter once, in the body.")
    if "Authorization" in request.headers and (
        "client_assertion" in request.form or "client_secret" in request.form
    ):
        # Section 2.3: one way of authenticating in each request.
        return InvalidRequestError("Show who you are in one way only.")
    return None


def _is_form() -> bool:
    """Whether the body, if any, is a form in UTF-8 (RFC 6749 appendix B); Werkzeug replaces what is not."""
    raw = request.get_data()
    if raw and request.mimetype != FORM:
        return False
    try:
        unquote_to_bytes(raw).decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _finished(response: Response) -> Response:
    response.headers["Cache-Control"] = "no-store"
    response.headers["Pragma"] = "no-cache"
    if response.status_code == 401:  # noqa: PLR2004 - RFC 6749 section 5.2
        response.headers["WWW-Authenticate"] = 'Basic realm="Incident Commons", charset="UTF-8"'
    return response


def _is_id(client_id: str) -> bool:
    return len(client_id) == 32 and client_id.isascii() and client_id.isalnum()  # noqa: PLR2004 - a random key
