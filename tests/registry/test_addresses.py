"""Which addresses this node calls: none that leads to itself or to its neighbours."""

from __future__ import annotations

from ipaddress import ip_address

import pytest
from hypothesis import given
from hypothesis import strategies as st

from registry.addresses import URL_MAX, BadAddress, may_call, read_address

BAD_TEXTS = (
    "",
    "login.example.org",
    "//login.example.org/",
    "http://login.example.org/",
    "ftp://login.example.org/",
    "file:///etc/passwd",
    "gopher://login.example.org/",
    "javascript:alert(1)",
    "https://",
    "https:///path",
    "https:login.example.org",
    "https://localhost/",
    "https://localhost.localdomain:0/",
    "https://127.0.0.1/",
    "https://127.1/",
    "https://0x7f.1/",
    "https://0x7f000001/",
    "https://0177.0.0.1/",
    "https://2130706433/",
    "https://0/",
    "https://169.254.169.254/latest/meta-data/",
    "https://10.0.0.1/",
    "https://8.8.8.8/",  # a certificate is for a name
    "https://[::1]/",
    "https://[::ffff:127.0.0.1]/",
    "https://[64:ff9b::7f00:1]/",
    "https://[fe80::1%25eth0]/",
    "https://intranet/",
    "https://login.example.org@127.0.0.1/",
    "https://user:secret@login.example.org/",
    "https://@login.example.org/",
    "https://login.example.org\\@127.0.0.1/",
    "https://login.example.org/\\..\\x",
    "https://login.example.org:0/",
    "https://login.example.org:99999/",
    "https://login.example.org:8a/",
    "https://login.example.org/#part",
    "https://login.example.org#@127.0.0.1/",
    "https://login.example.org /",
    " https://login.example.org/",
    "https://login.example.org/\n",
    "https://login.example.org/\r\nHost: x",
    "https://login.example.org/\x00",
    "https://login..example.org/",
    "https://.example.org/",
    "https://-login.example.org/",
    "https://login.example.org./",
    "https://login_x.example.org/",
    "https://лоґін.example.org/",
    "https://login。example.org/",
    "https://①②⑦.⓪.⓪.①/",
    "https://login.example.org/é",
    "https://example.123/",
    "https://[broken/",
    "https://login.example.org/" + "x" * URL_MAX,
)
BAD_IPS = (
    *("0.0.0.0", "10.1.2.3", "100.64.0.1", "127.0.0.1", "127.255.255.254", "169.254.169.254"),  # noqa: S104 - nothing is bound
    *("172.16.0.1", "172.31.255.255", "192.0.0.1", "192.0.2.1", "192.88.99.1", "192.168.1.1"),
    *("198.18.0.1", "198.51.100.7", "203.0.113.9", "224.0.0.1", "239.255.255.250", "240.0.0.1"),
    *("255.255.255.255", "::", "::1", "::7f00:1", "::127.0.0.1", "::ffff:127.0.0.1", "::ffff:8.8.8.8"),
    *("64:ff9b::7f00:1", "64:ff9b::8.8.8.8", "64:ff9b:1::a00:1", "100::1", "2001::1", "2001:db8::1"),
    *("2002:7f00:1::", "2002:a00:1::1", "fc00::1", "fd12:3456::1", "fe80::1", "fe80::1%eth0"),
    *("fec0::1", "ff02::1", "ff0e::1", "::ffff:0:127.0.0.1", "not an address", "", "8.8.8.8:80"),
)


@pytest.mark.parametrize("text", BAD_TEXTS)
def test_what_is_no_address_of_a_public_server_is_refused(text: str) -> None:
    with pytest.raises(BadAddress):
        read_address(text)


@pytest.mark.parametrize("address", BAD_IPS)
def test_an_ip_address_that_not_everybody_can_reach_is_never_called(address: str) -> None:
    assert not may_call(address)


@pytest.mark.parametrize("address", ["8.8.8.8", "93.184.216.34", "2606:4700::1111", "2a00:1450:4001::1"])
def test_public_ip_addresses_may_be_called(address: str) -> None:
    assert may_call(address)


def test_an_address_is_taken_apart() -> None:
    place = read_address("https://Login.Example.ORG:8443/realms/x?y=z")
    assert (place.secure, place.host, place.port, place.target) == (
        True,
        "login.example.org",
        8443,
        "/realms/x?y=z",
    )
    assert read_address("https://login.example.org").target == "/"


@pytest.mark.parametrize("text", ["http://localhost:8080/", "http://127.0.0.1/x", "https://[::1]:9/"])
def test_this_machine_is_named_only_where_the_operator_allows_it(text: str) -> None:
    assert read_address(text, loopback=True).is_loopback
    with pytest.raises(BadAddress):
        read_address(text)


@pytest.mark.parametrize("text", ["http://login.example.org/", "http://10.0.0.1/", "http://127.0.0.2/"])
def test_allowing_loopback_allows_nothing_else(text: str) -> None:
    with pytest.raises(BadAddress):
        read_address(text, loopback=True)
    assert not may_call("10.0.0.1", loopback=True)
    assert not may_call("8.8.8.8", loopback=True)


@given(st.ip_addresses())
def test_nothing_that_may_be_called_is_private(address: object) -> None:
    if may_call(str(address)):
        found = ip_address(str(address))
        assert found.is_global
        assert not found.is_private
        assert not found.is_multicast
