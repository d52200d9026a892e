"""Where a whole log is read for checking: this node's database, a folder of static files, an address."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from http import HTTPStatus
from pathlib import Path
from typing import Any, Final

from registry.errors import CommonsError, Malformed, NotFound
from registry.fetching import Fetcher, FetchFailed, Why
from registry.ledger.exact import from_base64
from registry.ledger.notes import NOTE_MAX
from registry.ledger.reading import PAYLOAD_BYTES_MAX, LogReader, PayloadLine
from registry.ledger.refusal import Refused
from registry.ledger.rotations import ANSWER_MAX, Rotated, parse_rotations
from registry.ledger.tiles import LEAF_MAX, Tile, bundle_bytes_max, narrowed
from registry.ledger.verifying import Payload
from registry.strict_json import parse as parse_json
from registry.unmet import UNREACHED

KEY_FILE: Final = "key"
ROTATIONS_FILE: Final = "rotations"
SECONDS: Final = 60.0
PAUSES: Final = (1.0, 5.0, 20.0, 60.0)
"""Seconds to wait before asking again, where a server is busy or counts how often it is asked."""
BUSY: Final = (429, 503)
_BODY_MAX: Final = 4 * PAYLOAD_BYTES_MAX
"""Bytes of an answer; payloads are a third longer in base64, and the last may exceed what was left."""


class NodeSource:
    """The log in this node's database."""

    def __init__(self, reader: LogReader) -> None:
        self._reader = reader

    def checkpoint(self) -> bytes:
        """The newest signed note."""
        try:
            return self._reader.checkpoint()
        except NotFound as error:
            raise Refused("checkpoint-missing", "The log of this node was never signed.") from error

    def tile(self, tile: Tile) -> bytes:
        """The bytes of a tile or a bundle."""
        return self._reader.tile(tile)

    def rotations(self) -> list[Rotated]:
        """How the log came to its present key."""
        return self._reader.rotations()

    def payloads(self, first: int, after: int) -> Iterable[Payload]:
        """Payloads of a range of entries, perhaps not up to its end."""
        return self._reader.payloads(first, after)


class FolderSource:
    """A folder of static files, as ``export`` writes it; it holds no payloads."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def key(self) -> str:
        """The key that lies beside the files, as one word."""
        return self._read(KEY_FILE).decode("utf-8", "replace").strip()

    def checkpoint(self) -> bytes:
        """The signed note."""
        return self._read("checkpoint")

    def tile(self, tile: Tile) -> bytes:
        """The bytes of a tile or a bundle."""
        if tile != tile.whole and not (self._folder / tile.path).exists():
            return narrowed(self._read(tile.whole.path), tile)
        return self._read(tile.path)

    def rotations(self) -> list[Rotated]:
        """How the log came to its present key; none where no file says so."""
        return parse_rotations(self._read(ROTATIONS_FILE)) if (self._folder / ROTATIONS_FILE).exists() else []

    def payloads(self, first: int, after: int) -> None:
        """None: copies of payloads would outlive their erasure."""

    def _read(self, name: str) -> bytes:
        try:
            return (self._folder / name).read_bytes()
        except OSError as error:
            message = "%(name)s cannot be read in this folder: %(why)s"
            raise Refused("file-missing", message, name=name, why=error.strerror or "") from error


class AddressSource:
    """The log of a node elsewhere, under an address such as ``https://node.example/ledger``."""

    def __init__(self, address: str, fetcher: Fetcher, wait: Callable[[float], None] = time.sleep) -> None:
        self._address, self._fetcher, self._wait = address.rstrip("/"), fetcher, wait

    def key(self) -> str:
        """The key that the node itself shows, as one word."""
        return self._get("key", NOTE_MAX).decode("utf-8", "replace").strip()

    def checkpoint(self) -> bytes:
        """The signed note."""
        return self._get("checkpoint", NOTE_MAX)

    def tile(self, tile: Tile) -> bytes:
        """The bytes of a tile or a bundle."""
        try:
            return self._get(tile.path, bundle_bytes_max(tile, LEAF_MAX))
        except Refused:
            if tile == tile.whole:
                raise
        # A partial tile may go once there is the complete one (C2SP tlog-tiles, "Partial tiles").
        return narrowed(self._get(tile.whole.path, bundle_bytes_max(tile.whole, LEAF_MAX)), tile)

    def rotations(self) -> list[Rotated]:
        """How the log came to its present key; none where the address says nothing of it."""
        try:
            answer = self._fetcher.get(f"{self._address}/{ROTATIONS_FILE}", limit=ANSWER_MAX, seconds=SECONDS)
        except FetchFailed as failed:
            if failed.status == HTTPStatus.NOT_FOUND:
                return []
            raise Refused("address-silent", "What changed the key could not be read.") from failed
        return parse_rotations(answer.body)

    def payloads(self, first: int, after: int) -> Iterable[Payload]:
        """Payloads of a range of entries, perhaps not up to its end."""
        raw = self._get(f"payloads?from={first}&to={after}", _BODY_MAX)
        return [_line(line) for line in raw.splitlines()]

    def _get(self, name: str, limit: int) -> bytes:
        url, pauses = f"{self._address}/{name}", list(PAUSES)
        while True:
            try:
                return self._fetcher.get(url, limit=limit, seconds=SECONDS).body
            except FetchFailed as failed:
                if not pauses or failed.status not in BUSY:
                    raise _silent(url, failed) from failed
                self._wait(pauses.pop(0))


class CopySource(AddressSource):
    """A copy of a log that another node hands on, under an address such as ``https://b.example/mirror/<id>``."""

    def key(self) -> str:
        """The key that whoever hands it on says the log has, as one word."""
        try:
            found: Any = parse_json(self._get("descriptor", ANSWER_MAX))
            return str(found["log"]["vkey"])
        except (Malformed, KeyError, TypeError) as error:
            raise Refused("descriptor-malformed", "The copy does not say which key its log has.") from error


def _silent(url: str, failed: FetchFailed) -> Refused:
    """What an address gave instead, with a remedy if there is one; what is no address may hold a password."""
    named = "The address" if failed.why is Why.ADDRESS else "%(url)s"
    message = f"{named} could not be read (%(why)s). {UNREACHED.get(failed.why, '')}".rstrip()
    return Refused("address-silent", message, url=url, why=str(failed.status or failed.why.value))


def _line(raw: bytes) -> PayloadLine:
    try:
        found: Any = parse_json(raw)
        index, commitment = found["index"], found["commitment"]
        if "salt" not in found:
            return PayloadLine(int(index), commitment, None, None)
        salt, payload = from_base64(found["salt"], "A salt"), from_base64(found["payload"], "A payload")
        return PayloadLine(int(index), commitment, salt, payload)
    except (CommonsError, KeyError, TypeError, ValueError) as error:
        raise Refused("payload-malformed", "A line with a payload cannot be read.") from error
