"""Commands about the audit trail: take it along, and find out whether it is whole."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import IO

import click

from registry.audit.chain import Verdict, check
from registry.audit.reading import links_of_file
from registry.custody.trail import checked_heads
from registry.identity.tenants.rules import OPERATOR
from web.cli.node import json_option, opened, show


@click.group()
def trail() -> None:
    """The audit trail: who did what, each row chained to the one before."""


@trail.command("export")
@click.option(
    "--output", default="-", type=click.File("wb", atomic=True), help="File to write; else standard output."
)
def export(output: IO[bytes]) -> None:
    """Write every row as one line of JSON."""
    with opened() as node:
        for line in node.private.custody.trail.export(OPERATOR):
            output.write(line)


@trail.command("verify")
@click.argument("file", required=False, type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--head", "heads", multiple=True, metavar="HASH", help="A hash kept earlier; may be repeated.")
@json_option
def verify(file: Path | None, heads: tuple[str, ...], *, as_json: bool) -> None:
    """Say whether the trail of this node, or an exported FILE, is whole; exit code 1 if not."""
    verdict = _of_file(file, heads) if file else _of_node(heads)
    fault = verdict.fault
    text = str(fault) if fault else f"The trail is whole: {verdict.rows} rows, newest hash {verdict.newest}"
    result = {"whole": fault is None, "rows": verdict.rows, "newest": verdict.newest}
    result |= {"wrong": {"number": fault.number, "says": str(fault)}} if fault else {}
    show(result, text, as_json=as_json)
    sys.exit(1 if fault else 0)


def _of_file(file: Path, heads: tuple[str, ...]) -> Verdict:
    with file.open("rb") as stream:
        return check(links_of_file(stream), checked_heads(heads))


def _of_node(heads: tuple[str, ...]) -> Verdict:
    with opened() as node:
        return node.private.custody.trail.verify(OPERATOR, [*heads, *node.figures.heads()])
