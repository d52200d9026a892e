"""Commands about organizations and people that are here: decide, stop, take along, erase."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import click

from api.node import PrivateSide
from registry.errors import N_, NotFound
from registry.identity.rules import OrganizationState
from registry.identity.tenants.rules import OPERATOR, Action, Operator
from web.cli.node import json_option, opened, show

STATES = [state.value for state in OrganizationState if state is not OrganizationState.ERASED]
reason_option = click.option("--reason", required=True, help="Kept on record; applicants read it.")
output_option = click.option(
    "--output", required=True, type=click.Path(dir_okay=False, path_type=Path), help="ZIP file to write."
)
yes_option = click.option("--yes", is_flag=True, help="Do not ask.")

Decide = Callable[[Operator, str, str], None]


@click.command("list")
@click.option("--state", type=click.Choice(STATES), help="Only those in this state.")
@json_option
def org_list(state: str | None, *, as_json: bool) -> None:
    """Organizations and their standing."""
    with opened() as node:
        wanted = OrganizationState(state) if state else None
        found = node.private.tenants.standing.all(OPERATOR, wanted)
    listed = [{"id": one.id, "name": one.name, "state": one.state.value} for one in found]
    text = "\n".join(f"{one['state']:<10} {one['id']}  {one['name']}" for one in listed)
    show({"items": listed}, text or "None.", as_json=as_json)


def _decide(organization: str, reason: str, action: Action, *, as_json: bool) -> None:
    with opened() as node:
        side = node.private
        key = side.directory.find_organization(organization)
        _acts(side)[action](OPERATOR, key, reason)
        state = side.tenants.standing.read(OPERATOR, key).organization.state.value
    show({"id": key, "state": state}, f"{organization}: {state}", as_json=as_json)


def _acts(side: PrivateSide) -> dict[Action, Decide]:
    return {
        Action.APPROVE: side.tenants.standing.approve,
        Action.DECLINE: side.tenants.standing.decline,
        Action.SUSPEND: side.custody.suspension.suspend,
        Action.RESUME: side.custody.suspension.resume,
    }


@click.command("approve")
@click.argument("organization")
@reason_option
@json_option
def org_approve(organization: str, reason: str, *, as_json: bool) -> None:
    """Let an organization join."""
    _decide(organization, reason, Action.APPROVE, as_json=as_json)


@click.command("decline")
@click.argument("organization")
@reason_option
@json_option
def org_decline(organization: str, reason: str, *, as_json: bool) -> None:
    """Let an organization not join."""
    _decide(organization, reason, Action.DECLINE, as_json=as_json)


@click.command("suspend")
@click.argument("organization")
@reason_option
@json_option
def org_suspend(organization: str, reason: str, *, as_json: bool) -> None:
    """Stop everything an organization does, at once."""
    _decide(organization, reason, Action.SUSPEND, as_json=as_json)


@click.command("resume")
@click.argument("organization")
@reason_option
@json_option
def org_resume(organization: str, reason: str, *, as_json: bool) -> None:
    """Let a suspended organization act again."""
    _decide(organization, reason, Action.RESUME, as_json=as_json)


@click.command("export")
@click.argument("organization")
@output_option
@json_option
def org_export(organization: str, output: Path, *, as_json: bool) -> None:
    """Write everything the node holds on an organization."""
    with opened() as node:
        key = node.private.directory.find_organization(organization)
        size = write_whole(output, node.private.custody.exports.organization(OPERATOR, key))
    show({"id": key, "file": str(output), "bytes": size}, f"Wrote {output}: {size} bytes", as_json=as_json)


@click.command("erase")
@click.argument("organization")
@yes_option
@json_option
def org_erase(organization: str, *, yes: bool, as_json: bool) -> None:
    """Erase an organization; published records stay, and the answer says what else does."""
    if not yes:
        click.confirm(f"Erase {organization} for good?", abort=True)
    with opened() as node:
        side = node.private
        key = side.directory.find_organization(organization)
        name = side.tenants.standing.read(OPERATOR, key).organization.name
        left = side.custody.erasure.erase_organization(OPERATOR, key, name)
    text = "\n".join(["Erased. What stays:", *(f"- {one.what} ({one.count}): {one.why}" for one in left)])
    stays = [{"what": one.what, "count": one.count, "why": one.why} for one in left]
    show({"id": key, "stays": stays}, text, as_json=as_json)


@click.command("export")
@click.argument("email")
@output_option
@json_option
def person_export(email: str, output: Path, *, as_json: bool) -> None:
    """Write everything the node holds on a person."""
    with opened() as node:
        key = _person(node.private, email)
        size = write_whole(output, node.private.custody.exports.person(OPERATOR, key))
    show({"id": key, "file": str(output), "bytes": size}, f"Wrote {output}: {size} bytes", as_json=as_json)


@click.command("erase")
@click.argument("email")
@yes_option
@json_option
def person_erase(email: str, *, yes: bool, as_json: bool) -> None:
    """Erase a person; their organization's reports stay."""
    if not yes:
        click.confirm(f"Erase {email} for good?", abort=True)
    with opened() as node:
        key = _person(node.private, email)
        node.private.custody.erasure.erase_person(OPERATOR, key)
    show({"id": key}, f"Erased {key}", as_json=as_json)


@click.command("reset-factors")
@click.argument("email")
@yes_option
@json_option
def person_reset_factors(email: str, *, yes: bool, as_json: bool) -> None:
    """Take every second factor from a person who lost them; a letter tells them."""
    if not yes:
        click.confirm(f"Make sure that it is {email} who asks. Reset the second factors?", abort=True)
    with opened() as node:
        key = _person(node.private, email)
        held = node.private.factors.resetting.reset(key)
    text = f"Reset: {'one-time codes, ' if held.totp else ''}{held.passkeys} passkeys, every session of {key}"
    show({"id": key, "totp": held.totp, "passkeys": held.passkeys}, text, as_json=as_json)


def write_whole(output: Path, pieces: Iterator[bytes]) -> int:
    """Write a file that is either whole or not there, for its owner's eyes only; returns its bytes."""
    half = output.with_name(output.name + ".half")
    try:
        with os.fdopen(os.open(half, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
            size = sum(file.write(piece) for piece in pieces)
        half.replace(output)
    except OSError as error:
        raise click.FileError(str(output), error.strerror or "") from error
    finally:
        half.unlink(missing_ok=True)
    return size


def _person(side: PrivateSide, email: str) -> str:
    found = side.directory.find_person(email)
    if found is None:
        raise NotFound(N_("Nobody is registered as %(email)s."), email=email)
    return found


OF_ORGANIZATIONS = (
    org_list,
    org_approve,
    org_decline,
    org_suspend,
    org_resume,
    org_export,
    org_erase,
)
OF_PEOPLE = (person_export, person_erase, person_reset_factors)
"""Commands that join ``commons org`` and ``commons person``."""
