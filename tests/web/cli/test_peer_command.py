"""``commons peer``: following a node by commands, and hearing plainly who cosigns us."""

from __future__ import annotations

import pytest

from registry.federation.own_witness import FIRST_LINE
from registry.federation.rate import DAY_MAX, FIRST_MAX
from registry.ledger.cosignatures import WitnessKey
from registry.ledger.notes import sign_note
from tests.registry.federation.other_node import OtherNode
from tests.registry.federation.served import serving
from tests.web.cli.conftest import Shell, one_line


@pytest.fixture
def near(shell: Shell) -> Shell:
    """Other nodes may be on this machine."""
    shell.variables["COMMONS_ALLOW_LOOPBACK"] = "yes"
    return shell


def test_a_node_is_followed_and_read(near: Shell) -> None:
    other = OtherNode()
    other.publish(2)
    with serving(other) as url:
        assert "Nobody cosigns the log of this node." in near.run("peer", "list").out
        assert near.run("peer", "add", url, "--yes", "--mode", "show").code == 0
        assert near.json("peer", "sync")["items"][other.identity.short]["entries"] == 2
    said = near.run("peer", "show", other.name)
    assert "It is no witness: nobody there cosigns us." in said.out
    assert "Nobody cosigns the log of this node." in near.run("peer", "list").out


def test_the_witness_of_a_node_is_named_before_it_is_pinned(near: Shell) -> None:
    other = OtherNode()
    key = WitnessKey("other.example/witness", bytes(range(32)))
    text = f"{FIRST_LINE}\n{other.identity.id}\n{key.vkey}\n"
    other.witness = sign_note(text, [other.signer])
    with serving(other) as url:
        asked = near.run("peer", "add", url)
        assert f"Witness:  {key.vkey}" in asked.err
        near.run("peer", "add", url, "--yes")
    assert near.json("peer", "show", other.name)["witness"] == key.vkey
    assert "It does not cosign us." in near.run("peer", "show", other.name).out
    assert "witness: " + key.vkey in near.run("peer", "show", other.name).out


def test_reviews_of_a_node_count_here_and_no_more(near: Shell) -> None:
    other = OtherNode()
    with serving(other) as url:
        near.run("peer", "add", url, "--yes", "--mode", "hold")
    name, short = other.name, other.identity.short
    assert near.json("peer", "show", name)["reviews_trusted"] is False
    assert near.run("peer", "trust", name).out == f"Reviews of {name} ({short}) count here.\n"
    assert near.json("peer", "policy", name, "show")["reviews_trusted"] is True
    ended = near.run("peer", "trust", short, "--no")
    assert ended.out == f"Reviews of {name} ({short}) do not count here.\n"
    assert near.json("peer", "show", name)["reviews_trusted"] is False


def test_how_many_entries_a_day_are_taken_of_a_node(near: Shell) -> None:
    other = OtherNode()
    other.publish(5)
    with serving(other) as url:
        near.run("peer", "add", url, "--yes", "--mode", "hidden", "--max-rate", "2")
        stopped = near.run("peer", "sync", other.name)
        assert (stopped.code, "entries 2" in stopped.out, "(rate)" in stopped.out) == (1, True, True)
        shown = near.run("peer", "show", other.name).out
        assert "Paused: at most 2 entries a day are taken of it. 3 wait until tomorrow (UTC)." in shown
        changed = near.json("peer", "policy", other.name, "--max-rate", "4")
        assert (changed["max_rate"], changed["mode"], changed["left_by_rate"]) == (4, "hidden", 3)
        assert near.json("peer", "policy", other.name, "show")["max_rate"] == 4
        assert near.json("peer", "policy", other.name, "--max-rate", "0")["most_in_a_day"] is None
        assert near.json("peer", "sync", other.name)["items"][other.identity.short]["entries"] == 3
    assert "Paused" not in near.run("peer", "show", other.name).out
    assert near.run("peer", "policy", other.name, "--max-rate", "-1").code != 0


def test_a_node_goes_back_to_the_usual_bound(near: Shell) -> None:
    """As if nobody had ever set another: the wide one until its log was read once, then the narrower."""
    other = OtherNode()
    other.publish(2)
    with serving(other) as url:
        added = near.json("peer", "add", url, "--yes", "--mode", "hidden", "--max-rate", "usual")
        assert (added["max_rate"], added["most_in_a_day"]) == (None, FIRST_MAX)
        usual = f"most in a day: {FIRST_MAX} entries (the usual bound)\n"
        assert usual in near.run("peer", "show", other.name).out
        for bound in (1, 0):
            near.json("peer", "policy", other.name, "--max-rate", str(bound))
            hint = f"back to the usual bound: commons peer policy {other.identity.short} --max-rate usual\n"
            assert hint in near.run("peer", "show", other.name).out
            near.run("peer", "sync", other.name)
        back = near.json("peer", "policy", other.name, "--max-rate", "usual")
    assert (back["max_rate"], back["mode"], back["most_in_a_day"]) == (None, "hidden", DAY_MAX)
    assert f"most in a day: {DAY_MAX} entries; " in near.run("peer", "show", other.name).out
    refused = near.run("peer", "policy", other.name, "--max-rate", "most")
    assert (refused.code, "'most' is not a valid integer" in refused.err) == (2, True)
    assert "usual: the usual bound" in " ".join(near.run("peer", "policy", "--help").out.split())


def test_a_frozen_node_is_said_to_be_frozen_and_why_each_time(near: Shell) -> None:
    other, twin = OtherNode(), OtherNode()
    other.publish(1)
    twin.publish(1, text="Another history.")
    short = other.identity.short
    with serving(other) as url:
        assert near.run("peer", "add", url, "--yes", "--mode", "show").code == 0
        assert near.run("peer", "sync").code == 0
        other.note, other.leaves, other.kept = twin.note, twin.leaves, twin.kept
        for _ in range(3):
            said = near.run("peer", "sync", other.name)
            assert (said.code, f"{short}: frozen, nothing new of it is read." in said.out) == (1, True)
            assert "It signed two histories that cannot both be true." in said.out
    told = near.run("peer", "sync", short, "--json")
    assert told.code == 1
    found = told.json["items"][short]
    assert (found["trouble"], found["state"], found["entries"]) == ("fork", "frozen", 0)
    assert found["says"].endswith("(fork)")
    listed = near.run("peer", "list").out
    assert "frozen" in listed
    assert "trouble: It signed two histories that cannot both be true." in listed


def test_a_frozen_node_is_read_on_when_somebody_says_so(near: Shell) -> None:
    other = OtherNode()
    other.publish(2)
    short = other.identity.short
    with serving(other) as url:
        assert near.run("peer", "add", url, "--yes", "--mode", "show").code == 0
        assert near.run("peer", "sync").code == 0
        assert near.run("peer", "thaw", short).code == 1
        other.sign(1)
        assert near.run("peer", "sync").code == 1
        said = near.run("peer", "thaw", short)
        assert (
            said.code,
            f"{other.name} ({short}) is frozen again. It signed a shorter log" in said.out,
        ) == (1, True)
        other.publish(1)
        said = near.run("peer", "thaw", short, "--json")
        assert (said.code, said.json["state"], said.json["pulled"]["entries"]) == (0, "following", 1)


def test_a_node_that_is_followed_is_not_followed_anew(near: Shell) -> None:
    other = OtherNode()
    with serving(other) as url:
        first = near.json("peer", "add", url, "--yes", "--mode", "show", "--only", "kind=report")
        assert (first["added"], first["scope"]["kinds"]) == (True, ["report"])
        again = near.run("peer", "add", url)  # nothing to say yes to
        assert again.code == 0
        assert "is followed already: show, only kinds report. Nothing was changed." in again.out
        assert f"commons peer policy {other.identity.short}" in again.out
        for options in (("--mode", "hidden"), ("--only", "language=fr"), ("--max-rate", "5")):
            said = one_line(near.run("peer", "add", url, "--yes", *options))
            assert "is followed already: show, only kinds report. Nothing was changed." in said
        same = near.json("peer", "add", url, "--yes", "--mode", "show")
        assert (same["added"], same["mode"], same["max_rate"]) == (False, "show", None)
        other.name = "Another name"
        renamed = near.run("peer", "add", url, "--yes")
        assert f"was followed already. Its log is read at {url}/ledger from now on" in renamed.out
    assert near.json("peer", "show", "Another name")["scope"]["kinds"] == ["report"]


def test_another_choice_of_entries_holds_for_what_is_read_from_now_on(near: Shell) -> None:
    other = OtherNode()
    other.publish(2)
    with serving(other) as url:
        near.run("peer", "add", url, "--yes", "--mode", "show", "--only", "language=fr")
        near.run("peer", "sync")
        said = near.run(
            "peer", "policy", other.name, "--only", "language=English", "--only", "kind=report"
        ).out
        assert "Fetched from now on: only kinds report; only languages en." in said
        assert "Nothing changes of the 2 entries that were read before" in said
        other.publish(1)
        near.run("peer", "sync")
    assert near.json("peer", "show", other.name)["shown"] == 1
    refused = one_line(near.run("peer", "policy", other.name, "--only", "sector/helth"))
    assert "/only/0: sector/helth is no code by which entries can be chosen." in refused
    every = near.json("peer", "policy", other.name, "--everything")
    assert every["scope"] == {"kinds": [], "languages": [], "codes": []}
    assert near.run("peer", "policy", other.name, "--everything", "--only", "kind=report").code != 0
    assert "Fetched" not in near.run("peer", "policy", other.name, "hold").out
