"""Who may say with whom a report is shared, and until when."""

from __future__ import annotations

import json

import pytest

from registry.errors import Conflict, Invalid
from registry.intake.bulk.report import Fate
from registry.intake.bulk.service import Wish
from registry.intake.labels import NO_RECORD, TOO_HIGH, Label, checked
from registry.intake.similar.rules import Kind
from registry.intake.similar.telling import Telling
from tests.factories import account, keep_details
from tests.registry.house import House


@pytest.mark.parametrize("label", ["AMBER", "TLP:AMBER", "amber+strict", " RED "])
def test_what_is_for_named_recipients_is_refused(label: str) -> None:
    with pytest.raises(Invalid) as refused:
        checked(label)
    (problem,) = refused.value.problems
    assert (problem.pointer, problem.message) == ("/tlp", TOO_HIGH)


@pytest.mark.parametrize(("raw", "label"), [("clear", Label.CLEAR), ("TLP:GREEN", Label.GREEN)])
def test_labels_are_read_as_people_write_them(raw: str, label: Label) -> None:
    assert checked(raw) is label


@pytest.mark.parametrize("raw", ["", "WHITE", "everybody", None, 7])
def test_other_words_are_no_labels(raw: object) -> None:
    with pytest.raises(Invalid):
        checked(raw)


def test_the_choice_ends_when_the_report_is_sent(house: House) -> None:
    key = house.draft()
    member = house.people.member
    assert house.side.labelling.choose(member, key, "GREEN").label is Label.GREEN
    assert house.side.labelling.choose(member, key, "CLEAR").label is Label.CLEAR
    house.side.labelling.choose(member, key, "GREEN")
    house.side.intake.submit(member, key)
    with pytest.raises(Conflict):
        house.side.labelling.choose(member, key, "CLEAR")
    assert [step[0] for step in house.steps(key)] == [
        "create",
        "share-with-partners",
        "share-with-all",
        "share-with-partners",
        "submit",
    ]


def test_a_reviewer_narrows_and_cannot_widen(house: House) -> None:
    key = house.claimed()
    house.side.reviewing.narrowing.to_partners(house.people.reviewer, key)
    assert house.side.intake.read(house.people.member, key).summary.label is Label.GREEN
    with pytest.raises(Conflict):
        house.side.labelling.choose(house.people.member, key, "CLEAR")


def test_a_report_for_partners_names_no_public_record(house: House) -> None:
    house.accepted()
    (public,) = house.side.publication.publish_batch()
    telling = Telling(record=public, label=Label.GREEN)
    with pytest.raises(Invalid):
        house.side.intake.create(house.people.member, account(), channel="form", telling_of=telling)
    made = house.side.intake.create(
        house.people.member, account(), channel="form", telling_of=Telling(label=Label.GREEN)
    )
    with pytest.raises(Conflict) as refused:
        house.side.intake.revise(
            house.people.member, made.view.summary.id, account(), expected=None, about=public
        )
    assert refused.value.message == NO_RECORD


def test_what_is_published_says_the_label_that_was_chosen(house: House) -> None:
    member, reviewer = house.people.member, house.people.reviewer
    raw = account(classification={**account()["classification"], "tlp": ["tlp/green"]})
    key = house.side.intake.create(member, raw, channel="form").view.summary.id
    house.side.labelling.choose(member, key, "CLEAR")
    house.side.intake.submit(member, key)
    house.side.reviews.claim(reviewer, key)
    keep_details(house.side, reviewer, key)
    house.side.reviews.accept(reviewer, key)
    (record,) = house.side.publication.publish_batch()
    assert house.records.read(record).codes()["tlp"] == ("tlp/clear",)


def test_statements_are_for_everybody(house: House) -> None:
    said = {"text": "The same here.", "language": "en", "happened": {"from": "2026-05", "to": None}}
    house.accepted()
    (public,) = house.side.publication.publish_batch()
    telling = Telling(Kind.STATEMENT, public, Label.GREEN)
    with pytest.raises(Invalid):
        house.side.intake.create(house.people.member, said, channel="form", telling_of=telling)


@pytest.mark.parametrize("code", ["tlp/amber", "tlp/amber-strict", "tlp/red"])
def test_an_account_that_is_for_named_recipients_is_refused_whatever_is_said_beside_it(
    house: House, code: str
) -> None:
    with pytest.raises(Invalid) as refused:
        house.draft(classification=account()["classification"] | {"tlp": [code]})
    (problem,) = refused.value.problems
    assert (problem.pointer, problem.message) == ("/classification/tlp", TOO_HIGH)


@pytest.mark.parametrize("said", [["tlp/amber", {}], [[], "tlp/amber"], {"tlp/amber": 1}, "tlp/amber"])
def test_labels_of_odd_shapes_are_refused_in_words(house: House, said: object) -> None:
    with pytest.raises(Invalid) as refused:
        house.draft(classification=account()["classification"] | {"tlp": said})
    assert all(one.pointer.startswith("/classification/tlp") for one in refused.value.problems)


def test_an_account_that_says_itself_that_it_is_for_partners_is(house: House) -> None:
    said = account()["classification"] | {"tlp": ["tlp/green"]}
    key = house.draft(classification=said)
    member = house.people.member
    assert house.side.intake.read(member, key).summary.label is Label.GREEN
    other = house.draft()
    house.side.intake.revise(member, other, account(classification=said), expected=None)
    assert house.side.intake.read(member, other).summary.label is Label.GREEN
    bulk = house.side.bulk
    received = bulk.read(member, json.dumps(account(title="In a file", classification=said)).encode())
    stored = bulk.store(member, received, bulk.check(member, received, language="en", scanned=0), Wish())
    (kept,) = [row.kept.id for row in stored.rows if row.kept is not None]
    assert house.side.intake.read(member, kept).summary.label is Label.GREEN


def test_a_file_with_something_for_named_recipients_says_which_line(house: House) -> None:
    bulk, member = house.side.bulk, house.people.member
    said = account()["classification"] | {"tlp": ["tlp/amber"]}
    received = bulk.read(member, json.dumps(account(classification=said)).encode())
    (row,) = bulk.check(member, received, language="en", scanned=0).rows
    assert (row.fate, TOO_HIGH) == (Fate.WRONG, row.wrong[0].note.message)
