"""Errors as pages: what happened in plain words, and a way out. Statuses come from the API's one table."""

from __future__ import annotations

from dataclasses import dataclass

from flask import Flask, Response, make_response, redirect, render_template, request, url_for
from werkzeug.exceptions import HTTPException, InternalServerError
from werkzeug.wrappers import Response as AnyResponse

from api import problems
from api.app import is_ours
from registry.errors import N_, CommonsError, Gone, Invalid, NotSignedIn, TooManyTries
from registry.identity.outside import BelongsNowhere
from web.pages.kept import keep_typed, not_kept, still_on_page
from web.pages.messages import gettext
from web.pages.people import FactorMissing
from web.pages.standing_view import reason_words
from web.pages.waiting import slow_down
from web.pages.words import say


@dataclass(frozen=True, slots=True)
class Plain:
    """What a page says about a status: a title, and what can be done now."""

    title: str
    advice: str


SEARCH_INSTEAD = N_("Check the address, or search for what you were looking for.")
PLAIN: dict[int, Plain] = {
    400: Plain(
        N_("This request could not be read"), N_("Go back, load the page again and repeat what you did.")
    ),
    401: Plain(N_("Please sign in"), N_("Sign in, then open this page again.")),
    403: Plain(
        N_("This page is not open to you"), N_("Sign in with another role, or ask your administrator.")
    ),
    404: Plain(N_("There is nothing at this address"), SEARCH_INSTEAD),
    405: Plain(N_("This cannot be done here"), N_("Go back and use the buttons of the page.")),
    409: Plain(
        N_("This is not possible now"), N_("Go back and load the page again to see its present state.")
    ),
    410: Plain(N_("This was removed"), SEARCH_INSTEAD),
    412: Plain(N_("Somebody else changed this"), N_("Load the page again, then repeat your change.")),
    413: Plain(N_("This is too large"), N_("Go back and shorten your text; nothing was stored.")),
    414: Plain(N_("This address is too long"), N_("Use fewer filters or a shorter question.")),
    422: Plain(
        N_("Some answers need attention"), N_("Go back, correct what is listed here, and send it again.")
    ),
    429: Plain(N_("Too many tries"), ""),  # how long to wait is said by the sentence before
    500: Plain(N_("Something went wrong here"), N_("It was noted. Please try again later.")),
    503: Plain(N_("We cannot do this right now"), N_("Nothing was lost. Please try again in a minute.")),
}

OWN_PAGES: dict[type[CommonsError], str] = {
    BelongsNowhere: "account/outside.html",
    FactorMissing: "account/factor_missing.html",
}
"""Refusals that say how to go on, on pages of their own."""


def register(app: Flask) -> None:
    """Answer every error: with a page for people, with a problem response for programs."""
    app.register_error_handler(CommonsError, commons_error)
    app.register_error_handler(HTTPException, http_error)


def commons_error(error: CommonsError) -> AnyResponse:
    """The answer to an error of the field."""
    if is_ours():
        return problems.from_error(error)
    if isinstance(error, NotSignedIn) and request.method == "GET":
        return redirect(url_for("signin.form", next=request.script_root + request.full_path.rstrip("?")), 303)
    if isinstance(error, NotSignedIn):
        return keep_typed() or still_on_page() or not_kept()
    if isinstance(error, Gone):
        return tombstone(error)
    if type(error) in OWN_PAGES:
        return make_response(render_template(OWN_PAGES[type(error)], said=say(error)), 403)
    problem = problems.from_error(error)
    listed = [say(found) for found in error.problems[:20]] if isinstance(error, Invalid) else []
    sentence = slow_down(error) if isinstance(error, TooManyTries) else say(error)
    page = _page(problem.status_code, sentence, listed)
    if "Retry-After" in problem.headers:
        page.headers["Retry-After"] = problem.headers["Retry-After"]
    return page


def http_error(error: HTTPException) -> AnyResponse:
    """The answer to an error that Flask or Werkzeug raised; redirects pass."""
    if is_ours() or (error.code or 500) < 400:  # noqa: PLR2004 - redirects are exceptions too
        return problems.from_http(error)
    if isinstance(error, InternalServerError):
        return _page(500)
    page = _page(error.code or 500)
    for name in ("Allow", "Retry-After"):
        value = dict(error.get_headers()).get(name)
        if value is not None:
            page.headers[name] = value
    return page


def tombstone(error: Gone) -> Response:
    """What remains of an erased record: why it went, and what to read instead."""
    return make_response(
        render_template(
            "tombstone.html",
            reason=reason_words("erased", str(error.facts.get("reason") or "")),
            removed=error.facts.get("removed"),
            successor=error.facts.get("successor"),
        ),
        410,
    )


def _page(status: int, sentence: str = "", listed: list[str] | None = None) -> Response:
    plain = PLAIN.get(status, PLAIN[500 if status >= 500 else 400])  # noqa: PLR2004 - the server's fault
    title = gettext(plain.title)
    said = "" if sentence.rstrip(".") == title else sentence
    page = render_template(
        "error.html",
        status=status,
        heading=title,
        advice=gettext(plain.advice) if plain.advice else "",
        said=said,
        listed=listed or [],
    )
    return make_response(page, status)
