"""The sentences of letters about steps; each is followed by how many reports it is true of."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from babel.support import NullTranslations

from registry.errors import N_
from registry.review.news.letters import KINDS
from registry.review.news.rules import News, Reader

SENTENCES: Final[Mapping[News, str]] = {
    News.TAKEN_UP: N_("A reviewer has begun to look at a report: %(count)s"),
    News.CHANGES_WANTED: N_("A reviewer asks you to change a report: %(count)s"),
    News.ACCEPTED: N_("A report was accepted: %(count)s"),
    News.DECLINED: N_("A report was declined; you can read why: %(count)s"),
    News.APPEAL_UPHELD: N_("An appeal was upheld; the report is in review again: %(count)s"),
    News.APPEAL_REJECTED: N_("An appeal was rejected; you can read why: %(count)s"),
    News.PUBLISHED: N_("A report was published: %(count)s"),
    News.RECORD_CHANGED: N_("A record of yours was changed; its page says why: %(count)s"),
    News.FELL_AWAY: N_("A statement fell away, since its record is gone: %(count)s"),
    News.NOT_REVISED: N_("A revision was not published; the record stays as it was: %(count)s"),
    News.GIVEN: N_("You were given a report to look at: %(count)s"),
    News.SENT_AGAIN: N_("A report that you look at was changed and sent again: %(count)s"),
    News.TAKEN_BACK: N_("A report that you looked at was taken back: %(count)s"),
    News.TARGET_MISSED: N_("A report was not decided on in time: %(count)s"),
}
SUBJECT: Final = N_("News about reports")
TEXT: Final = N_(
    "At %(node)s, this happened:\n\n%(lines)s\n\n"
    "Sign in to read more. This letter says nothing more, because mail is read by many:\n%(link)s\n\n"
    "In your account, under “Letters”, you choose how often such letters come, or that none do."
)
PATHS: Final[Mapping[str, str]] = {
    KINDS[Reader.SENDER]: "/mine",
    KINDS[Reader.REVIEWER]: "/review",
    KINDS[Reader.STEWARD]: "/steward/late",
}
"""Kind of letter → the page that it leads to."""


def lines(facts: Mapping[str, str], said: NullTranslations) -> dict[str, str]:
    """The facts of a letter in words: one sentence a line."""
    told = [said.gettext(SENTENCES[news]) % {"count": facts[news]} for news in News if news in facts]
    return {"lines": "\n".join(told)}
