"""Tables for people and other software: the taxonomy as CSV, the crosswalk as SSSOM.

SSSOM (Simple Standard for Sharing Ontological Mappings) says what SKOS alone cannot: who mapped,
how, and how sure.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator

from taxonomy.core import Taxonomy
from taxonomy.graph import BASE, LICENCE, curie
from taxonomy.types import Value

COLUMNS = (
    "code",
    "facet",
    "label",
    "definition",
    "broader",
    "exclusive",
    "level",
    "deprecated",
    "replaced_by",
)
"""Columns of the CSV before the labels in other languages (``label_fr``, …)."""
SSSOM_COLUMNS = (
    "subject_id",
    "subject_label",
    "predicate_id",
    "object_id",
    "object_label",
    "mapping_justification",
    "confidence",
    "object_source",
    "comment",
)
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def to_csv(taxonomy: Taxonomy) -> str:
    """One line per code, deprecated ones included (RFC 4180). No cell can be read as a formula."""
    others = [lang for lang in taxonomy.languages if lang != "en"]
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow([*COLUMNS, *(f"label_{lang}" for lang in others)])
    for facet in taxonomy.facets.values():
        for value in facet.values.values():
            labels = [taxonomy.label(value.code, lang) for lang in others]
            writer.writerow([harmless(cell) for cell in (*_cells(facet.id, value), *labels)])
    return out.getvalue()


def to_sssom(taxonomy: Taxonomy, base: str = BASE) -> str:
    """The crosswalk as SSSOM TSV: metadata in ``#`` lines, then one line per mapping."""
    out = io.StringIO(newline="")
    out.write("".join(f"# {line}\n" for line in _metadata(taxonomy, base.rstrip("/"))))
    writer = csv.writer(out, delimiter="\t", lineterminator="\n")
    writer.writerow(SSSOM_COLUMNS)
    crosswalk = taxonomy.crosswalk
    for match in crosswalk.mappings:
        list_id, _, code = match.external.partition(":")
        row = (
            f"commons:{match.code}",
            taxonomy.label(match.code),
            f"skos:{match.match}",
            curie(match.external),
            taxonomy.lists[list_id].labels[code],
            crosswalk.justification,
            str(match.confidence),
            list_id,
            match.note or "",
        )
        writer.writerow([harmless(" ".join(cell.split())) for cell in row])
    return out.getvalue()


def harmless(cell: str) -> str:
    """A cell that a spreadsheet will not run: an apostrophe is put before a formula's first sign."""
    return f"'{cell}" if cell.startswith(_FORMULA) else cell


def _cells(facet: str, value: Value) -> tuple[str, ...]:
    return (
        value.code,
        facet,
        value.label,
        value.definition,
        value.broader or "",
        "true" if value.exclusive else "false",
        "" if value.level is None else str(value.level),
        "true" if value.deprecated else "false",
        " ".join(value.replaced_by),
    )


def _metadata(taxonomy: Taxonomy, base: str) -> Iterator[str]:
    used = sorted({match.external.partition(":")[0] for match in taxonomy.crosswalk.mappings})
    yield f"mapping_set_id: {base}/crosswalk"
    yield f"mapping_set_version: {taxonomy.crosswalk.version}"
    yield f"license: {LICENCE}"
    yield f"subject_source: {base}"
    yield f"subject_source_version: {taxonomy.version}"
    yield "curie_map:"
    yield f"  commons: {base}/"
    yield "  skos: http://www.w3.org/2004/02/skos/core#"
    yield "  semapv: https://w3id.org/semapv/vocab/"
    for list_id in used:
        yield f"  {list_id}: {base}/lists/{list_id}/"
