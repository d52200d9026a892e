"""``commons ledger custody``: who keeps this node's records when it is gone, and whose records it keeps."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import click

from api.node import Node
from registry.federation.custodian import OwnCustody
from registry.federation.standing import PeerState
from web.cli.node import json_option, opened, show

YES = click.option("--yes", is_flag=True, help="Do not ask.")


@click.group()
def custody() -> None:
    """Who keeps the records of this node when it is gone, and whose records it keeps."""


@custody.command("show")
@json_option
def show_(*, as_json: bool) -> None:
    """What the log of this node says of its own records, and which nodes say that they keep them."""
    with opened() as node:
        found = _standing(node)
    show(found.to_json(), found.words(), as_json=as_json)


@custody.command()
@click.argument("name")
@YES
@json_option
def name(*, name: str, yes: bool, as_json: bool) -> None:
    """Name a node that is followed here as the successor of this one; NAME is its id or its name.

    It takes nothing away from this node. Do it while all is well: a node that is lost cannot.
    """
    with opened() as node:
        peer = node.federation.peers.read(name)
        if not yes:
            said = f"{peer.name} ({peer.node_id}) shall keep the records of this node when it is gone?"
            click.confirm(said, abort=True, err=True)
        node.federation.custodian.name(peer.short)
        node.log.publish()
        found = _standing(node)
    show(found.to_json(), found.words(), as_json=as_json)


@custody.command()
@YES
@json_option
def revoke(*, yes: bool, as_json: bool) -> None:
    """Name nobody any more, unless the successor accepted already."""
    with opened() as node:
        now = node.federation.custodian.standing()
        named = now.will is not None and now.will.successor_id is not None
        if not yes and named and not now.ended:  # else it is refused, whoever agrees
            said = f"{_words(now)}\nShall nobody keep the records of this node any more if it is lost?"
            click.confirm(said, abort=True, err=True)
        node.federation.custodian.revoke()
        node.log.publish()
        found = _standing(node)
    show(found.to_json(), found.words(), as_json=as_json)


@custody.command("hand-over")
@YES
@json_option
def hand_over(*, yes: bool, as_json: bool) -> None:
    """End the log of this node: it publishes nothing any more, and its successor keeps its records."""
    if not yes:
        said = "The log of this node ends here, for ever. Nothing will be published any more. Go on?"
        click.confirm(said, abort=True, err=True)
    with opened() as node:
        node.log.publish()
        node.federation.custodian.hand_over()
        node.log.publish()
        found = _standing(node)
    show(found.to_json(), found.words(), as_json=as_json)


@custody.command()
@click.argument("name")
@click.option("--lost", is_flag=True, help="It is gone for good and could not hand over.")
@YES
@json_option
def accept(*, name: str, lost: bool, yes: bool, as_json: bool) -> None:
    """Keep the records of a node that named this one as its successor, and say so in this node's log."""
    with opened() as node:
        peer = node.federation.peers.read(name)
        if not yes:
            said = f"Keep the records of {peer.name} ({peer.node_id}), {peer.taken} entries, from now on?"
            click.confirm(said, abort=True, err=True)
        node.federation.custodian.accept(peer.short, lost=lost)
        node.log.publish()
    text = f"This node keeps the records of {peer.name} ({peer.short}) after entry {peer.taken}."
    show({"keeps": peer.node_id, "entries": peer.taken}, text, as_json=as_json)


@custody.command("read-on")
@click.argument("name")
@YES
@json_option
def read_on(*, name: str, yes: bool, as_json: bool) -> None:
    """Read further in a log whose records this node keeps: somebody has more of it; then accept again."""
    with opened() as node:
        known = node.federation.peers.read(name)
        if not yes and known.state is PeerState.OURS:
            click.echo("Until its records are accepted again, this node does not keep them.", err=True)
            click.confirm(f"Read the log of {known.name} ({known.node_id}) on?", abort=True, err=True)
        peer = node.federation.custodian.read_on(name)
    text = f"The log of {peer.name} ({peer.short}) is read again. Accept its records again when all is read."
    show({"short": peer.short}, text, as_json=as_json)


@dataclass(frozen=True, slots=True)
class _Kept:
    """A node whose records this one keeps: full id, name, and after how many entries of its log."""

    node_id: str
    name: str
    entries: int


@dataclass(frozen=True, slots=True)
class _Custody:
    """What is said here of this node's own records and of those that it keeps."""

    own: OwnCustody
    keeps: list[_Kept]

    def to_json(self) -> dict[str, Any]:
        """For programs; ``keeps`` as in the descriptor, and names."""
        will = self.own.will
        return {
            "says": None if will is None else will.said.says,
            "successor": None if will is None else will.successor_id,
            "entry": None if will is None else will.position,
            "named_in": None if will is None or will.successor_id is None else will.named_at,
            "ended": self.own.ended,
            "kept_by": list(self.own.kept_by),
            "keeps": [{"id": one.node_id, "name": one.name, "entries": one.entries} for one in self.keeps],
        }

    def words(self) -> str:
        """For people."""
        lines = [
            f"This node keeps the records of {one.name} ({one.node_id}) after entry {one.entries}."
            for one in self.keeps
        ]
        return "\n".join([_words(self.own), *(lines or ["It keeps the records of no other node."])])


def _standing(node: Node) -> _Custody:
    office = node.federation
    names = office.peers.names()
    kept = [_Kept(one, names[one].name, entries) for one, entries in office.successions.kept()]
    return _Custody(office.custodian.standing(), kept)


def _words(found: OwnCustody) -> str:
    will = found.will
    if will is None or will.successor_id is None:
        return "This node named no successor. If it were lost, nobody could erase or retract its records."
    said = f"Successor: {will.successor_id}, named in entry {will.named_at} of the log."
    ended = f" The log was handed over in entry {will.position} and has ended." if found.ended else ""
    kept = f" Accepted by {', '.join(found.kept_by)}." if found.kept_by else " Not accepted so far."
    return said + ended + kept
