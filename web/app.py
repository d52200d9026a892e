"""The application factory: one Flask application around a node."""

from __future__ import annotations

from flask import Flask

import api.app
from api.node import EXTENSION, Node
from web import pages
from web.wiring import secret_key


def create_app(node: Node) -> Flask:
    """The WSGI application that serves pages and API of this node."""
    app = Flask("web", static_folder="static", template_folder="templates")
    settings = node.settings
    app.config.update(
        SECRET_KEY=secret_key(settings),
        MAX_CONTENT_LENGTH=settings.body_limit,
        MAX_FORM_MEMORY_SIZE=settings.body_limit,
        SESSION_COOKIE_NAME="commons",
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_SECURE=settings.secure_cookies,
    )
    app.extensions[EXTENSION] = node
    api.app.register(app)
    pages.register(app)
    return app
