"""What changed in a report since an earlier version, arranged for its page."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from flask import request

from api.node import the_node
from registry.account import Account
from registry.identity.rules import Actor
from web.pages import side_by_side
from web.pages.side_by_side import Changed


@dataclass(frozen=True, slots=True)
class Since:
    """An earlier version that is public or was decided on, and every answer that is another now."""

    number: int
    decided_at: datetime
    public: bool
    rows: tuple[Changed, ...]


def since(actor: Actor, key: str, newest: Account) -> dict[str, object]:
    """The public version, or the last that was decided on, or the one asked for, beside the newest."""
    versions = the_node().private.reviewing.versions
    earlier = versions.of(actor, key)
    if not earlier:
        return {"since": None, "earlier": ()}
    asked = request.args.get("since", type=int)
    usual = next((one for one in earlier if one.public), earlier[0])
    chosen = next((one for one in earlier if one.number == asked), usual)
    rows = side_by_side.changed(versions.read(actor, key, chosen.number), newest)
    return {"since": Since(chosen.number, chosen.decided_at, chosen.public, tuple(rows)), "earlier": earlier}
