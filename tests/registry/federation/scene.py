"""A third node says how a record of its own and one of the other node belong together; both are read."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from registry.federation.claim_following import ClaimFollower
from registry.federation.claims_told import Speaker, ToldClaims
from registry.ledger.claims import Related
from registry.record.types import RecordState
from tests.registry.federation.conftest import Here
from tests.registry.federation.other_node import OtherNode
from tests.registry.federation.relating import point, pull, relate, third_of

OWN = Speaker("Z" * 52, "This node", "https://node.example")


@dataclass
class Scene:
    """A third node says that a record of its own and one of the other node tell of one event."""

    here: Here
    third: OtherNode
    mine: str
    theirs: str
    position: int
    follower: ClaimFollower
    told: ToldClaims

    def heard(self) -> Scene:
        """After both records are here and the claim was told."""
        pull(self.here, self.here.other)
        assert self.follower.follow() == 1
        return self

    def back(self) -> int:
        """Have the node take it back; told."""
        position = self.say(withdraws=self.position)
        pull(self.here, self.third)
        self.follower.follow()
        return position

    def erase(self) -> None:
        """Have the other node erase its record; not told yet."""
        self.here.other.erase(self.theirs)
        self.here.other.sign()
        pull(self.here, self.here.other)

    def lines(self) -> list[dict[str, Any]]:
        return [one.to_json() for one in self.told.every()]

    def states(self) -> list[str]:
        return [one["state"] for one in self.lines()]

    def order(self) -> list[tuple[int, int, str]]:
        """Place, position and state of all that was told."""
        return [
            (one.seq, one.position, one.version.stand.value) for one in self.told.page(after=0, limit=1000)[0]
        ]

    def retract(self, record_id: str, *states: RecordState) -> None:
        for state in states:
            self.third.change(record_id, state)
            self.third.sign()
            pull(self.here, self.third)

    def say(self, **changes: Any) -> int:
        said = Related("same-as", point(self.third, self.mine), point(self.here.other, self.theirs))
        return relate(self.third, replace(said, **changes))


def opened(here: Here, own: Speaker = OWN) -> Scene:
    """The claim was read, the other record was not."""
    third = third_of(here)
    (theirs,), (mine,) = here.other.publish(), third.publish()
    follower = ClaimFollower(here.public, own.short, here.clock)
    made = Scene(here, third, mine, theirs, 0, follower, ToldClaims(here.public, own))
    made.position = made.say()
    pull(here, third)
    return made
