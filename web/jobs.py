"""What the worker does with each kind of queued work. Every handler may run twice."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from api.node import Node, PrivateSide
from registry.custody.alone import ALONE
from registry.custody.letters import LAPSING
from registry.identity.factors.letters import KINDS as FACTOR_LETTERS
from registry.identity.removal import FORGET_LETTERS
from registry.identity.selfcare.letters import WRITERS as ACCOUNT_LETTERS
from registry.identity.tenants.applications import DECLINED, UNCONFIRMED
from registry.identity.tenants.letters import WRITERS, Letter
from registry.intake.due import HELD_DUE
from registry.intake.held.letters import WRITERS as HELD_LETTERS
from registry.intake.identities.letters import WRITERS as IDENTITY_LETTERS
from registry.mail import Mailer, Undeliverable
from registry.review.aftercare.changes import CHANGES_DUE
from registry.review.asking.letters import WRITERS as QUESTION_LETTERS
from registry.review.coding.second import AGREEMENT_DUE
from registry.review.news.letters import KINDS as NEWS_LETTERS
from registry.review.service import PUBLICATION_DUE
from web.letters import compose
from web.logs import log

Payload = Mapping[str, Any]
Handler = Callable[[Payload], object]
Writer = Callable[[str, Payload], Letter | None]
"""Makes the letter of a job; None when there is no reason for it any more."""


def handlers(node: Node, side: PrivateSide) -> Mapping[str, Handler]:
    """Kind of job → what does it."""
    return {
        PUBLICATION_DUE: lambda _: side.publication.publish_batch(),
        CHANGES_DUE: lambda _: side.record_changes.carry_out(),
        HELD_DUE: lambda payload: side.held.ask(payload["submission_id"]),
        AGREEMENT_DUE: lambda _: side.agreement.publish(),
        UNCONFIRMED: partial(_lapse, side, UNCONFIRMED),
        DECLINED: partial(_lapse, side, DECLINED),
        ALONE: lambda payload: side.custody.erasure.lapse(payload["person_id"]),
        FORGET_LETTERS: lambda _: side.mailer.forget(side.directory.knows_address),
        LAPSING: partial(_send, node, side.mailer, side.custody.letters.write, LAPSING),
        **{kind: partial(_send, node, side.mailer, side.tenants.letters.write, kind) for kind in WRITERS},
        **{
            kind: partial(_send, node, side.mailer, side.factors.letters.write, kind)
            for kind in FACTOR_LETTERS
        },
        **{
            kind: partial(_send, node, side.mailer, side.selfcare.letters.write, kind)
            for kind in ACCOUNT_LETTERS
        },
        **{
            kind: partial(_send, node, side.mailer, side.identities.letters.write, kind)
            for kind in IDENTITY_LETTERS
        },
        **{kind: partial(_send, node, side.mailer, side.held.letter, kind) for kind in HELD_LETTERS},
        **{
            kind: partial(_send, node, side.mailer, side.reviewing.questions.letter, kind)
            for kind in QUESTION_LETTERS
        },
        **{
            kind: partial(_send, node, side.mailer, side.reviewing.news.letter, kind)
            for kind in NEWS_LETTERS.values()
        },
    }


def _send(node: Node, mailer: Mailer, write: Writer, kind: str, payload: Payload) -> None:
    letter = write(kind, payload)
    if letter is None or "@" not in letter.to:  # some are known to their provider only
        return
    try:
        mailer.send(compose(letter, node.settings))
    except Undeliverable:
        log.warning("letter undeliverable", kind=kind)  # sent again it would fare no better


def _lapse(side: PrivateSide, kind: str, payload: Payload) -> None:
    side.tenants.applications.lapse(kind, payload["application_id"])
