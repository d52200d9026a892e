"""Originals go when their time is over, drafts after a notice, and nothing that has just been changed."""

from __future__ import annotations

from datetime import timedelta

import pytest

from registry.custody.letters import LAPSING
from registry.custody.retention import Retention, Swept
from registry.identity.rules import Role
from registry.intake.models import Submission
from registry.intake.rules import State
from registry.intake.vault.rules import Why
from registry.outbox import OutboxJob
from tests.factories import account
from tests.registry.custody.plenty import everything
from tests.registry.house import House, at_once
from tests.registry.intake.test_versions import bring
from tests.registry.neighbours import join

ENDS = {State.PUBLISHED: 30, State.DECLINED: 180, State.WITHDRAWN: 30}


def run(house: House) -> tuple[int, int]:
    """Originals deleted and drafts told of."""
    done: Swept = house.side.custody.retention.run()
    return done.shredded, done.noticed


def letters(house: House) -> list[dict[str, str]]:
    with house.private.read() as session:
        jobs = session.query(OutboxJob).filter(OutboxJob.kind == LAPSING)
        return [dict(job.payload) for job in jobs]


@pytest.mark.parametrize(("state", "days"), ENDS.items())
def test_what_has_come_to_its_end_is_shredded_on_the_day(house: House, state: State, days: int) -> None:
    key = bring(house, state)
    house.clock.forward(days=days, seconds=-1)
    assert run(house) == (0, 0)
    assert b"pharmacist" not in everything(house)  # sealed, not gone
    assert house.side.intake.read(house.people.member, key).account.text
    house.clock.forward(seconds=1)
    assert run(house) == (1, 0)
    receipt = house.side.custody.originals.receipt(house.people.member, key)
    assert (receipt.state, receipt.why, receipt.at) == (state, Why.TIME, house.clock())
    assert house.state(key) == state.value
    assert run(house) == (0, 0)


def test_reports_on_their_way_stay_however_long_it_takes(house: House) -> None:
    states = (State.SUBMITTED, State.IN_REVIEW, State.CHANGES_REQUESTED, State.ACCEPTED, State.SCHEDULED)
    keys = [bring(house, state) for state in states]
    house.clock.forward(days=4000)
    assert run(house) == (0, 0)
    assert all(house.side.intake.read(house.people.member, key).account.text for key in keys)


def test_a_draft_goes_after_a_notice_and_not_before(house: House) -> None:
    key = house.draft()
    house.clock.forward(days=335, seconds=-1)
    assert run(house) == (0, 0)
    house.clock.forward(seconds=1)
    assert run(house) == (0, 1)
    assert letters(house) == [{"submission_id": key, "person_id": house.people.member.id}]
    summary = house.side.intake.read(house.people.member, key).summary
    assert house.side.custody.originals.lapses(summary) == house.clock() + timedelta(days=30)
    house.clock.forward(days=30, seconds=-1)
    assert run(house) == (0, 0)
    house.clock.forward(seconds=1)
    assert run(house) == (1, 0)
    receipt = house.side.custody.originals.receipt(house.people.member, key)
    assert (receipt.state, receipt.why) == (State.WITHDRAWN, Why.FORGOTTEN)


def test_a_draft_that_was_changed_after_the_notice_begins_anew(house: House) -> None:
    key = house.draft()
    house.clock.forward(days=335)
    assert run(house) == (0, 1)
    house.clock.forward(days=29)
    house.side.intake.revise(house.people.member, key, account(title="Still needed"), expected=None)
    house.clock.forward(days=300)
    assert run(house) == (0, 0)
    house.clock.forward(days=35)
    assert run(house) == (0, 1)
    assert len(letters(house)) == 2


def test_a_node_that_stood_still_gives_notice_first_all_the_same(house: House) -> None:
    house.draft()
    house.clock.forward(days=2000)
    assert run(house) == (0, 1)
    house.clock.forward(days=29)
    assert run(house) == (0, 0)
    house.clock.forward(days=1)
    assert run(house) == (1, 0)


def test_new_content_in_the_last_moment_keeps_the_original(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It arrives between the look at what may be due and the look under lock."""
    key, run_one = bring(house, State.DECLINED), Retention._one
    house.clock.forward(days=200)

    def late(retention: Retention, found: str) -> str | None:
        with house.private.work() as session:
            session.get_one(Submission, found).updated_at = house.clock()
        return run_one(retention, found)

    monkeypatch.setattr(Retention, "_one", late)
    assert run(house) == (0, 0)
    assert house.side.intake.read(house.people.member, key).account.text


def test_a_report_that_went_with_its_organization_meanwhile_is_passed_over(house: House) -> None:
    originals = house.side.custody.retention
    assert originals._one("0" * 32) is None


def test_administrators_are_told_of_a_draft_whose_author_left(house: House) -> None:
    admin = join(house, "admin", house.people.member, Role.ORG_ADMIN)
    writer = join(house, "writer", house.people.member, Role.MEMBER)
    key = house.draft(writer)
    with house.private.work() as session:
        session.connection().exec_driver_sql(f"DELETE FROM membership WHERE person_id = '{writer.id}'")  # noqa: S608 - our own id
    house.clock.forward(days=335)
    assert run(house) == (0, 1)
    assert letters(house) == [{"submission_id": key, "person_id": admin.id}]


def test_a_letter_says_when_and_not_what(house: House) -> None:
    key = house.draft(title="Nobody may read this in a letter")
    house.clock.forward(days=335)
    run(house)
    payload = {"submission_id": key, "person_id": house.people.member.id}
    letter = house.side.custody.letters.write(LAPSING, payload)
    assert letter is not None
    assert (letter.to, dict(letter.facts)) == ("member@example.org", {"days": "30"})
    assert "Nobody may read" not in repr(letter)
    house.side.intake.submit(house.people.member, key)
    assert house.side.custody.letters.write(LAPSING, payload) is None


def test_many_are_done_in_one_run_and_two_runs_at_once_do_each_once(house: House) -> None:
    keys = [house.draft() for _ in range(7)]
    for key in keys:
        house.side.intake.withdraw(house.people.member, key)
    house.clock.forward(days=31)
    done = at_once(2, lambda _: house.side.custody.retention.run())
    assert sum(one.shredded for one in done if isinstance(one, Swept)) == 7
    assert all([action for action, _, _ in house.steps(key)].count("erase") == 1 for key in keys)
    assert house.ask("SELECT count(*) FROM erasure") == [(7,)]


def test_more_than_a_page_is_looked_through(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("registry.custody.retention.PAGE", 2)
    for _ in range(5):
        house.side.intake.withdraw(house.people.member, house.draft())
    kept = house.draft()
    house.clock.forward(days=31)
    assert run(house) == (5, 0)
    assert house.state(kept) == "draft"


def test_settings_decide_how_long(house: House) -> None:
    originals = house.side.custody.originals
    checking, keeping = originals._checking, originals.keeping
    brief = Retention(house.private, house.clock, checking, type(keeping)(withdrawn=0))
    house.side.intake.withdraw(house.people.member, house.draft())
    assert brief.run() == Swept(shredded=1, noticed=0)
