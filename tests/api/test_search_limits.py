"""Searches that ask too much or make no sense: answered at once, with the parameter and what to do."""

from __future__ import annotations

import base64
from typing import Any
from urllib.parse import urlencode

import pytest
from flask.testing import FlaskClient

from search.query import LONGEST_QUERY
from search.request import MOST_CODES
from taxonomy import load
from tests.pace import timed
from tests.search.test_hostile_queries import QUERIES

SECONDS = 0.3
"""CPU time that any search whatever may take."""
CODES = list(load().facets["failure"].values)

REFUSED: dict[str, tuple[list[tuple[str, str]], list[str], str]] = {
    "a character too many": ([("q", "a" * (LONGEST_QUERY + 1))], ["/q"], "this has 201"),
    "a whole report": ([("q", "word " * 1_000)], ["/q"], "telling words"),
    "a hundred thousand quotes": ([("q", '"' * 100_000)], ["/q"], "at most 200"),
    "two queries": ([("q", "a"), ("q", "b")], ["/q"], "only once"),
    "a code too many": ([("failure", code) for code in (CODES * 2)[: MOST_CODES + 1]], [""], "At most 100"),
    "one code ten thousand times": ([("sector", "health")] * 10_000, [""], "At most 100"),
    "no code a thousand times": ([("reach", "")] * 1_000, [""], "At most 100"),
    "codes spread over facets": (
        [(name, "unknown") for name in ("cause-entity", "recurrence") for _ in range(60)],
        [""],
        "At most 100",
    ),
    "an unknown code": ([("failure", "failure/boredom")], ["/failure"], "failure/boredom is not a code"),
    "a code of another facet": ([("failure", "sector/health")], ["/failure"], "not a code of facet failure"),
    "a code without end": ([("country", "x" * 50_000)], ["/country"], "x" * 100 + " is not"),
    "an unknown parameter": ([("colour", "red")], ["/colour"], "no parameter or facet colour"),
    "a path for a name": ([("../../etc", "1")], ["/../../etc"], "no parameter"),
    "a day that is none": ([("since", "2025-02-30")], ["/since"], "2026-03-09"),
    "a month that is none": ([("until", "2025-13")], ["/until"], "2026-03"),
    "a date in words": ([("published_since", "last week")], ["/published_since"], "Write a date"),
    "a date in other digits": ([("since", "٢٠٢٥")], ["/since"], "Write a date"),
    "a year of five digits": ([("until", "20250")], ["/until"], "Write a date"),
    "an unknown order": ([("sort", "severity")], ["/sort"], "relevance, date"),
    "no records at all": ([("limit", "0")], ["/limit"], "from 1 to 50"),
    "all records at once": ([("limit", "51")], ["/limit"], "from 1 to 50"),
    "a limit in other digits": ([("limit", "٥")], ["/limit"], "from 1 to 50"),
    "a limit of ten thousand digits": ([("limit", "1" * 10_000)], ["/limit"], "from 1 to 50"),
    "a cursor of one's own": ([("cursor", "page-2")], ["/cursor"], "first page"),
    "a cursor without end": ([("cursor", "A" * 100_000)], ["/cursor"], "first page"),
    "a cursor of brackets": ([("cursor", base64.b64encode(b"[" * 700).decode())], ["/cursor"], "first page"),
    "a switch that is none": ([("highlight", "maybe")], ["/highlight"], "true or false"),
    "an unknown language": ([("lang", "tlh")], ["/lang"], "en"),
    "two languages": ([("lang", "en"), ("lang", "fr")], ["/lang"], "en"),
    "everything wrong": (
        [("q", "a" * 300), ("sort", "x"), ("limit", "x"), ("since", "x"), ("sector", "x")],
        ["/q", "/since", "/sort", "/limit", "/sector"],
        "",
    ),
}


@pytest.mark.parametrize("name", REFUSED)
def test_a_search_that_cannot_be_is_refused_by_parameter(stocked: FlaskClient, name: str) -> None:
    asked, pointers, says = REFUSED[name]
    answer = searched(stocked, asked)
    assert (answer.status_code, answer.mimetype) == (422, "application/problem+json")
    errors: list[dict[str, Any]] = answer.get_json()["errors"]
    assert [error["pointer"] for error in errors] == pointers
    assert says in errors[0]["detail"]
    assert len(answer.data) < 2_000


@pytest.mark.parametrize("name", QUERIES)
def test_a_hostile_query_is_answered_or_refused_at_once(stocked: FlaskClient, name: str) -> None:
    q = QUERIES[name]
    answer = searched(stocked, [("q", q), ("limit", "50")])
    assert answer.status_code == (422 if len(q) > LONGEST_QUERY else 200)
    if answer.status_code == 200:
        assert len(answer.get_json()["items"]) == min(50, answer.get_json()["total"])


def test_a_thousand_unknown_parameters_are_not_all_repeated(stocked: FlaskClient) -> None:
    answer = searched(stocked, [(f"{n}" + "x" * 500, "1") for n in range(1_000)])
    assert answer.status_code == 422
    assert len(answer.get_json()["errors"]) == 101
    assert len(answer.data) < 50_000


def test_as_many_codes_as_are_allowed_are_answered(stocked: FlaskClient) -> None:
    answer = searched(stocked, [("failure", code) for code in (CODES * 2)[:MOST_CODES]])
    assert answer.status_code == 200
    assert answer.get_json()["total"] > 0


def test_parameters_left_empty_by_a_form_count_as_left_out(stocked: FlaskClient) -> None:
    names = ("q", "sort", "limit", "cursor", "since", "until", "sector", "country", "highlight")
    empty = searched(stocked, [(name, "") for name in names])
    assert empty.status_code == 200
    assert empty.data == stocked.get("/api/v1/search").data


def searched(client: FlaskClient, asked: list[tuple[str, str]]) -> Any:
    """The answer to a search, which may not take long."""
    address = "/api/v1/search?" + urlencode(asked)
    answer, took = timed(lambda: client.get(address))
    assert took < SECONDS
    return answer
