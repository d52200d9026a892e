"""Signing in through one's organization: its link, the way to its provider, and the way back.

Nobody is told which organizations are here: the link that an administrator hands out is the only way
in, and what a provider sends never stands on a page.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from flask import (
    Blueprint,
    after_this_request,
    current_app,
    flash,
    g,
    redirect,
    render_template,
    request,
    session,
)
from werkzeug.exceptions import BadRequest
from werkzeug.wrappers import Response

from api.node import the_node
from registry.errors import N_, CommonsError, Conflict, NotAllowed, NotFound
from registry.identity.factors.pending import Pending
from registry.identity.providers.attempts import Wish
from registry.identity.providers.flow import ANSWER, Arrival, Done, Offer
from registry.identity.providers.linking import ConnectedElsewhere
from registry.identity.providers.rules import ProviderTrouble, Trouble
from registry.identity.secrets import new_secret
from registry.limits import Limit
from web.pages import devices, people
from web.pages.chrome import here
from web.pages.language import LANGUAGES, default_language, language, site_path
from web.pages.messages import gettext
from web.pages.signin import CODE, onward
from web.pages.words import say

blueprint = Blueprint("provider_signin", __name__)

BROWSER, LAST, TONGUE = "at-provider", "provider", "tongue"
"""Keys of the cookie: a secret of this browser, the provider it went to last, the language it left in."""
COOKIE = "commons-organization"
"""Remembers the provider on this device, for those who ask for that."""
DAYS = 180
FROM_ONE_PLACE = Limit("provider-place", 60, 600)
BACK_AT_ONE_PLACE = Limit("provider-back", 120, 600)
LINK_MAX = 300
_KEY = re.compile(r"(?:^|/)([0-9a-f]{32})(?:[/?#]|$)", re.ASCII)


@dataclass(frozen=True, slots=True)
class Words:
    """What a page says of a trouble: what happened, and what the person can do; its status."""

    happened: str
    advice: str
    status: int = 400


_TELL = N_("If it happens again, tell your administrator.")
TROUBLES: dict[Trouble, Words] = {
    Trouble.STRAY: Words(
        N_("This sign-in was not begun in this browser, was used already, or took too long."),
        N_("Begin again, in this browser."),
    ),
    Trouble.REFUSED: Words(
        N_("Your organization’s sign-in says that it was cancelled, or that you may not use it for this."),
        N_("Try again, or ask your administrator to let you in."),
    ),
    Trouble.DOWN: Words(
        N_("Your organization’s sign-in does not answer right now."), N_("Try again in a minute."), 503
    ),
    Trouble.UNFIT: Words(
        N_("Your organization’s sign-in is not set up as it should be."),
        N_("Tell your administrator; the page “Sign-in through your organization” has a test."),
    ),
    Trouble.MIXED_UP: Words(
        N_("The answer came from somebody else than the one that was asked, and was not taken."),
        N_("Begin again from the link that your administrator gave you, and tell them."),
    ),
    Trouble.EXCHANGE: Words(
        N_("Your organization’s sign-in did not accept this node."),
        N_("Tell your administrator; the secret may have been changed or have run out."),
    ),
    Trouble.TOKEN: Words(
        N_("What your organization’s sign-in says of you could not be verified, and was not taken."), _TELL
    ),
    Trouble.CLOCK: Words(
        N_("The clocks of your organization’s sign-in and of this node do not agree."),
        N_("Try again in a minute. If it happens again, tell your administrator."),
    ),
}
"""Trouble → the words for it."""


@blueprint.get("/signin/organization")
def organization() -> str:
    """Where to put the link that an administrator handed out; the remembered one is offered."""
    return _ask()


@blueprint.post("/signin/organization")
def find() -> Response | tuple[str, int]:
    """Follow the link that was typed; one that is unknown and one that is none get the same answer."""
    the_node().private.limiter.take(FROM_ONE_PLACE, request.remote_addr or "")
    found = _KEY.search(request.form.get("link", "").strip()[:LINK_MAX])
    try:
        offer = the_node().private.providers.sign_ins.offer(found[1] if found else "")
    except NotFound:
        return _ask(gettext("This link leads nowhere. Ask your administrator for the right one.")), 422
    return redirect(here(f"/signin/with/{offer.id}") + _carried(), 303)


@blueprint.post("/signin/organization/forget")
def forget() -> Response:
    """Remember no organization on this device any more."""
    _send_cookie("", 0)
    flash(gettext("Forgotten on this device."))
    return redirect(here("/signin"), 303)


@blueprint.get("/signin/with/<key:key>")
def offer(key: str) -> str | Response:
    """Where this leads, and the way on. No form: browsers would not let one lead to another site."""
    found = the_node().private.providers.sign_ins.offer(key)
    if people.current_actor() is not None and not _invitation():
        return redirect(onward(), 303)
    on = {name: value for name, value in (("next", _wanted()), ("invitation", _invitation())) if value}
    go = here(f"/signin/with/{key}/start") + (f"?{urlencode(on)}" if on else "")
    remembered = request.cookies.get(COOKIE) == key
    return render_template("signin/with.html", offer=found, go=go, remembered=remembered)


@blueprint.post("/signin/with/<key:key>/remember")
def remember(key: str) -> Response:
    """Offer this organization on this device from now on."""
    found = the_node().private.providers.sign_ins.offer(key)
    _send_cookie(found.id, DAYS * 86_400)
    return redirect(here(f"/signin/with/{key}"), 303)


@blueprint.get("/signin/with/<key:key>/start")
def start(key: str) -> Response | tuple[str, int]:
    """Send the browser to the provider; only from our own pages."""
    if request.headers.get("Sec-Fetch-Site", "same-origin") not in ("same-origin", "none"):
        raise BadRequest
    the_node().private.limiter.take(FROM_ONE_PLACE, request.remote_addr or "")
    try:
        return redirect(leave_for(key, Wish(_wanted(), _invitation())), 303)
    except ProviderTrouble as trouble:
        return _trouble(trouble)


@blueprint.get("/signin/callback/<key:key>")
def callback(key: str) -> Response | tuple[str, int]:
    """Where a provider sends people back to. Its answer counts once, and in the browser that asked."""
    side, actor, tongue = the_node().private, people.current_actor(), str(session.get(TONGUE, ""))
    if tongue in LANGUAGES and tongue not in (language(), default_language()):
        return redirect(site_path(f"/{tongue}{request.full_path}"), 303)
    g.forget_query = True  # what came in the address does not belong on our page, not even in a link
    side.limiter.take(BACK_AT_ONE_PLACE, request.remote_addr or "")
    arrival = Arrival(str(session.get(BROWSER, "")), actor, language(), devices.word())
    try:
        return _arrived(side.providers.sign_ins.finish(key, _answer(), arrival))
    except ProviderTrouble as trouble:
        return _trouble(trouble)
    except ConnectedElsewhere as taken:
        flash(say(taken))
        return redirect(here("/account/identities"), 303)
    except (NotAllowed, Conflict, NotFound) as refused:
        return _refused(say(refused), 409 if isinstance(refused, Conflict) else 403)


def leave_for(key: str, wish: Wish) -> str:
    """Begin a sign-in in this browser; where to send it. Raises ``ProviderTrouble`` or ``NotFound``."""
    session[TONGUE], session[LAST] = language(), key
    browser = str(session.setdefault(BROWSER, new_secret()))
    return the_node().private.providers.sign_ins.depart(key, browser, wish)


def remembered() -> Offer | None:
    """The organization that this device remembers, if it still lets people in."""
    key = request.cookies.get(COOKIE, "")
    if _KEY.fullmatch(key) is None:
        return None
    try:
        return the_node().private.providers.sign_ins.offer(key)
    except CommonsError:
        return None


def _arrived(done: Done) -> Response:
    on = people.safe_next(done.onward, "")
    if done.entered is None:
        flash(gettext("Connected. You can sign in through your organization from now on."))
        return redirect(here("/account/identities"), 303)
    if isinstance(done.entered, Pending):
        people.wait(done.entered, "")
        return redirect(here(CODE) + (f"?{urlencode({'next': on})}" if on else ""), 303)
    people.remember(done.entered)
    return redirect(on or onward(), 303)


def _answer() -> Mapping[str, str]:
    """What the provider answers; a name that comes twice is no answer of one (RFC 6749 section 3.1)."""
    if any(len(request.args.getlist(name)) > 1 for name in ANSWER):
        raise ProviderTrouble(Trouble.STRAY)
    return {name: request.args[name] for name in ANSWER if name in request.args}


def _trouble(trouble: ProviderTrouble) -> tuple[str, int]:
    words = TROUBLES[trouble.trouble]
    return _refused(gettext(words.happened), words.status, gettext(words.advice))


def _refused(happened: str, status: int, advice: str = "") -> tuple[str, int]:
    last = str(session.get(LAST, ""))
    again = here(f"/signin/with/{last}") if _KEY.fullmatch(last) else None
    page = render_template(
        "signin/provider_trouble.html",
        happened=happened,
        advice=advice,
        again=again,
        signed_in=people.current_actor() is not None,
    )
    return page, status


def _ask(error: str | None = None) -> str:
    the_node().require_private()
    link = request.form.get("link", "")[:LINK_MAX]
    return render_template(
        "signin/organization.html", offer=remembered(), link=link, error=error, next=_wanted()
    )


def _send_cookie(value: str, seconds: int) -> None:
    @after_this_request
    def send(response: Response) -> Response:
        secure = bool(current_app.config["SESSION_COOKIE_SECURE"])
        response.set_cookie(COOKIE, value, max_age=seconds, httponly=True, samesite="Lax", secure=secure)
        return response


def _wanted() -> str:
    return people.safe_next(request.values.get("next"), "")


def _invitation() -> str:
    return request.args.get("invitation", "")[:100]


def _carried() -> str:
    return f"?{urlencode({'next': _wanted()})}" if _wanted() else ""
