"""The page of the review queue with 2,000 waiting and 50,000 decided reports, on both engines."""

from __future__ import annotations

import random
import time
from datetime import timedelta
from pathlib import Path
from secrets import token_hex
from statistics import median
from tempfile import TemporaryDirectory
from typing import Any

from sqlalchemy import insert, text
from sqlalchemy.orm import Session

from bench.report import Figure
from bench.timing import summarise
from registry.account import Account
from registry.audit import By
from registry.db.private import PrivateDatabase
from registry.identity.directory import Directory
from registry.intake import creation
from registry.intake.creation import NewSubmission
from registry.intake.following.models import Addition
from registry.intake.models import Submission, SubmissionVersion
from registry.intake.receipts import receipt_hash
from registry.intake.rules import State
from registry.intake.waiting import lines
from registry.review.models import Claim
from tests.conftest import SettableClock
from tests.factories import People, account, register_people, settings_in
from tests.postgres import find_postgres, running
from tests.statements import counted
from tests.web.browsing import Visitor
from tests.web.town import sign_in
from web.app import create_app
from web.setup import initialise
from web.wiring import build, close

WAITING, DECIDED, CHANGED, ORGANIZATIONS, BATCH, ROUNDS = 2_000, 50_000, 60, 20, 500, 40
TARGET_MS, TARGET_STATEMENTS = 150, 12
PAGES = (
    "/review",
    "/review?queue=reports&state=in_review&sort=newest",
    "/review?severity=severity/serious&language=en&overdue=1",
    "/review?queue=changed",
)
"""What reviewers open: the usual page, another order, a cut one, and what was added since."""
SEVERITIES = ("none", "minor", "moderate", "serious", "critical", "unknown")
SECTORS = ("health", "education", "social", "finance")


def measure() -> list[Figure]:
    """Milliseconds of a whole page and its statements, slowest of the pages, on each engine there is."""
    with TemporaryDirectory(prefix="commons-bench-") as folder:
        figures = _measure("SQLite", Path(folder), {})
    programs = find_postgres()
    if programs is None:
        return figures
    with TemporaryDirectory(prefix="commons-bench-") as folder, running(programs) as server:
        addresses = {name: server.new_database() for name in ("private_database", "public_database")}
        return figures + _measure("PostgreSQL", Path(folder), addresses)


def _measure(engine: str, folder: Path, addresses: dict[str, str]) -> list[Figure]:
    settings, clock = settings_in(folder, **addresses), SettableClock()
    initialise(settings, clock)
    node = build(settings, clock)
    people = register_people(node.private)
    _fill(node.private.database, node.private.directory, people, clock)
    visitor = Visitor(create_app(node))
    sign_in(visitor, "reviewer")
    taken, statements = {}, 0
    for page in PAGES:
        taken[page], most = _opened(node.private.database, visitor, page)
        statements = max(statements, most)
    close(node)
    slowest = max(taken.values(), key=median)
    name = f"queue of {WAITING:,} waiting, {DECIDED:,} decided, {engine}"
    return [
        Figure(f"{name}: median", median(taken["/review"]), "ms", target=TARGET_MS),
        Figure("  median of its slowest view", median(slowest), "ms", target=TARGET_MS),
        Figure("  p95 of that", summarise(slowest).p95, "ms"),
        Figure("  SQL statements, at most", statements, "", target=TARGET_STATEMENTS),
    ]


def _opened(private: PrivateDatabase, visitor: Visitor, page: str) -> tuple[list[float], int]:
    """Milliseconds of each time, the first left out, and the statements of one."""
    visitor.open(page)
    taken = []
    for _ in range(ROUNDS):
        started = time.perf_counter()
        answer = visitor.open(page)
        taken.append((time.perf_counter() - started) * 1000)
        if answer.status != 200:
            raise RuntimeError(f"{page}: {answer.status}")
    with counted(private) as told:
        visitor.open(page)
    return taken, len(told)


def _fill(private: PrivateDatabase, directory: Directory, people: People, clock: SettableClock) -> None:
    order = random.Random(20261128)  # noqa: S311 - the same reports every time
    homes = [directory.add_organization(f"House {n}", "a house") for n in range(ORGANIZATIONS)]
    for start in range(0, WAITING, BATCH):
        with private.work() as session:
            for number in range(start, start + BATCH):
                _waiting(session, people, order, homes[number % ORGANIZATIONS], clock, number)
    for start in range(0, DECIDED, BATCH):
        with private.work() as session:
            rows = [_decided(session, order, homes, clock, n) for n in range(start, start + BATCH)]
            session.execute(insert(Submission), rows)
            session.execute(insert(SubmissionVersion), [_version(row) for row in rows])
    with private.work() as session:
        for number in range(CHANGED):
            _changed(session, _waiting(session, people, order, homes[0], clock, number), clock)
    with private.work() as session:
        session.execute(text("ANALYZE"))


def _waiting(
    session: Session, people: People, order: random.Random, home: str, clock: SettableClock, number: int
) -> str:
    key, at = token_hex(16), clock.now - timedelta(minutes=order.randrange(60 * 24 * 30))
    raw = account(title=f"Report {number} of a long queue", language=order.choice(["en", "fr", "sw"]))
    raw["classification"] |= {
        "severity": [f"severity/{order.choice(SEVERITIES)}"],
        "sector": [f"sector/{order.choice(SECTORS)}"],
    }
    new = NewSubmission(
        id=key,
        organization_id=home,
        author_id=people.member.id,
        account=Account.from_json(raw),
        receipt=key,
        channel="api",
        at=at,
        submit=True,
        demo=False,
    )
    creation.write(session, new, By("member", people.member.id, home))
    if number % 4 == 0:
        session.get_one(Submission, key).state = State.IN_REVIEW.value
        session.add(_claim(people, key, clock))
    return key


def _claim(people: People, key: str, clock: SettableClock) -> Claim:
    return Claim(
        submission_id=key,
        reviewer_id=people.other_reviewer.id,
        reviewer_name=people.other_reviewer.name,
        organization_id=people.other_reviewer.organization_id,
        until=clock.now + timedelta(hours=20),
    )


def _decided(
    session: Session, order: random.Random, homes: list[str], clock: SettableClock, number: int
) -> dict[str, Any]:
    at = clock.now - timedelta(minutes=order.randrange(60 * 24 * 700))
    raw = account()
    key = token_hex(16)
    return {
        "id": key,
        "organization_id": homes[number % ORGANIZATIONS],
        "author_id": "a" * 32,
        "channel": "api",
        "state": order.choice([State.PUBLISHED, State.DECLINED]).value,
        "version": 1,
        "lock": 5,
        "sealed_title": b"t" * 80,
        "receipt_hash": receipt_hash(key),
        "demo": False,
        "created_at": at,
        "updated_at": at,
        "submitted_at": at,
        "state_at": at,
        **lines.sent(session, raw, at),
    }


def _version(row: dict[str, Any]) -> dict[str, Any]:
    return {
        "submission_id": row["id"],
        "number": 1,
        "sealed_account": b"a" * 900,
        "author_id": row["author_id"],
        "created_at": row["created_at"],
    }


def _changed(session: Session, key: str, clock: SettableClock) -> None:
    """Something was added to a published report, and nobody has read it."""
    session.get_one(Submission, key).state = State.PUBLISHED.value
    session.add(
        Addition(submission_id=key, number=1, writer="holder", sealed=b"x", at=clock.now, unread=True)
    )
