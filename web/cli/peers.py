"""``commons peer``: other nodes, and what becomes of their records here."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from dataclasses import replace

import click

from api.node import Node
from registry.federation.peers import Introduction
from registry.federation.pulled import RETURNED
from registry.federation.rate import RATE, checked
from registry.federation.rules import Mode, Policy, Scope
from registry.federation.showing import PeerView
from registry.federation.standing import PeerState
from registry.federation.successions import Entry, Seen
from registry.publication.green.partners import Partner
from web.cli.node import json_option, opened, show, tame

MODES = click.Choice([mode.value for mode in Mode])


@click.group()
def peer() -> None:
    """Other nodes that this one follows."""


@peer.command()
@click.argument("url")
@click.option("--mode", type=MODES, default=Mode.HOLD.value, help="What becomes of its records; hold.")
@click.option("--only", multiple=True, help="kind=report, language=fr or a code: sector/health; may repeat.")
@click.option(
    "--max-rate", type=int, help="Entries taken a day at most; 0: any number. Else the usual bound."
)
@click.option("--yes", is_flag=True, help="Pin the key without asking.")
@json_option
def add(
    *, url: str, mode: str, only: tuple[str, ...], max_rate: int | None, yes: bool, as_json: bool
) -> None:
    """Show the node at URL and, if you agree, follow it by its key from now on."""
    wanted = Policy(Mode(mode), Scope.of(only), checked(max_rate))
    with opened() as node:
        met = node.federation.peers.meet(url)
        if not yes:
            click.echo(tame(_introduced(met)), err=True)
            click.confirm("Is this the node that you mean, and its key?", abort=True, err=True)
        found = node.federation.peers.pin(met, wanted)
    show(
        found.to_json(),
        f"Following {found.name} ({found.short}): {found.policy.mode.value}.",
        as_json=as_json,
    )


@peer.command("list")
@json_option
def list_(*, as_json: bool) -> None:
    """Every node that is followed, with how far and what is wrong."""
    with opened() as node:
        found = node.federation.peers.every()
    lines = "\n".join(line for one in found for line in (_line(one), *_back(one))) or "No node is followed."
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
    text = "\n".join(f"{key}: {value}" for key, value in found.to_json().items())
    show(found.to_json(), "\n".join((text, _cosigning(found), *_rate(found), *_back(found))), as_json=as_json)


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
            results[one.short] = office.puller.pull(one.short).to_json()
            results |= _for_partners(node, one)
    lines = (
        f"{short}: " + ", ".join(f"{what} {n}" for what, n in told.items()) for short, told in results.items()
    )
    show({"items": results}, "\n".join(lines) or "No node is followed.", as_json=as_json)
    if any(told["trouble"] for told in results.values()):
        sys.exit(1)


@peer.command()
@click.argument("name")
@click.argument("mode", type=MODES, required=False)
@click.option("--max-rate", type=int, help="Entries taken a day at most; 0: any number.")
@json_option
def policy(*, name: str, mode: str | None, max_rate: int | None, as_json: bool) -> None:
    """Change what becomes of a node's records (show, hold, hidden or blocked), and how many it may send."""
    with opened() as node:
        office = node.federation
        wanted = office.peers.read(name).policy
        if mode is not None:
            wanted = replace(wanted, mode=Mode(mode))
        if max_rate is not None:
            wanted = replace(wanted, max_rate=checked(max_rate))
        found = office.peers.set_policy(name, wanted, office.puller.reader())
    show(found.to_json(), _line(found), as_json=as_json)


@peer.command()
@click.argument("name")
@click.option("--no", "ends", is_flag=True, help="Its reviews count here no more.")
@json_option
def trust(*, name: str, ends: bool, as_json: bool) -> None:
    """Let a node's reviews of other nodes' records count here, for records that wait for a look."""
    with opened() as node:
        office = node.federation
        found = office.peers.trust_reviews(name, office.puller.reader(), trusted=not ends)
    word = "count" if found.reviews_trusted else "do not count"
    show(found.to_json(), f"Reviews of {found.name} ({found.short}) {word} here.", as_json=as_json)


@peer.command()
@click.argument("name")
@click.option("--green", is_flag=True, help="In the log that only partners read.")
@json_option
def allow(*, name: str, green: bool, as_json: bool) -> None:
    """Let a mass withdrawal through that a pull stopped at, after you have asked the node about it."""
    with opened() as node:
        if green:
            node.private.green.partners.allow_withdrawals(name)
            found = node.federation.peers.read(name)
        else:
            found = node.federation.peers.allow_withdrawals(name)
    show(found.to_json(), _line(found), as_json=as_json)


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
            click.echo(tame(_succession(seen)), err=True)
            click.confirm("Is that node gone for good?", abort=True, err=True)
        settled = node.federation.successions.confirm(name)
        told = node.federation.successions.look(name).to_json()
    told |= {"counted": settled.counted, "erased": len(settled.erased), "set_aside": settled.refused}
    text = f"{seen.successor_name} keeps the records of {seen.name} ({seen.short}) from now on."
    show(told, f"{text} {settled.counted} entries of it count here now.", as_json=as_json)


def _succession(seen: Seen) -> str:
    def line(entry: Entry | None) -> str:
        if entry is None:
            return "none"
        return f"entry {entry.position} of the log of {entry.log}: {entry.says} ({entry.leaf})"

    changes = ", ".join(f"{op} {count}" for op, count in sorted(seen.changes.items())) or "nothing"
    return "\n".join(
        (
            f"Node:      {seen.name} ({seen.short}), {seen.size} entries read",
            f"Successor: {seen.successor_name} ({seen.successor})",
            f"Named in:  {line(seen.naming)}",
            f"Accepted:  {line(seen.acceptance)}, after {seen.accepted_size} entries",
            f"Since:     {changes}",
            f"Verdict:   {seen.verdict.value}",
            _final(seen),
        )
    )


def _final(seen: Seen) -> str:
    """What cannot be taken back, said before anybody says yes."""
    if seen.changes:
        return "Final:     what it did counts at once and cannot be taken back; erased records are gone."
    return "Final:     as soon as anything that it does counts here. Until then: --take-back"


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
            text = "\n".join(map(_partner_line, every)) or "No node is a partner."
            show({"items": [one.to_json() for one in every]}, text, as_json=as_json)
            return
        if ends:
            show({"node": partners.end(name), "partner": False}, f"{name} is no partner.", as_json=as_json)
            return
        found = partners.grant(name)
    text = f"{found.name} ({found.node_id[:10]}) reads what is shared with partners, from now on."
    show(found.to_json() | {"partner": True}, text, as_json=as_json)


def _partner_line(one: Partner) -> str:
    met = "" if one.met else "; its records were not met yet"
    trouble = f"; trouble: {one.trouble}, since {one.unread}" if one.unread else ""
    goes = f"; copies of its records go on {one.copies_go}" if one.copies_go else ""
    return f"{one.node_id[:10]}  {one.name}: partner since {one.since}{met}{trouble}{goes}"


def _for_partners(node: Node, one: PeerView) -> dict[str, dict[str, object]]:
    """What was read of a node's log for partners, if it is one."""
    side = node.private_side
    if side is None or one.node_id not in {known.node_id for known in side.green.partners.every()}:
        return {}
    told = side.green.partners.pull(one.node_id).to_json()
    return {f"{one.short} (GREEN)": told}


def _introduced(met: Introduction) -> str:
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


def _counts(told: Mapping[str, object]) -> str:
    return ", ".join(f"{what} {count}" for what, count in told.items())


def _cosigning(one: PeerView) -> str:
    """Up to where a node cosigns our log, and what it said when it did not."""
    if one.witness is None:
        said = "It is no witness: nobody there cosigns us."
    elif one.cosigned:
        said = f"It cosigns us, up to entry {one.cosigned}."
    else:
        said = "It does not cosign us."
    return said + (f" Asked last it refused: {one.refusal}." if one.refusal else "")


def _rate(one: PeerView) -> list[str]:
    """That a node is paused, because it had this one take as much in a day as it may."""
    if one.trouble != RATE:
        return []
    most, left = one.most, one.used.left
    return [f"Paused: at most {most} entries a day are taken of it. {left} wait until tomorrow (UTC)."]


def _back(one: PeerView) -> list[str]:
    """What can be done about a node that was thought gone and is back."""
    if one.trouble != RETURNED:
        return []
    ours = one.state is PeerState.OURS
    way = "commons ledger custody read-on" if ours else "commons peer succeed --take-back"
    return [f"It is back. If it was not gone, or went on before it handed over: {way} {one.short}"]


def _line(one: PeerView) -> str:
    trouble = f"; trouble: {one.trouble}" if one.trouble else ""
    return (
        f"{one.short}  {one.name}: {one.policy.mode.value}, {one.state.value}, {one.taken} entries, "
        f"{one.lag} behind, {one.shown} shown, {one.waiting} waiting, {one.quarantined} set aside{trouble}"
    )
