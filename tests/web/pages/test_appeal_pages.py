"""Appeals on pages: by the organization and with a code, decided by a reviewer, seen by the steward."""

from __future__ import annotations

from registry.intake.rules import State
from tests.web.pages.test_receipt_pages import look_up
from tests.web.town import Town

WHY = "A model wrote the formulas of the sheet."


def declined(town: Town) -> str:
    key = town.report(State.DECLINED)
    town.clock.forward(seconds=60)
    return key


def taken(town: Town) -> str:
    key = declined(town)
    town.side.reviewing.appeals.make(town.people.member, key, WHY)
    town.clock.forward(seconds=60)
    town.side.reviews.claim(town.people.other_reviewer, key)
    return key


def test_the_organization_appeals_and_loses_nothing_that_it_typed(town: Town) -> None:
    key, member = declined(town), town.signed_in("member")
    page = member.open(f"/mine/{key}")
    assert f"/mine/{key}/appeal" in [url for url, _ in page.links]
    ask = member.open(f"/mine/{key}/appeal")
    assert "A spreadsheet did this." in ask.text
    assert "No AI system played a part" in ask.text
    empty = member.send(ask, text=" ")
    assert (empty.status, empty.summary) == (422, {"Say why the decision is wrong.": "#text"})
    done = member.send(empty, text=WHY)
    assert "Your appeal is with reviewers who had no part in the decision." in done.text
    assert "Under appeal" in done.text
    assert WHY in done.text
    again = member.send(ask, text="Again, and louder.")
    assert again.status == 409
    assert "Again, and louder." in again.text
    assert f"/mine/{key}/appeal" not in [url for url, _ in done.links]


def test_an_appeal_with_the_receipt_code(town: Town) -> None:
    key, visitor = declined(town), town.visitor()
    page = look_up(visitor, town.receipt(key))
    assert "A spreadsheet did this." in page.text
    empty = visitor.send(page, "/receipt/appeal", text="")
    assert (empty.status, empty.summary) == (422, {"Say why the decision is wrong.": "#appeal"})
    done = visitor.send(empty, "/receipt/appeal", text=WHY)
    assert "Your appeal is with reviewers" in done.text
    assert WHY not in done.text
    late = visitor.send(page, "/receipt/appeal", text="Once more, please.")
    assert late.status == 409
    assert "Once more, please." in late.text
    assert town.state(key) is State.APPEALED


def test_a_reviewer_who_judged_it_is_told_why_not(town: Town) -> None:
    key = town.report(State.APPEALED)
    page = town.signed_in("reviewer").open(f"/review/{key}")
    assert "A reviewer of another one is needed now." in page.text
    assert not any("claim" in form.action for form in page.forms)


def test_another_reviewer_finds_it_in_the_queue_and_upholds_it(town: Town) -> None:
    key, second = town.report(State.APPEALED), town.signed_in("second")
    town.clock.forward(seconds=60)
    queue = second.open("/review?queue=appeals")
    assert any(f"/review/{key}" in url for url, _ in queue.links)
    page = second.send(second.open(f"/review/{key}"), "/claim")
    assert WHY in page.text
    done = second.send(page, "/appeal", press=("outcome", "uphold"), note="A model it was.")
    assert "The appeal is upheld." in done.text
    assert done.form("/decide").buttons
    assert town.state(key) is State.IN_REVIEW


def test_the_tab_of_appeals_says_how_many_are_late(town: Town) -> None:
    town.report(State.APPEALED)
    town.clock.forward(hours=24 * 13)
    early = town.signed_in("second").open("/review?queue=appeals")
    assert ("Appeals 1" in early.text, "1 late" in early.text) == (True, False)
    town.clock.forward(hours=24 * 2)
    second = town.signed_in("second")
    assert "Appeals 1 1 late" in second.open("/review").text
    page = second.open("/review?queue=appeals")
    only = second.follow(page.link("1 report is late."))
    assert ("Appeals 1 1 late" in page.text, "1 report matches." in only.text) == (True, True)


def test_a_rejection_keeps_what_was_typed_until_it_is_whole(town: Town) -> None:
    key, second = taken(town), town.signed_in("second")
    page = second.open(f"/review/{key}")
    bare = second.send(page, "/appeal", press=("outcome", "reject-appeal"), note="It stands.")
    assert bare.status == 422
    assert bare.form("/appeal").controls["note"].values == ["It stands."]
    done = second.send(bare, "/appeal", press=("outcome", "reject-appeal"), reason="reason-holds")
    assert "The decline stands." in done.text
    assert town.state(key) is State.DECLINED
    told = town.signed_in("member").open(f"/mine/{key}")
    assert "The reason for declining it holds" in told.text
    assert "It stands." in told.text
    assert f"/mine/{key}/appeal" not in [url for url, _ in told.links]
    holder = look_up(town.visitor(), town.receipt(key))
    assert "It stands." in holder.text
    assert not any(form.action.endswith("/receipt/appeal") for form in holder.forms)


def test_a_button_that_is_not_there_decides_nothing(town: Town) -> None:
    key, second = taken(town), town.signed_in("second")
    form = second.open(f"/review/{key}").form("/appeal")
    answer = second.client.post(f"/review/{key}/appeal", data=form.fill({}) | {"outcome": ["burn"]})
    assert answer.status_code == 303
    assert town.state(key) is State.APPEALED


def test_the_steward_sees_an_appeal_that_nobody_may_decide_on(town: Town) -> None:
    people, key = town.people, town.report(State.APPEALED)
    town.side.tenants.kin.belong(
        people.steward, people.other_reviewer.organization_id, people.reviewer.organization_id
    )
    page = town.signed_in("steward").open("/steward/late")
    assert "Appeals that nobody here may decide on" in page.text
    assert key[:8] in page.text
    assert "Chatbot told" not in page.text
    assert "nobody at this node may decide on it" in town.signed_in("member").open(f"/mine/{key}").text
