"""What this node makes of a peer's entries: policy on the envelope, and the breaker. Pure.

Policy looks at envelopes only, so that payloads nobody wants are never fetched. Retractions and
erasures are never filtered: whoever holds a copy must hear of them (``taking.Wanted``).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final

from registry.errors import N_, Invalid, Problem
from registry.ledger.envelopes import Envelope, Op


class Mode(StrEnum):
    """What becomes of a peer's records here."""

    SHOW = "show"  # shown as soon as they are checked
    HOLD = "hold"  # a reviewer looks at each before it is shown
    HIDDEN = "hidden"  # copied and relayed, not shown
    BLOCKED = "blocked"  # nothing is fetched


HEARD: Final = (Mode.SHOW.value, Mode.HOLD.value)
"""How a node is followed whose word on records of others is told here."""


class Standing(StrEnum):
    """What became of one entry."""

    TAKEN = "taken"  # its payload was fetched, checked and read
    COPIED = "copied"  # the same, but it is read only when the record is to be shown or to wait
    PASSED = "passed"  # not wanted: outside the scope; only the entry is kept
    MISSING = "missing"  # wanted, and whoever was asked had no payload: asked for again (``missing.py``)
    NOTED = "noted"  # it is no revision of a record
    CLAIMED = (
        "claimed"  # about a record of a node that it keeps, as it says; whether it does is seen to apart
    )
    QUARANTINED = "quarantined"  # it cannot be believed; the log goes on without it


UNCOUNTED: Final = frozenset({Standing.CLAIMED, Standing.QUARANTINED})
"""What says nothing of a record here."""
HERE: Final = (Standing.TAKEN.value, Standing.COPIED.value)
"""What is a revision of a record whose payload is here, read or not."""
WITHDRAWING: Final = frozenset({Op.RETRACT, Op.ERASE})
"""What takes a record away from readers."""
HOLDING: Final = frozenset({Op.CREATE, Op.REVISE, Op.REINSTATE, Op.RETRACT})
"""What has a payload that is a revision of a record."""
CLAIMING: Final = frozenset({Op.RELATE, Op.ANNOTATE})
"""What has a payload that says something of a record of another node; a few hundred bytes, never filtered."""
ALWAYS: Final = CLAIMING | {Op.CUSTODY}
"""What is fetched whatever the scope."""
CODES_MAX: Final = 100
BREAKER_COUNT: Final = 10
"""So many withdrawals at once never need a person."""
BREAKER_SHARE: Final = 0.10


@dataclass(frozen=True, slots=True)
class Scope:
    """Which entries are wanted; an empty part means any.

    ``codes`` are taxonomy codes such as ``sector/health``: codes of one facet are alternatives, and every
    facet named has to match.
    """

    kinds: frozenset[str] = frozenset()
    languages: frozenset[str] = frozenset()
    codes: frozenset[str] = frozenset()

    def wants(self, envelope: Envelope) -> bool:
        """Whether the entry lies within."""
        if self.kinds and envelope.kind not in self.kinds:
            return False
        if self.languages and envelope.tax.language not in self.languages:
            return False
        return not self.codes or all(wanted & set(envelope.tax.codes) for wanted in self._facets().values())

    def to_json(self) -> dict[str, list[str]]:
        """As it is stored, and told in the descriptor."""
        return {
            "kinds": sorted(self.kinds),
            "languages": sorted(self.languages),
            "codes": sorted(self.codes),
        }

    @classmethod
    def from_json(cls, raw: Mapping[str, Any]) -> Scope:
        """What ``to_json`` gave."""
        return cls(*(frozenset(raw.get(part, ())) for part in ("kinds", "languages", "codes")))

    def _facets(self) -> dict[str, set[str]]:
        facets: dict[str, set[str]] = {}
        for code in self.codes:
            facets.setdefault(code.partition("/")[0], set()).add(code)
        return facets


EVERYTHING: Final = Scope()


@dataclass(frozen=True, slots=True)
class Policy:
    """How a peer is followed; ``max_rate`` entries are taken in a day at most, 0 for any number.

    None stands for the usual bound (``rate.py``).
    """

    mode: Mode = Mode.HOLD
    scope: Scope = EVERYTHING
    max_rate: int | None = None

    @property
    def follows(self) -> bool:
        """Whether the log is read at all."""
        return self.mode is not Mode.BLOCKED

    def takes(self, envelope: Envelope) -> bool:
        """Whether the payload of an entry is fetched."""
        if self.mode is Mode.BLOCKED:
            return False
        return envelope.op in ALWAYS or (envelope.op in HOLDING and self.scope.wants(envelope))


def mode_named(name: str) -> Mode:
    """The mode with this name; raises ``Invalid`` that lists them."""
    try:
        return Mode(name)
    except ValueError:
        known = ", ".join(mode.value for mode in Mode)
        raise Invalid([Problem("/mode", N_("Choose one of: %(known)s."), {"known": known})]) from None


def breaks(withdrawn: int, accepted: int) -> bool:
    """Whether so many withdrawals among the records accepted from a peer wait for a person.

    A node that lost its data by accident must not empty every other one (osv.dev#2113).
    """
    return withdrawn > BREAKER_COUNT and withdrawn > accepted * BREAKER_SHARE
