"""Parts of a payload that no account rule bounds: days, and why a record has its state."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from registry.federation.view import EARLIEST, NOTE_MAX, REASON_MAX, SKEW
from registry.record.types import Because, PublicRecord
from tests.registry.federation.conftest import Here
from tests.registry.federation.other_node import DAY

SAID = Because("r" * REASON_MAX, "n" * NOTE_MAX)


def told(here: Here, **changes: object) -> PublicRecord | None:
    """How a record is shown that says this of itself; None where it is set aside."""
    one = here.other.create()
    here.other.tell(replace(here.other.records[one], revision=2, **changes), "published")
    here.other.sign()
    here.follow()
    here.pull()
    shown = here.shown()[one]
    return shown if shown.revision == 2 else None


@pytest.mark.parametrize("name", ["published", "modified"])
@pytest.mark.parametrize(
    ("said", "read"),
    [
        (date.max, DAY + SKEW),
        (DAY + SKEW + timedelta(days=1), DAY + SKEW),
        (DAY + SKEW, DAY + SKEW),
        (EARLIEST, EARLIEST),
        (EARLIEST - timedelta(days=1), EARLIEST),
        (date.min, EARLIEST),
    ],
)
def test_a_day_is_read_as_far_as_it_can_be(here: Here, name: str, said: date, read: date) -> None:
    """Feeds would put one from another century before all others for ever, or behind."""
    shown = told(here, **{name: said})
    assert shown is not None
    assert getattr(shown, name) == read


def test_why_may_be_as_long_as_here(here: Here) -> None:
    shown = told(here, because=SAID)
    assert shown is not None
    assert shown.because == SAID


@pytest.mark.parametrize(
    "because", [replace(SAID, reason=SAID.reason + "r"), replace(SAID, note=SAID.note + "n")]
)
def test_a_text_in_place_of_why_is_not_shown(here: Here, because: Because) -> None:
    assert told(here, because=because) is None
