"""The shape of files: length, imports at the top, one committing module, no validation by assert."""

from __future__ import annotations

import ast
import io
import re
import tokenize
from collections.abc import Iterator

from tests.architecture.tree import Module, Tree, is_late, late_target, within

LENGTH_MAX = 300
COMMITTER = "registry.db.unit"
OPERATORS_OWN = "registry.intake.personal.brought"
"""Loads what a setting names: code that is not ours."""
CLOCK = "registry.clock"
CLOCK_CALLS = {"now", "utcnow", "today"}
_MARK = re.compile(r"#\s*(?P<mark>noqa|type:\s*ignore)(?P<codes>:\s*[A-Z]+\d+(?:,\s*[A-Z]+\d+)*|\[[^\]]*\])?")


def length_faults(tree: Tree) -> list[str]:
    """Files that are too long; migrations grow with the tables and are read once."""
    return [
        module.at(LENGTH_MAX + 1, f"has {lines} lines, at most {LENGTH_MAX}")
        for module in tree
        if (lines := len(module.text.splitlines())) > LENGTH_MAX
        and not within(module.name, "registry.migrations")
    ]


def local_import_faults(tree: Tree) -> list[str]:
    """Imports inside functions, by the statement or by call, and relative ones."""
    faults = []
    for module in tree:
        for found in tree.imports(module.name):
            if found.local:
                faults.append(module.at(found.line, f"imports {found.target} inside a function"))
            if found.relative:
                faults.append(module.at(found.line, "imports should be absolute"))
        faults += [
            module.at(call.lineno, "imports by call")
            for call in _calls(module)
            if _called(call) in {"import_module", "__import__"}
        ]
    return faults


def late_import_faults(tree: Tree) -> list[str]:
    """What is loaded when it is needed and not written out, so that nobody sees which room it comes from."""
    return [
        module.at(call.lineno, 'loads what it does not name; say resolve_name("module:thing")')
        for module in tree
        if module.name != OPERATORS_OWN
        for call in _calls(module)
        if is_late(call) and not late_target(call)
    ]


def commit_faults(tree: Tree) -> list[str]:
    """Transactions ended outside the unit of work. The index is no database and has its own commit."""
    return [
        module.at(call.lineno, f"calls {_called(call)}(); only {COMMITTER} ends transactions")
        for module in tree
        if module.name != COMMITTER and not within(module.name, "search")
        for call in _calls(module)
        if _called(call) in {"commit", "rollback"} or (_called(call) == "begin" and not _may_begin(module))
    ]


def assert_faults(tree: Tree) -> list[str]:
    """Asserts in the product: ``python -O`` removes them, so they check nothing."""
    return [
        module.at(node.lineno, "assert does not validate; raise an error of the field")
        for module in tree
        for node in ast.walk(module.tree)
        if isinstance(node, ast.Assert)
    ]


def suppression_faults(tree: Tree) -> list[str]:
    """``noqa`` and ``type: ignore`` without code or without a reason in words."""
    return [fault for module in tree for fault in _suppression_faults(module)]


def broad_except_faults(tree: Tree) -> list[str]:
    """Handlers that swallow every error, bugs included."""
    return [
        module.at(node.lineno, "catches everything")
        for module in tree
        for node in ast.walk(module.tree)
        if isinstance(node, ast.ExceptHandler) and _is_broad(node.type)
    ]


def clock_faults(tree: Tree) -> list[str]:
    """Modules of taxonomy, registry and search that ask the machine for the time."""
    return [
        module.at(call.lineno, "asks the machine for the time; the clock is handed in")
        for module in tree
        if module.name != CLOCK and any(within(module.name, p) for p in ("taxonomy", "registry", "search"))
        for call in _calls(module)
        if isinstance(call.func, ast.Attribute)
        and call.func.attr in CLOCK_CALLS
        and isinstance(call.func.value, ast.Name)
        and call.func.value.id in {"datetime", "date"}
    ]


def docstring_faults(tree: Tree) -> list[str]:
    """Modules that do not say what they are for."""
    return [
        module.at(1, "has no docstring")
        for module in tree
        if module.text and not ast.get_docstring(module.tree)
    ]


def _suppression_faults(module: Module) -> Iterator[str]:
    for token in tokenize.generate_tokens(io.StringIO(module.text).readline):
        if token.type != tokenize.COMMENT:
            continue
        match = _MARK.search(token.string)
        if match is None:
            continue
        if not match["codes"]:
            yield module.at(token.start[0], f"{match['mark']} without a code silences everything")
        reason = token.string[match.end() :].strip(" #-:")
        if not re.search(r"\w{2,}\W+\w{2,}", reason):
            yield module.at(token.start[0], f"{match['mark']} without a reason")


def _calls(module: Module) -> Iterator[ast.Call]:
    return (node for node in ast.walk(module.tree) if isinstance(node, ast.Call))


def _called(call: ast.Call) -> str:
    if isinstance(call.func, ast.Attribute):
        return call.func.attr
    return call.func.id if isinstance(call.func, ast.Name) else ""


def _may_begin(module: Module) -> bool:
    """Migrations run in one transaction of their own, opened beside the unit of work."""
    return within(module.name, "registry.db")


def _is_broad(caught: ast.expr | None) -> bool:
    if caught is None:
        return True
    names = caught.elts if isinstance(caught, ast.Tuple) else [caught]
    return any(isinstance(name, ast.Name) and name.id in {"Exception", "BaseException"} for name in names)
