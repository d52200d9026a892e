"""What stands in one cell: several entries, digits of every script. Pure.

Entries are separated by semicolons (those of Arabic and full-width writing too) or line ends. An entry
that holds one, or begins or ends with a blank, stands in double quotes, doubled inside.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterable

from registry.intake.bulk.limits import PIECES_MAX

SEPARATOR = "; "
_SEPARATORS = ";\u061b\uff1b\n\r"
_NEEDS_QUOTES = re.compile(rf"[{_SEPARATORS}\"]|^\s|\s$|^\[")


def split(cell: str) -> list[str]:
    """The entries of a cell in their order, at most one more than ``PIECES_MAX``; empty ones left out.

    A list of texts in JSON, as the AI Incident Database writes them, is understood too.
    """
    listed = _json_list(cell)
    if listed is not None:
        return listed[: PIECES_MAX + 1]
    entries: list[str] = []
    place = 0
    while place < len(cell) and len(entries) <= PIECES_MAX:
        entry, place = _next(cell, place)
        if entry:
            entries.append(entry)
    return entries


def join(entries: Iterable[str]) -> str:
    """The cell that ``split`` takes apart into these entries."""
    return SEPARATOR.join(_quoted(entry) for entry in entries)


def plain_digits(text: str) -> str:
    """The text with the digits of every script as ASCII ones, as in ``٢٠٢٦``."""
    if text.isascii():
        return text
    return "".join(
        str(unicodedata.digit(character)) if character.isdecimal() else character for character in text
    )


def fold(text: str) -> str:
    """A label for comparison: without case, accents, signs, and extra blanks."""
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    kept = (c if c.isalnum() else " " for c in decomposed if not unicodedata.combining(c))
    return " ".join("".join(kept).split())


def _next(cell: str, place: int) -> tuple[str, int]:
    """The entry that begins here, and where the one after it does."""
    while place < len(cell) and cell[place] in " \t\u00a0":
        place += 1
    if cell[place : place + 1] == '"':
        quoted = re.compile(r'"((?:[^"]|"")*)"[ \t\u00a0]*').match(cell, place)
        if quoted is not None and (quoted.end() == len(cell) or cell[quoted.end()] in _SEPARATORS):
            return quoted[1].replace('""', '"'), quoted.end() + 1
    end = place
    while end < len(cell) and cell[end] not in _SEPARATORS:
        end += 1
    return cell[place:end].strip(), end + 1


def _quoted(entry: str) -> str:
    if _NEEDS_QUOTES.search(entry):
        return '"' + entry.replace('"', '""') + '"'
    return entry


def _json_list(cell: str) -> list[str] | None:
    if not cell.startswith("["):
        return None
    try:
        values = json.loads(cell)
    except (ValueError, RecursionError):
        return None
    if not isinstance(values, list) or not all(isinstance(value, str) for value in values):
        return None
    return [value for value in values if value.strip()]
