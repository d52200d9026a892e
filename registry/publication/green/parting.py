"""What becomes of copies of a partner's records when it is not read any more. Pure.

Nobody tells this node then that one of them was retracted or erased at its home. They can be read again, all
of them, as soon as the partner lets this node: to forget them early costs little, to keep them long may
cost somebody.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

NOT_YET: Final = "not-granted"
"""It does not let this node read, or has nothing for partners: the answer is the same."""
NOT_FOLLOWED: Final = "not-followed"
"""It is blocked, frozen or gone here, so that its log for partners is not read either."""
CONTRADICTED: Final = "green-frozen"
"""Its log for partners contradicted itself: it is read no further, and nothing that it signs is believed."""
REFUSED_FOR: Final = timedelta(days=14)
"""How long a partner has to answer as it does to strangers before copies go.

It says by that that we should not have them; but a key that was changed, a move to another machine or a
proxy that lost its settings look the same, and somebody has to come back to notice.
"""
UNREAD_FOR: Final = timedelta(days=30)
"""How long a partner has to be unreadable for whatever reason before copies go.

Whoever asks for an erasure is to be answered within a month (GDPR Article 12(3)); a copy that nobody can call
back for longer than that is not kept.
"""


def copies_go(refused_at: datetime | None, unread_at: datetime | None) -> datetime | None:
    """When copies of a partner's records are to be forgotten; None while it is read."""
    ends = [at + kept for at, kept in ((refused_at, REFUSED_FOR), (unread_at, UNREAD_FOR)) if at is not None]
    return min(ends, default=None)
