"""Every bad field of an account is named by pointer, and the sentence helps."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from registry.account import check, parse
from registry.errors import Invalid
from taxonomy import load
from tests.factories import account

TODAY = date(2026, 11, 24)


def problems(raw: object, *, complete: bool = True) -> list[tuple[str, str]]:
    return [(found.pointer, str(found)) for found in check(raw, load(), TODAY, complete=complete)]


def response(**parts: Any) -> dict[str, Any]:
    return account(response=parts)


def classified(**facets: Any) -> dict[str, Any]:
    whole = account()
    return whole | {"classification": whole["classification"] | facets}


TEXT = [
    (account(title=""), "/title", "Give the report a title"),
    (account(title="  "), "/title", "Give the report a title"),
    *(
        (account(title=unseen * 3), "/title", "Give the report a title")
        for unseen in ("\u200b", "\u202e", "\ufeff", "\u00ad", "\u3164", "\u2800", "\u0301", "\u2066 \u2069")
    ),
    (account(text="\u200b\n\u2060"), "/text", "Say what happened"),
    (account(title="x" * 201), "/title", "201 characters, and the limit is 200"),
    (account(title="two\nlines"), "/title", "single line"),
    (account(title="two\u2028lines"), "/title", "single line"),
    (account(title=7), "/title", "should be text"),
    (account(title="bell\x07"), "/title", "cannot be shown"),
    (account(text=""), "/text", "Say what happened"),
    (account(text="x" * 20_001), "/text", "20001 characters, and the limit is 20000"),
    (account(text="nul\x00"), "/text", "cannot be shown"),
    (account(text="half a pair \ud800"), "/text", "cannot be shown"),
    (account(text=["a"]), "/text", "should be text"),
    (account(language="english"), "/language", "language code"),
    (account(language="EN"), "/language", "language code"),
    (account(language=1), "/language", "language code"),
    (account(language="xx"), "/language", "xx is no language that we know"),
    (account(language="en-XX"), "/language", "no language that we know"),
    (account(language="eng"), "/language", "no language that we know"),
]
DATES = [
    (account(happened=None), "/happened", "Say when"),
    (account(happened={}), "/happened", "Say when"),
    (account(happened={"from": None, "to": None}), "/happened", "Say when"),
    (account(happened="2026"), "/happened", "fields from and to"),
    (account(happened={"from": "2026-13"}), "/happened/from", "no such day"),
    (account(happened={"from": "2026-02-30"}), "/happened/from", "no such day"),
    (account(happened={"from": "2025-02-29"}), "/happened/from", "no such day"),
    (account(happened={"from": "0000"}), "/happened/from", "no such day"),
    (account(happened={"from": "2026-00"}), "/happened/from", "no such day"),
    (account(happened={"from": "2026-01-00"}), "/happened/from", "no such day"),
    (account(happened={"from": "March"}), "/happened/from", "2026-03"),
    (account(happened={"from": "٢٠٢٦"}), "/happened/from", "2026-03"),
    (account(happened={"from": "2026-3"}), "/happened/from", "2026-03"),
    (account(happened={"from": 2026}), "/happened/from", "2026-03"),
    (account(happened={"from": "2026-03-01T10:00"}), "/happened/from", "2026-03"),
    (account(happened={"from": "2026-11-25"}), "/happened/from", "future"),
    (account(happened={"from": "2027"}), "/happened/from", "future"),
    (account(happened={"from": "1949"}), "/happened/from", "before 1950"),
    (account(happened={"from": "1447"}), "/happened/from", "another calendar"),
    (account(happened={"from": "1447-02-30"}), "/happened/from", "another calendar"),
    (account(happened={"from": "٩ رمضان ١٤٤٧"}), "/happened/from", "another calendar"),
    (account(happened={"from": "1404/05/06"}), "/happened/from", "another calendar"),
    (account(happened={"from": "2026", "to": "5787"}), "/happened/to", "another calendar"),
    (account(happened={"from": "2569-03-05"}), "/happened/from", "Buddhist calendar. In the international"),
    (account(happened={"from": "2026-03", "to": "2026-02"}), "/happened/to", "before the beginning"),
    (account(happened={"to": "2026-02"}), "/happened/from", "when it began"),
    (account(happened={"from": "2026", "until": "2026"}), "/happened/until", "no such field"),
]
LISTS = [
    (account(countries="KE"), "/countries", "list of country codes"),
    (account(countries=[254]), "/countries", "list of country codes"),
    (account(countries=["Kenya"]), "/countries/0", "no country that we know"),
    (account(countries=["KE", "ke"]), "/countries/1", "no country that we know"),
    (account(countries=["unknown", "KE"]), "/countries", "not both"),
    (account(countries=sorted(load().countries)[:21]), "/countries", "Too many entries: 21"),
    (account(countries=["KE", "UG", "KE"]), "/countries/2", "only once"),
    (account(entities=[]), "/entities", "named fields"),
    (account(entities={"victims": []}), "/entities/victims", "no such field"),
    (account(entities={"harmed": "people"}), "/entities/harmed", "list of names"),
    (account(entities={"harmed": [None]}), "/entities/harmed/0", "should be text"),
    (account(entities={"harmed": [" "]}), "/entities/harmed/0", "empty"),
    (account(entities={"harmed": ["x" * 121]}), "/entities/harmed/0", "limit is 120"),
    (account(entities={"systems": ["a\nb"]}), "/entities/systems/0", "single line"),
    (account(entities={"systems": ["a"] * 21}), "/entities/systems", "Too many entries"),
    (account(links="https://a.org"), "/links", "list of web addresses"),
    (account(links=[None]), "/links/0", "web address"),
    (account(links=["javascript:alert(1)"]), "/links/0", "web address"),
    (account(links=["ftp://a.org"]), "/links/0", "web address"),
    (account(links=["https://"]), "/links/0", "web address"),
    (account(links=["https://user@a.org"]), "/links/0", "user name or a password"),
    (
        account(links=["https://a.org", "http://me:secret@a.org/x"]),
        "/links/1",
        "Take out what stands between",
    ),
    (account(links=["https://:secret@a.org"]), "/links/0", "user name or a password"),
    (account(links=["mailto:user@a.org"]), "/links/0", "beginning with https://"),
    (account(links=["https://a.org/a b"]), "/links/0", "web address"),
    (account(links=["https://a.org:99999"]), "/links/0", "web address"),
    (account(links=["https://[::1"]), "/links/0", "web address"),
    (account(links=["https://a.org/\ud800"]), "/links/0", "web address"),
    (account(links=["https://a.org/" + "x" * 500]), "/links/0", "500 characters"),
    (account(links=["https://a.org"] * 21), "/links", "Too many entries"),
]
CODES = [
    (account(classification=[]), "/classification", "named fields"),
    (classified(harm=None), "/classification/harm", "list of codes"),
    (classified(harm="harm/injury"), "/classification/harm", "list of codes"),
    (classified(harm=[5]), "/classification/harm/0", "should be text"),
    (classified(harm=["harm/pain"]), "/classification/harm/0", "not a code of"),
    (classified(harm=["sector/health"]), "/classification/harm/0", "belongs to facet sector"),
    (classified(harm=["harm/injury", "harm/injury"]), "/classification/harm/1", "twice"),
    (classified(harm=["harm/injury", "harm/none"]), "/classification/harm", "cannot stand together"),
    (classified(severity=["severity/none", "severity/minor"]), "/classification/severity", "one answer"),
    (classified(status=["status/rejected"]), "/classification/status/0", "no longer used"),
    (classified(colour=["red"]), "/classification/colour", "no facet colour"),
    (classified(harm=["harm/injury"] * 41), "/classification/harm", "Too many"),
    (classified(**{"a/b": ["x"] * 41}), "/classification/a~1b", "Too many"),
    (classified(harm=[]), "/classification/harm", "not known is one too"),
    (classified(audience=["audience/affected"]), "/classification/audience", "under response"),
    (account(classification={}), "/classification/sector", "not known is one too"),
]
MEASURES = [
    (account(response=[]), "/response", "named fields"),
    (response(noticed={}), "/response/noticed", "no such field"),
    (response(detected="soon"), "/response/detected", "answer and hours"),
    (response(detected={}), "/response/detected/answer", "Choose one of"),
    (response(detected={"answer": "later"}), "/response/detected/answer", "Choose one of"),
    (response(detected={"answer": ["after"]}), "/response/detected/answer", "Choose one of"),
    (response(detected={"answer": "after"}), "/response/detected/hours", "how many hours"),
    (response(detected={"answer": "after", "hours": -1}), "/response/detected/hours", "how many hours"),
    (response(detected={"answer": "after", "hours": 1.5}), "/response/detected/hours", "how many hours"),
    (response(detected={"answer": "after", "hours": True}), "/response/detected/hours", "how many hours"),
    (response(detected={"answer": "after", "hours": 10**9}), "/response/detected/hours", "how many hours"),
    (response(detected={"answer": "unknown", "hours": 3}), "/response/detected/hours", "Leave the hours out"),
    (response(detected={"answer": "unknown", "at": 3}), "/response/detected/at", "no such field"),
    (
        response(contained={"answer": "after", "hours": 5}, recovered={"answer": "after", "hours": 4}),
        "/response/recovered/hours",
        "earlier than the step before",
    ),
    (response(lessons="x" * 5001), "/response/lessons", "limit is 5000"),
    (response(cause=1), "/response/cause", "should be text"),
    (response(told={}), "/response/told", "short list"),
    (response(told=["audience/affected"]), "/response/told/0", "audience and state"),
    (response(told=[{"audience": "audience/press"}]), "/response/told/0/state", "Choose one of"),
    (response(told=[{"audience": "everyone", "state": "done"}]), "/response/told/0/audience", "not a known"),
    (response(told=[{"audience": [], "state": "done"}]), "/response/told/0/audience", "not a known"),
    (
        response(told=[{"audience": "audience/affected", "state": "done"}] * 2),
        "/response/told/1/audience",
        "listed twice",
    ),
    (
        response(
            told=[
                {"audience": "audience/none", "state": "done"},
                {"audience": "audience/users", "state": "done"},
            ]
        ),
        "/response/told",
        "choose one",
    ),
    (response(told=[{"audience": "audience/users", "state": "done"}] * 41), "/response/told", "short list"),
]
WHOLE: list[tuple[object, str, str]] = [
    ([], "", "object with named fields"),
    ("text", "", "object with named fields"),
    (None, "", "object with named fields"),
    (account(colour="red"), "/colour", "Known fields: title"),
    (account(**{"a/b~c": 1}), "/a~1b~0c", "no such field"),
]


@pytest.mark.parametrize(("raw", "pointer", "says"), [*TEXT, *DATES, *LISTS, *CODES, *MEASURES, *WHOLE])
def test_a_bad_field_is_named_and_explained(raw: object, pointer: str, says: str) -> None:
    found = problems(raw)
    assert any(where == pointer and says in sentence for where, sentence in found), found


def test_a_good_account_has_no_problem() -> None:
    assert problems(account()) == []


def test_an_empty_draft_is_fine_and_an_empty_submission_is_not() -> None:
    assert problems({}, complete=False) == []
    assert [where for where, _ in problems({})] == [
        "/title",
        "/text",
        "/happened",
        *(f"/classification/{f}" for f in ("kind", "failure", "harm", "severity", "sector", "system")),
    ]


def test_a_draft_is_checked_for_what_it_says() -> None:
    assert [where for where, _ in problems({"countries": ["Kenya"]}, complete=False)] == ["/countries/0"]


def test_the_limits_themselves_are_allowed() -> None:
    full = account(
        title="t" * 200,
        text="x" * 20_000,
        countries=sorted(load().countries)[:20],
        entities={"harmed": ["n" * 120] * 20},
        happened={"from": "2026-11-24", "to": "2026-11-24"},
        links=["https://a.org/" + "x" * 486],
    )
    assert problems(full) == []


def test_all_problems_come_at_once() -> None:
    found = problems(account(title="", countries=["X"], links=["x"]))
    assert [where for where, _ in found] == ["/title", "/countries/0", "/links/0"]


def test_parse_raises_with_every_problem() -> None:
    with pytest.raises(Invalid) as caught:
        parse(account(title="", links=["x"]), load(), TODAY, complete=True)
    assert [problem.pointer for problem in caught.value.problems] == ["/title", "/links/0"]
    assert "Give the report a title" in caught.value.text
