"""The sample, who classifies it again and what they see, and the table that the public reads."""

from __future__ import annotations

from dataclasses import replace

import pytest

from registry.errors import Conflict, Invalid, NotFound
from registry.identity.rules import Role
from registry.record.agreement import Agreements
from registry.review.coding.rules import CORE, Given
from tests.factories import register
from tests.registry.house import House, services

SAID = {
    "kind": ("kind/incident",),
    "severity": ("severity/minor",),
    "failure": ("failure/unsafe-advice",),
    "harm": ("harm/injury",),
    "sector": ("sector/health",),
    "system": ("system/chatbot",),
}


def again(**changes: tuple[str, ...]) -> list[Given]:
    return [Given(facet, codes) for facet, codes in (SAID | changes).items()]


@pytest.fixture
def sampled(house: House) -> House:
    """Every accepted report is classified a second time."""
    side = services(house.private, house.public, house.clock, second=100)
    return replace(house, side=side)


def accepted(house: House) -> str:
    key = house.claimed()
    house.side.reviews.accept(house.people.reviewer, key)
    return key


def test_nothing_is_drawn_where_nobody_wants_a_sample(house: House) -> None:
    key = accepted(house)
    assert house.side.reviewing.second_coding.waiting(house.people.other_reviewer) == ()
    with pytest.raises(NotFound):
        house.side.reviewing.second_coding.read(house.people.other_reviewer, key)


def test_it_waits_for_reviewers_of_other_organizations_and_shows_no_code(sampled: House) -> None:
    key, second = accepted(sampled), sampled.side.reviewing.second_coding
    people = sampled.people
    colleague = register(
        sampled.side.directory, sampled.side.sessions, "third", "Third Review", [Role.REVIEWER]
    )
    assert [task.submission_id for task in second.waiting(people.other_reviewer)] == [key]
    assert second.count(colleague) == 1
    assert second.waiting(people.reviewer) == ()
    task = second.read(people.other_reviewer, key)
    assert not task.account.classification
    assert task.account.title
    with pytest.raises(Conflict):
        second.read(people.reviewer, key)
    with pytest.raises(NotFound):
        second.read(people.other_reviewer, "0" * 32)


def test_it_is_done_once_and_the_record_keeps_the_first_codes(sampled: House) -> None:
    key, second, people = accepted(sampled), sampled.side.reviewing.second_coding, sampled.people
    second.save(people.other_reviewer, key, again())
    assert second.count(people.other_reviewer) == 0
    with pytest.raises(Conflict):
        second.save(people.other_reviewer, key, again())
    (record_id,) = sampled.side.publication.publish_batch()
    assert sampled.records.read(record_id).account.classification["severity"] == ("severity/serious",)
    kept = sampled.ask("SELECT facet, standing FROM review_coding WHERE turn = 'second'")
    assert {tuple(row) for row in kept} == {(facet, "unseen") for facet in CORE}


@pytest.mark.parametrize(
    ("said", "pointer"),
    [
        (again(severity=()), "/codings/severity"),
        (again()[1:], "/codings/kind"),
        (again(sector=("sector/nowhere",)), "/codings/sector/codes/0"),
        ([*again(), Given("reach", ("reach/unknown",))], "/codings"),
    ],
)
def test_every_facet_of_the_core_and_no_other_has_to_be_good(
    sampled: House, said: list[Given], pointer: str
) -> None:
    key = accepted(sampled)
    with pytest.raises(Invalid) as refused:
        sampled.side.reviewing.second_coding.save(sampled.people.other_reviewer, key, said)
    assert [problem.pointer for problem in refused.value.problems] == [pointer]
    assert sampled.side.reviewing.second_coding.count(sampled.people.other_reviewer) == 1


def test_what_names_ones_own_organization_is_not_classified_again(sampled: House) -> None:
    key = sampled.claimed(entities={"deployers": ["Fair Review"]})
    sampled.side.reviews.accept(sampled.people.reviewer, key)
    assert sampled.side.reviewing.second_coding.count(sampled.people.other_reviewer) == 0
    with pytest.raises(NotFound):
        sampled.side.reviewing.second_coding.save(sampled.people.other_reviewer, key, again())


def test_the_public_reads_a_table_without_small_counts(sampled: House) -> None:
    second, people = sampled.side.reviewing.second_coding, sampled.people
    for number in range(12):
        other = {"severity": ("severity/serious",)} if number % 2 else {}
        second.save(people.other_reviewer, accepted(sampled), again(**other))
        if number in (3, 11):
            sampled.side.agreement.publish()
        if number == 3:
            early = Agreements(sampled.public).read()
            assert {line.n for line in early.values()} == {0}
            assert all(line.alpha is None and not line.confusions for line in early.values())
    found = Agreements(sampled.public).read()
    assert set(found) == set(CORE)
    severity, failure = found["severity"], found["failure"]
    assert (severity.n, severity.measure, failure.measure) == (12, "ordinal", "masi")
    told = {(one.code, one.other): one.count for one in severity.confusions}
    assert told == {("severity/serious", "severity/serious"): 6, ("severity/minor", "severity/serious"): 6}
    assert severity.alpha is not None
    assert severity.alpha < 0, "every first code is the same, so half of the pairs differ by more than chance"
    assert found["kind"].alpha is None, "where nothing differs nothing is measured"
    assert not severity.labels, "too few to be told beside labels"
