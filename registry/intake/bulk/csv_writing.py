"""Tables written out: no cell of theirs is a formula to whoever opens them. Pure."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence

from registry.formulas import guard

TEXT = 49
"""The format of a spreadsheet's cell that is a text whatever it looks like (ECMA-376 part 1, 18.8.30)."""


def to_csv(rows: Iterable[Sequence[str]], delimiter: str) -> bytes:
    """CSV in UTF-8 with the mark by which Excel knows it (RFC 4180, quoted where needed)."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=delimiter)
    for row in rows:
        writer.writerow([guard(cell) for cell in row])
    return out.getvalue().encode("utf-8-sig")
