"""Where a request comes from: as the proxies in front say, and no more exactly than counting needs.

A client may send any ``X-Forwarded-For``, so what it says is believed only as far as proxies named
in the setting ``trusted_proxies`` wrote it. Whoever has one IPv6 address has its whole /64 (RFC 6177),
so the application sees the network and never the address in it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from ipaddress import IPv4Address, IPv6Address, ip_address
from typing import TYPE_CHECKING

from registry.config import Network
from web import logs

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

Address = IPv4Address | IPv6Address
HEADER = "HTTP_X_FORWARDED_FOR"
HOPS_MAX = 20
"""Addresses of a header that are looked at, from the nearest on."""
_HOST_BITS = 64


class Places:
    """WSGI middleware: ``REMOTE_ADDR`` becomes the place to count by."""

    def __init__(self, application: WSGIApplication, proxies: Sequence[Network]) -> None:
        self._application, self._proxies = application, proxies
        self._warned = False

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """The WSGI entry."""
        environ["REMOTE_ADDR"] = self._place(environ)
        return self._application(environ, start_response)

    def _place(self, environ: WSGIEnvironment) -> str:
        peer = _read(environ.get("REMOTE_ADDR", ""))
        if peer is None:
            return ""
        said = environ.get(HEADER)
        if said is None:
            return place(peer)
        if not self._is_proxy(peer) and not self._warned:
            self._warned = True
            logs.log.warning("a proxy that trusted_proxies does not name", kind="limits")
        return place(self._behind(peer, said))

    def _behind(self, peer: Address, said: str) -> Address:
        """The nearest address that is no proxy of ours: written by one of ours, or the peer's own."""
        for text in reversed(said.rsplit(",", HOPS_MAX)[-HOPS_MAX:]):
            if not self._is_proxy(peer):
                break
            hop = _read(text)
            if hop is None:
                break
            peer = hop
        return peer

    def _is_proxy(self, address: Address) -> bool:
        return any(address in network for network in self._proxies)


def place(address: Address) -> str:
    """An IPv4 address as it is; of an IPv6 address its /64, such as ``2001:db8:0:7::``."""
    if isinstance(address, IPv4Address):
        return str(address)
    return str(IPv6Address(int(address) >> _HOST_BITS << _HOST_BITS))


def _read(text: str) -> Address | None:
    """An address as proxies write it, a port perhaps behind it; IPv4 inside IPv6 becomes IPv4."""
    text = text.strip()
    if text.startswith("["):
        text = text[1:].partition("]")[0]
    elif text.count(":") == 1:
        text = text.partition(":")[0]
    try:
        address = ip_address(text)
    except ValueError:
        return None
    mapped = address.ipv4_mapped if isinstance(address, IPv6Address) else None
    return mapped or address
