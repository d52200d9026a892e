"""The page and the API of figures about review: what is told, in words, in JSON and as a table."""

from __future__ import annotations

import csv
import io
from datetime import UTC, datetime

import pytest
from flask.testing import FlaskClient

from api.node import Node
from registry.record import openness
from registry.review.figures.rules import Moved, Tally, figures
from search import Indexer
from tests.conftest import SettableClock
from web.pages.openness import ROWS
from web.worker import Worker

HEAD = "5e" * 32


@pytest.fixture
def told(node: Node, clock: SettableClock) -> None:
    """Figures of two quarters: seven declined as tests, two for another reason, six appeals."""
    tally, moments = Tally(), [datetime(2025, month, 1, tzinfo=UTC) for month in (2, 5)]
    for moment in moments:
        for number in range(7):
            key = f"{moment.month}-{number}"
            tally.take(Moved(moment, key, "submit", "draft", "submitted", None))
            tally.take(Moved(moment, key, "decline", "in_review", "declined", "test"))
    for number in range(2):
        tally.take(Moved(moments[0], f"x{number}", "decline", "in_review", "declined", "opinion"))
    for number in range(6):
        tally.take(Moved(moments[1], f"y{number}", "appeal", "declined", "declined", None))
    with node.public.work() as session:
        openness.keep(session, clock.now.date(), figures(tally, clock.now.date(), 12), HEAD)


def test_before_anything_was_counted_the_page_says_so(client: FlaskClient) -> None:
    answer = client.get("/transparency")
    assert answer.status_code == 200
    assert "Come back tomorrow" in answer.text
    problem = client.get("/api/v1/transparency")
    assert (problem.status_code, problem.json["detail"]) == (
        404,
        "Nothing was counted yet. Ask again tomorrow.",
    )
    assert client.get("/api/v1/transparency.csv").status_code == 404


@pytest.mark.parametrize("prefix", ["", "/fr", "/ar"])
def test_the_page_tells_counts_totals_and_the_hash(client: FlaskClient, told: None, prefix: str) -> None:
    page = client.get(f"{prefix}/transparency")
    assert page.status_code == 200
    for words in ("2025-Q1", "2025-Q2", "10-24", HEAD, "/api/v1/transparency.csv"):
        assert words in page.text


def test_what_is_kept_back_is_said_in_words(client: FlaskClient, told: None) -> None:
    page = client.get("/transparency").text
    assert "1 to 4" in page
    assert page.count("at least 7") == 1
    assert page.count("at least 14") == 1
    assert "Appeals" in page
    assert "Appeals upheld" not in page, "what never happened takes no place"
    assert "Reviewers disagreed" not in page


def test_the_api_tells_the_same(client: FlaskClient, told: None) -> None:
    answer = client.get("/api/v1/transparency")
    assert answer.json["trail_head"] == HEAD
    first, second = answer.json["quarters"]
    assert (first["counts"]["declined"], first["declined_at_least"], second["counts"]["declined"]) == (
        None,
        7,
        7,
    )
    assert answer.json["total"]["declined"] == {"exact": False, "value": 14}
    assert answer.json["total"]["appeals"] == {"exact": True, "value": 6}
    again = client.get("/api/v1/transparency", headers={"If-None-Match": answer.headers["ETag"]})
    assert again.status_code == 304


def test_the_table_tells_the_same(client: FlaskClient, told: None) -> None:
    lines = list(csv.reader(io.StringIO(client.get("/api/v1/transparency.csv").text)))
    assert lines[0] == ["quarter", "measure", "value", "note"]
    assert ["2025-Q1", "declined:opinion", "", "kept back"] in lines
    assert ["total", "declined", "14", "at least"] in lines
    assert ["now", "waiting", "10-24", ""] in lines


def test_every_row_has_its_words(client: FlaskClient, told: None) -> None:
    assert list(ROWS) == list(client.get("/api/v1/transparency").json["running"]["counts"])


def test_the_worker_counts(node: Node, client: FlaskClient) -> None:
    Worker(node, Indexer(node.settings.index_dir, node.taxonomy)).drain()
    assert client.get("/api/v1/transparency").json["quarters"] == []


@pytest.mark.usefixtures("told")
def test_ranges_and_quarters_are_not_turned_round_in_arabic(client: FlaskClient) -> None:
    """After Arabic letters a browser shows "0-4" as "4-0", unless it stands apart."""
    page = client.get("/ar/transparency").text
    assert '<bdi dir="ltr">0-4</bdi>' in page
    assert '<bdi dir="ltr">2025-Q1</bdi>' in page
    assert ">0-4" not in page.replace('<bdi dir="ltr">0-4', "")
