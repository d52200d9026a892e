"""How exactly a report is published, arranged for pages: choices, counts and steps in words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from urllib.parse import parse_qsl, urlencode

from registry.intake.risk.deciding import start
from registry.intake.risk.views import Assessment, StepCount
from registry.privacy.coarsening import LADDERS, Levels
from registry.privacy.coarsening.ladders import MOST_EXACT
from web.pages.exactness_words import LADDER_TITLES, RUNG_CHOICES, step_words
from web.pages.messages import gettext

PREFIX = "exact-"
"""Controls are called by this and the ladder."""
SMALLEST = "smallest?"
"""What the value of the button for the smallest change begins with; its rungs follow."""
SMALLEST_MAX = 500
"""Characters of such a value that are looked at."""


@dataclass(frozen=True, slots=True)
class Choice:
    """One ladder as a question: its name, what may be chosen (value and words), what is."""

    name: str
    title: str
    options: tuple[tuple[str, str], ...]
    chosen: str


@dataclass(frozen=True, slots=True)
class Weighing:
    """What was typed about exactness and could not be kept, or is only tried out."""

    levels: Mapping[str, str] | None = None
    reason: str = ""
    error: str | None = None
    trying: bool = False


def read_levels(form: Mapping[str, str]) -> dict[str, str]:
    """Ladder → rung, of every control that is one and was answered."""
    return {
        name.removeprefix(PREFIX): value for name, value in form.items() if name.startswith(PREFIX) and value
    }


def choices_for_organization(found: Assessment) -> list[Choice]:
    """What an organization may wish; a site is for reviewers to decide, whoever asks for it."""
    shown = found.wish or start(None)
    return list(_choices(found.told, shown, Levels(place="district")))


def choices_for_review(found: Assessment) -> list[Choice]:
    """What a reviewer may decide: nothing more exact than the organization wants."""
    return list(_choices(found.told, found.levels, found.wish or found.told))


def controls(levels: Levels) -> list[tuple[str, str]]:
    """These rungs as hidden controls of a form."""
    return [(PREFIX + ladder, rung) for ladder, rung in levels.to_json().items()]


def smallest_value(levels: Levels) -> str:
    """The value of the button that decides on these rungs, whatever else its form holds."""
    return SMALLEST + urlencode(levels.to_json())


def read_smallest(value: str) -> dict[str, str]:
    """Ladder → rung, from the value of that button; what it never says is refused where it is used."""
    return dict(parse_qsl(value.removeprefix(SMALLEST)[:SMALLEST_MAX]))


def is_trying(found: Assessment) -> bool:
    """Whether it was counted at other rungs than those that count now."""
    kept = found.decision.levels if found.decision else start(found.wish)
    floor = found.wish or MOST_EXACT
    now = _choices(found.told, kept.joined(floor), found.wish or found.told)
    return list(now) != choices_for_review(found)


def changes(found: Assessment) -> list[str]:
    """What the public reads less exactly than it was told, in words."""
    return [said for code in found.changes if (said := step_words(code))]


def step_sentence(step: StepCount) -> str:
    """One step of the smallest change."""
    return step_words(step.code) or ""


def _choices(told: Levels, chosen: Levels, floor: Levels) -> Iterable[Choice]:
    """Every ladder on which something can still be made less exact."""
    for ladder, rungs in LADDERS.items():
        first = max(told.at(ladder), floor.at(ladder))
        if told.at(ladder) == len(rungs) - 1:
            continue
        options = tuple((rung, gettext(RUNG_CHOICES[ladder][rung])) for rung in rungs[first:])
        shown = rungs[max(first, chosen.at(ladder))]
        yield Choice(PREFIX + ladder, gettext(LADDER_TITLES[ladder]), options, shown)
