"""From what a reader found in a row to a record that may be kept, or to what is wrong with it. Pure.

Every reader hands its findings over here, so that each foreign record passes the same gate: texts
made harmless, persons generalised, codes derived through the crosswalk, the account checked.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from registry.account import ENTITY_NAME_MAX, LIST_MAX, TEXT_MAX, TITLE_MAX, Account, check
from registry.errors import N_, Problem
from registry.record.collections.persons import generalise_all
from registry.record.collections.raw import clean_raw
from registry.record.collections.rows import Row, RowProblem, Skipped
from registry.record.collections.text import one_line, paragraphs, web_links
from registry.record.ids import external_id
from registry.record.types import DerivedCode, Incoming, Provenance, RecordType, Relation
from taxonomy import Taxonomy

PEOPLED = ("developers", "deployers", "harmed")
"""Kinds of parties that may be natural persons; systems are not."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a row stands: file as the operator sees it, line from 1 (0 for the whole file)."""

    file: str
    line: int = 0

    def problem(self, field_name: str, message: str, **facts: object) -> RowProblem:
        """A problem of this row."""
        return RowProblem(self.file, self.line, field_name, message, facts)


@dataclass(frozen=True, slots=True)
class Finding:
    """What a reader found in one row; texts as plain as the reader can make them, nothing checked yet."""

    place: Place
    provenance: Provenance
    title: str
    text: str = ""
    type: RecordType = RecordType.INCIDENT
    happened: str = ""
    countries: Sequence[str] = ()
    entities: Mapping[str, Sequence[str]] = field(default_factory=dict)
    links: Sequence[str] = ()
    raw: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    related: Sequence[Relation] = ()


class Assembler:
    """Turns findings into records. One for each import: it remembers which ids it has seen."""

    def __init__(self, taxonomy: Taxonomy, today: date) -> None:
        self.taxonomy = taxonomy
        self.today = today
        self._seen: set[str] = set()

    def assemble(self, finding: Finding, names: Mapping[str, str]) -> Iterator[Row]:
        """The record, or its problems; ``names`` maps fields of an account to those of the source."""
        record_id = self.new_id(finding.place, finding.provenance, names)
        if isinstance(record_id, RowProblem):
            yield record_id
            return
        entities, generalised = _parties(finding.entities)
        account = self._account(finding, entities)
        problems = self.problems(account)
        if problems:
            yield from row_problems(finding.place, problems, names)
            return
        yield from _beyond_limits(finding.entities)
        raw = clean_raw(finding.raw)
        yield Incoming(
            id=record_id,
            type=finding.type,
            provenance=finding.provenance,
            account=Account.from_json(account),
            derived=self.derived(raw),
            raw=raw,
            related=tuple(dict.fromkeys(finding.related)),
            generalised=generalised,
        )

    def new_id(self, place: Place, provenance: Provenance, names: Mapping[str, str]) -> str | RowProblem:
        """The id of a record, once; a problem when it cannot be one or was met before."""
        column = names.get("id", "id")
        try:
            record_id = external_id(provenance.source, provenance.source_id)
        except ValueError:
            return place.problem(column, N_("“%(id)s” cannot be an id."), id=provenance.source_id)
        if record_id in self._seen:
            return place.problem(column, N_("%(id)s stands here twice."), id=provenance.source_id)
        self._seen.add(record_id)
        return record_id

    def problems(self, account: Mapping[str, Any]) -> list[Problem]:
        """What is wrong with an account; a foreign one needs a title, and may lack the rest."""
        found = check(account, self.taxonomy, self.today, complete=False)
        if not found and not account.get("title"):
            found.append(Problem("/title", N_("There is no title.")))
        return found

    def derived(self, raw: Mapping[str, Mapping[str, Any]]) -> tuple[DerivedCode, ...]:
        """The common codes that the foreign classifications imply, with what implies them and how well."""
        matches = self.taxonomy.crosswalk.derive_all(raw)
        return tuple(DerivedCode(match.code, match.external, match.match) for match in matches)

    def _account(self, finding: Finding, entities: Mapping[str, list[str]]) -> dict[str, Any]:
        return {
            "title": one_line(finding.title, TITLE_MAX),
            "language": "en",
            "text": paragraphs(finding.text, TEXT_MAX),
            "happened": {"from": finding.happened} if finding.happened else None,
            "countries": [code for code in finding.countries if code in self.taxonomy.countries][:LIST_MAX],
            "entities": entities,
            "links": web_links(finding.links),
        }


def row_problems(place: Place, problems: Sequence[Problem], names: Mapping[str, str]) -> Iterator[RowProblem]:
    """Problems of an account as problems of the row it came from."""
    for problem in problems:
        first, _, rest = problem.pointer.removeprefix("/").partition("/")
        column = names.get(first, first)
        party = names.get(rest.partition("/")[0]) if first == "entities" else None
        yield RowProblem(place.file, place.line, party or column, problem.message, problem.facts)


def _parties(given: Mapping[str, Sequence[str]]) -> tuple[dict[str, list[str]], tuple[str, ...]]:
    """Names by kind of party, persons generalised; and which kinds were."""
    parties: dict[str, list[str]] = {}
    generalised = []
    for kind, names in given.items():
        cleaned = [name for raw in names if (name := one_line(raw, ENTITY_NAME_MAX))]
        if kind in PEOPLED:
            cleaned, changed = generalise_all(cleaned, harmed=kind == "harmed")
            generalised += [f"/entities/{kind}"] if changed else []
        parties[kind] = list(dict.fromkeys(cleaned))[:LIST_MAX]
    return {kind: names for kind, names in parties.items() if names}, tuple(generalised)


def _beyond_limits(given: Mapping[str, Sequence[str]]) -> Iterator[Skipped]:
    beyond = sum(max(0, len(names) - LIST_MAX) for names in given.values())
    if beyond:
        yield Skipped(N_("parties beyond the first twenty of a list"), beyond)
