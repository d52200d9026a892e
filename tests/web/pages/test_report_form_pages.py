"""Writing a report by plain forms: every page, what goes wrong, nothing typed is lost."""

from __future__ import annotations

import pytest

from registry.account import Account
from registry.intake.rules import State
from tests.factories import account
from tests.web.browsing import Page, Typed
from tests.web.pages.answers import STEPS, WHOLE, begin, fill_in, key_of
from tests.web.town import Town
from web.pages import report_steps

WRONG: dict[str, tuple[dict[str, Typed], dict[str, str]]] = {
    "story": ({"title": "", "text": "Words worth keeping"}, {"Give the report a title.": "#title"}),
    "when": (
        {"from_day": "4", "from_month": "13", "countries": ["Atlantis", "Perú", ""]},
        {
            "When it happened or began: Write the year too; a year alone is enough.": "#from-year",
            "Atlantis is not a country code. Use two capital letters, such as KE.": "#countries",
        },
    ),
    "system": (
        {"sector": ["sector/health", "sector/education"], "developers": "One\nTwo", "deployers": "x" * 400},
        {
            "Kind of AI system: Choose an answer; not known is one too.": "#system",
            "This is too long: 400 characters, and the limit is 120.": "#deployers",
        },
    ),
    "failure": (
        {"failure": ["failure/fabrication"], "failure_main": "failure/unsafe-advice"},
        {
            "Kind of event: Choose an answer; not known is one too.": "#kind",
            "What went wrong (failure mode): The main answer is not among those you ticked. "
            "Tick it too, or choose another main one.": "#failure",
        },
    ),
    "harm": (
        {"harm": ["harm/injury"], "reach": "reach/one"},
        {"Severity: Choose an answer; not known is one too.": "#severity"},
    ),
    "people": (
        {"affected_role": ["affected-role/unknown", "affected-role/bystander"], "harmed": "patients"},
        {"*": "#affected-role"},
    ),
    "detection": (
        {"detection": "detection/staff", "detected": "after", "detected_amount": "soon"},
        {"How long after it began was it noticed? Write how long as a whole number, such as 3.": "#detected"},
    ),
    "containment": (
        {"done": "We called everybody.", "contained": "after", "contained_amount": "1.5"},
        {
            "How long after it was noticed was the harm stopped? "
            "Write how long as a whole number, such as 3.": "#contained"
        },
    ),
    "repair": (
        {"remedied": "We paid it back.", "closed": "after", "closed_amount": "-3"},
        {
            "How long after it was noticed was the matter closed? "
            "Write how long as a whole number, such as 3.": "#closed"
        },
    ),
    "told": ({"told_affected": "done", "told_none": ["done"]}, {"*": "#told"}),
    "lessons": ({"cause": "Haste.", "lessons": "x" * 5001}, {"*": "#lessons"}),
    "sources": (
        {"links": "https://example.org\njavascript:alert(1)", "confidence": "confidence/probable"},
        {"*": "#links"},
    ),
}
"""Page → what is typed, and the lines of the error summary with where they lead (* is any sentence)."""


def typed_into(page: Page, name: str) -> list[str]:
    return sorted(value for value in page.form().controls[name.replace("_", "-")].values if value)


def as_shown(value: Typed) -> list[str]:
    return sorted(entry for entry in ([value] if isinstance(value, str) else value) if entry)


def test_the_start_page_is_open_and_says_what_to_expect(town: Town) -> None:
    page = town.visitor().open("/report")
    for words in ("About 15 minutes", "Who sees what", "You will be asked to sign in", "Saved as you go"):
        assert words in page.text
    assert page.link("Read how to stay safe") == "/report/safety"
    assert page.link("Leave this site").startswith("https://")
    assert "Start now" in page.text


def test_reviewers_learn_on_the_start_page_that_members_write(town: Town) -> None:
    page = town.signed_in("reviewer").open("/report")
    assert "You may not do this with your present roles." in page.text
    assert "Start now" not in page.text
    assert "/mine" not in [url for url, _ in page.links]


def test_the_whole_form_by_plain_forms_makes_the_account_that_was_typed(town: Town) -> None:
    visitor = town.signed_in("member")
    page = fill_in(visitor)
    key = key_of(page)
    assert page.path == f"/report/{key}/check"
    stored = town.side.intake.read(town.people.member, key)
    assert stored.account.to_json() == Account.from_json(WHOLE).to_json()
    assert stored.summary.state is State.DRAFT


def test_pages_come_in_order_with_the_needed_ones_first(town: Town) -> None:
    visitor = town.signed_in("member")
    page, headings = begin(visitor), []
    for number, typed in enumerate(STEPS.values(), start=1):
        assert f"Step {number} of 12" in page.title
        assert ("This page is optional" in page.text) == (number > 5)
        assert ("Skip the rest and check your answers" in page.text) == (number > 5)
        headings.append(next(text for tag, text in page.words if tag == "h1"))
        page = visitor.send(page, typed=typed)
    assert len(set(headings)) == 12
    assert list(STEPS) == [step.slug for step in report_steps.STEPS]


@pytest.mark.parametrize("slug", list(WRONG))
def test_what_is_wrong_is_said_twice_and_what_was_typed_is_kept(town: Town, slug: str) -> None:
    typed, wanted = WRONG[slug]
    visitor, key = town.signed_in("member"), town.draft({"title": "A draft", "language": "en"})
    page = visitor.send(visitor.open(f"/report/{key}/{slug}"), typed=typed)
    assert page.status == 422
    assert page.title.startswith("Error: ")
    assert set(page.summary.values()) == set(wanted.values())
    assert {sentence for sentence in wanted if sentence != "*"} <= set(page.summary)
    for sentence, url in page.summary.items():
        assert url.removeprefix("#") in page.ids
        assert page.text.count(sentence) == 2  # in the summary and beside the field
    for name, value in typed.items():
        assert typed_into(page, name) == as_shown(value)
    assert town.actions(key) == ["create"]


@pytest.mark.parametrize("slug", list(WRONG))
def test_fields_and_their_hints_and_errors_belong_together(town: Town, slug: str) -> None:
    visitor, key = town.signed_in("member"), town.draft()
    page = visitor.open(f"/report/{key}/{slug}")
    failed = visitor.send(page, typed=WRONG[slug][0])
    for shown in (page, failed):
        assert len(shown.ids) == len(set(shown.ids))
        assert set(shown.described) <= set(shown.ids)
    assert failed.html.count('aria-invalid="true"') <= len(failed.summary)
    assert " required>" not in page.html


def test_a_first_page_with_nothing_on_it_asks_for_both(town: Town) -> None:
    visitor = town.signed_in("member")
    page = visitor.send(begin(visitor))
    assert page.summary == {"Give the report a title.": "#title", "Say what happened.": "#text"}
    assert "autofocus" in page.html
    assert not town.side.submissions.own(town.people.member).items


def test_leaving_early_keeps_what_there_is_and_asks_for_nothing(town: Town) -> None:
    visitor = town.signed_in("member")
    page = visitor.send(begin(visitor), press=("then", "later"), text="Half a story")
    assert page.path == "/mine"
    assert "Your report is saved." in page.text
    assert "Draft without a title" in page.text
    opened = visitor.follow(visitor.follow(page.link("Draft without a title")).link("Go on with it"))
    assert "Half a story" in opened.text


def test_leaving_early_does_not_keep_what_cannot_be_read(town: Town) -> None:
    visitor, key = town.signed_in("member"), town.draft()
    page = visitor.open(f"/report/{key}/when")
    refused = visitor.send(page, press=("then", "later"), from_year="", from_month="5")
    assert refused.status == 422
    assert list(refused.summary.values()) == ["#from-year"]


def test_leaving_an_empty_form_leaves_nothing(town: Town) -> None:
    visitor = town.signed_in("member")
    page = visitor.send(begin(visitor), press=("then", "later"))
    assert "Nothing was written, so nothing was saved." in page.text
    assert "No reports yet" in page.text


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ({"from_year": " 2026 "}, {"from": "2026"}),
        ({"from_year": "2026", "from_month": "3", "from_day": "5"}, {"from": "2026-03-05"}),
        ({"from_year": "2025", "to_year": "2026", "to_month": "01"}, {"from": "2025", "to": "2026-01"}),
    ],
)
def test_dates_are_as_precise_as_they_were_typed(
    town: Town, typed: dict[str, Typed], stored: dict[str, str]
) -> None:
    visitor, key = town.signed_in("member"), town.draft({"title": "When", "language": "en"})
    visitor.send(visitor.open(f"/report/{key}/when"), typed=typed)
    kept = town.side.intake.read(town.people.member, key).account.to_json()["happened"]
    assert {name: value for name, value in kept.items() if value} == stored


@pytest.mark.parametrize(
    ("prefix", "typed"),
    [("", "egypt "), ("", "EG"), ("/fr", "Égypte"), ("/fr", "egypte"), ("/es", "Egipto"), ("/ar", "مصر")],
)
def test_countries_are_understood_in_the_readers_words(town: Town, prefix: str, typed: str) -> None:
    visitor, key = town.signed_in("member", prefix), town.draft({"title": "Where", "language": "en"})
    visitor.send(visitor.open(f"/report/{key}/when"), from_year="2026", countries=[typed, "", ""])
    assert town.side.intake.read(town.people.member, key).account.countries == ("EG",)
    again = visitor.open(f"/report/{key}/when").form().controls["countries"].values
    assert again == [{"": "Egypt", "/fr": "Égypte", "/es": "Egipto", "/ar": "مصر"}[prefix], "", ""]


def test_the_form_leaves_alone_what_it_does_not_ask(town: Town) -> None:
    raw = account()
    raw["classification"]["reversibility"] = ["reversibility/easily"]
    raw["classification"]["ai-role"] = ["ai-role/direct"]
    key = town.draft(raw)
    visitor = town.signed_in("member")
    visitor.send(visitor.open(f"/report/{key}/harm"), severity="severity/minor")
    kept = town.side.intake.read(town.people.member, key).account.to_json()["classification"]
    assert kept["reversibility"] == ["reversibility/easily"]
    assert kept["ai-role"] == ["ai-role/direct"]
    assert kept["severity"] == ["severity/minor"]


def test_going_through_a_whole_report_without_a_change_makes_no_version(town: Town) -> None:
    visitor, key = town.signed_in("member"), town.draft()
    for slug in STEPS:
        assert visitor.send(visitor.open(f"/report/{key}/{slug}")).status == 200
    view = town.side.intake.read(town.people.member, key)
    assert (view.summary.version, town.actions(key)) == (1, ["create"])


def test_what_was_typed_is_shown_as_text(town: Town) -> None:
    sharp = '</textarea><script>alert(1)</script>"><b onclick=x>'
    key = town.draft(account(title=sharp, text=sharp, entities={"developers": [sharp]}))
    visitor = town.signed_in("member")
    for path in ("story", "system", "check"):
        page = visitor.open(f"/report/{key}/{path}")
        assert "<script>" not in page.html
        assert "<b onclick" not in page.html
    assert visitor.open(f"/report/{key}/story").form().controls["title"].values == [sharp]
