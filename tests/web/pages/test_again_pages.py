"""Classifying a second time by page, and what anybody reads of it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import select

from registry.intake.rules import State
from registry.record.agreement import Agreement, Confusion, replace
from registry.review.coding.models import Coding
from registry.review.coding.rules import CORE
from tests.conftest import SettableClock
from tests.factories import People, settings_in
from tests.web.conftest import _town as towns
from tests.web.town import Town

CODES = {
    "kind": "kind/incident",
    "severity": "severity/minor",
    "failure": ["failure/unsafe-advice", "failure/missed"],
    "harm": "harm/injury",
    "sector": "sector/health",
    "system": "system/chatbot",
}


@pytest.fixture
def sampled(founded: tuple[Path, People], tmp_path: Path, clock: SettableClock) -> Iterator[Town]:
    """A town in which every accepted report is classified a second time."""
    yield from towns(founded, settings_in(tmp_path / "town", second_coding=100), clock)


def test_a_second_reviewer_sees_no_code_and_says_their_own(sampled: Town) -> None:
    key, visitor = sampled.report(State.ACCEPTED), sampled.signed_in("second")
    queue = visitor.open("/review")
    assert "1 accepted report waits to be classified a second time" in queue.text
    task = visitor.follow(visitor.open("/review/again").link("Chatbot told patients to double a dose"))
    assert task.path == f"/review/{key}/again"
    assert task.text.count("(optional)") == 0, "every question of the core has to be answered"
    controls = task.form("").controls
    assert all(not controls[facet].values for facet in CORE)
    refused = visitor.send(task, "", None, {"severity": "severity/minor"})
    assert refused.status == 422
    assert set(refused.summary.values()) == {f"#{facet}" for facet in CORE if facet != "severity"}
    assert refused.form("").controls["severity"].values == ["severity/minor"]
    done = visitor.send(refused, "", None, CODES | {"main-failure": "failure/missed"})
    assert (done.path, "Nothing waits for you." in done.text) == ("/review/again", True)
    with sampled.side.database.read() as session:
        query = select(Coding.codes).where(Coding.turn == "second", Coding.facet == "failure")
        assert session.scalar(query) == ["failure/missed", "failure/unsafe-advice"]


def test_the_first_reviewer_is_not_asked_again(sampled: Town) -> None:
    key, visitor = sampled.report(State.ACCEPTED), sampled.signed_in("reviewer")
    assert "Nothing waits for you." in visitor.open("/review/again").text
    assert visitor.open(f"/review/{key}/again").status == 409


def put(town: Town, n: int, alpha: float | None) -> None:
    met = (Confusion("severity/minor", "severity/serious", 7),) if n else ()
    with town.node.public.work() as session:
        replace(session, [Agreement("severity", "ordinal", n, alpha, met, town.clock.now.date())])


@pytest.mark.parametrize(("n", "alpha", "beside"), [(0, None, False), (29, 0.81, False), (40, 0.81, True)])
def test_anybody_reads_the_table_and_labels_tell_it_from_a_sensible_number_on(
    town: Town, n: int, alpha: float | None, beside: bool
) -> None:
    key = town.report(State.PUBLISHED)
    put(town, n, alpha)
    visitor = town.visitor()
    page = visitor.open("/statistics")
    assert page.status == 200
    assert ("fewer than 5" in page.text) == (n == 0)
    assert ("0.81" in page.text) == (alpha is not None)
    record = visitor.open(f"/records/{town.record_id(key)}")
    told = "Two reviewers agree on this question: alpha 0.81, n = 40"
    assert (told in record.text) == beside
    answer = visitor.client.get("/api/v1/statistics/agreement")
    (line,) = answer.json["items"]
    assert (line["facet"], line["n"], line["alpha"]) == ("severity", n or None, alpha)
    assert [one["count"] for one in line["confusions"]] == [7] * bool(n)


def test_before_anything_was_counted_the_page_says_so(town: Town) -> None:
    assert "Nothing was counted yet." in town.visitor().open("/statistics").text
