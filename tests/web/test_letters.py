"""Letters: every kind in every language, one link each, and no more of anybody than the letter needs."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from registry.config import Settings
from registry.identity.rules import OrganizationState, Role
from registry.identity.tenants.applications import DECLINED, Applicant, Wish
from registry.identity.tenants.letters import WRITERS, Letter
from registry.identity.tenants.rules import OPERATOR
from tests.factories import PASSWORD
from tests.registry.neighbours import ANN, REASON, WISH
from tests.web.pages.organization.mailbox import deliver
from tests.web.town import Town
from web import news_words
from web.jobs import handlers
from web.letters import WORDS, compose
from web.pages.language import LANGUAGES

CANARY = "canary-%(x)s-{y}"


def facts(kind: str) -> dict[str, str]:
    """Something for every place of a letter's words, odd enough to break a careless composer."""
    if kind in news_words.PATHS:
        return {"accepted": CANARY}
    found = set(re.findall(r"%\((\w+)\)s", WORDS[kind].text + WORDS[kind].subject))
    return dict.fromkeys(found - {"node", "link"}, CANARY)


@pytest.mark.parametrize("language", [*LANGUAGES, "xx", "../../etc", ""])
@pytest.mark.parametrize("kind", list(WORDS))
def test_every_kind_can_be_written_in_every_language(settings: Settings, kind: str, language: str) -> None:
    letter = Letter(kind, "reader@example.org", language, facts(kind), "a-secret")
    message = compose(letter, replace(settings, base_url="https://node.example/"))
    assert message.to == "reader@example.org"
    assert "\n" not in message.subject
    assert "%(" not in (message.text + message.subject).replace(CANARY, "")
    for name in facts(kind):
        assert CANARY in message.text + message.subject, name
    links = re.findall(r"https?://\S+", message.text)
    wanted = "https://node.example" + (f"/{language}" if language in LANGUAGES and language != "en" else "")
    assert [link.partition("?")[0] for link in links] == [wanted + WORDS[kind].path]
    assert links[0].endswith("?key=a-secret")


def test_every_letter_of_tenants_has_words_and_a_job_that_sends_it(town: Town) -> None:
    assert set(WRITERS) <= set(WORDS) & set(handlers(town.node, town.side))


@pytest.mark.parametrize("kind", list(WORDS))
def test_every_letter_leads_to_a_page_that_is_there(town: Town, kind: str) -> None:
    known = {rule.rule for rule in town.app.url_map.iter_rules() if "GET" in (rule.methods or ())}
    path = WORDS[kind].path
    assert path in known or path in {f"/{rule.strip('/')}" for rule in known}


def names_of(town: Town, state: OrganizationState) -> list[str]:
    return [one.name for one in town.side.tenants.standing.all(OPERATOR, state)]


def test_the_worker_forgets_what_nobody_confirmed(town: Town) -> None:
    town.side.tenants.applications.apply(WISH, ANN)
    deliver(town)
    town.clock.forward(days=6)
    deliver(town)
    assert names_of(town, OrganizationState.APPLIED) == [WISH.name]
    town.clock.forward(days=1)
    deliver(town)
    assert names_of(town, OrganizationState.APPLIED) == []
    assert town.side.directory.find_person(ANN.email) is None


def test_the_worker_forgets_what_was_declined_long_ago(town: Town) -> None:
    town.side.tenants.applications.apply_as(town.people.member, Wish("Second", "a group", "", "Why not."))
    (key,) = (one.id for one in town.side.tenants.standing.all(OPERATOR, OrganizationState.APPLIED))
    town.side.tenants.standing.decline(OPERATOR, key, REASON)
    assert len(deliver(town)) == 1
    town.clock.forward(days=90)
    deliver(town)
    assert names_of(town, OrganizationState.DECLINED) == []
    assert town.side.directory.find_person("member@example.org") is not None
    assert DECLINED in handlers(town.node, town.side)


def test_the_worker_forgets_who_belongs_nowhere(town: Town) -> None:
    key = town.side.directory.add_person("admin@example.org", "Ada", PASSWORD)
    town.side.directory.grant(key, town.people.member.organization_id, [Role.ORG_ADMIN])
    admin = town.side.sessions.actor_of(key)
    town.side.custody.handing_over.hand_over(admin, town.people.member.id, None)
    town.clock.forward(days=89)
    deliver(town)
    assert town.side.directory.find_person("member@example.org") is not None
    town.clock.forward(days=1)
    deliver(town)
    assert town.side.directory.find_person("member@example.org") is None


def test_a_letter_that_has_lost_its_reason_is_not_sent(town: Town) -> None:
    """Jobs wait; meanwhile the application was confirmed, the invitation taken back, the person erased."""
    key = town.side.directory.add_person("admin@example.org", "Ada", PASSWORD)
    town.side.directory.grant(key, town.people.member.organization_id, [Role.ORG_ADMIN])
    admin = town.side.sessions.actor_of(key)
    invitation = town.side.tenants.invitations.invite(admin, "x@elsewhere.example", ["member"], "en")
    town.side.tenants.invitations.revoke(admin, invitation)
    town.side.tenants.applications.apply(
        WISH, Applicant("M", "other@example.org", "coast lantern gravel nine")
    )
    other = town.side.directory.find_person("other@example.org")
    assert other is not None
    town.side.custody.erasure.erase_person(OPERATOR, other)
    assert deliver(town) == []
