"""What a report's text still tells although the answers are made less exact, and where that is changed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from web.pages.forms import Field, Kind, get
from web.pages.report_page import address, short
from web.pages.report_steps import FIELDS, STEP_OF

WRITTEN = frozenset({Kind.TEXT, Kind.LONG, Kind.NAMES, Kind.LINKS})
"""Kinds of questions that are answered in words."""


@dataclass(frozen=True, slots=True)
class StillTold:
    """A name or date as it stands in an answer, the question, and the page where it is changed."""

    said: str
    question: str
    url: str


def still_told(account: Mapping[str, Any], key: str, said: Iterable[str]) -> list[StillTold]:
    """What can still be read in one's own report (its account in JSON form, and its id)."""
    return [_placed(one, account, key) for one in said]


def _placed(said: str, account: Mapping[str, Any], key: str) -> StillTold:
    asked = next((one for one in FIELDS if _holds(one, account, said)), FIELDS[0])
    return StillTold(said, short(asked), address(STEP_OF[asked.name], key, anchor=asked.anchor))


def _holds(asked: Field, account: Mapping[str, Any], said: str) -> bool:
    if asked.kind not in WRITTEN:
        return False
    answer = get(account, asked.pointer)
    lines = [answer] if isinstance(answer, str) else answer or ()
    return any(said.casefold() in line.casefold() for line in lines)
