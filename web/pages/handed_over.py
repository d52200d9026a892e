"""A node that handed over its records takes no reports and no statements: pages say so first."""

from __future__ import annotations

from typing import Final

from flask import Flask, g, redirect, request
from werkzeug.wrappers import Response

from api.node import the_node
from registry.federation.handed import HandedTo
from web.pages.chrome import here

BEGINNINGS: Final = frozenset({"report.begin", "guest.begin", "bulk.form", "statement.new"})
"""Where a report or a statement begins; each leads to the start page, which says why and where to go."""


def register(app: Flask) -> None:
    """Let templates ask whom this node handed over to, and nobody begin what it does not take."""
    app.jinja_env.globals.update(handed_to=handed_to)
    app.before_request(_lead_back)


def handed_to() -> HandedTo | None:
    """Whom this node handed over to; asked of the log once a request."""
    if "handed_to" not in g:
        g.handed_to = the_node().federation.handed.to()
    found: HandedTo | None = g.handed_to
    return found


def _lead_back() -> Response | None:
    if request.endpoint in BEGINNINGS and handed_to() is not None:
        return redirect(here("/report"), 303)
    return None
