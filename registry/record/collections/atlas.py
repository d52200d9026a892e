"""Read the case studies of MITRE ATLAS. Pure.

A folder with ``case-studies/*.yaml`` and the three lists beside it. Each study, an exercise or an
incident, becomes an incident; its summary and the steps of its procedure become the text, without
markup and with names in place of templates. The date is as precise as the study says it is. Actors
and reporters are often named people and are left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

from registry.errors import N_
from registry.record.collections.assembling import Assembler, Finding, Place
from registry.record.collections.atlas_lists import Anchors, read_anchors, read_yaml
from registry.record.collections.citations import same_as
from registry.record.collections.jsonfile import list_at, text_at
from registry.record.collections.markup import link_targets, plain
from registry.record.collections.rows import Row, RowProblem
from registry.record.collections.sources import ATLAS

NAMES = {
    "id": "id",
    "title": "name",
    "text": "summary",
    "happened": "incident-date",
    "systems": "target",
    "links": "references",
}
"""Fields of an account and the fields they come from."""
PRECISION = {"YEAR": 4, "MONTH": 7, "DATE": 10}
"""Characters of a date that a granularity vouches for."""


def read(path: Path, assembler: Assembler) -> Iterator[Row]:
    """Every case study below ``path``, in the order of their file names."""
    folder = path / "case-studies"
    files = sorted(folder.glob("*.yaml")) if folder.is_dir() else []
    if not files:
        yield Place("case-studies").problem("", N_("There are no case studies in this folder."))
        return
    anchors = Anchors()
    yield from read_anchors(path, anchors)
    for file in files:
        place = Place(f"case-studies/{file.name}")
        document = read_yaml(file, place)
        finding = document if isinstance(document, RowProblem) else _finding(place, document, anchors)
        yield from [finding] if isinstance(finding, RowProblem) else assembler.assemble(finding, NAMES)


def _finding(place: Place, document: object, anchors: Anchors) -> Finding | RowProblem:
    if not isinstance(document, Mapping):
        return place.problem("", N_("This should be a mapping with named fields."))
    happened = _happened(place, document)
    if isinstance(happened, RowProblem):
        return happened
    steps = [step for step in list_at(document, "procedure") if isinstance(step, Mapping)]
    summary = text_at(document, "summary")
    references = [entry for entry in list_at(document, "references") if isinstance(entry, Mapping)]
    links = [*(text_at(entry, "url") for entry in references), *link_targets(summary)]
    return Finding(
        place=place,
        provenance=ATLAS.provenance(text_at(document, "id")),
        title=anchors.resolve(text_at(document, "name")),
        text="\n\n".join([plain(anchors.resolve(summary)), *(_step(step, anchors) for step in steps)]),
        happened=happened,
        entities={"systems": _systems(text_at(document, "target"))},
        links=links,
        raw={"ATLAS": _raw(document, steps, anchors)},
        related=same_as(links),
    )


def _happened(place: Place, document: Mapping[str, Any]) -> str | RowProblem:
    given = document.get("incident-date")
    if given is None:
        return ""
    written = given.isoformat() if isinstance(given, date) else str(given)
    granularity = str(document.get("incident-date-granularity", "DATE")).upper()
    if granularity not in PRECISION:
        known = ", ".join(PRECISION)
        return place.problem("incident-date-granularity", N_("Choose one of: %(known)s."), known=known)
    return written[: PRECISION[granularity]]


def _step(step: Mapping[str, Any], anchors: Anchors) -> str:
    """One step of the procedure as a paragraph that begins with the name of its technique."""
    technique = anchors.coded(text_at(step, "technique"))
    name = technique.partition(" ")[2] or technique
    description = plain(anchors.resolve(text_at(step, "description"))).strip()
    return f"{name}: {description}" if name else description


def _systems(target: str) -> list[str]:
    """The systems of a target, which may list several outside its brackets."""
    pieces = re.findall(r"(?:[^,()]|\([^()]*\))+", target)
    return [name for piece in pieces if (name := piece.strip())]


def _raw(document: Mapping[str, Any], steps: list[Any], anchors: Anchors) -> dict[str, Any]:
    return {
        "tactic": _distinct(anchors.coded(text_at(step, "tactic")) for step in steps),
        "technique": _distinct(anchors.coded(text_at(step, "technique")) for step in steps),
        "case-study-type": text_at(document, "case-study-type"),
        "incident-date-granularity": str(document.get("incident-date-granularity", "")),
    }


def _distinct(values: Iterator[str]) -> list[str]:
    return list(dict.fromkeys(value for value in values if value))
