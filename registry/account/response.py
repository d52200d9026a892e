"""Checks of the response part of an account: intervals, texts, and who was told."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from registry.account import fields, limits
from registry.account.types import MILESTONES, NARRATIVES, TOLD_STATES, Answer, Lasting
from registry.errors import N_, Problem
from taxonomy import Taxonomy

_ANSWERS = tuple(answer.value for answer in Answer)
_LASTING = tuple(one.value for one in Lasting)


def response_problems(raw: object, taxonomy: Taxonomy) -> Iterator[Problem]:
    """Every problem of the response part, with pointers from the root of the account."""
    if raw is None:
        return
    if not isinstance(raw, Mapping):
        yield Problem("/response", N_("This should be an object with named fields."))
        return
    yield from fields.unknown_keys("/response", raw, (*MILESTONES, *NARRATIVES, "held", "told"))
    for milestone in MILESTONES:
        yield from _interval(f"/response/{milestone}", raw.get(milestone))
    for narrative in NARRATIVES:
        yield from fields.text(f"/response/{narrative}", raw.get(narrative), limits.NARRATIVE_MAX)
    if raw.get("held") not in (None, *_LASTING):
        yield Problem("/response/held", N_("Choose one of: %(known)s."), {"known": ", ".join(_LASTING)})
    yield from _order(raw)
    yield from _told("/response/told", raw.get("told"), taxonomy)


def _interval(pointer: str, value: object) -> Iterator[Problem]:
    if value is None:
        return
    if not isinstance(value, Mapping):
        yield Problem(pointer, N_("This should be an object with the fields answer and hours."))
        return
    yield from fields.unknown_keys(pointer, value, ("answer", "hours"))
    answer, hours = value.get("answer"), value.get("hours")
    if answer not in _ANSWERS:
        yield Problem(f"{pointer}/answer", N_("Choose one of: %(known)s."), {"known": ", ".join(_ANSWERS)})
    elif answer == Answer.AFTER and not _is_hours(hours):
        facts = {"limit": limits.HOURS_MAX}
        yield Problem(
            f"{pointer}/hours", N_("Say after how many hours: a whole number from 0 to %(limit)s."), facts
        )
    elif answer != Answer.AFTER and hours is not None:
        yield Problem(f"{pointer}/hours", N_("Leave the hours out unless the answer is after."))


def _is_hours(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= limits.HOURS_MAX


def _order(raw: Mapping[str, Any]) -> Iterator[Problem]:
    """Containment, recovery and closure count from detection, so they cannot run backwards."""
    earlier: int | None = None
    for milestone in MILESTONES[1:]:
        value = raw.get(milestone)
        hours = value.get("hours") if isinstance(value, Mapping) else None
        if not isinstance(hours, int) or not _is_hours(hours):
            continue
        if earlier is not None and hours < earlier:
            yield Problem(
                f"/response/{milestone}/hours", N_("This is earlier than the step before it. Check both.")
            )
        earlier = hours


def _told(pointer: str, value: object, taxonomy: Taxonomy) -> Iterator[Problem]:
    if value is None:
        return
    if not isinstance(value, list) or len(value) > limits.CODES_MAX:
        yield Problem(pointer, N_("This should be a short list of audiences with a state."))
        return
    seen: set[str] = set()
    for position, entry in enumerate(value):
        here = f"{pointer}/{position}"
        if not isinstance(entry, Mapping):
            yield Problem(here, N_("This should be an object with the fields audience and state."))
            continue
        yield from fields.unknown_keys(here, entry, ("audience", "state"))
        yield from _told_entry(here, entry, taxonomy, seen)
    if "audience/none" in seen and len(seen) > 1:
        yield Problem(pointer, N_("Either nobody was told, or somebody was: choose one."))


def _told_entry(here: str, entry: Mapping[str, Any], taxonomy: Taxonomy, seen: set[str]) -> Iterator[Problem]:
    audience, state = entry.get("audience"), entry.get("state")
    if not isinstance(audience, str) or audience not in taxonomy.facets["audience"].values:
        yield Problem(f"{here}/audience", N_("This is not a known audience."))
    elif audience in seen:
        yield Problem(f"{here}/audience", N_("This audience is listed twice."))
    else:
        seen.add(audience)
    if state not in TOLD_STATES:
        yield Problem(f"{here}/state", N_("Choose one of: %(known)s."), {"known": ", ".join(TOLD_STATES)})
