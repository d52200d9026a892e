"""Loading the demo set goes through the services, ends in the wanted states, and can be repeated."""

from __future__ import annotations

import dataclasses

import pytest
from sqlalchemy import select

from api.node import Node
from registry.intake.models import Submission
from web.demo.loading import PASSWORD, DemoLoader, Loaded
from web.demo.reading import DemoSet, read


@pytest.fixture(scope="module")
def small() -> DemoSet:
    """Every report that is not public, and one public report in each language."""
    whole = read()
    public = {r.account["language"]: r.key for r in whole.reports if r.state == "published"}
    kept = [r for r in whole.reports if r.state != "published" or r.key in public.values()]
    return dataclasses.replace(whole, reports=tuple(kept))


def load(node: Node, demo: DemoSet) -> Loaded:
    return DemoLoader(node, demo).load(lambda _done, _total: None)


def rows(node: Node) -> dict[str, Submission]:
    with node.private.database.read() as session:
        return {row.title: row for row in list(session.scalars(select(Submission)))}


def test_each_report_ends_in_the_state_that_it_shows(any_node: Node, small: DemoSet) -> None:
    loaded = load(any_node, small)
    assert (loaded.added, loaded.published) == (len(small.reports), 4)
    states = {title: row.state for title, row in rows(any_node).items()}
    assert states == {report.account["title"]: report.state for report in small.reports}


def test_everything_carries_the_demo_mark(node: Node, small: DemoSet) -> None:
    load(node, small)
    assert all(row.demo for row in rows(node).values())
    records = [change.record for change in node.records.changes_since(0)]
    assert len(records) == 4
    assert all(record is not None and record.demo for record in records)


def test_loading_again_changes_nothing(node: Node, small: DemoSet) -> None:
    load(node, small)
    before = {title: (row.id, row.state, row.lock) for title, row in rows(node).items()}
    again = load(node, small)
    assert again == Loaded(added=0, present=len(small.reports), published=0)
    assert {title: (row.id, row.state, row.lock) for title, row in rows(node).items()} == before


def test_what_one_step_interrupted_the_next_run_finishes(node: Node, small: DemoSet) -> None:
    sent = [report for report in small.reports if report.state != "draft"]
    only_sent = [dataclasses.replace(r, state="submitted", reviewer="") for r in sent]
    load(node, dataclasses.replace(small, reports=tuple(only_sent)))
    load(node, small)
    states = {title: row.state for title, row in rows(node).items()}
    assert states == {report.account["title"]: report.state for report in small.reports}


def test_a_declined_report_tells_its_organization_why(node: Node, small: DemoSet) -> None:
    load(node, small)
    declined = next(report for report in small.reports if report.state == "declined")
    row = rows(node)[declined.account["title"]]
    people = next(o for o in small.organizations if o.key == declined.organization).people
    actor = node.private.sessions.sign_in(people[0].email, PASSWORD).actor
    decisions = node.private.reviews.decisions_for_submitter(actor, row.id)
    assert [(d.reason_code, d.note) for d in decisions] == [(declined.reason, declined.note)]
    words = [entry.action for entry in node.private.intake.history(actor, row.id)]
    assert words == ["create", "submit", "claim", "decline"]
