"""What people type: dates and countries in many forms, texts of any length and direction, nothing lost."""

from __future__ import annotations

import pytest

from registry.account import TEXT_MAX
from tests.web.pages.answers import begin, key_of
from tests.web.pages.test_report_form_pages import BARE, typed_into
from tests.web.town import Town


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        (" 2026 ", "2026"),
        ("5 مارس ٢٠٢٦", "2026-03-05"),
        ("mars 2026", "2026-03"),
        ("12.03.2026", "2026-03-12"),
    ],
)
def test_dates_are_as_precise_as_they_were_typed(town: Town, typed: str, stored: str) -> None:
    visitor, key = town.signed_in("member"), town.draft({"title": "When", "language": "en"})
    visitor.send(visitor.open(f"/report/{key}/when"), typed={"from": typed})
    happened = town.side.intake.read(town.people.member, key).account.happened
    assert happened is not None
    assert happened.start == stored


def test_a_date_with_two_meanings_is_asked_back(town: Town) -> None:
    visitor, key = town.signed_in("member"), town.draft({"title": "When", "language": "en"})
    page = visitor.send(visitor.open(f"/report/{key}/when"), typed={"from": "03/04/2026"})
    assert page.status == 422
    assert "This can be April 3, 2026 or March 4, 2026." in " ".join(page.summary)
    assert typed_into(page, "from") == ["03/04/2026"]
    assert page.form().controls["from-meant"].offered == ["2026-04-03", "2026-03-04"]
    again = visitor.send(page)
    assert again.status == 422, "nothing is guessed"
    assert visitor.send(again, from_meant="2026-03-04").path.endswith("/where")
    happened = town.side.intake.read(town.people.member, key).account.happened
    assert happened is not None
    assert happened.start == "2026-03-04"
    shown = visitor.open(f"/report/{key}/when")
    assert typed_into(shown, "from") == ["March 4, 2026"]


@pytest.mark.parametrize(
    ("prefix", "typed"),
    [("", "egypt "), ("", "EG"), ("/fr", "Égypte"), ("/fr", "egypte"), ("/es", "Egipto"), ("/ar", "مصر")],
)
def test_countries_are_understood_in_the_readers_words(town: Town, prefix: str, typed: str) -> None:
    visitor, key = town.signed_in("member", prefix), town.draft({"title": "Where", "language": "en"})
    visitor.send(visitor.open(f"/report/{key}/where"), countries=[typed, "", ""])
    assert town.side.intake.read(town.people.member, key).account.countries == ("EG",)
    again = visitor.open(f"/report/{key}/where").form().controls["countries"].values
    assert again == [{"": "Egypt", "/fr": "Égypte", "/es": "Egipto", "/ar": "مصر"}[prefix], "", ""]


def test_a_text_of_the_greatest_length_is_kept_and_one_more_sign_is_named(town: Town) -> None:
    visitor, key = town.signed_in("member"), town.draft(BARE)
    page = visitor.open(f"/report/{key}/story")
    longest = ("سطر أول line\r\n" * 2000)[:TEXT_MAX].rstrip() + "…"
    longest = longest.replace("\r\n", "\n")
    longest += "x" * (TEXT_MAX - len(longest))
    refused = visitor.send(page, text=f"{longest}y")
    assert refused.status == 422
    assert f"{TEXT_MAX + 1} characters, and the limit is {TEXT_MAX}" in " ".join(refused.summary)
    assert refused.form().controls["text"].values == [f"{longest}y"], "nothing is lost"
    assert visitor.send(refused, text=longest).path.endswith("/language")
    assert town.side.intake.read(town.people.member, key).account.text == longest


@pytest.mark.parametrize("nothing", ["\u200b\u200e", "\u2060 \ufeff\n", "\u00a0\u3000"])
def test_what_nobody_can_see_is_no_story(town: Town, nothing: str) -> None:
    visitor = town.signed_in("member")
    page = visitor.send(begin(visitor), title=nothing, text=nothing)
    assert list(page.summary.values()) == ["#text", "#title"]


def test_mixed_directions_and_joiners_come_back_as_they_were_typed(town: Town) -> None:
    visitor = town.signed_in("member")
    text = "قال البوت \u2067drink 2 l\u2069 لطفل.\nمی\u200cخواهم 👩\u200d⚕️"
    page = visitor.send(begin(visitor), title="بوت \u200egave\u200e نصيحة", text=text)
    account_kept = town.side.intake.read(town.people.member, key_of(page)).account
    assert account_kept.text == text
    assert account_kept.language == "ar", "proposed by the letters"
    assert page.form().controls["language"].values == ["ar"]
