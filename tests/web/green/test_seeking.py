"""A question reads so many records at most, and the next one goes on behind them."""

from __future__ import annotations

from registry.publication.green.seeking import READ_MAX, Wanted, seek
from tests.registry.ledger.checked import keep
from tests.web.town import Town


def test_a_question_goes_on_where_the_last_one_ended(town: Town) -> None:
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


def test_a_question_that_nothing_fits_reads_no_more_than_so_many(town: Town) -> None:
    green = town.side.green
    with green.database.work() as session:
        keep(session, *range(1, READ_MAX + 3), home=green.identity.id)
    ids = [one.id for one in green.records.newest(limit=READ_MAX)]
    nothing = seek(green.records, Wanted(("unicorn",)), before="", limit=2)
    assert (nothing.records, nothing.behind) == ([], ids[-1])
    rest = seek(green.records, Wanted(("unicorn",)), before=nothing.behind, limit=2)
    assert (rest.records, rest.behind) == ([], "")
