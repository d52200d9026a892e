"""A public record as STIX 2.1 objects (OASIS Standard of 10 June 2021). Pure.

A report or an incident becomes an ``incident`` with our fields in an extension, a ``report`` on it and a
``note`` with what has to be said of both; a statement becomes a ``note``. ``revoked`` cannot be undone in
STIX, so a record that stands again after it fell gets new ids (of the next epoch), and those of before
stay revoked. Days are all that is told: the revision in milliseconds after midnight keeps versions apart.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from itertools import chain
from typing import Any, Final

from registry.record.ids import is_record_id, object_uuid
from registry.record.types import FALLEN, PublicRecord, RecordType
from registry.sharing.dublin import INVENTED, rights, standing
from registry.sharing.harvest import Item
from registry.sharing.place import Place
from registry.sharing.stix_terms import EXTENSION, MARKINGS, node_identity

Object = dict[str, Any]
PLACES: Final = 16
"""Objects that one record can become, at most."""
EPOCHS_TOLD: Final = 6
"""Earlier epochs whose ids are told to be revoked."""
ERASED: Final = "Erased record"


@dataclass(frozen=True, slots=True)
class Placed:
    """An object and its place among those of its record, from 0."""

    place: int
    object: Object


def objects_of(item: Item, place: Place) -> Iterator[Placed]:
    """Every object of a record, in order; of an erased one nothing but that its ids are revoked."""
    if item.record is None:
        yield from _fallen(item, item.epoch, place, 0)
    else:
        yield from _standing(item, item.record, place)
    for back in range(1, min(item.epoch, EPOCHS_TOLD) + 1):
        yield from _fallen(item, item.epoch - back, place, 1 + 2 * back)


def moment(day: date, step: int = 0) -> str:
    """A day, and so many milliseconds after its beginning, as a STIX timestamp."""
    at = datetime.combine(day, time(), UTC) + timedelta(milliseconds=step)
    return f"{at:%Y-%m-%dT%H:%M:%S}.{at.microsecond // 1000:03d}Z"


def _standing(item: Item, record: PublicRecord, place: Place) -> Iterator[Placed]:
    common = _common(item, place)
    key = object_uuid(record.id, item.epoch)
    note = {"type": "note", "id": f"note--{key}", **common, "content": _content(record)}
    if record.type is RecordType.STATEMENT:
        yield Placed(2, note | {"object_refs": [_about(record, place)]})
        return
    told = {"name": record.account.title, "lang": record.account.language}
    told |= {"description": record.account.text} if record.account.text else {}
    fallen = {"revoked": True} if record.state in FALLEN else {}
    refs = {"object_refs": [f"incident--{key}"]}
    incident = {"type": "incident", "id": f"incident--{key}", **common, **told, **fallen}
    yield Placed(0, incident | {"extensions": {EXTENSION: _extension(record)}})
    published = {"published": moment(record.published)}
    yield Placed(
        1, {"type": "report", "id": f"report--{key}", **common, **told, **published, **refs, **fallen}
    )
    yield Placed(2, note | refs)


def _fallen(item: Item, epoch: int, place: Place, first: int) -> Iterator[Placed]:
    """What must be forgotten: ids that are revoked, without anything of the record."""
    key, common = object_uuid(item.id, epoch), _common(item, place) | {"revoked": True}
    refs = {"object_refs": [f"incident--{key}"]}
    if item.type != RecordType.STATEMENT:
        yield Placed(first, {"type": "incident", "id": f"incident--{key}", **common, "name": ERASED})
        published = {"name": ERASED, "published": moment(item.published)}
        yield Placed(first + 1, {"type": "report", "id": f"report--{key}", **common, **published, **refs})
    if item.record is None and epoch == item.epoch:
        refs = refs if item.type != RecordType.STATEMENT else {"object_refs": [node_identity(place)["id"]]}
        yield Placed(2, {"type": "note", "id": f"note--{key}", **common, "content": ERASED, **refs})


def _common(item: Item, place: Place) -> Object:
    reference = {"source_name": place.name, "external_id": item.id, "url": place.page(item.id)}
    return {
        "spec_version": "2.1",
        "created_by_ref": node_identity(place)["id"],
        "created": moment(item.published),
        "modified": moment(max(item.changed, item.published), item.revision + (item.record is None)),
        "external_references": [reference],
        "object_marking_refs": [marking["id"] for marking in MARKINGS],
    }


def _content(record: PublicRecord) -> str:
    licence = f"Licence: {rights(record)}." if rights(record) else ""
    own = record.account.text if record.type is RecordType.STATEMENT else record.account.response.lessons
    parts = (standing(record), INVENTED if record.demo else "", own, licence, record.provenance.attribution)
    return "\n\n".join(part for part in parts if part) or record.id


def _about(record: PublicRecord, place: Place) -> str:
    """The incident that a statement is about, or this node where that is not a record."""
    for relation in record.related:
        if is_record_id(relation.target):
            return f"incident--{object_uuid(relation.target, 0)}"
    return str(node_identity(place)["id"])


def _extension(record: PublicRecord) -> Object:
    account, why = record.account, record.because
    whole = {
        "extension_type": "property-extension",
        "record_id": record.id,
        "record_type": record.type.value,
        "record_state": record.state.value,
        "state_reason": why.reason if why else "",
        "successor": record.successor or "",
        "revision": record.revision,
        "taxonomy_version": record.taxonomy_version,
        "codes": list(chain.from_iterable(record.codes().values())),
        "happened": list(account.happened.told) if account.happened else [],
        "countries": list(account.countries),
        "regions": list(account.regions),
        "alleged": account.to_json().get("entities", {}),
        "response": account.to_json().get("response", {}),
        "source": record.provenance.source,
        "source_url": record.provenance.link,
        "licence": rights(record),
        "attribution": record.provenance.attribution,
        "demo": record.demo,
    }
    return {key: value for key, value in whole.items() if value not in ("", [], {}, False)}
