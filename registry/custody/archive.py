"""A ZIP of JSON files that is written while it is read: nothing of it is ever whole in memory or on disk."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from _typeshed import ReadableBuffer

ENOUGH = 64 * 1024
"""Bytes that are gathered before they are handed on."""


@dataclass(frozen=True, slots=True)
class Part:
    """One file: its name without extension, what is in it in plain words, and its lines."""

    name: str
    says: str
    lines: Iterable[Any]


def stream(parts: Iterable[Part], about: dict[str, Any], at: datetime) -> Iterator[bytes]:
    """The archive in pieces: ``about.json``, then each part as a JSON array, one line an entry."""
    listed = list(parts)
    about = about | {"files": {f"{part.name}.json": part.says for part in listed}}
    sink = _Sink()
    with zipfile.ZipFile(sink, "w", zipfile.ZIP_DEFLATED) as archive:
        with archive.open(_entry("about.json", at), "w") as file:
            file.write(json.dumps(about, ensure_ascii=False, indent=2).encode())
        for part in listed:
            with archive.open(_entry(f"{part.name}.json", at), "w") as file:
                for piece in _array(part.lines):
                    file.write(piece)
                    if sink.size >= ENOUGH:
                        yield sink.take()
    yield sink.take()


def _array(lines: Iterable[Any]) -> Iterator[bytes]:
    before = b"[\n"
    for line in lines:
        yield before + json.dumps(line, ensure_ascii=False).encode()
        before = b",\n"
    yield b"[]\n" if before == b"[\n" else b"\n]\n"


def _entry(name: str, at: datetime) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name, (at.year, at.month, at.day, at.hour, at.minute, 0))
    entry.compress_type = zipfile.ZIP_DEFLATED
    entry.external_attr = 0o600 << 16
    return entry


class _Sink(io.RawIOBase):
    """A file that can only be written to, emptied by ``take``."""

    def __init__(self) -> None:
        super().__init__()
        self._pieces: list[bytes] = []
        self.size = 0

    def writable(self) -> bool:
        """It is."""
        return True

    def write(self, piece: ReadableBuffer) -> int:
        """Keep the piece until it is taken."""
        kept = bytes(piece)
        self._pieces.append(kept)
        self.size += len(kept)
        return len(kept)

    def take(self) -> bytes:
        """Everything written since it was last asked for."""
        whole, self._pieces, self.size = b"".join(self._pieces), [], 0
        return whole
