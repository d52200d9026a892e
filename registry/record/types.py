"""What a public record is. Pure: these types are all that search and other readers need to know.

A record is an incident (an event that groups reports), a report (one accepted account) or a
statement (a word on a record). Its ``account`` is what happened; everything else says where it
comes from and which revision it is. JSON shape of ``to_json`` is the public payload.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any, Final

from registry.account import Account
from registry.account.fields import web_link

SCHEMA = 1
"""Version of the payload's shape."""


class RecordType(StrEnum):
    """What the record is about."""

    INCIDENT = "incident"
    REPORT = "report"
    STATEMENT = "statement"


class RecordState(StrEnum):
    """Life of a record after publication; retracted stays readable, erased does not."""

    PUBLISHED = "published"
    REVISED = "revised"
    DISPUTED = "disputed"
    UNVERIFIABLE = "unverifiable"
    RETRACTED = "retracted"
    ERASED = "erased"
    REINSTATED = "reinstated"
    MERGED = "merged"  # told by another record now, which stands in its place


JUDGED: Final = frozenset(
    {
        RecordState.DISPUTED,
        RecordState.UNVERIFIABLE,
        RecordState.RETRACTED,
        RecordState.REINSTATED,
        RecordState.MERGED,
    }
)
"""States that somebody decided on: a new text from the source does not undo them."""


FALLEN: Final = frozenset({RecordState.RETRACTED, RecordState.MERGED})
"""States in which a record does not stand any more, though it can be read; it may stand again."""
PART_OF: Final = "part-of"
"""How a report names the incident that it tells of."""
SAME_AS: Final = "same-as"
"""How a record names another one of the same event."""
DUPLICATE_OF: Final = "duplicate-of"
"""How a merged record names the one that stands in its place."""


class Origin(StrEnum):
    """Whose record it is."""

    OWN = "own"
    PEER = "peer"
    EXTERNAL = "external"


@dataclass(frozen=True, slots=True)
class Provenance:
    """Where a record comes from and on what terms.

    ``source`` is a short stable key: ``own``, a peer's node id, or the collection (``aiid``,
    ``avid``, ``atlas``, ``ai-incident-law``, …). ``source_id`` and ``url`` are the source's own.
    ``contributor`` is the descriptor that the submitting organization chose, or empty.
    """

    origin: Origin
    source: str
    source_id: str = ""
    url: str = ""
    licence: str = ""
    attribution: str = ""
    contributor: str = ""

    @property
    def link(self) -> str:
        """``url`` where it may be followed, else empty (``web_link``)."""
        return web_link(self.url)

    @classmethod
    def from_json(cls, raw: Mapping[str, Any]) -> Provenance:
        """Rebuild it from what a payload says."""
        return cls(Origin(raw["origin"]), **{name: value for name, value in raw.items() if name != "origin"})


@dataclass(frozen=True, slots=True)
class DerivedCode:
    """A common code derived from a foreign one: never a reviewer's judgement, and marked as such.

    ``external`` is ``<list>:<code>``; ``match`` a SKOS predicate without prefix (``closeMatch``).
    """

    code: str
    external: str
    match: str


@dataclass(frozen=True, slots=True)
class Relation:
    """A typed link to another record: ``part-of``, ``same-as``, ``duplicate-of``, ``about``, …"""

    kind: str
    target: str


@dataclass(frozen=True, slots=True)
class Because:
    """Why a revision has its state: a reason code, and a short note for everybody, or none."""

    reason: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class PublicRecord:
    """One revision of one public record.

    ``published`` and ``modified`` are days (UTC), never finer. ``previous`` is the SHA-256 (hex) of
    the canonical payload of the revision before as the record's own node published it (which is what its
    log commits to, not what another node reads in it), None for the first. ``generalised`` says what was made
    less exact, as ``place: district → country``; imports name a part by its pointer. ``raw`` keeps
    foreign classifications as they were given: scheme → field → value. ``demo`` marks invented records.
    ``because`` says why the record was disputed, retracted, and so on.
    """

    id: str
    type: RecordType
    state: RecordState
    revision: int
    published: date
    modified: date
    taxonomy_version: str
    provenance: Provenance
    account: Account
    previous: str | None = None
    derived: tuple[DerivedCode, ...] = ()
    raw: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    related: tuple[Relation, ...] = ()
    generalised: tuple[str, ...] = ()
    demo: bool = False
    because: Because | None = None
    schema: int = SCHEMA

    @property
    def successor(self) -> str | None:
        """The record that stands in its place, where it was merged into one."""
        if self.state is not RecordState.MERGED:
            return None
        return next((one.target for one in self.related if one.kind == DUPLICATE_OF), None)

    @property
    def part_of(self) -> str | None:
        """The incident that it is part of, if any."""
        return next((one.target for one in self.related if one.kind == PART_OF), None)

    def codes(self) -> dict[str, tuple[str, ...]]:
        """Facet → codes, the record's own first, then derived ones it does not already carry."""
        found: dict[str, list[str]] = {}
        for code in (*self.account.codes(), *(d.code for d in self.derived)):
            values = found.setdefault(code.partition("/")[0], [])
            if code not in values:
                values.append(code)
        return {facet: tuple(values) for facet, values in found.items()}

    def to_json(self) -> dict[str, Any]:
        """The public payload; ``from_json`` gives the same record back."""
        whole = {
            "schema": self.schema,
            "id": self.id,
            "type": self.type.value,
            "state": self.state.value,
            "revision": self.revision,
            "previous": self.previous,
            "published": self.published.isoformat(),
            "modified": self.modified.isoformat(),
            "taxonomy": self.taxonomy_version,
            "provenance": _provenance_json(self.provenance),
            "account": self.account.to_json(),
            "derived": [{"code": d.code, "external": d.external, "match": d.match} for d in self.derived],
            "raw": {scheme: dict(fields) for scheme, fields in self.raw.items()},
            "related": [{"kind": r.kind, "target": r.target} for r in self.related],
            "generalised": list(self.generalised),
            "demo": self.demo,
            "because": None if self.because is None else _because_json(self.because),
        }
        return {key: value for key, value in whole.items() if value not in ({}, [], None, False)}

    @classmethod
    def from_json(cls, raw: Mapping[str, Any], provenance: Provenance | None = None) -> PublicRecord:
        """Rebuild a record from a payload that ``to_json`` wrote, perhaps with another provenance."""
        return cls(
            id=raw["id"],
            type=RecordType(raw["type"]),
            state=RecordState(raw["state"]),
            revision=raw["revision"],
            previous=raw.get("previous"),
            published=date.fromisoformat(raw["published"]),
            modified=date.fromisoformat(raw["modified"]),
            taxonomy_version=raw["taxonomy"],
            provenance=provenance or Provenance.from_json(raw["provenance"]),
            account=Account.from_json(raw["account"]),
            derived=tuple(DerivedCode(**entry) for entry in raw.get("derived", ())),
            raw=raw.get("raw", {}),
            related=tuple(Relation(**entry) for entry in raw.get("related", ())),
            generalised=tuple(raw.get("generalised", ())),
            demo=raw.get("demo", False),
            because=Because(**raw["because"]) if "because" in raw else None,
            schema=raw["schema"],
        )


@dataclass(frozen=True, slots=True)
class Tombstone:
    """What remains of an erased record: that it was, why it went, and what to read instead."""

    id: str
    reason: str
    removed: date
    successor: str | None = None


@dataclass(frozen=True, slots=True)
class Change:
    """One step of the public database, in the order it was made; ``seq`` is the reader's cursor."""

    seq: int
    record_id: str
    record: PublicRecord | None
    """The newest revision, or None when the record is erased."""


def _because_json(because: Because) -> dict[str, str]:
    return {"reason": because.reason} | ({"note": because.note} if because.note else {})


def _provenance_json(provenance: Provenance) -> dict[str, str]:
    whole = {
        "origin": provenance.origin.value,
        "source": provenance.source,
        "source_id": provenance.source_id,
        "url": provenance.url,
        "licence": provenance.licence,
        "attribution": provenance.attribution,
        "contributor": provenance.contributor,
    }
    return {key: value for key, value in whole.items() if value}


@dataclass(frozen=True, slots=True)
class Incoming:
    """A record as another collection gives it, before the store decides what it changes.

    ``id`` is ``<collection>:<source id>``. The store adds revision, days and state. ``generalised``
    names the parts in which the import made persons unrecognisable.
    """

    id: str
    type: RecordType
    provenance: Provenance
    account: Account
    derived: tuple[DerivedCode, ...] = ()
    raw: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    related: tuple[Relation, ...] = ()
    generalised: tuple[str, ...] = ()


class Outcome(StrEnum):
    """What keeping an incoming record did."""

    CREATED = "created"
    UPDATED = "updated"
    UNCHANGED = "unchanged"
