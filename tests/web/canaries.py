"""Words that stand nowhere else, and requests of every kind that bring them."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from tests.api.process import Served
from tests.factories import account

FORM, JSON = "application/x-www-form-urlencoded", "application/json"
MINE = "/api/v1/submissions"
Say = Callable[..., int]
"""How a visitor sends a request (``Visitor.say``)."""
BEGINNINGS = ("zqkanari", "198.51.100.")
"""Of every word and address that is planted."""


@dataclass
class Canaries:
    """Words that stand nowhere else, by the place in which they were planted."""

    planted: dict[str, str] = field(default_factory=dict)

    def word(self, place: str) -> str:
        """A new word for a place in requests."""
        assert place not in self.planted, place
        word = f"zqkanari{len(self.planted):02d}x"
        self.planted[place] = word
        return word

    def address(self, place: str) -> str:
        """A new network address of a documentation block (RFC 5737)."""
        self.planted[place] = f"198.51.100.{100 + len(self.planted)}"
        return self.planted[place]


@dataclass(frozen=True)
class Visitor:
    """Sends requests to a server, each with words of its own."""

    served: Served
    canaries: Canaries

    def say(self, method: str, path: str, body: str = "", kind: str = FORM, **headers: str) -> int:
        """The status of the answer; ``If_Match`` among the headers is sent as ``If-Match``."""
        word, address = self.canaries.word, self.canaries.address
        sent = {"Host": "node.example", "Connection": "close", "Content-Length": str(len(body.encode()))}
        sent |= {"Content-Type": kind, "User-Agent": word(f"browser {len(self.canaries.planted)}")}
        sent |= {"X-Forwarded-For": address(f"address {len(self.canaries.planted)}")}
        sent |= {name.replace("_", "-"): value for name, value in headers.items()}
        lines = [f"{method} {path} HTTP/1.1", *(f"{name}: {value}" for name, value in sent.items())]
        answer = self.served.send("\r\n".join([*lines, "", ""]).encode() + body.encode())
        return int(answer.split(b" ", 2)[1])


def visit(served: Served, c: Canaries, token: str) -> Iterator[int]:
    """Requests of every kind, good and bad; gives their statuses."""
    visitor, bearer = Visitor(served, c), {"Authorization": f"Bearer {token}"}
    yield from _look(visitor.say, c)
    yield from _sign_in(visitor.say, c)
    yield from _send(visitor.say, c, bearer)
    yield from _misuse(visitor.say, c, bearer)


def _look(say: Say, c: Canaries) -> Iterator[int]:
    """Pages and searches, found or not."""
    told = {"Referer": f"https://{c.word('referrer')}.example/", "Cookie": f"commons={c.word('cookie')}"}
    yield say("GET", f"/?q={c.word('search page')}", **told)
    yield say("GET", f"/api/v1/search?q={c.word('search')}&country={c.word('facet')}")
    yield say("GET", f"/{c.word('path')}", Accept_Language=c.word("language"))
    yield say("GET", f"/records/{c.word('record')}")
    yield say("GET", f"/fr/report/{c.word('report')}/story")
    yield say(c.word("method").upper(), "/", Origin=f"https://{c.word('origin')}.example")


def _sign_in(say: Say, c: Canaries) -> Iterator[int]:
    """People and programs that want in."""
    yield say("POST", "/signin", f"email={c.word('address typed')}%40x.example&password={c.word('password')}")
    yield say("POST", "/receipt", f"code={c.word('receipt')}")
    yield say("POST", "/join", f"name={c.word('applicant')}&purpose={c.word('purpose')}")
    yield say("GET", f"/invitation?key={c.word('invitation')}")
    yield say("GET", MINE, Authorization=f"Bearer {c.word('wrong token')}")
    code = f"grant_type=authorization_code&code={c.word('code')}&client_id={c.word('program')}"
    yield say("POST", "/oauth/token", code)
    yield say("POST", "/oauth/device", f"client_id={c.word('device program')}&scope={c.word('scope')}")
    yield say("GET", f"/oauth/authorize?client_id={c.word('asking program')}&state={c.word('state')}")


def _send(say: Say, c: Canaries, bearer: dict[str, str]) -> Iterator[int]:
    """Reports of a program: whole, in a file, and with faults."""
    whole = account(
        title=f"A dose {c.word('title')}",
        text=f"It told {c.word('person in the text')} twice the dose.",
        entities={"deployers": [c.word("deployer")]},
        links=[f"https://example.org/{c.word('link')}"],
    )
    asked = {"publisher": "River Schools", "message": c.word("message to a publisher"), "tell": False}
    sent = json.dumps({"account": whole, "delegate": asked})
    yield say("POST", MINE, sent, JSON, **bearer, Idempotency_Key=c.word("key"))
    yield say("POST", MINE, json.dumps({"account": {c.word("field"): c.word("value")}}), JSON, **bearer)
    yield say("POST", MINE, f'{{"account": {{"title": "{c.word("broken body")}"', JSON, **bearer)
    long = json.dumps({"account": {"title": c.word("long title") * 50}, "submit": False})
    yield say("POST", MINE, long, JSON, **bearer)
    change = json.dumps({"account": {"title": c.word("change")}})
    yield say("PATCH", f"{MINE}/{'0' * 32}", change, JSON, **bearer, If_Match=c.word("tag"))
    row = account(
        title=f"A dose {c.word('title in a file')}",
        text=f"Mr {c.word('name in a file').title()} rang {c.word('mailbox in a file')}@example.org twice.",
        entities={"deployers": [c.word("deployer in a file")]},
    )
    yield say("POST", f"{MINE}/bulk", json.dumps(row) + "\n", "application/x-ndjson", **bearer)


def _misuse(say: Say, c: Canaries, bearer: dict[str, str]) -> Iterator[int]:
    """Bodies that are too large, and headers that nobody asked for."""
    large = f"--b\r\nContent-Disposition: form-data; name=f; filename={c.word('file name')}\r\n\r\n"
    large += c.word("file content") + "x" * 700_000 + "\r\n--b--\r\n"
    yield say("POST", "/signin", large, "multipart/form-data; boundary=b")
    yield say("POST", MINE, c.word("too large a body") + "x" * 1_100_000, JSON, **bearer)
    yield say("GET", "/", Cookie=f"{c.word('name of a cookie')}=1", Forwarded=f"for={c.address('forwarded')}")
