"""``commons permissions``: the permission table as a page that anybody can read."""

from __future__ import annotations

import textwrap
from collections.abc import Collection, Iterable

import click

from registry.identity.permissions import OFFERS, REPORTS
from registry.identity.roles import SCOPES, Line, OrganizationState, Permission, Role
from registry.identity.rules import FACTOR_ROLES, GUEST_MAY, PERMISSIONS
from registry.intake.identities.rules import OfferState
from registry.intake.rules import State
from web.cli.node import json_option, show

ROLES: dict[Role, str] = {
    Role.MEMBER: "writes and sends reports for an organization",
    Role.ORG_ADMIN: "also looks after the organization's people and programs",
    Role.REVIEWER: "examines reports of other organizations before they are published",
    Role.STEWARD: "looks after this node",
}
_EVERY: dict[str, list[str]] = {REPORTS: list(State), OFFERS: list(OfferState)}
"""What things of a kind can be; organizations where nothing is said."""
WIDTHS = (34, 26, 20, 22, 34)
HEADS = ("Who may …", "a person who is", "a program given", "on things of", "while it is")
THROUGH = (
    "A program that acts for a person may do what the person and the program may. A program that acts by "
    "itself goes by its scope alone; where no scope stands, no program may."
)
ACTIVE = "Only organizations that were approved, and are not suspended, act at all."
ANSWERS = (
    "Without the role or scope the answer is “you may not” (403), before anything is looked up. With it, "
    "a thing that is not theirs to see is answered as one that never existed (404), and a thing that is, "
    "but in another state, with “not now” (409)."
)
GUESTS = (
    "Where a node takes reports without an account, somebody without one may do this to theirs: {}.".format(
        ", ".join(permission.value for permission in Permission if permission in GUEST_MAY)
    )
)
NOTES = (THROUGH, ACTIVE, GUESTS, ANSWERS)


@click.command("permissions")
@click.option("--markdown", is_flag=True, help="As the page docs/permissions.md.")
@json_option
def permissions(*, markdown: bool, as_json: bool) -> None:
    """Who may do what at this node, in plain words."""
    listed = [_as_json(permission, line) for permission, line in PERMISSIONS.items()]
    show({"items": listed}, page() if markdown else table(), as_json=as_json)


def table() -> str:
    """The table for a terminal, cells folded."""
    lines = list(_folded(HEADS))
    lines.append("  ".join("-" * width for width in WIDTHS))
    for permission, line in PERMISSIONS.items():
        lines += _folded(cells(permission, line))
    return "\n".join([*lines, "", *_notes(), "", *_words(bold="")])


def page() -> str:
    """The table as Markdown, with what its words mean."""
    rows = [HEADS, ("---",) * len(HEADS), *(cells(*one) for one in PERMISSIONS.items())]
    lines = ["# Who may do what", "", "Made by `commons permissions --markdown` from", ""]
    lines[2] += " `registry/identity/permissions.py`, the one table that the node goes by."
    lines += [f"| {' | '.join(row)} |" for row in rows]
    return "\n".join([*lines, "", *(f"- {note}" for note in NOTES), "", *_words(bold="**")])


def cells(permission: Permission, line: Line) -> tuple[str, ...]:
    """One line of the table in words."""
    everybody = line.roles == set(Role)
    people = "signed in" if everybody else _listed(role.value for role in Role if role in line.roles)
    return (permission.value, people, line.scope or "none", line.whose.value, _states(line))


def _states(line: Line) -> str:
    if line.states is None:
        return "in any state" if line.things == REPORTS else "–"
    every = _EVERY.get(line.things, list(OrganizationState))
    missing = [state for state in every if state not in line.states]
    if len(missing) < len(line.states):
        return f"not {_listed(map(_word, missing))}"
    return _listed(_word(state) for state in every if state in line.states)


def _word(state: str) -> str:
    return state.replace("_", " ")


def _listed(words: Iterable[str]) -> str:
    found = list(words)
    return " or ".join(filter(None, [", ".join(found[:-1]), *found[-1:]]))


def _folded(row: Collection[str]) -> Iterable[str]:
    columns = [textwrap.wrap(cell, width) for cell, width in zip(row, WIDTHS, strict=True)]
    for number in range(max(map(len, columns))):
        parts = [column[number] if number < len(column) else "" for column in columns]
        padded = (part.ljust(width) for part, width in zip(parts, WIDTHS, strict=True))
        yield "  ".join(padded).rstrip()


def _notes() -> Iterable[str]:
    return (textwrap.fill(note, 100) for note in NOTES)


def _words(*, bold: str) -> Iterable[str]:
    yield "Roles of people:"
    yield ""
    for role, means in ROLES.items():
        factor = "; only once a second factor was shown" if role in FACTOR_ROLES else ""
        yield f"- {bold}{role.value}{bold} {means}{factor}"
    yield ""
    yield "Scopes of programs:"
    yield ""
    for scope, means in SCOPES.items():
        yield f"- {bold}{scope}{bold} lets it {means}"


def _as_json(permission: Permission, line: Line) -> dict[str, object]:
    return {
        "permission": permission.name.lower(),
        "means": permission.value,
        "roles": [role.value for role in Role if role in line.roles],
        "scope": line.scope,
        "whose": line.whose.name.lower(),
        "things": line.things,
        "states": sorted(line.states) if line.states is not None else None,
        "seen": sorted(line.seen) if line.seen is not None else None,
    }
