"""Every rung of every ladder, and what becomes of an account that stands on it."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from registry.account import check
from registry.privacy.coarsening import DEFAULT, LADDERS, Levels, coarsen, finest, left_standing
from registry.privacy.coarsening.ladders import MOST_EXACT
from taxonomy import load
from tests.factories import account
from tests.registry.privacy.coarsening.samples import exact

TODAY = date(2026, 11, 24)
A_HEALTH_ORGANIZATION, A_MAKER = "a health organization", "a maker of AI systems"
PEOPLE = "people who were affected"


def at(ladder: str, rung: str) -> Levels:
    return MOST_EXACT.with_rung(ladder, rung)


PLACES: list[tuple[str, dict[str, Any], tuple[str, ...]]] = [
    # rung, what is left of place, countries and regions, what is said of it
    ("exact", {"place": {"exact": "Kakuma Clinic 5", "district": "Turkana"}, "countries": ["KE"]}, ()),
    ("district", {"place": {"district": "Turkana"}, "countries": ["KE"]}, ("place: exact → district",)),
    ("country", {"countries": ["KE"]}, ("place: exact → country",)),
    ("region", {"countries": ["withheld"], "regions": ["014"]}, ("place: exact → region",)),
    ("withheld", {"countries": ["withheld"]}, ("place: exact → withheld",)),
]
DATES = [
    ("day", {"from": "2026-03-05", "to": "2026-03-20"}, ()),
    ("month", {"from": "2026-03"}, ("date: day → month",)),
    ("quarter", {"from": "2026-Q1"}, ("date: day → quarter",)),
    ("year", {"from": "2026"}, ("date: day → year",)),
]
PARTS: list[tuple[str, str, str, Any, tuple[str, ...]]] = [
    # ladder, rung, where to look, what is there, what is said of it
    ("reach", "range", "classification/reach", ["reach/tens"], ()),
    ("reach", "withheld", "classification/reach", None, ("reach: range → withheld",)),
    ("system", "name", "entities/systems", ["Acme Bot"], ()),
    ("system", "type", "entities/systems", None, ("system: name → type",)),
    ("system", "type", "classification/system", ["system/chatbot"], ("system: name → type",)),
    ("developers", "named", "entities/developers", ["Acme"], ()),
    ("developers", "described", "entities/developers", [A_MAKER], ("developers: named → described",)),
    ("developers", "withheld", "entities/developers", None, ("developers: named → withheld",)),
    ("organizations", "named", "entities/deployers", ["Lake Health"], ()),
    (
        "organizations",
        "described",
        "entities/deployers",
        [A_HEALTH_ORGANIZATION],
        ("organizations: named → described",),
    ),
    ("organizations", "described", "entities/harmed", [PEOPLE], ("organizations: named → described",)),
    ("organizations", "withheld", "entities/deployers", None, ("organizations: named → withheld",)),
    ("links", "given", "links", ["https://example.org/notice"], ()),
    ("links", "withheld", "links", None, ("links: given → withheld",)),
]


@pytest.mark.parametrize(("rung", "left", "said"), PLACES)
def test_the_ladder_of_places(rung: str, left: dict[str, Any], said: tuple[str, ...]) -> None:
    found = coarsen(exact(), at("place", rung))
    assert {
        key: found.account[key] for key in ("place", "countries", "regions") if key in found.account
    } == left
    assert found.generalised == said


@pytest.mark.parametrize(("rung", "left", "said"), DATES)
def test_the_ladder_of_dates(rung: str, left: dict[str, str], said: tuple[str, ...]) -> None:
    found = coarsen(exact(), at("date", rung))
    assert found.account["happened"] == left
    assert found.generalised == said


@pytest.mark.parametrize(("ladder", "rung", "where", "left", "said"), PARTS)
def test_the_other_ladders(ladder: str, rung: str, where: str, left: Any, said: tuple[str, ...]) -> None:
    found = coarsen(exact(), at(ladder, rung))
    part: Any = found.account
    for key in where.split("/"):
        part = part.get(key) if part else None
    assert part == left
    assert found.generalised == said


def test_the_tables_above_hold_every_rung() -> None:
    shown = {(ladder, rung) for ladder, rung, *_ in PARTS}
    shown |= {("place", rung) for rung, *_ in PLACES} | {("date", rung) for rung, *_ in DATES}
    assert shown == {(ladder, rung) for ladder, rungs in LADDERS.items() for rung in rungs}


def test_without_a_choice_the_public_reads_the_country_and_the_rest_as_told() -> None:
    found = coarsen(exact(), DEFAULT)
    assert "place" not in found.account
    assert found.generalised == ("place: exact → country",)
    assert "Kakuma Clinic 5" not in str(found.account)
    assert "Turkana" not in str(found.account)
    untouched = account(happened={"from": "2026-03"})
    assert coarsen(untouched, DEFAULT).account == untouched


def test_names_that_go_leave_marks_wherever_they_stand() -> None:
    levels = Levels("country", "day", "range", "type", "named", "described", "given")
    found = coarsen(exact(), levels).account
    assert found["title"] == "[SYSTEM-1] at [PLACE-1] told patients to double a dose"
    assert found["text"] == (
        "In [DISTRICT-1], Kenya, the [SYSTEM-1] of Acme answered. [ORGANIZATION-1] uses [SYSTEM-1] daily."
    )
    assert found["entities"]["developers"] == ["Acme"]


def test_a_withheld_country_is_not_named_in_the_text_either() -> None:
    raw = account(text="Au Kenya et in Kenya.", language="fr", countries=["KE"], title="كينيا")
    found = coarsen(raw, Levels(place="region")).account
    assert found["text"] == "Au [COUNTRY-1] et in [COUNTRY-1]."
    arabic = coarsen(raw | {"language": "ar"}, Levels(place="withheld")).account
    assert arabic["title"] == "[COUNTRY-1]"


def test_overlapping_names_are_taken_out_together() -> None:
    raw = account(
        text="Blue Lake Health Care answered.", entities={"developers": ["Blue Lake"], "systems": []}
    )
    raw["entities"]["deployers"] = ["Lake Health Care"]
    levels = Levels(developers="withheld", organizations="withheld")
    assert coarsen(raw, levels).account["text"] == "[DEVELOPER-1] answered."


def test_a_full_text_stays_within_its_limit() -> None:
    raw = account(title=("Abc " * 50).strip(), entities={"systems": ["Abc"]})
    found = coarsen(raw, Levels(system="type")).account
    assert check(found, load(), TODAY, complete=True) == []
    assert "Abc" not in found["title"]


@pytest.mark.parametrize(
    "written",
    ["MediBot 3000", "medibot3000", "MEDI-BOT 3000", "Medi Bot-3000", "MediBot 3000s", "MediBot 3000's"],
)
def test_a_name_is_taken_out_however_it_is_written(written: str) -> None:
    raw = account(text=f"Then {written} answered.", entities={"systems": ["MediBot 3000"]})
    levels = Levels(system="type")
    assert coarsen(raw, levels).account["text"] == "Then [SYSTEM-1] answered."
    assert left_standing(raw, levels) == ()


@pytest.mark.parametrize("text", ["It gave us a dose.", "Health 30001", "Premedibot 3000", "Medicine 3000"])
def test_other_words_stay(text: str) -> None:
    raw = account(text=text, entities={"systems": ["MediBot 3000", "Health 3000", "USA"]})
    assert coarsen(raw, Levels(system="type")).account["text"] == text


def test_a_name_of_nothing_but_lines_takes_nothing_else_out() -> None:
    raw = account(text="A text - of words.", entities={"systems": ["---", "_ _ _"]})
    assert coarsen(raw, Levels(system="type")).account["text"] == raw["text"]


def test_what_programs_cannot_take_out_is_named() -> None:
    raw = account(
        text="K2 answered, and so did Acme.",
        entities={"systems": ["K2", "Acme"], "deployers": ["Lake Health"]},
        links=["https://lake-health.example/notice"],
    )
    levels = Levels(system="type", organizations="withheld")
    assert left_standing(raw, levels) == ("K2", "Lake Health")
    assert left_standing(raw, DEFAULT) == ()
    assert left_standing(raw, levels.with_rung("links", "withheld")) == ("K2",)


@pytest.mark.parametrize(
    ("sector", "language", "words"),
    [
        (["sector/education"], "fr", "une organisation d’enseignement"),
        (["sector/justice"], "es-PE", "una autoridad de justicia o policía"),
        (["sector/health"], "ar", "منظمة صحية"),
        (["sector/health"], "sw", A_HEALTH_ORGANIZATION),
        (["sector/unknown"], "en", "an organization"),
        ([], "en", "an organization"),
    ],
)
def test_an_organization_is_described_by_its_field_in_the_language_of_the_account(
    sector: list[str], language: str, words: str
) -> None:
    raw = account(language=language)
    raw["classification"]["sector"] = sector
    found = coarsen(raw, Levels(organizations="described")).account
    assert found["entities"]["deployers"] == [words]
    assert finest(found).organizations == "described"


def test_where_an_account_stands() -> None:
    assert finest(exact()) == MOST_EXACT
    silent = Levels("withheld", "year", "withheld", "type", "withheld", "withheld", "withheld")
    assert finest({}) == silent
    assert finest({"countries": ["unknown"], "classification": {"reach": ["reach/unknown"]}}) == silent
    assert finest({"regions": ["014"], "countries": ["withheld"]}).place == "region"
    assert finest({"happened": {"from": "2026", "to": "2026-03"}}).date == "month"


def test_levels_and_their_json() -> None:
    chosen = Levels.from_json({"place": "region", "date": "year"})
    assert Levels.from_json(chosen.to_json()) == chosen
    assert chosen.covers(DEFAULT)
    assert not DEFAULT.covers(chosen)
    for wrong in ({"place": "town"}, {"colour": "red"}):
        with pytest.raises(ValueError, match=r"place|colour"):
            Levels.from_json(wrong)
