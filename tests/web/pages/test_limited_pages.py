"""Pages that search, and the one that takes receipt codes, are counted too, and say so in plain words."""

from __future__ import annotations

from dataclasses import replace

import pytest

from registry.intake.rules import STATE_LABELS, State
from tests.api.limited import left, limited
from tests.ticks import Ticks
from tests.web.browsing import Page, Visitor
from tests.web.town import Town
from web.app import create_app


@pytest.fixture
def ticks() -> Ticks:
    return Ticks()


@pytest.fixture
def counted(town: Town, ticks: Ticks) -> Town:
    """The town at a tenth of the standard limits: 12 searches, 2 receipt codes."""
    node = limited(town.node, ticks, percent=10)
    return replace(town, node=node, app=create_app(node))


def is_wait(page: Page) -> bool:
    """Whether a page asks to wait, in a person's words, for a minute at most."""
    assert page.status == 429
    assert 1 <= int(page.headers["Retry-After"]) <= 60
    assert page.headers["Content-Type"].startswith("text/html")
    return "Too many tries" in page.text


def test_searching_is_counted_with_the_search_of_the_api(counted: Town, ticks: Ticks) -> None:
    visitor = counted.visitor()
    api = counted.app.test_client()
    for _ in range(6):
        assert visitor.open("/?q=dose").status == 200
        assert api.get("/api/v1/search?q=dose").status_code == 200
    assert is_wait(visitor.open("/?q=dose"))
    assert visitor.open("/about").status == 200
    ticks.forward(60)
    assert visitor.open("/?q=dose").status == 200


@pytest.mark.parametrize("prefix", ["/fr", "/ar"])
def test_another_language_is_no_other_place(counted: Town, prefix: str) -> None:
    for _ in range(12):
        counted.visitor().open("/?q=dose")
    assert counted.visitor(prefix).open("/?q=dose").status == 429


def test_who_is_signed_in_does_not_wait_for_neighbours(counted: Town) -> None:
    member = counted.signed_in("member")
    for _ in range(12):
        counted.visitor().open("/?q=dose")
    assert counted.visitor().open("/?q=dose").status == 429
    page = member.open("/?q=dose")
    assert page.status == 200
    assert set(left(page.headers)) == {"search-person"}


def look_up(visitor: Visitor, form: Page, code: str) -> Page:
    return visitor.send(form, code=code)


def test_receipt_codes_cannot_be_tried_out(counted: Town, ticks: Ticks) -> None:
    right = counted.receipt(counted.report(State.SUBMITTED))
    visitor = counted.visitor()
    form = visitor.open("/receipt")
    wrong = [look_up(visitor, form, f"0000 0000 0000 000{number}") for number in range(2)]
    assert [page.status for page in wrong] == [422, 422]
    refused = look_up(visitor, form, right)
    assert is_wait(refused)
    assert STATE_LABELS[State.SUBMITTED] not in refused.text
    assert visitor.open("/receipt").status == 200
    ticks.forward(60)
    assert STATE_LABELS[State.SUBMITTED] in look_up(visitor, form, right).text
