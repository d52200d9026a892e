"""A client of Incident Commons in one file, with nothing but Python's standard library (3.9 or newer).

Copy it into your project. It gets a token (OAuth client credentials) or takes one that you have, sends
reports one by one or in files, and follows what becomes of them. Whatever it sends it may send again:
each report and each file has an ``Idempotency-Key``, and waits are those that the node asks for.

    from commons_client import Client

    client = Client("https://node.example", client_id="…", client_secret="…")
    made = client.submit({"title": "Chatbot gave twice the safe dose", "text": "…"}, draft=True)
    told = client.bulk("reports.xlsx")                       # checks and stores nothing
    told = client.bulk("reports.xlsx", store=True, wanted="draft")
    for state in client.follow(made["id"]):
        print(state)

As a program, with COMMONS_CLIENT_ID and COMMONS_CLIENT_SECRET, or COMMONS_TOKEN, in the environment::

    python commons_client.py https://node.example check reports.xlsx
    python commons_client.py https://node.example send reports.xlsx --as submit
    python commons_client.py https://node.example submit account.json --draft
    python commons_client.py https://node.example follow ID
"""

from __future__ import annotations

import argparse
import base64
import hashlib
import json
import os
import sys
import time
import urllib.error
import urllib.parse
import urllib.request
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Any

TRIES = 5
"""How often a request is sent at most."""
WAIT_MAX = 120.0
"""Longest wait between two tries, in seconds, whatever the node says."""
TIMEOUT = 300.0
"""Seconds for one try; a large file is checked in less."""
ANSWER_MAX = 50_000_000
"""Bytes of an answer that are read."""
AGAIN = (429, 502, 503, 504)
"""Statuses after which the same request is sent again."""
FINAL = ("published", "declined", "withdrawn")
"""States after which nothing more happens by itself."""
REFUSAL, UNAUTHORIZED = 300, 401
SPARE = 30.0
"""Seconds before its end in which a token is not used any more."""


class Refused(Exception):
    """The node refused; ``problem`` is its answer (RFC 9457): ``status title detail errors``."""

    def __init__(self, status: int, problem: dict[str, Any]) -> None:
        self.status, self.problem = status, problem
        told = [problem.get("detail") or problem.get("error") or "refused"]
        told += [f"{one.get('pointer')}: {one.get('detail')}" for one in problem.get("errors", ())]
        super().__init__(f"{status}: " + "; ".join(map(str, told)))


class Client:
    """A program's way to a node. Give ``token``, or ``client_id`` and ``client_secret``."""

    def __init__(
        self,
        node: str,
        *,
        token: str = "",
        client_id: str = "",
        client_secret: str = "",
        scope: str = "submissions:read submissions:write",
    ) -> None:
        self.node = node.rstrip("/")
        parts = urllib.parse.urlsplit(self.node)
        at_home = parts.scheme == "http" and parts.hostname in ("localhost", "127.0.0.1", "::1")
        if parts.scheme != "https" and not at_home:
            raise ValueError("use https: secrets and reports would travel in plain words")
        self._token, self._ends = token, float("inf") if token else 0.0
        self._client_id, self._client_secret, self._scope = client_id, client_secret, scope
        # A redirect would carry the token to another address.
        self._opener = urllib.request.build_opener(_NoRedirects)

    def submit(self, account: dict[str, Any], *, draft: bool = False, key: str = "") -> dict[str, Any]:
        """Send a report to review, or keep it as a draft that a person completes; gives id and receipt.

        Give a ``key`` of your own (the number of your case) and a report is made only once, even when
        your program is started again.
        """
        body = json.dumps({"account": account, "submit": not draft}).encode()
        return self._json("POST", "/api/v1/submissions", body, "application/json", key or str(uuid.uuid4()))

    def bulk(
        self,
        path: str,
        *,
        store: bool = False,
        wanted: str = "draft",
        only_good: bool = False,
        language: str = "en",
        key: str = "",
    ) -> dict[str, Any]:
        """Check a file of reports (CSV, XLSX, JSON lines), and store its rows if ``store`` says so.

        ``wanted`` is ``draft`` or ``submit``. The key is made from the file unless you give one, so that
        the same file is stored once.
        """
        content = Path(path).read_bytes()
        asked = {
            "store": str(store).lower(),
            "as": wanted,
            "only-good-rows": str(only_good).lower(),
            "lang": language,
        }
        key = key or hashlib.sha256(json.dumps(asked).encode() + content).hexdigest()
        where = "/api/v1/submissions/bulk?" + urllib.parse.urlencode(asked)
        return self._json("POST", where, content, "application/octet-stream", key if store else "")

    def read(self, submission: str) -> dict[str, Any]:
        """A report of your organization with its state and account."""
        return self._json("GET", f"/api/v1/submissions/{urllib.parse.quote(submission, safe='')}")

    def submissions(self, **filters: str) -> Iterator[dict[str, Any]]:
        """Your organization's reports, last changed first; ``state="draft"`` narrows them."""
        cursor = ""
        while True:
            asked = {**filters, **({"cursor": cursor} if cursor else {})}
            page = self._json("GET", "/api/v1/submissions?" + urllib.parse.urlencode(asked))
            yield from page["items"]
            cursor = page["next"]
            if not cursor:
                return

    def follow(self, submission: str, *, every: float = 60.0) -> Iterator[str]:
        """Each state of a report as it comes, until nothing more happens by itself."""
        last = ""
        while True:
            state = str(self.read(submission)["state"])
            if state != last:
                yield state
            if state in FINAL:
                return
            last = state
            time.sleep(every)

    def _json(
        self, method: str, path: str, body: bytes | None = None, media: str = "", key: str = ""
    ) -> dict[str, Any]:
        headers = {"Accept": "application/json"}
        headers.update({"Content-Type": media} if media else {})
        headers.update({"Idempotency-Key": key} if key else {})
        status, answer = self._tried(method, path, body, headers)
        if status == UNAUTHORIZED and self._client_id:  # the token was ended early; a new one may be good
            self._ends = 0.0
            status, answer = self._tried(method, path, body, headers)
        if status >= REFUSAL:
            raise Refused(status, answer)
        return answer

    def _tried(
        self, method: str, path: str, body: bytes | None, headers: dict[str, str]
    ) -> tuple[int, dict[str, Any]]:
        signed = {**headers, "Authorization": f"Bearer {self._good_token()}"}
        return self._sent(method, path, body, signed)

    def _good_token(self) -> str:
        if time.monotonic() < self._ends - SPARE:
            return self._token
        fields = {"grant_type": "client_credentials", "scope": self._scope}
        # RFC 6749 section 2.3.1: both are form-encoded before they are joined.
        pair = ":".join(urllib.parse.quote_plus(part) for part in (self._client_id, self._client_secret))
        headers = {
            "Authorization": "Basic " + base64.b64encode(pair.encode()).decode(),
            "Content-Type": "application/x-www-form-urlencoded",
        }
        status, answer = self._sent("POST", "/oauth/token", urllib.parse.urlencode(fields).encode(), headers)
        if status >= REFUSAL or "access_token" not in answer:
            raise Refused(status, answer)
        self._token = answer["access_token"]
        self._ends = time.monotonic() + float(answer.get("expires_in", 600))
        return self._token

    def _sent(
        self, method: str, path: str, body: bytes | None, headers: dict[str, str]
    ) -> tuple[int, dict[str, Any]]:
        """Status and answer; the very same request again while the node is away or asks to wait."""
        for attempt in range(TRIES):
            request = urllib.request.Request(self.node + path, body, headers, method=method)  # noqa: S310 - https, or http to this machine: see __init__
            wait = 2.0**attempt
            try:
                with self._opener.open(request, timeout=TIMEOUT) as response:
                    return response.status, _object(response.read(ANSWER_MAX))
            except urllib.error.HTTPError as error:
                with error:
                    if error.code not in AGAIN or attempt == TRIES - 1:
                        return error.code, _object(error.read(ANSWER_MAX))
                    wait = _seconds(error.headers.get("Retry-After"), wait)
            except (urllib.error.URLError, ConnectionError, TimeoutError):
                if attempt == TRIES - 1:
                    raise
            time.sleep(min(wait, WAIT_MAX))
        raise AssertionError("unreachable")


class _NoRedirects(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_: Any) -> None:
        """Follow none: the answer is then an error that says where it led."""


def _object(raw: bytes) -> dict[str, Any]:
    try:
        found = json.loads(raw)
    except ValueError:
        found = None
    return found if isinstance(found, dict) else {"detail": "the answer is no JSON object"}


def _seconds(told: str | None, otherwise: float) -> float:
    return float(told) if told and told.isdigit() else otherwise


def main(words: list[str]) -> int:
    """Run as a program; 0 is success, 1 a refusal or rows that need attention."""
    parser = argparse.ArgumentParser(description="Send reports to a node of Incident Commons.")
    parser.add_argument("node", help="address of the node")
    parser.add_argument("act", choices=["check", "send", "submit", "follow"])
    parser.add_argument("what", help="a file, or the id of a report to follow")
    parser.add_argument("--as", dest="wanted", choices=["draft", "submit"], default="draft")
    parser.add_argument("--only-good-rows", action="store_true")
    parser.add_argument("--draft", action="store_true", help="with submit: keep it as a draft")
    parser.add_argument("--every", type=float, default=60.0, help="with follow: seconds between looks")
    given = parser.parse_args(words)
    client = Client(
        given.node,
        token=os.environ.get("COMMONS_TOKEN", ""),
        client_id=os.environ.get("COMMONS_CLIENT_ID", ""),
        client_secret=os.environ.get("COMMONS_CLIENT_SECRET", ""),
    )
    try:
        return _act(client, given)
    except (Refused, OSError, ValueError) as error:
        print(error, file=sys.stderr)
        return 1


def _act(client: Client, given: argparse.Namespace) -> int:
    if given.act == "follow":
        for state in client.follow(given.what, every=given.every):
            print(state, flush=True)
        return 0
    if given.act == "submit":
        account = json.loads(Path(given.what).read_text("utf-8"))
        told = client.submit(account, draft=given.draft)
        print(json.dumps({name: told[name] for name in ("id", "state", "receipt")}))
        return 0
    told = client.bulk(
        given.what, store=given.act == "send", wanted=given.wanted, only_good=given.only_good_rows
    )
    print(json.dumps(told["counts"]))
    for row in told["rows"]:
        for wrong in row["errors"]:
            name = wrong["column"] or wrong["field"]
            print(f"row {row['row']}: {name}: {wrong['detail']}", file=sys.stderr)
        for found in row["personal"]:
            print(f"row {row['row']}: {found['field']}: personal detail: {found['kind']}", file=sys.stderr)
    return 1 if told["counts"]["wrong"] and not given.only_good_rows else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
