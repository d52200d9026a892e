"""The page of a report: both versions side by side, and what changed since an earlier one."""

from __future__ import annotations

import re

from registry.intake.rules import State
from tests.factories import account
from tests.web.browsing import Page
from tests.web.town import Town

NAME, TOLD = "Wanjiru Kamau", "Ask Mrs Wanjiru Kamau at +254 722 000 111."


def row(page: Page, question: str) -> list[str]:
    """The cells of an answer, as they are read."""
    table = page.html.partition('class="stack compare both-sides"')[2].partition("</table>")[0]
    rows = [re.split(r"</t[hd]>", one) for one in table.split("<tr>")]
    cells = [[" ".join(re.sub(r"<[^>]+>", " ", cell).split()) for cell in one] for one in rows]
    return next(one for one in cells if one[0].startswith(question))


def test_what_is_hidden_is_marked_and_named_by_kind_on_both_sides(town: Town) -> None:
    key = town.report(State.IN_REVIEW, account(text=TOLD))
    visitor = town.signed_in("reviewer")
    page = visitor.open(f"/review/{key}")
    thing = next(iter(town.side.reviews.read(town.people.reviewer, key).personal.open)).detail.thing
    page = visitor.send(page, "/details", typed={f"detail-{thing}": "hide"})
    name, here, there = row(page, "What happened?")[:3]
    assert "Hidden: Possible name" in name
    assert "Hidden: Telephone number" in name
    assert here == f"Ask Mrs {NAME} at [PHONE-1] ."
    assert there == "Ask [PERSON-1] at [PHONE-1] ."
    back = visitor.send(page, "/details", typed={f"detail-{thing}": "keep"})
    assert NAME in row(back, "What happened?")[2]


def test_what_is_less_exact_is_marked(town: Town) -> None:
    key = town.report(State.IN_REVIEW, account(happened={"from": "2026-03-04", "to": None}))
    visitor = town.signed_in("reviewer")
    page = visitor.open(f"/review/{key}")
    tried = visitor.send(page, "/exactness", ("act", "try"), {"exact-date": "year"})
    name, here, there = row(tried, "When")[:3]
    assert "Less exact" in name
    assert ("March" in here, there) == (True, "2026")


def test_a_new_version_shows_what_changed_word_by_word(town: Town) -> None:
    key = town.report(State.CHANGES_REQUESTED)
    member = town.people.member
    town.side.intake.revise(
        member, key, account(text="A health chatbot answered with thrice the safe dose."), expected=None
    )
    town.side.intake.submit(member, key)
    page = town.signed_in("reviewer").open(f"/review/{key}")
    assert "Changed since version 1" in page.text
    changes = page.html.partition('class="changed"')[2].partition("</dl>")[0]
    assert "<del>" in changes
    assert "thrice" in re.sub(r"<[^>]+>", "", "".join(re.findall(r"<ins>.*?</ins>", changes)))
    assert "Title" not in changes


def test_a_first_version_has_nothing_to_compare_with(town: Town) -> None:
    assert (
        "Changed since version"
        not in town.signed_in("reviewer").open(f"/review/{town.report(State.IN_REVIEW)}").text
    )
