"""What a stranger calls itself and where it says to be: nothing that runs, and nothing that nobody sees."""

from __future__ import annotations

import json

import pytest

from registry.federation.descriptor import NAME_MAX, PATH, read_descriptor
from registry.ledger.refusal import Refused
from tests.registry.federation.other_node import OtherNode


def told(**changes: object) -> bytes:
    """A good descriptor with other words."""
    return json.dumps({**json.loads(OtherNode().served(PATH, {})), **changes}).encode()


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)//",
        "JavaScript:alert(1)",
        "data:text/html,<script>alert(1)</script>",
        "//node.example",
        "/mine",
        "https:",
        "https://user:word@node.example",
        'https://node.example/"onmouseover="alert(1)',
        "https://node.example/ and more",
        "https://node.example/" + "a" * 500,
    ],
)
def test_an_address_that_no_reader_should_follow_is_refused(url: str) -> None:
    with pytest.raises(Refused, match="its address is none of the web"):
        read_descriptor(told(url=url))


@pytest.mark.parametrize("url", ["https://node.example", "http://127.0.0.1:8000", "http://abcdef.onion/x"])
def test_addresses_of_the_web_are_kept_as_they_are(url: str) -> None:
    assert read_descriptor(told(url=url)).url == url


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ("North\u202e edoN", "North edoN"),
        ("\x1b[2J\x07North\r\nNode", "[2J North Node"),
        ("\u2066a\u2069 \u200fb\ufeff", "a b"),
        ("نرم\u200cافزار", "نرم\u200cافزار"),
        ("<b>North</b>", "<b>North</b>"),
        ("N" * 300, "N" * NAME_MAX),
    ],
)
def test_a_name_holds_what_a_reader_sees(said: str, kept: str) -> None:
    assert read_descriptor(told(name=said)).name == kept


@pytest.mark.parametrize("said", ["", " ", "\u202e", "\u200d\u200c", "\x00"])
def test_a_name_that_nobody_sees_is_none(said: str) -> None:
    with pytest.raises(Refused, match="it has no name"):
        read_descriptor(told(name=said))
