"""A row in every private table for one person and one organization, with a canary in every text.

Made from the tables themselves, so that a new one is filled, exported and erased without being named.
"""

from __future__ import annotations

import sqlite3
from datetime import timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    Column,
    Integer,
    LargeBinary,
    String,
    Table,
    Text,
    insert,
    select,
    update,
)
from sqlalchemy.orm import Session

from registry.db.columns import Moment, random_key
from registry.db.private import PrivateBase
from registry.identity.rules import Actor
from registry.intake.attachments import rows
from registry.intake.attachments.models import Attachment
from registry.intake.following.adding import purpose
from registry.intake.following.models import Addition
from registry.intake.identities.models import ReportOffer, offer_text
from registry.intake.models import Submission, SubmissionVersion
from registry.intake.personal.models import DetailChoice
from registry.intake.risk.models import ExactnessChoice, reason_of
from registry.intake.vault import originals
from registry.intake.vault.keys import keys_of
from registry.review.appealing.models import REASON, Appeal
from registry.review.asking.models import Question, answer_of, question_of
from registry.review.coding.models import Coding
from registry.review.coding.models import note_of as coding_note_of
from registry.review.models import DecisionRow, note_of
from registry.review.noting.models import Remark, remark_of
from registry.review.quorum.models import VoteRow
from tests.registry.house import House

KEY_LENGTH = 32
PEOPLE = frozenset(
    [
        "person_id",
        "author_id",
        "reviewer_id",
        "actor_id",
        "invited_by",
        "accepted_by",
        "decided_by",
        "subject_id",
    ]
)
"""Columns that point to a person without a foreign key."""
OTHERS = {"provider_id": "identity_provider", "organization_id": "organization", "client_id": "client"}
"""Columns that point elsewhere without a foreign key, where there is none."""
GIVEN: dict[str, Any] = {
    "submission.state": "published",
    "review_claim.submission_id": None,  # a claim on a published report would be none
    "membership.role": "reviewer",
    "sign_in.ended_at": None,
    "oauth_grant.revoked_at": None,
    "invitation.ended_at": None,
    "invitation.roles": "member",
    "review_decision.version": 1,
    "review_coding.version": 1,
    "review_coding.turn": "review",
    "review_coding.standing": "changed",
    "review_coding.sealed_note": None,
    "submission.version": 1,
    "submission_version.number": 1,
    "submission.erased_at": None,
    **dict.fromkeys(("submission.title", "submission_version.account", "review_decision.note")),
    **dict.fromkeys(
        ("submission.sealed_title", "submission_version.sealed_account", "review_decision.sealed_note")
    ),
    "attachment.standing": "kept",
    "attachment.media": "text/plain",
    **dict.fromkeys(("attachment.glimpse", "attachment.description", "attachment.ended_at")),
    "client.scopes": "reviews:read",
    "oauth_grant.scopes": "reviews:read",
    "oauth_consent.scopes": "reviews:read",
    "organization_ruling.action": "approve",
}
"""Values that have to make sense; every other is made up."""
MARK = "canary-"


def fill(house: House, actor: Actor) -> None:
    """Put a row for this person and their organization into every table; texts carry canaries."""
    made = {table.name: random_key() for table in PrivateBase.metadata.sorted_tables}
    made |= {"person": actor.id, "organization": actor.organization_id, "session": random_key()}
    with house.private.work() as session:
        for table in PrivateBase.metadata.sorted_tables:
            if table.name in ("audit_event", "person", "organization", "data_key"):
                continue
            values = {column.name: _value(house, column, made, actor) for column in table.columns}
            if table.name == "review_claim":
                values["submission_id"] = _in_review(session, house, actor)
            session.execute(insert(table).values(values))
            made[table.name] = str(values[next(iter(table.primary_key)).name])
        _seal(session, made["submission"], made["review_decision"], made["review_vote"])
        _seal_file(session, made["attachment"])
        for name in ("person", "organization"):
            table = PrivateBase.metadata.tables[name]
            texts = {column.name: _text(column) for column in table.columns if _is_text(column)}
            for kept in ("state", "email"):
                texts.pop(kept, None)
            texts |= {"email": "canary-person@example.org"} if name == "person" else {}
            session.execute(update(table).where(table.c.id == made[name]).values(texts))


def _seal_file(session: Session, key: str) -> None:
    row = session.get_one(Attachment, key)
    words = f"{MARK}attachment-description".encode()
    row.description = keys_of(session).seal(session, row.submission_id, words, rows.describing(key))


def _seal(session: Session, key: str, decision_id: str, vote_id: str) -> None:
    """Put canaries where people's words are, as the node keeps them."""
    keys_of(session).make(session, key)
    row, version = session.get_one(Submission, key), session.get_one(SubmissionVersion, (key, 1))
    row.sealed_title = originals.sealed_title(session, key, f"{MARK}submission-title")
    account = {"title": f"{MARK}submission_version-account"}
    version.sealed_account = originals.sealed_account(session, key, 1, account)
    note = originals.sealed_text(session, key, f"{MARK}review_decision-note", note_of(decision_id))
    session.get_one(DecisionRow, decision_id).sealed_note = note
    voted = originals.sealed_text(session, key, f"{MARK}review_vote-note", note_of(vote_id))
    session.get_one(VoteRow, vote_id).sealed_note = voted
    added = session.scalars(select(Addition).where(Addition.submission_id == key)).one()
    added.number, added.writer = 1, "holder"
    added.sealed = keys_of(session).seal(session, key, f"{MARK}addition-text".encode(), purpose(1))
    asked = session.scalars(select(Question).where(Question.submission_id == key)).one()
    asked.number, asked.writer = 1, "holder"
    words = f"{MARK}review_question-text", f"{MARK}review_question-answer"
    asked.sealed_text = originals.sealed_text(session, key, words[0], question_of(1))
    asked.sealed_answer = originals.sealed_text(session, key, words[1], answer_of(1))
    appealed = session.get_one(Appeal, key)
    appealed.writer = "holder"
    appealed.sealed_reason = originals.sealed_text(session, key, f"{MARK}review_appeal-reason", REASON)
    noted = session.scalars(select(Remark).where(Remark.submission_id == key)).one()
    noted.number = 1
    words_noted = f"{MARK}review_remark-text"
    noted.sealed_text = originals.sealed_text(session, key, words_noted, remark_of(1))
    decided = session.scalars(select(ExactnessChoice).where(ExactnessChoice.submission_id == key)).one()
    decided.sealed_reason = originals.sealed_text(
        session, key, f"{MARK}exactness_choice-reason", reason_of(decided.version)
    )
    coding = session.scalars(select(Coding).where(Coding.submission_id == key)).one()
    purpose_of = coding_note_of(coding.turn, coding.version, coding.facet)
    coding.sealed_note = originals.sealed_text(session, key, f"{MARK}review_coding-note", purpose_of)
    offer = session.scalars(select(ReportOffer).where(ReportOffer.submission_id == key)).one()
    for part in ("message", "reason"):
        words = originals.sealed_text(session, key, f"{MARK}report_offer-{part}", offer_text(offer.id, part))
        setattr(offer, f"sealed_{part}", words)
    choice = session.scalars(select(DetailChoice).where(DetailChoice.submission_id == key)).one()
    choice.thing = originals.veiled_thing(session, key, "5" * 32)
    session.flush()


def _in_review(session: Any, house: House, actor: Actor) -> str:
    """A report of another organization, which the person examines."""
    table: Table = PrivateBase.metadata.tables["submission"]
    other = house.people.other_member.organization_id
    values = {
        column.name: _value(house, column, {"organization": other, "submission": random_key()}, actor)
        for column in table.columns
    }
    values |= {
        "state": "in_review",
        "author_id": house.people.other_member.id,
        "channel": "form",
        "kind": "report",
        "about_record": None,
        "about_held": None,
        **dict.fromkeys(
            ("coded_event", "coded_severity", "coded_sectors", "coded_language", "marked_parties")
        ),
    }
    keys_of(session).make(session, str(values["id"]))
    session.execute(insert(table).values(values | {"receipt_hash": random_key(), "record_id": None}))
    return str(values["id"])


def _value(house: House, column: Column[Any], made: dict[str, str], actor: Actor) -> Any:
    name = f"{column.table.name}.{column.name}"
    if name in GIVEN:
        return GIVEN[name]
    if name in ("factor_challenge.sign_in_id", "sign_in.id"):
        return made["session"]
    if isinstance(column.type, Moment):
        return house.clock() + timedelta(days=1)
    return _pointer(column, made, actor) or _made_up(column)


def _pointer(column: Column[Any], made: dict[str, str], actor: Actor) -> str | None:
    """The key that a column holds if it points somewhere, or names the row itself."""
    for foreign in column.foreign_keys:
        return made[foreign.column.table.name]
    if getattr(column.type, "length", None) != KEY_LENGTH:
        return None
    if column.name in PEOPLE:
        return actor.id
    if column.primary_key:
        return made[column.table.name]
    return made[OTHERS[column.name]] if column.name in OTHERS else None


def _made_up(column: Column[Any]) -> Any:
    if isinstance(column.type, Boolean):
        return False
    if isinstance(column.type, (Integer, BigInteger)):
        return 1
    if isinstance(column.type, JSON):
        return [_text(column)] if column.name == "redirect_uris" else {"said": _text(column)}
    if isinstance(column.type, LargeBinary):
        return _text(column).encode()
    return _text(column)


def _is_text(column: Column[Any]) -> bool:
    texts = isinstance(column.type, (String, Text)) and not column.primary_key
    return texts and not column.foreign_keys and column.name not in PEOPLE


def _text(column: Column[Any]) -> str:
    length = getattr(column.type, "length", None)
    if length == KEY_LENGTH:
        return random_key()
    text = f"{MARK}{column.table.name}-{column.name}"
    return text[: length or len(text)]


def canaries(house: House) -> set[str]:
    """Every canary that can still be found: in the whole file on SQLite, in every row elsewhere."""
    held, found = everything(house), set[str]()
    for text in sorted(_texts(), key=len, reverse=True):  # a short one may be the beginning of a longer one
        if text.encode() in held:
            held = held.replace(text.encode(), b"")
            found.add(text)
    return found


def text_of(name: str) -> str:
    """The canary of ``table.column``."""
    table, _, column = name.partition(".")
    return _text(PrivateBase.metadata.tables[table].columns[column])


def _texts() -> set[str]:
    columns = [column for table in PrivateBase.metadata.sorted_tables for column in table.columns]
    made = {_text(column) for column in columns if getattr(column.type, "length", 0) != KEY_LENGTH}
    return {text for text in made if text.startswith(MARK)} | {"canary-person@example.org"}


def everything(house: House) -> bytes:
    """All that the private database holds."""
    address = house.private.address
    if address.startswith("sqlite:///"):
        path = Path(address.removeprefix("sqlite:///"))
        beside = [path.with_name(path.name + end) for end in ("-wal", "-shm", "-journal")]
        sqlite3.connect(path).close()
        return b"".join(one.read_bytes() for one in (path, *beside) if one.exists())
    with house.private.read() as session:
        tables = PrivateBase.metadata.sorted_tables
        return "\n".join(
            str(tuple(row)) for table in tables for row in session.execute(select(table))
        ).encode()
