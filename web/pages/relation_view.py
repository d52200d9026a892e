"""A submission beside the public record that it names, and what points to a public record."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from api.node import the_node
from registry.account import Account
from registry.errors import N_, Gone, NotFound
from registry.intake.similar.rules import Held, Kind
from registry.intake.views import SubmissionView
from registry.ledger.claims import SUPERSEDED_BY
from registry.record.ids import same_home
from registry.record.relations import ABOUT, DISPUTES, FIXES, GROUPING, REPLIES_TO, Pointing
from registry.record.types import DUPLICATE_OF, PART_OF, SAME_AS, Origin, PublicRecord, RecordType
from registry.sharing.linked import Group, Word
from web.pages import compared
from web.pages.compared import Row
from web.pages.messages import gettext
from web.pages.statement_forms import FORMS

STATEMENTS_SHOWN, STATEMENTS_READ, REPORTS_SHOWN = 5, 50, 20
HELD: dict[Held, str] = {
    Held.OPEN: N_("A reviewer will say whether it belongs there."),
    Held.CONFIRMED: N_("A reviewer agrees that it belongs there."),
    Held.DROPPED: N_("A reviewer finds that it does not belong there. It is published without this."),
    Held.GONE: N_("The record was removed before publication. This is not shown in public."),
}
"""What became of a relation → words for those who wrote the report."""
SAID: dict[str, str] = {
    REPLIES_TO: N_("Replies of organizations that it names"),
    DISPUTES: N_("Disputed by others"),
    FIXES: N_("What was fixed"),
}
"""How a statement points to a record → heading of such statements."""


CLAIMS: dict[str, tuple[str, str]] = {
    SAME_AS: (
        N_("%(node)s says that this is the same event as"),
        N_("%(node)s says that this is the same event as"),
    ),
    PART_OF: (
        N_("%(node)s says that this is part of the incident"),
        N_("%(node)s says that this incident includes"),
    ),
    DUPLICATE_OF: (
        N_("%(node)s says that this is told better by"),
        N_("%(node)s says that this tells better what is told by"),
    ),
    SUPERSEDED_BY: (
        N_("%(node)s says that this was replaced by"),
        N_("%(node)s says that this replaces"),
    ),
}
"""Relation → what is said at the record of the node that says so, and at the other one."""


@dataclass(frozen=True, slots=True)
class Said:
    """A claim of another node in words, and the record that it leads to."""

    words: str
    node: str
    position: int
    record: PublicRecord
    told: Word


@dataclass(frozen=True, slots=True)
class Beside:
    """What a submission says of the record that it names; ``record`` is None where that is gone."""

    record_id: str
    kind: Kind
    held: Held
    words: str
    record: PublicRecord | None
    rows: tuple[Row, ...]


def beside(view: SubmissionView, coded: Account | None = None) -> Beside | None:
    """The relation of a submission, with both sides compared; None for one that stands alone.

    ``coded`` is its account with the codes that count, where that is another one.
    """
    about, kind = view.summary.about, view.summary.kind
    if about is None:
        return None
    record = _read(about.record)
    this = compared.of_account(coded or view.account)
    rows: tuple[Row, ...] = ()
    if record is not None and kind is Kind.REPORT:
        rows = compared.rows(this, compared.of_record(record))
    return Beside(about.record, kind, about.held, gettext(HELD[about.held]), record, rows)


def pointing_to(record: PublicRecord) -> dict[str, Any]:
    """What a record's page shows of others: statements with their number, and reports of the same event."""
    records, hearing = the_node().records, the_node().hearing
    statements = records.pointing_to(record.id, (ABOUT,), limit=STATEMENTS_READ, hearing=hearing)
    said = records.pointing_to(record.id, tuple(SAID), limit=STATEMENTS_READ, hearing=hearing)
    reports = records.pointing_to(record.id, (PART_OF, SAME_AS), limit=REPORTS_SHOWN, hearing=hearing)
    return {
        "statements": statements.items,
        "statement_count": statements.counts.get(ABOUT, 0),
        "statement_nodes": statements.sources.get(ABOUT, 0),
        "statement_least": _surely(record, statements.sources.get(ABOUT, 0)),
        "shown_at_once": STATEMENTS_SHOWN,
        "said": [(heading, some) for kind, heading in SAID.items() if (some := _of(said.items, kind))],
        "said_further": sum(said.counts.values()) - len(said.items),
        "sayings": [FORMS[says] for says in (Kind.FIX, Kind.DISPUTE, Kind.REPLY)],
        "reports": reports.items,
        "report_count": sum(reports.counts.values()),
        "merged_here": records.merged_into(record.id),
        "told_of": _told_of(record),
        "claims": _claims(record),
        "can_be_seen": record.type is not RecordType.STATEMENT,
    }


def group_of(beside: Mapping[str, Any]) -> Group:
    """The same for programs that read the page, of what ``pointing_to`` gave."""
    named, pointing = ([(one.kind, one.record.id) for one in beside[part]] for part in ("told_of", "reports"))
    return Group.of(named, pointing, [one.told for one in beside["claims"]])


def _surely(record: PublicRecord, nodes: int) -> int:
    """How many different organizations say so at the least, where those of several nodes do."""
    return the_node().records.surely_seen(record.id, the_node().hearing) if nodes > 1 else 0


def _told_of(record: PublicRecord) -> tuple[Pointing, ...]:
    """The records that this one is about or part of, while they stand."""
    named = [one for one in record.related if one.kind in (ABOUT, *SAID, PART_OF, SAME_AS)]
    if record.provenance.origin is Origin.PEER:  # what its node says of records of others is its claim
        named = [one for one in named if one.kind not in GROUPING or same_home(record.id, one.target)]
    named = named[:REPORTS_SHOWN]
    found = the_node().records.read_many([one.target for one in named])
    further = the_node().records.read_many([one.successor for one in found.values() if one.successor])
    told = [
        Pointing(one.kind, further.get(found[one.target].successor or "", found[one.target]))
        for one in named
        if one.target in found
    ]
    return tuple(one for one in told if one.record.id != record.id)


def _claims(record: PublicRecord) -> list[Said]:
    """What other nodes say of this record and another one."""
    found = the_node().federation.claims.about(record.id)
    others = {one.key: one.subject if one.object == record.id else one.object for one in found}
    records = the_node().records.read_many(list(others.values()))
    return [
        Said(
            gettext(CLAIMS[one.relation][one.object == record.id], node=one.node_name),
            one.node,
            one.position,
            records[others[one.key]],
            Word(one.node, one.node_name, one.relation, (one.subject, one.object)),
        )
        for one in found
        if others[one.key] in records
    ]


def _of(found: tuple[Pointing, ...], kind: str) -> list[PublicRecord]:
    return [one.record for one in found if one.kind == kind]


def _read(record_id: str) -> PublicRecord | None:
    try:
        return the_node().records.read(record_id)
    except (Gone, NotFound):
        return None
