"""Codes and target lie beside a report from its sending until its original goes."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from sqlalchemy import text

from registry.intake.models import Submission
from registry.intake.waiting.filling import fill
from tests.factories import account
from tests.registry.house import House

LINE = (
    "SELECT coded_event, coded_severity, coded_sectors, coded_language, due_at"
    " FROM submission WHERE id = :key"
)
CODES = ("kind/incident", "severity/serious", " sector/health ", "en")


def plain(house: House, key: str) -> tuple[Any, ...]:
    return tuple(house.ask(LINE, key=key)[0])


def due_in(house: House, key: str) -> timedelta:
    line = house.side.intake.read(house.people.member, key).summary
    with house.private.read() as session:
        due = session.get_one(Submission, key).due_at
    assert due is not None
    assert line.submitted_at is not None
    return due - line.submitted_at


def test_a_draft_has_none_and_a_sent_report_has_all(house: House) -> None:
    draft = house.draft()
    assert plain(house, draft) == (None,) * 5
    house.clock.forward(hours=5)
    house.side.intake.submit(house.people.member, draft)
    at_once = house.submitted()
    for key in (draft, at_once):
        assert plain(house, key)[:4] == CODES
        assert due_in(house, key) == timedelta(days=4)


def test_codes_follow_the_newest_version_and_the_target_the_last_sending(house: House) -> None:
    key = house.claimed()
    house.side.reviews.request_changes(house.people.reviewer, key, "Say more.")
    house.clock.forward(days=9)
    worse = account(language="sw")
    worse["classification"] |= {
        "severity": ["severity/critical"],
        "sector": ["sector/health", "sector/social"],
    }
    before = plain(house, key)[4]
    house.side.intake.revise(house.people.member, key, worse, expected=None)
    assert plain(house, key) == (
        "kind/incident",
        "severity/critical",
        " sector/health sector/social ",
        "sw",
        before,
    )
    house.side.intake.submit(house.people.member, key)
    assert due_in(house, key) == timedelta(days=2)


def test_nothing_of_it_outlives_the_original(house: House) -> None:
    key = house.submitted()
    house.side.custody.originals.erase(house.people.member, key)
    assert plain(house, key) == (None,) * 5


def test_old_rows_are_filled_once_and_what_cannot_be_opened_stays_unknown(house: House) -> None:
    old, lost = house.submitted(), house.submitted()
    draft = house.draft()
    whole = plain(house, old)
    with house.private.work() as session:
        session.execute(
            text(
                "UPDATE submission SET coded_event = NULL, coded_severity = NULL, coded_sectors = NULL,"
                " coded_language = NULL, due_at = submitted_at WHERE submitted_at IS NOT NULL"
            )
        )
        broken = "UPDATE submission_version SET sealed_account = NULL WHERE submission_id = :key"
        session.execute(text(broken), {"key": lost})
    assert fill(house.private) == 1
    assert plain(house, old) == whole
    assert plain(house, lost)[:4] == (None,) * 4
    assert plain(house, lost)[4] is not None, "it is due: nobody overlooks it"
    assert plain(house, draft) == (None,) * 5
    assert fill(house.private) == 0
