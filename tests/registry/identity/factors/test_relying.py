"""For which address of a node passkeys are made."""

from __future__ import annotations

import pytest

from registry.identity.factors.relying import RelyingParty, relying_party


@pytest.mark.parametrize(
    ("base_url", "party", "origin"),
    [
        ("https://registry.example", "registry.example", "https://registry.example"),
        ("https://registry.example/", "registry.example", "https://registry.example"),
        ("https://Registry.Example/commons", "registry.example", "https://registry.example"),
        ("https://registry.example:443", "registry.example", "https://registry.example"),
        ("https://registry.example:8443", "registry.example", "https://registry.example:8443"),
        ("https://user:word@registry.example", "registry.example", "https://registry.example"),
        ("https://bücher.example", "xn--bcher-kva.example", "https://xn--bcher-kva.example"),
        ("https://Straße.example:8443", "xn--strae-oqa.example", "https://xn--strae-oqa.example:8443"),
        ("https://سجل.example", "xn--rgbn6c.example", "https://xn--rgbn6c.example"),
        ("http://localhost:8000", "localhost", "http://localhost:8000"),
        ("http://node.localhost:8000", "node.localhost", "http://node.localhost:8000"),
        ("http://localhost", "localhost", "http://localhost"),
        ("http://127.0.0.1:8000", "localhost", "http://localhost:8000"),
        ("http://[::1]:8000", "localhost", "http://localhost:8000"),
    ],
)
def test_a_node_with_a_name_has_passkeys(base_url: str, party: str, origin: str) -> None:
    assert relying_party(base_url) == RelyingParty(party, origin)


@pytest.mark.parametrize(
    "base_url",
    [
        "http://registry.example",
        "https://192.0.2.7",
        "https://[2001:db8::1]:8443",
        "http://192.168.1.4:8000",
        "http://evil-localhost:8000",
        "ftp://registry.example",
        "registry.example",
        "https://",
        "https://registry.example:port",
        "https://[broken",
        "https://a..example",
        "https://registry.example.",
        "https://-x-.bücher.example",
        "https://" + "a" * 300 + ".example",
        "",
    ],
)
def test_a_node_without_one_has_none(base_url: str) -> None:
    assert relying_party(base_url) is None
