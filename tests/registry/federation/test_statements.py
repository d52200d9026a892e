"""What several nodes have "seen here too" is counted once, said, changed and read in whatever order."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from itertools import count

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from registry.federation.rules import Mode, Policy
from registry.fetching import NO_MORE, Answer
from registry.record import store
from registry.record.hearing import Hearing
from registry.record.ids import air_id
from registry.record.relations import ABOUT
from registry.record.types import Origin, Provenance, RecordState, RecordType, Relation
from tests.registry.federation.conftest import Here
from tests.registry.federation.other_node import OtherNode
from tests.registry.record.samples import record

LEAST = 3
WORDS = ("", "a hospital", "a school")
"""How organizations are described; those that are not may all be one."""
SERIALS = count(900)
Act = tuple[str, int, int]


class Mirrored(OtherNode):
    """A copy of another node's log at a third address."""

    def __init__(self, of: OtherNode) -> None:
        self._of = of

    def get(
        self, url: str, *, limit: int, seconds: float, tag: str = "", headers: Mapping[str, str] = NO_MORE
    ) -> Answer:
        path = url.partition(f"/mirror/{self._of.identity.id}/")[2]
        return self._of.get(
            f"{self._of.url}/ledger/{path}", limit=limit, seconds=seconds, tag=tag, headers=headers
        )


@dataclass
class Told:
    """What a test knows: which statement of which node, described how, stands; and what was read of it."""

    signed: dict[str, tuple[int, str]] = field(default_factory=dict)
    read: dict[str, tuple[int, str]] = field(default_factory=dict)
    modes: dict[int, Mode] = field(default_factory=dict)

    def expected(self) -> int:
        """How many are counted here."""
        heard = [one for one in self.read.values() if self.modes.get(one[0], Mode.SHOW) is Mode.SHOW]
        return len(heard) if len(set(heard)) >= LEAST else 0


def say(node: OtherNode, target: str, words: str) -> str:
    """One more statement on a record, signed."""
    key = node.create()
    told = replace(
        node.records[key],
        type=RecordType.STATEMENT,
        provenance=replace(node.records[key].provenance, contributor=words),
        related=(Relation(ABOUT, target),),
    )
    node.leaves.pop()
    node.said.pop(key)
    node.tell(told, None)
    node.sign()
    return key


def acts() -> st.SearchStrategy[list[Act]]:
    kinds = st.sampled_from(
        ["say", "say", "say", "retract", "erase", "pull", "pull", "mirror", "hide", "show"]
    )
    return st.lists(st.tuples(kinds, st.integers(0, 3), st.integers(0, 5)), min_size=5, max_size=20)


@settings(
    derandomize=True,
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@example(acts=[*(("say", at, 0) for at in range(3)), *(("pull", at, 0) for at in range(3)), ("hide", 2, 0)])
@given(acts=acts())
def test_every_statement_is_counted_once_and_nothing_is_told_of_too_few(here: Here, acts: list[Act]) -> None:
    nodes = joined(here)
    target, told = own_record(here), Told()
    for node in nodes:
        follow(here, node, Mode.SHOW)
    for kind, which, number in [*acts, *(("pull", at, 0) for at in range(len(nodes)))]:
        act(here, nodes[which], target, told, (kind, which, number))
        assert counted(here, target) == told.expected()


def act(here: Here, node: OtherNode, target: str, told: Told, what: Act) -> None:
    kind, which, number = what
    own = sorted(key for key, (at, _) in told.signed.items() if at == which)
    if kind == "say":
        words = WORDS[number % len(WORDS)]
        told.signed[say(node, target, words)] = (which, words)
    elif kind in ("retract", "erase") and own:
        key = own[number % len(own)]
        if kind == "erase":
            node.erase(key)
        else:
            node.change(key, RecordState.RETRACTED)
        node.sign()
        del told.signed[key]
    elif kind in ("pull", "mirror"):
        follow(here, node, told.modes.get(which, Mode.SHOW), mirrored=kind == "mirror")
        assert here.office.puller.pull(node.identity.short).trouble == ""
        told.read = {key: one for key, one in told.read.items() if one[0] != which}
        told.read |= {key: one for key, one in told.signed.items() if one[0] == which}
    elif kind in ("hide", "show"):
        told.modes[which] = Mode.HIDDEN if kind == "hide" else Mode.SHOW
        policy = Policy(told.modes[which])
        here.office.peers.set_policy(node.identity.short, policy, here.office.puller.reader())


def joined(here: Here) -> list[OtherNode]:
    """Four other nodes and copies of their logs on the network; the same for every example."""
    for seed in range(4):
        url = f"https://n{seed}.example"
        if url not in here.network.nodes:
            node = OtherNode(10 + seed, f"Node {seed}", url)
            here.network.nodes[f"https://copies.example/mirror/{node.identity.id}"] = Mirrored(node)
            here.network.nodes[url] = node
    return [here.network.nodes[f"https://n{seed}.example"] for seed in range(4)]


def follow(here: Here, node: OtherNode, mode: Mode, *, mirrored: bool = False) -> None:
    met = here.office.peers.meet(node.url)
    if mirrored:
        met = replace(met, prefix=f"https://copies.example/mirror/{node.identity.id}", relayed=True)
    here.office.peers.pin(met, Policy(mode))


def own_record(here: Here) -> str:
    """A record of this node that nobody has said anything of."""
    key = air_id("ABCDEFGHIJ", 2026, next(SERIALS))
    with here.public.work() as session:
        store.create(session, record(key, provenance=Provenance(Origin.OWN, "own", licence="CC BY 4.0")))
    return key


def counted(here: Here, target: str) -> int:
    hearing = Hearing(here.office.peers.unheard(), LEAST)
    page = here.records.pointing_to(target, (ABOUT,), limit=50, hearing=hearing)
    assert len({one.record.id for one in page.items}) == page.counts.get(ABOUT, 0)
    return page.counts.get(ABOUT, 0)
