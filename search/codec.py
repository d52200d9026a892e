"""How postings lie in Whoosh's files: its own blocks, with values of ours, read a block at a time.

Whoosh stores for every term the records that hold it, each with a weight and a value. Our weight is
the number of occurrences; our value is a row of unsigned 16-bit numbers: the score weight (in
1/256), then the position of each occurrence. Whoosh joins the values of a block into one string of
bytes, which numpy takes as it is. Reading whole blocks is some twenty times faster than walking
postings one by one, and that is what makes scoring in numpy worth while.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator
from typing import Any

import numpy as np
from numpy.typing import NDArray
from whoosh.codec.whoosh3 import W3Codec, W3LeafMatcher
from whoosh.fields import FieldType
from whoosh.formats import Existence, Format

SCALE = 256
"""Score weights are kept in steps of 1/256."""
TOP = 65_535
"""Largest number that fits; heavier weights are cut, later positions left out."""

Posting = tuple[float, list[int]]
"""Score weight of a term in a record, and its positions, ascending."""


class BlockCodec(W3Codec):  # type: ignore[misc] # Whoosh is not typed
    """Whoosh's own codec with larger blocks and our reader."""

    length_stats = False

    def __init__(self) -> None:
        super().__init__(blocklimit=4096, compression=3)

    def postings_reader(
        self, dbfile: Any, terminfo: Any, format_: Any, term: Any = None, scorer: Any = None
    ) -> BlockReader:
        """A matcher that can also give everything at once."""
        offset, length = terminfo.extent()
        return BlockReader(dbfile, offset, length, format_, term=term, scorer=scorer)


class BlockReader(W3LeafMatcher):  # type: ignore[misc] # Whoosh is not typed
    """The postings of one term in one segment."""

    def docs(self) -> NDArray[np.int32]:
        """The numbers of all records that hold the term, ascending."""
        docs: NDArray[np.int32] = _joined(
            [np.cumsum(i, dtype=np.int32) for i, _, _ in self._blocks()], np.int32
        )
        return docs

    def scored(self) -> tuple[NDArray[np.int32], NDArray[np.float32]]:
        """Record numbers, and the score weight of the term in each."""
        docs, weights = [], []
        for ids, counts, values in self._blocks():
            docs.append(np.cumsum(ids, dtype=np.int32))
            weights.append(values[_starts(counts)].astype(np.float32) / SCALE)
        return _joined(docs, np.int32), _joined(weights, np.float32)

    def placed(self) -> NDArray[np.int64]:
        """Every occurrence as ``record number * 65536 + position``, ascending."""
        places = []
        for ids, counts, values in self._blocks():
            is_position = np.ones(len(values), dtype=np.bool_)
            is_position[_starts(counts)] = False
            positions = values[is_position].astype(np.int64)
            docs = np.repeat(np.cumsum(ids, dtype=np.int64), counts)
            places.append((docs << 16) + positions)
        joined: NDArray[np.int64] = _joined(places, np.int64)
        return joined

    def _blocks(self) -> Iterator[tuple[tuple[int, ...], NDArray[np.int64], NDArray[np.uint16]]]:
        """Id steps, occurrence counts and value numbers of each block, from the first."""
        self.reset()
        while self.is_active():
            self._read_data()
            ids, weights, values = self._data
            if weights is None or isinstance(weights, float):
                counts = np.full(len(ids), 1 if weights is None else weights, dtype=np.int64)
            else:
                counts = np.asarray(weights, dtype=np.int64)
            yield ids, counts, np.frombuffer(values or b"", dtype=np.uint16)
            self._next_block()

    def _read_values(self) -> None:
        """Split the joined values for Whoosh, which walks them when it merges segments."""
        if self._data is None:
            self._read_data()
        joined = self._data[2]
        if joined is None:
            self._values = (None,) * self._blocklength
            return
        if self._weights is None:
            self._read_weights()
        ends = np.cumsum([2 * (int(count) + 1) for count in self._weights])
        self._values = tuple(
            joined[end - 2 * (int(c) + 1) : end] for end, c in zip(ends, self._weights, strict=True)
        )


class Places(Format):  # type: ignore[misc] # Whoosh is not typed
    """Score weight and positions. The size only has to be positive for Whoosh to join the values."""

    posting_size = 2


class Words(FieldType):  # type: ignore[misc] # Whoosh is not typed
    """A field whose value is a mapping of terms to postings, made by us and not by an analyzer."""

    def __init__(self) -> None:
        super().__init__(Places(), None)

    def index(self, value: dict[str, Posting], **_: Any) -> Iterator[tuple[bytes, int, float, bytes]]:
        """Term, count, weight and value of each posting of one record."""
        for term, (weight, positions) in value.items():
            kept = positions if not positions or positions[-1] <= TOP else [p for p in positions if p <= TOP]
            row = array("H", [min(round(weight * SCALE), TOP), *kept])
            yield term.encode(), len(kept), float(len(kept)), row.tobytes()


class Codes(FieldType):  # type: ignore[misc] # Whoosh is not typed
    """A field whose value is a list of exact codes, present or not."""

    def __init__(self) -> None:
        super().__init__(Existence(), None)

    def index(self, value: Iterable[str], **_: Any) -> Iterator[tuple[bytes, int, float, bytes]]:
        """Each code once."""
        for code in value:
            yield code.encode(), 1, 1.0, b""


def _starts(counts: NDArray[np.int64]) -> NDArray[np.int64]:
    """Where each record's row begins: a weight and ``count`` positions each."""
    ends = np.cumsum(counts + 1)
    return ends - (counts + 1)


def _joined(parts: list[Any], kind: Any) -> Any:
    """One array of the parts; ids restart at each block, as Whoosh writes them."""
    if len(parts) == 1:
        return parts[0]
    return np.concatenate(parts) if parts else np.empty(0, dtype=kind)
