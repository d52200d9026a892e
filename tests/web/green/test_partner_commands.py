"""``commons peer green`` and ``commons peer allow --green``: what they say is what they do."""

from __future__ import annotations

from dataclasses import replace

import pytest

from registry.errors import NotFound
from registry.federation.rules import BREAKER_COUNT
from registry.record import store
from registry.record.types import RecordState
from tests.registry.ledger.checked import keep
from tests.web.across.nodes import Place
from tests.web.cli.conftest import Shell, Starter, one_line, starter
from tests.web.green.sharing import green, partners, pull, sign

__all__ = ["starter"]
Three = tuple[Place, Place, Place]


def shell_of(place: Place, starter: Starter) -> Shell:
    """The command line of a node that serves already."""
    settings = place.town.node.settings
    told = ("base_url", "node_name", "private_database", "public_database", "green_database")
    chosen = {f"COMMONS_{name.upper()}": str(getattr(settings, name)) for name in told}
    given = {name: value for name, value in chosen.items() if value}
    return Shell(starter, settings.data_dir, given | {"COMMONS_ALLOW_LOOPBACK": "yes"})


def shares(place: Place, count: int) -> None:
    """So many records for partners; both logs are signed."""
    with green(place).database.work() as session:
        keep(session, *range(1, count + 1), home=green(place).identity.id)
    sign(place)
    place.sign()


def withdraw(place: Place, records: list[str]) -> None:
    """Retract records for partners all at once, and sign."""
    with green(place).database.work() as session:
        for one in records:
            old = store.load(session, one)
            store.revise(session, replace(old, state=RecordState.RETRACTED))
    sign(place)


def states(place: Place, records: list[str]) -> set[RecordState]:
    return {green(place).records.read(one).state for one in records}


def test_a_mass_withdrawal_among_partners_is_let_through_by_command(places: Three, starter: Starter) -> None:
    north, east, _ = places
    shares(north, BREAKER_COUNT + 1)
    partners(north, east)
    assert pull(east, north).trouble == ""
    name, shell = f"{north.town.node.settings.node_name} ({north.short})", shell_of(east, starter)
    records = [one.record_id for one in green(north).records.changes_since(0)]
    withdraw(north, records)
    synced = shell.run("peer", "sync", north.short)
    assert (synced.code, f"{north.short} (GREEN)" in synced.out) == (1, True)
    assert "It withdrew many records at once. A person has to allow that here." in synced.out
    nothing = "No mass withdrawal of that node is stopped. Look again first: commons peer sync"
    assert one_line(shell.run("peer", "allow", north.short)) == nothing, "the public log is another one"
    assert shell.run("peer", "sync", north.short).code == 1
    assert states(east, records) == {RecordState.PUBLISHED}
    said = shell.run("peer", "allow", "--green", north.short)
    assert (said.code, said.out) == (
        0,
        f"What {name} withdrew of what it shares goes here with the next look.\n",
    )
    assert one_line(shell.run("peer", "allow", "--green", north.short)) == nothing
    assert shell.run("peer", "sync", north.short).code == 0
    assert states(east, records) == {RecordState.RETRACTED}
    (partner,) = shell.json("peer", "green")["items"]
    assert (partner["node"], partner["trouble"]) == (north.id, None)


def test_a_partner_is_made_and_ended_by_command(places: Three, starter: Starter) -> None:
    north, east, _ = places
    shares(north, 1)
    shares(east, 0)
    north.follow(east)
    east.follow(north)
    here, there = shell_of(east, starter), shell_of(north, starter)
    for act in (("allow", "--green", north.short), ("green", north.short, "--no")):
        assert one_line(here.run("peer", *act)) == "That node is no partner of this one."
    assert here.run("peer", "green").out == "No node is a partner.\n"
    for shell, other in ((here, north), (there, east)):
        made = shell.run("peer", "green", other.short).out
        whose = f"{other.town.node.settings.node_name} ({other.short})"
        assert made == f"{whose} reads what is shared with partners, from now on.\n"
    unread = one_line(here.run("peer", "allow", "--green", north.short))
    assert unread == "Nothing of what that partner shares was read so far."
    assert here.run("peer", "sync", north.short).code == 0
    assert pull(north, east).trouble == ""
    (record,) = [one.record_id for one in green(east).records.changes_since(0)]
    assert here.run("peer", "green", north.short, "--no").out == f"{north.short} is no partner.\n"
    assert here.json("peer", "green")["items"] == []
    with pytest.raises(NotFound):
        green(east).records.read(record)
    assert pull(north, east).trouble == "not-granted", "nor does it read any more"
