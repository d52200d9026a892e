"""Everybody × every address × everything of somebody else: nobody learns even that it exists.

The addresses are those of the real application, so a new one comes in by itself; what stands behind
it is said in ``strangers/routes.py``, and a new kind of thing is built in ``strangers/things.py``.
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from registry.identity.rules import Actor, Permission
from registry.intake.rules import State
from tests.factories import account
from tests.web.strangers import routes
from tests.web.strangers.answers import NOWHERE, Answer, ask, plain, send
from tests.web.strangers.callers import owner
from tests.web.strangers.routes import ROUTES
from tests.web.strangers.things import Thing
from tests.web.strangers.world import World, is_rightful, opened

SEE_REPORTS = ("/review", "/api/v1/reviews")
SEE_CARE = ("/review/records", "/api/v1/care")
SEE_ORGANIZATIONS = ("/steward/organizations",)
STATES = {
    "/mine": [state.value for state in State],
    "/api/v1/submissions": [state.value for state in State],
    "/review": [state.value for state in State],
    "/api/v1/reviews": [state.value for state in State],
    "/steward/organizations": ["applied", "active", "declined", "suspended", "erased"],
}
"""Lists that can be narrowed by state."""


pytestmark = [pytest.mark.timeout(1200), pytest.mark.long]


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    with opened(tmp_path_factory.mktemp("strangers") / "node") as world:
        yield world


def betrayed(answer: Answer, things: list[Thing], public: str = "") -> list[str]:
    """Marks of things that stand in an answer, without those that stand in what is public."""
    whole = answer.body + repr(answer.headers)
    return [mark for thing in things for mark in thing.marks if mark in whole and mark not in public]


def test_every_address_with_an_id_is_known(world: World) -> None:
    found = {rule.endpoint: rule.rule for rule in routes.with_ids(world.app)}
    unknown = {endpoint: found[endpoint] for endpoint in set(found) - set(ROUTES)}
    assert not unknown, (
        f"{unknown}: say in tests/web/strangers/routes.py what kind of thing stands behind each, and which "
        "permission asking for it needs; a new kind gets a builder in things.py. What anybody may read "
        "belongs into PUBLIC."
    )
    assert set(ROUTES) <= set(found), f"gone: {set(ROUTES) - set(found)}"
    kinds = {thing.kind for thing in world.things}
    assert {route.kind for route in ROUTES.values()} <= kinds


def test_what_is_somebody_elses_does_not_exist(world: World) -> None:
    """The answer is that for an id of nothing, to the byte, and nothing of the victim's changes."""
    tried, wrong, before = 0, [], world.rows()
    facts = {"organization": world.victim.organization_id}
    for rule, route in routes.known(world.app):
        for method in routes.methods(rule):
            for caller in world.callers:
                asked, status = f"{caller.name}: {method} {rule}", world.expected(caller, rule, method)
                nothing = ask(caller, rule, route, method, NOWHERE, **facts)
                if nothing.status != status or betrayed(nothing, world.things):
                    wrong.append(f"{asked} of nothing: {nothing.status} and not {status}")
                for thing in world.asked_for(caller, rule, status):
                    tried += 1
                    answer = ask(caller, rule, route, method, thing.key, **facts)
                    if answer != nothing:
                        wrong.append(f"{asked} of {thing.kind}, {thing.label}: {answer}")
    assert not wrong, f"{len(wrong)} of {tried}:\n" + "\n".join(line[:600] for line in wrong[:30])
    assert world.rows() == before
    assert tried > 6_000


def test_what_does_not_exist_for_strangers_does_for_its_owner(world: World) -> None:
    """Else the test above could be content with addresses that lead nowhere for everybody."""
    me, opened_here = owner(world.node, world.app, world.victim), set()
    for rule, route in routes.known(world.app):
        if "GET" not in routes.methods(rule) or rule.rule.startswith("/api/") or route.rightful:
            continue
        for thing in world.things:
            if thing.kind == route.kind:
                status = ask(me, rule, route, "GET", thing.key).status
                assert status in (200, 303), f"{rule} of {thing.kind}, {thing.label}: {status}"
                opened_here.add(thing.kind)
    assert opened_here >= {"report", "person", "program"}


def test_who_may_look_after_others_finds_what_the_table_says(world: World) -> None:
    """The exceptions of ``routes.py`` are real: these open or lead on, and nothing else of the kind does."""
    able = {"page": world.caller("person of every role"), "api": world.caller("program, every scope")}
    for rule, route in routes.known(world.app):
        if not route.rightful or "GET" not in routes.methods(rule):
            continue
        caller = able["api" if rule.rule.startswith("/api/") else "page"]
        for thing in (thing for thing in world.things if thing.kind == route.kind):
            status = ask(caller, rule, route, "GET", thing.key).status
            expected = (200, 303) if is_rightful(thing, route) else (404,)
            assert status in expected, f"{rule} of {thing.label}"


def test_lists_tell_nothing_of_what_is_somebody_elses(world: World) -> None:
    tried = 0
    for rule in routes.without_ids(world.app, "GET"):
        queries = ["", *(f"?state={state}&limit=50" for state in STATES.get(rule.rule, ()))]
        public = published(world) if rule.endpoint.startswith(ALL_THAT_IS_PUBLIC) else ""
        for caller in world.callers:
            for query in queries:
                answer = plain(send(caller, "GET", rule.rule + query, {}))
                seen = betrayed(answer, hidden(world, caller.actor, rule.rule), public)
                assert not seen, f"{caller.name}: {rule}{query} tells of {seen}"
                assert answer.status < 500 or rule.rule == "/readyz", f"{caller.name}: {rule}{query}"
                tried += 1
    assert tried > 1_500


ALL_THAT_IS_PUBLIC = ("oai.", "feeds.", "exports.", "taxii.", "catalogue.")
"""Beginnings of endpoints that give every public record to anybody."""


def published(world: World) -> str:
    """Every public record as one text."""
    return "\n".join(repr(item.record) for item in world.node.harvest.every())


def hidden(world: World, actor: Actor | None, path: str) -> list[Thing]:
    """The things that a list must not show to this caller: all but what the permission table opens."""

    def opens(permission: Permission) -> bool:
        return bool(actor and actor.holds(permission))

    reports = path in SEE_REPORTS and opens(Permission.READ_REVIEWS)
    care = path in SEE_CARE and opens(Permission.READ_FLAGS)
    organizations = path in SEE_ORGANIZATIONS and opens(Permission.DECIDE_APPLICATIONS)
    return [
        thing
        for thing in world.things
        if not (reports and thing.kind == "report" and thing.label in routes.SENT)
        and not (care and thing.kind == "change")
        and not (organizations and thing.kind == "organization" and thing.label in routes.STANDING)
    ]


RIGHTLY_MOVE = {
    "/signout": "it ends the session",
    "/review/publish": "it publishes whatever is accepted",
    "/review/next": "it claims whatever waits",
    "/api/v1/reviews/actions/next": "it claims whatever waits",
}
"""Address → what it does of itself, whichever ids are sent along."""


def test_ids_that_are_sent_along_move_nothing(world: World) -> None:
    """Every form and body with the victim's ids under every name that could mean one."""
    before, tried = world.rows(), 0
    able = [world.caller("person of every role"), world.caller("program, every scope")]
    for rule in routes.without_ids(world.app, "POST"):
        if rule.rule in RIGHTLY_MOVE:
            continue
        for caller in able:
            for thing in world.one_of_each():
                foreign = dict.fromkeys(IDS, thing.key) | {"organization_id": world.victim.organization_id}
                answer = send(caller, "POST", rule.rule, PLAUSIBLE.get(rule.rule, {}) | foreign)
                assert answer.status_code < 500, f"{rule} with the id of {thing.kind}"
                assert not betrayed(plain(answer), world.things), f"{rule} with the id of {thing.kind}"
                tried += 1
    assert world.rows() == before
    assert tried > 400


IDS = (
    *("id", "key", "organization", "organization_id", "owner_id", "author_id", "person", "person_id"),
    *("client_id", "program", "submission", "submission_id", "report", "colleague", "reviewer_id", "code"),
)
PLAUSIBLE: dict[str, dict[str, object]] = {
    "/api/v1/submissions": {"account": account()},
    "/organization/people": {"email": "guest@lake.example", "roles": "member"},
    "/organization/programs": {"name": "Feeder", "kind": "service", "scopes": "submissions:read"},
}
"""Address → the rest of what is sent, so that the request goes as far as it can."""


def test_a_report_belongs_to_whoever_sends_it(world: World) -> None:
    caller = world.caller("program, every scope")
    refused = send(
        caller,
        "POST",
        "/api/v1/submissions",
        {"account": account(), "organization_id": world.victim.organization_id},
    )
    assert refused.status_code == 422
    assert refused.get_json()["errors"][0]["pointer"] == "/organization_id"
    made = send(caller, "POST", "/api/v1/submissions", {"account": account()})
    assert made.status_code == 201
    assert caller.actor is not None
    found = world.node.private.intake.read(caller.actor, made.get_json()["id"])
    assert found.summary.organization_id == caller.actor.organization_id
