"""Commands of the demo set."""

from __future__ import annotations

import click

from search import Indexer
from web.cli.node import json_option, opened, progress, show
from web.demo.loading import PASSWORD, DemoLoader
from web.demo.reading import DemoSet, read
from web.indexing import follow


@click.group()
def demo() -> None:
    """Invented data, to look around with."""


@demo.command("load")
@json_option
def demo_load(*, as_json: bool) -> None:
    """Load the demo organizations, people and reports in every state. Safe to run again."""
    chosen = read()
    with opened() as node:
        loaded = DemoLoader(node, chosen).load(progress("Demo reports"))
        follow(node.records, Indexer(node.settings.index_dir, node.taxonomy))
    accounts = _accounts(chosen)
    lines = [
        f"Demo set: {loaded.added} reports added, {loaded.present} present, {loaded.published} published.",
        f"Demo accounts (password for all: {PASSWORD}):",
        *(
            f"  {account['email']:<26} {account['roles']:<20} {account['organization']}"
            for account in accounts
        ),
    ]
    result = {
        "added": loaded.added,
        "present": loaded.present,
        "published": loaded.published,
        "password": PASSWORD,
        "accounts": accounts,
    }
    show(result, "\n".join(lines), as_json=as_json)


def _accounts(chosen: DemoSet) -> list[dict[str, str]]:
    return [
        {"email": person.email, "roles": ", ".join(person.roles), "organization": organization.name}
        for organization in chosen.organizations
        for person in organization.people
    ]
