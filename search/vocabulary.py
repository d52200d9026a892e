"""The words of a segment as people write them, and how many records hold each, in a file of its own.

Whoosh's terms are stems, and a misspelt word rarely keeps its stem: only whole words can be put
right. The file is written with the segment; a merged segment adds up the words of its parts.
"""

from __future__ import annotations

import zlib
from collections import Counter
from collections.abc import Mapping
from pathlib import Path

from search.folding import LONGEST, WORD, plain_links

SUFFIX = ".voc"
SHORTEST = 4
"""Shorter words have too many neighbours to guess."""


def spelling(text: str) -> set[str]:
    """The words of a text that may serve to put a misspelt one right, in lower case."""
    words = set(WORD.findall(plain_links(text)))
    return {word.lower() for word in words if SHORTEST <= len(word) <= LONGEST and word.isalpha()}


def write(path: Path, counts: Mapping[str, int]) -> None:
    """Write a vocabulary: a line per word, with its number of records."""
    lines = "".join(f"{word} {count}\n" for word, count in counts.items())
    path.write_bytes(zlib.compress(lines.encode(), 1))


def read(content: bytes) -> Counter[str]:
    """Word → number of records, from the content of a vocabulary file."""
    parts = zlib.decompress(content).decode().split()
    return Counter(dict(zip(parts[::2], map(int, parts[1::2]), strict=True)))
