"""The back channel: a code becomes an ID token (Core section 3.1.3)."""

from __future__ import annotations

from base64 import b64encode
from dataclasses import dataclass
from typing import Final
from urllib.parse import quote

from registry.fetching import Answer, Fetcher, FetchFailed, Why
from registry.identity.providers.discovery import read_object
from registry.identity.providers.rules import Description, ProviderTrouble, Trouble

OK: Final = 200


@dataclass(frozen=True, slots=True)
class Credentials:
    """How this node is known to a provider."""

    client_id: str
    secret: str


@dataclass(frozen=True, slots=True)
class Code:
    """What came back through the browser, with what proves that it was we who asked (RFC 7636)."""

    code: str
    verifier: str
    redirect_uri: str


def id_token(fetcher: Fetcher, description: Description, credentials: Credentials, code: Code) -> str:
    """The ID token for a code; raises ``ProviderTrouble``."""
    fields = {
        "grant_type": "authorization_code",
        "code": code.code,
        "redirect_uri": code.redirect_uri,
        "code_verifier": code.verifier,
    }
    headers = {}
    if description.auth_method == "client_secret_basic":
        headers["Authorization"] = basic(credentials)
    else:
        fields |= {"client_id": credentials.client_id, "client_secret": credentials.secret}
    try:
        answer = fetcher.post(description.token_endpoint, fields, headers)
    except FetchFailed as error:
        down = error.why in (Why.UNREACHABLE, Why.SLOW)
        raise ProviderTrouble(Trouble.DOWN if down else Trouble.UNFIT) from error
    return _token(answer)


def basic(credentials: Credentials) -> str:
    """The header of HTTP Basic, both parts encoded as forms are (RFC 6749 section 2.3.1)."""
    pair = f"{quote(credentials.client_id, safe='')}:{quote(credentials.secret, safe='')}"
    return "Basic " + b64encode(pair.encode()).decode()


def _token(answer: Answer) -> str:
    if answer.status >= 500:  # noqa: PLR2004 - the server's fault, RFC 9110 section 15.6
        raise ProviderTrouble(Trouble.DOWN)
    if answer.status != OK:
        raise ProviderTrouble(Trouble.EXCHANGE)
    token = read_object(answer.body).get("id_token")
    if not isinstance(token, str):
        raise ProviderTrouble(Trouble.TOKEN)
    return token
