"""Every step that the code writes into the trail of a kind of thing, read from the code itself.

What cannot be told from reading fails loudly, so that no step is passed over.
"""

from __future__ import annotations

import ast
import importlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import Enum
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Any

ROOT = Path(__file__).parents[3]
Function = ast.FunctionDef | ast.AsyncFunctionDef


@dataclass(frozen=True)
class Place:
    """A call, in which function (None: none) of which module."""

    module: ModuleType
    function: Function | None
    call: ast.Call

    @property
    def names(self) -> list[str]:
        """What its function calls its parameters."""
        given = self.function.args if self.function else None
        return [one.arg for one in (*given.posonlyargs, *given.args, *given.kwonlyargs)] if given else []


def actions(subject: str) -> set[str]:
    """The actions of all steps on things of this kind."""
    steps = [place for place in calls("Step") if value(place, place.call.args[0]) == subject]
    return {action for place in steps for action in possible(place, place.call.args[2])}


def possible(place: Place, said: ast.expr) -> set[str]:
    """All that an expression can be there."""
    known = value(place, said)
    if isinstance(known, str):
        return {known}
    if isinstance(said, ast.IfExp):
        return possible(place, said.body) | possible(place, said.orelse)
    if isinstance(said, ast.Subscript) and isinstance(table := value(place, said.value), Mapping):
        return {str(one) for one in table.values()}
    if isinstance(said, ast.Attribute) and said.attr == "value":
        return members(place, said.value)
    assert isinstance(said, ast.Name), f"{place.module.__name__}: {ast.unparse(said)} can be anything"
    return passed(place, said.id)


def members(place: Place, said: ast.expr) -> set[str]:
    """The values of the enumeration of which a parameter is one."""
    assert place.function is not None
    assert isinstance(said, ast.Name)
    given = place.function.args
    (one,) = [one for one in (*given.args, *given.kwonlyargs) if one.arg == said.id]
    assert one.annotation is not None
    kind = value(place, one.annotation)
    assert isinstance(kind, type)
    assert issubclass(kind, Enum)
    return {str(member.value) for member in kind}


def passed(place: Place, name: str) -> set[str]:
    """What a name of the function is set to, or what callers give for it."""
    assert place.function is not None
    if name not in place.names:
        return {one for said in assigned(place.function, name) for one in possible(place, said)}
    whole, found = [one for one in place.names if one != "self"], set[str]()
    for caller in calls(place.function.name):
        if is_call_of(caller, place):
            by_name = [one.value for one in caller.call.keywords if one.arg == name]
            found |= possible(caller, by_name[0] if by_name else caller.call.args[whole.index(name)])
    assert found, f"{place.module.__name__}: nobody calls {place.function.name}"
    return found


def assigned(function: Function, name: str) -> list[ast.expr]:
    """The expressions to which a name is set in a function."""
    sets = [one for one in ast.walk(function) if isinstance(one, ast.Assign)]
    found = [one.value for one in sets if [getattr(to, "id", "") for to in one.targets] == [name]]
    assert found, f"{function.name}: nobody knows what {name} is"
    return found


def is_call_of(caller: Place, place: Place) -> bool:
    """Whether this calls the function of that place, and not another one of its name."""
    called = caller.call.func
    if isinstance(called, ast.Attribute) and getattr(called.value, "id", "") == "self":
        return caller.module is place.module
    return getattr(value(caller, called), "__module__", "") == place.module.__name__


def value(place: Place, said: ast.expr) -> Any:
    """What a constant, a name of the module or a part of one is; None for anything else."""
    if isinstance(said, ast.Constant):
        return said.value
    if isinstance(said, ast.Attribute):
        return getattr(value(place, said.value), said.attr, None)
    is_own = isinstance(said, ast.Name) and said.id not in place.names
    return vars(place.module).get(said.id) if is_own else None


@cache
def calls(name: str) -> tuple[Place, ...]:
    """Every call of a function of this name in the registry."""
    found = []
    for path in sorted((ROOT / "registry").rglob("*.py")):
        text = path.read_text("utf-8")
        if f"{name}(" in text and "migrations" not in path.parts:
            tree = ast.parse(text)
            module = importlib.import_module(".".join(path.relative_to(ROOT).with_suffix("").parts))
            found += [Place(module, function, call) for function, call in _called(tree, None, name)]
    return tuple(found)


def _called(
    node: ast.AST, function: Function | None, name: str
) -> Iterator[tuple[Function | None, ast.Call]]:
    inside = node if isinstance(node, Function) else function
    if isinstance(node, ast.Call):
        called = node.func
        if getattr(called, "id", getattr(called, "attr", "")) == name:
            yield inside, node
    for child in ast.iter_child_nodes(node):
        yield from _called(child, inside, name)
