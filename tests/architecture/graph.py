"""The graph of imports: what a module drags in, by which way, and where it bites its tail."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from tests.architecture.tree import Tree, parents


def way_to(tree: Tree, start: str, wanted: Callable[[str], bool]) -> list[str] | None:
    """The shortest chain of imports from a module to one that is wanted (the start does not count).

    Importing ``a.b.c`` runs ``a`` and ``a.b`` too, so what these import counts.
    """
    came_from: dict[str, str] = {}
    line = [start]
    for here in line:
        for target in _runs(tree, here):
            if target == start or target in came_from:
                continue
            came_from[target] = here
            if wanted(target):
                return _chain(came_from, start, target)
            line.append(target)
    return None


def cycles(tree: Tree) -> list[str]:
    """Every group of modules that import each other, as a sentence; strongly connected components."""
    finder = _Components({module.name: _targets(tree, module.name) for module in tree})
    groups = [group for group in finder.find() if len(group) > 1]
    selfish = [m.name for m in tree if m.name in _targets(tree, m.name)]
    return [f"import cycle: {' <-> '.join(sorted(group))}" for group in groups] + [
        f"import cycle: {name} imports itself" for name in selfish
    ]


def _runs(tree: Tree, name: str) -> Iterator[str]:
    if not tree.own(name):
        return
    for target in sorted({found.target for found in tree.imports(name)}):
        yield target
        yield from (package for package in parents(target) if tree.own(package))


def _targets(tree: Tree, name: str) -> list[str]:
    return sorted({found.target for found in tree.imports(name) if tree.own(found.target)})


def _chain(came_from: dict[str, str], start: str, end: str) -> list[str]:
    chain = [end]
    while chain[-1] != start:
        chain.append(came_from[chain[-1]])
    return chain[::-1]


class _Components:
    """Tarjan's algorithm (1972): strongly connected components in one walk."""

    def __init__(self, graph: dict[str, list[str]]) -> None:
        self._graph = graph
        self._index: dict[str, int] = {}
        self._low: dict[str, int] = {}
        self._stack: list[str] = []
        self._found: list[list[str]] = []

    def find(self) -> list[list[str]]:
        for node in self._graph:
            if node not in self._index:
                self._visit(node)
        return self._found

    def _visit(self, node: str) -> None:
        self._index[node] = self._low[node] = len(self._index)
        self._stack.append(node)
        for target in self._graph[node]:
            if target not in self._index:
                self._visit(target)
                self._low[node] = min(self._low[node], self._low[target])
            elif target in self._stack:
                self._low[node] = min(self._low[node], self._index[target])
        if self._low[node] == self._index[node]:
            group = self._stack[self._stack.index(node) :]
            del self._stack[self._stack.index(node) :]
            self._found.append(group)
