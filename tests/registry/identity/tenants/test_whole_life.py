"""An organization's life in every order of steps, mixed with what its people and programs try.

Whatever happened before: only an active organization's people, programs, links and reviewers can do
anything, and everybody who cannot is refused in the same way.
"""

from __future__ import annotations

import secrets
import shutil
from pathlib import Path
from typing import Any, cast

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    Bundle,
    RuleBasedStateMachine,
    initialize,
    invariant,
    multiple,
    rule,
    run_state_machine_as_test,
)

from registry.errors import CommonsError, Conflict
from registry.identity.oauth.registering import NewClient
from registry.identity.oauth.rules import Way
from registry.identity.rules import Actor, OrganizationState, Role
from registry.identity.tenants.applications import Applicant, Wish
from registry.identity.tenants.rules import OPERATOR, TRANSITIONS, Action
from tests.conftest import SettableClock
from tests.factories import PASSWORD
from tests.registry.conftest import Furnished
from tests.registry.house import open_house
from tests.registry.neighbours import REASON, Post, grant_of, lives, organization_of, session_of

ACTIVE = OrganizationState.ACTIVE


class Life(RuleBasedStateMachine):
    """One organization that applied, its people and programs, and what they try to do."""

    furnished: Furnished
    folder: Path
    links = Bundle("links")

    @initialize()
    def found(self) -> None:
        copy, people = self.furnished
        folder = self.folder / secrets.token_hex(4)
        folder.mkdir()
        self.place = folder
        self.house = open_house(copy(folder), SettableClock(), people)
        self.state = OrganizationState.APPLIED
        self.email = "founder@life.example"
        wish = Wish("A life", "an organization", "", "To live.")
        self.house.side.tenants.applications.apply(wish, Applicant("Founder", self.email, PASSWORD))
        (letter,) = Post(self.house).collect()
        self.house.side.tenants.applications.confirm(letter.secret, PASSWORD)
        self.key = organization_of(self.house, self.email)
        found = self.house.side.directory.find_person(self.email)
        assert found is not None
        self.founder = Actor(found, self.key, "A life", "Founder", frozenset({Role.MEMBER, Role.ORG_ADMIN}))
        self.members = {found}
        self.known: list[str] = []
        self.grants: list[tuple[str, str]] = []
        self.cookies: list[str] = []
        self.tokens: list[str] = []
        self.dead: list[str] = []
        self.number = 0

    def teardown(self) -> None:
        if hasattr(self, "house"):
            self.house.private.close()
            self.house.public.close()
            shutil.rmtree(self.place, ignore_errors=True)

    @rule(action=st.sampled_from(list(Action)))
    def decide(self, action: Action) -> None:
        standing, custody = self.house.side.tenants.standing, self.house.side.custody
        acts = {
            Action.APPROVE: lambda: standing.approve(OPERATOR, self.key, REASON),
            Action.DECLINE: lambda: standing.decline(OPERATOR, self.key, REASON),
            Action.SUSPEND: lambda: custody.suspension.suspend(OPERATOR, self.key, REASON),
            Action.RESUME: lambda: custody.suspension.resume(OPERATOR, self.key, REASON),
            Action.ERASE: lambda: custody.erasure.erase_organization(OPERATOR, self.key, "A life"),
        }
        wanted = TRANSITIONS[action].get(self.state)
        try:
            acts[action]()
        except CommonsError:
            assert wanted is None
            return
        assert wanted is not None
        if self.state is ACTIVE:
            self.grants.clear()
            self.cookies.clear()
            self.dead += self.tokens
            self.tokens.clear()
        self.state = wanted

    @rule()
    def enter(self) -> None:
        """A session as it would be begun by signing in; while not active it opens the account only."""
        try:
            actor = self.house.side.sessions.sign_in(self.email, PASSWORD).actor
        except CommonsError:
            assert self.state is not ACTIVE
            return
        if self.state is not ACTIVE:
            assert (actor.outside is not None, actor.roles, actor.organization_id) == (True, frozenset(), "")
            return
        assert actor.outside is None
        self.cookies.append(session_of(self.house, self.founder))

    @rule(target=links)
    def invite(self) -> Any:
        self.number += 1
        if self.state is not ACTIVE:
            return multiple()
        invitations = self.house.side.tenants.invitations
        invitations.invite(self.founder, f"n{self.number}@life.example", ["member"], "en")
        return Post(self.house).collect()[-1].secret

    @rule(secret=links)
    def accept(self, secret: str) -> None:
        invitations = self.house.side.tenants.invitations
        used = secret in self.known
        try:
            person = invitations.accept_as_new(secret, "New", PASSWORD, "en")
        except CommonsError:
            assert used or self.state is not ACTIVE
            return
        assert self.state is ACTIVE
        assert not used
        self.known.append(secret)
        self.members.add(person)

    @rule()
    def register(self) -> None:
        if self.state is ACTIVE:
            programs = self.house.side.tenants.programs
            way = Way(bearer=True)
            made: NewClient = programs.register(self.founder, "A program", ["submissions:write"], way)
            self.tokens.append(made.token)
            self.grants.append((grant_of(self.house, self.founder, made), made.id))

    @rule()
    def report(self) -> None:
        """What the founder's session may do, asked as pages ask."""
        for secret in self.cookies:
            actor = self.house.side.sessions.person(secret)
            if actor is not None:
                self.house.draft(actor)

    @rule()
    def leave(self) -> None:
        """The last administrator never gets away while others or the organization depend on them."""
        if self.state is ACTIVE:
            with pytest.raises(Conflict):
                self.house.side.custody.erasure.erase_oneself(self.founder, PASSWORD)

    @invariant()
    def only_who_is_active_acts(self) -> None:
        if not hasattr(self, "house"):
            return
        side, active = self.house.side, self.state is ACTIVE
        for secret in self.cookies:
            assert (side.sessions.person(secret) is not None) is active
        for token in self.tokens:
            assert (side.sessions.client(token) is not None) is active
        assert all(side.sessions.client(token) is None for token in self.dead)
        for grant, _ in self.grants:
            assert lives(self.house, grant)
        living = self.house.ask(
            "SELECT count(*) FROM oauth_grant WHERE organization_id = :key AND revoked_at IS NULL",
            key=self.key,
        )
        assert living[0][0] == (len(self.grants) if active else 0)
        opened = self.house.ask(
            "SELECT count(*) FROM sign_in WHERE organization_id = :key AND ended_at IS NULL", key=self.key
        )
        assert active or opened[0][0] == 0

    @invariant()
    def the_standing_is_what_the_table_says(self) -> None:
        if not hasattr(self, "house"):
            return
        found = self.house.ask("SELECT state FROM organization WHERE id = :key", key=self.key)
        assert found == [(self.state.value,)]
        admins = self.house.ask(
            "SELECT count(*) FROM membership WHERE organization_id = :key AND role = 'org-admin'",
            key=self.key,
        )
        assert admins[0][0] == (0 if self.state is OrganizationState.ERASED else 1)

    @invariant()
    def of_the_erased_no_word_is_left(self) -> None:
        if hasattr(self, "house") and self.state is OrganizationState.ERASED:
            rows = self.house.ask("SELECT name, descriptor FROM organization WHERE id = :key", key=self.key)
            people = str(self.house.ask("SELECT email, name FROM person"))
            assert "A life" not in str(rows)
            assert "life.example" not in people


def test_only_active_organizations_act_whatever_happened(furnished_sqlite: Furnished, tmp_path: Path) -> None:
    machine = type("LifeHere", (Life,), {"furnished": furnished_sqlite, "folder": tmp_path})
    run_state_machine_as_test(
        cast("Any", machine),
        settings=settings(
            max_examples=25,
            stateful_step_count=18,
            deadline=None,
            suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
        ),
    )
