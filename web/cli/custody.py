"""``commons ledger custody``: who keeps this node's records when it is gone, and whose records it keeps."""

from __future__ import annotations

from typing import Any

import click

from registry.federation.custodian import OwnCustody
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
        found = node.federation.custodian.standing()
    show(_told(found), _words(found), as_json=as_json)


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
        found = node.federation.custodian.standing()
    show(_told(found), _words(found), as_json=as_json)


@custody.command()
@json_option
def revoke(*, as_json: bool) -> None:
    """Name nobody any more, unless the successor accepted already."""
    with opened() as node:
        node.federation.custodian.revoke()
        node.log.publish()
        found = node.federation.custodian.standing()
    show(_told(found), _words(found), as_json=as_json)


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
        found = node.federation.custodian.standing()
    show(_told(found), _words(found), as_json=as_json)


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
@json_option
def read_on(*, name: str, as_json: bool) -> None:
    """Read further in a log whose records this node keeps: somebody has more of it; then accept again."""
    with opened() as node:
        peer = node.federation.custodian.read_on(name)
    text = f"The log of {peer.name} ({peer.short}) is read again. Accept its records again when all is read."
    show({"short": peer.short}, text, as_json=as_json)


def _told(found: OwnCustody) -> dict[str, Any]:
    will = found.will
    return {
        "says": None if will is None else will.said.says,
        "successor": None if will is None else will.successor_id,
        "entry": None if will is None else will.position,
        "ended": found.ended,
        "kept_by": list(found.kept_by),
    }


def _words(found: OwnCustody) -> str:
    will = found.will
    if will is None or will.successor_id is None:
        return "This node named no successor. If it were lost, nobody could erase or retract its records."
    said = f"Successor: {will.successor_id}, named in entry {will.position} of the log."
    ended = " The log was handed over and has ended." if found.ended else ""
    kept = f" Accepted by {', '.join(found.kept_by)}." if found.kept_by else " Not accepted so far."
    return said + ended + kept
