"""The review page is one form: whichever of its buttons is pressed, what was typed elsewhere stays."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from registry.intake.personal.things import name_of
from registry.intake.rules import State
from registry.intake.similar.rules import Held
from tests.factories import account, keep_details
from tests.registry.alike import put
from tests.web.browsing import Page, Visitor
from tests.web.town import Town
from web.pages.unsaved import NOT_DECIDED

RECORD = "AIR-ABCDEFGHIJ-2026-900001"
NAME, MAIL = "Wanjiru Kamau", "wanjiru.kamau@clinic.example"
BY_NAME, BY_MAIL = f"detail-{name_of(NAME)}", f"detail-{name_of(MAIL)}"
NOTE, WHY = "Say which kind of clinic it was.", "The country is large and nobody is named."
TYPED = {"note": NOTE, "reason": "not-ai", "why": WHY, BY_NAME: "keep", "exact-date": "year"}
NOTHING_LEFT = {"note": "", "reason": "", "why": "", BY_NAME: "", "exact-date": "month"}
SAVE, HIDE_ALL = ("", ""), ("all", "hide")
TRY, DECIDE, AS_IT_IS = (("act", name) for name in ("try", "decide", "as-it-is"))
ACCEPT, ASK, DECLINE = (("decision", name) for name in ("accept", "request-changes", "decline"))
CONFIRM, DROP = ("relation", "confirm"), ("relation", "drop")

Open = Callable[..., tuple[str, Visitor, Page]]


@pytest.fixture
def judged(wary_town: Town) -> Open:
    """A report with everything to decide on, attached to a record, open before its reviewer."""

    def begin() -> tuple[str, Visitor, Page]:
        put(wary_town.node.public, wary_town.clock, 1)
        side, member = wary_town.side, wary_town.people.member
        key = wary_town.draft(account(text=f"The clerk {NAME} wrote from {MAIL}."))
        side.same_event.attach(member, key, RECORD, expected=None)
        side.personal.choose(member, key, {name_of(NAME): "keep", name_of(MAIL): "keep"}, expected=None)
        side.intake.submit(member, key)
        side.reviews.claim(wary_town.people.reviewer, key)
        visitor = wary_town.signed_in("reviewer")
        return key, visitor, visitor.open(f"/review/{key}")

    return begin


def held(page: Page) -> dict[str, str]:
    """What the page holds in the controls that are typed into here."""
    controls = page.form("/decide").controls
    return {name: (controls[name].values or [""])[0] for name in TYPED}


def test_every_button_belongs_to_the_one_form_and_enter_presses_none(judged: Open) -> None:
    _, _, page = judged()
    writing = [form for form in page.forms if "note" in form.controls]
    (one,) = writing
    ways = {"/details", "/exactness", "/relation", "/merge", "/release", "/recuse", "/open", "/ask", "/notes"}
    assert {"/" + action.rpartition("/")[2] for action in one.elsewhere} == ways
    assert all(form.controls is one.controls for form in one.elsewhere.values())
    assert len(one.controls["csrf_token"].values) == len(one.controls["lock"].values) == 1
    begins = page.html.index('<form class="desk')
    assert page.html.index("<button disabled hidden>", begins) == page.html.index("<button", begins)


@pytest.mark.parametrize(
    ("action", "press", "settled", "said"),
    [
        ("/details", SAVE, (), "Your choices are saved."),
        ("/details", HIDE_ALL, (), "Your choices are saved."),
        ("/exactness", TRY, (), NOT_DECIDED),
        ("/exactness", DECIDE, ("why",), "Your decision is saved."),
        ("/exactness", AS_IT_IS, ("why", "exact-date"), "Your decision is saved."),
        ("/relation", CONFIRM, (), "It will be published as belonging to the record."),
        ("/relation", DROP, (), "It will be published without the record."),
    ],
)
def test_what_was_typed_elsewhere_stays(
    judged: Open, action: str, press: tuple[str, str], settled: tuple[str, ...], said: str
) -> None:
    _, visitor, page = judged()
    after = visitor.send(page, action, press, TYPED)
    assert after.status == 200
    assert said in after.text
    assert held(after) == TYPED | {name: NOTHING_LEFT[name] for name in settled}
    again = visitor.send(after, "/details", SAVE)
    assert (again.status, held(again)) == (200, held(after)), "the page's lock and token are good for more"


@pytest.mark.parametrize(
    ("action", "press", "typed"),
    [
        ("/details", SAVE, {BY_NAME: "keep"}),
        ("/exactness", DECIDE, {"exact-date": "year", "why": WHY}),
        ("/relation", CONFIRM, {}),
        ("/release", ("", ""), {}),
    ],
)
def test_where_nothing_else_was_typed_the_page_has_its_own_address(
    judged: Open, action: str, press: tuple[str, str], typed: dict[str, str]
) -> None:
    key, visitor, page = judged()
    after = visitor.send(page, action, press, typed)
    assert (after.status, after.path) == (200, f"/review/{key}")


@pytest.mark.parametrize(
    ("action", "press", "typed", "status"),
    [
        ("/exactness", AS_IT_IS, {"why": " "}, 422),
        ("/decide", ACCEPT, {}, 409),
        ("/decide", ASK, {"note": "  "}, 422),
        ("/decide", DECLINE, {"reason": ""}, 422),
    ],
)
def test_what_is_refused_keeps_everything(
    judged: Open, action: str, press: tuple[str, str], typed: dict[str, str], status: int
) -> None:
    _, visitor, page = judged()
    refused = visitor.send(page, action, press, TYPED | typed)
    assert refused.status == status
    assert refused.title.startswith("Error:")
    assert held(refused) == TYPED | typed


@pytest.mark.parametrize(
    ("action", "press"),
    [("/details", SAVE), ("/exactness", DECIDE), ("/relation", DROP), ("/decide", ACCEPT)],
)
def test_a_page_that_is_old_keeps_everything_for_copying(
    judged: Open, wary_town: Town, action: str, press: tuple[str, str]
) -> None:
    key, visitor, page = judged()
    wary_town.side.reviews.request_changes(wary_town.people.reviewer, key, "Which clinic?")
    stale = visitor.send(page, action, press, TYPED)
    assert stale.status == 409
    assert NOTE in stale.text
    assert WHY in stale.text


@pytest.mark.parametrize("action", ["/release", "/details"])
def test_claiming_again_brings_everything_back(judged: Open, wary_town: Town, action: str) -> None:
    _, visitor, page = judged()
    if action == "/details":
        wary_town.clock.forward(hours=wary_town.node.settings.claim_hours)
        visitor = wary_town.signed_in("reviewer")
        page = visitor.open(page.path) if not page.forms else _fresh_token(visitor, page)
    let_go = visitor.send(page, action, typed=TYPED)
    assert let_go.form("/claim").controls["note"].values == [NOTE]
    assert let_go.form("/claim").controls["why"].values == [WHY]
    claimed = visitor.send(let_go, "/claim")
    assert "You have claimed this report." in claimed.text
    assert held(claimed) == TYPED


def _fresh_token(visitor: Visitor, page: Page) -> Page:
    """The page as it would be if its session had lasted."""
    token = visitor.open("/account").form("/signout").controls["csrf_token"]
    for form in page.forms:
        form.controls["csrf_token"] = token
    return page


def test_what_is_accepted_is_what_the_page_says(judged: Open, wary_town: Town) -> None:
    key, visitor, page = judged()
    reviews, reviewer = wary_town.side.reviews, wary_town.people.reviewer
    reviews.decide_relation(reviewer, key, confirm=True)
    keep_details(wary_town.side, reviewer, key)
    page = visitor.send(visitor.open(f"/review/{key}"), "/exactness", AS_IT_IS, why=WHY)
    refused = visitor.send(page, "/decide", ACCEPT, {"exact-date": "year", BY_MAIL: "hide"})
    assert (refused.status, NOT_DECIDED in refused.text) == (409, True)
    assert wary_town.state(key) is State.IN_REVIEW
    decided = visitor.send(refused, "/exactness", DECIDE, why=WHY)
    visitor.send(decided, "/decide", ACCEPT)
    assert wary_town.state(key) is State.ACCEPTED
    assert wary_town.side.intake.read(wary_town.people.member, key).summary.about.held is Held.CONFIRMED  # type: ignore[union-attr] # or it fails
    wary_town.side.publication.publish_batch()
    record = wary_town.visitor().open(f"/records/{wary_town.record_id(key)}")
    assert f"The clerk {NAME} wrote from [EMAIL-1]." in record.text


def test_one_press_accepts_with_choices_that_were_not_saved(judged: Open, wary_town: Town) -> None:
    key, visitor, page = judged()
    wary_town.side.reviews.decide_relation(wary_town.people.reviewer, key, confirm=True)
    page = visitor.send(visitor.open(f"/review/{key}"), "/exactness", AS_IT_IS, why=WHY)
    done = visitor.send(page, "/decide", ACCEPT, {BY_NAME: "keep", BY_MAIL: "hide"})
    assert (done.status, wary_town.state(key)) == (200, State.ACCEPTED)
    wary_town.side.publication.publish_batch()
    record = wary_town.visitor().open(f"/records/{wary_town.record_id(key)}")
    assert f"The clerk {NAME} wrote from [EMAIL-1]." in record.text


def test_choices_do_not_cover_what_others_changed_meanwhile(judged: Open, wary_town: Town) -> None:
    key, visitor, page = judged()
    wary_town.side.reviews.decide_relation(wary_town.people.reviewer, key, confirm=True)
    stale = visitor.send(page, "/decide", ACCEPT, {BY_NAME: "keep", BY_MAIL: "hide"})
    assert (stale.status, wary_town.state(key)) == (409, State.IN_REVIEW)
    found = wary_town.side.reviews.read(wary_town.people.reviewer, key).personal
    assert {one.reviewer for one in found.decided} == {None}


def test_a_forged_button_for_the_smallest_change_is_refused(judged: Open) -> None:
    key, visitor, page = judged()
    data = page.form("/exactness").fill({})
    for value in (
        "smallest?",
        "smallest?date=week",
        "smallest?=",
        "smallest?a=1&b=2&c=3&d=4&e=5&f=6&g=7&h=8",
    ):
        answer = visitor.client.post(f"/review/{key}/exactness", data=data | {"act": [value]})
        assert answer.status_code == 422, value
