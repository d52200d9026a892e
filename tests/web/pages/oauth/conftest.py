"""A program that asks people, and the way to its question."""

from __future__ import annotations

from urllib.parse import parse_qs, urlencode, urlsplit

import pytest

from registry.identity.oauth.models import Client
from registry.identity.oauth.rules import DEVICE_GRANT
from tests.web.browsing import Visitor
from tests.web.town import Town

TOOL, CALLBACK, CHALLENGE = "7" * 32, "https://tool.example/done", "c" * 43
LOOPBACK, OWN_SCHEME = "http://127.0.0.1:7000/done", "org.example.tool:/done"


@pytest.fixture(autouse=True)
def tool(town: Town) -> None:
    """A program without a secret, for browsers and devices."""
    with town.side.database.work() as session:
        session.add(
            Client(
                id=TOOL,
                organization_id=town.people.member.organization_id,
                name="Incident <b>Helper</b>",
                scopes="submissions:read submissions:write reviews:read",
                auth_method="none",
                redirect_uris=[CALLBACK, LOOPBACK, OWN_SCHEME],
                grant_types=f"authorization_code refresh_token {DEVICE_GRANT}",
                created_at=town.clock(),
            )
        )


def question(**changes: str) -> str:
    fields = {
        "client_id": TOOL,
        "redirect_uri": CALLBACK,
        "response_type": "code",
        "scope": "submissions:read",
        "code_challenge": CHALLENGE,
        "code_challenge_method": "S256",
        "state": "s",
    }
    return "/oauth/authorize?" + urlencode(fields | changes)


def decide(visitor: Visitor, decision: str, address: str) -> dict[str, str]:
    """Press a button of the consent page; what the program is told."""
    page = visitor.open(address)
    data = page.form("").fill({}) | {"decision": [decision]}
    answer = visitor.client.post(address, data=data)
    assert answer.status_code == 302
    assert answer.headers["Location"].startswith(CALLBACK + "?")
    return {k: v[0] for k, v in parse_qs(urlsplit(answer.headers["Location"]).query).items()}
