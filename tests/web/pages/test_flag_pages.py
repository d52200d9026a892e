"""Flagging a public record by page and by API, without an account, and what its page says afterwards."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from api.flagging import BY_PLACE
from registry.intake.rules import State
from registry.review.aftercare.changes import Proposal
from registry.review.aftercare.flagging import CONCERNS, TEXT_MAX
from search import Indexer
from tests.conftest import SettableClock
from tests.factories import People, settings_in
from tests.web.conftest import _town as towns
from tests.web.town import Town
from web.indexing import follow

TEXT = "The keeper of the porpoises is my neighbour."


@pytest.fixture
def limited(founded: tuple[Path, People], tmp_path: Path, clock: SettableClock) -> Iterator[Town]:
    """A town that counts."""
    yield from towns(founded, settings_in(tmp_path / "town", limits_percent=100), clock)


def changed(town: Town, record_id: str, kind: str, reason: str, note: str = "") -> None:
    """Let a change be proposed, approved and done."""
    care, record = town.side.reviewing.care, town.node.records.read(record_id)
    change = care.changes.propose(
        town.people.reviewer, record_id, Proposal(kind, reason, note, record.revision)
    )
    care.changes.approve(town.people.other_reviewer, change.id)
    assert town.side.record_changes.carry_out(early=True) == [record_id]
    follow(town.node.records, Indexer(town.node.settings.index_dir, town.node.taxonomy))
    town.node.search.refresh()  # it looks at the disk but a few times a second


def flags(town: Town, record_id: str) -> list[tuple[str, str]]:
    found = town.side.reviewing.care.desk.read(town.people.reviewer, record_id)
    return [(flag.reason, flag.text) for flag in found.flags]


@pytest.mark.parametrize("prefix", ["", "/ar"])
def test_somebody_without_an_account_says_what_is_wrong(town: Town, prefix: str) -> None:
    record_id = town.record_id(town.report(State.PUBLISHED))
    visitor = town.visitor(prefix)
    path = f"{prefix}/records/{record_id}/flag"
    assert path in [url for url, _ in visitor.open(f"/records/{record_id}").links]
    page = visitor.open(f"/records/{record_id}/flag")
    assert page.headers["Cache-Control"] == "no-store"
    refused = visitor.send(page, text="x" * (TEXT_MAX + 1))
    assert refused.status == 422
    assert set(refused.summary.values()) == {"#reason", "#text"}
    assert refused.form("").controls["text"].values != [""]
    done = visitor.send(refused, reason="someone-recognizable", text=TEXT)
    assert (done.status, done.path) == (
        200,
        f"{prefix}/records/{record_id}/flag/sent",
    )
    assert flags(town, record_id) == [("someone-recognizable", TEXT)]
    assert TEXT not in visitor.open(f"/records/{record_id}").text


def test_whoever_fills_the_field_that_nobody_sees_is_thanked_and_not_heard(town: Town) -> None:
    record_id = town.record_id(town.report(State.PUBLISHED))
    visitor = town.visitor()
    done = visitor.send(visitor.open(f"/records/{record_id}/flag"), website="x", reason="wrong")
    assert (done.status, flags(town, record_id)) == (200, [])


@pytest.mark.parametrize("reason", CONCERNS)
def test_programs_flag_without_a_token(town: Town, reason: str) -> None:
    record_id = town.record_id(town.report(State.PUBLISHED))
    client = town.visitor().client
    answer = client.post(f"/api/v1/records/{record_id}/flags", json={"reason": reason, "text": TEXT})
    assert answer.status_code == 202
    assert answer.json == {
        "record": record_id,
        "state": "received",
        "read_within_hours": CONCERNS[reason].hours,
    }
    assert flags(town, record_id) == [(reason, TEXT)]


@pytest.mark.parametrize(
    ("body", "pointer"),
    [
        ({}, "/reason"),
        ({"reason": "rude"}, "/reason"),
        ({"reason": "wrong", "text": "x" * (TEXT_MAX + 1)}, "/text"),
        ({"reason": "wrong", "email": "me@example.org"}, "/email"),
    ],
)
def test_what_is_wrong_with_a_flag_is_named(town: Town, body: dict[str, str], pointer: str) -> None:
    record_id = town.record_id(town.report(State.PUBLISHED))
    answer = town.visitor().client.post(f"/api/v1/records/{record_id}/flags", json=body)
    assert (answer.status_code, answer.json["errors"][0]["pointer"]) == (422, pointer)


def test_one_address_flags_so_often_and_not_more(limited: Town) -> None:
    record_id = limited.record_id(limited.report(State.PUBLISHED))
    client, answers = limited.visitor().client, []
    for _ in range(BY_PLACE.tries + 1):
        answer = client.post(f"/api/v1/records/{record_id}/flags", json={"reason": "wrong"})
        answers.append(answer.status_code)
    assert answers == [202] * BY_PLACE.tries + [429]
    page = limited.visitor().open(f"/records/{record_id}/flag")
    assert page.status == 200


def test_an_erased_record_is_gone_everywhere(town: Town) -> None:
    record_id = town.record_id(town.report(State.PUBLISHED))
    visitor = town.visitor()
    before = visitor.open(f"/records/{record_id}/flag")
    changed(town, record_id, "erase", "someone-recognizable")
    for path in ("", "/versions", "/versions/1", "/flag", "/flag/sent"):
        page = visitor.open(f"/records/{record_id}{path}")
        assert page.status == 410, path
        assert "Somebody could be recognised by it" in page.text
    assert visitor.send(before, reason="wrong").status == 410
    for path in ("", "/versions", "/versions/1", "/similar"):
        assert visitor.client.get(f"/api/v1/records/{record_id}{path}").status_code == 410, path
    answer = visitor.client.post(f"/api/v1/records/{record_id}/flags", json={"reason": "wrong"})
    assert (answer.status_code, answer.json["reason"]) == (410, "someone-recognizable")
    assert visitor.client.get("/api/v1/search").json["total"] == 0
    assert record_id not in visitor.open("/").text


@pytest.mark.parametrize(
    ("kind", "reason", "state", "banner"),
    [
        ("retract", "wrong", "retracted", "It is wrong in what matters"),
        ("mark-disputed", "facts", "disputed", "Facts in it are in doubt"),
        ("mark-unverifiable", "no-source", "unverifiable", "Nothing was found that bears it out"),
    ],
)
def test_a_record_in_doubt_says_so_on_its_page_in_its_history_and_in_search(
    town: Town, kind: str, reason: str, state: str, banner: str
) -> None:
    record_id = town.record_id(town.report(State.PUBLISHED))
    changed(town, record_id, kind, reason, "The dose was right.")
    visitor = town.visitor()
    for path in ("", "/versions", "/versions/2"):
        page = visitor.open(f"/records/{record_id}{path}")
        assert banner in page.text, path
        assert "The dose was right." in page.text, path
    assert banner not in visitor.open(f"/records/{record_id}/versions/1").text
    read = visitor.client.get(f"/api/v1/records/{record_id}").json
    assert (read["state"], read["because"]) == (state, {"reason": reason, "note": "The dose was right."})
    found = visitor.client.get(f"/api/v1/search?state={state}").json
    assert [hit["id"] for hit in found["items"]] == [record_id]
    assert state.capitalize() in visitor.open("/?q=dose").text
    changed(town, record_id, "reinstate", "in-error")
    assert "The earlier change was a mistake" in visitor.open(f"/records/{record_id}").text
    assert visitor.client.get("/api/v1/search?state=published").json["total"] == 0
    assert visitor.client.get("/api/v1/search?state=reinstated").json["total"] == 1
