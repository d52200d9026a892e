"""What no export tells, and why. Every export carries this list; a test holds it against the tables.

A key is a table, or ``table.column``. A new table or column is either told in ``contents.py`` or it
stands here with its reason.
"""

from __future__ import annotations

from typing import Final

SECRET: Final = "It is, or was made from, a secret."  # noqa: S105 - words about secrets
BRIEF: Final = "It lives for minutes and says nothing more than what is told elsewhere."
NODE: Final = "It belongs to the running of the node and names nobody."
OPENED: Final = "It is sealed; what it holds is told in plain words."
CHAIN: Final = "It holds the rows of the trail together and says nothing of its own."
BOOKKEEPING: Final = "It counts changes, so that two of them at once are noticed."
CODED: Final = "It is taken from the account, which is told."

LEFT_OUT: Final[dict[str, str]] = {
    "authorization_code": SECRET,
    "refresh_token": SECRET,
    "device_code": SECRET,
    "mailed_proof": SECRET,
    "exactness_choice.id": BOOKKEEPING,
    "review_coding.id": BOOKKEEPING,
    "review_coding.sealed_note": OPENED,
    "exactness_choice.sealed_reason": OPENED,
    "factor_challenge": BRIEF,
    "kept_form": "It waits, sealed, for the person's next session; then it is a report, or gone.",
    "pending_sign_in": BRIEF,
    "provider_attempt": BRIEF,
    "visit": "It is half a day of somebody without an account, and names nobody.",
    "seen_assertion": NODE,
    "revoked_token": NODE,
    "signing_key": NODE,
    "outbox_job": NODE,
    "handover": NODE,
    "green_partner": NODE,
    "master_key": NODE,
    "news_mark": NODE,
    "data_key": SECRET,
    "idempotency_key": "It is a mark that a request was answered; the report that it led to is told.",
    "attachment.address": "It says where the file lies sealed; it can be downloaded from its report.",
    "attachment.glimpse": "It is a blur of the picture, which can be downloaded itself.",
    "attachment.standing": BOOKKEEPING,
    "attachment.taken": BOOKKEEPING,
    "attachment.ended_at": "What is removed is gone within a day, and told no more.",
    "record_flag": "Nobody knows who wrote it; that a reviewer answered it is told with their acts.",
    "record_change.token": NODE,
    "record_change.lock": BOOKKEEPING,
    "record_change.sealed_note": "It is public on its record, or deleted once it is decided.",
    "audit_event.hash": CHAIN,
    "audit_event.id": BOOKKEEPING,
    "audit_event.previous": CHAIN,
    "client.token_hash": SECRET,
    "client.secret_hash": SECRET,
    "client.generation": BOOKKEEPING,
    "identity_provider.sealed_secret": SECRET,
    "invitation.language": "It is the language of the letter.",
    "membership.id": NODE,
    "organization_application.id": NODE,
    "organization_ruling.id": NODE,
    "passkey.id": SECRET,
    "passkey.public_key": SECRET,
    "passkey.sign_count": SECRET,
    "person.password_hash": SECRET,
    "provider_login.provider_id": "The provider's name and address are told instead.",
    "queue_view.id": NODE,
    "recovery_code.code_hash": SECRET,
    "review_claim.reviewer_name": "The reviewer's id is told instead.",
    "review_decision.id": NODE,
    "review_second": "It is a sample drawn at random; what second reviewers say is told with the rest.",
    "review_release": "It is a moment drawn at random, and past once the report is public.",
    "sign_in.id": NODE,
    "submission.files_numbered": BOOKKEEPING,
    "sign_in.provider_id": "That it began through a provider is told; which ones a person uses, too.",
    "sign_in.secret_hash": SECRET,
    "submission.lock": BOOKKEEPING,
    "submission.coded_event": CODED,
    "submission.coded_severity": CODED,
    "submission.coded_sectors": CODED,
    "submission.coded_language": CODED,
    "submission.marked_parties": CODED,
    "submission.state_at": "It is the time of the last step that is told.",
    "addition.sealed": OPENED,
    "addition.unread": "That a reviewer has read it is a step of the report.",
    "report_offer.sealed_message": OPENED,
    "report_offer.sealed_reason": OPENED,
    "submission.sealed_title": OPENED,
    "submission_version.sealed_account": OPENED,
    "review_decision.sealed_note": OPENED,
    "organization_name.id": NODE,
    "organization_name.folded": BOOKKEEPING,
    "declared_tie.id": NODE,
    "declared_tie.folded": BOOKKEEPING,
    "review_vote.id": NODE,
    "review_vote.mark": "It recognises what would have been published, and tells nothing by itself.",
    "review_vote.sealed_note": OPENED,
    "review_appeal.sealed_reason": OPENED,
    "review_question.sealed_text": OPENED,
    "review_question.sealed_answer": OPENED,
    "review_question.unread": "That a reviewer has read it is a step of the report.",
    "review_remark.sealed_text": OPENED,
    "submission.receipt_hash": SECRET,
    "totp_factor.sealed_secret": SECRET,
    "totp_factor.last_step": SECRET,
    "totp_factor.confirmed_at": "Whether there are one-time codes is told with the person.",
}
"""Table, or table and column → the reason."""
