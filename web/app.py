"""The application factory: one Flask application around a node."""

from __future__ import annotations

from types import TracebackType

from flask import Flask

import api.app
from api.node import EXTENSION, Node
from web import logs, pages
from web.bodies import Bodies
from web.places import Places
from web.wiring import secret_key

Raised = tuple[type[BaseException], BaseException, TracebackType] | tuple[None, None, None]


class Application(Flask):
    """Flask, but bugs are logged without the address, the values and the words that went with them."""

    request_class = Bodies

    def log_exception(self, exc_info: Raised) -> None:
        """Note a bug by its kind and its place in the code."""
        if exc_info[1] is not None:
            logs.bug(exc_info[1])


def create_app(node: Node) -> Flask:
    """The WSGI application that serves pages and API of this node."""
    app = Application("web", static_folder="static", template_folder="templates")
    settings = node.settings
    app.config.update(
        SECRET_KEY=secret_key(settings),
        MAX_CONTENT_LENGTH=settings.body_limit,
        MAX_FORM_MEMORY_SIZE=settings.body_limit,
        SESSION_COOKIE_NAME="commons",
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_SECURE=settings.https_only,
    )
    app.extensions[EXTENSION] = node
    app.wsgi_app = Places(app.wsgi_app, settings.proxies)  # type: ignore[method-assign] # as Flask documents it
    api.app.register(app)
    pages.register(app)
    return app
