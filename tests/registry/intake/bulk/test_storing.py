"""Keeping what is good of a file: all or nothing, once and only once, whoever sends it."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path
from subprocess import PIPE
from typing import Any

import pytest
from sqlalchemy import select

from registry.db.private import PrivateDatabase
from registry.errors import Conflict, NotAllowed
from registry.identity.rules import Actor
from registry.intake.bulk.report import Fate, Report
from registry.intake.bulk.service import Wish
from registry.intake.models import Submission
from tests.factories import People, account
from tests.registry.house import House, at_once
from tests.registry.intake.bulk.making import as_jsonl

MANY = 60
"""Rows of a file whose storing is interrupted."""
DRAFT, SUBMIT = Wish(), Wish(submit=True)


def rows(count: int, **changes: Any) -> list[dict[str, Any]]:
    return [account(title=f"Report {number}", **changes) for number in range(count)]


def send(house: House, raw: bytes, wish: Wish, actor: Actor | None = None) -> Report:
    """What comes of a file that is checked and then stored."""
    actor, bulk = actor or house.people.member, house.side.bulk
    received = bulk.read(actor, raw)
    return bulk.store(actor, received, bulk.check(actor, received, language="en", scanned=0), wish)


def fates(report: Report) -> list[Fate]:
    return [row.fate for row in report.rows]


def kept(house: House) -> list[tuple[str, str]]:
    """Title and state of everything stored, asked of the database itself."""
    with house.private.read() as session:
        return sorted((row.title, row.state) for row in session.scalars(select(Submission)))


def test_checking_stores_nothing(house: House) -> None:
    bulk, actor = house.side.bulk, house.people.member
    report = bulk.check(actor, bulk.read(actor, as_jsonl(rows(2))), language="en")
    assert fates(report) == [Fate.COMPLETE] * 2
    assert not report.stored
    assert kept(house) == []


def test_rows_become_drafts_or_go_to_review_like_reports_that_come_alone(house: House) -> None:
    draft = send(house, as_jsonl([{"title": "Half"}]), DRAFT).rows[0].kept
    sent = send(house, as_jsonl(rows(1)), SUBMIT).rows[0].kept
    assert draft is not None
    assert sent is not None
    assert kept(house) == [("Half", "draft"), ("Report 0", "submitted")]
    assert [action for action, _, _ in house.steps(draft.id)] == ["create"]
    assert [action for action, _, _ in house.steps(sent.id)] == ["create", "submit"]
    assert house.side.following.by_code(sent.receipt).status.state == "submitted"
    view = house.side.intake.read(house.people.member, draft.id)
    assert (view.summary.channel, view.summary.title) == ("bulk", "Half")


def test_nothing_is_stored_where_one_row_cannot_be(house: House) -> None:
    raw = as_jsonl([*rows(3), account(happened={"from": "2099"})])
    report = send(house, raw, DRAFT)
    assert not report.stored
    assert fates(report) == [*[Fate.COMPLETE] * 3, Fate.WRONG]
    assert kept(house) == []
    incomplete = as_jsonl([*rows(1), {"title": "Half"}])
    assert not send(house, incomplete, SUBMIT).stored
    assert kept(house) == []


def test_only_the_good_ones_are_stored_where_that_is_wished(house: House) -> None:
    raw = as_jsonl([*rows(1), {"title": "Half"}, account(happened={"from": "2099"})])
    report = send(house, raw, Wish(submit=True, only_good=True))
    assert (report.stored, fates(report)) == (True, [Fate.STORED, Fate.INCOMPLETE, Fate.WRONG])
    again = send(house, raw, Wish(only_good=True))
    assert fates(again) == [Fate.KNOWN, Fate.STORED, Fate.WRONG]
    assert kept(house) == [("Half", "draft"), ("Report 0", "submitted")]


def test_the_same_file_again_makes_nothing_and_says_where_each_row_is(house: House) -> None:
    raw = as_jsonl(rows(3))
    first, again = send(house, raw, DRAFT), send(house, raw, SUBMIT, house.people.member)
    assert (fates(first), fates(again)) == ([Fate.STORED] * 3, [Fate.KNOWN] * 3)
    for one, other in zip(first.rows, again.rows, strict=True):
        assert one.kept is not None
        assert other.kept is not None
        assert (other.kept.id, other.kept.receipt, other.kept.changed) == (one.kept.id, "", False)
    assert len(kept(house)) == 3


def test_a_longer_file_stores_what_is_new_in_it(house: House) -> None:
    send(house, as_jsonl(rows(2)), DRAFT)
    assert fates(send(house, as_jsonl(rows(4)), DRAFT)) == [Fate.KNOWN, Fate.KNOWN, Fate.STORED, Fate.STORED]


def test_a_row_is_known_by_its_reference_whatever_it_says_now(house: House) -> None:
    send(house, as_jsonl([{"reference": "A-1", **account()}]), DRAFT)
    report = send(house, as_jsonl([{"reference": "A-1", **account(title="Reworded")}]), DRAFT)
    assert fates(report) == [Fate.KNOWN]
    assert report.rows[0].kept is not None
    assert report.rows[0].kept.changed
    assert kept(house) == [(account()["title"], "draft")]


def test_what_was_taken_back_may_be_sent_again_and_is_known_anew(house: House) -> None:
    raw = as_jsonl([{"reference": "1", **account()}])
    first = send(house, raw, Wish(key="k1"))
    assert first.rows[0].kept is not None
    house.side.intake.withdraw(house.people.member, first.rows[0].kept.id)
    assert fates(send(house, raw, Wish(key="k1"))) == [Fate.STORED]  # the same answer, and nothing new
    assert len(kept(house)) == 1
    assert fates(send(house, raw, DRAFT)) == [Fate.STORED]
    assert fates(send(house, raw, DRAFT)) == [Fate.KNOWN]
    assert sorted(state for _, state in kept(house)) == ["draft", "withdrawn"]


def test_nothing_of_another_organization_is_known_here(house: House) -> None:
    raw = as_jsonl([{"reference": "A-1", **account()}])
    send(house, raw, DRAFT)
    assert fates(send(house, raw, DRAFT, house.people.other_member)) == [Fate.STORED]
    assert len(kept(house)) == 2


def test_neither_references_nor_contents_can_be_read_from_what_is_remembered(house: House) -> None:
    send(house, as_jsonl([{"reference": "CASE-77", **account()}]), Wish(key="monthly"))
    rows_kept = house.ask("SELECT key, request_hash FROM idempotency_key")
    assert len(rows_kept) == 2
    assert "CASE-77" not in repr(rows_kept)
    assert "monthly" not in repr(rows_kept)


def test_the_same_key_gets_the_same_answer_whatever_happened_since(house: House) -> None:
    raw, wish = (
        as_jsonl([*rows(2), {"title": "bad", "happened": {"from": "x"}}]),
        Wish(only_good=True, key="k1"),
    )
    first = send(house, raw, wish)
    house.clock.forward(days=1)
    again = send(house, raw, wish)
    assert fates(first) == fates(again) == [Fate.STORED, Fate.STORED, Fate.WRONG]
    assert [row.kept for row in first.rows] == [row.kept for row in again.rows]
    assert len(kept(house)) == 2


@pytest.mark.parametrize("other", [Wish(key="k1", submit=True), Wish(key="k1", only_good=True)])
def test_the_same_key_for_something_else_is_a_conflict(house: House, other: Wish) -> None:
    raw = as_jsonl(rows(1))
    send(house, raw, Wish(key="k1"))
    with pytest.raises(Conflict):
        send(house, raw, other)
    with pytest.raises(Conflict):
        send(house, as_jsonl(rows(2)), Wish(key="k1"))
    assert len(kept(house)) == 1


def test_a_file_that_was_refused_may_come_mended_with_the_same_key(house: House) -> None:
    assert not send(house, as_jsonl([{"happened": {"from": "x"}}]), Wish(key="k1")).stored
    assert send(house, as_jsonl(rows(1)), Wish(key="k1")).stored


@pytest.mark.parametrize("key", [None, "race"])
def test_eight_at_once_store_every_row_once(house: House, key: str | None) -> None:
    raw, wish = as_jsonl(rows(12)), Wish(key=key)
    answers = at_once(8, lambda _: send(house, raw, wish))
    assert len(kept(house)) == 12
    told = [[row.kept and row.kept.id for row in one.rows] for one in answers if isinstance(one, Report)]
    assert len(told) == 8
    assert all(ids == told[0] for ids in told)
    stored = [fates(one).count(Fate.STORED) for one in answers if isinstance(one, Report)]
    assert sorted(stored) == ([12] * 8 if key else [*[0] * 7, 12])


def test_files_that_overlap_in_other_orders_store_every_row_once(house: House) -> None:
    def shuffled(number: int) -> Report:
        mixed = rows(30)
        random.Random(number).shuffle(mixed)  # noqa: S311 - an order, not a secret
        return send(house, as_jsonl(mixed[:20]), DRAFT)

    answers = at_once(6, shuffled)
    assert all(isinstance(answer, Report) for answer in answers), answers
    titles = [title for title, _ in kept(house)]
    assert len(titles) == len(set(titles))


def test_who_may_not_write_reports_may_not_send_files(house: House) -> None:
    for actor in (house.people.reviewer, house.people.steward):
        with pytest.raises(NotAllowed):
            house.side.bulk.read(actor, as_jsonl(rows(1)))


CHILD = """
import os, sys
from registry.clock import system_clock
from registry.db.private import PrivateDatabase
from registry.db.public import PublicDatabase
from registry.intake.bulk.service import Wish
from tests.registry.house import services

def store():
    side = services(PrivateDatabase(sys.argv[1]), PublicDatabase(sys.argv[2]), system_clock)
    actor = side.sessions.actor_of(sys.argv[3])
    received = side.bulk.read(actor, open(sys.argv[4], "rb").read())
    report = side.bulk.check(actor, received, language="en", scanned=0)
    print(os.getpid(), flush=True)
    side.bulk.store(actor, received, report, Wish())

for line in sys.stdin:
    child = os.fork()
    if child == 0:
        store()
        os._exit(0)
    os.waitpid(child, 0)
    print("over", flush=True)
"""
"""Forks a process for each line it reads, which tells its number when it is about to store the file."""


def counted(database: PrivateDatabase) -> list[int]:
    """How many submissions, versions and marks there are."""
    tables = ("submission", "submission_version", "idempotency_key")
    with database.read() as session:
        ask = session.connection().exec_driver_sql
        return [ask(f"SELECT count(*) FROM {table}").scalar_one() for table in tables]  # noqa: S608 - our own names


def test_a_kill_in_the_middle_leaves_all_or_nothing_and_the_next_time_finishes_it(
    addresses_with_people: tuple[tuple[str, str], People], house: House, tmp_path: Path
) -> None:
    addresses, people = addresses_with_people
    file, private = tmp_path / "reports.jsonl", PrivateDatabase(addresses[0])
    file.write_bytes(as_jsonl(rows(MANY)))
    command = [sys.executable, "-c", CHILD, *addresses, people.member.id, str(file)]
    root = Path(__file__).parents[4]
    with subprocess.Popen(command, stdin=PIPE, stdout=PIPE, text=True, cwd=root) as process:
        for wait in (0.0, 0.02, 0.06):
            assert process.stdin is not None
            assert process.stdout is not None
            process.stdin.write("go\n")
            process.stdin.flush()
            writer = int(process.stdout.readline())
            time.sleep(wait)
            with suppress(ProcessLookupError):  # it was done before it could be killed
                os.kill(writer, signal.SIGKILL)
            assert process.stdout.readline() == "over\n"
            assert counted(private) in ([0, 0, 0], [MANY] * 3)
    private.close()
    report = send(house, file.read_bytes(), DRAFT)
    assert set(fates(report)) <= {Fate.STORED, Fate.KNOWN}
    assert len(kept(house)) == MANY
