"""One log is read twice at the same time, as by the worker and by somebody at a terminal."""

from __future__ import annotations

from collections.abc import Mapping

from registry.config import Settings
from registry.federation.office import open_office
from registry.federation.pulled import Pulled
from registry.federation.rules import Mode
from registry.fetching import NO_MORE, Answer
from registry.record.node import load_node
from taxonomy import load
from tests.registry.federation.conftest import Here
from tests.registry.federation.other_node import OtherNode


class Meanwhile:
    """The way to the other node; while payloads are first asked for, somebody else reads the log, too."""

    def __init__(self, here: Here, freezes: bool = False) -> None:
        self._here, self._freezes = here, freezes
        self.done: list[Pulled] = []

    def get(
        self, url: str, *, limit: int, seconds: float, tag: str = "", headers: Mapping[str, str] = NO_MORE
    ) -> Answer:
        if "payloads" in url and not self.done:
            self.done.append(self._here.pull())
            if self._freezes:
                twin = OtherNode()
                twin.publish(3, text="Another history.")
                self._here.network.nodes[self._here.other.url] = twin
                self.done.append(self._here.pull())
            else:
                self._here.other.publish(2)
        return self._here.network.get(url, limit=limit, seconds=seconds, tag=tag, headers=headers)


def crossed(here: Here, settings: Settings, way: Meanwhile) -> Pulled:
    own = load_node(settings.data_dir)
    office = open_office(here.public, way, own, load(), here.clock)
    return office.puller.pull(here.other.identity.short)


def test_whoever_comes_second_reads_on_from_where_the_first_got_to(here: Here, bare: Settings) -> None:
    here.other.publish(3)
    here.follow(Mode.SHOW)
    way = Meanwhile(here)
    second = crossed(here, bare, way)
    (first,) = way.done
    assert (first.entries, first.trouble) == (3, "")
    assert (second.entries, second.trouble) == (2, "")
    assert len(here.shown()) == 5


def test_whoever_comes_second_stops_where_the_first_froze_the_peer(here: Here, bare: Settings) -> None:
    here.other.publish(3)
    here.follow(Mode.SHOW)
    way = Meanwhile(here, freezes=True)
    second = crossed(here, bare, way)
    assert [one.trouble for one in way.done] == ["", "fork"]
    assert (second.entries, second.trouble) == (0, "fork")
