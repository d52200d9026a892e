"""The rules of naming a record, as whole tables."""

from __future__ import annotations

import itertools

import pytest

from registry.account.statement import SHAPES
from registry.intake.similar.rules import (
    RELATION,
    About,
    Held,
    Kind,
    Standing,
    goes_out,
    lacking,
    undecided,
    wrong,
)

RECORD = "AIR-ABCDEFGHIJ-2026-000001"
STATEMENTS = (Kind.STATEMENT, Kind.FIX, Kind.DISPUTE, Kind.REPLY)
GOES_OUT = {
    (Kind.REPORT, Held.OPEN): False,
    (Kind.REPORT, Held.CONFIRMED): True,
    (Kind.REPORT, Held.DROPPED): False,
    (Kind.REPORT, Held.GONE): False,
} | {(kind, held): True for kind in STATEMENTS for held in Held}
"""What the door relates: a report once a reviewer agrees, a statement always (it is nothing without)."""


@pytest.mark.parametrize(("kind", "held"), list(itertools.product(Kind, Held)))
def test_what_goes_out_with_its_relation(kind: Kind, held: Held) -> None:
    assert goes_out(kind, About(RECORD, held)) == (RECORD if GOES_OUT[kind, held] else None)
    assert undecided(kind, About(RECORD, held)) == (kind is Kind.REPORT and held is Held.OPEN)


@pytest.mark.parametrize("kind", Kind)
def test_without_a_record_there_is_nothing_to_decide(kind: Kind) -> None:
    assert goes_out(kind, None) is None
    assert not undecided(kind, None)
    assert (lacking(kind, None) is None) == (kind is Kind.REPORT)
    assert lacking(kind, RECORD) is None


@pytest.mark.parametrize("standing", Standing)
def test_only_a_record_that_stands_can_be_named(standing: Standing) -> None:
    problem = wrong(standing)
    assert (problem is None) == (standing is Standing.GOOD)
    assert problem is None or problem.pointer == "/about/record"


def test_everything_but_a_report_is_a_statement_and_points_in_a_way_of_its_own() -> None:
    assert [kind for kind in Kind if kind.is_statement] == list(STATEMENTS)
    assert {kind.value for kind in STATEMENTS} == set(SHAPES)
    assert set(RELATION) == set(Kind)
    assert len(set(RELATION.values())) == len(Kind)
