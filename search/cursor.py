"""Cursors: where the last page ended, and by what figures it was scored.

A cursor carries the sort key and id of the last record and the frequencies that scores were
computed from. With these a record's score depends on itself alone, so later pages neither repeat nor
miss a record while others are added, changed or removed. A cursor belongs to one search; it is not
secret and not trusted: everything in it is checked.
"""

from __future__ import annotations

import base64
import binascii
import json
import zlib
from dataclasses import dataclass
from typing import Any

from registry.errors import N_, Invalid, Problem
from search.matching import SHARES, Basis
from search.ordering import Place
from search.query import LONGEST_QUERY
from search.request import SearchRequest

_MOST = 2**31
_LONGEST_ID = 200


@dataclass(frozen=True, slots=True)
class Cursor:
    """The end of a page and the basis of its scores."""

    place: Place
    basis: Basis


def encode(request: SearchRequest, cursor: Cursor) -> str:
    """The cursor as URL-safe text, bound to the search it belongs to."""
    basis = cursor.basis
    raw = [_search(request), cursor.place.key, cursor.place.id, basis.count, basis.share, *basis.frequencies]
    packed = json.dumps(raw, separators=(",", ":"), ensure_ascii=False).encode()
    return base64.urlsafe_b64encode(packed).decode().rstrip("=")


def decode(request: SearchRequest) -> Cursor | None:
    """The cursor of a request, if it has one; raises ``Invalid`` unless it belongs to this very search."""
    if request.cursor is None:
        return None
    try:
        padded = request.cursor + "=" * (-len(request.cursor) % 4)
        raw = json.loads(base64.b64decode(padded.encode("ascii"), altchars=b"-_", validate=True))
        return _checked(request, raw)
    except (ValueError, TypeError, RecursionError, binascii.Error) as error:
        message = N_("This is not a cursor of this search. Start again from the first page.")
        raise Invalid([Problem("/cursor", message)]) from error


def _checked(request: SearchRequest, raw: Any) -> Cursor:
    search, key, last, *basis = raw
    count, share, *frequencies = basis
    numbers = [key, count, share, *frequencies]
    if any(type(number) is not int or not -1 <= number < _MOST for number in numbers):
        raise ValueError(numbers)
    if search != _search(request) or not isinstance(last, str) or len(last) > _LONGEST_ID:
        raise ValueError(last)
    if share not in range(len(SHARES)) or len(frequencies) > LONGEST_QUERY:
        raise ValueError(share)
    return Cursor(Place(key, last), Basis(count, tuple(frequencies), share))


def _search(request: SearchRequest) -> int:
    """A fingerprint of what is searched for, in which order, by whose reading."""
    filters = sorted((facet, sorted(codes)) for facet, codes in request.filters.items())
    days = [request.since, request.until, request.published_since, request.published_until]
    return zlib.crc32(json.dumps([request.q, filters, days, request.sort, request.reading]).encode())
