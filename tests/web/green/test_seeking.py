"""A question reads so many records at most, and the next one goes on behind them."""

from __future__ import annotations

import pytest

from registry.publication.green import seeking
from registry.publication.green.seeking import Wanted, seek
from tests.registry.ledger.checked import keep
from tests.web.town import Town


def test_a_question_goes_on_where_the_last_one_ended(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    green = town.side.green
    with green.database.work() as session:
        keep(session, *range(1, 8), home=green.identity.id)
    ids = [one.id for one in green.records.newest(limit=10)]
    found, behind = [], ""
    for _ in range(4):
        some = seek(green.records, Wanted(), before=behind, limit=2)
        found += [one.id for one in some.records]
        behind = some.behind
    assert (found, behind) == (ids, "")
    monkeypatch.setattr(seeking, "READ_MAX", 4)
    monkeypatch.setattr(seeking, "_AT_ONCE", 2)
    nothing = seek(green.records, Wanted(("unicorn",)), before="", limit=2)
    assert (nothing.records, nothing.behind) == ([], ids[3])
    rest = seek(green.records, Wanted(("unicorn",)), before=nothing.behind, limit=2)
    assert (rest.records, rest.behind) == ([], "")
