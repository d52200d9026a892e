"""Addresses on the network that others type and this node then calls: which are acceptable. Pure.

Only ``https`` to a host with a public name, and only to IP addresses that the whole internet can
reach. Otherwise whoever types an address could make the node talk to its own neighbours (SSRF).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from typing import Final
from urllib.parse import urlsplit

URL_MAX: Final = 500
"""Characters of an address; more is refused."""
LOOPBACK_HOSTS: Final = ("localhost", "127.0.0.1", "::1")
"""Hosts that may be called, also without TLS, where the operator allows loopback."""

_LABEL = r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?"
_NAME = re.compile(rf"(?:{_LABEL}\.){{1,8}}(?=[a-z0-9-]*[a-z]){_LABEL}", re.ASCII | re.IGNORECASE)
_VISIBLE = re.compile(r"[!-~]+", re.ASCII)
_TUNNELS = tuple(
    ip_network(block)
    for block in (
        "::/96",  # IPv4-compatible
        "::ffff:0:0/96",  # IPv4-mapped
        "64:ff9b::/96",  # NAT64, RFC 6052; Python calls 64:ff9b::7f00:1 global
        "64:ff9b:1::/48",  # NAT64 of one network, RFC 8215
        "2001::/32",  # Teredo
        "2002::/16",  # 6to4
        "fec0::/10",  # site-local, long withdrawn
        "192.88.99.0/24",  # 6to4 relays
    )
)
"""Blocks in which an address stands for another one."""


class BadAddress(ValueError):
    """The text is no address that this node calls."""


class Inside(BadAddress):
    """An address of this node's own neighbourhood, or one that leads there."""


class Loopback(Inside):
    """An address of this very machine, where the operator does not allow it."""


@dataclass(frozen=True, slots=True)
class Place:
    """An address taken apart; ``target`` is path and query as they are sent."""

    secure: bool
    host: str
    port: int
    target: str

    @property
    def is_loopback(self) -> bool:
        """Whether it names this very machine."""
        return self.host in LOOPBACK_HOSTS


def read_address(text: str, *, loopback: bool = False) -> Place:
    """Take an address apart; raises ``BadAddress``.

    ``loopback`` lets it name this machine, with ``http`` too; for development.
    """
    if len(text) > URL_MAX or _VISIBLE.fullmatch(text) is None or "\\" in text:
        raise BadAddress
    try:
        parts = urlsplit(text)
        host, port = parts.hostname or "", parts.port
    except ValueError as error:
        raise BadAddress from error
    if parts.username is not None or parts.password is not None or "#" in text or port == 0:
        raise BadAddress
    local = loopback and host in LOOPBACK_HOSTS
    if not local and _NAME.fullmatch(host) is None:
        raise _refusal(parts.scheme, host)
    if parts.scheme != "https" and not (local and parts.scheme == "http"):
        raise BadAddress
    secure = parts.scheme == "https"
    target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    return Place(secure, host, port or (443 if secure else 80), target)


def _refusal(scheme: str, host: str) -> BadAddress:
    """Why a host without a public name is not called, as exactly as can be said."""
    if scheme not in ("http", "https"):
        return BadAddress()
    if host in LOOPBACK_HOSTS:
        return Loopback()
    try:
        return BadAddress() if _is_public(ip_address(host)) else Inside()
    except ValueError:
        return BadAddress()


def may_call(address: str, *, loopback: bool = False) -> bool:
    """Whether an IP address may be called: one of the whole internet's, or this machine's if allowed."""
    try:
        found = ip_address(address)
    except ValueError:
        return False  # with a zone, for one: fe80::1%eth0
    return found.is_loopback if loopback else _is_public(found)


def _is_public(address: IPv4Address | IPv6Address) -> bool:
    if any(address in block for block in _TUNNELS if block.version == address.version):
        return False
    odd = address.is_multicast or address.is_reserved or address.is_unspecified or address.is_loopback
    return address.is_global and not odd
