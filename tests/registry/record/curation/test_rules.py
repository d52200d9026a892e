"""What a node may say of a field of somebody else's record, and when that is out of date."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest

from registry.account import Account
from registry.record.curation.rules import (
    LIMITS,
    NOT_READ,
    NOTE,
    SUMMARY,
    TITLE,
    Line,
    Reading,
    fields,
    is_readable,
    is_stale,
    owner_of,
    problems,
)
from registry.record.types import DerivedCode, Origin, Provenance, PublicRecord, RecordState
from taxonomy import load
from tests.factories import account
from tests.registry.record.samples import record

FACETS = tuple(facet for facet in fields(load()) if facet not in LIMITS)
CODES = Reading("severity", ("severity/critical",), because="Two people were hurt.")
TEXT = Reading(TITLE, text="Une note a exclu des familles", language="fr")


def line(reading: Reading, of: PublicRecord) -> Line:
    return Line(reading, of.revision, owner_of(of, reading.field), 1, date(2026, 11, 29))


def told(**changes: object) -> Account:
    return Account.from_json(account(happened={"from": "2026-03"}, **changes))


def coded(facet: str, *codes: str) -> Account:
    raw = account(happened={"from": "2026-03"})
    raw["classification"][facet] = list(codes)
    return Account.from_json(raw)


CHANGES: dict[str, tuple[Callable[[PublicRecord], PublicRecord], set[str]]] = {
    "nothing": (lambda one: one, set()),
    "a revision that changes no field": (lambda one: replace(one, revision=9), set()),
    "the title": (lambda one: replace(one, account=told(title="Another title")), {TITLE, NOTE}),
    "the text": (lambda one: replace(one, account=told(text="Another text.")), {SUMMARY, NOTE}),
    "the language": (lambda one: replace(one, account=told(language="es")), {TITLE, SUMMARY, NOTE}),
    "the severity": (
        lambda one: replace(one, account=coded("severity", "severity/minor")),
        {"severity", NOTE},
    ),
    "the state": (lambda one: replace(one, state=RecordState.RETRACTED), {NOTE}),
    "a code that nobody here knows": (
        lambda one: replace(one, raw={"unknown-codes": {"severity": ["severity/galactic"]}}),
        {"severity"},
    ),
    "a derived code": (
        lambda one: replace(one, derived=(DerivedCode("sector/education", "x:y", "closeMatch"),)),
        {"sector"},
    ),
    "where it comes from": (lambda one: replace(one, demo=False, related=()), set()),
}
"""What the owner changed → the fields whose readings are out of date by it; all others are not."""


@pytest.mark.parametrize("field", fields(load()))
@pytest.mark.parametrize("change", CHANGES)
def test_a_reading_is_stale_exactly_when_its_owner_changed_that_field(change: str, field: str) -> None:
    before, (how, fields_) = record(), CHANGES[change]
    read = line(Reading(field), before)
    assert is_stale(read, how(before)) == (field in fields_)


def test_what_is_as_it_was_again_is_read_again() -> None:
    before = record()
    read = line(CODES, before)
    between = replace(before, revision=2, account=coded("severity", "severity/minor"))
    assert is_stale(read, between)
    assert not is_stale(read, replace(before, revision=3))


def test_every_facet_that_reviewers_code_can_be_read() -> None:
    assert set(FACETS) == set(load().facets) - NOT_READ


@pytest.mark.parametrize("origin", Origin)
def test_only_records_of_others_are_read(origin: Origin) -> None:
    assert is_readable(record(provenance=Provenance(origin, "x"))) == (origin is not Origin.OWN)


def test_a_good_reading_has_no_problem() -> None:
    for good in (CODES, TEXT, Reading(NOTE, text="Seen here too.", language="en")):
        assert problems(load(), record(), good) == []


BAD: dict[str, tuple[Reading, set[str]]] = {
    "no such field": (replace(CODES, field="mood"), {"/field"}),
    "a facet of software": (replace(CODES, field="status"), {"/field"}),
    "no code": (replace(CODES, codes=()), {"/codes"}),
    "a code of another facet": (replace(CODES, codes=("harm/injury",)), {"/codes/0"}),
    "a code that is none": (replace(CODES, codes=("severity/galactic",)), {"/codes/0"}),
    "two where one is asked": (
        replace(CODES, codes=("severity/critical", "severity/minor")),
        {"/codes"},
    ),
    "no reason": (replace(CODES, because=" "), {"/because"}),
    "a reason that nobody sees": (replace(CODES, because="\u200b"), {"/because"}),
    "too long a reason": (replace(CODES, because="x" * 501), {"/because"}),
    "a text beside codes": (replace(CODES, text="x"), {"/text"}),
    "a text of nothing": (replace(TEXT, text=""), {"/text"}),
    "what cannot be stored": (replace(TEXT, text="a\x00b"), {"/text"}),
    "half a letter": (replace(CODES, because="a\ud800b"), {"/because"}),
    "a title of two lines": (replace(TEXT, text="one\ntwo"), {"/text"}),
    "too long a title": (replace(TEXT, text="x" * 201), {"/text"}),
    "too long a summary": (Reading(SUMMARY, text="x" * 5_001, language="fr"), {"/text"}),
    "too long a note": (Reading(NOTE, text="x" * 1_001, language="fr"), {"/text"}),
    "no language": (replace(TEXT, language=""), {"/language"}),
    "a language that is none": (replace(TEXT, language="qqx"), {"/language"}),
    "codes beside a text": (replace(TEXT, codes=("severity/minor",)), {"/codes"}),
    "what the owner says": (
        replace(CODES, codes=record().codes()["severity"]),
        {"/codes"},
    ),
}


@pytest.mark.parametrize("name", BAD)
def test_a_bad_reading_says_what_is_wrong(name: str) -> None:
    reading, pointers = BAD[name]
    assert {one.pointer for one in problems(load(), record(), reading)} == pointers
