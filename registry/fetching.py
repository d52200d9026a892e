"""Fetching small documents from servers that others name: bounded, and safe to point anywhere.

The name is looked up once and the connection goes to the very address that was checked; there are no
redirects, no proxies and no cookies. Time and size are bounded over the whole exchange, so that a
server which answers a byte at a time gains nothing.
"""

from __future__ import annotations

import io
import re
import socket
import ssl
import time
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from concurrent.futures import TimeoutError as LookupTimeout
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from http import HTTPStatus
from http.client import HTTPConnection, HTTPException
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlencode

from registry.addresses import BadAddress, Inside, Loopback, Place, may_call, read_address
from registry.errors import N_, Unavailable

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

SECONDS: Final = 5.0
"""For a whole exchange: look-up, connection, question and answer."""
BODY_MAX: Final = 64 * 1024
HEADERS_MAX: Final = 16 * 1024
ADDRESSES_MAX: Final = 4
"""Addresses of one host that are tried."""
JSON: Final = {"Accept": "application/json"}
NO_MORE: Final[Mapping[str, str]] = MappingProxyType({})
_TAG: Final = re.compile(r'(?:W/)?"[!#-~]{1,100}"', re.ASCII)
FORM: Final = "application/x-www-form-urlencoded"
TEXT: Final = "text/plain; charset=utf-8"

Resolve = Callable[[str, int], list[str]]
Dial = Callable[[tuple[str, int], float], socket.socket]


class Why(StrEnum):
    """Why nothing was fetched."""

    ADDRESS = "address"  # none that could be called
    PRIVATE = "private"  # it leads into a private network
    LOOPBACK = "loopback"  # it is this very machine, and the settings do not allow that
    UNREACHABLE = "unreachable"  # no such name, nobody listens, or no trusted certificate
    SLOW = "slow"
    LARGE = "large"
    BROKEN = "broken"  # what came is not HTTP
    STATUS = "status"  # answered, but not with the document
    STRANGER = "stranger"  # it wants to know who asks, and does not know this node


class FetchFailed(Unavailable):
    """Nothing was fetched; ``why`` is for those who look after the server, not for strangers.

    ``status`` is the status that came in place of the document, 0 where none did.
    """

    message = N_("Another server did not answer as it should. Please try again later.")

    def __init__(self, why: Why, status: int = 0, message: str | None = None, **facts: object) -> None:
        super().__init__(message, **facts)
        self.why, self.status = why, status


@dataclass(frozen=True, slots=True)
class Answer:
    """What a server answered; ``tag`` is what it calls this form of the document (ETag), or nothing."""

    status: int
    media_type: str
    body: bytes
    tag: str = ""


def look_up(host: str, port: int) -> list[str]:
    """The IP addresses of a host; raises ``OSError``."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))


class Fetcher:
    """Fetches; ``loopback`` allows addresses of this machine, for development.

    ``resolve`` and ``dial`` are the two ways out to the network; ``trust`` is whose certificates count.
    """

    def __init__(
        self,
        *,
        loopback: bool = False,
        resolve: Resolve = look_up,
        dial: Dial = socket.create_connection,
        trust: ssl.SSLContext | None = None,
    ) -> None:
        self.loopback = loopback
        self._resolve, self._dial, self._given = resolve, dial, trust
        self._lookups = ThreadPoolExecutor(8, thread_name_prefix="look-up")

    def get(
        self,
        url: str,
        *,
        limit: int = BODY_MAX,
        seconds: float = SECONDS,
        tag: str = "",
        headers: Mapping[str, str] = NO_MORE,
    ) -> Answer:
        """The document at an address; raises ``FetchFailed``.

        With a ``tag``, the answer has status 304 and no body where the document is still called that.
        """
        asked = ({"If-None-Match": tag} if tag else JSON) | dict(headers)
        answer = self._exchange("GET", url, None, asked, _Bounds(seconds, limit))
        unchanged = bool(tag) and answer.status == HTTPStatus.NOT_MODIFIED
        if answer.status != HTTPStatus.OK and not unchanged:
            raise FetchFailed(Why.STATUS, answer.status)
        return answer

    def post(
        self,
        url: str,
        fields: Mapping[str, str],
        headers: Mapping[str, str],
        *,
        limit: int = BODY_MAX,
        seconds: float = SECONDS,
    ) -> Answer:
        """The answer to a form, whatever its status; raises ``FetchFailed``."""
        sent = {**JSON, **headers, "Content-Type": FORM}
        return self._exchange("POST", url, urlencode(fields).encode(), sent, _Bounds(seconds, limit))

    def send(self, url: str, body: bytes, *, limit: int, seconds: float) -> Answer:
        """The answer to plain text, whatever its status; raises ``FetchFailed``."""
        sent = {"Content-Type": TEXT, "Accept": "*/*"}
        return self._exchange("POST", url, body, sent, _Bounds(seconds, limit))

    def _exchange(
        self, method: str, url: str, body: bytes | None, headers: Mapping[str, str], bounds: _Bounds
    ) -> Answer:
        try:
            place = read_address(url, loopback=self.loopback)
            addresses = self._checked(place, bounds)
            line = self._connect(place, addresses, bounds)
        except BadAddress as error:
            raise FetchFailed(_why(error)) from error
        except (TimeoutError, LookupTimeout) as error:
            raise FetchFailed(Why.SLOW) from error
        except (OSError, ValueError) as error:
            raise FetchFailed(Why.UNREACHABLE) from error
        try:
            return _talk(_Connection(place, _Bounded(line, bounds)), method, place, body, headers, bounds)
        except TimeoutError as error:
            raise FetchFailed(Why.SLOW) from error
        except (OSError, HTTPException, ValueError) as error:
            raise FetchFailed(Why.BROKEN) from error
        finally:
            line.close()

    def _checked(self, place: Place, bounds: _Bounds) -> list[str]:
        """The addresses of the host, looked up once; one bad among them is enough to refuse."""
        looking = self._lookups.submit(self._resolve, place.host, place.port)
        found = looking.result(timeout=bounds.left())
        if not found:
            raise BadAddress
        if not all(may_call(address, loopback=place.is_loopback) for address in found):
            raise Inside
        return found[:ADDRESSES_MAX]

    def _connect(self, place: Place, addresses: list[str], bounds: _Bounds) -> socket.socket:
        for last, address in enumerate(addresses, start=1 - len(addresses)):
            try:
                line = self._dial((address, place.port), bounds.left())
                break
            except TimeoutError:
                raise
            except OSError:
                if last == 0:
                    raise
        line.settimeout(bounds.left())
        if not place.secure:
            return line
        try:
            return self._trust.wrap_socket(line, server_hostname=place.host)
        except OSError:
            line.close()
            raise

    @cached_property
    def _trust(self) -> ssl.SSLContext:
        return self._given or ssl.create_default_context()


class _Bounds:
    """What is left of the time and size of one exchange."""

    def __init__(self, seconds: float, limit: int) -> None:
        self._ends = time.monotonic() + seconds
        self._bytes = limit + HEADERS_MAX
        self.limit = limit

    def left(self) -> float:
        """Seconds; raises ``TimeoutError`` when there are none."""
        left = self._ends - time.monotonic()
        if left <= 0:
            raise TimeoutError
        return left

    def took(self, count: int) -> None:
        """Count bytes that came; raises ``FetchFailed`` beyond the limit."""
        self._bytes -= count
        if self._bytes < 0:
            raise FetchFailed(Why.LARGE)


class _Bounded:
    """A socket that keeps to the bounds; the part of its manners that ``http.client`` needs."""

    def __init__(self, line: socket.socket, bounds: _Bounds) -> None:
        self._line, self._bounds = line, bounds

    def sendall(self, data: bytes) -> None:
        self._line.settimeout(self._bounds.left())
        self._line.sendall(data)

    def makefile(self, _mode: str) -> io.BufferedReader:
        return io.BufferedReader(_Incoming(self._line, self._bounds), 4096)

    def close(self) -> None:
        """Nothing yet: an answer without a length is read until its end after the connection is closed."""


class _Incoming(io.RawIOBase):
    """What comes over the line; each wait is no longer than what is left for the whole."""

    def __init__(self, line: socket.socket, bounds: _Bounds) -> None:
        self._line, self._bounds = line, bounds

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: WriteableBuffer) -> int:
        self._line.settimeout(self._bounds.left())
        count = self._line.recv_into(buffer)
        self._bounds.took(count)
        return count


class _Connection(HTTPConnection):
    """One exchange over a line that is open already."""

    def __init__(self, place: Place, line: _Bounded) -> None:
        super().__init__(place.host, place.port)
        self.default_port = 443 if place.secure else 80
        self.sock: Any = line

    def connect(self) -> None:
        """Refused: the line went to an address that was checked, and no second one is opened."""
        raise OSError


def _why(error: BadAddress) -> Why:
    if isinstance(error, Loopback):
        return Why.LOOPBACK
    return Why.PRIVATE if isinstance(error, Inside) else Why.ADDRESS


def _talk(
    connection: HTTPConnection,
    method: str,
    place: Place,
    body: bytes | None,
    headers: Mapping[str, str],
    bounds: _Bounds,
) -> Answer:
    told = {"User-Agent": "incident-commons", "Connection": "close"}
    connection.request(method, place.target, body, told | dict(headers))
    response = connection.getresponse()
    whole = response.read(bounds.limit + 1)
    if len(whole) > bounds.limit:
        raise FetchFailed(Why.LARGE)
    if response.length:  # promised and never sent
        raise FetchFailed(Why.BROKEN)
    media_type = (response.getheader("Content-Type") or "").partition(";")[0].strip().lower()
    return Answer(response.status, media_type, whole, _tag(response.getheader("ETag") or ""))


def _tag(text: str) -> str:
    """An entity tag that can be sent back, else nothing."""
    return text if _TAG.fullmatch(text) else ""
