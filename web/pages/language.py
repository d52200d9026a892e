"""The language of a page: in its address (``/fr/…``), or the node's own where there is no prefix.

Where people arrive without having chosen one, at ``DOORS``, their browser's first one of ours is taken.

A piece of WSGI middleware moves the prefix from the path to ``SCRIPT_NAME``; routes never see it and
every ``url_for`` carries it on. So one set of routes serves all languages.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import quote

from babel import Locale
from flask import Flask, after_this_request, g, redirect, request
from flask import Response as FlaskResponse
from flask_babel import Babel
from werkzeug.wrappers import Response

from api.node import the_node

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

LANGUAGES = {"en": "English", "fr": "Français", "es": "Español", "ar": "العربية"}
"""Languages of the pages, each under its own name."""

DOORS = ("/", "/report")
"""Pages at which people arrive; their links to other languages always say which, also the node's own."""
_CHOSEN = "commons.language"
_ROOT = "commons.root"
_SAFE = "/:@!$&'()*+,;=~-._"


@dataclass(frozen=True, slots=True)
class LanguageLink:
    """The present page in another language."""

    code: str
    name: str
    url: str
    current: bool


class LanguagePrefix:
    """Takes ``/<language>`` off the path and remembers it."""

    def __init__(self, application: WSGIApplication) -> None:
        self._application = application

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """The WSGI entry: the wrapped application sees the path without the language."""
        root = environ.get("SCRIPT_NAME", "")
        environ[_ROOT] = root
        first, _, rest = environ.get("PATH_INFO", "").removeprefix("/").partition("/")
        if first in LANGUAGES:
            environ[_CHOSEN] = first
            environ["SCRIPT_NAME"] = f"{root}/{first}"
            environ["PATH_INFO"] = f"/{rest}"
        return self._application(environ, start_response)


def register(app: Flask) -> None:
    """Read prefixes, and give gettext the language of the request."""
    wrapped: Callable[..., Iterable[bytes]] = LanguagePrefix(app.wsgi_app)
    app.wsgi_app = wrapped  # type: ignore[method-assign] # Flask's documented way to add middleware
    Babel(app, locale_selector=language)
    app.before_request(greet)


def greet() -> Response | None:
    """Lead somebody who arrives at a door without a word on the language to theirs.

    A link on one of our own pages is a word: whoever comes from a page in the node's language reads on in it.
    """
    if not _at_door() or _CHOSEN in request.environ or request.headers.get("Sec-Fetch-Site") == "same-origin":
        return None
    after_this_request(_differs)
    first = _theirs()
    return (
        redirect(site_path(f"/{first}{request.path}"), 303)
        if first not in (None, default_language())
        else None
    )


def _differs(response: FlaskResponse) -> FlaskResponse:
    response.vary.update(("Accept-Language", "Sec-Fetch-Site"))
    return response


def _at_door() -> bool:
    return request.method in ("GET", "HEAD") and request.path in DOORS and not request.query_string


def _theirs() -> str | None:
    """The first of the browser's languages that the pages speak: ``fr-SN`` is ``fr``."""
    for wanted, quality in request.accept_languages:
        code = wanted.replace("_", "-").partition("-")[0].lower()
        if quality > 0 and code in LANGUAGES:
            return code
    return None


def language() -> str:
    """Code of the language that the request asks for."""
    return request.environ.get(_CHOSEN) or default_language()


def default_language() -> str:
    """The node's own language, English when the pages do not speak it."""
    wanted = the_node().settings.language
    return wanted if wanted in LANGUAGES else "en"


def direction(code: str) -> str:
    """``ltr`` or ``rtl``; for a language nobody knows, ``auto``."""
    try:
        return str(Locale.parse(code, sep="-").text_direction)
    except (ValueError, LookupError):  # UnknownLocaleError is a LookupError
        return "auto"


def site_path(path: str) -> str:
    """An address on this node without a language prefix, for the API and static files."""
    return f"{request.environ.get(_ROOT, '')}{path}"


def language_links() -> list[LanguageLink]:
    """The page that was asked for, in every language.

    The query stays, unless ``g.forget_query`` is set or ``g.query`` says what stays of it.
    """
    path = "/" + quote(request.path.lstrip("/"), safe=_SAFE)
    whole = g.get("query", request.query_string.decode("ascii", "replace"))
    query = "" if g.get("forget_query") else whole
    tail = f"{path}?{query}" if query and request.method == "GET" else path
    now, bare = language(), None if _at_door() else default_language()
    return [
        LanguageLink(code, name, site_path(tail if code == bare else f"/{code}{tail}"), code == now)
        for code, name in LANGUAGES.items()
    ]
