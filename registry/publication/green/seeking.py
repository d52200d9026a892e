"""Looking through records for partners: by words in what they tell, and by codes.

There is no index of them: it would be one more place with their words, to be erased from like the others, and
a node has some hundreds. They are read one after another, so many at most for one question.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from registry.account.about import speaks_of
from registry.record.reading import Records
from registry.record.types import PublicRecord

READ_MAX: Final = 1000
"""Records that are read for one question; the next one goes on behind them."""
_AT_ONCE: Final = 200
WORDS_MAX: Final = 8
"""Words of a question that count; the rest narrows nothing."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """Words that have to stand in a record, each somewhere; and facet → the code that it has to have."""

    words: tuple[str, ...] = ()
    codes: Mapping[str, str] = field(default_factory=dict)

    def fits(self, record: PublicRecord) -> bool:
        """Whether a record is one of those."""
        has = record.codes()
        return all(code in has.get(facet, ()) for facet, code in self.codes.items()) and all(
            speaks_of(record.account, word) for word in self.words
        )


@dataclass(frozen=True, slots=True)
class Sought:
    """Records that fit; ``behind`` is the id after which to go on, empty at the end."""

    records: list[PublicRecord]
    behind: str


def seek(records: Records, wanted: Wanted, *, before: str, limit: int) -> Sought:
    """Those that fit, by falling ids, from behind ``before`` on."""
    found: list[PublicRecord] = []
    for _ in range(READ_MAX // _AT_ONCE):
        some = records.newest(before=before, limit=_AT_ONCE)
        for one in some:
            before = one.id
            if wanted.fits(one):
                found.append(one)
                if len(found) == limit:
                    return Sought(found, before)
        if len(some) < _AT_ONCE:
            return Sought(found, "")
    return Sought(found, before)
