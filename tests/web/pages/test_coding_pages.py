"""Classifying by page: one facet is opened, changed and saved; accepting takes in what is open."""

from __future__ import annotations

import pytest

from registry.intake.rules import State
from registry.review.coding.rules import CORE, Standing
from tests.factories import keep_details
from tests.web.browsing import Page
from tests.web.town import Town

ACCEPT, OPEN_SEVERITY, OPEN_FAILURE = ("decision", "accept"), ("open", "severity"), ("open", "failure")
SAVE, LEAVE = ("", ""), ("open", "")
WHY = "Line three says that nobody was hurt."


def under_review(town: Town) -> str:
    key = town.report(State.IN_REVIEW)
    keep_details(town.side, town.people.reviewer, key)
    return key


def codes(town: Town, key: str, facet: str) -> tuple[tuple[str, ...], Standing, str | None, str]:
    found = town.side.reviews.read(town.people.reviewer, key).coding
    (one,) = (one for one in found if one.facet == facet)
    return one.codes, one.standing, one.confidence, one.note


def is_open(page: Page) -> bool:
    return "coding-open" in page.ids


def test_one_press_accepts_and_nothing_has_to_be_opened(town: Town) -> None:
    key, visitor = under_review(town), town.signed_in("reviewer")
    page = visitor.open(f"/review/{key}")
    assert all(f"coding-{facet}" in page.ids for facet in CORE)
    assert not is_open(page)
    assert visitor.send(page, "/decide", ACCEPT).status == 200
    assert town.state(key) is State.ACCEPTED


def test_a_facet_is_opened_changed_and_saved(town: Town) -> None:
    key, visitor = under_review(town), town.signed_in("reviewer")
    opened = visitor.send(visitor.open(f"/review/{key}"), "/coding/open", OPEN_SEVERITY, note="My note.")
    assert is_open(opened)
    assert opened.form("/decide").controls["note"].values == ["My note."], "typed elsewhere, and kept"
    row = opened.html.index('id="coding-severity"')
    assert row < opened.html.index('id="coding-open"') < opened.html.index('<div id="coding-', row + 1)
    typed = {"code": "severity/minor", "code-sure": "confidence/probable", "code-note": WHY, "note": ""}
    saved = visitor.send(opened, "/coding", SAVE, typed)
    assert (saved.status, saved.path, is_open(saved)) == (200, f"/review/{key}", False)
    expected = (("severity/minor",), Standing.CHANGED, "confidence/probable", WHY)
    assert codes(town, key, "severity") == expected
    assert all(words in saved.text for words in ("Your codes are saved.", WHY, "As it was sent: Serious"))


def test_the_main_one_of_several_is_chosen(town: Town) -> None:
    key, visitor = under_review(town), town.signed_in("reviewer")
    opened = visitor.send(visitor.open(f"/review/{key}"), "/coding/open", OPEN_FAILURE)
    typed = {"code": ["failure/unsafe-advice", "failure/fabrication", "failure/missed"]}
    visitor.send(opened, "/coding", SAVE, typed | {"code-main": "failure/missed"})
    expected = ("failure/missed", "failure/unsafe-advice", "failure/fabrication")
    assert codes(town, key, "failure")[0] == expected


def test_saving_without_a_change_confirms(town: Town) -> None:
    key, visitor = under_review(town), town.signed_in("reviewer")
    opened = visitor.send(visitor.open(f"/review/{key}"), "/coding/open", OPEN_FAILURE)
    visitor.send(opened, "/coding", SAVE)
    assert codes(town, key, "failure")[:2] == (
        ("failure/unsafe-advice", "failure/fabrication"),
        Standing.CONFIRMED,
    )


def test_leaving_it_keeps_nothing(town: Town) -> None:
    key, visitor = under_review(town), town.signed_in("reviewer")
    opened = visitor.send(visitor.open(f"/review/{key}"), "/coding/open", OPEN_SEVERITY)
    left = visitor.send(opened, "/coding/open", LEAVE, code="severity/minor")
    assert not is_open(left)
    assert codes(town, key, "severity")[1] is Standing.SUBMITTED


def test_what_is_open_and_changed_is_taken_in_when_the_report_is_accepted(town: Town) -> None:
    key, visitor = under_review(town), town.signed_in("reviewer")
    opened = visitor.send(visitor.open(f"/review/{key}"), "/coding/open", OPEN_SEVERITY)
    visitor.send(opened, "/decide", ACCEPT, code="severity/minor")
    assert town.state(key) is State.ACCEPTED
    assert codes(town, key, "severity")[:2] == (("severity/minor",), Standing.CHANGED)


def test_another_act_keeps_what_is_open(town: Town) -> None:
    key, visitor = under_review(town), town.signed_in("reviewer")
    opened = visitor.send(visitor.open(f"/review/{key}"), "/coding/open", OPEN_FAILURE)
    typed = {"code": ["failure/missed", "failure/drift"], "code-note": WHY}
    after = visitor.send(opened, "/exactness", ("act", "as-it-is"), typed)
    controls = after.form("/decide").controls
    assert sorted(controls["code"].values) == ["failure/drift", "failure/missed"]
    assert controls["code-note"].values == [WHY]
    assert codes(town, key, "failure")[1] is Standing.SUBMITTED


@pytest.mark.parametrize("chosen", [["severity/nonsense"], ["severity/none", "severity/minor"]])
def test_what_is_wrong_is_said_where_it_was_chosen(town: Town, chosen: list[str]) -> None:
    key, visitor = under_review(town), town.signed_in("reviewer")
    opened = visitor.send(visitor.open(f"/review/{key}"), "/coding/open", OPEN_SEVERITY)
    data = {"csrf_token": opened.form("/decide").controls["csrf_token"].values[0]}
    data |= {"lock": opened.form("/decide").controls["lock"].values[0], "code-facet": "severity"}
    refused = visitor.client.post(f"/review/{key}/coding", data={**data, "code": chosen})
    assert refused.status_code == 422
    assert 'href="#code"' in refused.text
    assert codes(town, key, "severity")[1] is Standing.SUBMITTED


def test_without_the_core_the_page_leads_to_every_place_that_is_open(town: Town) -> None:
    key, visitor = town.report(State.IN_REVIEW), town.signed_in("reviewer")
    page = visitor.send(visitor.open(f"/review/{key}"), "/coding/open", OPEN_FAILURE)
    page = visitor.send(page, "/coding", SAVE, {"code": []})
    refused = visitor.send(page, "/decide", ACCEPT)
    assert (refused.status, town.state(key)) == (409, State.IN_REVIEW)
    places = list(refused.summary.values())
    assert "#coding-failure" in places
    assert all(place.removeprefix("#") in refused.ids for place in places)
    assert "What went wrong" in next(iter(refused.summary))


def test_another_question_may_be_coded_as_well(town: Town) -> None:
    key, visitor = under_review(town), town.signed_in("reviewer")
    page = visitor.open(f"/review/{key}")
    opened = visitor.send(page, "/coding/open", SAVE, {"code-more": "reach"})
    offered = opened.form("/decide").controls["code"].offered
    visitor.send(opened, "/coding", SAVE, {"code": offered[0]})
    assert codes(town, key, "reach")[:2] == ((offered[0],), Standing.CHANGED)
