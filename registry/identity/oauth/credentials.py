"""Codes and refresh tokens: random, kept as hashes, each good exactly once.

The one who turns ``used`` from false to true wins; it is a conditional update, so of any number of
parallel requests one does (RFC 6749 section 4.1.2, RFC 9700 section 4.14.2). Whoever comes with a
used one shows that it was copied: the grant ends, and with it all that came from it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import update
from sqlalchemy.orm import Session
from sqlalchemy.sql.dml import ReturningUpdate

from registry.audit import REGISTRY
from registry.clock import Clock
from registry.db.private import PrivateDatabase
from registry.identity.oauth.grants import Grants, alive, end
from registry.identity.oauth.models import AuthorizationCode, Grant, RefreshToken
from registry.identity.oauth.rules import CODE_SECONDS, scopes_of
from registry.identity.rules import Actor
from registry.identity.secrets import hash_secret, new_secret

REPLAYED = "a code or refresh token was used twice"


@dataclass(frozen=True, slots=True)
class CodeView:
    """A code that may be redeemed, in the form that Authlib asks questions of."""

    code_hash: str
    grant_id: str
    client_id: str
    redirect_uri: str
    code_challenge: str
    code_challenge_method: str = "S256"

    def get_redirect_uri(self) -> str:
        """The address that the code was sent to."""
        return self.redirect_uri


@dataclass(frozen=True, slots=True)
class RefreshView:
    """A refresh token that may be used."""

    token_hash: str
    grant_id: str
    client_id: str
    scopes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Living:
    """What a refresh token that may be used stands for; ``expires_at`` in seconds since 1970."""

    client_id: str
    person_id: str
    scopes: tuple[str, ...]
    expires_at: int


@dataclass(frozen=True, slots=True)
class Redeemed:
    """What a code, refresh token or device code was exchanged for; ``refresh`` may be None."""

    grant_id: str
    person_id: str
    scopes: tuple[str, ...]
    refresh: str | None


class Credentials:
    """Giving codes and refresh tokens out and taking them back."""

    def __init__(self, private: PrivateDatabase, grants: Grants, clock: Clock) -> None:
        self._private, self._grants, self._clock = private, grants, clock

    def give_code(
        self, actor: Actor, client_id: str, scopes: tuple[str, ...], redirect_uri: str, challenge: str
    ) -> str:
        """Begin a grant and return its code, for one minute."""
        code = new_secret()
        with self._private.work() as session:
            grant = self._grants.open(session, actor, client_id, scopes)
            session.add(
                AuthorizationCode(
                    code_hash=hash_secret(code),
                    grant_id=grant.id,
                    redirect_uri=redirect_uri,
                    challenge=challenge,
                    expires_at=self._clock() + timedelta(seconds=CODE_SECONDS),
                )
            )
        return code

    def code(self, code: str, client_id: str) -> CodeView | None:
        """The code if this program may redeem it now; a used one ends its grant and gives None."""
        with self._private.work() as session:
            row = session.get(AuthorizationCode, hash_secret(code))
            grant = self._usable(session, row, client_id)
            if row is None or grant is None:
                return None
            return CodeView(row.code_hash, grant.id, client_id, row.redirect_uri, row.challenge)

    def redeem_code(self, view: CodeView, *, refresh: bool) -> Redeemed | None:
        """Use the code up; None when somebody else was faster, which ends the grant."""
        return self._redeem(view.grant_id, _use_code(view.code_hash), refresh=refresh)

    def refresh(self, token: str, client_id: str) -> RefreshView | None:
        """The refresh token if this program may use it now; a used one ends its grant and gives None."""
        with self._private.work() as session:
            row = session.get(RefreshToken, hash_secret(token))
            grant = self._usable(session, row, client_id)
            if row is None or grant is None:
                return None
            return RefreshView(row.token_hash, grant.id, client_id, scopes_of(grant.scopes))

    def living(self, token: str, client_id: str) -> Living | None:
        """What a refresh token of this program stands for, if it is good now; asking changes nothing."""
        now = self._clock()
        with self._private.work() as session:
            row = session.get(RefreshToken, hash_secret(token))
            grant = alive(session, row.grant_id, now) if row is not None else None
            if row is None or row.used or row.expires_at <= now:
                return None
            if grant is None or grant.client_id != client_id:
                return None
            ends = int(row.expires_at.timestamp())
            return Living(client_id, grant.person_id, scopes_of(grant.scopes), ends)

    def redeem_refresh(self, view: RefreshView) -> Redeemed | None:
        """Exchange the refresh token for the next one; None when somebody else was faster."""
        return self._redeem(view.grant_id, _use_refresh(view.token_hash), refresh=True)

    def revoke_refresh(self, token: str, client_id: str) -> bool:
        """End the grant of a refresh token (RFC 7009 section 2.1); whether it was this program's."""
        with self._private.work() as session:
            row = session.get(RefreshToken, hash_secret(token))
            grant = session.get(Grant, row.grant_id) if row is not None else None
            if grant is None or grant.client_id != client_id:
                return False
            end(session, grant.id, "revoked by the program", REGISTRY, self._clock())
            return True

    def add_refresh(self, session: Session, grant: Grant) -> str:
        """A new refresh token of a grant, in the caller's transaction; it lives as long as the grant."""
        token = new_secret()
        session.add(
            RefreshToken(token_hash=hash_secret(token), grant_id=grant.id, expires_at=grant.expires_at)
        )
        return token

    def _usable(
        self, session: Session, row: AuthorizationCode | RefreshToken | None, client_id: str
    ) -> Grant | None:
        """The grant of what this program may use now; of what was used before it ends the grant: None."""
        grant = session.get(Grant, row.grant_id) if row is not None else None
        if row is None or grant is None or grant.client_id != client_id:
            return None
        if row.used:
            end(session, grant.id, REPLAYED, REGISTRY, self._clock())
            return None
        if row.expires_at <= self._clock() or alive(session, grant.id, self._clock()) is None:
            return None
        return grant

    def _redeem(self, grant_id: str, use: ReturningUpdate[tuple[str]], *, refresh: bool) -> Redeemed | None:
        with self._private.work() as session:
            if session.execute(use).first() is None:
                end(session, grant_id, REPLAYED, REGISTRY, self._clock())
                return None
            grant = alive(session, grant_id, self._clock())
            if grant is None:
                return None
            token = self.add_refresh(session, grant) if refresh else None
            return Redeemed(grant.id, grant.person_id, scopes_of(grant.scopes), token)


def _use_code(code_hash: str) -> ReturningUpdate[tuple[str]]:
    return (
        update(AuthorizationCode)
        .where(AuthorizationCode.code_hash == code_hash, AuthorizationCode.used.is_(False))
        .values(used=True)
        .returning(AuthorizationCode.code_hash)
    )


def _use_refresh(token_hash: str) -> ReturningUpdate[tuple[str]]:
    return (
        update(RefreshToken)
        .where(RefreshToken.token_hash == token_hash, RefreshToken.used.is_(False))
        .values(used=True)
        .returning(RefreshToken.token_hash)
    )
