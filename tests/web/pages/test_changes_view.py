"""What a revision changed, in words that people read."""

from __future__ import annotations

from dataclasses import replace

from flask import Flask

from registry.account import Account
from registry.record.types import DerivedCode, PublicRecord, RecordState
from tests.factories import account
from tests.web.pages.conftest import own_record
from web.pages.changes_view import changes, generalised_names, pieces

RECORD_ID = "AIR-ABCDEFGHIJ-2026-000001"


def as_text(app: Flask, old: PublicRecord, new: PublicRecord, language: str = "") -> dict[str, str]:
    """Name of each field that changed → what was removed in brackets, what was added after a plus."""
    marks = {"same": "{}", "removed": "[{}]", "added": "+{}"}
    with app.test_request_context("/", environ_overrides={"commons.language": language or None}):
        found = changes(old, new)
    return {
        change.name: "".join(marks[piece.kind].format(piece.text) for piece in change.pieces)
        for change in found
    }


def revised(old: PublicRecord, **fields: object) -> PublicRecord:
    return replace(old, revision=2, account=Account.from_json(account(**fields)))


def test_codes_countries_dates_and_intervals_are_compared_in_words(app: Flask) -> None:
    old = own_record(RECORD_ID, account())
    new = revised(
        old,
        countries=["UG"],
        happened={"from": "2026-04", "to": None},
        classification=account()["classification"] | {"severity": ["severity/critical"]},
        response={
            "contained": {"answer": "not-yet"},
            "told": [{"audience": "audience/funders", "state": "planned"}],
        },
    )
    found = as_text(app, old, new)
    assert found["countries"] == "[Kenya]+Uganda"
    assert found["happened"] == "[March ]+April 2026"
    assert found["severity"] == "[Serious]+Critical"
    assert found["contained"] == "[3 hours]+Not yet"
    assert found["detected"] == "[2 days]"
    assert found["told"].endswith("(Will be told)")
    assert "/" not in "".join(found.values())


def test_they_are_in_the_language_of_the_page(app: Flask) -> None:
    old = own_record(RECORD_ID, account())
    assert as_text(app, old, revised(old, countries=["DE"]), "fr") == {"countries": "[Kenya]+Allemagne"}


def test_states_derived_terms_and_coarser_fields_have_names(app: Flask) -> None:
    old = own_record(RECORD_ID, account())
    new = replace(
        old,
        state=RecordState.RETRACTED,
        derived=(DerivedCode("harm/injury", "cset-v1:2.1", "closeMatch"),),
        generalised=("/entities/harmed",),
    )
    found = as_text(app, old, new)
    assert found["state"] == "+Retracted"
    assert found["derived"].endswith("(cset-v1:2.1)")
    assert found["generalised"] == "+Harmed or nearly harmed (alleged)"
    with app.test_request_context("/"):
        assert generalised_names(replace(old, generalised=("/unheard-of",))) == ["unheard-of"]


def test_every_state_has_a_name(app: Flask) -> None:
    old = own_record(RECORD_ID, account())
    said = [
        as_text(app, old, replace(old, state=state)).get("state")
        for state in RecordState
        if state not in (RecordState.PUBLISHED, RecordState.REVISED)
    ]
    assert None not in said
    assert len(set(said)) == len(said)


def test_equal_revisions_changed_nothing(app: Flask) -> None:
    old = own_record(RECORD_ID, account())
    assert as_text(app, old, replace(old, revision=2)) == {}


def test_long_texts_are_shown_whole_before_and_after() -> None:
    assert [piece.kind for piece in pieces("a " * 5000, "b " * 5000)] == ["removed", "added"]
