"""Nodes that cannot be told apart from others are not followed, nor witnesses under the names of others."""

from __future__ import annotations

import pytest

from registry.config import Settings
from registry.errors import Conflict
from registry.federation.own_witness import FIRST_LINE
from registry.federation.rules import Mode, Policy
from registry.ledger.cosignatures import WitnessKey
from registry.ledger.notes import sign_note
from registry.ledger.refusal import Refused
from registry.record.node import load_node
from tests.registry.federation.conftest import Here
from tests.registry.federation.other_node import OtherNode


@pytest.mark.parametrize("whose", ["another peer's", "this node's"])
def test_a_node_that_calls_its_log_like_another_is_not_followed(
    here: Here, bare: Settings, whose: str
) -> None:
    here.follow()
    known = here.other.identity if whose == "another peer's" else load_node(bare.data_dir)
    double = OtherNode(7, origin=known.origin)
    here.network.nodes = {double.url: double}
    met = here.office.peers.meet(double.url)
    with pytest.raises(Conflict, match="calls its log so"):
        here.office.peers.pin(met, Policy(Mode.HOLD))
    assert [one.node_id for one in here.office.peers.every()] == [here.other.identity.id]


def test_a_name_that_begins_like_another_is_another(here: Here) -> None:
    here.follow()
    longer = OtherNode(7, origin=here.other.identity.origin + "-two")
    here.network.nodes = {longer.url: longer}
    here.office.peers.pin(here.office.peers.meet(longer.url), Policy(Mode.HOLD))
    assert len(here.office.peers.every()) == 2


def test_a_witness_goes_by_the_name_of_its_own_log(here: Here) -> None:
    """Cosignatures are kept by name: one under the name of another would take its place."""
    double = OtherNode(7)
    key = WitnessKey("other.example/witness", bytes(range(32)))
    text = f"{FIRST_LINE}\n{double.identity.id}\n{key.vkey}\n"
    double.witness = sign_note(text, [double.signer])
    here.network.nodes = {double.url: double}
    with pytest.raises(Refused, match="not named after the log"):
        here.office.peers.meet(double.url)
