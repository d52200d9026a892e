"""Commands that register organizations, people and clients."""

from __future__ import annotations

import json
from typing import Any, BinaryIO

import click

from registry.identity.oauth.rules import AUTH_METHODS, GRANT_TYPES, Way
from registry.identity.rules import OPENS_NOTHING, SCOPES, Role
from web.cli.node import json_option, opened, show

SCOPES_HELP = f"What it may do. Nothing asks yet for: {', '.join(s for s in SCOPES if s in OPENS_NOTHING)}."
JWKS_MAX = 20_000
"""Bytes of a key set that are read."""


@click.group()
def org() -> None:
    """Organizations."""


@org.command("add")
@click.argument("name")
@click.option("--descriptor", required=True, help="How the public may know it, without its name.")
@click.option("--language", default="en", show_default=True)
@json_option
def org_add(name: str, descriptor: str, language: str, *, as_json: bool) -> None:
    """Register an organization."""
    with opened() as node:
        made = node.private.directory.add_organization(name, descriptor, language=language)
    show({"id": made, "name": name}, f"Registered {name}: {made}", as_json=as_json)


@click.group()
def person() -> None:
    """People."""


@person.command("add")
@click.argument("email")
@click.option("--name", required=True)
@click.option("--org", "organization", required=True, help="Name or id of the organization.")
@click.option("--role", "roles", multiple=True, required=True, type=click.Choice([r.value for r in Role]))
@click.password_option(help="Asked for when not given.")
@json_option
def person_add(
    email: str, name: str, organization: str, roles: tuple[str, ...], password: str, *, as_json: bool
) -> None:
    """Register a person with roles in an organization.

    The first reviewer makes it an organization that may review.
    """
    with opened() as node:
        directory = node.private.directory
        organization_id = directory.find_organization(organization)
        made = directory.add_person(email, name, password)
        became = directory.grant(made, organization_id, [Role(role) for role in roles])
    lines = [f"Registered {name}: {made}"]
    lines += [f"{organization} may review reports of others from now on."] if became else []
    result = {"id": made, "organization": organization_id, "organization_became_reviewing": became}
    show(result, "\n".join(lines), as_json=as_json)


@click.group()
def client() -> None:
    """Programs of organizations."""


@client.command("add")
@click.argument("name")
@click.option("--org", "organization", required=True, help="Name or id of the organization.")
@click.option(
    "--scope", "scopes", multiple=True, required=True, type=click.Choice(list(SCOPES)), help=SCOPES_HELP
)
@click.option("--auth", default=AUTH_METHODS[0], show_default=True, type=click.Choice(AUTH_METHODS))
@click.option(
    "--grant", "grants", multiple=True, default=("client_credentials",), type=click.Choice(GRANT_TYPES)
)
@click.option("--redirect-uri", "redirects", multiple=True, help="Exact address that codes are sent to.")
@click.option("--jwks", type=click.File("rb"), help="Public keys of the program, as a JWKS file.")
@click.option(
    "--bearer-token",
    is_flag=True,
    help="Also print a long-lived token, for a program that acts by itself and cannot do OAuth.",
)
@json_option
def client_add(*, as_json: bool, **given: Any) -> None:
    """Register a program and print what it shows to get in, this once."""
    keys = _key_set(given["jwks"]) if given["jwks"] else None
    way = Way(given["auth"], given["grants"], given["redirects"], keys, given["bearer_token"])
    with opened() as node:
        made = node.private.directory.add_client(given["organization"], given["name"], given["scopes"], way)
    shown = {"id": made.id, "token": made.token, "secret": made.secret}
    lines = [f"Registered {given['name']}: {made.id}"]
    lines += [f"Client secret (shown only now): {made.secret}"] if made.secret else []
    lines += [f"Bearer token (shown only now): {made.token}"] if made.token else []
    show({key: value for key, value in shown.items() if value}, "\n".join(lines), as_json=as_json)


def _key_set(file: BinaryIO) -> dict[str, Any]:
    try:
        keys = json.loads(file.read(JWKS_MAX))
    except ValueError as error:
        raise click.BadParameter("this is not JSON", param_hint="--jwks") from error
    if not isinstance(keys, dict):
        raise click.BadParameter("this is not a key set", param_hint="--jwks")
    return keys
