"""Submissions through the API: eight clients at once on SQLite, every one counted afterwards."""

from __future__ import annotations

import json
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from sqlalchemy import text

from bench.nodes import Server, command, node_server
from bench.report import AT_LEAST, Figure
from registry.config import Settings
from registry.db.private import PrivateDatabase

CLIENTS = 8
EACH = 250
STARTS = 3


def measure() -> list[Figure]:
    """Submissions per second with none lost, and the time to the first answer."""
    with TemporaryDirectory() as temporary:
        folder = Path(temporary) / "node"
        command(folder, "init")
        command(folder, "org", "add", "Bench", "--descriptor", "a bench")
        client = command(
            *(folder, "client", "add", "bench", "--org", "Bench", "--scope", "submissions:write"),
            *("--bearer-token", "--json"),
        )
        token = json.loads(client.output)["token"]
        starts = []
        for _ in range(STARTS):
            with node_server(folder) as server:
                starts.append(server.started_after)
        with node_server(folder) as server:
            rate = _submit(server, token)
        lost = CLIENTS * EACH - _stored(folder)
    return [
        Figure(f"submissions per second, {CLIENTS} clients, SQLite", rate, "/s", AT_LEAST, 200),
        Figure("  acknowledged and not stored", lost, "", target=0),
        Figure("start to first answered request", max(starts), "s", target=3),
    ]


def _submit(server: Server, token: str) -> float:
    started = time.perf_counter()
    with ThreadPoolExecutor(CLIENTS) as clients:
        list(clients.map(lambda number: _client(server, token, number), range(CLIENTS)))
    return CLIENTS * EACH / (time.perf_counter() - started)


def _client(server: Server, token: str, number: int) -> None:
    connection = server.connection()
    for turn in range(EACH):
        body = json.dumps({"account": _account(number * EACH + turn)})
        headers = {
            "Authorization": f"Bearer {token}",
            "Content-Type": "application/json",
            "Idempotency-Key": f"bench-{number}-{turn}",
        }
        connection.request("POST", "/api/v1/submissions", body, headers)
        response = connection.getresponse()
        answer = response.read()
        if response.status != 201:
            raise RuntimeError(f"{response.status}: {answer[:300]!r}")


def _account(number: int) -> dict[str, Any]:
    return {
        "title": f"Assistant gave a wrong answer, case {number}",
        "text": "A public assistant told people the wrong office and the wrong day for their papers. " * 6,
        "happened": {"from": "2026-05"},
        "classification": {
            "kind": ["kind/incident"],
            "failure": ["failure/fabrication"],
            "harm": ["harm/access"],
            "severity": ["severity/moderate"],
            "sector": ["sector/social"],
            "system": ["system/chatbot"],
        },
    }


def _stored(folder: Path) -> int:
    database = PrivateDatabase(Settings(data_dir=folder).private_url)
    query = text(
        "SELECT count(*) FROM submission s JOIN submission_version v ON v.submission_id = s.id "
        "WHERE s.state = 'submitted' AND EXISTS "
        "(SELECT 1 FROM audit_event a WHERE a.subject_id = s.id AND a.action = 'submit')"
    )
    with database.read() as session:
        count: int = session.execute(query).scalar_one()
    database.close()
    return count
