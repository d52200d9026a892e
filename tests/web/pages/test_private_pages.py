"""What holds for every private page: who may open it, what protects its forms, what caches may keep."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from flask import Flask
from werkzeug.routing import Rule

from registry.intake.rules import State
from tests.web.town import Town
from web.pages.guard import PRIVATE
from web.pages.statement import WORDS

PEOPLE = ("member", "other", "reviewer", "steward")
OPEN_TO: dict[str, tuple[str, ...]] = {
    "/account": PEOPLE,
    "/account/sessions": PEOPLE,
    "/account/factors": PEOPLE,
    "/account/password": PEOPLE,
    "/account/email": PEOPLE,
    "/signin/forgot": (*PEOPLE, ""),
    "/signin/forgot/sent": (*PEOPLE, ""),
    "/account/factors/app/remove": PEOPLE,
    "/report": (*PEOPLE, ""),
    "/report/safety": (*PEOPLE, ""),
    "/report/kind": (*PEOPLE, ""),
    "/receipt": (*PEOPLE, ""),
    "/report/new": ("member", "other"),
    "/report/bulk": ("member", "other"),
    "/mine": ("member", "other"),
    "/green": PEOPLE,
    "/review": ("reviewer",),
    "/review/publish": ("reviewer", "steward"),
    "/review/again": ("reviewer",),
    "/review/records": ("reviewer", "steward"),
    "/review/merge": ("reviewer", "steward"),
    "/review/peers": ("reviewer",),
    "/review/readings": ("reviewer",),
    "/account/ties": PEOPLE,
    "/account/letters": PEOPLE,
    "/account/reviewing": ("reviewer",),
    "/steward/late": ("steward",),
    "/steward/trail": ("steward",),
    "/report/{draft}/story": ("member",),
    "/report/{draft}/privacy": ("member",),
    "/report/{draft}/check": ("member",),
    "/report/{draft}/attachments": ("member",),
    "/report/{draft}/exactness": ("member",),
    "/report/{draft}/identity": ("member",),
    "/report/{draft}/publisher": ("member",),
    "/report/{draft}/label": ("member",),
    "/mine/{sent}/erase": ("member",),
    "/others": ("member", "other"),
    "/report/{sent}/sent": ("member",),
    "/report/{sent}/copy.txt": ("member",),
    "/mine/{sent}/along.jsonl": ("member",),
    "/mine/{sent}": ("member",),
    "/mine/{sent}/withdraw": ("member",),
    "/review/{sent}": ("reviewer",),
}
"""Private page → who may open it; an empty name is somebody who is not signed in."""
SCRIPT = re.compile(r'<script src="/static/(?:passkey|similar|alike)\.js\?v=[0-9a-f]{10}" defer></script>')
"""The scripts that there are."""
UNDER_WAY = {
    "/signin/reset",
    "/account/email/confirm",
    "/signin",
    "/signin/code",
    "/signin/kept",
    "/signin/back",
    "/account/factors/app",
    "/report/<key:key>",  # leads on to where the draft stopped
    "/report/guest",
    "/report/<key:key>/similar",
    "/report/<key:key>/statement",
    "/report/<key:key>/statement/check",
    f"/report/<any({WORDS}):word>/<record:record>",
    "/records/<record:record>/flag",
    "/review/records/<record>",
    "/review/peers/<record>",
    "/green/records/<record:record>",
    "/review/records/<record>/reading",
    "/mine/<key:key>/change",
    "/mine/<key:key>/appeal",
    "/records/<record:record>/flag/sent",
    "/report/<key:key>/attachments/<key:attachment>",
    "/review/<key:key>/attachments/<key:attachment>",
    "/mine/<key:key>/erasure",
    "/mine/<key:key>/erasure.txt",
    "/others/<key:key>",
    "/organization/naming",
    "/review/batch",
    "/review/<key:key>/again",
    "/review/<key:key>/beside/<key:other>",
    "/review/<key:key>/<any(next,previous):way>",  # leads on to a neighbour in the queue
}
"""Pages that only somebody sees who is in the midst of something; they have tests of their own."""
HIDDEN = frozenset({"other"})
"""Those who hold the role for these pages, but for another organization: to them reports do not exist."""


@pytest.fixture
def paths(town: Town) -> dict[str, str]:
    """Every page of the table, with real reports in its address."""
    keys = {"draft": town.draft(), "sent": town.report(State.SUBMITTED)}
    return {path: path.format(**keys) for path in OPEN_TO}


ELSEWHERE = frozenset(
    {
        *("applications", "consent", "device"),  # tests/web/pages/oauth
        "passkeys",  # …/account
        *("join", "invitation", "organization", "members", "programs", "own_data"),  # …/organization
        "steward",  # …/steward
        *("provider", "provider_signin", "identities"),  # …/providers
    }
)
"""Sections whose pages stand in tables of their own."""


def rules(app: Flask, method: str) -> Iterator[Rule]:
    for rule in app.url_map.iter_rules():
        if rule.endpoint.partition(".")[0] in PRIVATE and method in (rule.methods or ()):
            yield rule


def filled(rule: Rule, key: str) -> str:
    """The address of a page with something in each of its parts."""
    address = re.sub(r"<key:\w+>", key, rule.rule).replace("<slug>", "story")
    address = address.replace("<record:record>", "aiid:1").replace("<record>", "aiid:1")
    address = re.sub(r"<any\((\w+)[^>]*>", r"\1", address)
    return re.sub(r"<revision:\w+>", "1", address)


def test_the_table_names_every_private_page(town: Town) -> None:
    named = {path.replace("{draft}", "<key:key>").replace("{sent}", "<key:key>") for path in OPEN_TO}
    known = {"/report/<key:key>/<slug>" if rule.endswith("/story") else rule for rule in named}
    here = [rule for rule in rules(town.app, "GET") if rule.endpoint.partition(".")[0] not in ELSEWHERE]
    assert {rule.rule for rule in here} == known | UNDER_WAY


@pytest.mark.parametrize("name", [*PEOPLE, ""])
def test_pages_open_to_whom_the_table_says(town: Town, paths: dict[str, str], name: str) -> None:
    visitor = town.signed_in(name) if name else town.visitor()
    for path, address in paths.items():
        page = visitor.open(address)
        if name in OPEN_TO[path]:
            assert (page.status, page.path) == (200, address)
        elif not name:
            assert page.path == "/signin", address
        else:
            assert page.status == (404 if name in HIDDEN and "{" in path and "/review" not in path else 403)
            assert "dose" not in page.text


def test_private_pages_are_kept_by_nobody_and_found_by_no_search_engine(
    town: Town, paths: dict[str, str]
) -> None:
    for name in ("", "member", "reviewer", "steward"):
        visitor = town.signed_in(name) if name else town.visitor()
        for path in [*paths.values(), "/signin"]:
            answer = visitor.client.get(path)
            assert answer.headers["Cache-Control"] == "no-store", path
            assert answer.headers["X-Robots-Tag"] == "noindex", path
            policy = answer.headers["Content-Security-Policy"]
            assert answer.headers["Referrer-Policy"] == "no-referrer"
            if answer.status_code == 303:
                assert (policy, answer.data) == ("default-src 'none'", b""), path
                continue
            assert policy.startswith("default-src 'none'; style-src 'self'; script-src 'self';"), path
            assert "unsafe" not in policy
            assert "form-action 'self'" in policy
            page = SCRIPT.sub("", answer.text)
            for wrong in (" style=", "<script", "<style", " onclick="):
                assert wrong not in page


def test_pages_with_forms_tell_robots_in_the_page_too(town: Town, paths: dict[str, str]) -> None:
    visitor = town.signed_in("member")
    for path, address in paths.items():
        page = visitor.open(address)
        if page.status == 200 and not path.endswith((".txt", ".jsonl")):
            assert page.meta["robots"] == "noindex", address


@pytest.mark.parametrize("sent", ["nothing", "another visitor's token", "an old token", "a broken token"])
def test_no_form_works_without_its_token(town: Town, sent: str) -> None:
    """Every address that writes, as the most able of its users, with a token that is not theirs."""
    other = town.visitor().open("/signin").form().controls["csrf_token"].values[0]
    old = other[:-1] + ("A" if other[-1] != "A" else "B")
    data = {"nothing": {}, "another visitor's token": {"csrf_token": other}}.get(sent, {"csrf_token": old})
    data = {"csrf_token": "x.y.z"} if sent == "a broken token" else data
    keys = {
        "sending": town.draft(),
        "report": town.draft(),
        "personal": town.draft(),
        "mine": town.report(State.SUBMITTED),
        "deciding": town.report(State.IN_REVIEW),
    }
    before = {key: (town.state(key), town.actions(key)) for key in keys.values()}
    tried = list(rules(town.app, "POST"))
    assert len(tried) >= 11
    for rule in tried:
        section = rule.endpoint.partition(".")[0]
        visitor = town.signed_in("reviewer" if section in ("deciding", "publishing") else "member")
        address = filled(rule, keys.get(section, "0" * 32))
        answer = visitor.client.post(address, data=data | {"lock": "1", "decision": "accept"})
        assert answer.status_code == 400, rule
        assert visitor.open("/account").path == "/account"  # not even signing out
    assert {key: (town.state(key), town.actions(key)) for key in keys.values()} == before


FOR_ANYBODY = (
    *("signin", "forgot", "passkey_signin", "provider_signin"),
    *("guest", "receipt", "join", "invitation", "flagging"),
)
"""Sections whose forms need nobody signed in: there a form without its token is simply not read."""


@pytest.mark.parametrize("headers", [{}, {"Sec-Fetch-Site": "same-origin", "Origin": "http://localhost"}])
def test_whoever_is_not_signed_in_is_told_so_by_every_form(town: Town, headers: dict[str, str]) -> None:
    told = 0
    for rule in rules(town.app, "POST"):
        address = filled(rule, "0" * 32)
        answer = town.visitor().client.post(address, data={"reason": "x"}, headers=headers)
        open_to_all = rule.endpoint.partition(".")[0] in FOR_ANYBODY and rule.endpoint != "signin.sign_out"
        assert answer.status_code == (400 if open_to_all else 401), rule
        if not open_to_all:
            assert 'href="/signin?next=/' in answer.text, rule
            told += 1
    assert told > 60


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"Origin": "https://elsewhere.example"}, 400),
        ({"Origin": "http://localhost.elsewhere.example"}, 400),
        ({"Origin": "http://localhost:8080"}, 400),
        ({"Sec-Fetch-Site": "cross-site"}, 400),
        ({"Sec-Fetch-Site": "same-site"}, 400),
        ({"Origin": "http://localhost", "Sec-Fetch-Site": "same-origin"}, 303),
        ({"Origin": "null"}, 303),  # our own pages send no referrer, and so do their forms
        ({}, 303),
    ],
)
def test_forms_come_from_our_own_pages(town: Town, headers: dict[str, str], status: int) -> None:
    visitor, key = town.signed_in("member"), town.report(State.SUBMITTED)
    form = visitor.open(f"/mine/{key}/withdraw").form()
    answer = visitor.client.post(f"/mine/{key}/withdraw", data=form.fill({}), headers=headers)
    assert answer.status_code == status
    assert (town.state(key) is State.WITHDRAWN) == (status == 303)


@pytest.mark.parametrize("key", ["0" * 32, "f" * 31, "g" * 32, "%00", "1", "a" * 3000])
def test_a_key_that_is_none_is_not_found(town: Town, key: str) -> None:
    for name, path in (("member", "/mine/{}"), ("member", "/report/{}/story"), ("reviewer", "/review/{}")):
        assert town.signed_in(name).open(path.format(key)).status in (404, 414)


def test_a_page_of_the_form_that_does_not_exist_is_not_found(town: Town) -> None:
    visitor, key = town.signed_in("member"), town.draft()
    assert visitor.open(f"/report/{key}/nothing").status == 404
