"""A report for partners goes from its organization to a partner node, and nowhere else."""

from __future__ import annotations

import pytest

from registry.errors import NotFound
from registry.record.types import Origin
from tests.web.across.nodes import Place
from tests.web.green.sharing import TEXT, green, partners, pull, share, sign

Three = tuple[Place, Place, Place]


def test_a_partner_reads_it_and_nobody_else_does(places: Three) -> None:
    north, east, south = places
    sign(north)
    partners(north, east)
    south.follow(north)
    record = share(north)
    pulled = pull(east, north)
    assert (pulled.trouble, pulled.shown, pulled.quarantined) == ("", 1, 0)
    found = green(east).records.read(record)
    assert (found.account.text, found.provenance.origin) == (TEXT, Origin.PEER)
    assert found.provenance.licence == "TLP:GREEN"
    for place in (north, east, south):
        with pytest.raises(NotFound):
            place.town.node.records.read(record)
    green(south).partners.grant(north.short)  # it wants to read, and nobody lets it
    assert pull(south, north).trouble == "not-granted"
