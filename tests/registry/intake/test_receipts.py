"""Receipt codes: secret at rest, whole to whoever holds them, worth nothing when guessed."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from registry.errors import NotFound
from registry.intake.receipts import receipt_code
from registry.intake.rules import State
from tests.conftest import SettableClock
from tests.factories import account
from tests.registry.house import SECRET, House

CODE = re.compile(r"[0-9]{4}( [0-9]{4}){5}")


def bare(code: str) -> str:
    return code.replace(" ", "")


def test_the_database_alone_does_not_give_a_code_away(house: House) -> None:
    made = house.side.intake.create(
        house.people.member, account(), channel="api", submit=True, idempotency_key="k"
    )
    tables = ("submission", "submission_version", "idempotency_key", "audit_event", "outbox_job")
    kept = repr([house.ask(f"SELECT * FROM {table}") for table in tables])  # noqa: S608 - names from above
    assert made.view.summary.id in kept
    assert made.receipt not in kept
    assert bare(made.receipt) not in kept


def test_codes_differ_and_have_twenty_four_digits(small_house: House) -> None:
    codes = {
        small_house.side.intake.create(small_house.people.member, {"title": "T"}, channel="form").receipt
        for _ in range(40)
    }
    assert len(codes) == 40
    assert all(CODE.fullmatch(code) for code in codes)


def test_a_code_cannot_be_computed_without_the_nodes_secret() -> None:
    key = "0123456789abcdef" * 2
    assert receipt_code(SECRET, key) == receipt_code(SECRET, key)
    assert len({receipt_code(secret, key) for secret in (SECRET, SECRET + "x", "", key)}) == 4


def test_its_organization_can_read_the_code_again_and_no_other(house: House) -> None:
    made = house.side.intake.create(house.people.member, {"title": "T"}, channel="form")
    key = made.view.summary.id
    assert house.side.intake.receipt(house.people.member, key) == made.receipt
    with pytest.raises(NotFound):
        house.side.intake.receipt(house.people.other_member, key)


def test_the_code_follows_the_report_to_its_record(house: House) -> None:
    key = house.draft()
    code = house.side.intake.receipt(house.people.member, key)
    people, side = house.people, house.side
    acts: dict[State, Callable[[], object]] = {
        State.DRAFT: lambda: None,
        State.SUBMITTED: lambda: side.intake.submit(people.member, key),
        State.IN_REVIEW: lambda: side.reviews.claim(people.reviewer, key),
        State.ACCEPTED: lambda: side.reviews.accept(people.reviewer, key),
        State.SCHEDULED: side.publication.reserve,
        State.PUBLISHED: side.publication.publish_batch,
    }
    for state, act in acts.items():
        act()
        seen = side.following.by_code(code).status
        assert seen.state is state
        assert (seen.record_id is not None) == (state is State.PUBLISHED)
    assert [step.action for step in seen.steps] == [
        "create",
        "submit",
        "claim",
        "accept",
        "schedule",
        "publish",
    ]


def test_the_holder_learns_no_text_no_name_no_person_and_no_reason(house: House) -> None:
    key = house.claimed(title="A very telling title")
    house.side.reviews.request_changes(house.people.reviewer, key, "Words for the organization.")
    house.side.intake.revise(house.people.member, key, account(title="A telling title"), expected=None)
    house.side.intake.submit(house.people.member, key)
    house.side.reviews.decline(house.people.reviewer, key, "unsafe", "More words.")
    seen = house.side.following.by_code(house.side.intake.receipt(house.people.member, key)).status
    assert seen.state is State.DECLINED
    told = repr(seen)
    persons = [person.id for person in (house.people.member, house.people.reviewer)]
    for secret in (key, *persons, "telling", "Lake Health", "Open Review", "ords", "unsafe", "version 2"):
        assert secret not in told


@pytest.mark.parametrize(
    "change",
    [
        lambda code: code,
        bare,
        lambda code: f"  {code} ",
        lambda code: code.replace(" ", "-"),
        lambda code: code.replace(" ", "\u00a0"),
        lambda code: " - ".join(bare(code)),
    ],
)
def test_people_may_write_the_code_as_they_like(small_house: House, change: Callable[[str], str]) -> None:
    made = small_house.side.intake.create(small_house.people.member, {"title": "T"}, channel="form")
    assert small_house.side.following.by_code(change(made.receipt)).status.state is State.DRAFT


def test_every_wrong_code_gets_the_same_answer(house: House, clock: SettableClock) -> None:
    key = house.draft()
    right = bare(house.side.intake.receipt(house.people.member, key))
    near = [f"{right[:place]}{(int(right[place]) + 1) % 10}{right[place + 1 :]}" for place in range(24)]
    strange = [
        "",
        "x",
        "0" * 24,
        right[:-1],
        right + "0",
        "é" * 24,
        "A" * 100_000,
        "\x00",
        "\ud800",
        "%",
        "' OR ''='",
    ]
    foreign = [receipt_code("another secret", key), key]
    answers = set()
    for code in (*near, *strange, *foreign):
        with pytest.raises(NotFound) as refused:
            house.side.following.by_code(code)
        answers.add((refused.value.text, tuple(refused.value.facts)))
    assert len(answers) == 1
    assert house.side.following.by_code(right).status.state is State.DRAFT
