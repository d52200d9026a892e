"""Reading JSON that may be hostile, in bounded time and memory. Pure.

The number of bytes is bounded by who calls; here come encoding, number of values, depth, duplicate names
and numbers (RFC 8259 leaves their meaning open; RFC 7493, I-JSON, forbids them). Every check costs time
in proportion to the text at worst.
"""

from __future__ import annotations

import json
import math
from collections import Counter
from typing import Any

from registry.errors import N_, Malformed

DEPTH_MAX = 32
VALUES_MAX = 80_000
"""Commas and opening brackets in a text; the longest account has fewer even if its texts are all commas."""
DIGITS_MAX = 16
"""Digits of a number: what IEEE 754 doubles hold exactly."""
_MANY = N_("This holds too many values. The limit is %(limit)s.")


def parse(raw: bytes) -> Any:
    """The value that JSON bytes hold; raises ``Malformed``."""
    brackets = raw.count(b"[") + raw.count(b"{")
    if raw.count(b",") + brackets > VALUES_MAX:
        raise Malformed(_MANY, limit=VALUES_MAX)
    text = _decode(raw)
    try:
        value = _DECODER.decode(text)
    except json.JSONDecodeError as error:
        raise Malformed(
            N_("This is not JSON: %(reason)s at line %(line)s, column %(column)s."),
            reason=error.msg,
            line=error.lineno,
            column=error.colno,
        ) from error
    except RecursionError as error:
        raise _too_deep() from error
    # Fewer brackets cannot be too deep, and UTF-8 holds half of a pair only as an escape.
    if brackets > DEPTH_MAX or b"\\u" in raw:
        _walk(value)
    return value


def _decode(raw: bytes) -> str:
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError as error:
        raise Malformed(N_("This is not UTF-8: byte %(position)s."), position=error.start) from error


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        counted = Counter(name for name, _ in pairs)
        twice = next(name for name, times in counted.items() if times > 1)
        raise Malformed(N_("The field “%(name)s” is given twice in one object."), name=twice[:60])
    return found


def _constant(name: str) -> Any:
    raise Malformed(N_("%(name)s is not a number in JSON."), name=name)


def _float(digits: str) -> float:
    number = float(digits)
    if not math.isfinite(number):
        raise Malformed(N_("This number is too large: %(number)s."), number=digits[:20])
    return number


def _integer(digits: str) -> int:
    if len(digits.lstrip("-")) > DIGITS_MAX:
        raise Malformed(N_("This number has too many digits: %(number)s…"), number=digits[:20])
    return int(digits)


def _walk(value: Any) -> None:
    """Refuse what is nested too deep and texts that are not Unicode (half of a surrogate pair)."""
    level, depth = [value], 0
    while level:
        if depth > DEPTH_MAX:
            raise _too_deep()
        below: list[Any] = []
        for item in level:
            if isinstance(item, dict):
                _whole(item)
                below.extend(item.values())
            elif isinstance(item, list):
                below.extend(item)
            elif isinstance(item, str):
                _whole((item,))
        level, depth = below, depth + 1


def _whole(texts: Any) -> None:
    for text in texts:
        if text.isascii():
            continue
        try:
            text.encode("utf-8")
        except UnicodeEncodeError as error:
            message = N_("A text holds half of a surrogate pair at character %(position)s.")
            raise Malformed(message, position=error.start) from error


_DECODER = json.JSONDecoder(
    object_pairs_hook=_object, parse_constant=_constant, parse_float=_float, parse_int=_integer
)
"""Made once: making one costs more than reading a short text."""


def _too_deep() -> Malformed:
    return Malformed(N_("This is nested too deep. The limit is %(limit)s levels."), limit=DEPTH_MAX)
