"""The steward's page on the audit trail: who may open it, what a check says, what is downloaded."""

from __future__ import annotations

from io import BytesIO

import pytest

from registry.audit.chain import check
from registry.audit.reading import links_of_file
from tests.web.town import Town

PAGE = "/steward/trail"


@pytest.mark.parametrize("name", ["", "member", "other", "reviewer"])
def test_nobody_else_may_open_it(town: Town, name: str) -> None:
    visitor = town.signed_in(name) if name else town.visitor()
    page = visitor.open(PAGE)
    assert page.path == "/signin" if not name else page.status == 403


def test_a_steward_checks_the_trail_and_is_told_of_a_hash_that_is_not_there(town: Town) -> None:
    steward = town.signed_in("steward")
    page = steward.send(steward.open(PAGE), PAGE)
    assert "The trail is whole" in page.text
    page = steward.send(page, PAGE, head="a" * 64)
    assert "No row has the hash that was kept" in page.text
    page = steward.send(page, PAGE, head="abc")
    assert page.status == 422
    assert "64 digits" in page.text


def test_a_steward_takes_the_trail_along(town: Town) -> None:
    steward = town.signed_in("steward")
    token = steward.open(PAGE).form(f"{PAGE}/export").controls["csrf_token"].values[0]
    answer = steward.client.post(f"{PAGE}/export", data={"csrf_token": token})
    assert answer.mimetype == "application/x-ndjson"
    verdict = check(links_of_file(BytesIO(answer.get_data())))
    assert verdict.fault is None
    assert verdict.rows > 1
