"""Identifiers of public records. Pure.

Our own: ``AIR-<node>-<year>-<serial>``, where node is the first ten characters of the node's
self-certifying id, year the year of publication, serial a number drawn in shuffled batches.
Foreign ones: ``<collection>:<source id>``, so that nobody takes them for ours.
"""

from __future__ import annotations

import re
import uuid

AIR_PATTERN = r"AIR-[A-Z2-7]{10}-[0-9]{4}-(?:[0-9]{6}|[1-9][0-9]{6,8})"
"""One strict pattern everywhere; the node part is base32 (RFC 4648), so 0, 1, 8 and 9 are errors."""
EXTERNAL_PATTERN = r"[a-z][a-z0-9-]{1,30}:[A-Za-z0-9._~-]{1,80}"
ID_PATTERN = f"(?:{AIR_PATTERN}|{EXTERNAL_PATTERN})"

_AIR = re.compile(AIR_PATTERN, re.ASCII)
_ANY = re.compile(ID_PATTERN, re.ASCII)


def air_id(node: str, year: int, serial: int) -> str:
    """The identifier of the ``serial``-th record (from 1) that this node published in ``year``."""
    made = f"AIR-{node[:10]}-{year:04d}-{serial:06d}"
    if not is_air_id(made):
        raise ValueError(made)
    return made


def is_air_id(text: str) -> bool:
    """Whether this is one of our kind of identifiers."""
    return _AIR.fullmatch(text) is not None


def is_record_id(text: str) -> bool:
    """Whether this could name a record at all; anything else is answered 404 without a look-up."""
    return _ANY.fullmatch(text) is not None


def same_home(one: str, other: str) -> bool:
    """Whether two of our kind of identifiers were given by the same node."""
    return is_air_id(one) and is_air_id(other) and one[:14] == other[:14]


def external_id(collection: str, source_id: str) -> str:
    """The identifier under which a foreign record is kept; raises ``ValueError`` if it cannot be one."""
    made = f"{collection}:{source_id}"
    if re.fullmatch(EXTERNAL_PATTERN, made, re.ASCII) is None:
        raise ValueError(made)
    return made


_SPACE = uuid.uuid5(uuid.NAMESPACE_URL, "urn:incident-commons:record")


def object_uuid(record_id: str, epoch: int) -> str:
    """The UUID by which other formats know a record: the same at every node, another one in each epoch.

    An epoch ends when a record falls (retracted, merged): formats that cannot undo that need a new id.
    """
    return str(uuid.uuid5(_SPACE, f"{record_id}/{epoch}"))


def fixed_uuid(name: str) -> str:
    """The UUID of a thing that is no record, by a name of ours."""
    return str(uuid.uuid5(_SPACE, f"urn:{name}"))
