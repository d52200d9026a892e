"""Signing in with a passkey: as the second step after a password, or as all there is to it.

Alone it counts for two factors, what one has and what one knows or is; so its device must have made
sure who holds it. After a password that is welcome, and not demanded.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from registry import audit
from registry.audit import REGISTRY, Step
from registry.clock import Clock
from registry.db.private import PrivateDatabase
from registry.identity.factors import ceremony, challenges
from registry.identity.factors.ceremony import Answer, PasskeyRefused
from registry.identity.factors.challenges import ChallengeOver
from registry.identity.factors.models import Passkey
from registry.identity.factors.passkeys import Site, handle
from registry.identity.factors.pending import SecondStepOver, Terms, count_try, finish, look
from registry.identity.models import PendingSignIn, Person
from registry.identity.secrets import hash_secret
from registry.identity.starting import PASSKEY, SignedIn, start
from registry.sealing import Sealer


class PasskeySignIns:
    """Sign-ins with a passkey; ``terms`` say how sessions of this node are."""

    def __init__(
        self, private: PrivateDatabase, clock: Clock, site: Site, terms: Terms, sealer: Sealer
    ) -> None:
        self._private, self._clock, self._site, self._terms = private, clock, site, terms
        self._key = sealer.key(challenges.PURPOSE)

    def question(self, browser: str) -> str:
        """What to ask somebody unknown, as JSON; ``browser`` is a secret of the browser that will answer.

        Raises ``NoPasskeysHere``.
        """
        challenge = challenges.make(self._key, browser, self._clock())
        return ceremony.request_options(self._site.known(), challenge, (), verify=True)

    def sign_in(self, browser: str, answer: str, *, device: str = "") -> SignedIn:
        """Start a session for whom the passkey belongs to.

        Raises ``PasskeyRefused``, ``ChallengeOver``, or ``NotAllowed`` for a person without organization.
        """
        said, now = ceremony.read(answer), self._clock()
        ends = challenges.check(self._key, browser, said.challenge, now)
        owner, count = self._check(said, said.challenge, whose=None)
        try:
            with self._private.work() as session:
                challenges.use_up(session, said.challenge, ends, now)
                if self._counts(session, said, count, now):
                    person = session.get_one(Person, owner)
                    return start(
                        session,
                        person,
                        PASSKEY,
                        now,
                        self._terms.life,
                        device=device,
                        confirmed=True,
                        factor_asked=self._terms.factor_asked,
                    )
        except IntegrityError as error:
            raise ChallengeOver from error
        raise PasskeyRefused

    def second_question(self, secret: str) -> str:
        """What to ask in the second step of a pending sign-in, as JSON.

        Raises ``SecondStepOver``, ``NoPasskeysHere``, or ``PasskeyRefused`` for somebody without passkeys.
        """
        party, now = self._site.known(), self._clock()
        challenge = challenges.make(self._key, secret, now)
        with self._private.work() as session:
            row = look(session, secret, now)
            known = list(session.scalars(select(Passkey.id).where(Passkey.person_id == row.person_id)))
            if not known:
                raise PasskeyRefused
            row.challenge = challenge
        return ceremony.request_options(party, challenge, known, verify=False)

    def second_step(self, secret: str, answer: str, *, device: str = "") -> SignedIn:
        """End a pending sign-in; an answer uses up its challenge and one try, whatever it is.

        Raises ``SecondStepOver``, ``PasskeyRefused``, ``ChallengeOver``, or ``NotAllowed``.
        """
        said, now = ceremony.read(answer), self._clock()
        with self._private.work() as session:
            row = count_try(session, secret, now)
            person_id, challenge, row.challenge = row.person_id, row.challenge, None
        if challenge is None:
            raise ChallengeOver
        challenges.check(self._key, secret, challenge, now)
        _, count = self._check(said, challenge, whose=person_id)
        with self._private.work() as session:
            waiting = session.get(PendingSignIn, hash_secret(secret))
            if waiting is None:
                raise SecondStepOver
            if self._counts(session, said, count, now):
                return finish(session, waiting, now, self._terms, device=device)
        raise PasskeyRefused

    def _check(self, said: Answer, challenge: str, *, whose: str | None) -> tuple[str, int]:
        """The passkey's person and its counter; ``whose`` is the person that it must belong to, if known."""
        party = self._site.known()
        with self._private.read() as session:
            key = session.get(Passkey, said.credential_id)
            person = session.get(Person, key.person_id) if key is not None else None
        if key is None or person is None or not person.active:
            raise PasskeyRefused
        told = said.handle if whose is None or said.handle else handle(whose)
        if told != handle(person.id) or whose not in (None, person.id):
            raise PasskeyRefused
        count = ceremony.check_shown(party, said, challenge, key.public_key, verify=whose is None)
        return person.id, count

    def _counts(self, session: Session, said: Answer, count: int, now: datetime) -> bool:
        """Move the passkey's counter on; False, and a line in the trail, for one that does not go up.

        Devices without a counter say 0 for ever. One that was copied shows itself by a number that was
        seen before (section 6.1.1). A passkey that was removed meanwhile does not count either.
        """
        on = Passkey.sign_count < count if count else Passkey.sign_count == 0
        moved = session.execute(
            update(Passkey)
            .where(Passkey.id == said.credential_id, on)
            .values(sign_count=count, last_used_at=now)
            .returning(Passkey.person_id)
            .execution_options(synchronize_session=False)
        ).first()
        if moved is not None:
            return True
        owner = session.scalar(select(Passkey.person_id).where(Passkey.id == said.credential_id))
        if owner is not None:
            step = Step("person", owner, "refuse-passkey", reason=ceremony.mark(said.credential_id))
            audit.append(session, step, REGISTRY, now)
        return False
