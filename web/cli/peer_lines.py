"""What ``commons peer`` says of other nodes, in lines of text."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from registry.federation.peers import Introduction
from registry.federation.pulled import RETURNED
from registry.federation.rate import RATE
from registry.federation.rules import Scope
from registry.federation.showing import PeerView
from registry.federation.standing import PeerState
from registry.federation.successions import Entry, Seen
from registry.publication.green.partners import Partner
from web.node_words import refusal_in_english, trouble_in_english

_DONE: Final = ("entries", "shown", "waiting", "quarantined", "erased")
"""What ``Pulled`` counts."""


def succession(seen: Seen) -> str:
    """What somebody looks at before saying that a node is gone."""

    def line(entry: Entry | None) -> str:
        if entry is None:
            return "none"
        return f"entry {entry.position} of the log of {entry.log}: {entry.says} ({entry.leaf})"

    after = "" if seen.accepted_size is None else f", after {seen.accepted_size} entries"
    changes = ", ".join(f"{op} {count}" for op, count in sorted(seen.changes.items())) or "nothing"
    return "\n".join(
        (
            f"Node:      {seen.name} ({seen.short}), {seen.size} entries read",
            f"Successor: {_successor(seen)}",
            f"Named in:  {line(seen.naming)}",
            f"Accepted:  {line(seen.acceptance)}" + after,
            f"Since:     {changes}",
            f"Verdict:   {seen.verdict.value}",
            _final(seen),
        )
    )


def _successor(seen: Seen) -> str:
    if seen.successor is None:
        return "none"
    return f"{seen.successor_name or 'a node that is not followed'} ({seen.successor})"


def _final(seen: Seen) -> str:
    """What cannot be taken back, said before anybody says yes."""
    if seen.changes:
        return "Final:     what it did counts at once and cannot be taken back; erased records are gone."
    return "Final:     as soon as anything that it does counts here. Until then: --take-back"


def partner_line(one: Partner) -> str:
    """How a partner stands."""
    met = "" if one.met else "; its records were not met yet"
    trouble = f"; trouble: {says(one.trouble)} Since {one.unread}" if one.unread else ""
    goes = f"; copies of its records go on {one.copies_go}" if one.copies_go else ""
    return f"{one.node_id[:10]}  {one.name}: partner since {one.since}{met}{trouble}{goes}"


def let_through(one: Partner) -> str:
    """That a person allowed what reading a partner's log stopped at."""
    return f"What {one.name} ({one.node_id[:10]}) withdrew of what it shares goes here with the next look."


def introduced(met: Introduction) -> str:
    """What a node says of itself, to be compared before its key is pinned."""
    said = met.descriptor
    return "\n".join(
        (
            f"Name:     {said.name} (as it calls itself)",
            f"Address:  {said.url}" + (f", read from the mirror {met.prefix}" if met.relayed else ""),
            f"Node id:  {said.identity.id}",
            f"Log key:  {said.key.vkey}",
            f"Taxonomy: writes {said.writes}",
            f"Witness:  {said.witness.vkey if said.witness else 'none'}",
        )
    )


def is_same(known: PeerView, met: Introduction) -> bool:
    """Whether a node that is followed says nothing else of itself than before, at the same address."""
    said = met.descriptor
    told = (said.name, said.url, None if said.witness is None else said.witness.vkey, met.prefix)
    return told == (known.name, known.url, known.witness, known.prefix)


def already(known: PeerView) -> str:
    """That a node is followed, and how, in place of following it."""
    stands = f"{known.name} ({known.short}) is followed already: {_how(known)}."
    return f"{stands} Nothing was changed. {_change(known)}"


def moved(found: PeerView) -> str:
    """That a node that is followed was met under another address, or says something else of itself."""
    return (
        f"{found.name} ({found.short}) was followed already. Its log is read at {found.prefix} from now on,"
        f" and its name and witness are those that it says now. It stays: {_how(found)}. {_change(found)}"
    )


def _how(one: PeerView) -> str:
    return f"{one.policy.mode.value}, {scope_words(one.policy.scope)}"


def _change(one: PeerView) -> str:
    return f"To change how it is followed: commons peer policy {one.short}"


def scope_words(scope: Scope) -> str:
    """Which entries are wanted."""
    parts = scope.to_json().items()
    return "; ".join(f"only {what} {', '.join(values)}" for what, values in parts if values) or "everything"


def rescoped(found: PeerView, before: Scope) -> list[str]:
    """What another scope means for what was read before."""
    if found.policy.scope == before:
        return []
    now = f"Fetched from now on: {scope_words(found.policy.scope)}."
    kept = "what is here stays, and what was passed over is not fetched any more"
    return [f"{now} Nothing changes of the {found.taken} entries that were read before: {kept}."]


def says(code: str) -> str | None:
    """What went wrong, as a sentence; None where nothing did."""
    return trouble_in_english(code) if code else None


def trusting(found: PeerView) -> str:
    """Whether a node's reviews count here, and what else keeps them from counting."""
    whose = f"Reviews of {found.name} ({found.short})"
    if found.reviews_count:
        return f"{whose} count here."
    if not found.reviews_trusted:
        return f"{whose} do not count here."
    return f"{whose} are trusted, but do not count here as long as that node is {stands(found)}."


def stands(found: PeerView) -> str:
    """How a node is followed, in a word or two."""
    if found.state in (PeerState.KEPT, PeerState.OURS):
        return "gone"
    return found.state.value if found.state is PeerState.FROZEN else found.policy.mode.value


def synced(short: str, told: Mapping[str, object]) -> str:
    """What a look at one node did; of one that is frozen nothing is read, so there is nothing to count."""
    if told.get("state") == PeerState.FROZEN.value:
        return f"{short}: frozen, nothing new of it is read. {told['says']}"
    done = ", ".join(f"{what} {told[what]}" for what in _DONE)
    lacking = f", {told['missing']} not given by whoever was asked" if told.get("missing") else ""
    return f"{short}: {done}{lacking}" + (f"; trouble: {told['says']}" if told["trouble"] else "")


def thawed(found: PeerView) -> str:
    """What became of a node that was to be read on."""
    if found.state is not PeerState.FROZEN:
        return f"{line(found)}\nIts log is read on: it continues what was read of it before."
    return f"{found.name} ({found.short}) is frozen again. {says(found.trouble)}"


def cosigning(one: PeerView) -> str:
    """Up to where a node cosigns our log, and what it said when it did not."""
    if one.witness is None:
        said = "It is no witness: nobody there cosigns us."
    elif one.cosigned:
        said = f"It cosigns us, up to entry {one.cosigned}."
    else:
        said = "It does not cosign us."
    return said + (f" Asked last it refused: {refusal_in_english(one.refusal)}" if one.refusal else "")


def rate(one: PeerView) -> list[str]:
    """That a node is paused, because it had this one take as much in a day as it may."""
    if one.trouble != RATE:
        return []
    most, left = one.most, one.used.left
    return [f"Paused: at most {most} entries a day are taken of it. {left} wait until tomorrow (UTC)."]


def line(one: PeerView) -> str:
    """How a node stands, in one line."""
    trouble = f"; trouble: {says(one.trouble)}" if one.trouble else ""
    return (
        f"{one.short}  {one.name}: {one.policy.mode.value}, {one.state.value}, {one.taken} entries, "
        f"{one.lag} behind, {one.shown} shown, {one.waiting} waiting, {one.quarantined} set aside"
        f"{lacks(one)}{trouble}"
    )


def lacks(one: PeerView) -> str:
    """How many payloads were not given; empty where none is missing."""
    return f", {one.missing} not given by whoever was asked" if one.missing else ""


def back(one: PeerView) -> list[str]:
    """What can be done about a node that was thought gone and is back."""
    if one.trouble != RETURNED:
        return []
    ours = one.state is PeerState.OURS
    way = "commons ledger custody read-on" if ours else "commons peer succeed --take-back"
    return [f"It is back. If it was not gone, or went on before it handed over: {way} {one.short}"]
