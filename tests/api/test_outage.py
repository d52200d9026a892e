"""When a database does not answer, callers are told 503 and when to come back; nothing is half done."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from registry.db.unit import Database
from tests.api.live import Answer, Live
from tests.factories import account


@contextmanager
def _dead(database: Database) -> Iterator[None]:
    """Put a folder where the database file is, so that every new connection fails."""
    database.close()
    path = Path(database.engine.url.database or "")
    for tail in ("", "-wal", "-shm"):
        if Path(f"{path}{tail}").exists():
            Path(f"{path}{tail}").rename(f"{path}{tail}.away")
    path.mkdir()
    try:
        yield
    finally:
        database.close()
        path.rmdir()
        for tail in ("", "-wal", "-shm"):
            if Path(f"{path}{tail}.away").exists():
                Path(f"{path}{tail}.away").rename(f"{path}{tail}")


def _is_outage(answer: Answer) -> bool:
    return (answer.status, answer.json["type"], answer.headers["Retry-After"]) == (
        503,
        "urn:incident-commons:problem:unavailable",
        "5",
    )


def test_a_dead_private_database_is_answered_503(live: Live) -> None:
    with _dead(live.node.private.database):
        assert _is_outage(live.member.post("/api/v1/submissions", {"account": account()}))
        assert _is_outage(live.reviewer.get("/api/v1/reviews"))
        assert live.nobody.get("/api/v1/taxonomy").status == 200
    assert live.member.post("/api/v1/submissions", {"account": account()}).status == 201
    assert len(live.member.get("/api/v1/submissions").json["items"]) == 1


def test_a_dead_public_database_is_answered_503(live: Live) -> None:
    with _dead(live.node.public):
        assert _is_outage(live.nobody.get("/api/v1/records/aiid:1"))
        assert live.member.get("/api/v1/submissions").status == 200
    assert live.nobody.get("/api/v1/records/aiid:1").status == 404


def test_readiness_names_what_does_not_answer(live: Live) -> None:
    assert live.nobody.get("/readyz").status == 200
    with _dead(live.node.private.database):
        answer = live.nobody.get("/readyz")
        assert (answer.status, answer.headers["Retry-After"]) == (503, "5")
        assert answer.json["checks"]["private_database"] == "unavailable"
        assert answer.json["checks"]["public_database"] == "ok"
        assert live.nobody.get("/healthz").status == 200
    assert live.nobody.get("/readyz").json["status"] == "ready"
