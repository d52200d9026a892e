"""Addresses that name a thing by its id: what kind it is, and what is needed to ask for it.

A new address with an id in it belongs in ``ROUTES`` (or, if it shows what is public, in ``PUBLIC``);
``tests/web/test_strangers.py`` fails until it is there.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from flask import Flask
from werkzeug.routing import Rule

from registry.identity.rules import Permission
from tests.factories import PASSWORD
from tests.web.strangers.open_to_all import PUBLIC

P = Permission
SENT = (
    "submitted",
    "in_review",
    "changes_requested",
    "accepted",
    "scheduled",
    "published",
    "declined",
    "appealed",
)
DRAWN = ("drawn for a second coding",)
"""Nothing of anybody is: such reports are drawn at random once they are accepted."""
FLAGGED = ("flagged",)
STANDING = ("applied", "active", "declined", "suspended")


@dataclass(frozen=True)
class Route:
    """What stands behind an address.

    ``kind`` names the builder in ``things.py``; ``fills`` the other parts of the address; ``sends``
    what a form or body holds, with ``{organization}`` for the victim's. ``rightful`` are labels of
    things of others that whoever holds ``needs`` may ask for. ``absent`` is the answer for what is not
    there, and so for what is somebody else's.
    """

    kind: str
    needs: Permission
    sends: dict[str, Any] = field(default_factory=dict)
    fills: dict[str, str] = field(default_factory=dict)
    rightful: tuple[str, ...] = ()
    absent: int = 404


_NOTE, _REASON = {"note": "Say more."}, {"reason": "test", "note": "It is one."}
_THING = "5" * 32  # unlike answers.NOWHERE: a page may repeat what was typed
_CHOICE, _CHOSEN = {"choices": {_THING: "keep"}}, {f"detail-{_THING}": "keep"}
_ANSWER, _FIRST = {"text": "Seventeen."}, {"number": "1"}
_WORDS = {"text": "It was not."}
_SHOWN = {"description": "Taken over."}
_RETRACT = {"what": "retract/wrong", "revision": "1"}
_PROPOSAL = {"kind": "retract", "reason": "wrong", "revision": 1}
_LOCK, _PROOF = {"lock": "1"}, {"password": PASSWORD}

ROUTES: dict[str, Route] = {
    # An organization's own reports.
    "api_submissions.get_read": Route("report", P.READ_SUBMISSIONS),
    "api_submissions.get_history": Route("report", P.READ_SUBMISSIONS),
    "api_submissions.patch_change": Route(
        "report", P.WRITE_SUBMISSIONS, {"account": {"title": "Taken over"}}
    ),
    "api_submissions.post_submit": Route("report", P.WRITE_SUBMISSIONS),
    "api_submissions.post_withdraw": Route("report", P.WITHDRAW_SUBMISSIONS),
    "api_revising.post_revise": Route("report", P.REVISE_PUBLISHED),
    "api_revising.post_answer_held": Route("report", P.REVISE_PUBLISHED, {"held": "held", "text": ""}),
    "held.answer": Route("report", P.REVISE_PUBLISHED, {"held": "held", **_LOCK}),
    "revising.begin": Route("report", P.REVISE_PUBLISHED, _LOCK),
    "api_appeals.get_read": Route("report", P.READ_SUBMISSIONS),
    "api_appeals.post_make": Route("report", P.APPEAL_SUBMISSIONS, _WORDS),
    "api_appeals.post_uphold": Route("report", P.REVIEW, rightful=SENT),
    "api_appeals.post_reject": Route("report", P.REVIEW, {"reason": "other", "note": "So."}, rightful=SENT),
    "appealing.ask": Route("report", P.APPEAL_SUBMISSIONS),
    "appealing.make": Route("report", P.APPEAL_SUBMISSIONS, {**_WORDS, **_LOCK}),
    "appeals.decide": Route("report", P.REVIEW, {"outcome": "uphold", **_LOCK}, rightful=SENT),
    "api_submissions.get_findings": Route("report", P.READ_SUBMISSIONS),
    "api_submissions.post_choose": Route("report", P.WRITE_SUBMISSIONS, _CHOICE),
    "mine.add": Route("report", P.WRITE_SUBMISSIONS, {"text": "Taken over"}),
    "api_submissions.get_risk": Route("report", P.READ_SUBMISSIONS),
    "api_submissions.post_make_less_exact": Route(
        "report", P.WRITE_SUBMISSIONS, {"levels": {"date": "year"}}
    ),
    "api_questions.get_own": Route("report", P.READ_SUBMISSIONS),
    "api_questions.post_answer": Route("report", P.WRITE_SUBMISSIONS, _ANSWER, fills=_FIRST),
    "answering.answer": Route("report", P.WRITE_SUBMISSIONS, _ANSWER, fills=_FIRST),
    # Files of a report; in these tests each report has one whose id is the report's own.
    "api_attachments.get_list_own": Route("report", P.READ_SUBMISSIONS),
    "api_attachments.post_add": Route("report", P.WRITE_SUBMISSIONS),
    "api_attachments.get_download_own": Route("report", P.READ_SUBMISSIONS),
    "api_attachments.patch_describe": Route("report", P.WRITE_SUBMISSIONS, _SHOWN),
    "api_attachments.delete_remove": Route("report", P.WRITE_SUBMISSIONS),
    "api_attachments.get_list_others": Route("report", P.READ_REVIEWS, rightful=SENT),
    "api_attachments.get_download_others": Route("report", P.READ_REVIEWS, rightful=SENT),
    "attaching.files": Route("report", P.WRITE_SUBMISSIONS),
    "attaching.add": Route("report", P.WRITE_SUBMISSIONS, {**_SHOWN, **_LOCK}),
    "attaching.one": Route("report", P.READ_SUBMISSIONS),
    "attaching.describe": Route("report", P.WRITE_SUBMISSIONS, {**_SHOWN, **_LOCK}),
    "attaching.remove": Route("report", P.WRITE_SUBMISSIONS, _LOCK),
    "evidence.one": Route("report", P.READ_REVIEWS, rightful=SENT),
    "api_originals.post_erase": Route("report", P.ERASE_ORIGINALS),
    "api_originals.get_erasure": Route("erased", P.READ_SUBMISSIONS),
    "originals.ask": Route("report", P.ERASE_ORIGINALS),
    "originals.erase": Route("report", P.ERASE_ORIGINALS, _LOCK),
    "originals.receipt": Route("erased", P.READ_SUBMISSIONS),
    "originals.copy": Route("erased", P.READ_SUBMISSIONS),
    "mine.item": Route("report", P.READ_SUBMISSIONS),
    "mine.ask_withdraw": Route("report", P.WITHDRAW_SUBMISSIONS),
    "mine.withdraw": Route("report", P.WITHDRAW_SUBMISSIONS, _LOCK),
    "report.resume": Route("report", P.WRITE_SUBMISSIONS),
    "report.step_page": Route("report", P.WRITE_SUBMISSIONS, fills={"slug": "story"}),
    "report.keep_step": Route(
        "report", P.WRITE_SUBMISSIONS, {"title": "Taken over", "text": "By me.", **_LOCK}, {"slug": "story"}
    ),
    "known.question": Route("report", P.WRITE_SUBMISSIONS),
    "known.answer": Route("report", P.WRITE_SUBMISSIONS, {"choice": "none", **_LOCK}),
    "statement.form": Route("report", P.WRITE_SUBMISSIONS),
    "statement.keep": Route("report", P.WRITE_SUBMISSIONS, {"text": "Taken over.", **_LOCK}),
    "statement.check": Route("report", P.WRITE_SUBMISSIONS),
    "statement.send": Route("report", P.WRITE_SUBMISSIONS, _LOCK),
    "personal.details": Route("report", P.WRITE_SUBMISSIONS),
    "personal.choose": Route("report", P.WRITE_SUBMISSIONS, {**_CHOSEN, **_LOCK}),
    "personal.hide_all": Route("report", P.WRITE_SUBMISSIONS, _LOCK),
    "exactness.choose": Route("report", P.WRITE_SUBMISSIONS),
    "exactness.wish": Route("report", P.WRITE_SUBMISSIONS, {"exact-date": "year", **_LOCK}),
    "naming.choices": Route("report", P.NAME_SUBMISSIONS),
    "naming.choose": Route("report", P.NAME_SUBMISSIONS, {"identity": "named", **_LOCK}),
    "naming.publisher": Route("report", P.NAME_SUBMISSIONS),
    "naming.ask": Route("report", P.NAME_SUBMISSIONS, {"publisher": "Open Review", "tell": "yes", **_LOCK}),
    "labelling.choices": Route("report", P.WRITE_SUBMISSIONS),
    "labelling.choose": Route("report", P.WRITE_SUBMISSIONS, {"tlp": "GREEN", **_LOCK}),
    "labelling.tell_all": Route("report", P.WRITE_SUBMISSIONS, _LOCK),
    "labelling.narrow": Route("report", P.REVIEW, _LOCK, rightful=SENT),
    # Reports that others ask an organization to publish.
    "others.item": Route("offer", P.READ_OFFERS),
    "others.take": Route("offer", P.DECIDE_OFFERS, {"identity": "named", **_LOCK}),
    "others.refuse": Route("offer", P.DECIDE_OFFERS, {"reason": "Because I can."}),
    "api_offers.get_read": Route("offer", P.READ_OFFERS),
    "api_offers.post_take": Route("offer", P.DECIDE_OFFERS, {"identity": "named"}),
    "api_offers.post_refuse": Route("offer", P.DECIDE_OFFERS, {"reason": "Because I can."}),
    "sending.answers": Route("report", P.WRITE_SUBMISSIONS),
    "sending.send": Route("report", P.WRITE_SUBMISSIONS, _LOCK),
    "sending.sent": Route("report", P.READ_SUBMISSIONS),
    "sending.along": Route("report", P.READ_SUBMISSIONS),
    "sending.copy": Route("report", P.READ_SUBMISSIONS),
    # Reports of other organizations under review: what was sent is rightly open to reviewers.
    "api_reviews.get_read": Route("report", P.READ_REVIEWS, rightful=SENT),
    "api_reviews.post_claim": Route("report", P.REVIEW, rightful=SENT),
    "api_reviews.post_resolve": Route("report", P.REVIEW, _CHOICE, rightful=SENT),
    "api_reviews.get_risk": Route("report", P.READ_REVIEWS, rightful=SENT),
    "api_reviews.post_decide_risk": Route(
        "report", P.REVIEW, {"levels": {"date": "year"}, "reason": "Safe."}, rightful=SENT
    ),
    "api_reviews.post_classify": Route(
        "report", P.REVIEW, {"facet": "severity", "codes": ["severity/minor"]}, rightful=SENT
    ),
    "api_second-codings.get_read": Route("report", P.REVIEW),
    "api_second-codings.post_save": Route("report", P.REVIEW, {"codings": []}),
    "api_reviews.post_release": Route("report", P.REVIEW, rightful=SENT),
    "api_reviews.post_unmask": Route("report", P.REVIEW, {"reason": "safety"}, rightful=SENT),
    "api_reviews.post_recuse": Route("report", P.REVIEW, {"reason": "close"}, rightful=SENT),
    "api_reviews.post_request_changes": Route("report", P.REVIEW, _NOTE, rightful=SENT),
    "api_reviews.post_accept": Route("report", P.REVIEW, _NOTE, rightful=SENT),
    "api_reviews.post_decline": Route("report", P.REVIEW, _REASON, rightful=SENT),
    "api_questions.get_of": Route("report", P.READ_REVIEWS, rightful=SENT),
    "api_questions.post_ask": Route("report", P.REVIEW, _ANSWER, rightful=SENT),
    "api_questions.post_close": Route("report", P.REVIEW, {"upto": 1}, rightful=SENT),
    "asking.ask": Route("report", P.REVIEW, {"question": "Which?", **_LOCK}, rightful=SENT),
    "asking.close": Route("report", P.REVIEW, {"upto": "1", **_LOCK}, rightful=SENT),
    "api_notes.get_of": Route("report", P.READ_REVIEWS, rightful=SENT),
    "api_notes.post_write": Route("report", P.REVIEW, _ANSWER, rightful=SENT),
    "noting.write": Route("report", P.REVIEW, {"remark": "Odd.", **_LOCK}, rightful=SENT),
    "api_same-event.post_resolve_relation": Route("report", P.REVIEW, {"decision": "confirm"}, rightful=SENT),
    "api_merging.post_belongs": Route("report", P.REVIEW, {"record": "aiid:1"}, rightful=SENT),
    "merging.belongs": Route("report", P.REVIEW, {"record": "aiid:1", **_LOCK}, rightful=SENT),
    "relation.decide": Route("report", P.REVIEW, {"relation": "confirm", **_LOCK}, rightful=SENT),
    "unread.close": Route("report", P.REVIEW, {"upto": "1", **_LOCK}, rightful=SENT),
    "deciding.item": Route("report", P.READ_REVIEWS, rightful=SENT),
    "deciding.claim": Route("report", P.REVIEW, _LOCK, rightful=SENT),
    "deciding.release": Route("report", P.REVIEW, _LOCK, rightful=SENT),
    "aside.unmask": Route("report", P.REVIEW, {"unmask": "safety", **_LOCK}, rightful=SENT),
    "aside.recuse": Route("report", P.REVIEW, {"reason": "close", **_LOCK}, rightful=SENT),
    "deciding.decide_details": Route("report", P.REVIEW, {**_CHOSEN, **_LOCK}, rightful=SENT),
    "exactness.decide": Route(
        "report", P.REVIEW, {"exact-date": "year", "act": "decide", **_LOCK}, rightful=SENT
    ),
    "alike.count": Route("report", P.REVIEW, {"exact-date": "year"}, rightful=SENT),
    "comparing.beside": Route("report", P.READ_REVIEWS, rightful=SENT),
    "again.item": Route("report", P.REVIEW, rightful=DRAWN),
    "again.save": Route("report", P.REVIEW, {"severity": "severity/minor"}),
    "queue_acts.beside": Route("report", P.READ_REVIEWS, fills={"way": "next"}, rightful=SENT),
    "queue_acts.forget": Route("view", P.READ_REVIEWS),
    "api_queue.delete_forget": Route("view", P.READ_REVIEWS),
    "coding.choose": Route("report", P.REVIEW, {"open": "severity", **_LOCK}, rightful=SENT),
    "coding.classify": Route(
        "report", P.REVIEW, {"code-facet": "severity", "code": "severity/minor", **_LOCK}, rightful=SENT
    ),
    "deciding.decide": Route("report", P.REVIEW, {"decision": "accept", **_LOCK}, rightful=SENT),
    # Public records that need a look, and changes of them.
    "caring.item": Route("record", P.READ_FLAGS, rightful=FLAGGED),
    "caring.dismiss": Route("record", P.CARE_FOR_RECORDS, {"dismissal": "spam"}, rightful=FLAGGED),
    "caring.propose": Route("record", P.CARE_FOR_RECORDS, _RETRACT, rightful=FLAGGED),
    "caring.decide": Route("change", P.DECIDE_CHANGES, {"decision": "approve", **_LOCK}, rightful=FLAGGED),
    "caring.take_back": Route("change", P.CARE_FOR_RECORDS, _LOCK, rightful=FLAGGED),
    "own_change.form": Route("report", P.CHANGE_RECORDS),
    "own_change.ask": Route("report", P.CHANGE_RECORDS, _RETRACT),
    "own_change.take_back": Route("change", P.CHANGE_RECORDS, _LOCK),
    "api_care.get_read": Route("record", P.READ_FLAGS, rightful=FLAGGED),
    "api_care.post_dismiss": Route(
        "record", P.CARE_FOR_RECORDS, {"flags": [_THING], "reason": "spam"}, rightful=FLAGGED
    ),
    "api_care.post_propose": Route("record", P.CARE_FOR_RECORDS, _PROPOSAL, rightful=FLAGGED),
    "api_care.get_read_change": Route("change", P.READ_FLAGS, rightful=FLAGGED),
    "api_care.post_approve": Route("change", P.DECIDE_CHANGES, rightful=FLAGGED),
    "api_care.post_refuse": Route("change", P.DECIDE_CHANGES, {"reason": "milder"}, rightful=FLAGGED),
    "api_care.post_take_back": Route("change", P.CARE_FOR_RECORDS, rightful=FLAGGED),
    "api_care.get_own": Route("report", P.READ_SUBMISSIONS),
    "api_care.post_propose_own": Route("report", P.CHANGE_RECORDS, _PROPOSAL),
    "api_care.post_take_own_back": Route("report", P.CHANGE_RECORDS, {"change": _THING}),
    # The people and programs of an organization.
    "members.one_person": Route("person", P.MANAGE_MEMBERS),
    "members.change_roles": Route("person", P.MANAGE_MEMBERS, {"roles": "member"}),
    "members.leaving": Route("person", P.MANAGE_MEMBERS),
    "members.leave": Route("person", P.MANAGE_MEMBERS),
    "members.send_again": Route("invitation", P.MANAGE_MEMBERS),
    "members.revoke": Route("invitation", P.MANAGE_MEMBERS),
    "programs.one_program": Route("program", P.MANAGE_CLIENTS),
    "programs.renew": Route("program", P.MANAGE_CLIENTS),
    "programs.switch_off": Route("program", P.MANAGE_CLIENTS),
    "programs.switch_on": Route("program", P.MANAGE_CLIENTS),
    "provider.one_provider": Route("provider", P.MANAGE_ORGANIZATION),
    "provider.admit_everybody": Route("provider", P.MANAGE_ORGANIZATION),
    "provider.admit_known": Route("provider", P.MANAGE_ORGANIZATION),
    "provider.switch_off": Route("provider", P.MANAGE_ORGANIZATION),
    "provider.switch_on": Route("provider", P.MANAGE_ORGANIZATION),
    "provider.remove": Route("provider", P.MANAGE_ORGANIZATION),
    "provider.renew": Route("provider", P.MANAGE_ORGANIZATION, {"secret": "another secret"}),
    "provider.test": Route("provider", P.MANAGE_ORGANIZATION),
    # What belongs to a person.
    "identities.connect": Route("provider", P.MANAGE_ACCOUNT, _PROOF, absent=409),
    "identities.disconnect": Route("provider", P.MANAGE_ACCOUNT, _PROOF),
    "applications.withdraw": Route("consent", P.MANAGE_ACCOUNT, {"organization": "{organization}"}),
    "sessions.end": Route("session", P.MANAGE_ACCOUNT),
    "passkeys.one": Route("passkey", P.MANAGE_ACCOUNT),
    "passkeys.rename": Route("passkey", P.MANAGE_ACCOUNT, {"name": "Taken over"}),
    "passkeys.remove": Route("passkey", P.MANAGE_ACCOUNT, {"password": PASSWORD}),
    # The steward looks after every organization.
    "steward.one": Route("organization", P.DECIDE_APPLICATIONS, rightful=STANDING),
    "belonging.belong": Route("organization", P.DECIDE_APPLICATIONS, {"parent": ""}, rightful=STANDING),
    "steward.decide": Route(
        "organization",
        P.DECIDE_APPLICATIONS,
        {"decision": "suspend", "reason": "Because I can.", "seen": "active"},
        rightful=STANDING,
    ),
}
"""Endpoint → what stands behind it."""


def with_ids(app: Flask) -> list[Rule]:
    """Every private address with an id in it."""
    return [rule for rule in app.url_map.iter_rules() if rule.arguments and rule.endpoint not in PUBLIC]


def known(app: Flask) -> list[tuple[Rule, Route]]:
    """Those with what stands behind them; that none is missing is a test of its own."""
    return [(rule, ROUTES[rule.endpoint]) for rule in with_ids(app) if rule.endpoint in ROUTES]


def without_ids(app: Flask, method: str) -> list[Rule]:
    """Every address without one."""
    return [
        rule for rule in app.url_map.iter_rules() if not rule.arguments and method in (rule.methods or ())
    ]


def address(rule: Rule, route: Route, key: str) -> str:
    """The address of a thing."""
    parts = {name: route.fills.get(name, key) for name in rule.arguments}
    built = rule.build(parts, append_unknown=False)
    assert built is not None, f"{rule.endpoint} cannot be built from {parts}"
    return str(built[1])


def methods(rule: Rule) -> Iterator[str]:
    """What can be done there."""
    yield from sorted((rule.methods or set()) - {"HEAD", "OPTIONS"})
