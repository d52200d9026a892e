"""By when a report should be decided on: the whole table, and the shorter of two times."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from registry.intake.rules import State
from registry.intake.waiting import lines
from registry.intake.waiting.rules import LEGAL, TARGETS, UNCODED, due, is_late
from taxonomy import load

SENT = datetime(2026, 11, 24, 12, tzinfo=UTC)
DAYS = {"disaster": 1, "critical": 2, "serious": 4, "moderate": 7, "minor": 14, "none": 21, "unknown": 4}
AWAITED = {State.SUBMITTED, State.IN_REVIEW, State.APPEALED}


def of(severity: str | None, told: list[dict[str, str]] | None = None) -> dict[str, Any]:
    coded = {"severity": [f"severity/{severity}"]} if severity else {}
    return {"classification": coded, "response": None if told is None else {"told": told}}


def planned(who: str, state: str = "planned") -> list[dict[str, str]]:
    return [{"audience": f"audience/{who}", "state": state}]


@pytest.mark.parametrize(("severity", "days"), DAYS.items())
def test_the_target_follows_severity(severity: str, days: int) -> None:
    assert due(of(severity), SENT) == SENT + timedelta(days=days)


def test_every_severity_of_the_taxonomy_has_a_target_and_every_duty_an_audience() -> None:
    facets = load().facets
    assert set(TARGETS) == set(facets["severity"].values)
    assert set(LEGAL) <= set(facets["audience"].values)


@pytest.mark.parametrize("raw", [{}, of(None), {"classification": None, "response": None}])
def test_without_a_severity_it_is_as_if_unknown(raw: dict[str, Any]) -> None:
    assert due(raw, SENT) == SENT + UNCODED


@pytest.mark.parametrize(
    ("severity", "told", "days"),
    [
        ("minor", planned("data-authority"), 3),
        ("none", planned("ai-regulator"), 15),
        ("critical", planned("data-authority"), 2),
        ("minor", planned("data-authority", "done"), 14),
        ("minor", planned("public"), 14),
        ("none", planned("ai-regulator") + planned("data-authority"), 3),
    ],
)
def test_an_earlier_legal_deadline_counts_while_the_authority_is_still_to_be_told(
    severity: str, told: list[dict[str, str]], days: int
) -> None:
    assert due(of(severity, told), SENT) == SENT + timedelta(days=days)


@pytest.mark.parametrize("state", State)
def test_only_what_waits_for_reviewers_is_late(state: State) -> None:
    past, now = SENT - timedelta(seconds=1), SENT
    assert is_late(state, past, now) == (state in AWAITED)
    assert not is_late(state, now, now)
    assert not is_late(state, None, now)


def test_all_codes_of_a_report_fit_and_each_is_found_whole() -> None:
    everything = list(load().facets["sector"].values)
    joined = lines.codes({"classification": {"sector": everything}})["coded_sectors"]
    assert joined is not None
    assert len(joined) <= lines.SECTORS_MAX
    assert all(code in everything for code in joined.split())
    assert joined.startswith(" ")
    assert joined.endswith(" ")


def test_a_language_loses_its_region() -> None:
    assert lines.codes({"language": "pt-BR"})["coded_language"] == "pt"
    assert lines.codes({})["coded_language"] == "en"
