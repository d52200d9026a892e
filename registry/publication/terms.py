"""What this node puts on every record, and what its operator decides about publishing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from registry.intake.labels import Label

LICENCE: Final = "CC BY 4.0"
"""Terms of every public record of our own."""
GREEN_TERMS: Final = "TLP:GREEN"
"""Terms of a record for partners: it may be passed on among them, and not published."""


@dataclass(frozen=True, slots=True)
class PublicationTerms:
    """The id of the node and the version of the taxonomy that every record carries; days; organizations.

    ``ask_after`` is in how many days it is asked whether a fix held, 0 for never. "Seen here too" is public
    once ``seen_from`` organizations say so. ``licence`` are the terms of its own records, ``label``
    that of the reports that go out under these terms.
    """

    node: str
    taxonomy_version: str
    ask_after: int = 90
    seen_from: int = 1
    licence: str = LICENCE
    label: Label = Label.CLEAR
