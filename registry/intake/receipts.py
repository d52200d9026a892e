"""The receipt code of a report: whoever holds it may follow, add to and take back this one report. Pure.

Twenty-four digits (80 bits) computed from the submission's random id and the node's secret, so that a
retried request can be answered with the same code although only its hash is kept. Digits, because they
can be dictated over a telephone and typed on every keyboard in every script.
"""

from __future__ import annotations

import hashlib
import hmac
import unicodedata

DIGITS = 24
EARLIER = 16
"""Digits of codes that were given out before; they stay good."""
CODE_MAX = 160
"""Characters of a code that are looked at: its digits and any blanks."""


def receipt_code(secret_key: str, submission_id: str, digits: int = DIGITS) -> str:
    """The code, in groups of four digits."""
    raw = hmac.new(
        secret_key.encode("utf-8"), b"receipt:" + submission_id.encode("ascii"), hashlib.sha256
    ).digest()
    whole = f"{int.from_bytes(raw[:16], 'big') % 10**digits:0{digits}d}"
    return " ".join(whole[start : start + 4] for start in range(0, digits, 4))


def receipt_given(secret_key: str, submission_id: str, kept_hash: str) -> str:
    """The code that was given out for this submission, whichever length codes had then."""
    code = receipt_code(secret_key, submission_id)
    return code if receipt_hash(code) == kept_hash else receipt_code(secret_key, submission_id, EARLIER)


def receipt_hash(code: str) -> str:
    """What is kept to find a submission by its code; blanks, hyphens and scripts do not matter."""
    bare = "".join(_plain(character) for character in code[:CODE_MAX] if not _is_between(character))
    return hashlib.sha256(b"receipt:" + bare.encode("utf-8", "surrogatepass")).hexdigest()


def _plain(character: str) -> str:
    """A digit of any script as the Latin one."""
    return str(unicodedata.decimal(character)) if character.isdecimal() else character


def _is_between(character: str) -> bool:
    """Blanks, hyphens and dashes of every kind, and marks of direction that come along when copied."""
    return unicodedata.category(character) in {"Zs", "Pd", "Cf"} or character in "\t\r\n"
