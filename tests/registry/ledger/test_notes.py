"""Signed notes, keys and checkpoints: the known vectors, and everything that is refused."""

from __future__ import annotations

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given, settings
from hypothesis import strategies as st

from registry.ledger.checkpoints import Checkpoint, open_checkpoint, parse_checkpoint, sign_checkpoint
from registry.ledger.hashing import EMPTY_ROOT
from registry.ledger.keys import LogSigner, parse_vkey
from registry.ledger.notes import NOTE_MAX, SIGNATURES_MAX, Signature, open_note, sign_note
from registry.ledger.refusal import Refused
from tests.registry.ledger.vectors import CHECKPOINT, ORIGIN, ROOTS, SIGNER, VKEY

SPEC_VKEY = "example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k"
SPEC_NOTE = (
    "This is an example message.\n\n"
    "\u2014 example.com/foo "
    "Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6TfXppzi2ONncAlTgK7Ztg1ERYNZXsYjOBH3mFXmRKuwHjG1Yu72IneyaQM=\n"
).encode()
OTHER = LogSigner("other.example/air-log", Ed25519PrivateKey.from_private_bytes(bytes(32)))
EIGHT = Checkpoint(ORIGIN, 8, bytes.fromhex(ROOTS[8]))


def refusal(raw: bytes) -> str:
    with pytest.raises(Refused) as refused:
        open_checkpoint(raw, SIGNER.key)
    return refused.value.reason


def test_the_note_of_the_specification_is_opened() -> None:
    note = open_note(SPEC_NOTE, [parse_vkey(SPEC_VKEY)])
    assert note.text == "This is an example message.\n"
    assert [one.name for one in note.verified] == ["example.com/foo"]


def test_our_key_and_checkpoint_are_those_that_others_accept() -> None:
    assert SIGNER.key.vkey == VKEY
    assert parse_vkey(VKEY) == SIGNER.key
    assert sign_checkpoint(EIGHT, SIGNER) == CHECKPOINT
    assert open_checkpoint(CHECKPOINT, SIGNER.key).checkpoint == EIGHT


def test_unknown_signatures_are_ignored_and_told() -> None:
    raw = sign_note(EIGHT.text, [OTHER, SIGNER])
    opened = open_checkpoint(raw, SIGNER.key)
    assert [one.name for one in opened.note.unknown] == [OTHER.name]
    witnessed = open_checkpoint(raw, SIGNER.key, [OTHER.key])
    assert {one.name for one in witnessed.note.verified} == {ORIGIN, OTHER.name}


def test_the_text_ends_at_the_last_empty_line() -> None:
    text = "one\n\ntwo\n"
    assert open_note(sign_note(text, [SIGNER]), [SIGNER.key]).text == text


def test_a_known_key_that_fails_refuses_the_whole_note() -> None:
    bad = Signature(OTHER.name, OTHER.key_id, bytes(64)).line.encode()
    with pytest.raises(Refused) as refused:
        open_checkpoint(CHECKPOINT + bad, SIGNER.key, [OTHER.key])
    assert refused.value.reason == "signature-wrong"
    assert open_checkpoint(CHECKPOINT + bad, SIGNER.key).checkpoint == EIGHT


@pytest.mark.parametrize(
    ("raw", "reason"),
    [
        (CHECKPOINT.replace(b"\n8\n", b"\n9\n"), "signature-wrong"),
        (CHECKPOINT.replace(b"egHoJKEu", b"egHoJKEv"), "signature-wrong"),
        (CHECKPOINT.replace(b"egHoJ", b"egHoK"), "signature-missing"),
        (sign_note(EIGHT.text, [OTHER]), "signature-missing"),
        (CHECKPOINT.rstrip(b"\n"), "note-malformed"),
        (CHECKPOINT.replace(b"\n\n", b"\n"), "note-malformed"),
        (CHECKPOINT.replace(b"\xe2\x80\x94", b"-"), "note-malformed"),
        (CHECKPOINT.replace(b"\n8\n", b"\n8\r\n"), "note-malformed"),
        (CHECKPOINT.replace(b"node", b"n\xffde"), "note-malformed"),
        (CHECKPOINT + b"\n", "note-malformed"),
        (CHECKPOINT.replace(b"Tw4=", b"Tw4"), "base64-malformed"),
        (CHECKPOINT.replace(b"Tw4=", b"Tw5="), "base64-malformed"),
        (EIGHT.text.encode() + b"\n" + "\u2014 a AAAA\n".encode(), "note-malformed"),
        (EIGHT.text.encode() + b"\n" + "\u2014 a+b AAAAAAAA\n".encode(), "note-malformed"),
        (CHECKPOINT + Signature("w", b"1234", b"5").line.encode() * SIGNATURES_MAX, "note-malformed"),
        (b"x" * NOTE_MAX + CHECKPOINT, "note-too-large"),
        (b"", "note-malformed"),
        (b"\n\n", "note-malformed"),
        (sign_note(EIGHT.text + "extension\n", [SIGNER]), "checkpoint-malformed"),
        (sign_note(EIGHT.text.replace(ORIGIN, "another.example/air-log"), [SIGNER]), "origin-other"),
        (sign_note(f"{ORIGIN}\n08\n{EIGHT.text.splitlines()[2]}\n", [SIGNER]), "number-malformed"),
        (sign_note(f"{ORIGIN}\n-8\n{EIGHT.text.splitlines()[2]}\n", [SIGNER]), "number-malformed"),
        (sign_note(f"{ORIGIN}\n8\nAAAA\n", [SIGNER]), "checkpoint-malformed"),
        (sign_note(f"{ORIGIN}\n0\n{EIGHT.text.splitlines()[2]}\n", [SIGNER]), "checkpoint-root"),
        (sign_note("\n8\nAAAA\n", [SIGNER]), "checkpoint-malformed"),
    ],
)
def test_what_is_refused(raw: bytes, reason: str) -> None:
    assert refusal(raw) == reason


def test_sixteen_large_signatures_are_taken() -> None:
    lines = b"".join(Signature(f"w{n}", b"1234", bytes(5_000)).line.encode() for n in range(16))
    assert open_checkpoint(CHECKPOINT + lines, SIGNER.key).checkpoint == EIGHT


def test_an_empty_log_has_a_checkpoint() -> None:
    empty = Checkpoint(ORIGIN, 0, EMPTY_ROOT)
    assert open_checkpoint(sign_checkpoint(empty, SIGNER), SIGNER.key).checkpoint == empty


@settings(derandomize=True, max_examples=200)
@given(st.data())
def test_no_changed_byte_goes_unseen(data: st.DataObject) -> None:
    place = data.draw(st.integers(0, len(CHECKPOINT) - 1))
    value = data.draw(st.integers(0, 255).filter(lambda one: one != CHECKPOINT[place]))
    with pytest.raises(Refused):
        open_checkpoint(CHECKPOINT[:place] + bytes([value]) + CHECKPOINT[place + 1 :], SIGNER.key)


@settings(derandomize=True, max_examples=200)
@given(st.binary(max_size=200))
def test_no_bytes_break_the_reader(raw: bytes) -> None:
    with pytest.raises(Refused):
        open_checkpoint(raw, SIGNER.key)


@pytest.mark.parametrize(
    ("vkey", "reason"),
    [
        ("", "key-malformed"),
        ("a+b", "key-malformed"),
        (VKEY.replace("7a01e824", "7a01e825"), "key-malformed"),
        (VKEY.replace("7a01e824", "7A01E824"), "key-malformed"),
        (VKEY.replace("node-a", "node a"), "key-malformed"),
        (VKEY[:-4], "key-unknown"),
        (VKEY.replace("AQOh", "AgOh"), "key-unknown"),
        (VKEY + "=", "base64-malformed"),
    ],
)
def test_a_wrong_key_is_refused(vkey: str, reason: str) -> None:
    with pytest.raises(Refused) as refused:
        parse_vkey(vkey)
    assert refused.value.reason == reason


def test_nobody_signs_under_another_name() -> None:
    with pytest.raises(ValueError, match="does not sign for"):
        sign_checkpoint(EIGHT, OTHER)
    assert parse_checkpoint(EIGHT.text) == EIGHT
