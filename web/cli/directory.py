"""Commands that register organizations, people and clients."""

from __future__ import annotations

import click

from registry.identity.rules import SCOPES, Role
from web.cli.node import json_option, opened, show


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
    """Register a person with roles in an organization."""
    with opened() as node:
        directory = node.private.directory
        organization_id = directory.find_organization(organization)
        made = directory.add_person(email, name, password)
        directory.grant(made, organization_id, [Role(role) for role in roles])
    show(
        {"id": made, "organization": organization_id},
        f"Registered {name}: {made}",
        as_json=as_json,
    )


@click.group()
def client() -> None:
    """Programs of organizations."""


@client.command("add")
@click.argument("name")
@click.option("--org", "organization", required=True, help="Name or id of the organization.")
@click.option("--scope", "scopes", multiple=True, required=True, type=click.Choice(list(SCOPES)))
@json_option
def client_add(name: str, organization: str, scopes: tuple[str, ...], *, as_json: bool) -> None:
    """Register a program and print its bearer token, this once."""
    with opened() as node:
        made = node.private.directory.add_client(organization, name, scopes)
    text = f"Registered {name}: {made.id}\nBearer token (shown only now): {made.token}"
    show({"id": made.id, "token": made.token}, text, as_json=as_json)
