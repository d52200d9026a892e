"""Pages: server-rendered, without third parties, working without JavaScript, in several languages."""

from __future__ import annotations

from flask import Flask

from web.pages import about, chrome, compress, errors, headers, language, record, search

BLUEPRINTS = (
    search.blueprint,
    record.blueprint,
    about.blueprint,
)
"""Every set of pages; a new one is added here."""


def register(app: Flask) -> None:
    """Put all pages, their look and their headers onto the application."""
    language.register(app)
    chrome.register(app)
    errors.register(app)
    compress.register(app)
    headers.register(app)
    for blueprint in BLUEPRINTS:
        app.register_blueprint(blueprint)
