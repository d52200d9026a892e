"""Read the AI Vulnerability Database: one JSON file a record, in three schema versions. Pure.

A report (``AVID-…-R…``) becomes a report. A vulnerability (``AVID-…-V…``) groups reports about one
weakness, as our incident groups reports about one event, so it becomes an incident, and its reports
are part of it. The day a record was reported or published is not the day it happened: ``happened``
stays empty, the day is kept with the raw classification. Credited people are left out.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from registry.errors import N_
from registry.record.collections.assembling import Assembler, Finding, Place
from registry.record.collections.citations import same_as
from registry.record.collections.jsonfile import dig, list_at, parse_object, read_bytes, text_at
from registry.record.collections.markup import plain
from registry.record.collections.names import is_placeholder
from registry.record.collections.rows import Row, RowProblem
from registry.record.collections.sources import AVID
from registry.record.types import RecordType, Relation

NAMES = {
    "id": "metadata",
    "title": "problemtype.description.value",
    "text": "description.value",
    "developers": "affects.developer",
    "deployers": "affects.deployer",
    "systems": "affects.artifacts",
    "links": "references",
}
"""Fields of an account and the fields they come from."""
CVE_ENTRY = "CVE Entry"
"""Class of records that cite a study as background; what they tell of is the flaw itself."""
CVSS = ("version", "baseScore", "baseSeverity", "vectorString")
LIKELY_MARKUP = "<[`*#"


def read(path: Path, assembler: Assembler) -> Iterator[Row]:
    """Every report and vulnerability below ``path``, in the order of their file names."""
    files = sorted(file for file in path.rglob("AVID-*.json") if file.is_file())
    if not files:
        yield Place(path.name).problem("", N_("There are no AVID files in this folder."))
    for file in files:
        place = Place(file.relative_to(path).as_posix())
        document = parse_object(place, read_bytes(file))
        finding = document if isinstance(document, RowProblem) else _finding(place, document)
        yield from [finding] if isinstance(finding, RowProblem) else assembler.assemble(finding, NAMES)


def _finding(place: Place, document: Mapping[str, Any]) -> Finding | RowProblem:
    report, vulnerability = (
        text_at(document, "metadata", "report_id"),
        text_at(document, "metadata", "vuln_id"),
    )
    if not report and not vulnerability:
        return place.problem("metadata", N_("There is neither a report_id nor a vuln_id."))
    references = [
        reference for reference in list_at(document, "references") if isinstance(reference, Mapping)
    ]
    links = [text_at(reference, "url") for reference in references]
    text = _plain(text_at(document, "description", "value"))
    return Finding(
        place=place,
        provenance=AVID.provenance(report or vulnerability),
        type=RecordType.REPORT if report else RecordType.INCIDENT,
        title=_plain(text_at(document, "problemtype", "description", "value")) or text,
        text=text,
        entities=_entities(document),
        links=links,
        raw=_raw(document),
        related=_related(document, links),
    )


def _entities(document: Mapping[str, Any]) -> dict[str, list[str]]:
    artifacts = [
        text_at(artifact, "name") for artifact in list_at(document, "affects", "artifacts") if artifact
    ]
    return {
        "developers": _named(list_at(document, "affects", "developer")),
        "deployers": _named(list_at(document, "affects", "deployer")),
        "systems": _named(artifacts),
    }


def _named(names: list[Any]) -> list[str]:
    return [name for name in names if isinstance(name, str) and not is_placeholder(name)]


def _raw(document: Mapping[str, Any]) -> dict[str, dict[str, Any]]:
    avid = {
        key: list_at(document, "impact", "avid", key) for key in ("risk_domain", "sep_view", "lifecycle_view")
    }
    avid |= {key: dig(document, "problemtype", key) for key in ("classof", "type")}
    days = {key: text_at(document, key) for key in ("reported_date", "published_date", "last_modified_date")}
    cvss = dig(document, "impact", "cvss")
    weaknesses = [text_at(entry, "description") for entry in list_at(document, "impact", "cwe") if entry]
    return {
        "AVID": {
            **avid,
            **days,
            "data_version": text_at(document, "data_version"),
            "metrics": _metrics(document),
        },
        "CVSS": {key: cvss.get(key) for key in CVSS if _is_single(cvss.get(key))}
        if isinstance(cvss, dict)
        else {},
        "CWE": {"weaknesses": weaknesses},
    }


def _is_single(value: object) -> bool:
    return isinstance(value, str | int | float)


def _metrics(document: Mapping[str, Any]) -> list[str]:
    """What was measured, one line a measurement; the schema versions write it in three ways."""
    lines = []
    for metric in list_at(document, "metrics"):
        if not isinstance(metric, Mapping):
            continue
        for row in list_at(metric, "results", "rows"):
            facts = [str(dig(row, key)) for key in ("detector", "passed", "total_evaluated")]
            lines.append("{}: {} of {} passed".format(*facts))
        if _is_single(dig(metric, "value")):
            lines.append(f"{text_at(metric, 'scorer')} {text_at(metric, 'metrics')}: {dig(metric, 'value')}")
        elif text_at(metric, "name"):
            lines.append(text_at(metric, "name"))
    return lines


def _related(document: Mapping[str, Any], links: list[str]) -> list[Relation]:
    whole = text_at(document, "impact", "avid", "vuln_id")
    part_of = (
        [Relation("part-of", f"{AVID.key}:{whole}")]
        if whole and text_at(document, "metadata", "report_id")
        else []
    )
    same = [] if text_at(document, "problemtype", "classof") == CVE_ENTRY else same_as(links)
    background = [Relation("see-also", relation.target) for relation in same_as(links)] if not same else []
    return [*part_of, *same, *background]


def _plain(text: str) -> str:
    return plain(text) if any(sign in text for sign in LIKELY_MARKUP) else text
