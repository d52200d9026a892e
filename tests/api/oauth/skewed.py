"""A process of its own with a clock of its own: makes a token, or says who stands behind one.

``python -m tests.api.oauth.skewed FOLDER make CLIENT`` prints a token; ``… read`` takes one from
standard input and prints the program's id, or nothing. Its clock is set from outside (libfaketime).
"""

from __future__ import annotations

import sys
from pathlib import Path

from registry.clock import system_clock
from registry.config import Settings
from registry.db.private import PrivateDatabase
from registry.identity.oauth.office import Terms, open_office
from registry.identity.oauth.tokens import AccessTokens
from registry.sealing import Sealer

SETTINGS = {"base_url": "https://node.example", "secret_key": "k" * 32}


def tokens_of(private: PrivateDatabase) -> AccessTokens:
    """The tokens of the node whose database this is, without the rest of it."""
    sealer = Sealer(SETTINGS["secret_key"])
    issuer = SETTINGS["base_url"]
    return open_office(private, sealer, system_clock, Terms(issuer, 10, 90)).tokens


def main(folder: str, act: str, *more: str) -> None:
    """Do one thing and print it."""
    private = PrivateDatabase(Settings(data_dir=Path(folder), **SETTINGS).private_url)
    tokens = tokens_of(private)
    if act == "make":
        print(tokens.make_for_program(more[0], ("submissions:read",), 1))  # noqa: T201 - its answer
    else:
        actor = tokens.actor(sys.stdin.read().strip())
        print("" if actor is None else actor.id)  # noqa: T201 - its answer
    private.close()


if __name__ == "__main__":
    main(*sys.argv[1:])
