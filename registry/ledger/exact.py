"""Texts with exactly one form: base64 and decimal numbers as logs write them. Pure."""

from __future__ import annotations

import base64
import binascii
import re
from typing import Final

from registry.ledger.refusal import Refused

NUMBER_MAX: Final = 2**63 - 1
"""Largest size or index that any reader of logs must take."""
_BYTES: Final = 3
_SIGNS: Final = 4
"""Base64 writes three bytes as four signs."""
_DECIMAL: Final = re.compile(r"0|[1-9][0-9]{0,18}", re.ASCII)


def base64_of(raw: bytes) -> str:
    """RFC 4648 section 4, with padding."""
    return base64.b64encode(raw).decode("ascii")


def from_base64(text: str, what: str) -> bytes:
    """The bytes; raises ``Refused`` for anything that ``base64_of`` would not write."""
    try:
        raw = binascii.a2b_base64(text, strict_mode=True)
    except (binascii.Error, ValueError) as error:
        raise _malformed(what, text) from error
    # What the alphabet leaves open: how long it is, and the bits that the last sign before "=" has left over.
    if len(text) != -(-len(raw) // _BYTES) * _SIGNS or (text[-1:] == "=" and not _ends_as_written(raw, text)):
        raise _malformed(what, text)
    return raw


def number(text: str, what: str) -> int:
    """A decimal number without sign and leading zeros; raises ``Refused``."""
    if _DECIMAL.fullmatch(text) is None or int(text) > NUMBER_MAX:
        raise Refused("number-malformed", "%(what)s is not a number: %(text)s", what=what, text=text)
    return int(text)


def _ends_as_written(raw: bytes, text: str) -> bool:
    """Whether the last four signs are those of the bytes behind them."""
    return base64_of(raw[(len(raw) - 1) // _BYTES * _BYTES :]) == text[-_SIGNS:]


def _malformed(what: str, text: str) -> Refused:
    return Refused("base64-malformed", "%(what)s is not base64: %(text)s", what=what, text=text)
