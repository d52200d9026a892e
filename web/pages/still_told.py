"""What a report's text still tells although the answers are made less exact, and where that is changed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from api.node import the_node
from registry.identity.rules import Actor
from registry.privacy.coarsening import Levels, left_standing
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


def still_told(actor: Actor, key: str, levels: Levels) -> list[StillTold]:
    """Names and dates that these rungs take away and that can still be read in one's own report."""
    read = the_node().private.personal.found(actor, key).under_review().account
    return [_placed(said, read, key) for said in left_standing(read, levels)]


def _placed(said: str, account: Mapping[str, Any], key: str) -> StillTold:
    asked = next((one for one in FIELDS if _holds(one, account, said)), FIELDS[0])
    return StillTold(said, short(asked), address(STEP_OF[asked.name], key, anchor=asked.anchor))


def _holds(asked: Field, account: Mapping[str, Any], said: str) -> bool:
    if asked.kind not in WRITTEN:
        return False
    answer = get(account, asked.pointer)
    lines = [answer] if isinstance(answer, str) else answer or ()
    return any(said.casefold() in line.casefold() for line in lines)
