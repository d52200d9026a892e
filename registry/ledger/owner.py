"""Whose log it is that is being read, and whether each entry is that node's to write. Pure."""

from __future__ import annotations

from dataclasses import replace
from typing import Protocol

from registry.ledger import custody, shape
from registry.ledger.envelopes import HOME_OPS, Envelope, Op, Standing, require_next, standing
from registry.ledger.refusal import Refused


class Said(Protocol):
    """What the log said last of each record, and of the custody of each node."""

    def last(self, record_id: str) -> Standing | None:
        """What was said last."""

    def note(self, record_id: str, standing: Standing) -> None:
        """Remember what was said."""

    def renew(self, home: str) -> None:
        """Forget what was said of the records of another node (full id), but for what was erased."""


class Owner:
    """Follows a log from its first entry on, which says whose it is."""

    def __init__(self, said: Said, home: str | None = None, *, ended: bool = False) -> None:
        """``home`` is whose log it is, where that is known; ``ended`` whether it was handed over before."""
        self._said, self._home, self._ended = said, home, ended

    @property
    def ended(self) -> bool:
        """Whether the log was handed over."""
        return self._ended

    def take(self, envelope: Envelope, leaf: bytes) -> None:
        """The next entry; raises ``Refused`` where it must not stand there."""
        if self._ended:
            raise Refused("log-ended", "It follows the entry by which the log was handed over and ended.")
        self._home = self._home or envelope.home
        if envelope.op in HOME_OPS:
            self._record(envelope, leaf)
        elif envelope.home != self._home:
            raise Refused("home-other", "It names another node than the entries before it.")
        elif envelope.op is Op.CUSTODY:
            self._custody(envelope, leaf)
        elif envelope.op is Op.ACK_ERASE:
            self._gone(envelope, leaf)

    def _record(self, envelope: Envelope, leaf: bytes) -> None:
        before = self._said.last(envelope.id)
        if envelope.home != self._home:
            accepted = self._said.last(envelope.home)
            if accepted is None:
                raise Refused("home-other", "It names another node than the entries before it.")
            custody.require_kept(envelope)
        if envelope.home == self._home or before is not None:  # else it follows an entry of the other log
            require_next(envelope, before)
        self._said.note(envelope.id, standing(envelope, leaf))

    def _custody(self, envelope: Envelope, leaf: bytes) -> None:
        custody.require_kind(envelope)
        if custody.is_acceptance(envelope):
            # It read on in the other log: what follows is what that log says last, or what this one said.
            self._said.renew(envelope.id)
        else:
            custody.require_following(envelope, self._said.last(envelope.id))
        self._said.note(envelope.id, standing(envelope, leaf))
        self._ended = custody.ends_log(envelope)

    def _gone(self, envelope: Envelope, leaf: bytes) -> None:
        """A record that was kept here was erased by its own node after all, and so here."""
        if shape.is_home_id(envelope.id, envelope.home) or self._said.last(envelope.id) is None:
            return
        self._said.note(envelope.id, replace(standing(envelope, leaf), op=Op.ERASE))
