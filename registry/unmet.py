"""Why a node was not met at an address, in a sentence with a remedy, for whoever typed the address.

A server that meets nodes by itself keeps the code (``fetching.Why``); strangers are told neither.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from http import HTTPStatus
from types import MappingProxyType
from typing import Final

from registry.fetching import FetchFailed, Why

UNREACHED: Final[Mapping[Why, str]] = MappingProxyType(
    {
        Why.ADDRESS: "This is no address that can be asked. Write https:// and the full name of the host,"
        " such as https://node.example, without a user name, a password or a #.",
        Why.PRIVATE: "This address leads into a private network. Only addresses that the whole internet can"
        " reach are asked: write the public address of the node.",
        Why.LOOPBACK: "This address is this very machine, which is asked for development only: set"
        " COMMONS_ALLOW_LOOPBACK=yes for that, or write the public address of the node.",
        Why.UNREACHABLE: "Nothing could be reached at this address: there is no such name, nobody listens"
        " there, or its certificate is not trusted. Check it, and ask the people of that node if it is up.",
        Why.SLOW: "The server at this address did not answer in time. Try again later.",
    }
)
"""Why nothing answered, whatever was looked for."""
_ELSE: Final = "Check the address: it is the one at which people read the pages of the node."
_NO_NODE: Final[Mapping[Why, str]] = MappingProxyType(
    {
        Why.LARGE: f"What answers at this address is no node of this kind: it sends too much. {_ELSE}",
        Why.BROKEN: f"What answers at this address broke off, or is no web server. {_ELSE}",
        Why.STATUS: f"What answers at this address is no node of this kind (status %(answered)s). {_ELSE}",
        Why.STRANGER: "The node at this address answers only nodes that it follows, and does not follow this"
        " one. Ask its people to follow this node first.",
    }
)
_MOVED: Final = (
    "The server at this address sends on to another one (status %(answered)s), which is not followed."
    " Write the address at which a browser ends up."
)
_BUSY: Final = "The server at this address cannot answer now (status %(answered)s). Try again later."


def not_met(failed: FetchFailed) -> FetchFailed:
    """The same failure with a sentence of its own."""
    return FetchFailed(failed.why, failed.status, _message(failed), answered=failed.status)


@contextmanager
def meeting() -> Iterator[None]:
    """Give a failure to fetch a node's description its sentence."""
    try:
        yield
    except FetchFailed as failed:
        raise not_met(failed) from failed


def _message(failed: FetchFailed) -> str:
    if failed.why is not Why.STATUS:
        return {**UNREACHED, **_NO_NODE}[failed.why]
    if HTTPStatus.MULTIPLE_CHOICES <= failed.status < HTTPStatus.BAD_REQUEST:
        return _MOVED
    busy = failed.status == HTTPStatus.TOO_MANY_REQUESTS or failed.status >= HTTPStatus.INTERNAL_SERVER_ERROR
    return _BUSY if busy else _NO_NODE[Why.STATUS]
