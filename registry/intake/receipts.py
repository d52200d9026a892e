"""The receipt code of a submission: whoever holds it may see where the report stands. Pure.

Sixteen digits computed from the submission's random id and the node's secret, so that a retried
request can be answered with the same code although only its hash is kept.
"""

from __future__ import annotations

import hashlib
import hmac

DIGITS = 16


def receipt_code(secret_key: str, submission_id: str) -> str:
    """The code, in four groups of four digits."""
    raw = hmac.new(
        secret_key.encode("utf-8"), b"receipt:" + submission_id.encode("ascii"), hashlib.sha256
    ).digest()
    digits = f"{int.from_bytes(raw[:16], 'big') % 10**DIGITS:0{DIGITS}d}"
    return " ".join(digits[start : start + 4] for start in range(0, DIGITS, 4))


def receipt_hash(code: str) -> str:
    """What is kept to find a submission by its code; blanks and hyphens do not matter."""
    bare = "".join(character for character in code if character not in " -\u00a0")
    return hashlib.sha256(b"receipt:" + bare.encode("utf-8", "surrogatepass")).hexdigest()
