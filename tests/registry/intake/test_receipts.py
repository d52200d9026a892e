"""Receipt codes: secret at rest, whole to whoever holds them, worth nothing when guessed."""

from __future__ import annotations

import re

import pytest

from registry.errors import NotFound
from registry.intake.rules import State
from tests.registry.house import House


def test_the_database_alone_does_not_give_a_code_away(house: House) -> None:
    made = house.side.intake.create(house.people.member, {"title": "A draft"}, channel="form")
    rows = [str(value) for row in house.ask("SELECT * FROM submission") for value in row]
    assert made.receipt not in " ".join(rows)
    assert re.sub(r"\W", "", made.receipt) not in " ".join(rows)


def test_codes_differ_and_are_long(house: House) -> None:
    codes = {
        house.side.intake.create(house.people.member, {"title": "T"}, channel="form").receipt
        for _ in range(20)
    }
    assert len(codes) == 20
    assert all(len(re.sub(r"\W", "", code)) >= 16 for code in codes)


def test_its_organization_can_read_the_code_again_and_no_other(house: House) -> None:
    made = house.side.intake.create(house.people.member, {"title": "T"}, channel="form")
    key = made.view.summary.id
    assert house.side.intake.receipt(house.people.member, key) == made.receipt
    with pytest.raises(NotFound):
        house.side.intake.receipt(house.people.other_member, key)


def test_the_holder_sees_the_state_and_nothing_of_the_text(house: House) -> None:
    key = house.accepted(title="A very telling title")
    code = house.side.intake.receipt(house.people.member, key)
    seen = house.side.submissions.by_receipt(code)
    assert seen.state is State.ACCEPTED
    assert "telling" not in repr(seen)
    assert "Lake Health" not in repr(seen)


@pytest.mark.parametrize(
    "change", [str.lower, lambda code: f"  {code} ", lambda code: code.replace("-", " ")]
)
def test_people_may_write_the_code_as_they_like(house: House, change: object) -> None:
    assert callable(change)
    made = house.side.intake.create(house.people.member, {"title": "T"}, channel="form")
    assert house.side.submissions.by_receipt(change(made.receipt)).state is State.DRAFT


@pytest.mark.parametrize("wrong", ["", "x", "0" * 16, "é" * 24, "A" * 100_000, "\x00"])
def test_a_wrong_code_is_simply_not_found(house: House, wrong: str) -> None:
    house.draft()
    with pytest.raises(NotFound):
        house.side.submissions.by_receipt(wrong)
