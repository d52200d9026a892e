"""What was typed into a page whose session had run out: kept, and handed back after signing in again.

Or after signing in again in another tab: then the page's token is old, nothing is stored, and what was
typed comes back at once in a form that its person must send by hand. Where nothing may be kept, because the
session ended long ago or the browser lost it, the answer itself carries what was typed until then.
"""

from __future__ import annotations

from typing import Final

from flask import Blueprint, current_app, flash, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from api.node import the_node
from registry.errors import NotSignedIn
from registry.identity.kept import Fields, fits
from web.pages import people, tokens
from web.pages.chrome import here
from web.pages.messages import gettext
from web.pages.signin import onward

blueprint = Blueprint("kept", __name__)

HOME = "/signin/kept"
SECTIONS: Final = frozenset(
    {
        "report",
        "sending",
        "statement",
        "naming",
        "attaching",
        "mine",
        "appealing",
        "appeals",
        "merging",
        "others",
        "deciding",
        "exactness",
        "relation",
        "curating",
        "steward",
    }
)
"""Sections whose forms are kept: those that people write in."""
FORMS: Final = frozenset({"organization.describe", "programs.register", "members.invite"})
"""Forms that are kept in sections whose other forms hold passwords or merely press a button."""
OPEN_FORMS: Final = frozenset({"join.apply"})
"""Forms that nobody needs to sign in for; kept for those who have."""
NOT_KEPT: Final = frozenset({tokens.FIELD, tokens.CARRIED, "password", "proof", "secret", "file"})
"""Fields that are never kept and never shown again; the name of a file is nobody's business either."""
SHOWN_FROM = 12
"""Shorter values are codes and choices rather than words that somebody would miss."""


def keep_typed() -> Response | None:
    """Keep the form of this request, whose session has run out; the way on, or None if it cannot be kept."""
    secret = people.session_secret()
    if not _keeps() or not secret:
        return None
    fields = _fields()  # none where the body was too large to be looked at
    if not fields or not the_node().private.kept.keep(secret, _path(), fields):
        return None
    flash(gettext("Your session had run out. Sign in again: what you had typed is kept."))
    return redirect(here(f"/signin?next={here(HOME)}"), 303)


def still_on_page() -> Response | None:
    """The form of this request on a page that carries it until its person has signed in; None if it cannot.

    For a session that is over for too long, or of which the browser knows nothing any more. Nothing is
    stored: whoever has no session leaves nothing here.
    """
    fields = _fields() if _keeps() else []
    if all(name == "lock" for name, _ in fields) or not fits(_path(), fields):
        return None
    action = people.safe_next(_path(), here("/account"))
    mark = tokens.carrying(_path())
    page = render_template(
        "signin/on_page.html", fields=fields, words=_words(fields), action=action, mark=mark
    )
    return make_response(page, 401)


def goes_on() -> bool:
    """Whether somebody, signed in again, goes on from ``still_on_page``: they have said so there, once.

    The token of that page is of no session. That the browser says itself that a page of ours sent the form
    takes its place, so that nobody else can have sent it; what does not say so asks once more.
    """
    actor = people.current_actor()
    return (
        _keeps()
        and actor is not None
        and request.headers.get("Sec-Fetch-Site") == "same-origin"
        and tokens.is_of(actor.id) is not False
        and tokens.carries(request.form.get(tokens.CARRIED, ""), _path())
    )


def still_here(*, from_here: bool) -> Response | None:
    """A form with an old token or none, shown to its person to be sent again; None where it may not be.

    Nothing is done and nothing stored. The token must have been this person's, or say of nobody whose it
    was while the browser says that the page was ours (``from_here``). Raises ``NotSignedIn`` where the
    form needs somebody who is signed in and nobody is.
    """
    if not (_keeps() or request.endpoint in OPEN_FORMS):
        return None
    actor, fields = people.current_actor(), _fields()
    if actor is None:
        if from_here and _keeps():
            raise NotSignedIn
        return None
    whose = tokens.is_of(actor.id)
    if whose is False or not (whose or from_here) or not fits(_path(), fields):
        return None
    page = render_template(
        "signin/kept.html",
        fields=fields,
        words=_words(fields),
        action=people.safe_next(_path(), here("/account")),
        stored=False,
    )
    return make_response(page, 409)


@blueprint.get("/signin/kept")
def kept_form() -> str | Response:
    """The form, ready to be sent again; nobody but the person who typed it sees it."""
    kept = the_node().private.kept.look(people.require_actor())
    if kept is None:
        return redirect(onward(), 303)
    return render_template(
        "signin/kept.html",
        fields=kept.fields,
        words=_words(kept.fields),
        action=here(HOME),
        stored=True,
    )


@blueprint.get("/signin/back")
def back() -> str:
    """For a tab in which somebody signed in while the other one carries what they typed."""
    people.require_actor()
    return render_template("signin/back.html")


@blueprint.post("/signin/kept")
def send_again() -> Response:
    """Use it up, and let the browser send the same form to where it was meant for (RFC 9110, 307)."""
    private, actor = the_node().private, people.require_actor()
    kept = private.kept.look(actor)
    if kept is None or not private.kept.use(actor):
        flash(gettext("This was sent already, or is kept no longer."))
        return redirect(onward(), 303)
    return redirect(people.safe_next(kept.path, here("/account")), 307)


@blueprint.post("/signin/kept/drop")
def drop() -> Response:
    """Throw it away."""
    the_node().private.kept.use(people.require_actor())
    flash(gettext("What you had typed is thrown away."))
    return redirect(onward(), 303)


def not_kept() -> Response:
    """What somebody is told who sent a form without being signed in, and whose words are not kept."""
    page = render_template("signin/not_kept.html", sign_in=url_for("signin.form", next=way_back()))
    return make_response(page, 401)


def way_back() -> str:
    """The page that the form of this request most likely stood on: the nearest one that can be opened."""
    routes = current_app.create_url_adapter(request)
    path = request.path
    while routes is not None and path.strip("/"):
        if routes.test(path, method="GET"):
            return here(path)
        path = path.rpartition("/")[0]
    return here("/account")


def _keeps() -> bool:
    kept = request.blueprint in SECTIONS or request.endpoint in FORMS
    return request.method == "POST" and kept


def _path() -> str:
    return request.script_root + request.full_path.rstrip("?")


def _fields() -> list[tuple[str, str]]:
    return [pair for pair in request.form.items(multi=True) if pair[0] not in NOT_KEPT]


def _words(fields: Fields) -> list[str]:
    return [value for name, value in fields if len(value.strip()) >= SHOWN_FROM and name != "lock"]
