"""The start page and the search."""

from __future__ import annotations

import re
from urllib.parse import parse_qs, urlsplit

from flask.testing import FlaskClient

from tests.web.pages.conftest import Library


def test_the_start_page_says_what_this_is_and_lists_records(client: FlaskClient, library: Library) -> None:
    page = client.get("/").text
    assert "A shared public record of AI incidents" in page
    assert "3 incidents so far" in page
    assert f'href="/records/{library.own}"' in page


def test_an_empty_registry_has_a_start_page_too(client: FlaskClient) -> None:
    answer = client.get("/")
    assert answer.status_code == 200
    assert "0 incidents so far" in answer.text


def test_words_are_marked_and_the_question_stays_in_the_box(client: FlaskClient, library: Library) -> None:
    page = client.get("/?q=pressure+tablet").text
    assert "<mark>tablet</mark>" in page
    assert 'value="pressure tablet"' in page
    assert "1 incident found" in page


def test_a_chosen_filter_becomes_a_chip_that_takes_it_away(client: FlaskClient, library: Library) -> None:
    page = client.get("/?q=robot&source=aiid").text
    chip = re.search(r'<a class="chip" href="([^"]+)"', page)
    assert chip is not None
    assert parse_qs(urlsplit(chip[1].replace("&amp;", "&")).query) == {"q": ["robot"]}
    assert 'aria-current="true"' in page
    assert "Clear all" in page


def test_facets_offer_what_would_be_found(client: FlaskClient, library: Library) -> None:
    page = client.get("/?harm=injury").text
    assert "3 incidents found" in page
    assert 'href="?harm=injury&amp;country=JO"' in page
    narrowed = client.get("/?harm=injury&country=JO").text
    assert "1 incident found" in narrowed


def test_a_form_carries_filters_along(client: FlaskClient, library: Library) -> None:
    page = client.get("/?harm=injury&sort=date&since=2015").text
    for name, value in (("harm", "injury"), ("sort", "date"), ("since", "2015")):
        assert f'<input type="hidden" name="{name}" value="{value}">' in page


def test_dates_narrow_the_result(client: FlaskClient, library: Library) -> None:
    assert "1 incident found" in client.get("/?until=2019").text
    assert "2 incidents found" in client.get("/?since=2026-01").text


def test_nothing_found_offers_ways_on(client: FlaskClient, library: Library) -> None:
    page = client.get("/?q=robot&country=JO").text
    assert "0 incidents found" in page
    assert "Take a filter away" in page
    assert "Report it" in page


def test_a_misspelt_word_is_put_right(client: FlaskClient, library: Library) -> None:
    page = client.get("/?q=chatbto").text
    assert "Did you mean" in page
    assert 'href="?q=chatbot"' in page


def test_pages_follow_one_another_by_cursor(client: FlaskClient, library: Library) -> None:
    first = client.get("/?limit=2&sort=date").text
    following = re.search(r'rel="next" href="([^"]+)"', first)
    assert following is not None
    second = client.get("/" + following[1].replace("&amp;", "&")).text
    shown = re.findall(r'<h3><a href="/records/([^"]+)"', first + second)
    assert len(shown) == 3
    assert set(shown) == {library.own, library.arabic, library.foreign}
    assert "Back to the first page" in second


def test_a_bad_address_is_answered_422_with_the_reason(client: FlaskClient, library: Library) -> None:
    answer = client.get("/?q=dose&severity=terrible&since=last+year")
    assert answer.status_code == 422
    assert "<title>Error: dose" in answer.text
    assert "severity/terrible is not a code" in answer.text
    assert 'value="dose"' in answer.text


def test_an_overlong_question_is_refused_and_kept(client: FlaskClient, library: Library) -> None:
    answer = client.get("/", query_string={"q": "dose " * 300})
    assert answer.status_code == 422
    assert 'href="#q"' in answer.text


def test_what_was_typed_is_shown_as_text(client: FlaskClient, library: Library) -> None:
    page = client.get("/", query_string={"q": '"><script>alert(1)</script>'}).text
    assert "<script" not in page
    titles = client.get("/?q=robot").text
    assert "&lt;b&gt;" in titles
    assert "<b>" not in titles


def test_texts_carry_their_own_language_and_direction(client: FlaskClient, library: Library) -> None:
    page = client.get("/?language=ar").text
    assert f'<a href="/records/{library.arabic}" lang="ar" dir="rtl">' in page


def test_foreign_and_demo_records_are_marked(client: FlaskClient, library: Library) -> None:
    assert "AI Incident Database</span>" in client.get("/?source=aiid").text
    assert ">Demo</span>" in client.get("/?language=ar").text
