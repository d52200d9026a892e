"""The two ceremonies of WebAuthn, level 3: making a passkey (section 7.1) and showing one (section 7.2).

What a browser is asked is JSON, and what it answers is JSON that anybody may have written. The
library ``webauthn`` does the checks; here are the bounds before them, what it leaves open, and one
error for everything that can be wrong.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any, Final

import webauthn
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from webauthn.helpers import base64url_to_bytes, bytes_to_base64url, options_to_json, parse_attestation_object
from webauthn.helpers.exceptions import WebAuthnException
from webauthn.helpers.structs import (
    AttestationConveyancePreference,
    AuthenticatorSelectionCriteria,
    PublicKeyCredentialDescriptor,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

from registry.errors import N_, CommonsError
from registry.identity.factors.relying import RelyingParty

ANSWER_MAX: Final = 16_000
"""Characters of an answer that are read; one without attestation has about a thousand."""
ID_MAX: Final = 1_023
"""Bytes of a credential's id (section 7.1, step 25)."""
CHALLENGE_BYTES: Final = 32
WAIT_MS: Final = 300_000
"""Milliseconds that a browser may wait for its person; a challenge lives as long."""
ATTESTATIONS: Final = ("none", "packed")
"""Forms that a browser may answer with when no attestation is asked for: none, or the key's own."""
_BROKEN: Final = (
    WebAuthnException,
    InvalidSignature,
    UnsupportedAlgorithm,
    ValueError,
    LookupError,
    TypeError,
    AttributeError,
    RecursionError,
    OverflowError,
)
"""What the library and those below it raise for answers that no browser of good faith would send."""


class PasskeyRefused(CommonsError):
    """The answer of a browser does not show a passkey of this node; the sentence never says why."""

    message = N_("The passkey was not accepted. Try again, or use another way.")


@dataclass(frozen=True, slots=True)
class Answer:
    """What a browser answered: the whole, and what has to be known before it can be checked.

    ``credential_id`` and ``challenge`` are base64url; ``handle`` is the person's id, if it came along.
    """

    whole: dict[str, Any]
    credential_id: str
    challenge: str
    handle: bytes | None


@dataclass(frozen=True, slots=True)
class NewKey:
    """A passkey just made, as it is kept: ``id`` and ``public_key`` are base64url."""

    id: str
    public_key: str
    sign_count: int


@dataclass(frozen=True, slots=True)
class Whom:
    """For whom a passkey is made: ``handle`` says nothing of them, the names are shown on their device."""

    handle: bytes
    email: str
    name: str


def creation_options(
    party: RelyingParty, node_name: str, whom: Whom, challenge: str, known: Collection[str]
) -> str:
    """What a browser is asked in order to make a passkey; ``known`` are ids of those the person has."""
    return options_to_json(
        webauthn.generate_registration_options(
            rp_id=party.id,
            rp_name=node_name,
            user_id=whom.handle,
            user_name=whom.email,
            user_display_name=whom.name,
            challenge=base64url_to_bytes(challenge),
            timeout=WAIT_MS,
            attestation=AttestationConveyancePreference.NONE,
            authenticator_selection=AuthenticatorSelectionCriteria(
                resident_key=ResidentKeyRequirement.PREFERRED,
                user_verification=UserVerificationRequirement.PREFERRED,
            ),
            exclude_credentials=_described(known),
        )
    )


def request_options(party: RelyingParty, challenge: str, known: Collection[str], *, verify: bool) -> str:
    """What a browser is asked in order to show a passkey.

    Without ``known`` ids the device offers what it has for this node. ``verify`` demands that the
    device makes sure who holds it; else that is preferred.
    """
    wanted = UserVerificationRequirement.REQUIRED if verify else UserVerificationRequirement.PREFERRED
    return options_to_json(
        webauthn.generate_authentication_options(
            rp_id=party.id,
            challenge=base64url_to_bytes(challenge),
            timeout=WAIT_MS,
            allow_credentials=_described(known),
            user_verification=wanted,
        )
    )


def read(text: str) -> Answer:
    """An answer as far as it can be read without knowing anything; raises ``PasskeyRefused``."""
    if len(text) > ANSWER_MAX:
        raise PasskeyRefused
    try:
        whole = json.loads(text)
        said = json.loads(base64url_to_bytes(whole["response"]["clientDataJSON"]))
        name, challenge, handle = whole["id"], said["challenge"], whole["response"].get("userHandle")
        found = Answer(whole, name, challenge, None if handle is None else base64url_to_bytes(handle))
        good = 0 < len(base64url_to_bytes(name)) <= ID_MAX and isinstance(challenge, str)
        foreign = said.get("crossOrigin") not in (None, False) or "topOrigin" in said
    except _BROKEN as error:
        raise PasskeyRefused from error
    if not good or foreign:
        raise PasskeyRefused  # asked by a page inside somebody else's page, or not asked by any
    return found


def check_new(party: RelyingParty, answer: Answer, challenge: str) -> NewKey:
    """The passkey that an answer to ``creation_options`` holds; raises ``PasskeyRefused``."""
    try:
        attested = parse_attestation_object(base64url_to_bytes(answer.whole["response"]["attestationObject"]))
        if attested.fmt not in ATTESTATIONS:
            raise PasskeyRefused
        made = webauthn.verify_registration_response(
            credential=answer.whole,
            expected_challenge=base64url_to_bytes(challenge),
            expected_rp_id=party.id,
            expected_origin=party.origin,
        )
    except _BROKEN as error:
        raise PasskeyRefused from error
    if len(made.credential_id) > ID_MAX or bytes_to_base64url(made.credential_id) != answer.credential_id:
        raise PasskeyRefused
    return NewKey(answer.credential_id, bytes_to_base64url(made.credential_public_key), made.sign_count)


def check_shown(party: RelyingParty, answer: Answer, challenge: str, public_key: str, *, verify: bool) -> int:
    """The signature counter of an answer to ``request_options``; raises ``PasskeyRefused``.

    Whether the counter may be what it is, is the caller's to decide: only they can do it for all rivals.
    """
    try:
        shown = webauthn.verify_authentication_response(
            credential=answer.whole,
            expected_challenge=base64url_to_bytes(challenge),
            expected_rp_id=party.id,
            expected_origin=party.origin,
            credential_public_key=base64url_to_bytes(public_key),
            credential_current_sign_count=0,
            require_user_verification=verify,
        )
    except _BROKEN as error:
        raise PasskeyRefused from error
    return shown.new_sign_count


def mark(credential_id: str) -> str:
    """A short name for a passkey in the addresses of its person's pages: 32 hex digits."""
    return hashlib.sha256(credential_id.encode()).hexdigest()[:32]


def _described(ids: Collection[str]) -> list[PublicKeyCredentialDescriptor]:
    return [PublicKeyCredentialDescriptor(id=base64url_to_bytes(one)) for one in ids]
