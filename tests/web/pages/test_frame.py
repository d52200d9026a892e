"""What every page has around it: language, headers, errors, compression."""

from __future__ import annotations

import gzip

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from registry.errors import NotAllowed, TooManyTries, Unavailable
from tests.web.pages.conftest import Library
from web.pages.language import LANGUAGES

PAGES = (
    "/",
    "/?q=dose",
    "/transparency",
    "/about",
    "/about/taxonomy",
    "/about/taxonomy/severity",
    "/nowhere",
)


def test_the_address_says_the_language(client: FlaskClient, library: Library) -> None:
    assert '<html lang="en" dir="ltr">' in client.get("/about").text
    arabic = client.get("/ar/about").text
    assert '<html lang="ar" dir="rtl">' in arabic
    assert 'href="/ar/about/taxonomy"' in arabic


def test_labels_dates_and_countries_follow_the_language(client: FlaskClient, library: Library) -> None:
    page = client.get(f"/fr/records/{library.own}").text
    assert "mars 2026" in page
    assert "Kenya" in page
    arabic = client.get(f"/ar/records/{library.own}").text
    assert "كينيا" in arabic
    assert "2026" in arabic  # Latin digits everywhere


@pytest.mark.parametrize("code", list(LANGUAGES))
def test_every_page_offers_itself_in_every_language(client: FlaskClient, library: Library, code: str) -> None:
    page = client.get("/fr/?q=dose&sort=date").text
    prefix = "" if code == "en" else f"/{code}"
    assert f'<a href="{prefix}/?q=dose&amp;sort=date" lang="{code}"' in page
    assert LANGUAGES[code] in page


def test_the_language_link_never_leaves_the_site(client: FlaskClient) -> None:
    page = client.get("/fr//elsewhere.example/x", follow_redirects=True).text
    assert 'href="//' not in page


@pytest.mark.parametrize("path", PAGES)
def test_every_page_is_locked_down(client: FlaskClient, library: Library, path: str) -> None:
    answer = client.get(path)
    policy = answer.headers["Content-Security-Policy"]
    assert policy.startswith("default-src 'none'; style-src 'self'; script-src 'self'")
    assert "unsafe" not in policy
    assert answer.headers["Referrer-Policy"] == "no-referrer"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert "Set-Cookie" not in answer.headers
    assert "style=" not in answer.text
    assert "<script" not in answer.text
    assert answer.text.count("<h1") == 1


def test_public_pages_are_compressed_when_asked(client: FlaskClient, library: Library) -> None:
    plain = client.get("/")
    packed = client.get("/", headers={"Accept-Encoding": "gzip"})
    assert packed.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(packed.data) == plain.data
    assert "Accept-Encoding" in plain.headers["Vary"]


def test_pages_that_may_hold_secrets_are_not_compressed(client: FlaskClient) -> None:
    answer = client.get("/receipt", headers={"Accept-Encoding": "gzip"})
    assert answer.status_code == 200
    assert "Content-Encoding" not in answer.headers


def test_styles_are_kept_for_ever_under_their_mark(client: FlaskClient) -> None:
    page = client.get("/fr/about").text
    address = page.split('rel="stylesheet" href="')[1].split('"')[0]
    assert address.startswith("/static/site.css?v=")
    with client.get(address) as answer:
        assert "immutable" in answer.headers["Cache-Control"]
        assert "Content-Security-Policy" not in answer.headers  # it is no page; on a phone each byte counts
        assert answer.headers["Cross-Origin-Resource-Policy"] == "same-origin"
        assert answer.headers["X-Content-Type-Options"] == "nosniff"


def _raising(app: Flask, error: Exception) -> TestResponse:
    def fail() -> str:
        raise error

    app.add_url_rule("/fails", "fails", fail)
    app.config["PROPAGATE_EXCEPTIONS"] = False
    return app.test_client().get("/fails")


@pytest.mark.parametrize(
    ("error", "status", "says"),
    [
        (NotAllowed(), 403, "This page is not open to you"),
        (TooManyTries(retry_after=30), 429, "Too many tries"),
        (Unavailable(retry_after=5), 503, "We cannot do this right now"),
        (ZeroDivisionError("secret detail"), 500, "Something went wrong here"),
    ],
)
def test_errors_are_pages_with_a_way_out(app: Flask, error: Exception, status: int, says: str) -> None:
    answer = _raising(app, error)
    assert answer.status_code == status
    assert says in answer.text
    assert "To the start page" in answer.text
    assert "secret detail" not in answer.text
    assert ("Retry-After" in answer.headers) == (status in (429, 503))


@pytest.mark.parametrize(
    ("seconds", "says"),
    [
        (1, "Wait a minute, then"),
        (60, "Wait a minute, then"),
        (61, "Wait 2 minutes, then"),
        (7199, "Wait 120 minutes, then"),
        (7200, "Wait 2 hours, then"),
        (86_400, "Wait 24 hours, then"),
    ],
)
def test_who_tried_too_often_is_told_once_how_long_to_wait(app: Flask, seconds: int, says: str) -> None:
    answer = _raising(app, TooManyTries(retry_after=seconds, limit="any"))
    assert says in answer.text
    assert answer.text.count("try again") == 1


def test_a_wrong_method_says_which_work(client: FlaskClient) -> None:
    answer = client.post("/about")
    assert answer.status_code in (400, 405)  # a guard against forged forms may speak first
    assert "start page" in answer.text


def test_programs_get_problem_responses(client: FlaskClient) -> None:
    answer = client.get("/api/v1/nowhere")
    assert answer.status_code == 404
    assert answer.content_type == "application/problem+json"


def test_the_taxonomy_can_be_read(client: FlaskClient) -> None:
    page = client.get("/about/taxonomy/failure").text
    assert "Made-up content (hallucination)" in page
    assert "failure/fabrication" in page
    assert client.get("/about/taxonomy/nothing").status_code == 404
