"""Clocks that differ between processes (goal R7): a minute is borne, nothing lives longer."""

from __future__ import annotations

import glob
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from registry.clock import system_clock
from registry.config import Settings
from registry.db.private import PrivateDatabase
from registry.identity.oauth.tokens import AccessTokens
from tests.api.oauth.skewed import SETTINGS, tokens_of
from tests.conftest import missing
from web.setup import initialise
from web.wiring import build, close

DAY, LIFE, BORNE = 86_400, 600, 60
AHEAD = [30, 300, 540, LIFE + 15, 900, DAY]
BEHIND = [-30, -45, -90, -300, -600, -DAY]
LIBRARY = next(iter(glob.glob("/usr/lib/*/faketime/libfaketime.so.1")), None)  # noqa: PTH207 - a pattern from the root


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A node on disk whose processes may run at any time."""
    if LIBRARY is None:
        missing("libfaketime (Debian package faketime)")
    place = tmp_path_factory.mktemp("skewed")
    initialise(Settings(data_dir=place, **SETTINGS), system_clock)
    return place


@pytest.fixture(scope="module")
def program(folder: Path) -> str:
    """A program that acts by itself."""
    node = build(Settings(data_dir=folder, **SETTINGS))
    organization = node.private.directory.add_organization("Lake Health", "A clinic")
    made = node.private.directory.add_client(organization, "Monitor", ["submissions:read"])
    close(node)
    return made.id


def at(skew: int, folder: Path, *words: str, token: str = "") -> str:
    """What a process says whose clock is off by so many seconds."""
    shifted = os.environ | {"LD_PRELOAD": str(LIBRARY), "FAKETIME": f"{skew:+d}s"}
    command = [sys.executable, "-m", "tests.api.oauth.skewed", str(folder), *words]
    done = subprocess.run(command, input=token, env=shifted, capture_output=True, text=True, check=True)
    return done.stdout.strip()


@pytest.fixture
def right(folder: Path) -> Iterator[AccessTokens]:
    """The node's tokens by the right clock."""
    private = PrivateDatabase(Settings(data_dir=folder, **SETTINGS).private_url)
    yield tokens_of(private)
    private.close()


@pytest.mark.parametrize("skew", [0, *AHEAD, *BEHIND])
def test_a_token_is_believed_only_in_its_own_time(
    folder: Path, program: str, right: AccessTokens, skew: int
) -> None:
    """The reader's clock is off: a token not begun for more than a minute, or ended, is none."""
    token = right.make_for_program(program, ("submissions:read",), 1)
    believed = at(skew, folder, "read", token=token) == program
    assert believed == (-BORNE <= skew < LIFE), skew


@pytest.mark.parametrize("skew", [300, 3_600, DAY, -300, -LIFE - 15, -DAY])
def test_a_token_from_a_wrong_clock_lives_no_longer(
    folder: Path, program: str, right: AccessTokens, skew: int
) -> None:
    """The maker's clock was off and jumps back: what it made is refused until its time, and after it."""
    token = at(skew, folder, "make", program)
    assert (right.actor(token) is not None) == (-LIFE < skew <= BORNE)
