"""The simulation of many nodes: its graphs, what they cost, and that real nodes do what it says."""

from __future__ import annotations

from pathlib import Path

import pytest

from bench.topology import GRAPHS, Graph, Network, hub, ideal, mesh, reached, ring, some
from registry.record import store
from registry.record.ids import air_id
from registry.record.types import Origin, Provenance, RecordType
from tests.conftest import SettableClock
from tests.registry.federation.other_node import OtherNode
from tests.registry.record.samples import record
from tests.web.between import Between, Third, nodes

NAMES = ("one", "two", "three", "four", "five")


@pytest.mark.parametrize("name", GRAPHS)
def test_every_entry_moves_once_to_everybody_who_can_get_it(name: str) -> None:
    graph = GRAPHS[name](12)
    sizes = {node: 300 + node for node in graph}
    network = Network(graph, sizes)
    network.settle()
    assert network.moved.kept == ideal(graph, sizes)
    assert network.round() == 0
    network.sizes = {node: size + 1 for node, size in sizes.items()}
    network.settle()
    assert network.moved.kept == ideal(graph, network.sizes)


@pytest.mark.parametrize(("graph", "rounds"), [(ring(12), 11), (hub(12), 2), (mesh(12), 1)])
def test_rounds_are_the_longest_way(graph: Graph, rounds: int) -> None:
    assert Network(graph, dict.fromkeys(graph, 5)).settle() == rounds


def test_a_node_that_nobody_reads_is_counted() -> None:
    graph = {0: (1,), 1: (0,), 2: (0, 1)}
    network = Network(graph, dict.fromkeys(graph, 5))
    network.settle()
    assert (network.unread(), network.missing()) == (1, 2)
    assert reached(graph, 0) == {0, 1}


def test_a_log_whose_source_is_silent_is_read_on_elsewhere() -> None:
    graph = {0: (1, 2), 1: (3,), 2: (3,), 3: ()}
    network = Network(graph, dict.fromkeys(graph, 5))
    network.settle()
    network.down = {1}
    network.sizes = dict.fromkeys(graph, 7)
    network.settle()
    assert network.copies[0][3].size == 7
    assert reached(graph, 0, [1]) == {0, 2, 3}
    assert network.moved.kept == 4 * 5 + 5 + 3 * 2  # no entry came twice


def test_real_nodes_do_what_the_simulation_says(
    tmp_path: Path, bare_folder: Path, clock: SettableClock
) -> None:
    graph = some(len(NAMES), peers=2)
    sizes = {node: node + 1 for node in graph}
    with nodes(tmp_path, bare_folder, Between(OtherNode()), clock, *NAMES) as opened:
        for number, one in enumerate(opened):
            _publish(one, sizes[number])
        moved = 0
        while entries := sum(_round(opened[node], [opened[peer] for peer in graph[node]]) for node in graph):
            moved += entries
        for number, one in enumerate(opened):
            known = {peer.node_id for peer in one.office.peers.every()} | {one.node.identity.id}
            assert known == {opened[log].node.identity.id for log in reached(graph, number)}
    network = Network(graph, sizes)
    network.settle()
    assert moved == network.moved.kept == ideal(graph, sizes)


def _publish(one: Third, count: int) -> None:
    own = Provenance(Origin.OWN, "own", licence="CC BY 4.0")
    with one.node.public.work() as session:
        for serial in range(1, count + 1):
            key = air_id(one.node.identity.short, 2026, serial)
            made = record(key, type=RecordType.REPORT, provenance=own, derived=(), raw={}, related=())
            store.create(session, made)
    one.node.log.publish()


def _round(one: Third, peers: list[Third]) -> int:
    """Follow what these peers give out, and look at everything that is followed; gives the entries read."""
    known = {peer.node_id for peer in one.office.peers.every()} | {one.node.identity.id}
    for peer in peers:
        met = one.office.peers.meet(peer.url)
        for node_id in {met.descriptor.identity.id, *met.descriptor.mirrors} - known:
            own = node_id == met.descriptor.identity.id
            one.follow(peer.url if own else f"{peer.url}/mirror/{node_id}")
            known.add(node_id)
    return sum(one.pull(peer.short).entries for peer in one.office.peers.every())
