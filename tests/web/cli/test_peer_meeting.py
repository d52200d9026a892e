"""``commons peer add``: what is wrong with an address is said in a sentence of its own, with a remedy."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler

import pytest

from tests.serving import handled_by
from tests.web.cli.conftest import Shell, one_line

NO_ADDRESS = "This is no address that can be asked. Write https:// and the full name of the host"
NO_NODE = "What answers at this address is no node of this kind"
NOBODY = "http://127.0.0.1:9"


@contextmanager
def answering(status: int, body: bytes) -> Iterator[str]:
    """A web server that answers everything the same way; gives its address."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(status)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_said: object) -> None:
            """Nothing."""

    with handled_by(Handler) as address:
        yield address


@pytest.mark.parametrize(
    "text", ["not a url", "", "ftp://node.example", "file:///etc/passwd", "http://user:secret@node.example"]
)
def test_what_is_no_address_is_said_to_be_none_and_not_repeated(shell: Shell, text: str) -> None:
    said = one_line(shell.run("peer", "add", text, "--yes"))
    assert said.startswith(NO_ADDRESS)
    assert "secret" not in said


def test_addresses_of_the_own_neighbourhood(shell: Shell) -> None:
    private = one_line(shell.run("peer", "add", "https://192.168.1.1", "--yes"))
    assert private.startswith("This address leads into a private network.")
    assert "COMMONS_ALLOW_LOOPBACK" not in private
    assert "COMMONS_ALLOW_LOOPBACK=yes" in one_line(shell.run("peer", "add", NOBODY, "--yes"))


def test_nobody_answers(shell: Shell) -> None:
    shell.variables["COMMONS_ALLOW_LOOPBACK"] = "yes"
    said = one_line(shell.run("peer", "add", NOBODY, "--yes"))
    assert said.startswith("Nothing could be reached at this address")


@pytest.mark.parametrize(
    ("status", "body", "says"),
    [
        (404, b"", f"{NO_NODE} (status 404)."),
        (301, b"", "sends on to another one (status 301)"),
        (503, b"", "cannot answer now (status 503). Try again later."),
        (200, b"<p>A page.</p>", "does not describe a node of this kind: it is not JSON"),
        (
            200,
            b"{}",
            "a node of this kind: it has another version than 1. Check the address.",
        ),
    ],
)
def test_what_answers_is_no_node(shell: Shell, status: int, body: bytes, says: str) -> None:
    shell.variables["COMMONS_ALLOW_LOOPBACK"] = "yes"
    with answering(status, body) as url:
        assert says in one_line(shell.run("peer", "add", url, "--yes"))
    assert shell.json("peer", "list")["items"] == []
