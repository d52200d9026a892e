"""Personal details under review and in public: hidden ones are nowhere, open ones are not accepted."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Mapping
from itertools import product
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from registry.account import Account
from registry.errors import Conflict, Invalid, NotAllowed, NotFound, NotReady, Stale
from registry.intake.personal.deciding import Decided, Personal
from registry.intake.personal.rules import REVIEWER_CHOICES, Choice
from registry.intake.personal.things import name_of, things
from registry.intake.rules import State
from registry.review.queue.rules import QueueRequest
from tests.factories import account
from tests.registry.house import House

NAME, MAIL, PHONE = "Wanjiru Kamau", "wanjiru.kamau@clinic.example", "+254 712 345 678"
ALL = (NAME, MAIL, PHONE)
KEPT = dict.fromkeys(ALL, "keep")


def told() -> dict[str, Any]:
    """Every field that holds words holds the three details."""
    whole = " and ".join(ALL)
    return account(
        title=f"{NAME} {MAIL} {PHONE}",
        text=f"The clerk, Mrs {NAME}, wrote from {MAIL}. Call {PHONE}.",
        response=dict.fromkeys(("done", "remedied", "cause", "lessons"), f"We told {whole}."),
        entities={"harmed": [NAME, MAIL], "deployers": [f"Clinic {PHONE}"], "developers": [MAIL]},
        links=[f"https://example.org/?mail={MAIL}", "https://example.org/notice"],
    )


def named(choices: Mapping[str, str]) -> dict[str, str]:
    return {name_of(words): choice for words, choice in choices.items()}


def sent(house: House, choices: Mapping[str, str]) -> str:
    """A report whose organization chose this, under review by ``people.reviewer``."""
    key = house.draft(**told())
    house.side.personal.choose(house.people.member, key, named(choices), expected=None)
    house.side.intake.submit(house.people.member, key)
    house.side.reviews.claim(house.people.reviewer, key)
    return key


def titles(house: House, state: State) -> str:
    page = house.side.queue.page(house.people.other_reviewer, QueueRequest(state=state))
    return " | ".join(item.submission.title for item in page.items)


def keep_rest(house: House, key: str) -> None:
    """Keep whatever is still open."""
    waiting = house.side.reviews.read(house.people.reviewer, key).personal.open
    choices = {one.detail.thing: "keep" for one in waiting}
    house.side.reviews.decide_details(house.people.reviewer, key, choices)


def public_bytes(house: House) -> bytes:
    """All that the public database holds: the whole file on SQLite, every row elsewhere."""
    address = house.public.address
    if address.startswith("sqlite:///"):
        path = Path(address.removeprefix("sqlite:///"))
        return b"".join(one.read_bytes() for one in path.parent.glob(f"{path.name}*"))
    tables = [
        row[0] for row in house.ask_public("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
    ]
    rows = [row for table in tables for row in house.ask_public(f"SELECT * FROM {table}")]  # noqa: S608 - names of our own tables
    return "\n".join(str(tuple(row)) for row in rows).encode()  # a row by itself is shortened


@pytest.mark.parametrize("words", ALL)
def test_nothing_hidden_reaches_a_reviewer_or_the_public(house: House, words: str) -> None:
    """In no answer, no title, no export, nowhere in the public database, though somebody tries."""
    key = sent(house, KEPT | {words: "hide"})
    side, people = house.side, house.people
    with pytest.raises(Invalid):
        side.reviews.decide_details(people.reviewer, key, {name_of(words): "keep"})
    read = [repr(side.reviews.read(one, key)) for one in (people.reviewer, people.other_reviewer)]
    read += [titles(house, State.IN_REVIEW)]
    side.reviews.request_changes(people.reviewer, key, "Say more.")
    read += [titles(house, State.CHANGES_REQUESTED), repr(side.reviews.read(people.reviewer, key))]
    side.intake.submit(people.member, key)
    keep_rest(house, key)
    side.reviews.accept(people.reviewer, key)
    read += [titles(house, State.ACCEPTED), repr(side.reviews.read(people.reviewer, key))]
    with zipfile.ZipFile(io.BytesIO(b"".join(side.custody.exports.oneself(people.reviewer)))) as archive:
        read += [archive.read(name).decode() for name in archive.namelist()]
    (record_id,) = side.publication.publish_batch()
    read += [repr(house.records.read(record_id)), repr(side.reviews.read(people.reviewer, key))]
    for answer in read:
        assert words not in answer
    assert words.encode() not in public_bytes(house)
    others = [one for one in ALL if one != words and one not in MAIL]
    assert all(one.encode() in public_bytes(house) for one in others), "the search would find them"


def test_what_is_for_reviewers_only_stays_with_them(house: House) -> None:
    key = sent(house, KEPT | {NAME: "reviewers"})
    assert NAME in repr(house.side.reviews.read(house.people.reviewer, key).submission.account)
    for choice in REVIEWER_CHOICES:
        with pytest.raises(Invalid) as refused:
            house.side.reviews.decide_details(house.people.reviewer, key, {name_of(NAME): choice.value})
        assert "reviewers only" in str(refused.value.problems[0])
    keep_rest(house, key)
    house.side.reviews.accept(house.people.reviewer, key)
    house.side.publication.publish_batch()
    assert NAME.encode() not in public_bytes(house)


def test_nothing_is_accepted_while_something_is_open(house: House) -> None:
    key, reviews, reviewer = sent(house, KEPT), house.side.reviews, house.people.reviewer
    waiting = reviews.read(reviewer, key).personal.open
    for number, one in enumerate(waiting):
        with pytest.raises(NotReady) as refused:
            reviews.accept(reviewer, key)
        (problem,) = refused.value.problems
        assert problem.facts["count"] == len(waiting) - number
        reviews.decide_details(reviewer, key, {one.detail.thing: ("hide", "keep")[number % 2]})
    reviews.accept(reviewer, key)
    assert house.state(key) == "accepted"


def test_what_a_program_sends_unseen_hides_what_is_certain_and_asks_about_the_rest(house: House) -> None:
    key = house.side.intake.create(house.people.member, told(), channel="api", submit=True).view.summary.id
    house.side.reviews.claim(house.people.reviewer, key)
    view = house.side.reviews.read(house.people.reviewer, key)
    assert MAIL not in repr(view)
    assert PHONE not in repr(view)
    assert NAME in repr(view.submission.account)
    with pytest.raises(Conflict):
        house.side.reviews.accept(house.people.reviewer, key)


def test_the_public_record_is_the_preview(house: House) -> None:
    key, reviews, reviewer = sent(house, KEPT | {MAIL: "hide"}), house.side.reviews, house.people.reviewer
    reviews.decide_details(reviewer, key, {name_of(PHONE): "hide"})
    keep_rest(house, key)
    preview = Account.from_json(reviews.read(reviewer, key).personal.for_public())
    reviews.accept(reviewer, key)
    (record_id,) = house.side.publication.publish_batch()
    public = house.records.read(record_id).account
    assert public == preview
    assert public.links == ("https://example.org/notice",)
    assert "[EMAIL-1]" in public.text
    assert "[PHONE-1]" in public.text


def test_marks_of_the_two_stages_are_different_ones(house: House) -> None:
    """Hidden by the organization and hidden by the reviewer: two people never become one."""
    raw = account(text="The clerk Wanjiru Kamau met the nurse Amina Yusuf.", title="Two people")
    key = house.draft(**raw)
    personal, reviews, people = house.side.personal, house.side.reviews, house.people
    personal.choose(people.member, key, named({"Amina Yusuf": "hide", NAME: "keep"}), expected=None)
    house.side.intake.submit(people.member, key)
    reviews.claim(people.reviewer, key)
    assert "[PERSON-1]" in reviews.read(people.reviewer, key).submission.account.text
    waiting = {one.detail.thing: "hide" for one in reviews.read(people.reviewer, key).personal.open}
    reviews.decide_details(people.reviewer, key, waiting)
    public = reviews.read(people.reviewer, key).personal.for_public()["text"]
    assert {"[PERSON-1]", "[PERSON-2]"} <= set(public.replace(".", " ").split())


def test_what_is_not_sent_again_yet_is_not_shown(house: House) -> None:
    """While the organization changes its report, reviewers read nothing about which it has not chosen."""
    key, people, side = house.claimed(title="Before"), house.people, house.side
    side.reviews.request_changes(people.reviewer, key, "Say who.")
    side.intake.revise(people.member, key, told(), expected=None)
    assert NAME not in repr(side.reviews.read(people.reviewer, key))
    assert NAME not in titles(house, State.CHANGES_REQUESTED)
    side.intake.submit(people.member, key)
    assert NAME in repr(side.reviews.read(people.reviewer, key))


def test_only_the_reviewer_who_holds_it_decides(house: House) -> None:
    key, people, reviews = sent(house, KEPT), house.people, house.side.reviews
    choice = named({NAME: "keep"})
    with pytest.raises(Conflict):
        reviews.decide_details(people.other_reviewer, key, choice)
    for stranger in (people.member, people.other_member, people.steward):
        with pytest.raises((NotAllowed, NotFound)):
            reviews.decide_details(stranger, key, choice)
    seen = reviews.read(people.reviewer, key).submission.summary.lock
    reviews.decide_details(people.reviewer, key, choice, expected=seen)
    with pytest.raises(Stale):
        reviews.decide_details(people.reviewer, key, choice, expected=seen)
    with pytest.raises(Invalid):
        reviews.decide_details(people.reviewer, key, named({NAME: "reviewers"}))
    keep_rest(house, key)
    reviews.accept(people.reviewer, key)
    with pytest.raises(Conflict):
        reviews.decide_details(people.reviewer, key, choice)


def test_a_reviewers_decision_lasts_and_the_organization_may_still_hide(house: House) -> None:
    key, people, side = sent(house, KEPT), house.people, house.side
    keep_rest(house, key)
    side.reviews.request_changes(people.reviewer, key, "Say more.")
    side.personal.choose(people.member, key, named({PHONE: "hide"}), expected=None)
    side.intake.submit(people.member, key)
    view = side.reviews.read(people.reviewer, key)
    assert view.personal.open == ()
    assert PHONE not in repr(view)
    side.reviews.accept(people.reviewer, key)


RAW = told()
FOUND = things(RAW)
SIDES = tuple(product((None, *Choice), (None, *REVIEWER_CHOICES)))


@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(st.sampled_from(SIDES), min_size=len(FOUND), max_size=len(FOUND)))
def test_the_public_reads_only_what_both_sides_let_through(sides: list[tuple[Choice | None, Any]]) -> None:
    decided = [Decided(one, *side) for one, side in zip(FOUND, sides, strict=True)]
    personal = Personal(RAW, tuple(decided))
    public = json.dumps(personal.for_public(), ensure_ascii=False)
    shown = json.dumps(personal.under_review().account, ensure_ascii=False)
    for one in decided:
        words = one.detail.text
        let_through = one.organization is Choice.KEEP or (one.organization is None and not one.detail.certain)
        assert words not in public or (let_through and one.reviewer is Choice.KEEP), words
        assert words not in shown or one.verdict.reviewers_read, words
