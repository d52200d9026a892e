"""Envelopes as they are nearly always written, read by one pattern in place of twenty checks. Pure.

The fields of the RFC 8785 form stand in one order, without escapes, so a pattern can say of most bytes at
once that they are an envelope in that form. Whatever it does not know is for ``shape``, which says why.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from functools import lru_cache
from typing import Any, Final

from registry.ledger.shape import CODES_MAX, LABELS, WHOLE_MAX

REMEMBERED: Final = 4096
"""Lists of codes and days that are known again: most entries of a log repeat those of others."""
_HEX: Final = r'null|"[0-9a-f]{64}"'
_WHOLE: Final = r"[1-9][0-9]{0,15}"
_CODE: Final = r'"[a-z][a-z0-9-]{0,29}/[a-z0-9][a-z0-9/-]{0,49}"'
_FORM: Final = re.compile(
    r'\{"commit":(' + _HEX + r")"
    r',"home":"([A-Z2-7]{52})"'
    r',"id":"([A-Za-z0-9-]{1,80})"'
    r',"kind":"([a-z][a-z-]{0,29})"'
    r',"op":"([a-z-]{1,20})"'
    r',"prev":(' + _HEX + r")"
    r',"rev":(' + _WHOLE + r")"
    r',"schema":(' + _WHOLE + r")"
    r',"size":(0|' + _WHOLE + r")"
    r',"t":"([0-9]{4}-[0-9]{2}-[0-9]{2})"'
    r',"tax":\{"codes":\[((?:' + _CODE + r"(?:," + _CODE + r")*)?)\]"
    r',"language":"((?:[A-Za-z0-9]{1,8}(?:-[A-Za-z0-9]{1,8}){0,4})?)"'
    r',"version":"([0-9]{1,5}(?:\.[0-9]{1,5}){2})"\}'
    r',"tlp":"([A-Z+]{1,20})","v":(' + _WHOLE + r")\}",
    re.ASCII,
)


def read(raw: bytes, version: int) -> dict[str, Any] | None:
    """The fields of an envelope, as ``json.loads`` gives them; None for what has to be looked at closely."""
    found = _FORM.fullmatch(raw.decode("ascii")) if raw.isascii() else None
    if found is None:
        return None
    commitment, home, key, kind, op, previous, *numbers, day, codes, language, tax, label, v = found.groups()
    revision, schema, size = map(int, numbers)
    listed = _listed(codes)
    if max(revision, schema, size) > WHOLE_MAX or int(v) != version or label not in LABELS:
        return None
    if listed is None or not _is_day(day):
        return None
    return {
        "v": version,
        "op": op,
        "id": key,
        "rev": revision,
        "prev": None if previous == "null" else previous[1:-1],
        "home": home,
        "tlp": label,
        "kind": kind,
        "schema": schema,
        "tax": {"version": tax, "language": language, "codes": listed},
        "commit": None if commitment == "null" else commitment[1:-1],
        "size": size,
        "t": day,
    }


@lru_cache(REMEMBERED)
def _listed(codes: str) -> Sequence[str] | None:
    """The codes in a list as it is written; None unless each stands in it once and in their order."""
    listed = codes[1:-1].split('","') if codes else []
    return tuple(listed) if len(listed) <= CODES_MAX and listed == sorted(set(listed)) else None


@lru_cache(REMEMBERED)
def _is_day(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True
