"""How records of different nodes belong together, as STIX 2.1 relationships (section 5.1).

A relationship is made by the node whose word it is, and known by the entry of its log. It joins the
``incident`` (or ``note``) objects that records are; one that counts no more is ``revoked``. As that cannot be
undone, one that counts again has a new id, and those of before stay revoked and name nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Final

from registry.federation.claim_rules import THE_NODE, Stand, claim_uuid
from registry.federation.claims_told import Speaker, Tie, ToldClaim, ToldClaims
from registry.record.ids import object_uuid
from registry.record.types import RecordType
from registry.sharing.place import Place
from registry.sharing.stix import EPOCHS_TOLD, Object, Placed, moment
from registry.sharing.stix_feed import Entry
from registry.sharing.stix_terms import CLEAR, MARKINGS, WHITE, node_identity

NOTHING: Final = "related-to"
"""The type of a relationship that names nothing any more."""
WHERE: Final = "Id of the node, and position of the entry in its log."


class RelationSource:
    """Claims in the order in which they were told, as objects."""

    types: frozenset[str] = frozenset({"relationship", "identity"})

    def __init__(self, claims: ToldClaims, place: Place) -> None:
        self._claims, self._place = claims, place

    def referred(self) -> Sequence[Object]:
        """Markings and this node; another node comes before the first of its claims."""
        return [CLEAR, WHITE, node_identity(self._place)]

    def page(self, after: int, limit: int) -> tuple[list[Entry], bool]:
        """At most so many claims from beyond a place, and whether there are more."""
        found, more = self._claims.page(after=after, limit=limit)
        return [_entry(one) for one in found], more

    def by_id(self, object_id: str) -> Entry | None:
        """The claim, or the node, that has an object with this id, now or in an earlier epoch."""
        kind, _, known = object_id.partition("--")
        found = self._claims.node_by(object_id, _identity_id) if kind == "identity" else None
        found = found or self._claims.by_uuid(known)
        return None if found is None else _entry(found)

    def first_on(self, day: date) -> int | None:
        """Place of the first that was told on this day or later."""
        return self._claims.first_on(day)

    def position(self) -> int:
        """Place of the one that was told last."""
        return self._claims.position()


def objects_of(claim: ToldClaim) -> Iterator[Placed]:
    """Every object of a claim: itself, and the ids of before, which are revoked."""
    if claim.position == THE_NODE:
        yield Placed(0, _identity(claim.speaker))
        return
    yield Placed(0, _object(claim, claim.version.epoch, claim.tie))
    for back in range(1, min(claim.version.epoch, EPOCHS_TOLD) + 1):
        yield Placed(back, _object(claim, claim.version.epoch - back, None))


def _entry(claim: ToldClaim) -> Entry:
    return Entry(claim.seq, claim.changed, tuple(objects_of(claim)))


def _object(claim: ToldClaim, epoch: int, tie: Tie | None) -> Object:
    version, maker = claim.version, _identity_id(claim.speaker)
    common: Object = {
        "type": "relationship",
        "spec_version": "2.1",
        "id": f"relationship--{claim_uuid(claim.speaker.short, claim.position, epoch)}",
        "created_by_ref": maker,
        "created": moment(claim.begun),
        "modified": moment(claim.changed, version.edition),
        "object_marking_refs": [marking["id"] for marking in MARKINGS],
    }
    if version.stand is not Stand.STANDS or epoch != version.epoch:
        common["revoked"] = True
    if tie is None:
        return common | {"relationship_type": NOTHING, "source_ref": maker, "target_ref": maker}
    entry = {"external_id": f"{claim.speaker.id}/{claim.position}", "description": WHERE}
    return common | {
        "relationship_type": tie.relation,
        "description": f"{tie.subject} {tie.relation} {tie.object}",
        "source_ref": _ref(tie.subject, tie.types[0], version.epochs[0]),
        "target_ref": _ref(tie.object, tie.types[1], version.epochs[1]),
        "external_references": [{"source_name": claim.speaker.name, **entry}],
    }


def _ref(record_id: str, kind: str, epoch: int) -> str:
    """The object that a record is in the collection of records."""
    name = "note" if kind == RecordType.STATEMENT.value else "incident"
    return f"{name}--{object_uuid(record_id, epoch)}"


def _identity(speaker: Speaker) -> Object:
    return node_identity(Place(speaker.url.rstrip("/"), speaker.name, speaker.short))


def _identity_id(speaker: Speaker) -> str:
    return str(_identity(speaker)["id"])
