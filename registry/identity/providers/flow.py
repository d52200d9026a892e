"""Signing in through an organization's provider: to the provider, and back (Core section 3.1, RFC 9700)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlencode

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from registry.clock import Clock
from registry.db.private import PrivateDatabase
from registry.errors import NotFound
from registry.fetching import Fetcher
from registry.identity.factors.pending import Pending, Terms
from registry.identity.models import Organization
from registry.identity.providers import linking
from registry.identity.providers.attempts import (
    Attempt,
    Wish,
    open_attempt,
    sweep_attempts,
    take_attempt,
)
from registry.identity.providers.discovery import Discovery
from registry.identity.providers.exchange import Code, Credentials, id_token
from registry.identity.providers.linking import Host
from registry.identity.providers.models import IdentityProvider
from registry.identity.providers.providers_admin import SECRET_PURPOSE
from registry.identity.providers.rules import (
    Description,
    Expected,
    Identity,
    ProviderTrouble,
    Trouble,
    check_answerer,
    check_claims,
)
from registry.identity.rules import Actor
from registry.identity.starting import SignedIn
from registry.identity.tenants.invitations import Invitations
from registry.sealing import SealBroken, Sealer

SCOPE: Final = "openid email profile"
CODE_MAX: Final = 4_000
ANSWER: Final = ("state", "code", "iss", "error")
"""What a provider's answer may hold, each at most once (RFC 6749 section 3.1)."""
UNWILLING: Final = frozenset({"access_denied", "consent_required", "interaction_required", "login_required"})
UNABLE: Final = frozenset({"server_error", "temporarily_unavailable"})


@dataclass(frozen=True, slots=True)
class Offer:
    """A provider as somebody sees it who has its link."""

    id: str
    name: str
    organization_id: str


@dataclass(frozen=True, slots=True)
class Arrival:
    """Who comes back from a provider: the browser by its secret, and who is signed in there, if anybody."""

    browser: str
    actor: Actor | None
    language: str
    device: str = ""


@dataclass(frozen=True, slots=True)
class Done:
    """The end of a sign-in: a session or a pending one, or None where a provider was connected."""

    entered: SignedIn | Pending | None
    offer: Offer
    onward: str


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What of the node matters here; ``base_url`` is where people reach it."""

    private: PrivateDatabase
    sealer: Sealer
    clock: Clock
    base_url: str
    terms: Terms


class ProviderSignIns:
    """Both ends of a sign-in."""

    def __init__(self, node: Surroundings, fetcher: Fetcher, discovery: Discovery) -> None:
        self._private, self._sealer, self._clock = node.private, node.sealer, node.clock
        self._base_url, self._terms = node.base_url.rstrip("/"), node.terms
        self._fetcher, self._discovery = fetcher, discovery

    def redirect_uri(self, organization_id: str) -> str:
        """Where an organization's providers send people back to.

        Each organization has its own, so that no code for one ends up at a provider of another, even if
        it does not name itself (RFC 9700 section 4.4.2.2).
        """
        return f"{self._base_url}/signin/callback/{organization_id}"

    def offer(self, provider_id: str) -> Offer:
        """The provider of a link; raises ``NotFound`` for one that is switched off, too."""
        row = self._living(provider_id)
        if row is None:
            raise NotFound
        return Offer(row.id, row.name, row.organization_id)

    def offers(self, organization_id: str) -> list[Offer]:
        """The providers through which an organization's people can sign in, by name."""
        query = (
            select(IdentityProvider)
            .where(IdentityProvider.organization_id == organization_id, IdentityProvider.active)
            .order_by(IdentityProvider.name, IdentityProvider.id)
        )
        with self._private.read() as session:
            return [Offer(row.id, row.name, row.organization_id) for row in session.scalars(query)]

    def depart(self, provider_id: str, browser: str, wish: Wish) -> str:
        """Where to send the browser with this secret; raises ``NotFound`` or ``ProviderTrouble``."""
        provider = self._living(provider_id)
        if provider is None:
            raise NotFound
        description = self._discovery.description(provider.issuer)
        now = self._clock()
        with self._private.work() as session:
            sweep_attempts(session, now)
            state, attempt = open_attempt(session, self._sealer, provider.id, browser, wish, now)
        asked = {
            "response_type": "code",
            "client_id": provider.client_id,
            "redirect_uri": self.redirect_uri(provider.organization_id),
            "scope": SCOPE,
            "state": state,
            "nonce": attempt.nonce,
            "code_challenge": attempt.challenge,
            "code_challenge_method": "S256",
        }
        mark = "&" if "?" in description.authorization_endpoint else "?"
        return f"{description.authorization_endpoint}{mark}{urlencode(asked)}"

    def finish(self, organization_id: str, answer: Mapping[str, str], arrival: Arrival) -> Done:
        """Take a provider's answer, as it came through the browser to an organization's address.

        Raises ``ProviderTrouble``, or what ``linking`` says about strangers.
        """
        state = answer.get("state", "")
        attempt = take_attempt(self._private, self._sealer, state, arrival.browser, self._clock())
        provider, actor, wish = self._living(attempt.provider_id), arrival.actor, attempt.wish
        if provider is None or wish.person_id not in (None, actor.id if actor else None):
            raise ProviderTrouble(Trouble.STRAY)
        if provider.organization_id != organization_id:
            raise ProviderTrouble(Trouble.MIXED_UP)
        identity = self._identity(provider, attempt, answer)
        host = Host(Invitations(self._private, self._clock), self._terms, arrival.language, arrival.device)
        offer = Offer(provider.id, provider.name, provider.organization_id)
        try:
            with self._private.work() as session:
                if wish.person_id is not None and actor is not None:
                    linking.connect(session, provider, identity, actor, self._clock())
                    return Done(None, offer, wish.onward)
                entered = linking.settle(session, provider, identity, wish, self._clock(), host)
        except IntegrityError as error:
            raise ProviderTrouble(Trouble.STRAY) from error  # the same person in two windows
        return Done(entered, offer, wish.onward)

    def keep_house(self) -> None:
        """Throw away sign-ins that nobody came back for."""
        with self._private.work() as session:
            sweep_attempts(session, self._clock())

    def _identity(self, provider: IdentityProvider, attempt: Attempt, answer: Mapping[str, str]) -> Identity:
        description = self._discovery.description(provider.issuer)
        check_answerer(description, answer.get("iss"))
        code = _code(answer)
        token = id_token(
            self._fetcher,
            description,
            self._credentials(provider),
            Code(code, attempt.verifier, self.redirect_uri(provider.organization_id)),
        )
        return self._believed(description, provider, attempt, token)

    def _believed(
        self, description: Description, provider: IdentityProvider, attempt: Attempt, token: str
    ) -> Identity:
        claims = self._discovery.claims(provider.issuer, token)
        began = attempt.began_at.timestamp()
        expected = Expected(description.issuer, provider.client_id, attempt.nonce, began)
        return check_claims(claims, expected, self._clock().timestamp())

    def _credentials(self, provider: IdentityProvider) -> Credentials:
        try:
            secret = self._sealer.open(provider.sealed_secret, SECRET_PURPOSE)
        except SealBroken as error:
            raise ProviderTrouble(Trouble.EXCHANGE) from error  # the node has a new key
        return Credentials(provider.client_id, secret)

    def _living(self, provider_id: str) -> IdentityProvider | None:
        query = (
            select(IdentityProvider)
            .join(Organization, Organization.id == IdentityProvider.organization_id)
            .where(IdentityProvider.id == provider_id, IdentityProvider.active, Organization.active)
        )
        with self._private.read() as session:
            return session.scalar(query)


def _code(answer: Mapping[str, str]) -> str:
    error, code = answer.get("error"), answer.get("code", "")
    if error is not None:
        trouble = Trouble.REFUSED if error in UNWILLING else Trouble.DOWN if error in UNABLE else None
        raise ProviderTrouble(trouble or Trouble.EXCHANGE)
    if not 0 < len(code) <= CODE_MAX:
        raise ProviderTrouble(Trouble.UNFIT)
    return code
