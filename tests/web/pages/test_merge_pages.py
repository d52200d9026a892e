"""Merging on pages: two records side by side, the proposal, the redirect; and a report's record in review."""

from __future__ import annotations

from registry.intake.rules import State
from tests.factories import account
from tests.web.browsing import Page
from tests.web.town import Town


def two(town: Town) -> tuple[str, str]:
    """Ids of two public records."""
    first = town.record_id(town.report(State.PUBLISHED))
    return first, town.record_id(town.report(State.PUBLISHED, account(title="Twice the dose")))


def _decides(page: Page) -> str:
    """Where the form of the decision leads."""
    return next(form.action for form in page.forms if "/review/changes/" in form.action)


def merge(town: Town, old: str, new: str) -> None:
    reviewer = town.signed_in("reviewer")
    page = reviewer.open(f"/review/merge?record={old}&into={new}")
    bare = reviewer.send(page, "/review/merge", note="Both tell of May.")
    assert (bare.status, list(bare.summary.values())) == (422, ["#what"])
    assert bare.form("/review/merge").controls["note"].values == ["Both tell of May."]
    done = reviewer.send(bare, "/review/merge", what="merge/same-event")
    assert "Proposed." in done.text
    assert "Somebody else has to decide." in done.text
    second = town.signed_in("second")
    side_by_side = second.open(f"/review/merge?record={old}&into={new}")
    assert "This merge is proposed." in side_by_side.text
    decision = second.follow(side_by_side.link("Go to the decision"))
    assert new in decision.text
    approved = second.send(decision, _decides(decision), press=("decision", "approve"))
    assert "Approved." in approved.text
    town.side.record_changes.carry_out(early=True)
    assert "Merged" in second.open(f"/review/records/{old}").text


def test_both_are_compared_and_one_leads_to_the_other(town: Town) -> None:
    old, new = two(town)
    reviewer = town.signed_in("reviewer")
    page = reviewer.open(f"/review/merge?record={old}&into={new}")
    assert "The record that goes" in page.text
    assert "Twice the dose" in page.text
    for fact in ("Title", "When", "Where", "severity", "harm"):
        assert fact.lower() in page.text.lower()
    merge(town, old, new)
    visitor = town.visitor("/fr")
    answer = visitor.client.get(f"/fr/records/{old}")
    assert (answer.status_code, answer.headers["Location"]) == (303, f"/fr/records/{new}")
    landed = visitor.open(f"/records/{old}")
    assert landed.path.endswith(f"/records/{new}")
    assert old in landed.text
    history = visitor.open(f"/records/{old}/versions")
    assert history.status == 200
    assert new in history.text
    assert visitor.open(f"/records/{old}/versions/1").status == 200
    told = visitor.client.get(f"/api/v1/records/{old}").json
    assert (told["state"], told["successor"]) == ("merged", new)


def test_what_is_wrong_is_said_at_its_field(town: Town) -> None:
    old, new = two(town)
    reviewer = town.signed_in("reviewer")
    assert reviewer.open("/review/merge").status == 200
    unknown = reviewer.open(f"/review/merge?record={old}&into=AIR-none-2026-1")
    assert (unknown.status, list(unknown.summary.values())) == (422, ["#into"])
    itself = reviewer.open(f"/review/merge?record={old}&into={old}")
    assert (itself.status, list(itself.summary.values())) == (422, ["#into"])
    gone = reviewer.open(f"/review/merge?record=AIR-none-2026-1&into={new}")
    assert (gone.status, list(gone.summary.values())) == (422, ["#record"])
    merge(town, old, new)
    back = reviewer.open(f"/review/merge?record={new}&into={old}")
    assert "is merged itself" in back.text
    assert not any(form.method == "post" and form.action.endswith("/review/merge") for form in back.forms)


def test_members_do_not_merge(town: Town) -> None:
    assert town.signed_in("member").open("/review/merge").status == 403


def test_a_reviewer_names_the_record_of_a_report(town: Town) -> None:
    record, key = town.record_id(town.report(State.PUBLISHED)), town.report(State.IN_REVIEW)
    reviewer = town.signed_in("reviewer")
    page = reviewer.open(f"/review/{key}")
    wrong = reviewer.send(page, "/merge", note="Half a thought", record="AIR-none-2026-1")
    assert wrong.status == 422
    assert "There is no such record" in wrong.text
    assert wrong.form("/decide").controls["note"].values == ["Half a thought"]
    done = reviewer.send(wrong, "/merge", record=record)
    assert "It will be published as belonging to the record." in done.text
    assert town.actions(key)[-2:] == ["relate", "confirm-relation"]
