"""Signed notes (C2SP signed-note): a short text and lines of signatures under it. Pure.

Which kind of signature a key makes is the key's own affair: a note knows verifiers and signers by
name and key id only, so that other algorithms and cosignatures fit in.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final, Protocol

from registry.ledger.exact import base64_of, from_base64
from registry.ledger.refusal import Refused

NOTE_MAX: Final = 128 * 1024
"""Bytes of a note; sixteen post-quantum signatures fit."""
SIGNATURES_MAX: Final = 64
KEY_ID_BYTES: Final = 4
_LINE: Final = re.compile("\u2014 (?P<name>[^ ]+) (?P<code>[A-Za-z0-9+/=]+)")


class Verifier(Protocol):
    """A key that is known."""

    @property
    def name(self) -> str:
        """Name of the key; for a log its origin."""

    @property
    def key_id(self) -> bytes:
        """Four bytes that tell keys of one name apart."""

    def verify(self, message: bytes, signature: bytes) -> bool:
        """Whether the key made this signature."""


class Signer(Protocol):
    """A key that signs."""

    @property
    def name(self) -> str:
        """Name of the key."""

    @property
    def key_id(self) -> bytes:
        """Four bytes that tell keys of one name apart."""

    def sign(self, message: bytes) -> bytes:
        """The signature."""


@dataclass(frozen=True, slots=True)
class Signature:
    """One line under a note: who signed, with which key, and the bytes of the signature."""

    name: str
    key_id: bytes
    raw: bytes

    @property
    def line(self) -> str:
        """The line with its newline."""
        return f"\u2014 {self.name} {base64_of(self.key_id + self.raw)}\n"


@dataclass(frozen=True, slots=True)
class Note:
    """An opened note: its text with the last newline, signatures that hold, and those of unknown keys."""

    text: str
    verified: tuple[Signature, ...]
    unknown: tuple[Signature, ...]


def sign_note(text: str, signers: Iterable[Signer]) -> bytes:
    """A note: the text, which must end in a newline, an empty line, one line for each signer."""
    message = text.encode("utf-8")
    _require_text(message)
    signatures = (Signature(one.name, one.key_id, one.sign(message)) for one in signers)
    return message + b"\n" + "".join(one.line for one in signatures).encode("utf-8")


def open_note(raw: bytes, verifiers: Sequence[Verifier]) -> Note:
    """Read a note of a stranger and check what known keys signed; raises ``Refused``.

    Signatures of unknown keys are ignored. A known key whose signature fails refuses the whole note,
    and so does a note that no known key signed.
    """
    text, signatures = read_note(raw)
    known = {(one.name, one.key_id): one for one in verifiers}
    verified: dict[tuple[str, bytes], Signature] = {}
    unknown = []
    for one in signatures:
        key = (one.name, one.key_id)
        if key not in known:
            unknown.append(one)
        elif key not in verified:  # a second line of the same key says nothing more
            if not known[key].verify(text.encode("utf-8"), one.raw):
                raise Refused("signature-wrong", "The signature of %(name)s does not hold.", name=one.name)
            verified[key] = one
    if not verified:
        raise Refused("signature-missing", "No key that is known here signed this note.")
    return Note(text, tuple(verified.values()), tuple(unknown))


def read_note(raw: bytes) -> tuple[str, list[Signature]]:
    """Text and signature lines of a note, unchecked; raises ``Refused``."""
    if len(raw) > NOTE_MAX:
        raise Refused("note-too-large", "The note has more than %(limit)s bytes.", limit=NOTE_MAX)
    body, gap, lines = raw.rpartition(b"\n\n")
    _require_text(raw)
    if not gap or not body:
        raise _malformed("it has no empty line before its signatures")
    signed = lines.decode("utf-8").split("\n")[:-1]
    if not 1 <= len(signed) <= SIGNATURES_MAX:
        raise _malformed(f"it has {len(signed)} signatures")
    return body.decode("utf-8") + "\n", [_signature(line) for line in signed]


def is_key_name(name: str) -> bool:
    """Whether a key may be called so: not empty, no space of any kind, no plus sign."""
    return bool(name) and "+" not in name and not any(sign.isspace() or sign < " " for sign in name)


def _signature(line: str) -> Signature:
    found = _LINE.fullmatch(line)
    if found is None or not is_key_name(found["name"]):
        raise _malformed("a signature line is not one")
    raw = from_base64(found["code"], "A signature")
    if len(raw) <= KEY_ID_BYTES:
        raise _malformed("a signature is too short")
    return Signature(found["name"], raw[:KEY_ID_BYTES], raw[KEY_ID_BYTES:])


def _require_text(raw: bytes) -> None:
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError as error:
        raise _malformed("it is not UTF-8") from error
    if not text.endswith("\n"):
        raise _malformed("it does not end in a newline")
    if any(sign < " " and sign != "\n" for sign in text):
        raise _malformed("it holds control characters")


def _malformed(why: str) -> Refused:
    return Refused("note-malformed", "The note cannot be read: %(why)s.", why=why)
