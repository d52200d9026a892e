"""Whatever is wrong with a request is answered with its status, its place and a sentence that helps."""

from __future__ import annotations

import time
from typing import Any

import pytest

from tests.api.live import Answer, Live
from tests.factories import account

WHERE = "/api/v1/submissions"


UNREADABLE: dict[str, tuple[bytes, str]] = {
    "invalid UTF-8": (b'{"account": "\xff"}', "byte 13"),
    "broken JSON": (b'{"account": {}', "line 1, column"),
    "nothing but a content type": (b"", "line 1, column 1"),
    "a number that is none": (b'{"account": NaN}', "NaN"),
    "an infinite number": (b'{"account": -Infinity}', "Infinity"),
    "a number too large": (b'{"account": 1e999}', "1e999"),
    "an integer of 5,000 digits": (b'{"account": ' + b"9" * 5000 + b"}", "digits"),
    "a field given twice": (b'{"account": {}, "account": {}}', "twice"),
    "half of a surrogate pair": (b'{"account": {"title": "\\ud800"}}', "surrogate"),
    "33 levels": (b'{"a":' * 33 + b"1" + b"}" * 33, "32 levels"),
    "80,000 levels of lists": (b"[" * 80_000, "32 levels"),
    "80,000 levels of objects": (b'{"a":' * 79_999 + b"1" + b"}" * 79_999, "32 levels"),
    "100,000 levels": (b"[" * 100_000, "too many values"),
    "half a million values": (b"[" + b"1," * 499_000 + b"1]", "too many values"),
    "90,000 keys": (
        ("{" + ",".join(f'"{n:x}":1' for n in range(90_000)) + "}").encode(),
        "too many values",
    ),
}

INVALID: dict[str, tuple[Any, str, str]] = {
    "an unknown field": ({"account": account(), "more": 1}, "/more", "no such field"),
    "an unknown field of the account": ({"account": account(more=1)}, "/account/more", "Known fields"),
    "no account": ({}, "/account", "missing"),
    "an account that is text": ({"account": "x"}, "/account", "object"),
    "submit that is text": ({"account": account(), "submit": "true"}, "/submit", "true or false"),
    "submit that is a number": ({"account": account(), "submit": 1}, "/submit", "true or false"),
    "a list instead of an object": ([], "", "object"),
    "an unknown code": (
        {"account": account(classification=account()["classification"] | {"kind": ["kind/none"]})},
        "/account/classification/kind/0",
        "kind/none",
    ),
    "an unknown facet": (
        {"account": account(classification=account()["classification"] | {"mood": []})},
        "/account/classification/mood",
        "no facet",
    ),
    "a day that is not in the calendar": (
        {"account": account(happened={"from": "2026-02-30"})},
        "/account/happened/from",
        "calendar",
    ),
    "a day to come": (
        {"account": account(happened={"from": "2027"})},
        "/account/happened/from",
        "future",
    ),
    "text one character too long": (
        {"account": account(text="x" * 20_001)},
        "/account/text",
        "20001 characters, and the limit is 20000",
    ),
    "a control character": ({"account": account(title="a\x00b")}, "/account/title", "cannot be shown"),
    "a country that is none": ({"account": account(countries=["XX"])}, "/account/countries/0", "XX"),
    "a link to a program": (
        {"account": account(links=["javascript:alert(1)"])},
        "/account/links/0",
        "https://",
    ),
    "hours that are text": (
        {"account": account(response={"detected": {"answer": "after", "hours": "3"}})},
        "/account/response/detected/hours",
        "whole number",
    ),
}


@pytest.mark.alone
@pytest.mark.parametrize("name", UNREADABLE)
def test_what_cannot_be_read_is_answered_400_with_its_position_in_100_ms(shared: Live, name: str) -> None:
    body, says = UNREADABLE[name]
    shared.nobody.get("/healthz")
    took, answer = _timed(shared, body)
    assert (answer.status, answer.headers["Content-Type"]) == (400, "application/problem+json")
    assert says in answer.json["detail"]
    assert took < 0.1


@pytest.mark.parametrize("name", INVALID)
def test_what_breaks_a_rule_is_answered_422_with_its_pointer(shared: Live, name: str) -> None:
    body, pointer, says = INVALID[name]
    before = shared.submissions
    answer = shared.member.post(WHERE, body)
    assert answer.status == 422
    found = {error["pointer"]: error["detail"] for error in answer.json["errors"]}
    assert says in found[pointer]
    assert shared.submissions == before


def test_text_of_the_stated_limit_is_accepted(shared: Live) -> None:
    assert shared.member.post(WHERE, {"account": account(text="," * 20_000)}).status == 201


def test_every_problem_is_told_at_once(shared: Live) -> None:
    answer = shared.member.post(WHERE, {"account": {"title": 3, "countries": "KE"}})
    assert {"/account/title", "/account/countries", "/account/text"} <= set(answer.pointers)


def test_a_body_above_the_limit_is_answered_413(shared: Live) -> None:
    answer = shared.member.post(WHERE, b'{"account": "' + b"x" * 1_000_001 + b'"}')
    assert (answer.status, answer.json["type"]) == (413, "urn:incident-commons:problem:too-large")


@pytest.mark.parametrize("content_type", ["text/plain", "application/x-www-form-urlencoded", ""])
def test_another_content_type_is_answered_415(shared: Live, content_type: str) -> None:
    answer = shared.member.post(WHERE, b"{}", Content_Type=content_type)
    assert (answer.status, answer.json["status"]) == (415, 415)


def test_a_compressed_body_is_answered_415(shared: Live) -> None:
    assert shared.member.post(WHERE, b"\x1f\x8b", Content_Encoding="gzip").status == 415


@pytest.mark.parametrize(
    ("query", "pointer"),
    [
        ("limit=0", "/limit"),
        ("limit=51", "/limit"),
        ("limit=%D9%A3", "/limit"),
        ("limit=" + "9" * 5000, "/limit"),
        ("limit=1&limit=2", "/limit"),
        ("state=lost", "/state"),
        ("cursor=!", "/cursor"),
        ("cursor=AAAA", "/cursor"),
        ("more=1", "/more"),
    ],
)
def test_a_bad_parameter_is_answered_422_with_its_name(shared: Live, query: str, pointer: str) -> None:
    answer = shared.member.get(f"{WHERE}?{query}")
    assert (answer.status, answer.pointers) == (422, [pointer])


def test_an_unknown_address_is_answered_with_a_problem(shared: Live) -> None:
    for path in ("/api/v1/nothing", "/api/v2/search", "/api/v1/records/not+an+id", "/api/v1/submissions/1"):
        answer = shared.member.get(path)
        assert (answer.status, answer.headers["Content-Type"]) == (404, "application/problem+json")


def test_a_method_that_is_not_offered_says_which_are(shared: Live) -> None:
    answer = shared.member.send("DELETE", WHERE)
    assert answer.status == 405
    assert {"GET", "POST"} <= set(answer.headers["Allow"].split(", "))


def _timed(shared: Live, body: bytes) -> tuple[float, Answer]:
    """The best of three, so that the machine's other work does not count."""
    best, answer = 9.0, None
    for _ in range(3):
        started = time.perf_counter()
        answer = shared.member.post(WHERE, body)
        best = min(best, time.perf_counter() - started)
    assert answer is not None
    return best, answer
