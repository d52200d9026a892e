"""Making a program: its row, and the secrets that are shown once."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime

from registry.db.columns import random_key
from registry.errors import N_, Conflict, Invalid, Problem
from registry.identity.oauth.models import Client
from registry.identity.oauth.program_keys import key_problems
from registry.identity.oauth.rules import NO_BEARER, Way, may_bear
from registry.identity.secrets import hash_secret, new_secret
from registry.identity.tenants.rules import as_name, name_problems

NAME_MAX = 120


@dataclass(frozen=True, slots=True)
class NewClient:
    """A client just made; token and secret are shown this once and kept as hashes only.

    ``token`` is empty unless it was asked for; ``secret`` is None where its way of authenticating has none.
    """

    id: str
    token: str
    secret: str | None = None


def check(name: str, scopes: Collection[str], offered: Iterable[str], way: Way) -> None:
    """Raises ``Invalid`` unless the name fits, the scopes are offered, and the way is possible."""
    known, problems = tuple(offered), [*way.problems(), *name_problems("/name", as_name(name), NAME_MAX)]
    if way.jwks is not None and not any(problem.pointer == "/jwks" for problem in problems):
        problems += key_problems(way.jwks)
    if not scopes or not set(scopes) <= set(known):
        message = N_("Choose scopes from: %(known)s.")
        problems.append(Problem("/scopes", message, {"known": ", ".join(known)}))
    if problems:
        raise Invalid(problems)


def make(
    organization_id: str, name: str, scopes: Collection[str], way: Way, now: datetime
) -> tuple[Client, NewClient]:
    """The row of a program, and what it shows to get in."""
    row = Client(
        id=random_key(),
        organization_id=organization_id,
        name=as_name(name),
        scopes=" ".join(sorted(scopes)),
        auth_method=way.auth_method,
        grant_types=" ".join(sorted(way.grant_types)),
        redirect_uris=list(way.redirect_uris),
        jwks=dict(way.jwks) if way.jwks else None,
        generation=0,
        created_at=now,
    )
    return row, renew(row, bearer=way.bearer)


def renew(row: Client, *, bearer: bool = False) -> NewClient:
    """New secrets for a program; earlier ones stop working with the end of the caller's transaction.

    So do access tokens that it got with them for itself.

    A long-lived token is made only when ``bearer`` asks for it; raises ``Conflict`` where none can be.
    """
    if bearer and not may_bear(row.auth_method, row.grant_types.split()):
        raise Conflict(NO_BEARER)
    token = new_secret() if bearer else None
    secret = new_secret() if row.auth_method == "client_secret_basic" else None
    row.token_hash = hash_secret(token) if token else None
    row.secret_hash = hash_secret(secret) if secret else None
    row.generation += 1
    return NewClient(row.id, token or "", secret)
