"""What a peer's payload is here: checked, read with this node's taxonomy, and marked as the peer's. Pure.

The peer's bytes are kept as they came; this is the reading of them that pages, search and exports
use. Codes of another version of the taxonomy are carried over where that is certain; a code that
this version does not know stays beside the rest, under ``raw``, and is never dropped.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any, Final

from registry.account.check import check
from registry.errors import Malformed
from registry.ledger.claims import read_related
from registry.ledger.custody import read_custody
from registry.ledger.envelopes import Envelope, Op
from registry.ledger.refusal import Refused
from registry.ledger.reviewed import read_reviewed
from registry.record.ids import is_record_id
from registry.record.types import Because, Origin, Provenance, PublicRecord, RecordState, RecordType
from registry.strict_json import parse
from taxonomy import Taxonomy
from taxonomy.migration import Migration

UNKNOWN_CODES: Final = "unknown-codes"
"""Name under ``raw`` of the codes that this node's taxonomy does not know."""
RELATED_MAX: Final = 200
FACT_MAX: Final = 500
"""Characters of a licence, an attribution or a descriptor."""
SKEW: Final = timedelta(days=2)
"""By so much another node's clock may be ahead: what it calls today must not be the future here."""
EARLIEST: Final = date(1970, 1, 1)
"""No record was published before it, whatever its node says."""
REASON_MAX, NOTE_MAX = 60, 300
"""Characters of why a record has its state: of the code, and of the note for everybody."""
_TYPES: Final = frozenset(one.value for one in RecordType)
_STATES: Final = frozenset(one.value for one in RecordState)
_FACTS: Final = ("licence", "attribution", "contributor")


@dataclass(frozen=True, slots=True)
class Home:
    """Whose record it is: full node id, what the node calls itself, its address, or none."""

    id: str
    name: str
    url: str


@dataclass(frozen=True, slots=True)
class Reader:
    """Reads payloads: with this taxonomy and these migrations to it, as of ``today``."""

    taxonomy: Taxonomy
    migrations: tuple[Migration, ...]
    today: date

    def read(self, raw: bytes, envelope: Envelope, home: Home) -> PublicRecord:
        """The record that the payload of an entry of its home's log is here; raises ``Refused``."""
        payload = opened(raw, envelope)
        account, unknown = self._account(payload)
        try:
            provenance = _provenance(Provenance.from_json(payload["provenance"]), envelope, home)
            raw_codes = {UNKNOWN_CODES: unknown} if unknown else {}
            record = PublicRecord.from_json({**payload, "account": account, "raw": raw_codes}, provenance)
        except (KeyError, TypeError, ValueError, AttributeError) as error:
            raise _odd("a part of it is missing or of another kind") from error
        if record.because is not None and not _is_short(record.because):
            raise _odd("it says why at too great a length")
        if any(not is_record_id(one.target) for one in record.related) or len(record.related) > RELATED_MAX:
            raise _odd("it names something that is no record")
        days = self._day(record.published), self._day(record.modified)
        if days == (record.published, record.modified):
            return record
        return replace(record, published=days[0], modified=days[1])

    def _day(self, said: date) -> date:
        """A day as far as it can be: feeds would put one of the year 9999 before all others for ever."""
        return max(EARLIEST, min(said, self.today + SKEW))

    def believe(
        self, raw: bytes, envelope: Envelope, home: Home, *, unread: bool = False
    ) -> PublicRecord | None:
        """The same of any entry; None for what is no revision of a record of ``home``. Raises ``Refused``.

        ``unread`` leaves a record unread (``reading``): all that is looked at is which record it is of, and
        that it says no other label than its entry.
        """
        if envelope.op is Op.CUSTODY:
            read_custody(raw, envelope)
            return None
        if envelope.home != home.id:
            return None
        if envelope.op is Op.RELATE:
            read_related(raw, envelope)
            return None
        if envelope.op is Op.ANNOTATE:
            read_reviewed(raw, envelope)
            return None
        if unread:
            if not is_plainly_of(raw, envelope):
                opened(raw, envelope)
            return None
        return self.read(raw, envelope, home)

    def _account(self, payload: Mapping[str, Any]) -> tuple[dict[str, Any], dict[str, list[str]]]:
        """The account with codes of this taxonomy, and the codes that it does not know by facet."""
        raw = payload.get("account")
        if not isinstance(raw, dict) or not isinstance(raw.get("classification", {}), dict):
            raise _odd("it has no account")
        known: dict[str, list[str]] = {}
        unknown: dict[str, list[str]] = {}
        steps = self._steps(str(payload.get("taxonomy", "")))
        for facet, codes in raw.get("classification", {}).items():
            if not isinstance(codes, list) or not all(isinstance(code, str) for code in codes):
                raise _odd("a classification is no list of codes")
            carried = _carried(codes, steps)
            left = [code for code in carried if code not in self.taxonomy]
            known[facet] = [code for code in carried if code not in left] if left else carried
            if left:
                unknown[facet] = left
        account = {**raw, "classification": {facet: codes for facet, codes in known.items() if codes}}
        if problems := check(account, self.taxonomy, self.today + SKEW, complete=False):
            raise Refused("payload-account", "The account breaks a rule: %(why)s", why=str(problems[0]))
        return account, unknown

    def _steps(self, version: str) -> list[Migration]:
        """The migrations that lead on from a version, one after the other."""
        found = []
        for migration in self.migrations:
            if migration.from_version == version:
                found.append(migration)
                version = migration.to_version
        return found


def is_plainly_of(raw: bytes, envelope: Envelope) -> bool:
    r"""Whether a look at the bytes is enough: they name this entry's record, and there is no label in them.

    Nearly all public records are so. In JSON the name of a field is spelt by its own letters or with ``\u``,
    and a quotation mark within a text stands behind a backslash: what is not in the bytes, no reader finds.
    """
    named, escaped = b'"id":"%b"' % envelope.id.encode(), b"\\" in raw and b"\\u" in raw
    return named in raw and b'"tlp"' not in raw and not escaped


def opened(raw: bytes, envelope: Envelope) -> Mapping[str, Any]:
    """What a payload says, if it is of this entry's revision and label; raises ``Refused``."""
    payload = _parsed(raw)
    _require_same(payload, envelope)
    return payload


def _carried(codes: list[str], steps: Iterable[Migration]) -> list[str]:
    """The codes as these migrations leave them."""
    for migration in steps:
        codes, _ = migration.apply(codes)
    return codes


def _parsed(raw: bytes) -> Mapping[str, Any]:
    try:
        found = parse(raw)
    except Malformed as error:
        raise Refused("payload-not-json", "The payload is not JSON: %(why)s", why=error.text) from error
    if not isinstance(found, dict):
        raise _odd("it is no object")
    return found


def _require_same(payload: Mapping[str, Any], envelope: Envelope) -> None:
    """Raises ``Refused`` unless payload and envelope speak of the same revision."""
    said = (payload.get("id"), payload.get("revision"), payload.get("type"), payload.get("schema"))
    if said != (envelope.id, envelope.revision, envelope.kind, envelope.schema):
        raise _odd("it is of another record or revision than its entry")
    if not _is_one(payload.get("type"), _TYPES) or not _is_one(payload.get("state"), _STATES):
        raise _odd("its type or state is unknown here")
    if _label(payload) not in (None, envelope.tlp):
        raise Refused("payload-label", "The payload says another TLP label than its entry.")
    if payload["state"] == RecordState.ERASED:
        raise _odd("an erased record has no payload")
    if envelope.op is Op.RETRACT and payload["state"] != RecordState.RETRACTED:
        raise _odd("its entry retracts it and it does not say so")


def _label(payload: Mapping[str, Any]) -> str | None:
    """What the account says of its own label, if it says any: ``tlp/green`` as ``GREEN``."""
    account = payload.get("account")
    classification = account.get("classification") if isinstance(account, dict) else None
    said = classification.get("tlp") if isinstance(classification, dict) else None
    if not said:
        return None
    return ",".join(str(one).removeprefix("tlp/").upper() for one in said) if isinstance(said, list) else ""


def _is_one(value: object, known: frozenset[str]) -> bool:
    return isinstance(value, str) and value in known


def _is_short(because: Because) -> bool:
    return len(because.reason) <= REASON_MAX and len(because.note) <= NOTE_MAX


def _provenance(said: Provenance, envelope: Envelope, home: Home) -> Provenance:
    """Whose it is here: the peer's, whatever the peer says; terms and descriptor stay the peer's."""
    if said.origin is not Origin.OWN:
        raise _odd("it is not the peer's own record")
    facts = {name: str(getattr(said, name))[:FACT_MAX] for name in _FACTS}
    facts["attribution"] = facts["attribution"] or home.name
    address = f"{home.url}/records/{envelope.id}" if home.url else ""
    return Provenance(Origin.PEER, home.id, source_id=envelope.id, url=address, **facts)


def _odd(why: str) -> Refused:
    return Refused("payload-malformed", "The payload cannot be used: %(why)s.", why=why)
