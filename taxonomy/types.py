"""Plain types of the taxonomy: values, facets, mappings and problems. Immutable and free of I/O."""

from __future__ import annotations

from collections.abc import Mapping as MappingOf
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Value:
    """One answer of a facet.

    ``code`` is ``facet/slug``, permanent, and never says who its parent is; ``broader`` does.
    ``exclusive`` answers stand alone in their facet. ``level`` (0 to 5) and ``test`` exist only in
    ``severity``. A deprecated value stays readable for ever; ``replaced_by`` says what to use now.
    ``alt`` holds other words people look for, ``note`` a hint on scope, ``history`` what changed.
    """

    code: str
    label: str
    definition: str
    broader: str | None = None
    exclusive: bool = False
    level: int | None = None
    test: str | None = None
    deprecated: bool = False
    replaced_by: tuple[str, ...] = ()
    alt: tuple[str, ...] = ()
    note: str | None = None
    history: str | None = None


@dataclass(frozen=True, slots=True)
class Facet:
    """One question put to a record, and its answers in display order.

    ``cardinality`` is ``one`` or ``many``; with ``primary`` the first of many is the main one.
    ``required_when`` limits ``required`` to a stage; ``set_by`` names who sets it when nobody is
    asked; each chosen value may carry one of ``states``. ``per_field_group`` facets may differ
    between parts of one record. ``oecd_criteria`` are the OECD criteria that the facet feeds.
    """

    id: str
    title: str
    ask: str
    cardinality: str
    primary: bool = False
    required: bool = False
    required_when: str | None = None
    set_by: str | None = None
    states: tuple[str, ...] = ()
    values: MappingOf[str, Value] = field(default_factory=dict)
    note: str | None = None
    per_field_group: bool = False
    oecd_criteria: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Mapping:
    """A common code and the external code it meets.

    ``external`` is ``<list>:<code>``, split at the first colon. ``match`` is a SKOS mapping
    property without its prefix: ``broadMatch`` says that the external concept is the broader one.
    ``confidence`` runs from 0 to 1. ``note`` says what the mapping loses, if anything.
    """

    code: str
    external: str
    match: str
    confidence: float
    note: str | None = None


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong with a classification: JSON pointer (RFC 6901), English msgid, and its facts."""

    pointer: str
    message: str
    facts: MappingOf[str, object] = field(default_factory=dict)

    def __str__(self) -> str:
        """The English sentence with its facts filled in."""
        return self.message % self.facts if self.facts else self.message


class TaxonomyError(Exception):
    """The taxonomy's own data is faulty; ``faults`` lists every fault found, never empty."""

    def __init__(self, faults: tuple[str, ...]) -> None:
        self.faults = faults
        super().__init__("The taxonomy has faults:\n" + "\n".join(f"- {fault}" for fault in faults))
