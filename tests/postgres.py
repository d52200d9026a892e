"""A PostgreSQL server for tests: started once, on a socket in a folder of its own, thrown away after."""

from __future__ import annotations

import os
import pwd
import secrets
import shutil
import subprocess
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import mkdtemp

import psycopg

from tests.memory import in_memory

USER = "commons"
KEPT = 100
"""Databases at a time; more than the tests of any one module use."""


def find_postgres() -> Path | None:
    """Folder of initdb and pg_ctl, newest version first; None when there is no server here."""
    on_path = shutil.which("initdb")
    if on_path:
        return Path(on_path).resolve().parent  # a link need not have psql beside it
    versions = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda p: p.parts[-3])
    return versions[-1].parent if versions else None


@contextmanager
def running(programs: Path) -> Iterator[PostgresServer]:
    """A server in a folder of its own.

    That is not among pytest's: every other run of pytest closes those to the server's user.
    """
    server = PostgresServer(programs, Path(mkdtemp(prefix="commons-postgres-", dir=in_memory())))
    server.start()
    yield server
    server.throw_away()


@dataclass
class PostgresServer:
    """One server; each test takes new databases from it."""

    programs: Path
    folder: Path
    _as: list[str] = field(default_factory=list)
    _made: deque[str] = field(default_factory=deque)

    def start(self) -> None:
        """Make a cluster without durability (tests of durability use SQLite) and start it."""
        data, sockets = self.folder / "data", self.folder / "run"
        sockets.mkdir()
        self._leave_root()
        self._run(
            "initdb", "-D", str(data), "-U", USER, "-A", "trust", "--no-sync", "-E", "UTF8", "--locale=C"
        )
        options = f"-k {sockets} -c listen_addresses='' -c fsync=off -c max_connections=60"
        self._run("pg_ctl", "-D", str(data), "-o", options, "-l", str(self.folder / "log"), "-w", "start")

    def stop(self) -> None:
        """Stop it at once."""
        self._run("pg_ctl", "-D", str(self.folder / "data"), "-m", "immediate", "-w", "stop")

    def throw_away(self) -> None:
        """Stop it and remove all that it kept."""
        self.stop()
        shutil.rmtree(self.folder)

    def start_again(self) -> None:
        """Start it after ``stop``."""
        options = f"-k {self.folder / 'run'} -c listen_addresses='' -c fsync=off -c max_connections=60"
        data = str(self.folder / "data")
        self._run("pg_ctl", "-D", data, "-o", options, "-l", str(self.folder / "log"), "-w", "start")

    def new_original(self) -> str:
        """Address of a new, empty database to take copies of; it stays as long as the server."""
        return self._address(self._create(""))

    def new_database(self) -> str:
        """Address of a new, empty database; the oldest of many goes, since each takes eight megabytes."""
        return self._passing("")

    def copy(self, original: str) -> str:
        """Address of a new database with the same content; the oldest of many goes."""
        name = original.partition("?")[0].rpartition("/")[2]
        return self._passing(f" TEMPLATE {name} STRATEGY file_copy")

    def _passing(self, like: str) -> str:
        name = self._create(like)
        self._made.append(name)
        if len(self._made) > KEPT:
            self._tell(f"DROP DATABASE {self._made.popleft()} WITH (FORCE)")
        return self._address(name)

    def _create(self, like: str) -> str:
        name = "t_" + secrets.token_hex(8)
        self._tell(f"CREATE DATABASE {name}{like}")
        return name

    def _tell(self, statement: str) -> None:
        with psycopg.connect(self._address("postgres"), autocommit=True) as connection:
            connection.execute(statement)

    def _address(self, name: str) -> str:
        return f"postgresql://{USER}@/{name}?host={self.folder / 'run'}"

    def _leave_root(self) -> None:
        """The server refuses to run as root: hand the folder to the distribution's own user."""
        if os.geteuid() != 0:
            return
        user = pwd.getpwnam("postgres")
        for path in (self.folder, self.folder / "run"):
            os.chown(path, user.pw_uid, user.pw_gid)
        self._as = ["setpriv", f"--reuid={user.pw_uid}", f"--regid={user.pw_gid}", "--clear-groups"]

    def _run(self, program: str, *arguments: str) -> None:
        command = [*self._as, str(self.programs / program), *arguments]
        done = subprocess.run(command, capture_output=True, text=True, check=False, cwd="/")
        if done.returncode != 0:
            raise RuntimeError(f"{program} failed: {done.stderr or done.stdout}")
