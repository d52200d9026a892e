"""An account arranged as on its public page, from a record that is not published."""

from __future__ import annotations

from api.node import the_node
from registry.account import Account
from registry.clock import today
from registry.record.types import Origin, Provenance, PublicRecord, RecordState, RecordType
from web.pages import record_view


def reading(account: Account, contributor: str) -> dict[str, object]:
    """What ``record/body.html`` needs."""
    node, day = the_node(), today(the_node().clock)
    record = PublicRecord(
        id="",
        type=RecordType.REPORT,
        state=RecordState.PUBLISHED,
        revision=1,
        published=day,
        modified=day,
        taxonomy_version=node.taxonomy.version,
        provenance=Provenance(Origin.OWN, "own", contributor=contributor),
        account=account,
    )
    return record_view.body(record, node.taxonomy)
