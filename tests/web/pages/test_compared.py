"""Two accounts fact by fact: what agrees, what differs, and what nobody can tell."""

from __future__ import annotations

from typing import Any

import pytest

from registry.account import Account
from tests.factories import account
from tests.web.town import Town
from web.pages import compared
from web.pages.compared import MATCHES, Match, Row

ONE, SAME, PART, OTHER, HIDDEN = Match.ONE, Match.SAME, Match.PART, Match.OTHER, Match.HIDDEN


def named(kind: str, *names: str) -> dict[str, Any]:
    return {"entities": {kind: list(names)}}


def coded(facet: str, *codes: str) -> dict[str, Any]:
    return {"classification": {facet: [f"{facet}/{code}" for code in codes]}}


def on(start: str, end: str | None = None) -> dict[str, Any]:
    return {"happened": {"from": start} | ({"to": end} if end else {})}


def at(*countries: str, **place: str) -> dict[str, Any]:
    return {"countries": list(countries)} | ({"place": place} if place else {})


CASES: list[tuple[str, dict[str, Any], dict[str, Any], Match | None]] = [
    ("Title", {"title": "Dose  doubled"}, {"title": "dose doubled"}, SAME),
    ("Title", {"title": "Dose doubled"}, {"title": "Twice the dose"}, OTHER),
    ("Title", {"title": "Call [PHONE-1]"}, {"title": "Call [PHONE-1]"}, HIDDEN),
    ("When", on("2026-03-05"), on("2026-03-05"), SAME),
    ("When", on("2026-03-05"), on("2026-03"), PART),
    ("When", on("2026-01", "2026-03"), on("2026-Q1"), PART),
    ("When", on("2026-03-05"), on("2026-04"), OTHER),
    ("When", on("unknown"), on("2026"), ONE),
    ("When", on("unknown"), on("withheld"), None),
    ("Where", at("KE"), at("KE"), SAME),
    ("Where", at("KE", "UG"), at("UG"), PART),
    ("Where", at("KE", district="Turkana"), at("KE"), PART),
    ("Where", at("KE"), at("UG"), OTHER),
    ("Where", at("KE"), at("withheld"), ONE),
    ("Where", at("unknown"), at("withheld"), None),
    ("Systems", named("systems", "MediBot"), named("systems", "medibot"), SAME),
    ("Systems", named("systems", "MediBot"), {}, ONE),
    ("Systems", {}, {}, None),
    ("Developers", named("developers", "Acme", "Zeta"), named("developers", "Acme"), PART),
    ("Deployers", named("deployers", "Lake Clinic"), named("deployers", "River Clinic"), OTHER),
    ("Deployers", named("deployers", "[PERSON-1]"), named("deployers", "[PERSON-1]"), HIDDEN),
    ("Deployers", named("deployers", "[PERSON-1]", "Lake"), named("deployers", "Lake"), PART),
    ("Deployers", named("deployers", "[PERSON-1]"), {}, ONE),
    ("Harmed or nearly harmed", named("harmed", "Patients"), named("harmed", "Nurses"), OTHER),
    ("Severity", coded("severity", "serious"), coded("severity", "serious"), SAME),
    ("Severity", coded("severity", "unknown"), coded("severity", "unknown"), None),
    ("Severity", coded("severity", "unknown"), coded("severity", "minor"), ONE),
    ("What went wrong", coded("failure", "fabrication", "jailbreak"), coded("failure", "jailbreak"), PART),
]
EMPTY = {"classification": {}, "entities": {}, "countries": []}


def told(town: Town, here: dict[str, Any], there: dict[str, Any]) -> dict[str, Row]:
    """Name of a fact, without what stands in brackets → both sides of it."""
    sides = [compared.of_account(Account.from_json(account(**EMPTY) | one)) for one in (here, there)]
    with town.app.test_request_context("/"):
        return {row.name.split(" (")[0]: row for row in compared.rows(*sides)}


def test_every_case_of_every_fact(town: Town) -> None:
    for name, here, there, match in CASES:
        for one, other in ((here, there), (there, here)):
            found = told(town, one, other)
            assert (found[name].match if name in found else None) == match, (name, one, other)


@pytest.mark.parametrize("match", Match)
def test_every_match_has_words_of_its_own(match: Match) -> None:
    assert MATCHES[match][0]
    assert len({words for words, _ in MATCHES.values()}) == len(Match)
