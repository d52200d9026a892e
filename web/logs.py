"""Logs that cannot tell on anyone: only keys of the allowlist get out, everything else is dropped.

No address, no browser name, no e-mail, no id of a person or submission, no report text; requests
are named by their route, never by their path.
"""

from __future__ import annotations

import logging
import sys
import time
import traceback
from collections.abc import MutableMapping
from pathlib import Path
from typing import Any

import structlog
from flask import Flask, Response, g, request, request_finished, request_started

ALLOWED = frozenset(
    {
        "event",
        "level",
        "timestamp",
        "method",
        "route",
        "status",
        "ms",
        "error",
        "count",
        "kind",
        "position",
        "peer",
        "records",
        "process",
        "where",
    }
)
METHODS = frozenset({"GET", "HEAD", "POST", "PATCH", "PUT", "DELETE", "OPTIONS"})
"""Methods that are named; what else stands in that place a client may have made up."""
UNTOLD = frozenset({"green", "green_log", "labelling"})
"""Blueprints of which nothing is logged: whether anything is shared with partners is nobody's business."""
log = structlog.get_logger()


def configure(stream: Any = sys.stderr, level: int = logging.INFO) -> None:
    """Send every log line of this level or above as JSON to ``stream``, through the allowlist."""
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            only_allowed,
            structlog.processors.JSONRenderer(sort_keys=True),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(level),
        logger_factory=structlog.PrintLoggerFactory(stream),
        cache_logger_on_first_use=False,
    )


def only_allowed(_logger: Any, _method: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """Drop every key that is not known to be harmless."""
    return {key: value for key, value in event.items() if key in ALLOWED}


def bug(error: BaseException) -> None:
    """Log an error that nobody expected: what kind it is and through which lines of code it came.

    Its text stays out: it may hold whatever was being worked on, such as the parameters of a statement.
    """
    frames = traceback.extract_tb(error.__traceback__)
    where = [f"{Path(frame.filename).name}:{frame.lineno} {frame.name}" for frame in frames]
    log.error("bug", error=type(error).__name__, where=where)


def log_requests(app: Flask) -> None:
    """Log each answered request by method, route, status and milliseconds; nothing of what it brought."""
    request_started.connect(_start, app)
    request_finished.connect(_finish, app)


def _start(_app: Flask, **_more: Any) -> None:
    g.started = time.perf_counter()


def _finish(_app: Flask, response: Response, **_more: Any) -> None:
    if request.blueprint in UNTOLD:
        return
    log.info(
        "request",
        method=request.method if request.method in METHODS else "(other)",
        route=request.url_rule.rule if request.url_rule else "(none)",
        status=response.status_code,
        ms=round((time.perf_counter() - g.started) * 1000, 1),
    )
