"""Lines of our own export, kept as foreign records. Pure.

A record of a collection keeps its id, its terms and its derived codes are computed anew. A record of a
node (its own or a peer's) becomes ``jsonl:<its id>``: without its ledger nobody can vouch for it, so it
is shown as something read from a file. Retracted records and demo data are refused.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from registry.account import Account
from registry.errors import N_
from registry.record.collections.assembling import Assembler, Place, row_problems
from registry.record.collections.jsonfile import dig, list_at, text_at
from registry.record.collections.raw import clean_raw
from registry.record.collections.rows import Row, RowProblem
from registry.record.collections.sources import KNOWN
from registry.record.collections.text import one_line, web_links
from registry.record.ids import is_record_id
from registry.record.types import DerivedCode, Incoming, Origin, Provenance, RecordState, RecordType, Relation

SOURCE = "jsonl"
TYPES = tuple(kind.value for kind in RecordType)
ORIGINS = tuple(origin.value for origin in Origin)
GONE = frozenset({RecordState.RETRACTED.value, RecordState.ERASED.value, RecordState.MERGED.value})
FACT_MAX = 500
"""Characters of a licence, an attribution or a name."""
RELATED_MAX = 50
NAMES = {
    name: f"account.{name}" for name in ("title", "text", "language", "happened", "countries", "links")
} | {"id": "id"}


def rows(place: Place, document: Mapping[str, Any], assembler: Assembler) -> Iterator[Row]:
    """The record of a line, or its problems."""
    refusal = _refusal(place, document)
    if refusal is not None:
        yield refusal
        return
    provenance = _provenance(document)
    record_id = assembler.new_id(place, provenance, NAMES)
    if isinstance(record_id, RowProblem):
        yield record_id
        return
    account = dig(document, "account")
    problems = assembler.problems(account) if isinstance(account, dict) else []
    if problems or not isinstance(account, dict):
        yield from (
            row_problems(place, problems, NAMES)
            if problems
            else [place.problem("account", N_("This should be an object with named fields."))]
        )
        return
    yield _incoming(record_id, document, provenance, assembler)


def _refusal(place: Place, document: Mapping[str, Any]) -> RowProblem | None:
    if text_at(document, "type") not in TYPES:
        return place.problem("type", N_("Choose one of: %(known)s."), known=", ".join(TYPES))
    if text_at(document, "state") in GONE:
        return place.problem("state", N_("This record was retracted where it comes from."))
    if document.get("demo"):
        return place.problem("demo", N_("This record is invented demo data."))
    if text_at(document, "provenance", "origin") not in ORIGINS:
        return place.problem("provenance.origin", N_("Choose one of: %(known)s."), known=", ".join(ORIGINS))
    return None


def _provenance(document: Mapping[str, Any]) -> Provenance:
    fact = {
        name: one_line(text_at(document, "provenance", name), FACT_MAX)
        for name in ("source", "source_id", "licence", "attribution", "contributor")
    }
    url = next(iter(web_links([text_at(document, "provenance", "url")])), "")
    if text_at(document, "provenance", "origin") != Origin.EXTERNAL:
        fact |= {"source": SOURCE, "source_id": text_at(document, "id")}
    known = KNOWN.get(fact["source"])
    if known is not None:
        return known.provenance(fact["source_id"], url)
    return Provenance(origin=Origin.EXTERNAL, url=url, **fact)


def _incoming(
    record_id: str, document: Mapping[str, Any], provenance: Provenance, assembler: Assembler
) -> Incoming:
    raw = clean_raw(
        {key: value for key, value in (dig(document, "raw") or {}).items() if isinstance(value, Mapping)}
        if isinstance(dig(document, "raw"), Mapping)
        else {}
    )
    return Incoming(
        id=record_id,
        type=RecordType(document["type"]),
        provenance=provenance,
        account=Account.from_json(document["account"]),
        derived=assembler.derived(raw) or _given_codes(document, assembler),
        raw=raw,
        related=_related(document),
        generalised=tuple(str(name)[:200] for name in list_at(document, "generalised")[:RELATED_MAX]),
    )


def _given_codes(document: Mapping[str, Any], assembler: Assembler) -> tuple[DerivedCode, ...]:
    """Derived codes as given, where the classifications they came from were not exported."""
    given = [
        DerivedCode(text_at(entry, "code"), text_at(entry, "external")[:FACT_MAX], text_at(entry, "match"))
        for entry in list_at(document, "derived")[:RELATED_MAX]
        if isinstance(entry, Mapping)
    ]
    return tuple(code for code in given if code.code in assembler.taxonomy)


def _related(document: Mapping[str, Any]) -> tuple[Relation, ...]:
    given = [
        Relation(one_line(text_at(entry, "kind"), 40), text_at(entry, "target"))
        for entry in list_at(document, "related")[:RELATED_MAX]
        if isinstance(entry, Mapping)
    ]
    return tuple(relation for relation in given if relation.kind and is_record_id(relation.target))
