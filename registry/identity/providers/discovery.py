"""What providers say of themselves, and their keys: fetched, checked, and kept for a while.

A provider that did not answer is not asked again for some seconds, so that people who try again and
again hold up neither the provider nor this node.
"""

from __future__ import annotations

import json
from collections import OrderedDict
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from threading import Lock
from typing import Any, Final

from joserfc.jwk import Key

from registry.clock import Clock
from registry.fetching import SECONDS, Fetcher, FetchFailed, Why
from registry.identity.providers import keys
from registry.identity.providers.rules import (
    Description,
    ProviderTrouble,
    Trouble,
    describe,
    document_url,
)

KEPT: Final = timedelta(hours=1)
"""How long a description and its keys are believed."""
AGAIN: Final = timedelta(minutes=1)
"""How often keys are fetched anew because a token names one that is not among them."""
PAUSE: Final = timedelta(seconds=20)
"""For which a provider that failed is left alone."""
KNOWN_MAX: Final = 200


@dataclass
class _Known:
    lock: Lock = field(default_factory=Lock)
    description: Description | None = None
    described_at: datetime | None = None
    keys: list[Key] = field(default_factory=list)
    keys_at: datetime | None = None
    failed: tuple[datetime, Trouble] | None = None


class Discovery:
    """The providers that this process knows, by issuer."""

    def __init__(self, fetcher: Fetcher, clock: Clock) -> None:
        self._fetcher, self._clock = fetcher, clock
        self._known: OrderedDict[str, _Known] = OrderedDict()
        self._lock = Lock()

    @property
    def loopback(self) -> bool:
        """Whether providers may be on this very machine."""
        return self._fetcher.loopback

    def description(self, issuer: str) -> Description:
        """What a provider says of itself; raises ``ProviderTrouble``."""
        known = self._of(issuer)
        with _Turn(known):
            return self._described(known, issuer)

    def examine(self, issuer: str) -> tuple[Description, int]:
        """The description fetched anew, and how many keys can be used; raises ``ProviderTrouble``."""
        with self._lock:
            self._known.pop(issuer, None)
        known = self._of(issuer)
        with _Turn(known):
            return self._described(known, issuer), len(self._keys(known, issuer, named=None))

    def claims(self, issuer: str, token: str) -> dict[str, Any]:
        """The claims of an ID token that one of the provider's keys signed; raises ``ProviderTrouble``."""
        kid = keys.named(token)
        known = self._of(issuer)
        with _Turn(known):
            found = self._keys(known, issuer, named=kid)
        return keys.verified(token, found)

    def _of(self, issuer: str) -> _Known:
        with self._lock:
            known = self._known.setdefault(issuer, _Known())
            self._known.move_to_end(issuer)
            if len(self._known) > KNOWN_MAX:
                self._known.popitem(last=False)
        return known

    def _described(self, known: _Known, issuer: str) -> Description:
        if known.description is None or self._is_old(known.described_at, KEPT):
            document = self._document(known, document_url(issuer))
            try:
                known.description = describe(document, issuer, loopback=self.loopback)
            except ProviderTrouble as error:
                known.failed = (self._clock(), error.trouble)
                raise
            known.described_at = self._clock()
        return known.description

    def _keys(self, known: _Known, issuer: str, *, named: str | None) -> list[Key]:
        missing = named is not None and all(key.kid != named for key in known.keys)
        if self._is_old(known.keys_at, KEPT) or (missing and self._is_old(known.keys_at, AGAIN)):
            found = self._document(known, self._described(known, issuer).jwks_uri).get("keys")
            known.keys = keys.usable(found)
            known.keys_at = self._clock()
        if not known.keys:
            raise ProviderTrouble(Trouble.UNFIT)
        return known.keys

    def _document(self, known: _Known, url: str) -> dict[str, Any]:
        if known.failed is not None and not self._is_old(known.failed[0], PAUSE):
            raise ProviderTrouble(known.failed[1])
        try:
            found = read_object(self._fetcher.get(url).body)
        except FetchFailed as error:
            trouble = Trouble.DOWN if error.why in (Why.UNREACHABLE, Why.SLOW) else Trouble.UNFIT
            known.failed = (self._clock(), trouble)
            raise ProviderTrouble(trouble) from error
        except ProviderTrouble as error:
            known.failed = (self._clock(), error.trouble)
            raise
        known.failed = None
        return found

    def _is_old(self, moment: datetime | None, after: timedelta) -> bool:
        return moment is None or moment + after <= self._clock()


class _Turn:
    """One thread at a time asks a provider; whoever waits too long is told that it does not answer."""

    def __init__(self, known: _Known) -> None:
        self._lock = known.lock

    def __enter__(self) -> None:
        if not self._lock.acquire(timeout=SECONDS):
            raise ProviderTrouble(Trouble.DOWN)

    def __exit__(self, *_: object) -> None:
        self._lock.release()


def read_object(body: bytes) -> dict[str, Any]:
    """A JSON object; raises ``ProviderTrouble`` for everything else."""
    try:
        found = json.loads(body)
    except (ValueError, RecursionError):
        found = None
    if not isinstance(found, dict):
        raise ProviderTrouble(Trouble.UNFIT)
    return found
