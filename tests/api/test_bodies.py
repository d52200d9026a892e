"""Bodies and queries of any bytes: every operation that reads one refuses it in words, and none fails."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import quote, quote_from_bytes

import pytest
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.api.live import Answer, Live
from tests.api.stock import identifier
from tests.api.test_conditional import WRITES
from tests.factories import account

WHERE = "/api/v1/submissions"
CANARY = "zephyrine-ouedraogo@example.org"
"""Stands for what somebody wrote about a person: no answer repeats it."""
OPERATIONS = {"create": ("POST", WHERE, None), **WRITES}
READS_BODY = ("create", "change", "choose", "request changes", "resolve", "accept", "decline")
UNREADABLE: dict[str, tuple[bytes, dict[str, str], int, str]] = {
    "invalid UTF-8": (b'{"note": "\xc3\x28"}', {}, 400, "byte 10"),
    "UTF-16": ('{"note": "x"}'.encode("utf-16"), {}, 400, "byte 0"),
    "Latin-1": ('{"note": "é"}'.encode("latin-1"), {}, 400, "byte 10"),
    "a byte order mark": (b"\xef\xbb\xbf{}", {}, 400, "line 1, column 1"),
    "a raw NUL": (b'{"note": "a\x00b"}', {}, 400, "line 1, column 12"),
    "a NUL behind the end": (b"{}\x00", {}, 400, "line 1, column 3"),
    "two values": (b"{}\n\n {}", {}, 400, "line 3, column 2"),
    "a name given twice far inside": (b'{"a": [{"b": {"c": 1, "c": 2}}]}', {}, 400, "“c”"),
    "too deep": (b'{"note": ' + b"[" * 40 + b"]" * 40 + b"}", {}, 400, "32 levels"),
    "too many values": (b'{"note": [' + b"0," * 90_000 + b"0]}", {}, 400, "80000"),
    "half of a pair in a name": (b'{"\\ud83d": 1}', {}, 400, "character 0"),
    "beyond the limit": (b'{"note": "' + b"x" * 1_000_000 + b'"}', {}, 413, "too large"),
    "gzip": (b"\x1f\x8b\x08\x00", {"Content_Encoding": "gzip"}, 415, "not compressed"),
    "brotli over gzip": (b"{}", {"Content_Encoding": "gzip, br"}, 415, "not compressed"),
    "a form": (b"note=x", {"Content_Type": "application/x-www-form-urlencoded"}, 415, "application/json"),
    "several parts": (b"--a--", {"Content_Type": "multipart/form-data; boundary=a"}, 415, "application/json"),
    "another kind of JSON": (b"{}", {"Content_Type": "application/vnd.api+json"}, 415, "application/json"),
    "a type that is none": (b"{}", {"Content_Type": "json;;;=\x80"}, 415, "application/json"),
}


@pytest.mark.parametrize("name", READS_BODY)
@pytest.mark.parametrize("what", UNREADABLE)
def test_every_operation_that_reads_a_body_refuses_what_cannot_be_read(
    shared: Live, name: str, what: str
) -> None:
    body, headers, status, says = UNREADABLE[what]
    method, path, _ = OPERATIONS[name]
    before = shared.submissions
    answer = shared.member.send(method, path.format(id="0" * 32), body, {"If-Match": '"1"', **headers})
    assert (answer.status, answer.json["status"]) == (status, status)
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert says in answer.json["detail"]
    assert shared.submissions == before


@pytest.mark.parametrize(
    "headers",
    [
        {"Content_Type": "APPLICATION/JSON"},
        {"Content_Type": 'application/json; charset="utf-8"'},
        {"Content_Encoding": "identity"},
    ],
)
def test_other_ways_of_saying_json_are_understood(shared: Live, headers: dict[str, str]) -> None:
    assert shared.member.post(WHERE, json.dumps({"account": account()}).encode(), **headers).status == 201


@settings(max_examples=150, deadline=None)
@given(st.binary(max_size=300))
def test_any_bytes_are_answered_with_a_place_or_a_pointer(shared: Live, body: bytes) -> None:
    refused(shared.member.post(WHERE, body))


@settings(max_examples=150, deadline=None)
@given(
    st.integers(0, 10**6),
    st.integers(0, 3),
    st.binary(max_size=4) | st.sampled_from([b'"', b"}", b"]", b"\\", b",", b"null", b"\\u0000", b"1e9"]),
)
def test_a_report_with_some_bytes_replaced_is_kept_whole_or_refused(
    shared: Live, at: int, dropped: int, put: bytes
) -> None:
    whole = json.dumps({"account": account()}).encode()
    at %= len(whole)
    answer = shared.member.post(WHERE, whole[:at] + put + whole[at + dropped :])
    if answer.status != 201:
        refused(answer)


@pytest.mark.parametrize(
    "changes",
    [
        {"title": [CANARY]},
        {"title": CANARY * 20},
        {"text": {"name": CANARY}},
        {"text": CANARY + "\x07"},
        {"entities": {"developers": [CANARY * 20]}},
        {"entities": {"people": [CANARY]}},
        {"happened": {"from": CANARY}},
        {"happened": CANARY},
        {"links": [f"mailto:{CANARY}"]},
        {"links": [f"http://{CANARY}:x/"]},
        {"response": {"lessons": [CANARY]}},
        {"response": {"lessons": CANARY * 500}},
        {"response": {"told": [{"audience": "audience/affected", "state": CANARY}]}},
        {"response": {"detected": {"answer": "after", "hours": CANARY}}},
    ],
)
def test_what_was_written_about_people_is_not_repeated(shared: Live, changes: dict[str, Any]) -> None:
    answer = shared.member.post(WHERE, {"account": account(**changes)})
    assert answer.status == 422
    assert CANARY not in answer.body.decode()


@pytest.mark.parametrize("tail", [b"", b"\xff", b"}", b", NaN", b'\x00"'])
def test_a_report_that_cannot_be_read_is_not_repeated(shared: Live, tail: bytes) -> None:
    answer = shared.member.post(WHERE, b'{"account": {"text": "' + CANARY.encode() + b'"' + tail)
    assert answer.status == 400
    assert CANARY not in answer.body.decode()


@pytest.mark.parametrize("path", ["search", "taxonomy", "taxonomy/kind", f"records/{identifier(1)}/similar"])
@pytest.mark.parametrize(
    ("query", "place"), [("lang=%FF", 5), ("a=é%C3", 4), ("%E2%82", 0), ("q=%ED%A0%80", 2)]
)
def test_a_query_that_is_not_utf_8_is_answered_400_with_the_byte(
    stocked: FlaskClient, path: str, query: str, place: int
) -> None:
    answer = stocked.get(f"/api/v1/{path}?" + quote(query, safe="%=&"))
    assert (answer.status_code, answer.mimetype) == (400, "application/problem+json")
    assert f"byte {place}." in answer.get_json()["detail"]


@settings(max_examples=150, deadline=None)
@given(
    st.sampled_from(["q", "since", "sort", "limit", "cursor", "lang", "sector", "country", "x"]), st.binary()
)
def test_any_bytes_of_a_query_are_answered(stocked: FlaskClient, name: str, value: bytes) -> None:
    answer = stocked.get(f"/api/v1/search?{name}={quote_from_bytes(value[:200])}")
    if answer.status_code != 200:
        assert answer.status_code in (400, 422)
        assert answer.mimetype == "application/problem+json"


@settings(max_examples=100, deadline=None)
@given(st.binary(max_size=60))
def test_any_bytes_of_an_address_are_answered(stocked: FlaskClient, tail: bytes) -> None:
    for folder in ("records", "taxonomy", "submissions"):
        answer = stocked.get(f"/api/v1/{folder}/{quote_from_bytes(tail, safe='')}")
        assert answer.status_code in (200, 308, 401, 404)


def test_an_address_with_doubled_slashes_leads_to_the_one_without(stocked: FlaskClient) -> None:
    answer = stocked.get("/api/v1//search?q=%C3%A9")
    assert answer.status_code == 308
    assert answer.headers["Location"] == "http://localhost/api/v1/search?q=%C3%A9"


def test_a_page_with_a_query_that_is_not_utf_8_is_still_a_page(app: Flask) -> None:
    answer = app.test_client().get("/?q=%FFcrane")
    assert (answer.status_code, answer.mimetype) == (200, "text/html")


def refused(answer: Answer) -> None:
    """A refusal that helps: its place in the bytes, or pointers to what is wrong."""
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert answer.status in (400, 422)
    if answer.status == 422:
        assert all(error["detail"] for error in answer.json["errors"])
        assert answer.json["errors"]
    else:
        assert answer.json["detail"].endswith(".")
        assert answer.json["type"].endswith(":malformed")
