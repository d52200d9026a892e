"""Cosignatures: the bytes of the specification, and everything that is not believed."""

from __future__ import annotations

import base64
import hashlib

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from registry.ledger.checkpoints import Checkpoint, open_checkpoint, sign_checkpoint
from registry.ledger.cosignatures import Witness, parse_witness_vkey
from registry.ledger.cosigned import cosigners, merged, read_lines
from registry.ledger.keys import parse_vkey
from registry.ledger.notes import SIGNATURES_MAX, Signature
from registry.ledger.refusal import Refused
from tests.registry.ledger.vectors import ORIGIN, ROOTS, SIGNER, VKEY

RAW = sign_checkpoint(Checkpoint(ORIGIN, 8, bytes.fromhex(ROOTS[8])), SIGNER)
SIGNED = open_checkpoint(RAW, SIGNER.key)


def witness(name: str = "w", seconds: int = 1_679_315_147) -> Witness:
    private = Ed25519PrivateKey.from_private_bytes(hashlib.sha256(name.encode()).digest())
    return Witness(f"{name}.example/witness", private, lambda: seconds)


def test_a_signature_is_time_and_the_signed_words() -> None:
    one = witness()
    _, name, code = one.line(SIGNED).removesuffix("\n").split(" ")
    raw = base64.b64decode(code)
    assert name == "w.example/witness"
    assert raw[:4] == hashlib.sha256(b"w.example/witness\n\x04" + one.key.public).digest()[:4]
    assert raw[4:12] == (1_679_315_147).to_bytes(8, "big")
    root = base64.b64encode(bytes.fromhex(ROOTS[8])).decode()
    words = f"cosignature/v1\ntime 1679315147\n{ORIGIN}\n8\n{root}\n"
    Ed25519PublicKey.from_public_bytes(one.key.public).verify(raw[12:], words.encode())


def test_known_witnesses_are_counted_and_others_left() -> None:
    raw = RAW + "".join(witness(name).line(SIGNED) for name in "abc").encode()
    known = [witness("c").key, witness("a").key, witness("x").key]
    assert cosigners(raw, SIGNER.key, known) == ("a.example/witness", "c.example/witness")
    assert cosigners(raw, SIGNER.key, []) == ()
    assert cosigners(RAW, SIGNER.key, known) == ()


@pytest.mark.parametrize(
    "spoil",
    [
        lambda raw: raw[:-1],
        lambda raw: raw + b"\0",
        lambda raw: bytes(8) + raw[8:],
        lambda raw: b"\xff" * 8 + raw[8:],
        lambda raw: raw[:8] + bytes(64),
        lambda raw: raw[8:],
    ],
)
def test_a_line_of_a_known_witness_that_does_not_hold_spoils_the_note(spoil: object) -> None:
    assert callable(spoil)
    one = witness()
    line = Signature(one.name, one.key_id, spoil(one.sign(SIGNED.note.text.encode()))).line
    with pytest.raises(Refused) as refused:
        cosigners(RAW + line.encode(), SIGNER.key, [one.key])
    assert refused.value.reason == "signature-wrong"


def test_a_cosignature_does_not_stand_for_the_log() -> None:
    alone = SIGNED.note.text + "\n" + witness().line(SIGNED)
    with pytest.raises(Refused) as refused:
        open_checkpoint(alone.encode(), SIGNER.key, [witness().key])
    assert refused.value.reason == "signature-missing"


def test_a_key_as_one_word_goes_both_ways_and_kinds_are_not_confused() -> None:
    key = witness().key
    assert parse_witness_vkey(key.vkey) == key
    for read, word in ((parse_vkey, key.vkey), (parse_witness_vkey, VKEY)):
        with pytest.raises(Refused) as refused:
            read(word)
        assert refused.value.reason == "key-unknown"


def test_an_answer_has_to_hold_the_line_of_that_witness() -> None:
    one, two = witness("a"), witness("b")
    both = (two.line(SIGNED) + one.line(SIGNED)).encode()
    assert read_lines(both, SIGNED, SIGNER.key, one.key) == one.line(SIGNED)
    for body, reason in (
        (b"", "cosignature-missing"),
        (two.line(SIGNED).encode(), "cosignature-missing"),
        (b"junk\n", "note-malformed"),
        (b"\xff", "note-malformed"),
        (b"\n" + both, "signature-wrong"),
        (one.line(SIGNED).encode() * (SIGNATURES_MAX + 1), "note-malformed"),
    ):
        with pytest.raises(Refused) as refused:
            read_lines(body, SIGNED, SIGNER.key, one.key)
        assert refused.value.reason == reason


def test_what_was_checked_once_is_kept() -> None:
    one, two, unknown = witness("a"), witness("b"), witness("u")
    keys = [one.key, two.key]
    before = open_checkpoint(RAW + (one.line(SIGNED) + unknown.line(SIGNED)).encode(), SIGNER.key, keys)
    now = open_checkpoint(RAW + two.line(SIGNED).encode(), SIGNER.key, keys)
    assert cosigners(merged(now, before), SIGNER.key, keys) == (one.name, two.name)
    assert unknown.name.encode() not in merged(now, before)
    assert merged(now, now) == now.raw
    other = sign_checkpoint(Checkpoint(ORIGIN, 7, bytes.fromhex(ROOTS[7])), SIGNER)
    assert merged(open_checkpoint(other, SIGNER.key), before) == other
    full = RAW + b"".join(witness(str(at)).line(SIGNED).encode() for at in range(SIGNATURES_MAX - 1))
    packed = open_checkpoint(full, SIGNER.key, keys)
    assert open_checkpoint(merged(packed, before), SIGNER.key, keys)
