"""Which pages of the form are compressed: those that repeat nothing that a stranger could have chosen."""

from __future__ import annotations

import gzip

import pytest
from werkzeug.test import TestResponse

from registry.intake.rules import State
from tests.web.browsing import Visitor
from tests.web.town import Town

GZIP = {"Accept-Encoding": "gzip"}
MARK = "chosenbyastranger"


def fetch(visitor: Visitor, path: str) -> TestResponse:
    return visitor.client.get(path, headers=GZIP)


def text(answer: TestResponse) -> str:
    packed = answer.headers.get("Content-Encoding") == "gzip"
    return (gzip.decompress(answer.data) if packed else answer.data).decode()


@pytest.mark.parametrize("page", ["story", "failure", "where", "links", "privacy", "check"])
def test_pages_of_the_form_are_compressed_and_repeat_nothing_of_the_address(town: Town, page: str) -> None:
    visitor, key = town.signed_in("member"), town.draft()
    answer = fetch(visitor, f"/report/{key}/{page}?{MARK}=1&back={MARK}&kind={MARK}&next=/{MARK}")
    assert answer.headers["Content-Encoding"] == "gzip"
    assert "Accept-Encoding" in answer.headers["Vary"]
    assert answer.headers["Cache-Control"] == "no-store"
    assert MARK not in text(answer)
    assert visitor.client.get(f"/report/{key}/{page}").headers.get("Content-Encoding") is None


def test_what_leads_back_to_the_answers_stays_in_the_other_languages(town: Town) -> None:
    visitor, key = town.signed_in("member"), town.draft()
    page = text(fetch(visitor, f"/report/{key}/kind?back=check&kind=hazard&{MARK}=1"))
    assert f'/fr/report/{key}/kind?back=check&amp;kind=hazard"' in page


def test_the_confirmation_is_compressed_and_repeats_nothing_of_the_address(town: Town) -> None:
    """The receipt code stands on it, but beside nothing that a stranger could vary to guess it."""
    visitor, key = town.signed_in("member"), town.report(State.SUBMITTED)
    answer = fetch(visitor, f"/report/{key}/sent?{MARK}=1&back={MARK}&next=/{MARK}")
    assert answer.headers["Content-Encoding"] == "gzip"
    assert town.receipt(key) in text(answer)
    assert MARK not in text(answer)


@pytest.mark.parametrize("path", ["/report", "/report/new"])
def test_the_start_and_the_first_question_are_compressed_and_repeat_nothing(town: Town, path: str) -> None:
    """The mark of a beginning stands in the address only: in another language, it is another beginning."""
    answer = fetch(town.signed_in("member"), f"{path}?once=0123456789{MARK}&{MARK}=1&next=/{MARK}")
    assert answer.headers["Content-Encoding"] == "gzip"
    assert MARK not in text(answer)


def test_what_the_short_questions_came_to_stays_in_the_other_languages(town: Town) -> None:
    page = text(fetch(town.signed_in("member"), f"/report/new?once=0123456789{MARK}&kind=hazard&{MARK}=1"))
    assert '"/fr/report/new?kind=hazard"' in page


def test_the_page_for_signing_in_is_compressed_while_nobody_is_known(town: Town) -> None:
    visitor = town.visitor()
    assert fetch(visitor, "/signin?next=/report").headers["Content-Encoding"] == "gzip"
    data = visitor.open("/signin").form("/signin").fill({"email": MARK, "password": "wrong"})
    refused = visitor.client.post("/signin", data=data, headers=GZIP)
    assert MARK in refused.text
    assert "Content-Encoding" not in refused.headers


def test_pages_with_words_of_others_are_not(town: Town) -> None:
    assert "Content-Encoding" not in fetch(town.signed_in("member"), "/mine").headers


def test_the_answer_to_a_form_is_not(town: Town) -> None:
    visitor, key = town.signed_in("member"), town.draft()
    data = visitor.open(f"/report/{key}/when").form().fill({"from": "never"})
    answer = visitor.client.post(f"/report/{key}/when", data=data, headers=GZIP)
    assert answer.status_code == 422
    assert "Content-Encoding" not in answer.headers


def test_the_way_to_the_next_page_carries_no_text(town: Town) -> None:
    visitor, key = town.signed_in("member"), town.draft()
    data = visitor.open(f"/report/{key}/when").form().fill({})
    answer = visitor.client.post(f"/report/{key}/when", data=data)
    assert (answer.status_code, answer.data, answer.headers["Content-Length"]) == (303, b"", "0")
