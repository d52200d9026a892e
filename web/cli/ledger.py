"""Commands about the log: check it, prove that a record is in it, write it out as files."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

import click

from registry.errors import Malformed
from registry.federation.new_key import KeyChange
from registry.fetching import Fetcher
from registry.ledger.book import TemporaryBook
from registry.ledger.cosignatures import WitnessKey, parse_witness_vkey
from registry.ledger.envelopes import parse_envelope
from registry.ledger.exact import base64_of
from registry.ledger.exporting import export as export_log
from registry.ledger.keys import LogKey, parse_vkey
from registry.ledger.proof_files import SUFFIX
from registry.ledger.refusal import Refused
from registry.ledger.sources import AddressSource, FolderSource, NodeSource
from registry.ledger.trusting import trust
from registry.ledger.verifying import Whole, verify
from registry.record.node import KEY_FILE
from web.cli.custody import custody
from web.cli.node import json_option, opened, progress, settings, show

Read = NodeSource | FolderSource | AddressSource


@click.group()
def ledger() -> None:
    """The log: every public change of this node, signed, so that nobody can rewrite it quietly."""


ledger.add_command(custody)


@ledger.command("verify")
@click.argument("target", required=False, metavar="[DIR|URL]")
@click.option("--key", metavar="VKEY", help="The key of the log, as it was told you; else the one beside it.")
@click.option("--witness", "witnesses", multiple=True, metavar="VKEY", help="A key whose cosignature counts.")
@json_option
def verify_command(target: str | None, key: str | None, witnesses: tuple[str, ...], *, as_json: bool) -> None:
    """Read all of a log and say in one sentence what is wrong with it; exit code 1 if anything is.

    Without DIR or URL it is the log in this node's database. An URL is that of a node, or of its log.
    """
    given, known = parse_vkey(key) if key else None, [parse_witness_vkey(one) for one in witnesses]
    try:
        found = _verify(target, given, known)
    except Refused as refused:
        wrong = {"reason": refused.reason, "says": refused.text}
        show({"whole": False, "wrong": wrong}, refused.text, as_json=as_json)
        sys.exit(1)
    trusted = key is not None or target is None
    _say(found, trusted=trusted, as_json=as_json)


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
@json_option
def export(folder: Path, *, as_json: bool) -> None:
    """Write the signed log as static files, or add what came since; without payloads."""
    with opened() as node:
        size = export_log(NodeSource(node.log_reader), node.log.key, folder, progress("Writing entries"))
    show({"entries": size, "folder": str(folder)}, f"{size} entries in {folder}", as_json=as_json)


@ledger.command("rotate-key")
@click.option("--yes", is_flag=True, help="Do not ask.")
@json_option
def rotate_key(*, yes: bool, as_json: bool) -> None:
    """Give the log a new key, signed for by the present one. Node, id and log stay what they are.

    Run again after a crash, it finishes what was begun.
    """
    if not yes:
        click.confirm("Other nodes will go on with the new key. Is this what you want?", abort=True, err=True)
    with opened() as node:
        folder, version = node.settings.data_dir, node.taxonomy.version
        new = KeyChange(node.public, folder, node.identity, node.log, version).rotate(node.clock)
    text = f"The log is signed with another key from now on: {new.vkey}\nBack up {folder / KEY_FILE} again."
    show({"key": new.vkey}, text, as_json=as_json)


def _verify(target: str | None, given: LogKey | None, witnesses: list[WitnessKey]) -> Whole:
    if target is None:
        with opened() as node:
            state = node.log.state()
            if state.trouble is not None:
                raise Refused("log-trouble", state.trouble)
            known = witnesses + node.federation.peers.witnesses()
            return _checked(NodeSource(node.log_reader), given or node.log.key, known)
    source = _source(target)
    return _checked(source, given or parse_vkey(source.key()), witnesses)


def _source(target: str) -> FolderSource | AddressSource:
    if "://" in target:
        address = target.rstrip("/")
        address = address if address.endswith("/ledger") else f"{address}/ledger"
        return AddressSource(address, Fetcher(loopback=settings().allow_loopback))
    if not Path(target).is_dir():
        raise Malformed(f"{target} is neither a folder nor an address such as https://node.example")
    return FolderSource(Path(target))


def _checked(source: Read, told: LogKey, witnesses: list[WitnessKey]) -> Whole:
    key, turns = trust(source, told)
    with closing(TemporaryBook()) as book:
        return verify(source, key, book, progress("Checking entries"), witnesses, turns)


def cosigned_by(names: Sequence[str]) -> str:
    """A sentence about the known witnesses under a checkpoint."""
    return f"Cosigned by {len(names)}: {', '.join(names)}." if names else "No known witness cosigned it."


def _say(found: Whole, *, trusted: bool, as_json: bool) -> None:
    said = found.checkpoint
    parts = [f"The log of {said.origin} is whole: {said.size} entries, root {base64_of(said.root)}."]
    if found.payloads is None:
        parts.append("Payloads were not checked: there are none here.")
    else:
        parts.append(f"{found.payloads} payloads fit, {found.erased} were erased.")
    parts.append(cosigned_by(found.cosigners))
    if not trusted:
        parts.append("The key was the one beside the log; compare it with what the node told you (--key).")
    result = {"whole": True, "origin": said.origin, "size": said.size, "root": base64_of(said.root)}
    result |= {"payloads": found.payloads, "erased": found.erased, "key_given": trusted}
    result["cosigners"] = list(found.cosigners)
    show(result, "\n".join(parts), as_json=as_json)
