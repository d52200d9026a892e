"""What may tell of the same event, on the page of a report under review, and two reports side by side."""

from __future__ import annotations

import pytest

from registry.errors import Unavailable
from registry.identity.rules import Role
from registry.intake.rules import State
from registry.intake.similar.rules import Kind
from registry.intake.similar.telling import Telling
from registry.record import store
from registry.record.types import Tombstone
from tests.factories import account
from tests.registry.intake.similar.test_naming import SAID
from tests.registry.record.samples import DAY
from tests.web.browsing import Page, Visitor
from tests.web.pages.known.asking import index
from tests.web.town import Town

LIST = "may tell of the same event"
COMPARE = "Compare field by field"


@pytest.fixture
def record(town: Town) -> str:
    """A published record of the event, in the index."""
    key = town.report(State.PUBLISHED, account(countries=["UG"]))
    index(town)
    return town.record_id(key)


def pressed(visitor: Visitor, page: Page, record: str, **typed: str) -> Page:
    """Press the one button that gives the report to a record."""
    return visitor.send(page, "/merge", ("belongs-to", record), **typed)


def test_each_field_says_whether_it_agrees_and_one_press_gives_it_to_the_record(
    town: Town, record: str
) -> None:
    key, reviewer = town.report(State.IN_REVIEW), town.signed_in("reviewer")
    page = reviewer.open(f"/review/{key}")
    assert f"1 account {LIST}." in page.text
    assert COMPARE in page.text
    title, facets = account()["title"], town.node.taxonomy.facets
    for facet in ("failure", "harm", "severity", "sector", "system"):
        assert f"{facets[facet].title} " in page.text
    assert f"Title {title} {title} Agrees" in page.text
    assert "Where Kenya Uganda Differs" in page.text
    done = pressed(reviewer, page, record, note="Half a thought")
    assert "It will be published as belonging to the record." in done.text
    assert done.form("/decide").controls["note"].values == ["Half a thought"]
    assert town.actions(key)[-2:] == ["relate", "confirm-relation"]
    again = reviewer.open(f"/review/{key}")
    assert LIST not in again.text, "it names this record now, and is compared with it there"
    assert "Where Kenya Uganda Differs" in again.text


def test_who_does_not_hold_it_compares_and_decides_nothing(town: Town, record: str) -> None:
    key = town.report(State.IN_REVIEW)
    page = town.signed_in("second").open(f"/review/{key}")
    assert COMPARE in page.text
    assert not any(name == "belongs-to" for form in page.forms for name, _ in form.buttons)


def test_a_record_that_went_meanwhile_is_said_so_and_nothing_typed_is_lost(town: Town, record: str) -> None:
    key, reviewer = town.report(State.IN_REVIEW), town.signed_in("reviewer")
    page = reviewer.open(f"/review/{key}")
    with town.node.public.work() as session:
        store.erase(session, Tombstone(record, "safety", DAY))
    wrong = pressed(reviewer, page, record, note="Half a thought")
    assert (wrong.status, "This record was removed." in wrong.text) == (422, True)
    assert wrong.form("/decide").controls["note"].values == ["Half a thought"]


@pytest.mark.parametrize("state", [State.ACCEPTED, State.DECLINED, State.PUBLISHED])
def test_once_it_is_decided_nothing_is_looked_for(town: Town, record: str, state: State) -> None:
    assert LIST not in town.signed_in("reviewer").open(f"/review/{town.report(state)}").text


def test_a_statement_is_compared_with_nothing(town: Town, record: str) -> None:
    made = town.side.intake.create(
        town.people.member, SAID, channel="form", submit=True, telling_of=Telling(Kind.STATEMENT, record)
    )
    page = town.signed_in("reviewer").open(f"/review/{made.view.summary.id}")
    assert (page.status, LIST in page.text) == (200, False)


def test_without_an_index_nobody_is_held_up(town: Town, record: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> None:
        raise Unavailable

    monkeypatch.setattr("search.engine.resembling", broken)
    page = town.signed_in("reviewer").open(f"/review/{town.report(State.IN_REVIEW)}")
    assert (page.status, LIST in page.text) == (200, False)


def test_another_report_that_waits_is_found_and_compared_side_by_side(town: Town) -> None:
    index(town)
    key = town.report(State.IN_REVIEW)
    other = town.side.intake.create(
        town.people.other_member, account(countries=["UG"]), channel="form", submit=True
    ).view.summary.id
    reviewer = town.signed_in("reviewer")
    page = reviewer.open(f"/review/{key}")
    assert "A report that waits for review" in page.text
    beside = reviewer.open(f"/review/{key}/beside/{other}")
    assert page.link(COMPARE).endswith(f"/review/{key}/beside/{other}")
    assert beside.path.endswith(f"/beside/{other}")
    assert "Where Kenya Uganda Differs" in beside.text
    assert {f"/review/{key}", f"/review/{other}"} <= {url for url, _ in beside.links}
    for told in (page, beside):
        assert not any(name in told.text for name in ("Lake Health", "River"))


def test_what_the_reader_may_not_read_is_neither_listed_nor_compared(town: Town) -> None:
    index(town)
    reviewer = town.people.reviewer
    town.side.directory.grant(reviewer.id, reviewer.organization_id, [Role.MEMBER])
    both = town.side.sessions.actor_of(reviewer.id)
    key, draft = town.report(State.IN_REVIEW), town.draft()
    own = town.side.intake.create(both, account(), channel="form", submit=True).view.summary.id
    recused = town.side.intake.create(town.people.other_member, account(), channel="form", submit=True)
    aside = recused.view.summary.id
    town.side.reviews.recuse(reviewer, aside, "close")
    visitor = town.signed_in("reviewer")
    assert LIST not in visitor.open(f"/review/{key}").text
    for hidden in (own, draft, aside, "0" * 32):
        for path in (f"/review/{key}/beside/{hidden}", f"/review/{hidden}/beside/{key}"):
            assert visitor.open(path).status == 404
    assert town.signed_in("member").open(f"/review/{key}/beside/{key}").status == 403
    gone = town.report(State.PUBLISHED)
    town.side.custody.originals.erase(town.people.member, gone)
    assert visitor.open(f"/review/{key}/beside/{gone}").status == 404


def test_what_is_hidden_stays_a_mark_and_is_said_to_agree_with_nothing(town: Town) -> None:
    index(town)
    title, side, people = "Bot gave out clerk@clinic.example to patients", town.side, town.people
    keys = []
    for author in (people.member, people.other_member):
        key = side.intake.create(author, account(title=title), channel="form").view.summary.id
        things = [one.detail.thing for one in side.personal.found(author, key).decided]
        side.personal.choose(author, key, dict.fromkeys(things, "hide"), expected=None)
        side.intake.submit(author, key)
        keys.append(key)
    side.reviews.claim(people.reviewer, keys[0])
    visitor = town.signed_in("reviewer")
    for path in (f"/review/{keys[0]}", f"/review/{keys[0]}/beside/{keys[1]}"):
        page = visitor.open(path)
        assert "clerk@clinic.example" not in page.html
        assert "[EMAIL-1]" in page.text
    assert "Hidden, so nobody can tell" in visitor.open(f"/review/{keys[0]}/beside/{keys[1]}").text
