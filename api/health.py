"""Is it alive, and can it serve? For whatever watches and restarts the node."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict

from flask import Blueprint, Response

from api.node import Node, the_node
from api.reply import reply
from registry.db.unit import RETRY_AFTER
from registry.errors import Unavailable

blueprint = Blueprint("api_health", __name__)


@blueprint.get("/healthz")
def alive() -> Response:
    """200 as long as the process answers at all; looks at nothing else."""
    return reply({"status": "alive"})


@blueprint.get("/readyz")
def ready() -> Response:
    """200 when both databases and the index answer, else 503 with what does not.

    A log that must not be signed any further keeps nobody from reading: it is told, and no reason for 503.
    """
    checks = {name: _answers(check) for name, check in _checks(the_node()).items()}
    good = all(checks.values())
    response = reply(
        {
            "status": "ready" if good else "unavailable",
            "checks": {name: "ok" if fine else "unavailable" for name, fine in checks.items()},
            "log": _log(the_node()),
        },
        200 if good else 503,
    )
    if not good:
        response.headers["Retry-After"] = str(RETRY_AFTER)
    return response


def _checks(node: Node) -> dict[str, Callable[[], object]]:
    checks: dict[str, Callable[[], object]] = {"public_database": node.public.ping}
    checks["index"] = lambda: _whole_index(node)
    if node.private_side is not None:
        checks["private_database"] = node.private_side.database.ping
    return checks


def _log(node: Node) -> dict[str, object] | None:
    try:
        return asdict(node.log.state())
    except Unavailable:
        return None


def _whole_index(node: Node) -> None:
    if not node.search.healthy:
        raise Unavailable


def _answers(check: Callable[[], object]) -> bool:
    try:
        check()
    except Unavailable:
        return False
    return True
