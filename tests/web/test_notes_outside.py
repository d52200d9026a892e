"""Notes among reviewers, seen from outside: every answer to everybody else is the same without them.

Every address of the real application is asked before and after a note is written, by everybody who is no
reviewer of the report; also its owner, its exports and the holder of its receipt code.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator

import pytest

from registry.identity.rules import Permission
from registry.intake.rules import State
from tests.factories import account
from tests.web.strangers import routes
from tests.web.strangers.answers import Answer, ask, filled, plain, send
from tests.web.strangers.callers import Caller, owner
from tests.web.strangers.routes import ROUTES
from tests.web.strangers.world import World, opened

TRAIL = ("/api/v1/trail", "/steward/trail", "/organization/close")
"""Addresses that tell or count the acts of the node; a note is one, told to the steward without its words."""
ODD = "The weathercock points the other way."
SEEN = (State.IN_REVIEW, State.DECLINED, State.PUBLISHED)
CHANCE = ("/readyz", "/signin", "/report/new")
"""Addresses whose every answer is another one: how full the disk is, a challenge, a key for the draft."""


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    with opened(tmp_path_factory.mktemp("outside") / "node") as world:
        yield world


def outside(world: World) -> list[Caller]:
    """The owner, and everybody who reads no reviews."""
    strangers = [one for one in world.callers if not (one.actor and one.actor.holds(Permission.READ_REVIEWS))]
    return [owner(world.node, world.app, world.victim), *strangers]


def everything(world: World, callers: list[Caller], keys: dict[State, str]) -> dict[str, Answer]:
    """Who and what → the answer, at every address that reads."""
    found = {}
    for rule in world.app.url_map.iter_rules():
        if "GET" not in (rule.methods or ()) or rule.endpoint in routes.PUBLIC or rule.rule in CHANCE:
            continue
        for caller in callers:
            for state, key in keys.items() if rule.arguments else [(None, "")]:
                name = f"{caller.name}: {rule.rule} {state}"
                if not rule.arguments:
                    found[name] = plain(send(caller, "GET", rule.rule, {}))
                elif (route := ROUTES[rule.endpoint]).kind == "report":
                    found[name] = ask(caller, rule, route, "GET", key)
    for state, key in keys.items():
        code = world.node.private.intake.receipt(world.victim.owner, key)
        found[f"code {state}"] = plain(send(callers[0], "POST", "/receipt", filled({"code": code}, {})))
        found[f"record {state}"] = plain(send(callers[0], "GET", "/api/v1/search?q=ferry", {}))
    return found


def test_no_answer_outside_review_carries_a_note_or_shows_that_there_is_one(world: World) -> None:
    keys = {
        state: next(one.key for one in world.things if (one.kind, one.label) == ("report", state.value))
        for state in SEEN
    }
    callers, side = outside(world), world.node.private
    before = everything(world, callers, keys)
    for key in keys.values():
        side.reviewing.remarks.write(world.victim.reviewer, key, ODD)
    after = everything(world, callers, keys)
    differ = [name for name in before if before[name] != after[name]]
    assert [name for name in differ if not any(f": {path}" in name for path in TRAIL)] == []
    assert not [name for name, answer in after.items() if ODD in answer.body + repr(answer.headers)]
    assert len(before) > 1_000


def test_reviewers_are_shown_it(world: World) -> None:
    """Else the test above could be content with a note that nobody reads."""
    key = next(one.key for one in world.things if (one.kind, one.label) == ("report", "submitted"))
    world.node.private.reviewing.remarks.write(world.victim.reviewer, key, ODD)
    answers = [
        send(world.caller("person of every role"), "GET", f"/review/{key}", {}),
        send(world.caller("program, every scope"), "GET", f"/api/v1/reviews/{key}/notes", {}),
    ]
    assert [ODD in answer.get_data(as_text=True) for answer in answers] == [True, True]


def test_a_note_is_in_no_export_but_its_writers(world: World) -> None:
    side, victim = world.node.private, world.victim
    raw = account(title="A stranded barge", text="A skipper believed a chatbot.")
    key = side.intake.create(victim.owner, raw, channel="form", submit=True).view.summary.id
    side.reviewing.remarks.write(victim.reviewer, key, ODD)
    exports = side.custody.exports
    for pieces in (exports.organization(victim.owner, victim.organization_id), exports.oneself(victim.owner)):
        whole = unpacked(pieces)
        assert "A stranded barge" in whole
        assert ODD not in whole
    assert ODD in unpacked(exports.oneself(victim.reviewer))


def unpacked(pieces: Iterator[bytes]) -> str:
    """All that an archive holds."""
    archive = zipfile.ZipFile(io.BytesIO(b"".join(pieces)))
    return "".join(archive.read(name).decode() for name in archive.namelist())
