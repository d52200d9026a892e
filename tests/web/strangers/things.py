"""Things of organizations that are not the caller's, one builder a kind. A new kind of thing is added here.

Each thing has *marks*, words that stand nowhere else: an answer that holds one of them has told something.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import timedelta

from api.node import Node
from registry.db.columns import random_key
from registry.identity.factors.ceremony import mark
from registry.identity.factors.models import Passkey, RecoveryCode, TotpFactor
from registry.identity.models import Organization, Person, SignIn
from registry.identity.oauth.models import Client, Consent, Grant
from registry.identity.providers.models import IdentityProvider, ProviderLogin
from registry.identity.rules import Actor, OrganizationState, Role
from registry.identity.secrets import hash_secret, new_secret
from registry.identity.tenants.applications import Applicant, Wish
from registry.identity.tenants.models import Invitation
from registry.identity.tenants.rules import OPERATOR
from registry.intake.attachments import rows
from registry.intake.attachments.models import Attachment
from registry.intake.attachments.service import Upload
from registry.intake.identities.rules import Identity
from registry.intake.identities.rules import Wish as Naming
from registry.intake.rules import State
from registry.intake.vault.keys import keys_of
from registry.review.aftercare.changes import Proposal
from registry.review.queue.rules import QueueRequest
from tests.factories import PASSWORD, account, bring

LONG = timedelta(days=365)
OWNER = "Quintilla Marsh"


@dataclass(frozen=True)
class Thing:
    """Something with an id in an address; ``marks`` betray it."""

    kind: str
    label: str
    key: str
    marks: tuple[str, ...] = ()


@dataclass(frozen=True)
class Victim:
    """The organization whose things others ask for, its administrator, and a reviewer elsewhere."""

    node: Node
    organization_id: str
    owner: Actor
    colleague: Actor
    reviewer: Actor

    def add(self, *rows: object) -> None:
        """Keep rows as they are, for things that no service makes here."""
        with self.node.private.database.work() as session:
            for row in rows:
                session.add(row)
                session.flush()


def settle(node: Node) -> Victim:
    """The victim's organization with its people."""
    side = node.private
    key = side.directory.add_organization("Zanzibar Reef Trust", "a group at a far coast")
    elsewhere = side.directory.add_organization("Fair Review", "a far review group")
    people = [
        _person(node, OWNER, key, Role.MEMBER, Role.ORG_ADMIN),
        _person(node, "Eudora Finch", key, Role.MEMBER, Role.REVIEWER),
        _person(node, "Ignatius Pell", elsewhere, Role.REVIEWER),
    ]
    return Victim(node, key, *people)


def _person(node: Node, name: str, organization_id: str, *roles: Role) -> Actor:
    side, email = node.private, f"{name.split(maxsplit=1)[0].lower()}@far.example"
    key = side.directory.add_person(email, name, PASSWORD)
    side.directory.grant(key, organization_id, roles)
    return side.sessions.actor_of(key)


def reports(victim: Victim) -> Iterable[Thing]:
    """A report in every state."""
    for state in State:
        title = f"Stranded {state.value} ferry"
        raw = account(title=title, text=f"A {state.value} harbourmaster was a chatbot for a week.")
        key = victim.node.private.intake.create(victim.owner, raw, channel="form").view.summary.id
        shown = f"A {state.value} buoy at dusk"
        _attach(victim, key, shown)
        bring(victim.node.private, victim.owner, victim.reviewer, key, state, "Which lighthouse?")
        yield Thing("report", state.value, key, (title, f"{state.value} harbourmaster", shown))


def flagged(victim: Victim) -> Iterable[Thing]:
    """A public record of theirs that somebody flagged, and the change that they asked for."""
    side, raw = victim.node.private, account(title="A public pier", text="A pier chatbot sent boats away.")
    key = side.intake.create(victim.owner, raw, channel="form").view.summary.id
    bring(side, victim.owner, victim.reviewer, key, State.PUBLISHED)
    record_id = side.intake.read(victim.owner, key).summary.record_id
    assert record_id is not None
    said, note = "Her sister mends nets there.", "The gulls were right."
    side.reviewing.care.flags.flag(record_id, "someone-recognizable", said)
    asked = Proposal("retract", "wrong", note, 1)
    change = side.reviewing.care.changes.propose_own(victim.owner, key, asked)
    yield Thing("record", "flagged", record_id, (said,))
    yield Thing("change", "flagged", change.id, (note,))


def _attach(victim: Victim, key: str, shown: str) -> None:
    """A file of the report under the report's own id, so that one id names both in an address."""
    own = victim.node.private.attachments.own
    made = own.add(victim.owner, key, Upload("log.txt", shown.encode()), shown, expected=None)
    with victim.node.private.database.work() as session:
        row, keys = session.get_one(Attachment, made.item.id), keys_of(session)
        data = keys.seal(session, key, shown.encode(), rows.filing(key))
        row.id, row.address = key, victim.node.private.attachments.store.put(data)
        row.description = keys.seal(session, key, shown.encode(), rows.describing(key))
        row.glimpse = None


def erased(victim: Victim) -> Iterable[Thing]:
    """A report whose original was destroyed: its receipt is there."""
    raw = account(title="Sunken ledger", text="A beachcomber wrote it.")
    side = victim.node.private
    key = side.intake.create(victim.owner, raw, channel="form").view.summary.id
    receipt = side.custody.originals.erase(victim.owner, key)
    yield Thing("erased", "receipt", key, (receipt.check_value, "Sunken ledger"))


def offers(victim: Victim) -> Iterable[Thing]:
    """Reports of others that the victim is asked to publish, and one that it took over."""
    side, asker = victim.node.private, _person(victim.node, "Bartholomew Crane", _asker(victim), Role.MEMBER)
    for label in ("offered", "taken"):
        title = f"a beached {label} submarine"
        wish = Naming(Identity.DELEGATED, "Zanzibar Reef Trust", message=f"A {label} word to the reef.")
        raw = account(title=title, text="A porter was misled by a chatbot.")
        side.intake.create(asker, raw, channel="form", submit=True, wish=wish)
        (line,) = [one for one in side.identities.others.page(victim.owner).items if one.title == title]
        if label == "taken":
            side.identities.others.take(victim.owner, line.id, "named", version=None)
        # Once it is taken over, its title is rightly in the queue of reviewers elsewhere.
        marks = (f"{label} word to the reef", *([title] if label == "offered" else []))
        yield Thing("offer", label, line.id, marks)


def _asker(victim: Victim) -> str:
    return victim.node.private.directory.add_organization("Cannery Row Union", "a union at a quay")


def persons(victim: Victim) -> Iterable[Thing]:
    """People with roles in the organization."""
    yield Thing("person", "administrator", victim.owner.id, (OWNER, "quintilla@far.example"))
    yield Thing("person", "reviewer", victim.colleague.id, ("Eudora Finch", "eudora@far.example"))


def programs(victim: Victim) -> Iterable[Thing]:
    """A program that acts, and one that is switched off."""
    for label, active in (("on", True), ("off", False)):
        name = f"Lighthouse feeder {label}"
        made = victim.node.private.directory.add_client(victim.organization_id, name, ["submissions:read"])
        with victim.node.private.database.work() as session:
            session.get_one(Client, made.id).active = active
        yield Thing("program", label, made.id, (name,))


def invitations(victim: Victim) -> Iterable[Thing]:
    """An invitation that waits, and one that was taken back."""
    for label in ("waiting", "ended"):
        email = f"{label}-guest@far.example"
        key = victim.node.private.tenants.invitations.invite(victim.owner, email, ["member"], "en")
        if label == "ended":
            with victim.node.private.database.work() as session:
                session.get_one(Invitation, key).ended_at = victim.node.clock()
        yield Thing("invitation", label, key, (email,))


def organizations(victim: Victim) -> Iterable[Thing]:
    """Organizations in every state, for the steward."""
    side = victim.node.private
    yield Thing("organization", "active", victim.organization_id, ("Zanzibar Reef Trust",))
    side.tenants.applications.apply(
        Wish("Harbour Applicants", "an unknown group", "", "We count porpoises at night."),
        Applicant("Ambrose Quill", "ambrose@far.example", PASSWORD),
    )
    key = side.directory.find_organization("Harbour Applicants")
    yield Thing("organization", "applied", key, ("Harbour Applicants", "Ambrose Quill", "porpoises"))
    for state in (OrganizationState.DECLINED, OrganizationState.SUSPENDED, OrganizationState.ERASED):
        name = f"Sunken {state.value} society"
        key = side.directory.add_organization(name, "a group that was here")
        if state is OrganizationState.ERASED:
            side.custody.erasure.erase_organization(OPERATOR, key, name)
        else:
            with side.database.work() as session:
                session.get_one(Organization, key).state = state.value
        yield Thing("organization", state.value, key, (name,))


def views(victim: Victim) -> Iterable[Thing]:
    """A view of the review queue that a reviewer keeps."""
    kept = victim.node.private.reviewing.desk.views.keep(victim.colleague, "Mussel watch", QueueRequest())
    yield Thing("view", "kept", kept.id, ("Mussel watch",))


def consents(victim: Victim) -> Iterable[Thing]:
    """A program that the administrator lets act for them, with a living grant."""
    made = victim.node.private.directory.add_client(
        victim.organization_id, "Borrowed oilskin", ["submissions:read"]
    )
    now, who = victim.node.clock(), victim.owner
    facts = {"client_id": made.id, "person_id": who.id, "organization_id": victim.organization_id}
    victim.add(
        Consent(**facts, scopes="submissions:read", agreed_at=now),
        Grant(**facts, id=random_key(), scopes="submissions:read", granted_at=now, expires_at=now + LONG),
    )
    yield Thing("consent", "given", made.id, ("Borrowed oilskin",))


def sessions(victim: Victim) -> Iterable[Thing]:
    """An open session of the administrator."""
    now, key = victim.node.clock(), random_key()
    row = SignIn(
        id=key,
        secret_hash=hash_secret(new_secret()),
        person_id=victim.owner.id,
        organization_id=victim.organization_id,
        device="Gondola browser",
        confirmed_at=now,
        started_at=now,
        expires_at=now + LONG,
    )
    victim.add(row)
    yield Thing("session", "open", key, ("Gondola browser",))


def factors(victim: Victim) -> Iterable[Thing]:
    """The administrator's second factors: a passkey, one-time codes, recovery codes."""
    now, who, key = victim.node.clock(), victim.owner.id, random_key()
    victim.add(
        Passkey(id=key, person_id=who, public_key="", name="Copper whistle", created_at=now),
        TotpFactor(person_id=who, sealed_secret="sealed", confirmed_at=now),
        RecoveryCode(code_hash=hash_secret(new_secret()), person_id=who),
    )
    yield Thing("passkey", "registered", mark(key), ("Copper whistle",))


def providers(victim: Victim) -> Iterable[Thing]:
    """The organization's identity provider, known to its administrator."""
    key = random_key()
    row = IdentityProvider(
        id=key,
        organization_id=victim.organization_id,
        name="Barnacle login",
        issuer="https://barnacle.example",
        client_id="barnacle-client",
        sealed_secret="sealed",
        created_at=victim.node.clock(),
    )
    login = ProviderLogin(
        provider_id=key, subject="1", person_id=victim.owner.id, linked_at=victim.node.clock()
    )
    victim.add(row, login)
    yield Thing("provider", "trusted", key, ("Barnacle login", "barnacle.example", "barnacle-client"))


BUILDERS: tuple[Callable[[Victim], Iterable[Thing]], ...] = (
    reports,
    flagged,
    offers,
    erased,
    persons,
    programs,
    invitations,
    organizations,
    consents,
    views,
    sessions,
    factors,
    providers,
)
"""Every kind of thing that an address can name."""


def build(victim: Victim) -> list[Thing]:
    """Everything, made once."""
    found = [thing for builder in BUILDERS for thing in builder(victim)]
    with victim.node.private.database.work() as session:
        session.get_one(Person, victim.owner.id).language = "en"
    return found
