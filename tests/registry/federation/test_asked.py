"""How often the database is asked does not grow with what is shown, handed on or forgotten."""

from __future__ import annotations

from collections.abc import Callable

from registry.federation.forgetting import forget
from registry.federation.rules import Mode
from tests.registry.federation.conftest import Here
from tests.registry.federation.relating import pull
from tests.registry.federation.scene import opened
from tests.statements import counted


def asked(here: Here, act: Callable[[], object]) -> int:
    with counted(here.public) as statements:
        act()
    return len(statements)


def test_claims_beside_a_record_are_proved_together(here: Here) -> None:
    scene = opened(here).heard()

    def about() -> int:
        return len(here.office.claims.about(scene.theirs))

    one, found = asked(here, about), about()
    for relation in ("part-of", "duplicate-of", "superseded-by"):
        scene.say(relation=relation)
    pull(here, scene.third)
    assert (found, about(), asked(here, about)) == (1, 4, one)


def test_payloads_are_handed_on_some_at_a_time(here: Here) -> None:
    here.other.publish(64)
    here.follow(Mode.HIDDEN)
    here.pull()
    lines = here.relayed(0, 64)
    assert [line["index"] for line in lines if "payload" in line] == list(range(64))
    few, many = asked(here, lambda: here.relayed(0, 16)), asked(here, lambda: here.relayed(0, 64))
    assert many - few == 3


def test_a_log_is_forgotten_in_as_many_steps_whatever_it_holds(here: Here) -> None:
    def forgotten(records: int) -> int:
        here.other.publish(records)
        short = here.follow()
        here.pull()
        assert len(here.shown()) == len(here.other.records)
        with counted(here.public) as statements, here.public.work() as session:
            forget(session, short)
        assert here.shown() == {}
        return len(statements)

    assert forgotten(1) == forgotten(20)
