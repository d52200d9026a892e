"""The layout of the index. Change it, or the way records are weighed, and raise ``LAYOUT``."""

from __future__ import annotations

from typing import Any

from whoosh.columns import NumericColumn, VarBytesColumn
from whoosh.fields import COLUMN, STORED, Schema

from search.codec import Codes, Words

LAYOUT = 3
"""An index of another layout is rebuilt."""
NAME = "MAIN"
"""Whoosh's name for the index inside its folder."""

ID, KEY, WORDS, CODES, CARD = "id", "key", "words", "codes", "card"
START, END, PUBLISHED = "start", "end", "published"
DAYS = NumericColumn("i")
KEYS = VarBytesColumn()


def make_schema() -> Any:
    """Term fields for words, codes and ids; columns for what is sorted by; one stored card to show."""
    return Schema(
        **{
            ID: Codes(),
            KEY: COLUMN(KEYS),
            WORDS: Words(),
            CODES: Codes(),
            START: COLUMN(DAYS),
            END: COLUMN(DAYS),
            PUBLISHED: COLUMN(DAYS),
            CARD: STORED(),
        }
    )
