"""How exact a report is published, on pages: who chooses, who decides, and what everybody reads."""

from __future__ import annotations

import re

import pytest

from registry.intake.rules import State
from registry.privacy.coarsening import LADDERS
from tests.factories import account, keep_details
from tests.registry.alike import put
from tests.registry.privacy.coarsening.samples import exact
from tests.web.town import Town

WHY = "The country is large and nobody is named."
ACCEPT = ("decision", "accept")
AS_IT_IS = ("act", "as-it-is")
LESS_EXACT = "place, from exact place to district; date, from day to quarter"
FIFTH = {"from": "2026-03-05"}


def under_review(town: Town, **changes: object) -> str:
    key = town.report(State.IN_REVIEW, account(**changes))
    keep_details(town.side, town.people.reviewer, key)
    return key


def test_the_check_page_says_how_many_look_alike_and_offers_less(wary_town: Town) -> None:
    put(wary_town.node.public, wary_town.clock, 1, 2, 3, 4, happened={"from": "2026-02"})
    put(wary_town.node.public, wary_town.clock, 5, happened={"from": "2026-03"})
    key, member = wary_town.draft(account(happened={"from": "2026-03"})), wary_town.signed_in("member")
    check = member.open(f"/report/{key}/check")
    assert "1 public report looks like yours" in check.text
    page = member.follow(check.link("Make it less exact"))
    assert "date, from month to quarter" in page.text
    assert "Then it looks like 5 public reports." in page.text
    done = member.send(page)
    assert done.path == f"/report/{key}/check"
    assert "Your choice is saved." in done.text
    assert "The public will read it less exactly: date, from month to quarter." in done.text
    assert "5 public reports look like yours" in done.text
    kept = wary_town.side.intake.read(wary_town.people.member, key).account
    assert kept.happened is not None
    assert kept.happened.start == "2026-03", "nothing is lost"


def test_days_that_stand_in_the_text_are_shown_with_the_way_to_change_it(wary_town: Town) -> None:
    text = "On Thursday 5 March 2026 the bot doubled a dose, as the log of 05/03/2026 shows."
    key, member = wary_town.draft(account(text=text, happened=FIFTH)), wary_town.signed_in("member")
    exact = member.open(f"/report/{key}/exactness")
    assert "can still be read in what you wrote" not in exact.text, "the day is published"
    check = member.send(exact, **{"exact-date": "quarter"})
    for page in (check, member.open(f"/report/{key}/exactness")):
        assert "can still be read in what you wrote" in page.text
        for day in ("Thursday 5 March 2026", "05/03/2026"):
            url = page.link(f"Change the text (What happened?: {day})")
            assert url.endswith(f"/report/{key}/story?back=check#text")
    member.send(member.open(f"/report/{key}/story?back=check"), text="In spring the bot doubled a dose.")
    assert "can still be read in what you wrote" not in member.open(f"/report/{key}/check").text


def test_days_that_stand_in_the_text_are_shown_to_reviewers(wary_town: Town) -> None:
    text = "On Thursday 5 March 2026 the bot doubled a dose, as the log of 05/03/2026 shows."
    key, visitor = under_review(wary_town, text=text, happened=FIFTH), wary_town.signed_in("reviewer")
    tried = visitor.send(
        visitor.open(f"/review/{key}"), "/exactness", ("act", "try"), **{"exact-date": "year"}
    )
    told = tried.text[tried.text.index("can still be read in the text or the links:") :][:150]
    assert "Thursday 5 March 2026" in told
    assert "05/03/2026" in told
    assert tried.link("Ask for another text in your note").endswith("#note")


def test_a_day_in_the_text_is_told_where_a_quarter_was_answered(wary_town: Town) -> None:
    told = {"text": "On 5 March 2026 the bot doubled a dose.", "happened": {"from": "2026-Q1"}}
    key, member = wary_town.draft(account(**told)), wary_town.signed_in("member")
    for part in ("check", "exactness"):
        page = member.open(f"/report/{key}/{part}")
        assert page.link("Change the text (What happened?: 5 March 2026)").endswith("/story?back=check#text")
    sent = under_review(wary_town, **told)
    page = wary_town.signed_in("reviewer").open(f"/review/{sent}")
    assert "5 March 2026" in page.text[page.text.index("can still be read in the text or the links:") :][:100]


def test_every_ladder_that_can_go_on_is_offered_from_the_district_on(wary_town: Town) -> None:
    key, member = wary_town.draft(exact()), wary_town.signed_in("member")
    page = member.open(f"/report/{key}/exactness")
    held = page.forms[-1].controls
    controls = {name: one.offered for name, one in held.items() if name.startswith("exact-")}
    assert controls["exact-place"] == ["district", "country", "region", "withheld"]
    assert controls["exact-date"] == ["day", "month", "quarter", "year"]
    assert set(controls) == {f"exact-{ladder}" for ladder in LADDERS}
    assert held["exact-place"].values == ["country"]
    year = wary_town.draft({"title": "Bare", "happened": {"from": "2026"}})
    bare = member.open(f"/report/{year}/exactness")
    assert "There is nothing in it that could be less exact." in bare.text


def test_a_choice_that_cannot_be_kept_is_said(wary_town: Town) -> None:
    key, member = wary_town.draft(), wary_town.signed_in("member")
    page = member.open(f"/report/{key}/exactness")
    data = page.forms[-1].fill({})
    wrong = member.client.post(f"/report/{key}/exactness", data=data | {"exact-date": ["week"]})
    assert wrong.status_code == 422
    assert "Choose one of: day, month, quarter, year." in wrong.text
    wary_town.side.intake.revise(wary_town.people.member, key, account(title="Other"), expected=None)
    assert member.client.post(f"/report/{key}/exactness", data=data).status_code == 409
    wary_town.side.intake.submit(wary_town.people.member, key)
    assert member.open(f"/report/{key}/exactness").path == f"/mine/{key}"
    late = member.client.post(f"/report/{key}/exactness", data=data)
    assert late.headers["Location"].endswith(f"/mine/{key}")


def test_a_reviewer_is_shown_the_question_and_cannot_accept_before_it_is_answered(wary_town: Town) -> None:
    key, visitor = under_review(wary_town), wary_town.signed_in("reviewer")
    page = visitor.open(f"/review/{key}")
    assert "Could this report point at somebody?" in page.text
    assert "No public report looks like it." in page.text
    assert "Fewer than 5 other organizations have such a report on its way." in page.text
    assert "It is the first of its kind" in page.text
    refused = visitor.send(page, "/decide", ACCEPT)
    assert refused.status == 409
    assert "Decide first whether this report could point at somebody" in refused.text
    unexplained = visitor.send(page, "/exactness", AS_IT_IS)
    assert unexplained.status == 422
    assert unexplained.title.startswith("Error:")
    assert unexplained.summary == {
        "Say why it may be published although too few reports look like it.": "#why"
    }
    done = visitor.send(page, "/exactness", AS_IT_IS, why=WHY)
    assert "Your decision is saved." in done.text
    assert WHY in done.text
    visitor.send(done, "/decide", ACCEPT)
    assert wary_town.state(key) is State.ACCEPTED


def test_the_smallest_change_is_one_button(wary_town: Town) -> None:
    put(wary_town.node.public, wary_town.clock, 1, 2, 3, 4, happened={"from": "2026-03"})
    key, visitor = under_review(wary_town, happened=FIFTH), wary_town.signed_in("reviewer")
    page = visitor.open(f"/review/{key}")
    assert "date, from day to month (then 4 public reports)" in page.text
    form = page.form("/exactness")
    (smallest,) = (button for button in form.buttons if button[1].startswith("smallest?"))
    assert form.controls["exact-date"].values == ["day"], "what is chosen below counts for other buttons"
    visitor.send(page, "/exactness", smallest)
    visitor.send(visitor.open(f"/review/{key}"), "/decide", ACCEPT)
    wary_town.side.publication.publish_batch()
    record = visitor.open(f"/records/{wary_town.record_id(key)}")
    assert "What was made less exact date, from day to month" in record.text


def test_trying_out_decides_nothing_and_shows_what_the_public_would_read(wary_town: Town) -> None:
    key, visitor = under_review(wary_town, **exact()), wary_town.signed_in("reviewer")
    page = visitor.open(f"/review/{key}")
    form = page.form("/exactness")
    assert form.controls["exact-place"].offered == ["exact", "district", "country", "region", "withheld"]
    chosen = {"exact-place": ["region"], "exact-system": ["type"], "exact-date": ["quarter"], "why": ["Hm."]}
    data = form.fill({}) | chosen | {"act": ["try"]}
    tried = visitor.client.post(f"/review/{key}/exactness", data=data)
    assert tried.status_code == 200
    shown = re.sub(r"<[^>]+>", "", tried.text)
    for words in (
        "nothing is decided yet",
        "Eastern Africa",
        "1st quarter 2026",
        "[SYSTEM-1] at [PLACE-1]",
        "Hm.",
    ):
        assert words in shown, words
    assert wary_town.side.reviews.risk(wary_town.people.reviewer, key).decision is None
    member = wary_town.signed_in("member")
    assert member.client.post(f"/review/{key}/exactness", data=data).status_code in (400, 403)


def test_words_that_remain_are_named(wary_town: Town) -> None:
    raw = account(text="K2 told a patient to take two.", entities={"systems": ["K2"]})
    key, visitor = under_review(wary_town, **raw), wary_town.signed_in("reviewer")
    reviews = wary_town.side.reviews
    page = visitor.open(f"/review/{key}")
    assert "can still be read in the text" not in page.text
    form = page.form("/exactness")
    data = form.fill({}) | {"exact-system": ["type"], "act": ["try"]}
    assert "can still be read in the text" in visitor.client.post(f"/review/{key}/exactness", data=data).text
    assert reviews.risk(wary_town.people.reviewer, key).decision is None


@pytest.mark.parametrize(
    ("prefix", "words"),
    [
        (
            "",
            ("Turkana", "1st quarter 2026", "place, from exact place to district; date, from day to quarter"),
        ),
        ("/ar", ("Turkana", "الربع الأول 2026")),
    ],
)
def test_a_record_shows_its_district_its_quarter_and_what_was_made_less_exact(
    wary_town: Town, prefix: str, words: tuple[str, ...]
) -> None:
    key = under_review(wary_town, **exact())
    reviewer, side = wary_town.people.reviewer, wary_town.side
    levels = {"place": "district", "date": "quarter"}
    visitor = wary_town.signed_in("reviewer")
    page = visitor.open(f"/review/{key}")
    form = page.form("/exactness")
    chosen = {f"exact-{ladder}": [rung] for ladder, rung in levels.items()}
    visitor.client.post(
        f"/review/{key}/exactness", data=form.fill({"why": WHY}) | chosen | {"act": ["decide"]}
    )
    side.reviews.accept(reviewer, key)
    side.publication.publish_batch()
    record = wary_town.visitor(prefix).open(f"/records/{wary_town.record_id(key)}")
    for one in words:
        assert one in record.text
    assert "Kakuma" not in record.html


def test_a_region_stands_where_its_country_is_withheld(wary_town: Town) -> None:
    put(
        wary_town.node.public,
        wary_town.clock,
        1,
        countries=["withheld"],
        regions=["014"],
        happened={"from": "2026-Q1"},
    )
    record = wary_town.visitor().open("/records/AIR-ABCDEFGHIJ-2026-900001")
    assert "Eastern Africa" in record.text
    assert "Place withheld" not in record.text
    assert 'datetime="2026-Q1"' not in record.html
