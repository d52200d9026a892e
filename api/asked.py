"""What the query of an address of a log, or of a copy, asks for: whole numbers, and nothing else."""

from __future__ import annotations

from flask import request

from registry.errors import N_, Invalid, Problem
from registry.ledger.exact import number
from registry.ledger.refusal import Refused

WHOLE = N_("Give this once, as a whole number without sign and leading zeros.")
UNKNOWN = N_("This address knows no such parameter.")


def numbers(*names: str) -> list[int]:
    """The numbers that the query has to hold, and nothing else; raises ``Invalid``."""
    only(*names)
    wrong = [name for name in names if _number(name) is None]
    if wrong:
        raise Invalid([Problem(f"/{name}", WHOLE) for name in wrong])
    return [_number(name) or 0 for name in names]


def only(*names: str) -> None:
    """Raises ``Invalid`` where the query holds anything else."""
    unknown = sorted(set(request.args) - set(names))
    if unknown:
        raise Invalid([Problem("/" + name[:60], UNKNOWN) for name in unknown[:10]])


def _number(name: str) -> int | None:
    given = request.args.getlist(name)
    try:
        return number(given[0], name) if len(given) == 1 else None
    except Refused:
        return None
