"""Saying whether the fix held: on the report's page, or with the receipt code."""

from __future__ import annotations

from registry.intake.rules import State
from tests.web.pages.test_revising_pages import publish
from tests.web.town import Town

QUESTION = "Did the fix hold?"
SINCE = "The same advice came again after an update."


def asked(town: Town) -> str:
    """Id of a published report of which it was asked."""
    key = town.report(State.PUBLISHED)
    assert town.side.held.ask(key)
    return key


def test_it_is_on_the_page_once_it_was_asked_and_until_it_is_answered(town: Town) -> None:
    member = town.signed_in("member")
    assert QUESTION not in member.open(f"/mine/{town.report(State.PUBLISHED)}").text
    key = asked(town)
    page = member.open(f"/mine/{key}")
    assert QUESTION in page.text
    after = member.send(page, f"/mine/{key}/held", held="came-back", text=SINCE)
    assert "Your answer is with the reviewers." in after.text
    assert "Send the answer" not in after.text
    assert town.state(key) is State.SUBMITTED


def test_without_an_answer_the_page_says_so_and_keeps_what_was_typed(town: Town) -> None:
    key, member = asked(town), town.signed_in("member")
    page = member.send(member.open(f"/mine/{key}"), f"/mine/{key}/held", text=SINCE)
    assert page.status == 422
    assert page.summary == {"Choose one of the answers; not known is one too.": "#held"}
    assert "held" in page.ids
    assert SINCE in page.html
    assert town.state(key) is State.PUBLISHED


def test_an_old_page_is_told(town: Town) -> None:
    key, member = asked(town), town.signed_in("member")
    old = member.open(f"/mine/{key}")
    member.send(old, f"/mine/{key}/held", held="held")
    again = member.send(old, f"/mine/{key}/held", held="unknown")
    assert again.status == 409


def test_whoever_holds_the_code_answers_without_signing_in(town: Town) -> None:
    key, visitor = asked(town), town.visitor()
    page = visitor.send(visitor.open("/receipt"), code=town.receipt(key))
    assert QUESTION in page.text
    wrong = visitor.send(page, "/receipt/held", text=SINCE)
    assert (wrong.status, SINCE in wrong.html) == (422, True)
    done = visitor.send(wrong, "/receipt/held", held="held")
    assert "Your answer is with the reviewers." in done.text
    assert town.state(key) is State.SUBMITTED


def test_its_organization_and_its_reviewers_read_what_was_answered(town: Town) -> None:
    key, member = asked(town), town.signed_in("member")
    page = member.send(member.open(f"/mine/{key}"), f"/mine/{key}/held", held="came-back", text=SINCE)
    item = town.signed_in("reviewer").open(f"/review/{key}")
    for shown in (page, item, member.open(f"/report/{key}/copy.txt")):
        assert SINCE in shown.html
        assert "It came back" in shown.html
    assert "No answer changed." not in item.text


def test_everybody_reads_it_in_the_record_and_its_history(town: Town) -> None:
    key, member = asked(town), town.signed_in("member")
    member.send(member.open(f"/mine/{key}"), f"/mine/{key}/held", held="came-back", text=SINCE)
    publish(town, key)
    record = town.visitor().open(f"/records/{town.record_id(key)}")
    assert QUESTION in record.text
    assert "It came back" in record.text
    assert SINCE in record.text
    history = town.visitor().open(f"/records/{town.record_id(key)}/versions")
    assert "Whether the fix held" in history.text
