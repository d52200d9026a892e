"""A submission beside the public record that it names, and what points to a public record."""

from __future__ import annotations

from dataclasses import dataclass

from api.node import the_node
from registry.account import Account
from registry.errors import N_, Gone, NotFound
from registry.intake.similar.rules import Held, Kind
from registry.intake.views import SubmissionView
from registry.record.relations import ABOUT, DISPUTES, FIXES, REPLIES_TO, SAME_AS, Pointing
from registry.record.types import PART_OF, PublicRecord, RecordType
from registry.review.aftercare.looking import Looked
from web.pages.messages import gettext
from web.pages.statement_forms import FORMS
from web.pages.words import country, facet_title, happened, label

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
_COMPARED = ("sector", "system", "failure", "severity")


@dataclass(frozen=True, slots=True)
class Row:
    """One fact of both: what it is called, here, and there."""

    name: str
    here: str
    there: str


@dataclass(frozen=True, slots=True)
class Beside:
    """What a submission says of the record that it names; ``record`` is None where that is gone."""

    record_id: str
    kind: Kind
    held: Held
    words: str
    record: PublicRecord | None
    rows: tuple[Row, ...]


def beside(view: SubmissionView) -> Beside | None:
    """The relation of a submission, with both sides compared; None for one that stands alone."""
    about, kind = view.summary.about, view.summary.kind
    if about is None:
        return None
    record = _read(about.record)
    rows = _rows(view.account, record) if record is not None and kind is Kind.REPORT else ()
    return Beside(about.record, kind, about.held, gettext(HELD[about.held]), record, rows)


def pointing_to(record: PublicRecord) -> dict[str, object]:
    """What a record's page shows of others: statements with their number, and reports of the same event."""
    records = the_node().records
    statements = records.pointing_to(record.id, (ABOUT,), limit=STATEMENTS_READ)
    said = records.pointing_to(record.id, tuple(SAID), limit=STATEMENTS_READ)
    reports = records.pointing_to(record.id, (PART_OF, SAME_AS), limit=REPORTS_SHOWN)
    return {
        "statements": statements.items,
        "statement_count": statements.counts.get(ABOUT, 0),
        "shown_at_once": STATEMENTS_SHOWN,
        "said": [(heading, some) for kind, heading in SAID.items() if (some := _of(said.items, kind))],
        "said_further": sum(said.counts.values()) - len(said.items),
        "sayings": [FORMS[says] for says in (Kind.FIX, Kind.DISPUTE, Kind.REPLY)],
        "reports": reports.items,
        "report_count": sum(reports.counts.values()),
        "merged_here": records.merged_into(record.id),
        "told_of": _told_of(record),
        "can_be_seen": record.type is not RecordType.STATEMENT,
    }


def _told_of(record: PublicRecord) -> tuple[Pointing, ...]:
    """The records that this one is about or part of, while they stand."""
    named = [one for one in record.related if one.kind in (ABOUT, *SAID, PART_OF, SAME_AS)][:REPORTS_SHOWN]
    found = the_node().records.read_many([one.target for one in named])
    further = the_node().records.read_many([one.successor for one in found.values() if one.successor])
    told = [
        Pointing(one.kind, further.get(found[one.target].successor or "", found[one.target]))
        for one in named
        if one.target in found
    ]
    return tuple(one for one in told if one.record.id != record.id)


def _of(found: tuple[Pointing, ...], kind: str) -> list[PublicRecord]:
    return [one.record for one in found if one.kind == kind]


def compared(record: Looked, other: Looked) -> tuple[Row, ...]:
    """Two public records fact by fact, for whoever merges one into the other."""
    both = [the_node().records.read(one.id) for one in (record, other)]
    harm = [", ".join(label(code) for code in one.codes().get("harm", ())) for one in both]
    titles = Row(gettext("Title"), record.account.title, other.account.title)
    return (titles, *_rows(record.account, both[1]), Row(facet_title("harm"), *harm))


def _read(record_id: str) -> PublicRecord | None:
    try:
        return the_node().records.read(record_id)
    except (Gone, NotFound):
        return None


def _rows(account: Account, record: PublicRecord) -> tuple[Row, ...]:
    other, codes = record.account, record.codes()
    rows = [
        Row(gettext("When"), happened(account.happened), happened(other.happened)),
        Row(gettext("Where"), _places(account), _places(other)),
        Row(gettext("System"), ", ".join(account.entities.systems), ", ".join(other.entities.systems)),
    ]
    for facet in _COMPARED:
        both = (account.classification.get(facet, ()), codes.get(facet, ()))
        mine, theirs = (", ".join(label(code) for code in some) for some in both)
        rows.append(Row(facet_title(facet), mine, theirs))
    return tuple(row for row in rows if row.here or row.there)


def _places(account: Account) -> str:
    return ", ".join(country(code) for code in account.countries)
