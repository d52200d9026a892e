"""Commands about the log: check it, prove that a record is in it, write it out as files."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import click

from api.node import Node
from registry.db.public import PublicDatabase
from registry.errors import Malformed
from registry.federation.new_key import KeyChange
from registry.federation.peers import MIRROR_PATH
from registry.fetching import Fetcher
from registry.ledger.book import TemporaryBook
from registry.ledger.cosignatures import WitnessKey, parse_witness_vkey
from registry.ledger.envelopes import parse_envelope
from registry.ledger.exact import base64_of
from registry.ledger.exporting import export as export_log
from registry.ledger.keys import LogKey, parse_vkey
from registry.ledger.proof_files import SUFFIX
from registry.ledger.publishing import LogPublisher
from registry.ledger.reading import LogReader
from registry.ledger.refusal import Refused
from registry.ledger.served import require_told
from registry.ledger.sources import AddressSource, CopySource, FolderSource, NodeSource
from registry.ledger.trusting import trust
from registry.ledger.verifying import Whole, verify
from registry.record.node import KEY_FILE, NodeIdentity
from web.cli.custody import custody
from web.cli.node import json_option, opened, progress, settings, show

green_option = click.option("--green", is_flag=True, help="The log that only partners read.")
Read = NodeSource | FolderSource | AddressSource


@click.group()
def ledger() -> None:
    """The log: every public change of this node, signed, so that nobody can rewrite it quietly."""


ledger.add_command(custody)


@ledger.command("verify")
@click.argument("target", required=False, metavar="[DIR|URL]")
@click.option("--key", metavar="VKEY", help="The key of the log, as it was told you; else the one beside it.")
@click.option("--witness", "witnesses", multiple=True, metavar="VKEY", help="A key whose cosignature counts.")
@green_option
@json_option
def verify_command(
    target: str | None, key: str | None, witnesses: tuple[str, ...], *, green: bool, as_json: bool
) -> None:
    """Read all of a log and say in one sentence what is wrong with it; exit code 1 if anything is.

    Without DIR or URL it is the log in this node's database.
    An URL is that of a node, of its log, or of a copy: https://b.example/mirror/<id>
    """
    given, known = parse_vkey(key) if key else None, [parse_witness_vkey(one) for one in witnesses]
    try:
        found = _verify(target, given, known, green=green)
    except Refused as refused:
        wrong = {"reason": refused.reason, "says": refused.text}
        show({"whole": False, "wrong": wrong}, refused.text, as_json=as_json)
        sys.exit(1)
    trusted = key is not None or target is None
    gone = "are not in this copy" if MIRROR_PATH in (target or "") else "were erased"
    _say(found, gone, trusted=trusted, as_json=as_json)


@ledger.command("proof")
@click.argument("record_id", metavar="AIR-ID")
@click.option(
    "--output", type=click.Path(dir_okay=False, path_type=Path), help="File; else <AIR-ID>.tlog-proof"
)
@json_option
def proof(record_id: str, output: Path | None, *, as_json: bool) -> None:
    """Write a file that proves, with the key of the log alone, that a record is in it."""
    target = output or Path(record_id.replace("/", "_") + SUFFIX)
    with opened() as node:
        found, key = node.log_reader.proof(record_id), node.log.key
        cosigners = found.cosigners(key, node.federation.peers.witnesses())
    target.write_bytes(found.to_bytes())
    leaf = found.extra or b""
    entry = parse_envelope(leaf)
    result = {"id": record_id, "index": found.index, "op": entry.op.value, "leaf": base64_of(leaf)}
    text = f"Entry {found.index} ({entry.op.value}, revision {entry.revision}): {target}\nKey: {key.vkey}"
    result |= {"file": str(target), "key": key.vkey, "cosigners": list(cosigners)}
    show(result, f"{text}\n{cosigned_by(cosigners)}", as_json=as_json)


@ledger.command("export")
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path), metavar="DIR")
@green_option
@json_option
def export(folder: Path, *, green: bool, as_json: bool) -> None:
    """Write the signed log as static files, or add what came since; without payloads."""
    with opened() as node:
        own = _own(node, green=green)
        size = export_log(NodeSource(own.reader), own.log.key, folder, progress("Writing entries"))
    show({"entries": size, "folder": str(folder)}, f"{size} entries in {folder}", as_json=as_json)


@ledger.command("rotate-key")
@click.option("--yes", is_flag=True, help="Do not ask.")
@green_option
@json_option
def rotate_key(*, yes: bool, green: bool, as_json: bool) -> None:
    """Give the log a new key, signed for by the present one. Node, id and log stay what they are.

    Run again after a crash, it finishes what was begun.
    """
    if not yes:
        click.confirm("Other nodes will go on with the new key. Is this what you want?", abort=True, err=True)
    with opened() as node:
        own, version = _own(node, green=green), node.taxonomy.version
        folder = own.folder
        new = KeyChange(own.database, folder, own.identity, own.log, version).rotate(node.clock)
    text = f"The log is signed with another key from now on: {new.vkey}\nBack up {folder / KEY_FILE} again."
    show({"key": new.vkey}, text, as_json=as_json)


@dataclass(frozen=True, slots=True)
class _Own:
    """A log of this node: where it lies, who it is, and its services."""

    database: PublicDatabase
    folder: Path
    identity: NodeIdentity
    log: LogPublisher
    reader: LogReader


def _own(node: Node, *, green: bool) -> _Own:
    """The public log, or the one that only partners read."""
    if not green:
        return _Own(node.public, node.settings.data_dir, node.identity, node.log, node.log_reader)
    office, folder = node.private.green, node.settings.green_dir
    return _Own(office.database, folder, office.identity, office.log, office.log_reader)


def _verify(target: str | None, given: LogKey | None, witnesses: list[WitnessKey], *, green: bool) -> Whole:
    if target is None:
        with opened() as node:
            own = _own(node, green=green)
            state = own.log.state()
            if state.trouble is not None:
                raise Refused("log-trouble", state.trouble)
            known = witnesses + ([] if green else node.federation.peers.witnesses())
            found = _checked(NodeSource(own.reader), given or own.log.key, known)
            with own.database.read() as session:
                require_told(session, own.identity.id)
            return found
    source = _source(target)
    return _checked(source, given or parse_vkey(source.key()), witnesses)


def _source(target: str) -> FolderSource | AddressSource:
    if "://" in target:
        address = target.rstrip("/")
        if MIRROR_PATH in address:
            return CopySource(address, Fetcher(loopback=settings().allow_loopback))
        address = address if address.endswith("/ledger") else f"{address}/ledger"
        return AddressSource(address, Fetcher(loopback=settings().allow_loopback))
    if not Path(target).is_dir():
        raise Malformed(f"{target} is neither a folder nor an address such as https://node.example")
    return FolderSource(Path(target))


def _checked(source: Read, told: LogKey, witnesses: list[WitnessKey]) -> Whole:
    key, turns = trust(source, told)
    with closing(TemporaryBook(whole=not isinstance(source, CopySource))) as book:
        return verify(source, key, book, progress("Checking entries"), witnesses, turns)


def cosigned_by(names: Sequence[str]) -> str:
    """A sentence about the known witnesses under a checkpoint."""
    return f"Cosigned by {len(names)}: {', '.join(names)}." if names else "No known witness cosigned it."


def _say(found: Whole, gone: str, *, trusted: bool, as_json: bool) -> None:
    said = found.checkpoint
    parts = [f"The log of {said.origin} is whole: {said.size} entries, root {base64_of(said.root)}."]
    if found.payloads is None:
        parts.append("Payloads were not checked: there are none here.")
    else:
        parts.append(f"{found.payloads} payloads fit, {found.erased} {gone}.")
    parts.append(cosigned_by(found.cosigners))
    if not trusted:
        parts.append("The key was the one beside the log; compare it with what the node told you (--key).")
    result = {"whole": True, "origin": said.origin, "size": said.size, "root": base64_of(said.root)}
    result |= {"payloads": found.payloads, "erased": found.erased, "key_given": trusted}
    result["cosigners"] = list(found.cosigners)
    show(result, "\n".join(parts), as_json=as_json)
