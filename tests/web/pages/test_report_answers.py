"""Answers that stand in place of one, and languages that are not in the list, by plain forms."""

from __future__ import annotations

import pytest

from registry.intake.rules import State
from tests.factories import account
from tests.web.pages.test_report_form_pages import typed_into
from tests.web.town import Town


@pytest.mark.parametrize(("code", "shown"), [("unknown", "Date not known"), ("withheld", "Date withheld")])
def test_when_may_be_unknown_or_withheld(town: Town, code: str, shown: str) -> None:
    visitor, key = town.signed_in("member"), town.draft()
    page = visitor.open(f"/report/{key}/when?back=check")
    both = visitor.send(page, typed={"from": "2026", "from_none": [code]})
    assert (both.status, list(both.summary.values())) == (422, ["#from"])
    assert typed_into(both, "from") == ["2026"]
    assert typed_into(both, "from_none") == [code]
    check = visitor.send(both, typed={"from": "", "from_none": [code]})
    assert f"When it happened or began {shown}" in check.text
    assert typed_into(visitor.open(f"/report/{key}/when"), "from_none") == [code]
    visitor.send(visitor.open(f"/report/{key}/check"), "/send")
    assert town.state(key) is State.SUBMITTED
    sent = town.side.intake.read(town.people.member, key).account
    assert sent.to_json()["happened"] == {"from": code}


def test_a_language_that_is_not_in_the_list_is_written_beside_it(town: Town) -> None:
    visitor, key = town.signed_in("member"), town.draft()
    page = visitor.open(f"/report/{key}/language?back=check")
    none = visitor.send(page, typed={"language": "other"})
    assert none.summary == {"Write which other language it is: its name, or its code.": "#language"}
    unsure = visitor.send(page, typed={"language": "fr", "language_other": "Rohingya"})
    assert (unsure.status, typed_into(unsure, "language_other")) == (422, ["Rohingya"])
    unknown = visitor.send(page, typed={"language": "other", "language_other": "xx"})
    assert "xx is no language that we know." in unknown.text
    check = visitor.send(page, typed={"language": "other", "language_other": "Rohingya"})
    assert "Language Rohingya" in check.text
    assert town.side.intake.read(town.people.member, key).account.language == "rhg"
    again = visitor.open(f"/report/{key}/language")
    assert (typed_into(again, "language"), typed_into(again, "language_other")) == (["other"], ["rhg"])


def test_going_on_keeps_a_language_that_a_program_gave(town: Town) -> None:
    visitor, key = town.signed_in("member"), town.draft(account(language="pt-BR"))
    visitor.send(visitor.open(f"/report/{key}/language"))
    assert town.side.intake.read(town.people.member, key).account.language == "pt-BR"


def test_only_the_beginning_may_be_unsaid(town: Town) -> None:
    page = town.signed_in("member").open(f"/report/{town.draft()}/ended")
    assert "to-none" not in page.form().controls
