"""Signing in with a passkey: alone, or as the second step after a password."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, request, session
from werkzeug.wrappers import Response

from api.node import the_node
from registry.errors import NotAllowed, TooManyTries
from registry.identity.factors.ceremony import PasskeyRefused
from registry.identity.factors.challenges import ChallengeOver
from registry.identity.factors.passkeys import NoPasskeysHere
from registry.identity.factors.pending import SecondStepOver
from registry.identity.factors.showing import PasskeySignIns
from registry.identity.secrets import new_secret
from registry.limits import Limit
from web.pages import devices, people
from web.pages.chrome import here
from web.pages.signin import CODE, carried, enter, onward, the_throttle
from web.pages.waiting import slow_down
from web.pages.words import say

blueprint = Blueprint("passkey_signin", __name__)

BROWSER = "browser"
"""Key of the cookie: a secret of this browser, to which the question of the sign-in page is bound."""
FROM_ONE_PLACE = Limit("passkey-place", 60, 60)


@blueprint.post("/signin/passkey")
def sign_in() -> Response:
    """A whole sign-in: something the person has, unlocked by something they know or are."""
    side = the_node().private
    try:
        side.limiter.take(FROM_ONE_PLACE, request.remote_addr or "")
        done = _ways().sign_in(str(session.get(BROWSER, "")), answer(), device=devices.word())
    except TooManyTries as slow:
        return _again("/signin", slow_down(slow))
    except (PasskeyRefused, ChallengeOver, NotAllowed) as refused:
        return _again("/signin", say(refused))
    people.remember(done)
    return redirect(onward(), 303)


@blueprint.post("/signin/code/passkey")
def second_step() -> Response:
    """The second step, for somebody whose password was right."""
    secret, mark = people.waiting_secret(), people.waiting_mark()
    throttle, device = the_throttle(), devices.known_for(mark)
    try:
        waiting = the_node().private.factors.second_step.waiting(secret)
        throttle.second_step(waiting.person_id, device)
        done = _ways().second_step(secret, answer(), device=devices.word())
    except TooManyTries as slow:
        return _again(CODE, slow_down(slow))
    except SecondStepOver as over:
        people.stop_waiting()
        return _again("/signin", say(over))
    except (PasskeyRefused, ChallengeOver, NotAllowed) as refused:
        return _again(CODE, say(refused))
    throttle.second_passed(waiting.person_id, device)
    return enter(done, mark)


def answer() -> str:
    """What the device answered; raises ``ChallengeOver`` when the page stood open too long to ask it."""
    said = request.form.get("answer", "")
    if not said:
        raise ChallengeOver
    return said


@blueprint.app_template_global("passkey_party")
def party() -> object:
    """For whom passkeys are here, or None where browsers offer none."""
    side = the_node().private_side
    return side.factors.passkeys.party if side is not None else None


@blueprint.app_template_global("passkey_question")
def question() -> str:
    """What the sign-in page asks a device, as JSON."""
    browser = session.setdefault(BROWSER, new_secret())
    return _ways().question(str(browser))


@blueprint.app_template_global("passkey_second_question")
def second_question() -> str:
    """What the page of the second step asks a device, as JSON; empty where it cannot ask."""
    try:
        return _ways().second_question(people.waiting_secret())
    except (PasskeyRefused, NoPasskeysHere, SecondStepOver):
        return ""


def _ways() -> PasskeySignIns:
    return the_node().private.factors.passkey_sign_ins


def _again(path: str, sentence: str) -> Response:
    flash(sentence)
    return redirect(here(path) + carried(), 303)
