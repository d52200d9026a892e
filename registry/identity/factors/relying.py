"""Whom passkeys are made for: the name and the origin of this node, as browsers see them.

WebAuthn (level 3, section 5.1.2) binds a passkey to a domain name, and browsers offer passkeys in
secure contexts only: https, or ``localhost``. An address that is an IP number has no passkeys. The
one exception is made for trying things out: a node on a loopback number is reached as ``localhost`` too.
"""

from __future__ import annotations

from dataclasses import dataclass
from ipaddress import ip_address
from urllib.parse import urlsplit

import idna

LOCAL = "localhost"
PORTS = {"https": 443, "http": 80}
HOST_MAX = 253


@dataclass(frozen=True, slots=True)
class RelyingParty:
    """``id`` is the domain that passkeys are bound to, ``origin`` the only one whose pages may use them."""

    id: str
    origin: str


def relying_party(base_url: str) -> RelyingParty | None:
    """The relying party of a node with this address, or None where browsers offer no passkeys.

    A name in another script becomes its ASCII form (IDNA 2008 after UTS 46, as browsers do); a port is
    part of the origin and not of the id; a path is part of neither.
    """
    try:
        parts = urlsplit(base_url.strip())
        host, port = _domain(parts.hostname or ""), parts.port
    except ValueError:
        return None
    secure = parts.scheme == "https" or (parts.scheme == "http" and _is_local(host))
    if not secure or not host:
        return None
    shown = "" if port in (None, PORTS[parts.scheme]) else f":{port}"
    return RelyingParty(host, f"{parts.scheme}://{host}{shown}")


def _domain(host: str) -> str:
    """The host as a domain name in ASCII; raises ``ValueError`` for one that cannot be a relying party."""
    try:
        number = ip_address(host)
    except ValueError:
        # idna.IDNAError is a ValueError.
        return _ascii(host)
    if number.is_loopback:
        return LOCAL
    raise ValueError(host)


def _ascii(host: str) -> str:
    name = idna.encode(host, uts46=True).decode("ascii")
    if len(name) > HOST_MAX or name.endswith("."):
        raise ValueError(host)
    return name


def _is_local(host: str) -> bool:
    return host == LOCAL or host.endswith(f".{LOCAL}")
