"""Pages, API and descriptor say who keeps the records of a node that is gone."""

from __future__ import annotations

import json
from typing import Any

from registry.federation.descriptor import PATH
from registry.fetching import Fetcher
from tests.web.across.lost import Three, accept, lost
from tests.web.across.nodes import Place


def test_pages_and_programs_say_who_keeps_what(three: Three) -> None:
    north, east, south = three
    first, _ = lost(three)
    assert "If this node is lost, East Node keeps its records." in north.town.visitor().open("/node").text
    assert "Its successor, if it is lost" in south.town.visitor().open("/node").text
    assert "This node named no successor." in south.town.visitor().open("/node").text
    accept(east, north)
    south.pull(east)
    assert (
        "That counts here once the people who run South Node agree."
        in south.town.visitor().open("/node").text
    )
    assert "kept_by" not in south.read(first)
    south.town.node.federation.successions.confirm(north.short)
    for place in (east, south):
        assert (
            "East Node keeps its records after entry 3 of its log." in place.town.visitor().open("/node").text
        )
        assert "East Node keeps its records since then" in place.page(first)
        assert place.read(first)["kept_by"] == east.short
    north.pull(east)
    assert "says that it keeps them already" in north.town.visitor().open("/node").text
    told = _descriptor(east)["custody"]
    assert told == {"says": None, "successor": None, "entry": None, "keeps": [{"id": north.id, "entries": 3}]}
    said = _descriptor(north)["custody"]
    assert (said["says"], said["successor"]) == ("names", east.id)


def _descriptor(place: Place) -> dict[str, Any]:
    raw = Fetcher(loopback=True).get(f"{place.url}{PATH}", limit=10**6, seconds=30).body
    found: dict[str, Any] = json.loads(raw)
    return found
