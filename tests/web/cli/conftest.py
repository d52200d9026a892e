"""A shell for each test, in a node copied from one that ``commons init`` made once."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from api.node import Node
from registry.config import Settings
from web.wiring import build, close

ROOT = Path(__file__).parents[3]
COMMONS = Path(sys.executable).parent / "commons"


@dataclass(frozen=True)
class Said:
    """What a command answered."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)


class Starter:
    """The process that starts commands, see ``starter``."""

    def __init__(self, folder: Path) -> None:
        self._said = folder
        command = [sys.executable, "-m", "tests.web.cli.starter"]
        self._process = subprocess.Popen(
            command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )

    def start(self, words: list[str], environment: dict[str, str]) -> Said:
        """Start a command and wait for its end."""
        order, answer = self._process.stdin, self._process.stdout
        assert order is not None
        assert answer is not None
        out, err = self._said / "out", self._said / "err"
        whole = {"words": words, "environment": environment, "out": str(out), "err": str(err)}
        order.write(json.dumps(whole) + "\n")
        order.flush()
        return Said(int(answer.readline()), out.read_text("utf-8"), err.read_text("utf-8"))

    def close(self) -> None:
        """End the process."""
        self._process.communicate()


@dataclass
class Shell:
    """Runs ``commons`` with a data folder and nothing else of ours in the environment."""

    starter: Starter
    folder: Path
    variables: dict[str, str] = field(default_factory=dict)

    @property
    def environment(self) -> dict[str, str]:
        kept = {name: value for name, value in os.environ.items() if not name.startswith("COMMONS_")}
        return kept | {"COMMONS_DATA_DIR": str(self.folder)} | self.variables

    def run(self, *words: str | Path) -> Said:
        return self.starter.start([str(word) for word in words], self.environment)

    def json(self, *words: str | Path) -> Any:
        """The answer of a command that has to succeed, as a program reads it."""
        said = self.run(*words, "--json")
        assert said.code == 0, said.err
        return said.json

    def start(self, *words: str | Path) -> subprocess.Popen[bytes]:
        """The installed command as it is, still running."""
        command = [str(COMMONS), *map(str, words)]
        return subprocess.Popen(command, env=self.environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE)

    @contextmanager
    def node(self) -> Iterator[Node]:
        """The same node from within, to prepare it and to look at what a command left."""
        node = build(Settings(data_dir=self.folder, risk_threshold=1, severe_from="never"))
        yield node
        close(node)


@pytest.fixture(scope="session")
def starter(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Starter]:
    made = Starter(tmp_path_factory.mktemp("said"))
    yield made
    made.close()


@pytest.fixture(scope="session")
def made(starter: Starter, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder that the installed ``commons init`` made, never to be written again."""
    shell = Shell(starter, tmp_path_factory.mktemp("commons") / "node")
    running = shell.start("init")
    out, err = running.communicate()
    assert (running.returncode, err) == (0, b"")
    assert out.startswith(b"Node ")
    return shell.folder


@pytest.fixture
def shell(starter: Starter, made: Path, tmp_path: Path) -> Shell:
    shutil.copytree(made, tmp_path / "node")
    return Shell(starter, tmp_path / "node")


@pytest.fixture
def bare(starter: Starter, tmp_path: Path) -> Shell:
    """A shell whose node was never made."""
    return Shell(starter, tmp_path / "nothing")


def one_line(said: Said) -> str:
    """The one clear line of a refusal."""
    assert said.code == 1
    assert said.out == ""
    lines = said.err.splitlines()
    assert len(lines) == 1, said.err
    return lines[0].removeprefix("commons: ")
