"""What programs that keep copies are told at each node: the same word of the same node, by the same name."""

from __future__ import annotations

import json
import re
from typing import Any

from registry.federation.claim_following import ClaimFollower
from registry.fetching import Fetcher
from tests.web.across.nodes import Place
from tests.web.across.test_claims import Three, related


def told(place: Place) -> list[dict[str, Any]]:
    """What a dump made now would hold."""
    node = place.town.node
    ClaimFollower(node.public, node.identity.short, node.clock).follow()
    return [one.to_json() for one in node.told.every()]


def linked(place: Place, record: str) -> dict[str, Any]:
    """What the page of a record holds for programs."""
    address = f"{place.url}/records/{record}"
    text = Fetcher(loopback=True).get(address, limit=10**6, seconds=30).body.decode()
    found = re.search(r'<script type="application/ld\+json">(.*?)</script>', text, re.DOTALL)
    assert found is not None
    whole: dict[str, Any] = json.loads(found[1])
    return whole


def test_every_node_tells_the_same_word_with_whose_it_is(three: Three) -> None:
    _, east, _ = three
    theirs, ours = related(three)
    said = [
        {key: one[key] for key in ("node", "node_name", "position", "relation", "record", "related", "state")}
        for place in three
        for one in told(place)
    ]
    assert said == 3 * [
        {
            "node": east.id,
            "node_name": "East Node",
            "position": 2,
            "relation": "same-as",
            "record": ours,
            "related": theirs,
            "state": "stands",
        }
    ]


def test_a_page_tells_programs_whose_word_it_is(three: Three) -> None:
    north, east, _ = three
    theirs, ours = related(three)
    (claim,) = linked(north, theirs)["subjectOf"]
    assert (claim["author"]["identifier"], claim["text"]) == (east.id, f"{ours} same-as {theirs}")
    (event,) = linked(east, ours)["about"]
    assert [one["identifier"] for one in event["subjectOf"]] == [theirs]
    assert "subjectOf" not in linked(east, ours), "its own word is its own record's"


def test_what_was_erased_anywhere_is_told_nowhere(three: Three) -> None:
    north, east, south = three
    theirs, ours = related(three)
    east.change(ours, "separate", "other-event")
    north.pull(east)
    assert [one["state"] for place in (north, east) for one in told(place)] == ["withdrawn"] * 2
    assert [one["state"] for one in told(south)] == ["stands"], "it has not read so far"
    north.change(theirs, "erase", "safety")
    east.pull(north)
    south.pull(north, east)
    assert [told(place) for place in three] == [[], [], []]
