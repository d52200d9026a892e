"""Gettext with types: the translated sentence for the language of the request."""

from __future__ import annotations

import flask_babel
from babel import Locale
from flask import g, has_request_context


def gettext(message: str, **facts: object) -> str:
    """The sentence in the page's language, with its facts filled in."""
    return str(flask_babel.gettext(message, **facts))


def ngettext(one: str, many: str, num: int, **facts: object) -> str:
    """The sentence for so many things; ``%(num)s`` is the number."""
    return str(flask_babel.ngettext(one, many, num, **facts))


def current_locale() -> Locale:
    """The locale of the page; English outside of a request."""
    known: Locale | None = g.get("locale") if has_request_context() else None
    if known is None:
        found = flask_babel.get_locale()
        known = found if isinstance(found, Locale) else Locale("en")
        if has_request_context():
            g.locale = known  # asked hundreds of times a page
    return known
