"""The log for partners (TLP:GREEN) has a key and an id of its own; the public log's key vouches for both.

The statement is a signed note, under the key that peers have pinned::

    incident-commons/green/v1
    <full node id>
    <full id of its log for partners>

So nobody pins a second key by hand, and nobody else can pass a log off as the partners' log of a node.
"""

from __future__ import annotations

from typing import Any, Final

from registry.errors import Malformed
from registry.federation.descriptor import Descriptor, describe, read_descriptor
from registry.ledger.keys import LogKey, LogSigner
from registry.ledger.notes import open_note, sign_note
from registry.ledger.refusal import Refused
from registry.record.node import NodeIdentity
from registry.strict_json import parse

FIRST_LINE: Final = "incident-commons/green/v1"
PREFIX: Final = "/fed/green"
"""Below a node's address: where its log for partners is read."""
PAGES: Final = "/green"
"""Below a node's address: where its members read it."""
NOTE: Final = "vouched"
STATEMENT_MAX: Final = 4096
"""Characters of a statement."""


def vouch(signer: LogSigner, node_id: str, green_id: str) -> bytes:
    """What a node says of its log for partners."""
    return sign_note(f"{FIRST_LINE}\n{node_id}\n{green_id}\n", [signer])


def describe_green(
    identity: NodeIdentity, name: str, url: str, versions: list[str], statement: bytes
) -> dict[str, Any]:
    """The descriptor of the log for partners, for those who may read it; ``url`` is that of the node."""
    told = describe(identity, name, url + PAGES, versions, [], 0)
    told["endpoints"] = {"ledger": url + PREFIX, "payloads": f"{url}{PREFIX}/payloads"}
    told["policy"] = {"tlp": ["GREEN"], "readers": "partners"}
    return told | {NOTE: statement.decode("utf-8")}


def read_green(raw: bytes, key: LogKey, node_id: str) -> Descriptor:
    """The descriptor of a node's log for partners; raises ``Refused`` unless the node's ``key`` vouches."""
    found = read_descriptor(raw)
    try:
        told = parse(raw)
    except Malformed as error:
        raise _odd("it is not JSON") from error
    statement = told.get(NOTE) if isinstance(told, dict) else None
    if not isinstance(statement, str) or len(statement) > STATEMENT_MAX:
        raise _odd("there is none")
    lines = open_note(statement.encode("utf-8", "replace"), [key]).text.split("\n")
    if lines != [FIRST_LINE, node_id, found.identity.id, ""]:
        raise _odd("it is about something else")
    return found


def _odd(why: str) -> Refused:
    message = "What the node says of its log for partners cannot be used: %(why)s."
    return Refused("green-statement", message, why=why)
