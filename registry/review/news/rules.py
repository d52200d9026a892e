"""Who is told of which step, and how soon. Pure.

A step of the trail is news for the people behind a report, for whoever examines it, or for those who look
after the node. Nobody is told what they did themselves, and a letter never says what a report tells.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from typing import Final

from registry.errors import N_


class Rhythm(StrEnum):
    """How soon somebody wishes to be told."""

    AT_ONCE = "at-once"
    DAILY = "daily"  # everything of a day in one letter
    NEVER = "never"  # they look for themselves: a letter may be read by others


class Reader(StrEnum):
    """For whom a step is news."""

    SENDER = "sender"  # whoever wrote the report, or those who look after their organization
    REVIEWER = "reviewer"  # whoever holds it, or was given it
    STEWARD = "steward"


class News(StrEnum):
    """What can be told; each is one sentence of a letter."""

    TAKEN_UP = "taken-up"
    CHANGES_WANTED = "changes-wanted"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    APPEAL_UPHELD = "appeal-upheld"
    APPEAL_REJECTED = "appeal-rejected"
    PUBLISHED = "published"
    RECORD_CHANGED = "record-changed"
    FELL_AWAY = "fell-away"
    NOT_REVISED = "not-revised"
    GIVEN = "given"
    SENT_AGAIN = "sent-again"
    TAKEN_BACK = "taken-back"
    TARGET_MISSED = "target-missed"


STEPS: Final[Mapping[str, tuple[tuple[Reader, News], ...]]] = {
    "claim": ((Reader.SENDER, News.TAKEN_UP),),
    "request-changes": ((Reader.SENDER, News.CHANGES_WANTED),),
    "accept": ((Reader.SENDER, News.ACCEPTED),),
    "decline": ((Reader.SENDER, News.DECLINED),),
    "uphold": ((Reader.SENDER, News.APPEAL_UPHELD),),
    "reject-appeal": ((Reader.SENDER, News.APPEAL_REJECTED),),
    "reject-revision-appeal": ((Reader.SENDER, News.APPEAL_REJECTED),),
    "publish": ((Reader.SENDER, News.PUBLISHED),),
    "record-changed": ((Reader.SENDER, News.RECORD_CHANGED),),
    "fall-away": ((Reader.SENDER, News.FELL_AWAY),),
    "decline-revision": ((Reader.SENDER, News.NOT_REVISED),),
    "revision-falls-away": ((Reader.SENDER, News.NOT_REVISED),),
    "give": ((Reader.REVIEWER, News.GIVEN),),
    "submit again": ((Reader.REVIEWER, News.SENT_AGAIN),),
    "withdraw": ((Reader.REVIEWER, News.TAKEN_BACK),),
    "escalate": ((Reader.STEWARD, News.TARGET_MISSED),),
}
"""Step → who is told what. A step that is not named here is news for nobody."""
_AGAIN: Final = "changes_requested"


def told_of(action: str, old: str | None) -> tuple[tuple[Reader, News], ...]:
    """Who is told what of an action in the trail that began in this state."""
    step = "submit again" if action == "submit" and old == _AGAIN else action
    return STEPS.get(step, ())


CAN_WAIT: Final = frozenset({News.TAKEN_UP})
"""What asks nothing of anybody: it is told in a day's letter, and never in one of its own."""
DAY: Final = timedelta(days=1)

RHYTHM_LABELS: Final[Mapping[Rhythm, str]] = {
    Rhythm.AT_ONCE: N_("At once, when something happens"),
    Rhythm.DAILY: N_("Once a day, all together"),
    Rhythm.NEVER: N_("Never: I look for myself"),
}
"""Rhythm → words for people."""


@dataclass(frozen=True, slots=True)
class Wish:
    """How soon somebody wants letters."""

    rhythm: Rhythm = Rhythm.AT_ONCE

    def wants(self, news: News) -> bool:
        """Whether they are told of this at all."""
        if self.rhythm is Rhythm.AT_ONCE:
            return news not in CAN_WAIT
        return self.rhythm is Rhythm.DAILY
