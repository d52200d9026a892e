"""Writing a report by plain forms: every page, what goes wrong, nothing typed is lost."""

from __future__ import annotations

import re
from html import unescape

import pytest

from registry.account import Account
from registry.intake.rules import State
from tests.factories import account
from tests.web.browsing import Page, Typed
from tests.web.pages.answers import ATTACK, CORE, MAIN, STEPS, THEMES, WHOLE, begin, fill_in, key_of
from tests.web.town import Town
from web.pages import report_steps, report_themes

WRONG: dict[str, tuple[dict[str, Typed], dict[str, str]]] = {
    "story": ({"title": "", "text": "Words worth keeping"}, {"Give the report a title.": "#title"}),
    "language": (
        {"language": "other", "language_other": "Klingonese"},
        {"This should be a language code such as en, fr, es or ar.": "#language"},
    ),
    "kind": ({}, {"Kind of event: Choose an answer; not known is one too.": "#kind"}),
    "severity": ({}, {"Severity: Choose an answer; not known is one too.": "#severity"}),
    "failure": ({"failure": ["failure/fabrication", "failure/unknown"]}, {"*": "#failure"}),
    "harm": ({"harm": ["harm/injury", "harm/none"]}, {"*": "#harm"}),
    "sector": ({}, {"Field of work: Choose an answer; not known is one too.": "#sector"}),
    "system": ({}, {"Kind of AI system: Choose an answer; not known is one too.": "#system"}),
    "when": (
        {"from": "4.13."},
        {
            "When it happened or began: Write the year too, with all four digits; "
            "a year alone is enough.": "#from"
        },
    ),
    "where": (
        {"countries": ["Atlantis", "Perú", ""]},
        {
            "Atlantis is no country that we know. "
            "Choose one of the list, or write its code, such as KE.": "#countries"
        },
    ),
    "affected-role": (
        {"affected_role": ["affected-role/unknown", "affected-role/bystander"]},
        {"*": "#affected-role"},
    ),
    "deployers": (
        {"deployers": "x" * 400},
        {"This is too long: 400 characters, and the limit is 120.": "#deployers"},
    ),
    "detected": (
        {"detected": "after", "detected_amount": "soon"},
        {"How long after it began was it noticed? Write how long as a whole number, such as 3.": "#detected"},
    ),
    "ended": ({"to": "1447"}, {"*": "#to"}),
    "contained": (
        {"contained": "after", "contained_amount": "1.5"},
        {
            "How long after it was noticed was the harm stopped? "
            "Write how long as a whole number, such as 3.": "#contained"
        },
    ),
    "told": ({"told_affected": "done", "told_none": ["done"]}, {"*": "#told"}),
    "lessons": ({"lessons": "x" * 5001}, {"*": "#lessons"}),
    "links": ({"links": "https://example.org\njavascript:alert(1)"}, {"*": "#links"}),
}
"""Page → what is typed, and the lines of the error summary with where they lead (* is any sentence)."""
BARE = {"title": "A draft", "text": "It went wrong.", "language": "en"}


def typed_into(page: Page, name: str) -> list[str]:
    return sorted(value for value in page.form().controls[name.replace("_", "-")].values if value)


def as_shown(value: Typed) -> list[str]:
    return sorted(entry for entry in ([value] if isinstance(value, str) else value) if entry)


def attacked() -> dict[str, object]:
    raw = account()
    raw["classification"] |= {"failure": ["failure/jailbreak"]}
    return raw


def test_the_start_page_is_open_and_says_what_to_expect(town: Town) -> None:
    page = town.visitor().open("/report")
    for words in (
        "About 10 minutes for 10 questions",
        "Who sees what",
        "You will be asked to sign in",
        "Saved as you go",
    ):
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


def test_one_question_a_page_and_the_core_first(town: Town) -> None:
    visitor = town.signed_in("member")
    page, headings = begin(visitor), []
    numbered = [slug for slug in CORE if slug not in MAIN]
    for slug, typed in CORE.items():
        said = f"Question {numbered.index(slug.removesuffix('-main')) + 1} of 10"
        if slug in MAIN:
            said += ", continued"
        assert f"– {said} –" in page.title
        assert said in page.text
        assert "Skip this question" not in page.text
        headings.append(heading(page))
        assert page.title.startswith(headings[-1])
        page = visitor.send(page, typed=typed)
    assert len(set(headings)) == len(CORE)
    assert headings[0] == "What happened?"
    assert page.path.endswith("/privacy")


def heading(page: Page) -> str:
    """The only h1: the label or legend of the question."""
    found = re.findall(r"<h1><label[^>]*>([^<]*)|<legend><h1>([^<]*)", page.html)
    assert page.html.count("<h1") == len(found) == 1
    return unescape("".join(found[0])).strip()


def test_every_page_is_in_the_tests(town: Town) -> None:
    assert {*STEPS, *ATTACK, *MAIN} == {step.slug for step in report_steps.STEPS}
    assert set(CORE) == {step.slug for step in report_steps.CORE} - set(MAIN[1:])
    asked = {theme.slug: {step.slug for step in theme.steps} - set(MAIN) for theme in report_themes.THEMES}
    assert asked == {slug: set(pages) for slug, pages in THEMES.items()} | {"attack": set(ATTACK)}


def test_every_page_asks_one_question_with_a_way_back_and_a_way_out(town: Town) -> None:
    visitor, key = town.signed_in("member"), town.draft(attacked())
    for slug in (*STEPS, *ATTACK, *MAIN):
        page = visitor.open(f"/report/{key}/{slug}")
        assert heading(page)
        assert page.link("Back").startswith("/report")
        assert page.link("Leave this site").startswith("https://")
        assert page.link("Staying safe") == "/report/safety"
        core = slug in CORE or slug in MAIN[:4]
        assert ("Skip this question" in page.text) == (not core)
        assert ("(optional)" in page.text) == (slug == "where" or not (core or slug in MAIN))
        assert [words for tag, words in page.words if tag == "button" and words] == [
            "Continue",
            "Save and come back later",
        ]


def test_a_theme_is_walked_question_by_question_and_skipped(town: Town) -> None:
    visitor, key = town.signed_in("member"), town.draft(BARE | {"happened": {"from": "2026"}})
    check = visitor.open(f"/report/{key}/check")
    page = visitor.follow(check.link("Who was affected"))
    assert page.path.endswith("/reach")
    assert "Who was affected · Question 1 of 4" in page.text
    assert visitor.follow(page.link("Back")).path.endswith("/check")
    page = visitor.send(page, reach="reach/few")
    assert page.path.endswith("/affected-role")
    assert visitor.follow(page.link("Back")).path.endswith("/reach")
    page = visitor.follow(page.link("Skip this question"))
    assert page.path.endswith("/affected-group")
    page = visitor.send(page)  # an empty answer is as good as skipping
    check = visitor.send(page, harmed="patients of a clinic")
    assert check.address.endswith("/check#more")
    assert "Who was affected 2 of 4 answered" in check.text
    assert "First steps Not started" in check.text
    page = visitor.follow(check.link("Who was affected"))
    assert page.path.endswith("/affected-role"), "the first question without an answer"


@pytest.mark.parametrize("slug", list(WRONG))
def test_what_is_wrong_is_said_twice_and_what_was_typed_is_kept(town: Town, slug: str) -> None:
    typed, wanted = WRONG[slug]
    visitor, key = town.signed_in("member"), town.draft(BARE)
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
    assert page.summary == {"Say what happened.": "#text", "Give the report a title.": "#title"}
    assert list(page.summary.values()) == ["#text", "#title"], "in the order of the page"
    assert "autofocus" in page.html
    assert not town.side.submissions.own(town.people.member).items


def test_leaving_early_keeps_what_there_is_and_asks_for_nothing(town: Town) -> None:
    visitor = town.signed_in("member")
    page = visitor.send(begin(visitor), press=("then", "later"), text="Half a story")
    assert page.path == "/mine"
    assert "Your report is saved." in page.text
    assert "Draft without a title" in page.text
    opened = visitor.follow(visitor.follow(page.link("Draft without a title")).link("Go on with it"))
    assert opened.path.endswith("/story"), "where it stopped"
    assert typed_into(opened, "text") == ["Half a story"]


def test_leaving_early_does_not_keep_what_cannot_be_read(town: Town) -> None:
    visitor, key = town.signed_in("member"), town.draft()
    page = visitor.open(f"/report/{key}/when")
    refused = visitor.send(page, typed={"from": "in May"}, press=("then", "later"))
    assert refused.status == 422
    assert list(refused.summary.values()) == ["#from"]
    assert typed_into(refused, "from") == ["in May"]


def test_leaving_an_empty_form_leaves_nothing(town: Town) -> None:
    visitor = town.signed_in("member")
    page = visitor.send(begin(visitor), press=("then", "later"))
    assert "Nothing was written, so nothing was saved." in page.text
    assert "No reports yet" in page.text


def test_the_form_leaves_alone_what_it_does_not_ask(town: Town) -> None:
    raw = account()
    raw["classification"]["reversibility"] = ["reversibility/easily"]
    raw["classification"]["recurrence"] = ["recurrence/once"]
    key = town.draft(raw)
    visitor = town.signed_in("member")
    visitor.send(visitor.open(f"/report/{key}/severity"), severity="severity/minor")
    kept = town.side.intake.read(town.people.member, key).account.to_json()["classification"]
    assert kept["reversibility"] == ["reversibility/easily"]
    assert kept["recurrence"] == ["recurrence/once"]
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
    for path in ("story", "developers", "check"):
        page = visitor.open(f"/report/{key}/{path}")
        assert "<script>" not in page.html
        assert "<b onclick" not in page.html
    assert visitor.open(f"/report/{key}/story").form().controls["title"].values == [sharp]
