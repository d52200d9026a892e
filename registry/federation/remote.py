"""A peer's log over HTTP: every answer bounded, parsed and refused when it is not what it should be.

The addresses are those of C2SP tlog-tiles below a prefix; payloads come in ranges of entries, as bytes
(``payload_parts``) or, from nodes that do not know that form, one JSON object a line:
``{"index": 7, "commitment": "<hex>", "salt": "<base64>", "payload": "<base64>"}``, or
``{"index": 7, "commitment": "<hex>", "erased": true}``. A range may end early; the rest is asked for again.
"""

from __future__ import annotations

import math
import re
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any, Final, Protocol

from registry.errors import Malformed
from registry.fetching import NO_MORE, Answer, FetchFailed, Why
from registry.ledger import payload_parts
from registry.ledger.envelopes import ENVELOPE_MAX
from registry.ledger.exact import from_base64
from registry.ledger.hashing import HASH_BYTES
from registry.ledger.notes import NOTE_MAX
from registry.ledger.refusal import Refused
from registry.ledger.rotations import ANSWER_MAX, Rotated, parse_rotations
from registry.ledger.tiles import Tile, bundle_bytes_max, leaves_of
from registry.strict_json import parse

PAYLOAD_MAX: Final = 256 * 1024
"""Bytes of a payload's canonical form."""
PAYLOADS_AT_ONCE: Final = 256
RANGE_MAX: Final = 8 * 1024 * 1024
PAYLOADS: Final = {"Accept": f"{payload_parts.MEDIA_TYPE}, application/x-ndjson;q=0.5"}
_LINE: Final = re.compile(
    rb'\{"index":(?P<index>0|[1-9][0-9]{0,15}),"commitment":"[0-9a-f]{64}",'
    rb'"salt":"(?P<salt>[A-Za-z0-9+/=]{1,100})","payload":"'
)
PROOF_MAX: Final = 16 * 1024
PROOF_HASHES_MAX: Final = 63
SECONDS: Final = 30.0
"""For one answer."""


class Getter(Protocol):
    """The way out: ``registry.fetching.Fetcher`` fits."""

    def get(
        self, url: str, *, limit: int, seconds: float, tag: str = "", headers: Mapping[str, str] = NO_MORE
    ) -> Answer:
        """The document at an address, bounded in bytes and seconds; raises ``FetchFailed``.

        ``headers`` are sent as well. Status 304 says that it still is what was given under this ``tag``.
        """


@dataclass(frozen=True, slots=True)
class Delivered:
    """A payload as it was delivered: canonical bytes and salt, or neither where there is none (any more)."""

    index: int
    salt: bytes | None
    payload: bytes | None


@dataclass(frozen=True, slots=True)
class Seen:
    """A signed note as it came, and what the server calls it."""

    note: bytes
    tag: str


class RemoteLog:
    """Reads one log below a prefix such as ``https://node.example/ledger``.

    ``label`` is what all of its entries have to be labelled (TLP).
    """

    def __init__(self, getter: Getter, prefix: str, label: str = "CLEAR") -> None:
        self._getter, self._prefix, self.label = getter, prefix.rstrip("/"), label
        self._ends = math.inf

    def within(self, seconds: float) -> None:
        """Give all answers from now on so many seconds together; then ``FetchFailed`` says slow."""
        self._ends = time.monotonic() + seconds

    def checkpoint(self, seen: Seen | None = None) -> Seen:
        """The newest checkpoint as it was signed; ``seen`` is one that need not be sent again."""
        tag = "" if seen is None else seen.tag
        url = f"{self._prefix}/checkpoint"
        answer = self._getter.get(url, limit=NOTE_MAX, seconds=SECONDS, tag=tag)
        if seen is not None and answer.status == HTTPStatus.NOT_MODIFIED:
            return seen
        return Seen(answer.body, answer.tag)

    def leaves(self, tile: Tile) -> list[bytes]:
        """The entries of a bundle; raises ``Refused`` unless there are exactly as many as it is wide.

        A log that grew meanwhile may have only the full bundle left.
        """
        try:
            return leaves_of(self._get(tile.path, bundle_bytes_max(tile, ENVELOPE_MAX)), tile)
        except FetchFailed as failed:
            if failed.why is not Why.STATUS or tile == tile.whole:
                raise
        whole = tile.whole
        return leaves_of(self._get(whole.path, bundle_bytes_max(whole, ENVELOPE_MAX)), whole)[: tile.width]

    def consistency(self, old: int, new: int) -> list[bytes]:
        """The hashes that prove that the log of ``old`` entries is the beginning of that of ``new``."""
        raw = self._get(f"consistency?from={old}&to={new}", PROOF_MAX)
        hashes = _object(raw).get("hashes")
        if not isinstance(hashes, list) or len(hashes) > PROOF_HASHES_MAX:
            raise _odd("The proof")
        found = [from_base64(one, "A hash") for one in hashes if isinstance(one, str)]
        if len(found) != len(hashes) or any(len(one) != HASH_BYTES for one in found):
            raise _odd("The proof")
        return found

    def rotations(self) -> list[Rotated]:
        """How the log came to its present key, in the order of the log."""
        return parse_rotations(self._get("rotations", ANSWER_MAX))

    def payloads(self, start: int, end: int) -> Iterator[Delivered]:
        """The payloads of the entries from ``start`` up to and without ``end``."""
        answer = self._answer(f"payloads?from={start}&to={end}", RANGE_MAX, PAYLOADS)
        by_parts = answer.media_type == payload_parts.MEDIA_TYPE
        yield from (_from_parts if by_parts else _from_lines)(answer.body, end - start)

    def _get(self, path: str, limit: int) -> bytes:
        return self._answer(path, limit, NO_MORE).body

    def _answer(self, path: str, limit: int, headers: Mapping[str, str]) -> Answer:
        left = min(SECONDS, self._ends - time.monotonic())
        if left <= 0:
            raise FetchFailed(Why.SLOW)
        return self._getter.get(f"{self._prefix}/{path}", limit=limit, seconds=left, headers=headers)


def _from_parts(raw: bytes, most: int) -> Iterator[Delivered]:
    for count, (index, salt, payload) in enumerate(payload_parts.unpacked(raw)):
        if count == most:
            raise _too_many()
        yield Delivered(index, salt, payload) if salt or payload else Delivered(index, None, None)


def _from_lines(raw: bytes, most: int) -> Iterator[Delivered]:
    lines = raw.removesuffix(b"\n").split(b"\n", most)
    if len(lines) > most:
        raise _too_many()
    for line in lines if raw else ():
        yield _written(line) or _delivered(_object(line))


def _written(line: bytes) -> Delivered | None:
    """A line as it is nearly always written; None for what has to be looked at closely.

    Its payload is most of the answer and nothing but base64, which a reader of JSON looks at sign by sign.
    """
    found = _LINE.match(line)
    if found is None or not line.endswith(b'"}') or not line.isascii():
        return None
    payload = line[found.end() : -2].decode("ascii")
    if '"' in payload:
        return None
    salt = from_base64(found["salt"].decode("ascii"), "The salt")
    return Delivered(int(found["index"]), salt, from_base64(payload, "The payload"))


def _delivered(found: dict[str, Any]) -> Delivered:
    index, salt, payload = found.get("index"), found.get("salt"), found.get("payload")
    if type(index) is not int:
        raise _odd("A payload")
    if salt is None and payload is None:
        return Delivered(index, None, None)
    if not isinstance(salt, str) or not isinstance(payload, str):
        raise _odd("A payload")
    return Delivered(index, from_base64(salt, "The salt"), from_base64(payload, "The payload"))


def _object(raw: bytes) -> dict[str, Any]:
    try:
        found = parse(raw)
    except Malformed as error:
        raise Refused("answer-not-json", "The answer is not JSON: %(why)s", why=error.text) from error
    if not isinstance(found, dict):
        raise _odd("The answer")
    return found


def _too_many() -> Refused:
    return Refused("answer-too-many", "More payloads came than were asked for.")


def _odd(what: str) -> Refused:
    return Refused("answer-malformed", "%(what)s has another shape than it should.", what=what)
