"""Revising a published report on its page, from the button to the record's history."""

from __future__ import annotations

from registry.intake.rules import State
from tests.factories import keep_details
from tests.web.browsing import Page
from tests.web.town import Town

BUTTON = "Revise this report"
STAYS = "The public record stays as it is meanwhile."
NEW = "Chatbot doubled a dose in two clinics"


def begin(town: Town, key: str) -> Page:
    """Press the button on the report's page."""
    member = town.signed_in("member")
    return member.send(member.open(f"/mine/{key}"), f"/mine/{key}/revise")


def sent(town: Town) -> str:
    """Id of a revision that was written and sent on the pages."""
    key, member = town.report(State.PUBLISHED), town.signed_in("member")
    begin(town, key)
    member.send(member.open(f"/report/{key}/story?back=check"), title=NEW)
    assert member.send(member.open(f"/report/{key}/check"), f"/report/{key}/send").status == 200
    assert town.state(key) is State.SUBMITTED
    return key


def publish(town: Town, key: str) -> None:
    town.side.reviews.claim(town.people.reviewer, key)
    keep_details(town.side, town.people.reviewer, key)
    town.side.reviews.accept(town.people.reviewer, key)
    town.side.publication.publish_batch()


def test_only_what_is_published_is_offered_for_a_revision(town: Town) -> None:
    member = town.signed_in("member")
    for state in (State.DRAFT, State.SUBMITTED, State.ACCEPTED, State.DECLINED, State.WITHDRAWN):
        assert BUTTON not in member.open(f"/mine/{town.report(state)}").text
    assert BUTTON in member.open(f"/mine/{town.report(State.PUBLISHED)}").text


def test_it_leads_to_the_answers_and_says_that_the_record_stays(town: Town) -> None:
    key = town.report(State.PUBLISHED)
    page = begin(town, key)
    assert (page.status, page.path) == (200, f"/report/{key}/check")
    assert STAYS in page.text
    assert "Send the changed report" in page.html


def test_a_page_from_before_says_that_it_is_being_revised_already(town: Town) -> None:
    key, member = town.report(State.PUBLISHED), town.signed_in("member")
    old = member.open(f"/mine/{key}")
    begin(town, key)
    again = member.send(old, f"/mine/{key}/revise")
    assert again.status == 409
    assert "Go on with the revision" in again.text


def test_its_organization_and_the_holder_of_the_code_read_where_it_stands(town: Town) -> None:
    key = sent(town)
    assert STAYS in town.signed_in("member").open(f"/mine/{key}").text
    visitor = town.visitor()
    page = visitor.send(visitor.open("/receipt"), code=town.receipt(key))
    assert STAYS in page.text
    assert "Take the revision back" in page.text
    done = visitor.send(page, "/receipt/withdraw")
    assert "The revision is taken back." in done.text
    assert town.state(key) is State.PUBLISHED


def test_reviewers_read_what_would_change_in_the_record(town: Town) -> None:
    key = sent(town)
    reviewer = town.signed_in("reviewer")
    queue = reviewer.open("/review?queue=revisions")
    assert NEW in queue.text
    assert NEW not in reviewer.open("/review").text
    item = reviewer.follow(queue.link(NEW))
    assert "This is a revision of a published record." in item.text
    assert "Changed since the published version" in item.text
    assert town.record_id(key) in item.text


def test_declined_the_reason_is_on_the_page_and_the_record_as_it_was(town: Town) -> None:
    key = sent(town)
    town.side.reviews.claim(town.people.reviewer, key)
    reviewer = town.signed_in("reviewer")
    item = reviewer.open(f"/review/{key}")
    assert "The record stays as it is. The organization sees the reason" in item.text
    reviewer.send(
        item,
        f"/review/{key}/decide",
        press=("decision", "decline"),
        reason="test",
        note="It said more before.",
    )
    page = town.signed_in("member").open(f"/mine/{key}")
    assert "It said more before." in page.text
    assert "Revision declined: the record stays as it is" in page.text
    assert BUTTON in page.text
    assert NEW not in town.visitor().open(f"/records/{town.record_id(key)}").text


def test_against_a_declined_revision_one_appeals_and_reviewers_decide(town: Town) -> None:
    key, people = sent(town), town.people
    town.side.reviews.claim(people.reviewer, key)
    town.side.reviews.decline(people.reviewer, key, "not-enough", "It said more before.")
    member, second = town.signed_in("member"), town.signed_in("second")
    ask = member.follow(member.open(f"/mine/{key}").link("Appeal against the decision"))
    assert "It was a revision that was declined. The record stays as it is meanwhile." in ask.text
    done = member.send(ask, text="It says where the second clinic is.")
    assert all(words in done.text for words in ("Under appeal", STAYS, "Take the revision back"))
    town.clock.forward(seconds=60)
    item = second.follow(second.open("/review?queue=appeals").link(NEW))
    assert "This is a revision of a published record." in item.text
    item = second.send(item, "/claim")
    stands = second.send(
        item, "/appeal", press=("outcome", "reject-appeal"), reason="reason-holds", note="It stands."
    )
    assert "The decline stands." in stands.text
    assert town.state(key) is State.PUBLISHED
    told = member.open(f"/mine/{key}")
    assert "The appeal was rejected: the record stays as it is" in told.text
    assert BUTTON in told.text
    assert "Appeal against the decision" not in told.text
    assert NEW not in town.visitor().open(f"/records/{town.record_id(key)}").text


def test_taking_it_back_is_asked_first(town: Town) -> None:
    key = town.report(State.REVISING)
    member = town.signed_in("member")
    question = member.follow(member.open(f"/mine/{key}").link("Take the revision back"))
    assert "you can begin another revision at any time" in question.text
    assert "The revision is taken back." in member.send(question).text
    assert town.state(key) is State.PUBLISHED


def test_the_record_and_its_history_show_what_changed(town: Town) -> None:
    key = sent(town)
    publish(town, key)
    visitor, record_id = town.visitor(), town.record_id(key)
    assert NEW in visitor.open(f"/records/{record_id}").text
    history = visitor.open(f"/records/{record_id}/versions")
    assert "Version 2" in history.text
    assert "First version" in history.text
    second = visitor.open(f"/records/{record_id}/versions/2")
    assert "What version 2 changed" in second.text
    assert NEW not in visitor.open(f"/records/{record_id}/versions/1").text
