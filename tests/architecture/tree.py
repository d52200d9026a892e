"""Read a source tree: every module with its imports, without running any of it."""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

PACKAGES = ("taxonomy", "registry", "search", "api", "web")
"""The top-level packages of the product."""


@dataclass(frozen=True)
class Import:
    """One imported module, where, and whether it stands inside a function."""

    target: str
    line: int
    local: bool
    relative: bool = False


@dataclass(frozen=True)
class Module:
    """One file: its dotted name, its path from the root, its text."""

    name: str
    path: str
    text: str

    @cached_property
    def tree(self) -> ast.Module:
        """The parsed file."""
        return ast.parse(self.text, self.path)

    def at(self, line: int, says: str) -> str:
        """A fault as people read it."""
        return f"{self.path}:{line}: {says}"


class Tree:
    """All modules under some top-level folders of a root."""

    def __init__(self, root: Path, packages: Sequence[str] = PACKAGES) -> None:
        files = [file for package in packages for file in sorted((root / package).rglob("*.py"))]
        found = (_module(root, file) for file in files)
        self.modules: dict[str, Module] = {module.name: module for module in found}
        self._imports: dict[str, list[Import]] = {}

    def __iter__(self) -> Iterator[Module]:
        return iter(self.modules.values())

    def imports(self, name: str) -> list[Import]:
        """What a module imports, own and foreign, submodules resolved as far as they exist."""
        if name not in self._imports:
            self._imports[name] = list(self._read_imports(self.modules[name]))
        return self._imports[name]

    def own(self, target: str) -> bool:
        """Whether this is a module of the tree."""
        return target in self.modules

    def _read_imports(self, module: Module) -> Iterator[Import]:
        local = {id(node) for function in _functions(module.tree) for node in ast.walk(function)}
        for node in ast.walk(module.tree):
            if isinstance(node, ast.Import):
                for alias in node.names:
                    yield Import(alias.name, node.lineno, id(node) in local)
            elif isinstance(node, ast.ImportFrom):
                base = self._base(module, node)
                for alias in node.names:
                    inner = f"{base}.{alias.name}"
                    target = inner if self.own(inner) else base
                    yield Import(target, node.lineno, id(node) in local, bool(node.level))
            elif isinstance(node, ast.Call) and (late := late_target(node)):
                yield Import(late, node.lineno, local=False)

    def _base(self, module: Module, node: ast.ImportFrom) -> str:
        if not node.level:
            return node.module or ""
        is_package = module.path.endswith("__init__.py")
        parts = module.name.split(".")
        kept = parts[: len(parts) - node.level + (1 if is_package else 0)]
        return ".".join([*kept, *([node.module] if node.module else [])])


def is_late(call: ast.Call) -> bool:
    """Whether this loads something when it is needed: ``pkgutil.resolve_name``."""
    named = "resolve_name"
    if isinstance(call.func, ast.Attribute):
        return call.func.attr == named
    return isinstance(call.func, ast.Name) and call.func.id == named


def late_target(call: ast.Call) -> str:
    """The module in ``resolve_name("module:thing")``: an import like any other. Empty for everything else."""
    given = call.args[0] if is_late(call) and call.args else None
    text = given.value if isinstance(given, ast.Constant) and isinstance(given.value, str) else ""
    module, colon, _ = text.partition(":")
    return module if colon else ""


def within(name: str, package: str) -> bool:
    """Whether a module is this package or lies in it."""
    return name == package or name.startswith(package + ".")


def parents(name: str) -> list[str]:
    """The packages that are run when a module is imported: ``a.b.c`` gives ``a`` and ``a.b``."""
    parts = name.split(".")
    return [".".join(parts[:count]) for count in range(1, len(parts))]


def is_foreign(tree: Tree, target: str) -> bool:
    """Whether this is neither ours nor the standard library's."""
    top = target.partition(".")[0]
    return top not in sys.stdlib_module_names and not tree.own(top) and top not in PACKAGES


def _module(root: Path, file: Path) -> Module:
    path = file.relative_to(root)
    parts = path.with_suffix("").parts
    name = ".".join(parts[:-1] if parts[-1] == "__init__" else parts)
    return Module(name, path.as_posix(), file.read_text("utf-8"))


def _functions(tree: ast.AST) -> Iterator[ast.AST]:
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda):
            yield node
