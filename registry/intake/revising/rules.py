"""What can be revised, and what stands in the way. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from registry.errors import N_, Conflict
from registry.intake.rules import Action, State, after
from registry.intake.similar.rules import Kind

STATEMENT = N_("A statement is not revised. Send another one, and ask for this one to be retracted.")
TAKEN_AWAY = N_("The public record was retracted or removed. There is nothing to revise.")


_COARSENED: Final = "reach"
"""The one facet of which the public may read less than what was coded."""


def as_public(account: Mapping[str, Any], public: Mapping[str, Any]) -> dict[str, Any]:
    """The account with the codes that the public reads: what reviewers coded is where a revision begins."""
    told, coded = account.get("classification") or {}, public.get("classification") or {}
    kept = {_COARSENED: told[_COARSENED]} if _COARSENED in told else {}
    return {**account, "classification": {**kept, **coded}}


def refuse(state: State, kind: Kind, *, stands: bool) -> None:
    """Raises ``Conflict`` that says why a report cannot be revised now."""
    after(Action.REOPEN, state)
    if kind is not Kind.REPORT:
        raise Conflict(STATEMENT)
    if not stands:
        raise Conflict(TAKEN_AWAY)


def may_revise(state: State, kind: Kind) -> bool:
    """Whether an organization is offered to revise it; whether its record still stands is asked later."""
    return state is State.PUBLISHED and kind is Kind.REPORT
