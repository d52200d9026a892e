"""Which addresses pages, feeds and files lead to: those of the web, however they came to be kept."""

from __future__ import annotations

import pytest

from registry.account.fields import web_link
from registry.record.types import Origin, Provenance

NO_LINKS = (
    "",
    "javascript:alert(1)",
    "JaVaScRiPt:alert(1)//https://other.example",
    "java\nscript:alert(1)",
    " javascript:alert(1)",
    "data:text/html,<script>alert(1)</script>",
    "vbscript:x",
    "file:///etc/passwd",
    "ftp://other.example/",
    "//other.example/x",
    "/records/AIR-1",
    "https://",
    "https:///path",
    "https://name:word@other.example/",
    "https://other.example/a b",
    'https://other.example/"onclick="x',
    "https://other.example/<b>",
    "https://other.example\\@evil.example",
    "https://[other",
    "https://other.example:port/",
)


@pytest.mark.parametrize("address", NO_LINKS)
def test_what_is_none_of_the_web_is_no_link(address: str) -> None:
    assert web_link(address) == Provenance(Origin.PEER, "x", url=address).link == ""


@pytest.mark.parametrize("address", ["https://other.example", "http://localhost:8000/x?y=1#z"])
def test_an_address_of_the_web_is_its_own_link(address: str) -> None:
    assert web_link(address) == Provenance(Origin.PEER, "x", url=address).link == address
