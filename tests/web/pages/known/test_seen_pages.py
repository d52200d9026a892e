"""Seen here too, and a report attached to a record, by plain forms: from the writer to the public."""

from __future__ import annotations

import re
from html import unescape

from registry.intake.rules import State
from registry.intake.similar.rules import About, Held, Kind
from registry.record import store
from registry.record.types import Tombstone
from tests.factories import account, keep_details
from tests.registry.record.samples import DAY
from tests.web.browsing import Page, Visitor
from tests.web.pages.answers import key_of
from tests.web.pages.known.asking import STORY, about, asked, choice
from tests.web.town import Town


def fill(visitor: Visitor, page: Page, **more: str | list[str]) -> Page:
    typed: dict[str, str | list[str]] = {"countries": ["Uganda", "", ""], "from": "2026"}
    return visitor.send(page, typed=typed | more)


def test_seen_here_too_takes_over_what_was_written_and_goes_the_whole_way(town: Town, record: str) -> None:
    visitor = town.signed_in("other")
    page = asked(visitor)
    form = visitor.send(page, press=choice(page, "here "))
    assert form.path.endswith("/statement")
    assert form.form().controls["text"].values == [STORY["text"]]
    assert "stays under “My reports”" in form.text
    again = visitor.send(page, press=choice(page, "here "))
    assert again.path == form.path
    page = fill(visitor, form, done="The bot was switched off.")
    key = key_of(page)
    page = visitor.follow(page.link("Continue")) if not page.forms else visitor.send(page, "/privacy")
    assert page.path.endswith("/statement/check")
    assert "Uganda" in page.text
    sent = visitor.send(page, "/statement/send")
    assert sent.path.endswith("/sent")
    view = town.side.intake.read(town.people.other_member, key)
    assert (view.summary.kind, view.summary.state) == (Kind.STATEMENT, State.SUBMITTED)
    publish(town, key)
    shown = town.visitor().open(f"/records/{record}")
    assert "1 published statement says so." in shown.text
    assert STORY["text"] in shown.text
    assert "The bot was switched off." in shown.text


def publish(town: Town, key: str) -> None:
    reviewer, side = town.people.reviewer, town.side
    side.reviews.claim(reviewer, key)
    keep_details(side, reviewer, key)
    side.reviews.accept(reviewer, key)
    side.publication.publish_batch()


def test_a_statement_begins_on_the_page_of_the_record_too(town: Town, record: str) -> None:
    visitor = town.signed_in("other")
    page = visitor.follow(visitor.open(f"/records/{record}").link("It happened here too"))
    empty = visitor.send(page, typed={})
    assert (empty.status, set(empty.summary.values())) == (422, {"#countries", "#from", "#text"})
    long = fill(visitor, empty, text="x" * 2_001)
    assert list(long.summary.values()) == ["#text"]
    made = fill(visitor, long, text="The same here.")
    assert made.path.endswith("/privacy")
    twice = fill(visitor, long, text="The same here.")
    assert twice.path == made.path
    page = visitor.open(f"/report/{key_of(made)}/check")
    assert page.path.endswith("/statement/check")
    assert visitor.open(f"/report/{key_of(made)}/story").path.endswith("/statement")


def test_a_statement_can_wait_and_be_changed(town: Town, record: str) -> None:
    visitor = town.signed_in("other")
    page = visitor.open(f"/report/seen/{record}")
    later = visitor.send(page, press=("then", "later"), typed={"text": "To be continued"})
    assert later.path == "/mine"
    page = visitor.follow(later.link("Seen here too"))
    page = visitor.follow(page.link("Go on with it"))
    assert "Still needed before you can send it" in page.text
    refused = visitor.send(page, "/statement/send")
    assert refused.status == 422
    form = visitor.follow(page.link("Change these answers"))
    old = visitor.open(form.path)
    assert fill(visitor, form, text="Now it is said.").path.endswith("/privacy")
    stale = fill(visitor, old, text="From an old tab.")
    assert (stale.status, "From an old tab." in stale.html) == (409, True)


def test_a_statement_on_nothing_is_not_begun(town: Town) -> None:
    visitor = town.signed_in("other")
    page = visitor.open("/report/seen/aiid:404")
    assert "not in the registry any more" in page.text
    refused = fill(visitor, page, text="The same here.")
    assert (refused.status, "There is no such record" in refused.text) == (422, True)
    assert town.side.submissions.own(town.people.other_member).items == ()


def attached(town: Town, record: str) -> str:
    """A report of the other organization, attached and sent."""
    key = town.draft(account(title="Also in our clinic"), town.people.other_member)
    town.side.same_event.attach(town.people.other_member, key, record, expected=None)
    town.side.intake.submit(town.people.other_member, key)
    return key


def test_the_reviewer_sees_both_and_decides(town: Town, record: str) -> None:
    key, visitor = attached(town, record), town.signed_in("reviewer")
    page = visitor.open(f"/review/{key}")
    assert "Both side by side" in page.text
    assert not [form for form in page.forms if form.action.endswith("/relation")]
    page = visitor.send(page, "/claim")
    refused = visitor.send(page, "/decide", press=("decision", "accept"))
    assert (refused.status, "Say first whether the report belongs" in refused.text) == (409, True)
    for relation, held, words in (
        ("confirm", Held.CONFIRMED, "published as belonging to the record"),
        ("drop", Held.DROPPED, "published without the record"),
    ):
        page = visitor.open(f"/review/{key}")
        page = visitor.send(page, "/relation", press=("relation", relation))
        assert about(town, key) == About(record, held)
        assert words in page.text
    stale = visitor.open(f"/review/{key}")
    visitor.send(visitor.open(f"/review/{key}"), "/relation", press=("relation", "confirm"))
    visitor.send(stale, "/relation", press=("relation", "drop"))
    assert about(town, key) == About(record, Held.CONFIRMED)


def decision(page: Page) -> str:
    """The words of the decision box."""
    box = page.html.partition('id="decision"')[2].partition("</section>")[0]
    return " ".join(re.sub(r"<[^>]*>", " ", unescape(box)).split())


def test_the_decision_box_asks_whether_it_belongs_there(town: Town, record: str) -> None:
    asks = "Does the report tell of the event of this record?"
    key, alone, visitor = attached(town, record), town.report(State.SUBMITTED), town.signed_in("reviewer")
    assert asks not in decision(visitor.open(f"/review/{key}")), "only for whoever decides"
    page = visitor.send(visitor.open(f"/review/{key}"), "/claim")
    assert f"{asks} " in decision(page)
    assert "cannot be accepted before it is decided. It does It does not" in decision(page)
    page = visitor.send(page, "/relation", press=("relation", "confirm"))
    assert page.address.endswith("#belongs")
    assert "Confirmed: it will be published as belonging to the record. It does It does not" in decision(page)
    assert asks not in decision(visitor.send(visitor.open(f"/review/{alone}"), "/claim"))
    statement = _statement(town, record)
    said = decision(visitor.send(visitor.open(f"/review/{statement}"), "/claim"))
    assert "To accept it is to agree that it is about this record." in said
    assert asks not in said


def test_what_became_of_it_is_told_to_those_who_wrote(town: Town, record: str) -> None:
    key, reviewer = attached(town, record), town.people.reviewer
    statement = _statement(town, record)
    visitor = town.signed_in("other")
    assert "A reviewer will say whether it belongs there." in visitor.open(f"/mine/{key}").text
    for one in (key, statement):
        town.side.reviews.claim(reviewer, one)
        keep_details(town.side, reviewer, one)
    town.side.reviews.decide_relation(reviewer, key, confirm=True)
    for one in (key, statement):
        town.side.reviews.accept(reviewer, one)
    with town.node.public.work() as session:
        store.erase(session, Tombstone(record, "safety", DAY))
    town.side.publication.publish_batch()
    told = visitor.open(f"/mine/{key}").text
    assert "The record was removed before publication." in told
    assert "The record that it belonged to was removed meanwhile" in told
    assert "so the statement is not published either" in visitor.open(f"/mine/{statement}").text


def _statement(town: Town, record: str) -> str:
    visitor = town.signed_in("other")
    made = fill(visitor, visitor.open(f"/report/seen/{record}"), text="The same here.")
    town.side.intake.submit(town.people.other_member, key_of(made))
    return key_of(made)
