"""Public records: the newest revision, earlier ones, and what stands where one was erased."""

from __future__ import annotations

from flask import Response

from api.node import the_node
from api.reply import PUBLIC, document, dumps
from api.schemas.records import Record, Versions
from api.section import Section, Speaks
from registry.ledger.proof_files import SUFFIX
from registry.record.types import PublicRecord

ITEM = "/records/<record:record_id>"
PROOF = "application/octet-stream"

section = Section("records", "Public records: free to read, without a token.")


@section.get(ITEM, Speaks("Read a record", answer=Record, problems=(410,)))
def read(record_id: str) -> Response:
    """The newest revision. An erased record answers 410 with reason and successor.

    A record that was merged into another one names that as its ``successor``. One of another node that is
    shown because a third node reviewed it names that node in ``reviewed_by``. One of a node that is gone
    names the one that keeps it in ``kept_by``.
    """
    record = the_node().records.read(record_id)
    federation = the_node().federation
    said = {
        "successor": record.successor,
        "reviewed_by": federation.judging.reviewed_by(record_id),
        "kept_by": federation.successions.keeper(record.provenance.source),
    }
    further = {name: value for name, value in said.items() if value is not None}
    return _json(record.to_json() | further)


@section.get(f"{ITEM}/versions", Speaks("List the revisions of a record", answer=Versions, problems=(410,)))
def versions(record_id: str) -> Response:
    """Oldest first."""
    found = the_node().records.versions(record_id)
    return _json({"items": [_line(revision) for revision in found], "next": None})


@section.get(
    f"{ITEM}/versions/<revision:number>",
    Speaks("Read a revision of a record", answer=Record, problems=(410,)),
)
def version(record_id: str, number: int) -> Response:
    """As it was published."""
    return _json(the_node().records.version(record_id, number).to_json())


@section.get(f"{ITEM}/proof", Speaks("Prove that a record is in the log", media=PROOF))
def proof(record_id: str) -> Response:
    """A proof file (C2SP tlog-proof) of the newest signed entry of a record of this node.

    It is enough by itself to check, with the key of the log, that the node signed for the entry. The line
    ``extra`` holds the entry. What was erased is proved too: that it was.
    """
    answer = document(the_node().log_reader.proof(record_id).to_bytes(), PROOF, PUBLIC)
    answer.headers["Content-Disposition"] = f'attachment; filename="{record_id}{SUFFIX}"'
    return answer


def _line(record: PublicRecord) -> dict[str, object]:
    return {
        "revision": record.revision,
        "state": record.state.value,
        "modified": record.modified.isoformat(),
        "taxonomy": record.taxonomy_version,
        "previous": record.previous,
    }


def _json(data: object) -> Response:
    return document(dumps(data), "application/json", PUBLIC)
