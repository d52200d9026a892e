"""What the server logs of requests: enough to run it by, and not a word of who asked or what."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from registry.config import Settings
from registry.identity.oauth.rules import Way
from registry.identity.rules import SCOPES
from tests.api.process import Served, commons_serve
from tests.conftest import SettableClock
from tests.redis_server import RedisServer
from web.setup import initialise
from web.wiring import build, close

CANARIES = {
    "address": "198.51.100.77",
    "name of a program": "CanaryBrowser/7",
    "query": "canaryquery",
    "path": "canarypath",
    "code": "canarycode",
    "cookie": "canarycookie",
    "form": "canaryform",
    "body": "canarybody",
    "method": "CANARYMETHOD",
    "referrer": "canaryreferrer",
    "token": "canarytoken",
    "secret": "Y2FuYXJ5c2VjcmV0OmNhbmFyeXNlY3JldA",
}


@dataclass(frozen=True)
class Founded:
    """The folder of a node, and a token that is valid there."""

    folder: Path
    token: str


@pytest.fixture(scope="module")
def founded(tmp_path_factory: pytest.TempPathFactory) -> Founded:
    settings, clock = Settings(data_dir=tmp_path_factory.mktemp("logs") / "node"), SettableClock()
    initialise(settings, clock)
    node = build(settings, clock)
    node.private.directory.add_organization("Lake Health", "a health organization")
    token = node.private.directory.add_client(
        "Lake Health", "a program", tuple(SCOPES), Way(bearer=True)
    ).token
    close(node)
    return Founded(settings.data_dir, token)


def say(served: Served, method: str, path: str, body: str = "", **headers: str) -> int:
    """Status of one request over a connection of its own."""
    sent = {"Host": "node.example", "Connection": "close", "Content-Length": str(len(body))}
    sent |= {name.replace("_", "-"): value for name, value in headers.items()}
    lines = [f"{method} {path} HTTP/1.1", *(f"{name}: {value}" for name, value in sent.items())]
    answer = served.send(("\r\n".join([*lines, "", ""]) + body).encode())
    return int(answer.split(b" ", 2)[1])


def visit(served: Served, token: str) -> None:
    """Bring every canary, in requests that go well and in such that do not."""
    headers = {
        "X_Forwarded_For": CANARIES["address"],
        "User_Agent": CANARIES["name of a program"],
        "Cookie": f"commons={CANARIES['cookie']}",
        "Referer": f"https://{CANARIES['referrer']}.example/",
    }
    form = {"Content_Type": "application/x-www-form-urlencoded"}
    json_body = {"Content_Type": "application/json"}
    for path in ("/", "/api/v1/search"):
        assert say(served, "GET", f"{path}?q={CANARIES['query']}", **headers) == 200
    assert say(served, "GET", f"/{CANARIES['path']}", **headers) == 404
    assert say(served, "GET", f"/records/{CANARIES['path']}", **headers) == 404
    assert say(served, CANARIES["method"], "/", **headers) in (400, 405)
    assert say(served, "POST", "/receipt", f"code={CANARIES['code']}", **headers, **form) == 400
    assert say(served, "POST", "/signin", f"email={CANARIES['form']}%40x.example", **headers, **form) == 400
    mine = "/api/v1/submissions"
    assert say(served, "GET", mine, **headers, Authorization=f"Bearer {CANARIES['token']}") == 401
    body = json.dumps({"account": {"title": CANARIES["body"]}, "submit": False})
    assert say(served, "POST", mine, body, **headers, **json_body, Authorization=f"Bearer {token}") == 201
    basic = f"Basic {CANARIES['secret']}"
    assert (
        say(
            served,
            "POST",
            "/oauth/token",
            "grant_type=client_credentials",
            **headers,
            **form,
            Authorization=basic,
        )
        == 401
    )


def logged(served: Served) -> list[dict[str, Any]]:
    return [json.loads(line) for line in served.log.read_text("utf-8").splitlines()]


@pytest.fixture(scope="module")
def visited(founded: Founded) -> Iterator[Served]:
    with commons_serve(founded.folder, COMMONS_TRUSTED_PROXIES="127.0.0.1") as served:
        visit(served, founded.token)
        yield served


@pytest.mark.parametrize("canary", CANARIES)
def test_nothing_that_a_request_brings_is_logged(visited: Served, canary: str) -> None:
    assert CANARIES[canary].casefold() not in visited.log.read_text("utf-8").casefold()


def test_neither_the_token_nor_the_peer_is_logged(visited: Served, founded: Founded) -> None:
    text = visited.log.read_text("utf-8")
    assert founded.token not in text
    assert "127.0.0.1" not in text


def test_each_request_is_logged_by_route_status_and_time(visited: Served) -> None:
    requests = [line for line in logged(visited) if line["event"] == "request"]
    assert {frozenset(line) for line in requests} == {
        frozenset({"event", "level", "timestamp", "method", "route", "status", "ms"})
    }
    assert Counter((line["method"], line["route"], line["status"]) for line in requests) == {
        ("GET", "/", 200): 1,
        ("GET", "/api/v1/search", 200): 1,
        ("GET", "(none)", 404): 1,
        ("GET", "/records/<record_id>", 404): 1,
        ("(other)", "(none)", 405): 1,
        ("POST", "/receipt", 400): 1,
        ("POST", "/signin", 400): 1,
        ("GET", "/api/v1/submissions", 401): 1,
        ("POST", "/api/v1/submissions", 201): 1,
        ("POST", "/oauth/token", 401): 1,
    }
    assert all(0 < line["ms"] < 60_000 for line in requests)


def test_the_request_log_can_be_switched_off(founded: Founded) -> None:
    with commons_serve(founded.folder, "--no-worker", COMMONS_REQUEST_LOG="no") as served:
        assert say(served, "GET", "/healthz") == 200
    assert "request" not in [line["event"] for line in logged(served)]


def test_several_processes_count_together_in_redis_only_and_a_warning_says_so(
    founded: Founded, tmp_path: Path
) -> None:
    def statuses(**variables: str) -> tuple[Counter[int], list[str]]:
        options = ("--no-worker", "--workers", "3")
        variables |= {"COMMONS_LIMITS_PERCENT": "10", "COMMONS_REQUEST_LOG": "no"}
        with commons_serve(founded.folder, *options, **variables) as served:
            found = Counter(say(served, "GET", "/api/v1/search") for _ in range(60))
        return found, [line["event"] for line in logged(served)]

    server = RedisServer(tmp_path)
    server.start()
    shared, said = statuses(COMMONS_LIMITS_STORE=server.address)
    server.stop()
    assert shared == {200: 12, 429: 48}
    assert not [event for event in said if "counts by itself" in event]
    apart, said = statuses()
    assert 12 <= apart[200] <= 36
    assert [event for event in said if "counts by itself" in event]
