"""The command ``commons bulk``: check and send files of reports, here or at another node.

Exit codes: 0 when all rows are good or stored, 1 when rows need attention or nothing could be stored, 3 when
a part was stored and the rest was left out.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click
import requests

from api import bulk_shapes
from api.node import PrivateSide
from registry.errors import N_, NotAllowed
from registry.identity.rules import Actor, OrganizationState
from registry.identity.tenants.rules import OPERATOR
from registry.intake.bulk.limits import FILE_MAX
from registry.intake.bulk.service import Wish
from registry.intake.bulk.table import Format
from registry.intake.bulk.template import template
from web.cli.node import json_option, opened, progress, show, tame
from web.pages.language import LANGUAGES

TIMEOUT = 300
"""Seconds that another node may take for a file."""
SCOPE = "submissions:write"
PARTLY = 3
"""Exit code when rows were left out."""
WISHES = ("draft", "submit")


@click.group()
def bulk() -> None:
    """Files of many reports: CSV, XLSX, or a JSON object on each line."""


_file = click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
_language = click.option(
    "--language", default="en", show_default=True, type=click.Choice(list(LANGUAGES)), help="Of the reports."
)
_organization = click.option("--org", "organization", help="Name or id of an organization of this node.")
_url = click.option("--node", "url", help="Address of another node; needs --token.")
_token = click.option("--token", envvar="COMMONS_TOKEN", help="Access token there; or set COMMONS_TOKEN.")
_wanted = click.option(
    "--as", "wanted", default="draft", show_default=True, type=click.Choice(WISHES), help="What rows become."
)


@bulk.command("check")
@_file
@_organization
@_url
@_token
@_wanted
@_language
@json_option
def check_command(*, as_json: bool, **given: Any) -> None:
    """Check FILE and store nothing. Without --node it is checked here; --org says which rows are known."""
    found = _told(given, store=False)
    show(found, "\n".join(_lines(found)), as_json=as_json)
    sys.exit(int(_out(found, given["wanted"]) > 0))


@bulk.command("send")
@_file
@_organization
@_url
@_token
@_wanted
@click.option("--only-good-rows", "only_good", is_flag=True, help="Store these, and leave the others out.")
@_language
@json_option
def send_command(*, as_json: bool, **given: Any) -> None:
    """Check FILE and store its rows, all or none, for --org here or with --token at --node.

    Rows that were stored before are not stored again, so it is safe to run twice.
    """
    if not given["url"] and not given["organization"]:
        raise click.UsageError("Say for whom: --org NAME here, or --node URL with --token.")
    found = _told(given, store=True)
    show(found, "\n".join(_lines(found)), as_json=as_json)
    left_out = _out(found, given["wanted"])
    sys.exit(1 if not found["stored"] else PARTLY if left_out else 0)


@bulk.command("template")
@click.argument("path", type=click.Path(dir_okay=False, path_type=Path))
@_language
def template_command(path: Path, language: str) -> None:
    """Write an empty table to PATH: its ending says which kind (.csv, .xlsx, .jsonl)."""
    kind = path.suffix.removeprefix(".").lower()
    if kind not in list(Format):
        raise click.BadParameter("the name should end in .csv, .xlsx or .jsonl", param_hint="PATH")
    with opened() as node:
        path.write_bytes(template(node.taxonomy, Format(kind), language))
    click.echo(f"Written: {path}")


def _told(given: dict[str, Any], *, store: bool) -> dict[str, Any]:
    """The report on the file, from here or from another node."""
    with given["file"].open("rb") as file:
        raw = file.read(FILE_MAX + 1)
    return _there(given, raw, store=store) if given["url"] else _here(given, raw, store=store)


def _here(given: dict[str, Any], raw: bytes, *, store: bool) -> dict[str, Any]:
    with opened() as node:
        side = node.private
        organization = given["organization"]
        actor = _operator(_acting(side, organization) if organization else "")
        received = side.bulk.read(actor, raw)
        found = side.bulk.check(
            actor, received, language=given["language"], scanned=None, progress=progress("Checked")
        )
        if store:
            wish = Wish(given["wanted"] == "submit", given["only_good"])
            found = side.bulk.store(actor, received, found, wish)
        return bulk_shapes.report(found)


def _acting(side: PrivateSide, organization: str) -> str:
    """Id of an organization that may act; raises ``NotFound`` and ``NotAllowed``."""
    key = side.directory.find_organization(organization)
    if side.tenants.standing.read(OPERATOR, key).organization.state is not OrganizationState.ACTIVE:
        raise NotAllowed(N_("This organization is not active."))
    return key


def _operator(organization_id: str) -> Actor:
    """Who holds this machine, acting for an organization of it as a program of theirs would."""
    return Actor(
        id=organization_id,
        organization_id=organization_id,
        organization="",
        name="operator",
        scopes=frozenset({SCOPE}),
        client_id=organization_id,
    )


def _there(given: dict[str, Any], raw: bytes, *, store: bool) -> dict[str, Any]:
    asked = {"store": str(store).lower(), "as": given["wanted"], "lang": given["language"]}
    asked |= {"only-good-rows": "true"} if given.get("only_good") else {}
    url = f"{given['url'].rstrip('/')}/api/v1/submissions/bulk"
    headers = {
        "Authorization": f"Bearer {given['token'] or ''}",
        "Content-Type": "application/octet-stream",
    }
    try:
        answer = requests.post(url, raw, params=asked, headers=headers, timeout=TIMEOUT)
        found = answer.json()
    except (requests.RequestException, ValueError) as error:
        raise click.ClickException("the node does not answer as it should; check the address") from error
    if not isinstance(found, dict) or "rows" not in found:
        raise click.ClickException(tame(_refusal(found)))
    return found


def _refusal(found: Any) -> str:
    if not isinstance(found, dict):
        return "the node does not answer as it should; check the address"
    faults = [f"{one['pointer']}: {one['detail']}" for one in found.get("errors", ())]
    return "\n".join([str(found.get("detail") or "the node refused"), *faults])


def _out(found: dict[str, Any], wanted: str) -> int:
    """How many rows cannot become what is wanted."""
    counts = found["counts"]
    return int(counts["wrong"]) + (int(counts["incomplete"]) if wanted == "submit" else 0)


def _lines(found: dict[str, Any]) -> Iterator[str]:
    """The report for people."""
    counted = ", ".join(f"{number} {fate}" for fate, number in found["counts"].items() if number)
    yield f"{'Stored' if found['stored'] else 'Nothing stored'}: {counted}"
    yield from found["file"]["notes"]
    for column in found["columns"]:
        if column["use"] == "unknown":
            yield f"Column not understood: {column['header']}"
        elif column["detail"]:
            yield f"{column['header']}: {column['detail']}"
    for row in found["rows"]:
        for what in ("errors", "missing", "notes"):
            for said in row[what] if row["fate"] != "known" else ():
                name = said["column"] or said["field"]
                yield f"Row {row['row']}, {what}: {name + ': ' if name else ''}{said['detail']}"
        kinds = dict.fromkeys((one["field"], one["kind"]) for one in row["personal"])
        yield from (f"Row {row['row']}, personal detail: {field}: {kind}" for field, kind in kinds)
