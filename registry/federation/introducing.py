"""The way out to other nodes, saying who asks wherever a node wants to know, and nowhere else."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from http import HTTPStatus
from urllib.parse import urlsplit

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from registry.clock import Clock
from registry.federation.signed_requests import sign
from registry.fetching import NO_MORE, Answer, Fetcher, FetchFailed, Why


class Introducing:
    """Fetches as ``Fetcher`` does; an answer that asks who it is (401) is asked again with a signature.

    Reading stays anonymous for all others. Which hosts want to know is remembered by this process.
    """

    def __init__(
        self, fetcher: Fetcher, node_id: str, key: Callable[[], Ed25519PrivateKey], clock: Clock
    ) -> None:
        self._fetcher, self._node_id, self.key, self._clock = fetcher, node_id, key, clock
        self._wanting: set[str] = set()

    def get(
        self, url: str, *, limit: int, seconds: float, tag: str = "", headers: Mapping[str, str] = NO_MORE
    ) -> Answer:
        """The document at an address, bounded in bytes and seconds; raises ``FetchFailed``."""
        ends, host = time.monotonic() + seconds, urlsplit(url).netloc
        if host not in self._wanting:
            try:
                return self._fetcher.get(url, limit=limit, seconds=seconds, tag=tag, headers=headers)
            except FetchFailed as failed:
                if failed.status != HTTPStatus.UNAUTHORIZED:
                    raise
        told = {**headers, **sign(self.key(), self._node_id, "GET", url, self._clock())}
        left = max(0.0, ends - time.monotonic())
        try:
            answer = self._fetcher.get(url, limit=limit, seconds=left, tag=tag, headers=told)
        except FetchFailed as failed:
            if failed.status != HTTPStatus.UNAUTHORIZED:
                raise
            raise FetchFailed(Why.STRANGER, failed.status) from failed
        self._wanting.add(host)
        return answer

    def send(self, url: str, body: bytes, *, limit: int, seconds: float) -> Answer:
        """The answer to plain text, whatever its status; raises ``FetchFailed``."""
        return self._fetcher.send(url, body, limit=limit, seconds=seconds)


class Signing:
    """Fetches as ``Fetcher`` does and always says who asks: for what only partners are given.

    Without that the answer is that there is nothing, so nobody is asked for a signature first.
    """

    def __init__(
        self, fetcher: Fetcher, node_id: str, key: Callable[[], Ed25519PrivateKey], clock: Clock
    ) -> None:
        self._fetcher, self._node_id, self._key, self._clock = fetcher, node_id, key, clock

    def get(
        self, url: str, *, limit: int, seconds: float, tag: str = "", headers: Mapping[str, str] = NO_MORE
    ) -> Answer:
        """The document at an address, bounded in bytes and seconds; raises ``FetchFailed``."""
        told = {**headers, **sign(self._key(), self._node_id, "GET", url, self._clock())}
        return self._fetcher.get(url, limit=limit, seconds=seconds, tag=tag, headers=told)
