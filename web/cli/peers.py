"""``commons peer``: other nodes, and what becomes of their records here."""

from __future__ import annotations

import sys
from dataclasses import replace

import click

from api.node import Node
from registry.errors import Conflict
from registry.federation.peers import Introduction
from registry.federation.rules import Mode, Policy, Scope
from registry.federation.scoping import scope_of
from registry.federation.showing import PeerView
from web.cli.node import json_option, opened, show, tame
from web.cli.peer_lines import (
    already,
    back,
    introduced,
    is_same,
    let_through,
    line,
    moved,
    partner_line,
    rescoped,
    says,
    succession,
    synced,
    thawed,
    trusting,
)
from web.cli.peer_rate import MAX_RATE, Chosen
from web.cli.peer_shown import shown

MODES = click.Choice([mode.value for mode in Mode])
ONLY = click.option(
    "--only", multiple=True, help="kind=report, language=fr or a code: sector/health; may repeat."
)


@click.group()
def peer() -> None:
    """Other nodes that this one follows."""


@peer.command()
@click.argument("url")
@click.option("--mode", type=MODES, help="What becomes of its records; else hold.")
@ONLY
@MAX_RATE
@click.option("--yes", is_flag=True, help="Pin the key without asking.")
@json_option
def add(
    *, url: str, mode: str | None, only: tuple[str, ...], max_rate: Chosen | None, yes: bool, as_json: bool
) -> None:
    """Show the node at URL and, if you agree, follow it by its key from now on."""
    with opened() as node:
        peers = node.federation.peers
        scope = scope_of(only, node.taxonomy) if only else None
        wanted = _changed(Policy(), mode, scope, max_rate)
        met = peers.meet(url)
        known = _known(node, met)
        if known is not None and _changed(known.policy, mode, scope, max_rate) != known.policy:
            raise Conflict(already(known))
        if known is not None and is_same(known, met):
            show(known.to_json() | {"added": False}, already(known), as_json=as_json)
            return
        if not yes:
            click.echo(tame(introduced(met)), err=True)
            click.confirm("Is this the node that you mean, and its key?", abort=True, err=True)
        found = peers.pin(met, wanted)
    text = moved(found) if known else f"Following {found.name} ({found.short}): {found.policy.mode.value}."
    show(found.to_json() | {"added": known is None}, text, as_json=as_json)


@peer.command("list")
@json_option
def list_(*, as_json: bool) -> None:
    """Every node that is followed, with how far and what is wrong."""
    with opened() as node:
        found = node.federation.peers.every()
    lines = "\n".join(said for one in found for said in (line(one), *back(one))) or "No node is followed."
    if not any(one.cosigned for one in found):
        lines += "\nNobody cosigns the log of this node."
    show({"items": [one.to_json() for one in found]}, lines, as_json=as_json)


@peer.command("show")
@click.argument("name")
@json_option
def show_(*, name: str, as_json: bool) -> None:
    """All that is known of one node; NAME is its id, the first ten characters of it, or its name."""
    with opened() as node:
        found = node.federation.peers.read(name)
    show(found.to_json(), shown(found), as_json=as_json)


@peer.command()
@click.argument("name", required=False)
@json_option
def sync(*, name: str | None, as_json: bool) -> None:
    """Read on in the log of one node, or of all."""
    results = {}
    with opened() as node:
        office = node.federation
        for one in [office.peers.read(name)] if name else office.peers.every():
            office.peers.look_again(one.short)
            pulled = office.puller.pull(one.short)
            now = office.peers.read(one.short)
            told = {"missing": now.missing, "state": now.state.value, "says": says(pulled.trouble)}
            results[one.short] = pulled.to_json() | told
            results |= _for_partners(node, one)
    lines = (synced(short, told) for short, told in results.items())
    show({"items": results}, "\n".join(lines) or "No node is followed.", as_json=as_json)
    if any(told["trouble"] for told in results.values()):
        sys.exit(1)


@peer.command()
@click.argument("name")
@click.argument("mode", type=MODES, required=False)
@ONLY
@click.option("--everything", is_flag=True, help="In place of --only: whatever it tells.")
@MAX_RATE
@json_option
def policy(
    *,
    name: str,
    mode: str | None,
    only: tuple[str, ...],
    everything: bool,
    max_rate: Chosen | None,
    as_json: bool,
) -> None:
    """Change what becomes of a node's records (show, hold, hidden or blocked), which, and how many.

    --only takes the place of the former choice and holds for what is read from now on.
    """
    if only and everything:
        raise click.UsageError("Choose --only or --everything.")
    with opened() as node:
        office = node.federation
        before = office.peers.read(name).policy
        scope = scope_of(only, node.taxonomy) if only or everything else None
        wanted = _changed(before, mode, scope, max_rate)
        found = office.peers.set_policy(name, wanted, office.puller.reader())
    text = "\n".join((line(found), *rescoped(found, before.scope)))
    show(found.to_json(), text, as_json=as_json)


@peer.command()
@click.argument("name")
@click.option("--no", "ends", is_flag=True, help="Its reviews count here no more.")
@json_option
def trust(*, name: str, ends: bool, as_json: bool) -> None:
    """Let a node's reviews of other nodes' records count here, for records that wait for a look."""
    with opened() as node:
        office = node.federation
        found = office.peers.trust_reviews(name, office.puller.reader(), trusted=not ends)
    show(found.to_json(), trusting(found), as_json=as_json)


@peer.command()
@click.argument("name")
@click.option("--green", is_flag=True, help="In the log that only partners read.")
@json_option
def allow(*, name: str, green: bool, as_json: bool) -> None:
    """Let a mass withdrawal through that a pull stopped at, after you have asked the node about it."""
    with opened() as node:
        if green:
            partner = node.private.green.partners.allow_withdrawals(name)
            show(partner.to_json() | {"partner": True}, let_through(partner), as_json=as_json)
            return
        found = node.federation.peers.allow_withdrawals(name)
    show(found.to_json(), line(found), as_json=as_json)


@peer.command()
@click.argument("name")
@json_option
def thaw(*, name: str, as_json: bool) -> None:
    """Read on in the log of a frozen node, after its people have told you why it contradicted itself.

    It has to continue what was read of it; else it is frozen again. What it signed stays at /fed/seen.
    """
    with opened() as node:
        office = node.federation
        pulled = office.puller.thaw(office.peers.read(name).short)
        found = office.peers.read(name)
    show(found.to_json() | {"pulled": pulled.to_json()}, thawed(found), as_json=as_json)
    if pulled.trouble:
        sys.exit(1)


@peer.command()
@click.argument("name")
@click.option("--yes", is_flag=True, help="Do not ask.")
@click.option("--take-back", "back", is_flag=True, help="It is not gone; only while nothing counted here.")
@json_option
def succeed(*, name: str, yes: bool, back: bool, as_json: bool) -> None:
    """Say that a node is gone: the successor that it named keeps its records from now on, here too.

    Shows the entry that names the successor, the one that accepts, and what is final.
    """
    with opened() as node:
        if back:
            node.federation.successions.take_back(name)
            seen = node.federation.successions.look(name)
            text = f"The log of {seen.name} ({seen.short}) is read on. It keeps its own records again."
            show(seen.to_json(), text, as_json=as_json)
            return
        seen = node.federation.successions.look(name)
        if not yes:
            click.echo(tame(succession(seen)), err=True)
            if seen.hindrance is None:
                click.confirm("Is that node gone for good?", abort=True, err=True)
        settled = node.federation.successions.confirm(name)
        told = node.federation.successions.look(name).to_json()
    told |= {"counted": settled.counted, "erased": len(settled.erased), "set_aside": settled.refused}
    text = f"{seen.successor_name} keeps the records of {seen.name} ({seen.short}) from now on."
    show(told, f"{text} {settled.counted} entries of it count here now.", as_json=as_json)


@peer.command()
@click.argument("name", required=False)
@click.option("--no", "ends", is_flag=True, help="It reads no more here, and its records for partners go.")
@json_option
def green(*, name: str | None, ends: bool, as_json: bool) -> None:
    """Let a node read what is shared with partners only (TLP:GREEN), and read there what it lets you.

    Without NAME: the partners, and how they stand.
    """
    with opened() as node:
        partners = node.private.green.partners
        if name is None:
            every = partners.every()
            text = "\n".join(map(partner_line, every)) or "No node is a partner."
            show({"items": [one.to_json() for one in every]}, text, as_json=as_json)
            return
        if ends:
            show({"node": partners.end(name), "partner": False}, f"{name} is no partner.", as_json=as_json)
            return
        found = partners.grant(name)
    text = f"{found.name} ({found.node_id[:10]}) reads what is shared with partners, from now on."
    show(found.to_json() | {"partner": True}, text, as_json=as_json)


def _known(node: Node, met: Introduction) -> PeerView | None:
    """The node that was met as it is followed already; None where it is not."""
    node_id = met.descriptor.identity.id
    return node.federation.peers.read(node_id) if node_id in node.federation.peers.names() else None


def _changed(policy: Policy, mode: str | None, scope: Scope | None, max_rate: Chosen | None) -> Policy:
    """A policy with those parts that somebody chose."""
    if mode is not None:
        policy = replace(policy, mode=Mode(mode))
    if scope is not None:
        policy = replace(policy, scope=scope)
    return policy if max_rate is None else replace(policy, max_rate=max_rate.max_rate)


def _for_partners(node: Node, one: PeerView) -> dict[str, dict[str, object]]:
    """What was read of a node's log for partners, if it is one."""
    side = node.private_side
    if side is None or one.node_id not in {known.node_id for known in side.green.partners.every()}:
        return {}
    pulled = side.green.partners.pull(one.node_id)
    return {f"{one.short} (GREEN)": pulled.to_json() | {"says": says(pulled.trouble)}}
