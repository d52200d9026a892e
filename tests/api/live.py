"""A node served over real HTTP from a thread, and a small client that speaks to it."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager, suppress
from dataclasses import dataclass
from http.client import HTTPConnection
from typing import Any

from sqlalchemy import func, select

from api.node import Node
from registry.identity.oauth.rules import Way
from registry.identity.rules import SCOPES
from registry.identity.tenants.rules import OPERATOR
from registry.intake.models import Submission
from tests.serving import on_port
from web.app import create_app

JSON = "application/json"


@dataclass(frozen=True)
class Answer:
    """What came back."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def json(self) -> Any:
        return json.loads(self.body)

    @property
    def etag(self) -> str:
        return self.headers["ETag"]

    @property
    def pointers(self) -> list[str]:
        return [error["pointer"] for error in self.json["errors"]]


@dataclass(frozen=True)
class Caller:
    """A program with a token (or none) that calls the node."""

    port: int
    token: str | None = None

    def get(self, path: str, **headers: str) -> Answer:
        return self.send("GET", path, headers=headers)

    def post(self, path: str, data: Any = None, **headers: str) -> Answer:
        return self.send("POST", path, data, headers)

    def patch(self, path: str, data: Any, **headers: str) -> Answer:
        return self.send("PATCH", path, data, headers)

    def send(self, method: str, path: str, data: Any = None, headers: Mapping[str, str] = {}) -> Answer:
        """``data`` may be bytes, sent as they are, or a JSON value; header names have _ for -."""
        sent = {name.replace("_", "-"): value for name, value in headers.items()}
        if self.token is not None:
            sent["Authorization"] = f"Bearer {self.token}"
        body = data if data is None or isinstance(data, bytes) else json.dumps(data).encode()
        if body is not None:
            sent.setdefault("Content-Type", JSON)
        connection = HTTPConnection("127.0.0.1", self.port, timeout=60)
        try:
            # The server answers what is too large, and closes, before it has read all of it.
            with suppress(BrokenPipeError, ConnectionResetError):
                connection.request(method, path, body, sent)
            response = connection.getresponse()
            return Answer(response.status, dict(response.getheaders()), response.read())
        finally:
            connection.close()


@dataclass(frozen=True)
class Live:
    """A served node: programs of two reporting organizations and a reviewing one, and one without token."""

    node: Node
    port: int
    member: Caller
    other: Caller
    reviewer: Caller
    nobody: Caller

    @property
    def submissions(self) -> int:
        """How many submissions the node keeps."""
        with self.node.private.database.read() as session:
            return session.scalar(select(func.count()).select_from(Submission)) or 0

    def caller(self, organization: str, *scopes: str) -> Caller:
        """A further program of an organization."""
        return Caller(self.port, _token(self.node, organization, scopes))


ORGANIZATIONS = ("Lake Health", "River Schools", "Open Review")


@contextmanager
def serving(node: Node) -> Iterator[int]:
    """Serve the node's application; gives the port."""
    with serving_at(node, 0) as port:
        yield port


def serving_at(node: Node, port: int) -> AbstractContextManager[int]:
    """Serve the node's application at a port that its settings speak of."""
    return on_port(create_app(node), port)


@contextmanager
def living(node: Node) -> Iterator[Live]:
    """Serve a node that has a private side, with its organizations registered."""
    for name in ORGANIZATIONS:
        key = node.private.directory.add_organization(name, f"an organization like {name[:4]}")
        node.private.tenants.standing.allow_review(OPERATOR, key, "It reviews what others report.")
    tokens = [_token(node, name, tuple(SCOPES)) for name in ORGANIZATIONS]
    with serving(node) as port:
        member, other, reviewer = (Caller(port, token) for token in tokens)
        yield Live(node, port, member, other, reviewer, Caller(port))


def _token(node: Node, organization: str, scopes: tuple[str, ...]) -> str:
    return node.private.directory.add_client(organization, "a program", scopes, Way(bearer=True)).token
