"""Whether anything is shared with partners: nothing that anybody else can get hold of depends on it.

The same node twice; in one world a report for partners is told, reviewed, published, read and retracted.
Then everything public is compared to the byte.
"""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from registry.intake.labels import Label
from registry.intake.similar.telling import Telling
from registry.review.aftercare.changes import Proposal
from search import Indexer
from tests.factories import account, keep_details
from tests.web.green.sharing import TEXT, WORD
from tests.web.two_worlds.capture import LANGUAGES, Seen, capture, raw_files
from tests.web.two_worlds.differ import difference
from tests.web.two_worlds.founding import World, copied, found
from web.indexing import follow

QUARTER = timedelta(days=100)
"""After so long, figures about review tell in numbers what was done before."""


def tell(world: World, label: Label) -> str:
    """A report goes the whole way; gives its record."""
    side, founded = world.node.private, world.founded
    made = side.intake.create(
        founded.senders[0].actor,
        account(title="Triage assistant sent people home", text=TEXT),
        channel="form",
        submit=True,
        telling_of=Telling(label=label),
    )
    key = made.view.summary.id
    side.reviews.claim(founded.reviewer, key)
    keep_details(side, founded.reviewer, key)
    side.reviews.accept(founded.reviewer, key)
    before = set(side.publication.publish_batch())
    (record,) = {one for one in before if _told(world, one) == TEXT}
    side.green.log.publish()
    asked = Proposal("retract", "wish", "", 1)
    side.reviewing.care.changes.propose_own(founded.senders[0].actor, key, asked)
    return record


def _told(world: World, record: str) -> str:
    for records in (world.node.private.green.records, world.node.records):
        found = records.read_many([record]).get(record)
        if found is not None:
            return found.account.text
    return ""


def seen(world: World) -> Seen:
    """All that is public after the batch, the figures of another quarter, and the index."""
    side = world.node.private
    side.publication.publish_batch()
    world.clock.now += QUARTER
    side.transparency.refresh()
    side.agreement.publish()
    follow(world.node.records, Indexer(world.node.settings.index_dir, world.node.taxonomy))
    return capture(world, LANGUAGES[:1])


@pytest.fixture(scope="module")
def worlds(tmp_path_factory: pytest.TempPathFactory) -> tuple[Seen, Seen, list[tuple[str, bytes]], str]:
    """What is seen without and with a report for partners, the bytes of the latter, and its record."""
    folder: Path = tmp_path_factory.mktemp("worlds")
    founded = found(folder / "founded")
    with copied(founded, folder / "without") as world:
        without = seen(world)
    with copied(founded, folder / "with") as world:
        record = tell(world, Label.GREEN)
        shared = seen(world)
        return without, shared, list(raw_files(world.folder)), record


def test_with_and_without_are_one(worlds: tuple[Seen, Seen, list[tuple[str, bytes]], str]) -> None:
    without, shared, _, _ = worlds
    assert difference(without, shared) == ""
    assert difference(shared, without) == ""


def test_no_byte_of_it_is_in_what_may_be_copied(
    worlds: tuple[Seen, Seen, list[tuple[str, bytes]], str],
) -> None:
    _, shared, raw, record = worlds
    marks = (WORD.encode(), record.encode(), record[4:14].encode())
    told = [*raw, *shared.items()]
    assert {(name, mark) for name, content in told for mark in marks if mark in content} == set()


def test_the_same_report_for_everybody_makes_another_world(tmp_path: Path) -> None:
    """Else the comparison could be content with looking nowhere."""
    founded = found(tmp_path / "founded")
    with copied(founded, tmp_path / "without") as world:
        without = seen(world)
    with copied(founded, tmp_path / "with") as world:
        tell(world, Label.CLEAR)
        assert difference(without, seen(world)) != ""
