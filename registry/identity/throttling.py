"""How often somebody may try to sign in, without locking out whom they try to be.

Tries from a browser that this person signed in with before are counted for that browser alone, so
nobody else can use them up (OWASP, "Slow Down Online Guessing Attacks with Device Cookies"). All
other tries are counted four times: for the account from this place, so that one guesser runs dry first;
for the place over all accounts; for the account from wherever; and for the whole node. What is
counted is the address as typed, so an account that does not exist is slowed down like one that does.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from registry.errors import TooManyTries
from registry.limits import Limit, Limiter

MINUTE: Final = 60
HOUR: Final = 3600
DAY: Final = 86_400

DEVICE: Final = (Limit("sign-in-browser", 10, MINUTE), Limit("sign-in-browser-hour", 60, HOUR))
NEAR: Final = (Limit("sign-in-near", 5, MINUTE), Limit("sign-in-near-hour", 20, HOUR))
ACCOUNT: Final = (Limit("sign-in-account", 10, MINUTE), Limit("sign-in-account-hour", 60, HOUR))
NODE: Final = (Limit("sign-in-node", 600, MINUTE),)
PLACE: Final = (Limit("sign-in-place", 30, MINUTE), Limit("sign-in-place-hour", 300, HOUR))
"""Failures only: many people may sit behind one address, and sign in within the same minute."""
CODE_DEVICE: Final = (Limit("code-browser", 10, 15 * MINUTE), Limit("code-browser-day", 60, DAY))
CODE: Final = (Limit("code", 10, 15 * MINUTE), Limit("code-hour", 20, HOUR), Limit("code-day", 50, DAY))
"""Codes tried after a right password: of a million six-digit ones three are good at any time."""
CHANGE: Final = (Limit("factor-change", 10, 10 * MINUTE),)
"""Codes and passwords tried by whoever sits at an open session."""


class SignInThrottle:
    """Counts tries; raises ``TooManyTries`` where there were too many.

    ``account`` is what was typed, ``place`` where it came from, ``device`` a browser that this account
    was signed in with before, or None. ``percent`` scales every limit; at 0 nothing is counted.
    """

    def __init__(self, limiter: Limiter, percent: int = 100) -> None:
        self._limiter, self._percent = limiter, percent

    def first_step(self, account: str, place: str, device: str | None) -> None:
        """Count a try of a password, before it is looked at."""
        if device is not None:
            self._take(DEVICE, account, device)
            return
        self._look(PLACE, place)
        self._take(NEAR, account, place)
        self._take(ACCOUNT, account)
        self._take(NODE)

    def failed(self, place: str, device: str | None) -> None:
        """The try was wrong."""
        if device is None:
            try:
                self._take(PLACE, place)
            except TooManyTries:
                return  # others tried at the same moment; the next one will be told

    def passed(self, account: str, place: str, device: str | None) -> None:
        """The try was right: whoever knows the password need not pay for those who do not."""
        if device is not None:
            self._forget(DEVICE, account, device)
            return
        self._forget(NEAR, account, place)
        self._forget(ACCOUNT, account)

    def second_step(self, person_id: str, device: str | None) -> None:
        """Count a try of a second factor, before it is looked at."""
        if device is not None:
            self._take(CODE_DEVICE, person_id, device)
        else:
            self._take(CODE, person_id)

    def second_passed(self, person_id: str, device: str | None) -> None:
        """The second factor was right."""
        if device is not None:
            self._forget(CODE_DEVICE, person_id, device)
        else:
            self._forget(CODE, person_id)

    def change(self, person_id: str) -> None:
        """Count a try of a code or password that is to change a factor."""
        self._take(CHANGE, person_id)

    def _take(self, limits: tuple[Limit, ...], *who: str) -> None:
        for limit in self._scaled(limits):
            self._limiter.take(limit, *who)

    def _look(self, limits: tuple[Limit, ...], *who: str) -> None:
        for limit in self._scaled(limits):
            left = self._limiter.look(limit, *who)
            if left.remaining == 0:
                raise TooManyTries(retry_after=left.reset_seconds, limit=limit.name)

    def _forget(self, limits: tuple[Limit, ...], *who: str) -> None:
        for limit in self._scaled(limits):
            self._limiter.forget(limit, *who)

    def _scaled(self, limits: tuple[Limit, ...]) -> list[Limit]:
        if not self._percent:
            return []
        return [replace(limit, tries=max(1, limit.tries * self._percent // 100)) for limit in limits]
