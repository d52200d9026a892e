"""Reviewers, stewards and owners at public records: the list, answering flags, proposing, deciding."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import text

from registry.intake.rules import State
from registry.review.aftercare.changes import Proposal
from tests.web.town import Town

TEXT = "The keeper of the porpoises is my neighbour."


def published(town: Town, **changes: Any) -> tuple[str, str]:
    key = town.report(State.PUBLISHED, **changes)
    return key, town.record_id(key)


def flagged(town: Town, reason: str = "wrong") -> str:
    _, record_id = published(town)
    town.side.reviewing.care.flags.flag(record_id, reason, TEXT)
    return record_id


def test_a_flag_is_found_from_the_queue_read_and_answered(town: Town) -> None:
    record_id, visitor = flagged(town, "someone-recognizable"), town.signed_in("second")
    queue = visitor.open("/review")
    assert "1 record needs a look" in queue.text
    listing = visitor.open("/review/records")
    assert "Somebody could be recognised, or is in danger" in listing.text
    page = visitor.follow(listing.link("Chatbot told patients to double a dose"))
    assert (page.path, TEXT in page.text) == (f"/review/records/{record_id}", True)
    action = f"/review/records/{record_id}/dismiss"
    refused = visitor.send(page, action)
    assert (refused.status, set(refused.summary.values())) == (422, {"#flags", "#dismissal"})
    flag = refused.form(action).controls["flags"].offered
    done = visitor.send(refused, action, flags=flag, dismissal="nobody-recognizable")
    assert done.status == 200
    assert TEXT not in done.text
    stale = visitor.send(refused, action, flags=flag, dismissal="nobody-recognizable")
    assert (stale.status, "Somebody has answered one of these flags already" in stale.text) == (409, True)


def test_one_proposes_another_decides_and_nobody_decides_twice(town: Town) -> None:
    record_id = flagged(town)
    proposer, decider = town.signed_in("reviewer"), town.signed_in("second")
    page = proposer.open(f"/review/records/{record_id}")
    action = f"/review/records/{record_id}/propose"
    refused = proposer.send(page, action, note="Ask jane.roe@example.org")
    assert (refused.status, set(refused.summary.values())) == (422, {"#what"})
    refused = proposer.send(refused, action, what="retract/wrong", note="Ask jane.roe@example.org")
    assert (refused.status, set(refused.summary.values())) == (422, {"#note"})
    assert refused.form(action).controls["what"].values == ["retract/wrong"]
    done = proposer.send(refused, action, note="The dose was right.")
    assert "Somebody else has to decide." in done.text
    assert not any(
        "/review/changes/" in form.action and not form.action.endswith("back") for form in done.forms
    )
    seen = decider.open(f"/review/records/{record_id}")
    action = next(form.action for form in seen.forms if "/review/changes/" in form.action)
    unsaid = decider.send(seen, action, press=("decision", "refuse"))
    assert (unsaid.status, set(unsaid.summary.values())) == (422, {"#refusal"})
    approved = decider.send(seen, action, press=("decision", "approve"))
    assert "Approved, and done with the next batch" in approved.text
    again = decider.send(seen, action, press=("decision", "refuse"), refusal="milder")
    assert again.status == 409
    published_now = town.signed_in("steward")
    told = published_now.send(published_now.open("/review/publish"), "/review/publish")
    assert "1 record is changed." in told.text
    record = town.visitor().open(f"/records/{record_id}")
    assert "The dose was right." in record.text
    assert "Done" in decider.open(f"/review/records/{record_id}").text


def test_an_owner_asks_for_a_change_takes_it_back_and_asks_again(town: Town) -> None:
    key, record_id = published(town)
    owner = town.signed_in("member")
    page = owner.follow(owner.open(f"/mine/{key}").link("Retract, erase or dispute the public record"))
    asked = owner.send(page, f"/mine/{key}/change", what="erase/safety")
    assert "This cannot be undone" in asked.text
    action = next(form.action for form in asked.forms if "/change/" in form.action)
    back = owner.send(asked, action)
    assert "Taken back" in back.text
    assert owner.send(asked, action).status == 409
    owner.send(back, f"/mine/{key}/change", what="erase/safety")
    decider = town.signed_in("reviewer")
    seen = decider.open(f"/review/records/{record_id}")
    action = next(form.action for form in seen.forms if "/review/changes/" in form.action)
    decider.send(seen, action, press=("decision", "approve"))
    assert town.side.record_changes.carry_out() == [record_id]
    assert town.visitor().open(f"/records/{record_id}").status == 410
    assert owner.open(f"/mine/{key}").status == 200
    assert owner.open(f"/mine/{key}/change").status == 410
    assert decider.open(f"/review/records/{record_id}").status == 410


def test_an_erasure_is_asked_for_and_decided_beside_another_open_change(town: Town) -> None:
    key, record_id = published(town)
    proposer, decider, owner = (town.signed_in(name) for name in ("reviewer", "second", "member"))
    action, own = f"/review/records/{record_id}/propose", f"/mine/{key}/change"
    proposer.send(proposer.open(f"/review/records/{record_id}"), action, what="retract/wrong")
    page = owner.open(own)
    offered = page.form(own).controls["what"].offered
    assert {value.partition("/")[0] for value in offered if value} == {"erase"}, "all else waits"
    asked = owner.send(page, own, what="erase/safety")
    assert not any(form.action == own for form in asked.forms), "nothing is left to ask for"
    again = owner.send(page, own, what="erase/legal")
    assert (again.status, "An erasure of this record waits already" in again.text) == (409, True)

    seen = decider.open(f"/review/records/{record_id}")
    assert not any(form.action == action for form in seen.forms)
    erase, retract = [form.action for form in seen.forms if "/review/changes/" in form.action]
    unsaid = decider.send(seen, retract, press=("decision", "refuse"))
    assert (unsaid.status, set(unsaid.summary.values())) == (422, {"#refusal"})
    assert len(unsaid.ids) == len(set(unsaid.ids)), "the other form has a name of its own"
    decider.send(seen, erase, press=("decision", "approve"))
    assert town.side.record_changes.carry_out() == [record_id]
    states = "SELECT kind, state FROM record_change ORDER BY kind"
    with town.side.database.read() as session:
        left = [tuple(row) for row in session.execute(text(states))]
    assert left == [("erase", "done"), ("retract", "overtaken")]
    late = decider.send(seen, retract, press=("decision", "approve"))
    assert late.status == 410


def test_a_record_without_a_flag_is_opened_by_its_identifier(town: Town) -> None:
    _, record_id = published(town)
    visitor = town.signed_in("steward")
    page = visitor.open(f"/review/records?record={record_id}")
    assert (page.status, page.path) == (200, f"/review/records/{record_id}")
    assert visitor.open("/review/records?record=nothing/../else").status == 404


def test_a_page_of_before_is_told_that_the_record_has_changed(town: Town) -> None:
    _, record_id = published(town)
    visitor, care = town.signed_in("reviewer"), town.side.reviewing.care
    page = visitor.open(f"/review/records/{record_id}")
    change = care.changes.propose(town.people.steward, record_id, Proposal("mark-disputed", "facts", "", 1))
    care.changes.approve(town.people.other_reviewer, change.id)
    town.side.record_changes.carry_out(early=True)
    late = visitor.send(page, f"/review/records/{record_id}/propose", what="retract/wrong")
    assert (late.status, "This was changed in the meantime" in late.text) == (409, True)


@pytest.mark.parametrize("prefix", ["", "/ar"])
def test_nothing_public_tells_who_flagged_or_proposed(town: Town, prefix: str) -> None:
    key, record_id = published(town)
    town.side.reviewing.care.flags.flag(record_id, "wrong", TEXT)
    change = town.side.reviewing.care.changes.propose_own(
        town.people.member, key, Proposal("retract", "wish", "", 1)
    )
    town.side.reviewing.care.changes.approve(town.people.reviewer, change.id)
    town.side.record_changes.carry_out(early=True)
    visitor = town.visitor(prefix)
    for path in ("", "/versions", "/versions/2"):
        page = visitor.open(f"/records/{record_id}{path}")
        for word in (TEXT, "Lake Health", "Open Review", change.id, "/review", "/mine/"):
            assert word not in page.text, (path, word)
