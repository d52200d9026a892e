"""What ``commons peer show`` says of one node, in words; ``--json`` has the same for programs."""

from __future__ import annotations

from registry.federation.rules import Mode
from registry.federation.showing import PeerView
from registry.federation.standing import PeerState
from web.cli.peer_lines import back, cosigning, lacks, rate, says, scope_words, trusting
from web.cli.peer_rate import USUAL
from web.node_words import MODES

_STATES = {
    PeerState.FOLLOWING: "its log is read on",
    PeerState.KEPT: "gone; another node keeps its records, and its log is read no further",
    PeerState.OURS: "gone; this node keeps its records, and its log is read no further",
    PeerState.FROZEN: "frozen; nothing new of it is read until somebody says so: commons peer thaw",
}


def shown(found: PeerView) -> str:
    """Everything that is known of a node, one thing a line."""
    lines = {
        "name": f"{found.name} (as it calls itself)",
        "id": found.node_id,
        "short id": found.short,
        "address": found.url,
        "its log": f"read at {found.prefix}",
        "key of its log": found.vkey,
        "mode": f"{found.policy.mode.value}: {MODES[found.policy.mode]}",
        "fetched": scope_words(found.policy.scope),
        "most in a day": _most(found),
        "state": _state(found),
        "trouble": says(found.trouble) or "none",
        "entries": f"{found.taken} read, {found.lag} behind",
        "records": f"{found.shown} shown, {found.waiting} waiting, {_set_aside(found)}",
        "looked at": _looked(found),
        "reviews": trusting(found),
        "our log": "handed on by it" if found.mirrors_us else "not handed on by it",
        "erased here": _unacknowledged(found),
        "witness": found.witness or "none",
        "cosigned by us": "never" if found.witnessed is None else f"up to entry {found.witnessed}",
        "cosigned by": ", ".join(found.cosigners) or "no known witness",
        "successor": _successor(found),
    }
    told = (f"{what}: {said}" for what, said in lines.items())
    return "\n".join((*told, cosigning(found), *rate(found), *back(found)))


def _set_aside(found: PeerView) -> str:
    return f"{found.quarantined} entries set aside{lacks(found)}"


def _state(found: PeerView) -> str:
    if found.policy.mode is Mode.BLOCKED and found.state is PeerState.FOLLOWING:
        return "blocked; its log is not read"
    return _STATES[found.state]


def _most(found: PeerView) -> str:
    back = f"; back to the usual bound: commons peer policy {found.short} --max-rate {USUAL}"
    if found.most is None:
        return f"any number of entries{back}"
    usual = " (the usual bound)" if found.policy.max_rate is None else back
    last = "" if found.used.day is None else f"; {found.used.taken} taken on {found.used.day}"
    return f"{found.most} entries{last}{usual}"


def _looked(found: PeerView) -> str:
    tried = "never" if found.tried_on is None else f"on {found.tried_on}"
    read = "never" if found.pulled_on is None else f"on {found.pulled_on}"
    return f"last {tried}; without trouble last {read}"


def _unacknowledged(found: PeerView) -> str:
    missing = ", ".join(found.unacknowledged)
    return (
        f"{missing}: it has not said so far that they are gone there"
        if missing
        else "nothing that it may still have"
    )


def _successor(found: PeerView) -> str:
    if found.names is None:
        return "none named"
    said = (
        "which says that it keeps the records" if found.accepted else "which has not accepted rightly so far"
    )
    kept = f"; kept by {found.keeper}" if found.keeper else ""
    return f"{found.names}, {said}{kept}"
