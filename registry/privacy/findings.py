"""What a detector finds, and what a detector is."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from registry.privacy.folding import Folded


class Kind(StrEnum):
    """What a finding is; the name stands in its placeholder, as in ``[PHONE-1]``."""

    EMAIL = "email"
    PHONE = "phone"
    COORDINATES = "coordinates"
    CHECKED_ID = "checked-id"  # a national, bank or card number whose check digit is right
    HANDLE = "handle"
    LINK = "link"  # a web address that holds a token or leads to one person
    ADDRESS = "address"
    NETWORK = "network"  # IP, MAC, IMEI
    PERSON = "person"
    ID = "id"  # a token that looks like the number of a case, a card, a vehicle …
    PLACE = "place"  # a place so small that it names its people
    JOB = "job"  # a role that only one person holds
    BIRTH = "birth"  # a date of birth


CERTAIN_KINDS = frozenset(
    {
        Kind.EMAIL,
        Kind.PHONE,
        Kind.COORDINATES,
        Kind.CHECKED_ID,
        Kind.HANDLE,
        Kind.LINK,
        Kind.ADDRESS,
        Kind.NETWORK,
    }
)
"""Kinds that can be told by their form alone."""


@dataclass(frozen=True, slots=True)
class Finding:
    """Characters ``start`` to ``end`` of a text, and what they seem to be.

    ``certain`` findings are replaced without asking; the others wait for a person.
    """

    start: int
    end: int
    kind: Kind
    certain: bool

    def overlaps(self, other: Finding) -> bool:
        """Whether both claim a character."""
        return self.start < other.end and other.start < self.end


class Detector(Protocol):
    """Something that finds: one of ours, or a model that an operator brings.

    ``find`` gets the folded text (see ``folding.py``) and its language (BCP 47, lower case, first
    part counts), and gives findings in positions of the folded text.
    """

    def find(self, text: Folded, language: str, /) -> Iterable[Finding]:
        """Findings in any order; they may overlap."""
        ...
