"""Go, @sigstore/verify, canonicalize and pymerkle, none of them ours, read our logs and agree."""

from __future__ import annotations

import base64
import json
import random
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from pymerkle import InmemoryTree

from registry.ledger import tree
from registry.ledger.checkpoints import Checkpoint, SignedCheckpoint, open_checkpoint, sign_checkpoint
from registry.ledger.cosignatures import Witness
from registry.ledger.notes import Signature
from registry.record.canonical import canonical
from tests.conftest import missing
from tests.outside import gopher, packages
from tests.registry.ledger.vectors import ORIGIN, SIGNER, VKEY, MemoryNodes

LEAVES = [f"entry {number}".encode() for number in range(1000)]
OLD = 400


def code(raw: bytes) -> str:
    return base64.b64encode(raw).decode()


@dataclass(frozen=True)
class Shown:
    """What a reader is shown: a leaf, its path, a checkpoint, an older one and the path between."""

    leaf: bytes
    index: int
    path: Sequence[bytes]
    note: str
    old_note: str
    tree_path: Sequence[bytes]
    witnesses: Sequence[str] = ()

    def for_go(self) -> dict[str, Any]:
        return {
            "VKey": VKEY,
            "Note": self.note,
            "Leaf": code(self.leaf),
            "Index": self.index,
            "Path": [code(one) for one in self.path],
            "OldNote": self.old_note,
            "TreePath": [code(one) for one in self.tree_path],
            "Witnesses": list(self.witnesses),
        }

    def for_sigstore(self) -> dict[str, Any]:
        return {
            "origin": ORIGIN,
            "key": code(SIGNER.key.public),
            "keyId": code(SIGNER.key_id),
            "leaf": code(self.leaf),
            "index": self.index,
            "size": len(LEAVES),
            "root": self.note.splitlines()[2],
            "path": [code(one) for one in self.path],
            "note": self.note,
        }


@pytest.fixture(scope="module")
def nodes() -> MemoryNodes:
    return MemoryNodes(LEAVES)


@pytest.fixture(scope="module")
def good(nodes: MemoryNodes) -> list[Shown]:
    """Entries all over the log, with good proofs."""
    note, old_note = signed(nodes, len(LEAVES)), signed(nodes, OLD)
    between = tree.consistency_path(nodes, OLD, len(LEAVES))
    return [
        Shown(LEAVES[at], at, tree.inclusion_path(nodes, at, len(LEAVES)), note, old_note, between)
        for at in (0, 1, 255, 256, 399, 400, 511, 512, 998, 999)
    ]


def signed(nodes: MemoryNodes, size: int) -> str:
    return sign_checkpoint(Checkpoint(ORIGIN, size, tree.root(nodes, size)), SIGNER).decode()


def bad(one: Shown) -> list[Shown]:
    """The same with an edited leaf, another place, an edited path, an edited size, root and signature."""
    lines = one.note.splitlines(keepends=True)
    swapped = lines[4].replace(lines[4][40], "A" if lines[4][40] != "A" else "B", 1)
    return [
        replace(one, leaf=one.leaf + b"!"),
        replace(one, index=one.index ^ 1),
        replace(one, path=[*one.path[:-1], bytes(32)]),
        replace(one, path=one.path[:-1]),
        replace(one, note=one.note.replace("\n1000\n", "\n1001\n")),
        replace(one, note=one.note.replace(lines[2], code(bytes(32)) + "\n")),
        replace(one, note="".join([*lines[:4], swapped])),
    ]


def answers(command: Sequence[str], cases: Sequence[object], folder: Path) -> list[str]:
    lines = "".join(json.dumps(one) + "\n" for one in cases)
    run = subprocess.run(
        command, cwd=folder, input=lines, capture_output=True, text=True, timeout=120, check=False
    )
    assert run.returncode == 0, run.stderr
    return run.stdout.splitlines()


def verdicts(found: list[str]) -> list[str]:
    return [line.partition(":")[0] for line in found]


@pytest.mark.timeout(300)
def test_go_believes_our_log_and_no_edited_one(good: list[Shown], tmp_path: Path) -> None:
    go = gopher.go_program()
    if go is None:
        missing("Go")
    reader = gopher.build(str(go), tmp_path)
    wrong = [other for one in good for other in bad(one)]
    wrong += [replace(good[0], tree_path=good[0].tree_path[:-1])]
    wrong += [replace(good[0], old_note=good[0].old_note.replace("\n400\n", "\n401\n"))]
    found = answers([str(reader), "stdin"], [one.for_go() for one in good + wrong], tmp_path)
    assert verdicts(found) == ["ok"] * len(good) + ["refused"] * len(wrong)


@pytest.mark.timeout(300)
def test_go_believes_what_witnesses_cosigned_and_nothing_else(good: list[Shown], tmp_path: Path) -> None:
    """Times of any size; a time, text, key or line that was changed is found."""
    go = gopher.go_program()
    if go is None:
        missing("Go")
    reader = gopher.build(str(go), tmp_path)
    right, wrong = [], []
    for at, seconds in enumerate((0, 1, 1_796_083_200, 2**63 - 1)):
        one, two = (witness(name, seconds) for name in ("a", "b"))
        signed = open_checkpoint(good[at].note.encode(), SIGNER.key)
        note = good[at].note + one.line(signed) + two.line(signed)
        keys = (one.key.vkey, two.key.vkey)
        right += [
            replace(good[at], note=note),
            replace(good[at], note=note, witnesses=keys),
            replace(good[at], note=note, witnesses=keys[:1]),
        ]
        later = signature_at(one, signed, seconds ^ 1)
        others = open_checkpoint(good[at].old_note.encode(), SIGNER.key)
        wrong += [
            replace(good[at], witnesses=keys),
            replace(good[at], note=good[at].note + later, witnesses=keys[:1]),
            replace(good[at], note=good[at].note + one.line(others), witnesses=keys[:1]),
            replace(good[at], note=note, witnesses=[witness("c", seconds).key.vkey]),
        ]
    found = answers([str(reader), "stdin"], [one.for_go() for one in right + wrong], tmp_path)
    assert verdicts(found) == ["ok"] * len(right) + ["refused"] * len(wrong)


def witness(name: str, seconds: int) -> Witness:
    private = Ed25519PrivateKey.from_private_bytes(name.encode() * 32)
    return Witness(f"{name}.example/witness", private, lambda: seconds)


def signature_at(one: Witness, signed: SignedCheckpoint, seconds: int) -> str:
    """The signature of a witness with another time put in front of it."""
    true = one.sign(signed.note.text.encode())
    return Signature(one.name, one.key_id, seconds.to_bytes(8, "big") + true[8:]).line


@pytest.mark.timeout(300)
def test_sigstore_believes_our_log_and_no_edited_one(good: list[Shown]) -> None:
    cases = good + [other for one in good for other in bad(one)]
    found = answers(npm("sigstore_log.mjs"), [one.for_sigstore() for one in cases], packages.HERE)
    assert verdicts(found) == ["ok"] * len(good) + ["refused"] * (len(cases) - len(good))


@pytest.mark.timeout(300)
def test_canonical_bytes_are_those_of_another_implementation() -> None:
    documents = [{"document": made(random.Random(number), 4)} for number in range(1000)]  # noqa: S311 - made documents, no secrets
    found = answers(npm("canonical.mjs"), documents, packages.HERE)
    assert [base64.b64decode(line) for line in found] == [canonical(one) for one in documents]


def test_roots_are_those_of_pymerkle(nodes: MemoryNodes) -> None:
    oracle = InmemoryTree.init_from_entries(LEAVES)
    for size in [*range(1, 130), 255, 256, 257, 511, 512, 513, 999, 1000]:
        assert oracle.get_root(size) == tree.root(nodes, size)


def npm(script: str) -> list[str]:
    """The command for a script of Node with the packages it needs."""
    node = packages.node_program()
    if node is None:
        missing("Node and npm")
    packages.install()
    return [str(node), script]


def made(dice: random.Random, depth: int) -> Any:
    """A JSON value: numbers of all sizes, texts of all planes, objects in any order."""
    kind = dice.randrange(9 if depth else 6)
    if kind == 0:
        return dice.choice([None, True, False, 0, -0.0, "", [], {}])
    if kind == 1:
        return dice.randint(1 - 2**53, 2**53 - 1)
    if kind == 2:
        return dice.choice([1, -1]) * dice.random() * 10.0 ** dice.randint(-320, 300)
    if kind <= 5:
        return text(dice)
    if kind == 6:
        return [made(dice, depth - 1) for _ in range(dice.randrange(5))]
    return {text(dice): made(dice, depth - 1) for _ in range(dice.randrange(6))}


def text(dice: random.Random) -> str:
    planes = [(0, 0x7F), (0x80, 0x7FF), (0x800, 0xD7FF), (0xE000, 0xFFFF), (0x10000, 0x10FFFF)]
    return "".join(chr(dice.randint(*dice.choice(planes))) for _ in range(dice.randrange(12)))
