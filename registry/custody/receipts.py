"""What an organization gets to keep when an original is destroyed. Pure.

The check value is computed from every line of the receipt under a key of the node: a receipt of which
a line was changed later, on paper or in the database, no longer fits it.
"""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from registry.errors import N_
from registry.intake.rules import State
from registry.intake.vault.rules import Why
from registry.sealing import Sealer

PURPOSE = "erasure receipt"
DIGITS = 32
GROUP = 4

DESTROYED: Final[Mapping[str, str]] = {
    "versions": N_("Versions of the report"),
    "details": N_("Choices about personal details"),
    "notes": N_("Notes of reviewers"),
    "coding": N_("Notes of reviewers on its classification"),
    "additions": N_("Additions"),
    "questions": N_("Questions of reviewers, with their answers"),
    "appeals": N_("Reasons of appeals"),
    "reasons": N_("Reasons why it was published as exactly as it was"),
    "requests": N_("Messages about publishing it for you"),
    "attachments": N_("Attachments"),
}
"""Kind of what was destroyed → words."""


@dataclass(frozen=True, slots=True)
class ErasureReceipt:
    """Which report, what was destroyed of it (kind → how many), when and why, and a check value.

    ``state`` is where the report stands since; ``record_id`` names its public record, which stays.
    """

    reference: str
    state: State
    record_id: str | None
    why: Why
    destroyed: Mapping[str, int]
    at: datetime
    check_value: str = ""


class Checking:
    """Computes check values under one node's secret."""

    def __init__(self, secret_key: str) -> None:
        self._key = Sealer(secret_key).key(PURPOSE)

    def value(self, receipt: ErasureReceipt) -> str:
        """Thirty-two hex digits in groups of four."""
        told = {
            "reference": receipt.reference,
            "state": receipt.state.value,
            "record": receipt.record_id,
            "why": receipt.why.value,
            "destroyed": dict(receipt.destroyed),
            "at": receipt.at.isoformat(),
        }
        raw = json.dumps(told, sort_keys=True, separators=(",", ":")).encode("ascii")
        digits = hmac.new(self._key, raw, hashlib.sha256).hexdigest()[:DIGITS]
        return " ".join(digits[start : start + GROUP] for start in range(0, DIGITS, GROUP))

    def fits(self, receipt: ErasureReceipt) -> bool:
        """Whether nothing in the receipt was changed since it was made by this node."""
        return hmac.compare_digest(self.value(receipt), receipt.check_value)
