"""The rules of naming a record, as whole tables."""

from __future__ import annotations

import itertools

import pytest

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
from registry.record.types import RecordType

RECORD = "AIR-ABCDEFGHIJ-2026-000001"
GOES_OUT = {
    (Kind.REPORT, Held.OPEN): False,
    (Kind.REPORT, Held.CONFIRMED): True,
    (Kind.REPORT, Held.DROPPED): False,
    (Kind.REPORT, Held.GONE): False,
    (Kind.STATEMENT, Held.OPEN): True,
    (Kind.STATEMENT, Held.CONFIRMED): True,
    (Kind.STATEMENT, Held.DROPPED): True,
    (Kind.STATEMENT, Held.GONE): True,
}
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


def test_kinds_are_those_of_public_records() -> None:
    assert {kind.value for kind in Kind} < {kind.value for kind in RecordType}
    assert set(RELATION) == set(Kind)
