"""Errors become problem responses by one table, and nothing inner gets out."""

from __future__ import annotations

import io
import json

import pytest
from flask import Flask
from flask.testing import FlaskClient

from api import problems
from api.node import Node
from registry import errors
from registry.errors import CommonsError, Gone, Invalid, Problem, TooManyTries, Unavailable
from registry.record.reading import Records
from web.app import create_app

OF_THE_FIELD = [
    error
    for error in vars(errors).values()
    if isinstance(error, type) and issubclass(error, CommonsError) and error is not errors.SettingError
]


@pytest.mark.parametrize("error", OF_THE_FIELD)
def test_every_error_of_the_field_has_a_line_of_its_own(error: type[CommonsError]) -> None:
    assert error in problems.TABLE


def test_slugs_and_statuses_are_sound() -> None:
    kinds = list(problems.TABLE.values())
    assert len({kind.slug for kind in kinds}) == len(kinds)
    assert all(400 <= kind.status < 600 for kind in kinds)


def test_a_subclass_is_answered_like_its_parent() -> None:
    class Busy(Unavailable):
        """An outage of its own kind."""

    answer = problems.from_error(Busy(retry_after=7))
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "7")


def test_facts_are_told_in_members_and_headers() -> None:
    gone = problems.from_error(Gone(reason="wish", removed="2026-01-02", successor=None)).get_json()
    assert (gone["reason"], gone["removed"], gone["successor"]) == ("wish", "2026-01-02", None)
    assert problems.from_error(TooManyTries(retry_after=30)).headers["Retry-After"] == "30"


def test_a_thousand_problems_are_cut() -> None:
    answer = problems.from_error(Invalid(Problem(f"/{n}", "Wrong.") for n in range(1000))).get_json()
    assert len(answer["errors"]) == problems.ERRORS_MAX + 1
    assert answer["errors"][-1]["detail"] == "… and 900 more."


def test_a_bug_is_answered_without_its_text(node: Node, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(_records: Records, _record_id: str) -> None:
        raise RuntimeError("secret inner text")

    monkeypatch.setattr(Records, "read", broken)
    answer = create_app(node).test_client().get("/api/v1/records/aiid:1")
    assert (answer.status_code, answer.mimetype) == (500, "application/problem+json")
    assert b"secret" not in answer.data


def test_a_bug_is_logged_by_kind_and_place_without_text_or_address(
    node: Node, monkeypatch: pytest.MonkeyPatch, logged: io.StringIO
) -> None:
    def broken(_records: Records, _record_id: str) -> None:
        raise RuntimeError("secret inner text")

    monkeypatch.setattr(Records, "read", broken)
    create_app(node).test_client().get("/api/v1/records/aiid:1?q=asked")
    (line,) = logged.getvalue().splitlines()
    noted = json.loads(line)
    assert (noted["event"], noted["error"]) == ("bug", "RuntimeError")
    assert noted["where"][-1].endswith(" broken")
    for part in ("secret", "aiid:1", "asked"):
        assert part not in line


def test_pages_have_error_pages_of_their_own(client: FlaskClient) -> None:
    assert client.get("/no-such-page").mimetype != "application/problem+json"


@pytest.mark.parametrize(
    "path", ["/api/v1/taxonomy", "/api/v1/nothing", "/api/v1/submissions", "/healthz", "/readyz"]
)
def test_a_browser_may_do_nothing_with_an_answer(app: Flask, path: str) -> None:
    headers = app.test_client().get(path).headers
    assert headers["Content-Security-Policy"] == "default-src 'none'; frame-ancestors 'none'"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert "Set-Cookie" not in headers


@pytest.mark.parametrize("path", ["/api/v1/search", "/api/v1/submissions", "/api/v1/reviews", "/healthz"])
def test_no_cache_keeps_private_answers_or_questions(app: Flask, path: str) -> None:
    assert app.test_client().get(path).headers["Cache-Control"] == "no-store"
