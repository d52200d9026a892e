"""Is this an incident? The pages of the short questions, and their outcome in the form."""

from __future__ import annotations

import re
from urllib.parse import parse_qs, urlsplit

import pytest

from tests.factories import account
from tests.web.browsing import Page, Visitor
from tests.web.pages.answers import key_of
from tests.web.town import Town
from web.pages.language import LANGUAGES

NEAR_MISS = {"ai": "yes", "harm": "no", "close": "yes", "community": "no", "life": "unsure", "grave": "yes"}


def answer(visitor: Visitor, page: Page, replies: dict[str, str]) -> Page:
    """Reply to each question in turn, by what the page offers."""
    for name, reply in replies.items():
        form = next(form for form in page.forms if form.action.endswith("/report/kind"))
        assert form.method == "get"
        assert form.controls[name].offered == ["yes", "no", "unsure"]
        held = {key: control.values[0] for key, control in form.controls.items() if control.values}
        query = "&".join(f"{key}={value}" for key, value in {**held, name: reply}.items())
        page = visitor.follow(f"{form.action}?{query}")
    return page


def chosen(page: Page, name: str) -> list[str]:
    return page.form().controls[name].values


def test_without_an_account_the_questions_end_in_a_kind_and_a_severity_and_say_why(town: Town) -> None:
    visitor = town.visitor()
    first = visitor.follow(visitor.open("/report").link("Is this an incident?"))
    found = answer(visitor, first, NEAR_MISS)
    assert found.html.count("<h1>Near miss</h1>") == 1
    for words in (
        "Severity: Serious",
        "An AI system played a part.",
        "Harm was about to happen and was stopped, so it is a near miss.",
        "Grave harm, or a basic need lost for weeks, is serious.",
        "it may be more severe",
        "You will be asked to sign in",
    ):
        assert words in found.text
    assert visitor.client.get_cookie("commons") is None, "nothing is stored anywhere"


def test_questions_are_put_for_what_could_have_followed(town: Town) -> None:
    visitor = town.visitor()
    done = answer(visitor, visitor.open("/report/kind"), {"ai": "yes", "harm": "yes"})
    assert "Does a whole community need help" in done.text
    possible = answer(visitor, visitor.open("/report/kind"), {"ai": "yes", "harm": "no", "close": "yes"})
    assert "Could a whole community have needed help" in possible.text


def test_a_page_that_is_sent_without_a_reply_says_so(town: Town) -> None:
    page = town.visitor().open("/report/kind?ai=yes&asked=harm")
    assert page.status == 422
    assert page.title.startswith("Error: ")
    assert page.summary == {"Choose yes, no or not sure.": "#harm"}
    assert page.text.count("Choose yes, no or not sure.") == 2
    assert "harm" in page.ids


def test_every_question_leads_back_to_the_one_before(town: Town) -> None:
    visitor = town.visitor()
    page = answer(visitor, visitor.open("/report/kind"), {"ai": "unsure", "harm": "no"})
    back = visitor.follow(page.link("Back"))
    assert "Was anybody or anything harmed?" in back.text
    assert parse_qs(urlsplit(back.address).query) == {"ai": ["unsure"]}
    assert visitor.follow(visitor.follow(back.link("Back")).link("Back")).path == "/report"


def test_what_is_none_for_the_registry_can_be_reported_all_the_same(town: Town) -> None:
    visitor = town.signed_in("member")
    page = answer(visitor, visitor.open("/report/kind"), {"ai": "no"})
    assert "none for this registry" in page.text
    begun = visitor.follow(page.link("Report it all the same"))
    assert begun.path == "/report/new"


def test_the_outcome_is_carried_into_a_new_report(town: Town) -> None:
    visitor = town.signed_in("member")
    found = answer(visitor, visitor.open("/report/kind"), NEAR_MISS)
    story = visitor.follow(found.link("Start a report with this"))
    language = visitor.send(story, title="Nearly", text="It nearly told them the wrong dose.")
    kind = visitor.send(language)
    assert chosen(kind, "kind") == ["kind/near-miss"]
    severity = visitor.send(kind)
    assert chosen(severity, "severity") == ["severity/serious"]
    assert "How bad could it have been" in severity.text
    key = key_of(kind)
    stored = town.side.intake.read(town.people.member, key).account.classification
    assert stored == {"kind": ("kind/near-miss",), "severity": ("severity/serious",)}


def test_the_outcome_is_a_proposal_in_a_report_that_was_begun(town: Town) -> None:
    visitor, key = town.signed_in("member"), town.draft()
    kind = visitor.open(f"/report/{key}/kind")
    first = visitor.follow(kind.link("Not sure? Answer a few short questions"))
    found = answer(visitor, first, NEAR_MISS)
    kind = visitor.follow(found.link("Use this in my report"))
    assert kind.path == f"/report/{key}/kind"
    assert chosen(kind, "kind") == ["kind/near-miss"]
    assert "came to" in kind.text
    assert town.actions(key) == ["create"], "nothing is kept until the person continues"
    severity = visitor.send(kind)
    assert severity.path == f"/report/{key}/severity"
    assert chosen(severity, "severity") == ["severity/serious"]
    assert "came to" not in severity.text, "it was chosen already"
    assert visitor.send(severity, severity="severity/minor").path == f"/report/{key}/failure"


def test_from_the_answers_it_leads_back_to_them(town: Town) -> None:
    visitor, key = town.signed_in("member"), town.draft()
    kind = visitor.follow(visitor.open(f"/report/{key}/check").link("Change Kind of event"))
    found = answer(visitor, visitor.follow(kind.link("Not sure?")), NEAR_MISS)
    severity = visitor.send(visitor.follow(found.link("Use this in my report")))
    assert severity.path == f"/report/{key}/severity"
    assert visitor.send(severity).address.endswith(f"/report/{key}/check#severity")


def test_going_back_before_the_first_question_leads_to_the_form(town: Town) -> None:
    visitor, key = town.signed_in("member"), town.draft()
    first = visitor.follow(visitor.open(f"/report/{key}/severity").link("Not sure?"))
    assert visitor.follow(first.link("Back")).path == f"/report/{key}/kind"


@pytest.mark.parametrize("query", ["kind=nothing", "kind=../x", "severity=%22%3E%3Cb%3E", "kind=kind/hazard"])
def test_an_outcome_that_is_none_is_not_taken(town: Town, query: str) -> None:
    visitor, key = town.signed_in("member"), town.draft()
    for slug in ("kind", "severity"):
        page = visitor.open(f"/report/{key}/{slug}?{query}")
        assert chosen(page, slug) == account()["classification"][slug]
        assert "came to" not in page.text
        assert query.partition("=")[2] not in page.html.partition("<form")[0], "nothing of it is repeated"


@pytest.mark.parametrize("draft", ["x", "0" * 31, "%22%3E", "0" * 32])
def test_a_draft_that_is_none_leads_nowhere_else(town: Town, draft: str) -> None:
    page = town.visitor().open(f"/report/kind?for={draft}&ai=no")
    assert page.status == 200
    assert "<b>" not in page.html
    assert not re.search(r'"/report/[^k"/]+[^0"][^"]*/kind', page.html)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_questions_stay_in_their_language(town: Town, language: str) -> None:
    visitor = town.visitor("" if language == "en" else f"/{language}")
    page = answer(visitor, visitor.open("/report/kind"), NEAR_MISS)
    assert page.lang == language
    assert page.path == f"{visitor.prefix}/report/kind"
