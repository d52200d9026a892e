"""The first difference between two worlds, with what stands around it."""

from __future__ import annotations

from tests.web.two_worlds.capture import Seen

AROUND = 200
"""Bytes shown before and after a difference."""


def difference(first: Seen, second: Seen) -> str:
    """Where the second differs from the first, and how; empty if it does not.

    The second may have been looked at in fewer languages; in those, everything is there.
    """
    if not set(second) <= set(first):
        return f"only in one of them: {sorted(set(second) - set(first))[:5]}"
    for name in second:
        if first[name] != second[name]:
            one, other = _at(first[name], second[name]), _at(second[name], first[name])
            return f"{name}\n  one: {one}\n  other: {other}"
    return ""


def _at(told: bytes, other: bytes) -> str:
    pairs = enumerate(zip(told, other, strict=False))
    place = next((at for at, (a, b) in pairs if a != b), min(len(told), len(other)))
    return repr(told[max(0, place - AROUND) : place + AROUND])
