"""Pages: server-rendered, without third parties, working without JavaScript, in several languages."""

from __future__ import annotations

from flask import Flask

from web.pages import chrome, compress, headers, language

BLUEPRINTS = ()
"""Every set of pages; a new one is added here."""


def register(app: Flask) -> None:
    """Put all pages, their look and their headers onto the application."""
    language.register(app)
    chrome.register(app)
    compress.register(app)
    headers.register(app)
    for blueprint in BLUEPRINTS:
        app.register_blueprint(blueprint)
