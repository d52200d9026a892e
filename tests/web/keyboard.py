"""Going through a page by its tab key in a real browser: what is focused in which order, and how it looks."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from playwright.sync_api import Page

STOPS_MAX: Final = 500
"""No page has more to stop at; one that has is walked in a circle."""
HERE: Final = """() => {
    const at = document.activeElement
    if (!at || at === document.body || at === document.documentElement) return null
    const box = at.getBoundingClientRect(), look = getComputedStyle(at)
    const whole = document.documentElement
    return {
        name: (at.getAttribute("href") || at.tagName) + " " + at.textContent.trim().slice(0, 40),
        top: box.top + scrollY, bottom: box.bottom + scrollY, left: box.left, right: box.right,
        seen: box.top >= -1 && box.bottom <= whole.clientHeight + 1
            && box.left >= -1 && box.right <= whole.clientWidth + 1,
        marked: look.outlineStyle !== "none" && parseFloat(look.outlineWidth) >= 2,
    }
}"""


@dataclass(frozen=True)
class Stop:
    """Something that is focused: where it lies, whether in the window, and whether it is marked."""

    name: str
    top: float
    bottom: float
    left: float
    right: float
    seen: bool
    marked: bool


def walk(page: Page) -> list[Stop]:
    """Everything that the tab key stops at, from the top of the page to its end."""
    found: list[Stop] = []
    for _ in range(STOPS_MAX):
        page.keyboard.press("Tab")
        told = page.evaluate(HERE)
        if told is None:
            return found
        found.append(Stop(**told))
    raise AssertionError("the tab key goes round in a circle")


def out_of_order(stops: list[Stop], *, rtl: bool) -> list[str]:
    """Where the next stop lies before the one before it, as people read: by lines, then along a line."""
    found = []
    for one, other in pairwise(stops):
        middle = (other.top + other.bottom) / 2
        same_line = one.top <= middle <= one.bottom
        along = other.right <= one.right + 1 if rtl else other.left >= one.left - 1
        if not (along if same_line else other.top >= one.top):
            found.append(f"{one.name} → {other.name}")
    return found
