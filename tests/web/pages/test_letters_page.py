"""Choosing how often letters come, by the page; and the letter that comes then."""

from __future__ import annotations

from registry.intake.rules import State
from tests.web.pages.organization.mailbox import Mail, deliver
from tests.web.town import Town


def to_the_author(town: Town) -> list[Mail]:
    return [mail for mail in deliver(town) if mail.to == "member@example.org"]


def test_a_letter_says_what_happened_and_nothing_of_the_report(town: Town) -> None:
    key = town.report(State.DECLINED)
    (mail,) = to_the_author(town)
    assert mail.subject == "News about reports"
    assert "A report was declined; you can read why: 1" in mail.text
    assert mail.link == "/mine"
    title = town.signed_in("member").open(f"/mine/{key}").title
    assert key not in mail.text
    assert title.partition(" –")[0] not in mail.text
    assert to_the_author(town) == []


def test_the_page_says_what_is_chosen_and_keeps_another_choice(town: Town) -> None:
    member = town.signed_in("member")
    page = member.open("/account/letters")
    assert 'value="at-once" checked' in page.html
    page = member.send(page, "/letters", rhythm="never")
    assert 'value="never" checked' in page.html
    town.report(State.DECLINED)
    assert to_the_author(town) == []


def test_a_choice_that_is_none_is_refused_with_a_sentence(town: Town) -> None:
    member = town.signed_in("member")
    page = member.open("/account/letters")
    form = page.form("/letters")
    sent = {**form.fill({}), "rhythm": ["hourly"]}
    answer = member.client.post("/account/letters", data=sent)
    assert answer.status_code == 422
    assert "Choose one of these." in answer.get_data(as_text=True)
