"""``commons peer`` of nodes that are frozen, gone or blocked: what is said is so, and in words."""

from __future__ import annotations

import pytest

from registry.federation.models import PeerRow
from registry.federation.rate import DAY_MAX
from registry.ledger.cosignatures import WitnessKey
from tests.registry.federation.other_node import OtherNode
from tests.registry.federation.served import serving
from tests.web.cli.conftest import Shell, one_line

OTHER = OtherNode()
SHORT, NAME = OTHER.identity.short, OTHER.name
BACK = "It is back. If it was not gone, or went on before it handed over:"
WITNESS = WitnessKey("other.example/witness", bytes(range(32))).vkey


@pytest.fixture
def near(shell: Shell) -> Shell:
    """A node that follows another one, which is not there any more."""
    shell.variables["COMMONS_ALLOW_LOOPBACK"] = "yes"
    other = OtherNode()
    other.publish(2)
    with serving(other) as url:
        shell.run("peer", "add", url, "--yes", "--mode", "show")
        shell.run("peer", "sync")
    return shell


def become(shell: Shell, **facts: object) -> None:
    """Bring the peer to a state."""
    with shell.node() as node, node.public.work() as session:
        row = session.get_one(PeerRow, SHORT)
        for column, value in facts.items():
            setattr(row, column, value)


@pytest.mark.parametrize(
    ("facts", "word"),
    [
        ({"state": "frozen", "trouble": "fork"}, "frozen"),
        ({"state": "kept", "successor": SHORT}, "gone"),
        ({"mode": "hidden"}, "hidden"),
        ({"mode": "blocked"}, "blocked"),
    ],
)
def test_reviews_that_do_not_count_are_not_said_to(near: Shell, facts: dict[str, str], word: str) -> None:
    become(near, **facts)
    said = near.run("peer", "trust", NAME).out
    assert said.endswith(f"are trusted, but do not count here as long as that node is {word}.\n")
    told = near.json("peer", "show", NAME)
    assert (told["reviews_trusted"], told["reviews_count"]) == (True, False)


@pytest.mark.parametrize(
    ("facts", "says"),
    [
        ({"state": "frozen", "trouble": "fork"}, "is frozen here, since it contradicted itself."),
        ({"state": "kept", "successor": SHORT}, "is gone, and another one keeps its records."),
        ({"state": "ours"}, "is gone, and its records are kept here."),
        ({"mode": "blocked"}, "is blocked here."),
    ],
)
def test_why_a_node_cannot_be_a_partner(near: Shell, facts: dict[str, str], says: str) -> None:
    become(near, **facts)
    assert says in one_line(near.run("peer", "green", NAME))


def test_a_node_without_a_successor_is_not_followed_anywhere_and_nobody_is_asked(near: Shell) -> None:
    said = near.run("peer", "succeed", NAME)
    assert said.code == 1
    assert "Successor: none\n" in said.err
    assert "Is that node gone for good?" not in said.err
    assert "The log of that node names no successor, or took that back (unnamed)." in said.err
    become(near, state="kept", successor=SHORT)
    again = one_line(near.run("peer", "succeed", NAME, "--yes"))
    assert again == "The records of that node are kept by its successor already."


@pytest.mark.parametrize(
    ("code", "says"),
    [
        (
            "note-malformed",
            "What it answers in place of the signature of its log cannot be read. (note-malformed)",
        ),
        ("fetch-status", "It refused to answer. (fetch-status)"),
        ("returned", "It is back: it signed more after the end that its successor accepted."),
        ("anything-else", "The last look at it ended early (anything-else)."),
    ],
)
def test_a_code_stands_beside_a_sentence(near: Shell, code: str, says: str) -> None:
    become(near, trouble=code)
    assert says in near.run("peer", "list").out
    assert f"trouble: {says}" in near.run("peer", "show", NAME).out


def test_what_is_known_of_a_node_is_told_in_words(near: Shell) -> None:
    said = near.run("peer", "show", NAME).out
    for line in (
        "mode: show: Shown as soon as they are checked",
        "fetched: everything",
        "state: its log is read on",
        "trouble: none",
        "entries: 2 read, 0 behind",
        "records: 2 shown, 0 waiting, 0 entries set aside",
        "successor: none named",
        "our log: not handed on by it",
    ):
        assert f"{line}\n" in said
    for sign in ("None", "{", "[", "True", "False"):
        assert sign not in said
    become(near, max_rate=0, mode="blocked")
    said = near.run("peer", "show", NAME).out
    assert "most in a day: any number of entries" in said
    assert "state: blocked; its log is not read" in said


def test_every_line_about_a_node_is_the_one_that_it_should_be(near: Shell) -> None:
    """All lines: who adds or drops one says so here."""
    told = near.json("peer", "show", NAME)
    assert near.run("peer", "show", NAME).out.splitlines() == [
        f"name: {NAME} (as it calls itself)",
        f"id: {OTHER.identity.id}",
        f"short id: {SHORT}",
        f"address: {told['url']}",
        f"its log: read at {told['url']}/ledger",
        f"key of its log: {OTHER.signer.key.vkey}",
        "mode: show: Shown as soon as they are checked",
        "fetched: everything",
        f"most in a day: {DAY_MAX} entries; 0 taken on {told['taken_on']} (the usual bound)",
        "state: its log is read on",
        "trouble: none",
        "entries: 2 read, 0 behind",
        "records: 2 shown, 0 waiting, 0 entries set aside",
        f"looked at: last on {told['tried']}; without trouble last on {told['pulled']}",
        f"reviews: Reviews of {NAME} ({SHORT}) do not count here.",
        "our log: not handed on by it",
        "erased here: nothing that it may still have",
        "witness: none",
        "cosigned by us: never",
        "cosigned by: no known witness",
        "successor: none named",
        "It is no witness: nobody there cosigns us.",
    ]
    assert near.run("peer", "list").out.splitlines() == [
        f"{SHORT}  {NAME}: show, following, 2 entries, 0 behind, 2 shown, 0 waiting, 0 set aside",
        "Nobody cosigns the log of this node.",
    ]


@pytest.mark.parametrize(
    ("facts", "show", "is_listed"),
    [
        ({"mirrors_us": True}, ["our log: handed on by it"], False),
        (
            {"state": "kept", "trouble": "returned"},
            [f"{BACK} commons peer succeed --take-back {SHORT}"],
            True,
        ),
        ({"state": "ours", "trouble": "returned"}, [f"{BACK} commons ledger custody read-on {SHORT}"], True),
        (
            {"trouble": "rate", "rate_left": 7, "max_rate": 2},
            ["Paused: at most 2 entries a day are taken of it. 7 wait until tomorrow (UTC)."],
            False,
        ),
        ({"tried_on": None, "pulled_on": None}, ["looked at: last never; without trouble last never"], False),
        ({"reviews": True}, [f"reviews: Reviews of {NAME} ({SHORT}) count here."], False),
        (
            {"cosigned": 5, "witness": WITNESS},
            ["It cosigns us, up to entry 5.", f"witness: {WITNESS}"],
            False,
        ),
        (
            {"refusal": "witness-403", "witness": WITNESS},
            ["It does not cosign us. Asked last it refused: It does not trust the key of our log, or"],
            False,
        ),
    ],
)
def test_what_else_is_told_of_a_node_as_it_stands(
    near: Shell, facts: dict[str, object], show: list[str], is_listed: bool
) -> None:
    become(near, **facts)
    said, lines = near.run("peer", "show", NAME).out, near.run("peer", "list").out.splitlines()
    for line in show:
        assert f"\n{line}" in said, line
    assert [line in lines for line in show] == [is_listed] * len(show)
