"""The command ``commons import``: keep a collection of others, and bring the index up to it."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from registry.clock import today
from registry.errors import N_, Malformed
from registry.record.collections.importing import (
    READERS,
    Counts,
    Progress,
    import_collection,
    read_collection,
)
from search import Indexer
from web.cli.node import json_option, opened, progress, show, tame
from web.indexing import follow

SPACING = 1_000
"""Rows between two lines of progress where they cannot be rewritten."""


@click.command("import")
@click.argument("kind", type=click.Choice(sorted(READERS)))
@click.argument("path", type=click.Path(exists=True, path_type=Path))
@json_option
def import_command(kind: str, path: Path, *, as_json: bool) -> None:
    """Import a collection of others, or a newer state of one: aiid, avid, atlas (folders) or jsonl (a file).

    Records keep their own id, licence and attribution. Running the same import again changes nothing.
    """
    with opened() as node:
        day = today(node.clock)
        rows = read_collection(kind, path, node.taxonomy, day)
        try:
            counts = import_collection(node.public, rows, node.taxonomy.version, day, _progress())
        except OSError as error:
            message = N_("%(path)s cannot be read: %(reason)s")
            raise Malformed(message, path=path, reason=error.strerror) from error
        if sys.stderr.isatty():
            click.echo(err=True)
        follow(node.records, Indexer(node.settings.index_dir, node.taxonomy), progress("Indexed"))
    _report(counts, as_json=as_json)
    if not counts.kept:
        sys.exit(1)


def _report(counts: Counts, *, as_json: bool) -> None:
    for problem in counts.problems:
        click.echo(tame(str(problem)), err=True)
    show(counts.to_json(), _summary(counts), as_json=as_json)


def _summary(counts: Counts) -> str:
    done = f"{counts.created} created, {counts.updated} updated, {counts.unchanged} unchanged"
    lines = [f"{counts.read} read: {done}, {counts.rejected} rejected"]
    lines += [f"Left out: {count} {what}" for what, count in sorted(counts.skipped.items())]
    return "\n".join(lines)


def _progress() -> Progress:
    """A line on stderr, rewritten in place on a terminal and now and then in a file."""
    terminal = sys.stderr.isatty()
    shown = 0

    def report(counts: Counts) -> None:
        nonlocal shown
        if terminal:
            click.echo(f"\rImported: {counts.read} ", err=True, nl=False)
        elif counts.read >= shown + SPACING:
            shown = counts.read
            click.echo(f"Imported: {counts.read}", err=True)

    return report
