"""Review: the queue, what reviewers see, the one who claims, and publishing the waiting batch."""

from __future__ import annotations

import re
from urllib.parse import urlencode

import pytest

from registry.identity.rules import Role
from registry.intake.rules import STATE_LABELS, State
from tests.factories import account
from tests.web.browsing import Page, Typed, Visitor
from tests.web.town import Town
from web.pages.judged import GONE

OPEN = (
    State.SUBMITTED,
    State.IN_REVIEW,
    State.CHANGES_REQUESTED,
    State.ACCEPTED,
    State.SCHEDULED,
)
"""States that have a tab in the queue."""
SEEN = (State.SUBMITTED, State.IN_REVIEW, State.CHANGES_REQUESTED, State.ACCEPTED, State.PUBLISHED)


def tab(page: Page, state: State) -> str:
    return next(url for url, text in page.links if text.startswith(STATE_LABELS[state]))


def sifted(visitor: Visitor, page: Page, **chosen: Typed) -> Page:
    """The queue's page after the form of its filters was filled in like this and sent."""
    form = next(each for each in page.forms if each.method == "get" and each.action.endswith("/review"))
    return visitor.open("/review?" + urlencode(form.fill(chosen), doseq=True))


def claimed(town: Town, key: str) -> Page:
    """The report's page after the reviewer pressed the button to claim it."""
    visitor = town.signed_in("reviewer")
    return visitor.send(visitor.open(f"/review/{key}"), "/claim")


def test_the_queue_lists_what_waits_oldest_first(town: Town) -> None:
    for number in range(3):
        town.report(State.SUBMITTED, account(title=f"Waiting {number}"))
        town.clock.forward(hours=2)
    town.draft(account(title="Only a draft"))
    page = town.signed_in("reviewer").open("/review")
    named = dict.fromkeys(re.findall(r"Waiting \d", page.text))  # in a line, and in the label of its box
    assert list(named) == ["Waiting 0", "Waiting 1", "Waiting 2"]
    for words in ("Serious", "Health and care", "English", "6 hours", "due in 3 days", "Nobody yet"):
        assert words in page.text
    assert "Only a draft" not in page.text


@pytest.mark.parametrize("state", [state for state in OPEN if state is not State.SCHEDULED])
def test_every_report_is_under_the_tab_of_its_state(town: Town, state: State) -> None:
    town.report(state, account(title="The one"))
    visitor = town.signed_in("reviewer")
    for each in OPEN:
        page = visitor.follow(tab(visitor.open("/review"), each))
        assert ("The one" in page.text) == (each is state)
        counted = next(text for _, text in page.links if text.startswith(STATE_LABELS[each]))
        assert counted == f"{STATE_LABELS[each]} {int(each is state)}"


def test_reviewers_do_not_see_their_own_organizations_reports(town: Town) -> None:
    key = town.report(State.SUBMITTED)
    side = town.side
    person = side.directory.add_person("both@example.org", "Both", "a long enough password")
    side.directory.grant(person, town.people.member.organization_id, [Role.REVIEWER])
    visitor = town.signed_in("both")
    assert "dose" not in visitor.open("/review").text
    assert visitor.open(f"/review/{key}").status == 404


def test_the_queue_can_be_narrowed_to_what_one_holds(town: Town) -> None:
    town.report(State.IN_REVIEW, account(title="Held by me"))
    other = town.report(State.SUBMITTED, account(title="Held by another"))
    town.side.reviews.claim(town.people.other_reviewer, other)
    visitor = town.signed_in("reviewer")
    page = visitor.follow(tab(visitor.open("/review"), State.IN_REVIEW))
    assert "You" in page.text
    assert "Second" in page.text
    mine = sifted(visitor, page, mine=["1"])
    assert "Held by me" in mine.text
    assert "Held by another" not in mine.text
    assert "1 report matches." in mine.text
    assert "Held by another" in visitor.follow(mine.link("Remove the filter Only mine ×")).text


def test_the_queue_is_cut_and_ordered_by_a_form(town: Town) -> None:
    harmless = account(title="Harmless one", language="fr")
    harmless["classification"]["severity"] = ["severity/none"]
    town.report(State.SUBMITTED, account(title="Serious one"))
    town.report(State.SUBMITTED, harmless)
    town.clock.forward(hours=24 * 6)
    visitor = town.signed_in("reviewer")
    whole = visitor.open("/review")
    assert whole.text.index("Serious one") < whole.text.index("Harmless one")
    for words in ("2 days late", "due in 15 days", "1 report is late."):
        assert words in whole.text
    late = sifted(visitor, whole, overdue=["1"])
    assert ("Serious one" in late.text, "Harmless one" in late.text) == (True, False)
    french = sifted(visitor, visitor.follow(late.link("Clear all")), language="fr", severity="severity/none")
    assert ("Serious one" in french.text, "Harmless one" in french.text) == (False, True)
    nothing = sifted(visitor, french, severity="severity/critical")
    assert "No report matches." in nothing.text
    assert visitor.open("/review?severity=%27").status == 422


def test_a_long_queue_is_turned_page_by_page(town: Town) -> None:
    for number in range(23):
        town.report(State.SUBMITTED, account(title=f"Report {number:02}"))
        town.clock.forward(minutes=1)
    visitor = town.signed_in("reviewer")
    first = visitor.open("/review")
    second = visitor.follow(first.link("Next page"))
    titles = dict.fromkeys(re.findall(r"Report \d\d", first.text + second.text))
    assert list(titles) == [f"Report {number:02}" for number in range(23)]
    assert visitor.open("/review?cursor=nonsense").status == 422


@pytest.mark.parametrize("state", SEEN)
def test_a_report_is_read_without_learning_whose_it_is(town: Town, state: State) -> None:
    page = town.signed_in("reviewer").open(f"/review/{town.report(state)}")
    assert page.status == 200
    for words in (
        "twice the safe dose",
        "Serious",
        "Kenya",
        "March 2026",
        "Example Systems",
        "Named, as alleged",
    ):
        assert words in page.text
    assert "an organization like Lake" in page.text
    for name in ("Lake Health", "member@example.org", town.people.member.id, "Draft begun"):
        assert name not in page.html


@pytest.mark.parametrize("state", [State.DRAFT, State.WITHDRAWN])
def test_what_was_never_sent_or_taken_back_is_not_seen(town: Town, state: State) -> None:
    page = town.signed_in("reviewer").open(f"/review/{town.report(state)}")
    assert page.status == 404
    assert GONE in page.text


def beside(key: str) -> set[str]:
    """What somebody may do with a report that another one holds: write a note, and step aside."""
    return {f"/review/{key}/notes", f"/review/{key}/recuse"}


def test_claiming_makes_the_report_ones_own(town: Town) -> None:
    key = town.report(State.SUBMITTED)
    page = claimed(town, key)
    assert town.state(key) is State.IN_REVIEW
    assert "You have claimed this report." in page.text
    assert "You hold it until November 26, 2026." in page.text
    other = town.signed_in("second").open(f"/review/{key}")
    assert "Somebody else is reviewing it:" in other.text
    assert {form.action for form in other.forms if form.method == "post"} == beside(key)


def test_two_who_claim_at_once_do_not_both_get_it(town: Town) -> None:
    key, second = town.report(State.SUBMITTED), town.signed_in("second")
    page = second.open(f"/review/{key}")
    claimed(town, key)
    late = second.send(page, "/claim")
    assert late.status == 409
    assert late.title.startswith("Error: ")
    assert "Somebody else is reviewing it:" in late.text
    assert town.actions(key).count("claim") == 1


def test_a_claim_can_be_given_back(town: Town) -> None:
    key, visitor = town.report(State.IN_REVIEW), town.signed_in("reviewer")
    back = visitor.send(visitor.open(f"/review/{key}"), "/release")
    assert "The report is back in the queue." in back.text
    assert town.state(key) is State.SUBMITTED
    assert "Nobody yet" in visitor.open("/review").text


def test_a_claim_that_lapsed_can_be_taken_over(town: Town) -> None:
    key = town.report(State.IN_REVIEW)
    town.clock.forward(hours=town.node.settings.claim_hours)
    second = town.signed_in("second")
    taken = second.send(second.open(f"/review/{key}"), "/claim")
    assert "You have claimed this report." in taken.text
    first = town.signed_in("reviewer").open(f"/review/{key}")
    assert "Somebody else is reviewing it: Second" in first.text
    assert {form.action for form in first.forms if form.method == "post"} == beside(key)


def test_a_report_about_the_reviewers_organization_is_for_others(town: Town) -> None:
    key = town.report(State.SUBMITTED, account(entities={"deployers": [" open review "]}))
    visitor = town.signed_in("reviewer")
    assert "Chatbot told patients" not in visitor.open("/review").text
    assert visitor.open(f"/review/{key}").status == 404
    assert town.state(key) is State.SUBMITTED


def test_a_report_that_only_speaks_of_an_organization_says_so(town: Town) -> None:
    told = account(text="Open Review runs it.", entities={"deployers": ["A clinic"]})
    key = town.report(State.SUBMITTED, told)
    page = town.signed_in("reviewer").open(f"/review/{key}")
    assert "speaks of an organization that you have ties with. Step aside from it" in page.text
    refused = claimed(town, key)
    assert (refused.status, "Step aside from it" in refused.text) == (409, True)
    assert town.state(key) is State.SUBMITTED


@pytest.mark.parametrize("name", ["steward", "reviewer"])
def test_the_waiting_batch_can_be_published_at_once(town: Town, name: str) -> None:
    keys = [town.report(State.ACCEPTED, account(title=f"Report {number}")) for number in range(2)]
    visitor = town.signed_in(name)
    page = visitor.open("/review/publish")
    assert ("2 reports of other organizations wait." in page.text) == (name == "reviewer")
    done = visitor.send(page)
    assert "2 reports are published" in done.text
    records = {text for _, text in done.links if text.startswith("AIR-")}
    assert records == {town.record_id(key) for key in keys}
    for url, text in done.links:
        if text in records:
            assert "Report" in visitor.follow(url).title
    again = visitor.send(page)
    assert "Nothing was waiting, so nothing was published." in again.text
    assert town.actions(keys[0]).count("publish") == 1


def test_members_cannot_publish(town: Town) -> None:
    key, visitor = town.report(State.ACCEPTED), town.signed_in("member")
    data = visitor.open("/account").form("/signout").fill({})
    assert visitor.client.post("/review/publish", data=data).status_code == 403
    assert town.state(key) is State.ACCEPTED


def test_what_was_typed_is_shown_to_reviewers_as_text(town: Town) -> None:
    sharp = '"><script>alert(1)</script>'
    raw = account(title=sharp, text=sharp, entities={"deployers": [sharp]}, response={"lessons": sharp})
    key, visitor = town.report(State.IN_REVIEW, raw), town.signed_in("reviewer")
    for path in ("/review?state=in_review", f"/review/{key}"):
        assert "<script>" not in visitor.open(path).html


def test_what_is_added_after_publication_is_read_and_closed(town: Town) -> None:
    key = town.report(State.PUBLISHED)
    visitor = town.signed_in("reviewer")
    empty = visitor.follow(changed_tab(visitor.open("/review"), 0))
    assert "Nothing here" in empty.text
    town.clock.forward(hours=5)
    town.side.following.add_by_code(town.receipt(key), "It happened again. Call +254 712 345 678.")
    town.clock.forward(hours=3)
    queue = visitor.follow(changed_tab(visitor.open("/review"), 1))
    for words in ("Chatbot told patients", "Published", "3 hours"):
        assert words in queue.text
    page = visitor.follow(queue.link("Chatbot told patients to double a dose"))
    assert "Added since the decision" in page.text
    assert "It happened again. Call [PHONE-1]." in page.text
    town.side.following.add_by_code(town.receipt(key), "Once more.")
    still = visitor.send(page, "/additions")
    assert "What was added is marked as read." in still.text
    assert "Once more." in still.text[still.text.index("Added since the decision") :]
    done = visitor.send(still, "/additions")
    assert "Added since the decision" not in done.text
    assert "A reviewer read what was added" in town.signed_in("member").open(f"/mine/{key}").text
    changed_tab(visitor.open("/review"), 0)


def changed_tab(page: Page, count: int) -> str:
    """Address of the tab of changed reports, which counts so many."""
    return page.link(f"Changed {count}")
