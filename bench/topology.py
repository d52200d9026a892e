"""Fifty nodes that read one another: entries moved, rounds until all have all, and what failures cut off.

A simulation of cursors only: no bytes, no signatures. What is read when follows the rules of the product
itself: stretches and bundles of ``verifying``, a log that is pinned once and read at one address, copies
handed on, and another address taken where the old one is silent. ``tests/bench/test_topology.py`` lets real
nodes do the same at a small size and compares.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import partial
from hashlib import sha256
from typing import Final

from bench.report import Figure, table
from registry.federation.verifying import bundles, stretches

NODES, ENTRIES, PEERS = 50, 1_000, 3
FAILING, DRAWS = 5, 40
MANY, SAMPLE = 5_000, 100
"""Nodes of a larger graph, and how many of them are asked how far the farthest is."""
SEED: Final = 7
Graph = Mapping[int, tuple[int, ...]]
"""Node → the nodes that it reads."""


@dataclass(slots=True)
class Copy:
    """A log as one node has it: where it is read, and how far."""

    source: int
    size: int = 0


@dataclass(slots=True)
class Moved:
    """Entries that were kept, entries of bundles that came over the line, and looks at a log."""

    kept: int = 0
    fetched: int = 0
    looks: int = 0


@dataclass
class Network:
    """Nodes that read one another; ``sizes`` are their own logs."""

    graph: Graph
    sizes: dict[int, int]
    down: set[int] = field(default_factory=set)
    moved: Moved = field(default_factory=Moved)
    copies: dict[int, dict[int, Copy]] = field(default_factory=dict)

    def round(self) -> int:
        """Let every node that is up look once at every log that it follows; gives how many entries moved.

        What is read is what was there when the round began, so that rounds count steps from node to node.
        """
        before, offered = self.moved.kept, {node: self._offered(node) for node in self.graph}
        for node, peers in self.graph.items():
            if node not in self.down:
                self._meet(node, [peer for peer in peers if peer not in self.down], offered)
                self._pull(node, offered)
        return self.moved.kept - before

    def settle(self) -> int:
        """Rounds until nothing moves any more, the last and silent one not counted."""
        rounds = 0
        while self.round():
            rounds += 1
        return rounds

    def missing(self) -> int:
        """Pairs of a node and another one's log, both up, of which the node does not have every entry."""
        up = [node for node in self.graph if node not in self.down]
        return sum(self._size(reader, log) < self.sizes[log] for reader in up for log in up if reader != log)

    def unread(self) -> int:
        """Nodes whose log nobody else has."""
        return sum(
            not any(self._size(other, log) for other in self.graph if other != log) for log in self.graph
        )

    def _size(self, node: int, log: int) -> int:
        kept = self.copies.get(node, {}).get(log)
        return 0 if kept is None else kept.size

    def _offered(self, node: int) -> dict[int, int]:
        """Logs that a node gives out, its own and its copies, with their sizes."""
        copies = {log: kept.size for log, kept in self.copies.get(node, {}).items() if kept.size}
        return {node: self.sizes[node]} | copies

    def _meet(self, node: int, peers: Iterable[int], offered: Mapping[int, Mapping[int, int]]) -> None:
        """Follow what peers give out; a log is read from one peer until that one is silent."""
        copies = self.copies.setdefault(node, {})
        for peer in peers:
            for log in offered[peer]:
                if log != node and (log not in copies or copies[log].source in self.down):
                    copies[log] = Copy(peer, copies[log].size if log in copies else 0)

    def _pull(self, node: int, offered: Mapping[int, Mapping[int, int]]) -> None:
        for log, kept in self.copies[node].items():
            if kept.source in self.down:
                continue
            self.moved.looks += 1
            for start, end in stretches(kept.size, offered[kept.source].get(log, 0)):
                self.moved.kept += end - start
                self.moved.fetched += sum(tile.width for tile in bundles(start, end))
                kept.size = end


def ring(count: int) -> Graph:
    """Each reads the next one."""
    return {node: ((node + 1) % count,) for node in range(count)}


def hub(count: int) -> Graph:
    """Everybody reads the first, which reads everybody."""
    return {0: tuple(range(1, count))} | dict.fromkeys(range(1, count), (0,))


def mesh(count: int) -> Graph:
    """Everybody reads everybody."""
    return {node: tuple(other for other in range(count) if other != node) for node in range(count)}


def some(count: int, peers: int = PEERS, seed: int = SEED) -> Graph:
    """Everybody reads a few, drawn at random."""
    return {node: _few(node, count, peers, seed) for node in range(count)}


def _few(node: int, count: int, peers: int, seed: int) -> tuple[int, ...]:
    """So many others, that say nothing and are the same ones each time."""
    found: dict[int, None] = {}
    for draw in itertools.count():
        if len(found) == peers:
            break
        thrown = sha256(f"{seed}/{node}/{draw}".encode()).digest()
        other = int.from_bytes(thrown[:8], "big") % count
        found |= {} if other == node else {other: None}
    return tuple(found)


def drawn(nodes: Iterable[int], count: int, seed: str) -> tuple[int, ...]:
    """So many of these nodes, in an order that says nothing; the same ones each time."""
    return tuple(sorted(nodes, key=lambda node: sha256(f"{seed}/{node}".encode()).digest())[:count])


GRAPHS: Final = {"ring": ring, "hub": hub, "mesh": mesh, f"{PEERS} random peers": some}


def ideal(graph: Graph, sizes: Mapping[int, int]) -> int:
    """Entries that have to move at least: each once to every other node that can get it at all."""
    return sum(sizes[log] for node in graph for log in reached(graph, node) if log != node)


def reached(graph: Graph, start: int, down: Iterable[int] = ()) -> set[int]:
    """The nodes whose logs a node can get, over others that are up."""
    silent, found, edge = set(down), {start}, [start]
    while edge:
        edge = list({peer for node in edge for peer in graph[node]} - found - silent)
        found.update(edge)
    return found


def measure() -> list[Figure]:
    """Of each graph: entries moved ÷ ideal, rounds, nodes that nobody reads, and what failures cut off."""
    return [*(figure for name, make in GRAPHS.items() for figure in _of(name, make(NODES))), *_many()]


def _many() -> list[Figure]:
    """How far news travel among so many that all their entries cannot be counted here."""
    graph = some(MANY)
    read = {peer for peers in graph.values() for peer in peers}
    farthest = max(map(partial(_steps, graph), range(SAMPLE)))
    return [
        Figure(f"{MANY:,} nodes, {PEERS} random peers: rounds", farthest, ""),
        Figure("  nodes whose log nobody reads", MANY - len(read), ""),
    ]


def _steps(graph: Graph, start: int) -> int:
    """Steps to the farthest node whose log this one can get."""
    found, edge, steps = {start}, {start}, -1
    while edge:
        edge = {peer for node in edge for peer in graph[node]} - found
        found |= edge
        steps += 1
    return steps


def _of(name: str, graph: Graph) -> list[Figure]:
    sizes = dict.fromkeys(graph, ENTRIES)
    network = Network(graph, sizes)
    rounds, wanted = network.settle(), ideal(graph, sizes)
    moved = network.moved
    return [
        Figure(f"{NODES} nodes, {name}: entries kept ÷ ideal", moved.kept / wanted, "", target=1.0),
        Figure("  entries that came over the line ÷ ideal", moved.fetched / wanted, ""),
        Figure("  rounds until all have all they can get", rounds, ""),
        Figure("  nodes whose log nobody reads", network.unread(), ""),
        *_grown(network),
        Figure(f"  {FAILING} of {NODES} silent: pairs cut off", _cut(graph), "%"),
        Figure("  the worst one silent: pairs cut off", _worst(graph), "%"),
    ]


def _grown(network: Network) -> list[Figure]:
    """One more entry of each: a bundle that is not full comes over the line again, 256 entries at most."""
    kept, fetched = network.moved.kept, network.moved.fetched
    network.sizes = {node: size + 1 for node, size in network.sizes.items()}
    network.settle()
    wanted = ideal(network.graph, dict.fromkeys(network.graph, 1))
    return [
        Figure(
            "  one more entry of each: kept ÷ ideal", (network.moved.kept - kept) / wanted, "", target=1.0
        ),
        Figure("    came over the line ÷ ideal", (network.moved.fetched - fetched) / wanted, ""),
    ]


def _cut(graph: Graph) -> float:
    """Percent of pairs of nodes that are up of which one does not get the other's news, over many draws."""
    return sum(_lost(graph, drawn(graph, FAILING, f"fail/{draw}")) for draw in range(DRAWS)) / DRAWS


def _worst(graph: Graph) -> float:
    return max(_lost(graph, [node]) for node in graph)


def _lost(graph: Graph, down: Iterable[int]) -> float:
    silent = set(down)
    up = [node for node in graph if node not in silent]
    got = sum(len(reached(graph, node, silent)) - 1 for node in up)
    return 100 * (1 - got / (len(up) * (len(up) - 1)))


if __name__ == "__main__":
    print(table(measure()))
