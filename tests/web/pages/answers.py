"""The account of ``factories.account`` as a person types it into the form, page by page."""

from __future__ import annotations

from tests.factories import account
from tests.web.browsing import Page, Typed, Visitor

WHOLE = account()
CORE: dict[str, dict[str, Typed]] = {
    "story": {"title": f" {WHOLE['title']} ", "text": WHOLE["text"]},
    "language": {"language": "en"},
    "kind": {"kind": "kind/incident"},
    "severity": {"severity": "severity/serious"},
    "failure": {"failure": ["failure/fabrication", "failure/unsafe-advice"]},
    "failure-main": {"failure_main": "failure/unsafe-advice"},
    "harm": {"harm": ["harm/injury"]},
    "sector": {"sector": ["sector/health"]},
    "system": {"system": ["system/chatbot"]},
    "when": {"from": "march  2026"},
    "where": {"countries": ["kenya", "", ""]},
}
"""Slug of a page of the core that this account is asked → what is typed there, for the form to mend."""
THEMES: dict[str, dict[str, dict[str, Typed]]] = {
    "people": {"reach": {}, "affected-role": {}, "affected-group": {}, "harmed": {}},
    "names": {
        "systems": {},
        "developers": {"developers": "Example  Systems\r\n\r\n"},
        "deployers": {"deployers": "A clinic network"},
        "ai-role": {},
    },
    "light": {
        "detection": {"detection": "detection/staff"},
        "detected": {"detected": "after", "detected_amount": "2", "detected_unit": "days"},
        "ended": {},
    },
    "steps": {
        "containment": {"containment": ["containment/shutdown"]},
        "done": {},
        "contained": {"contained": "after", "contained_amount": " 3 ", "contained_unit": "hours"},
    },
    "repair": {"remediation": {}, "investigation": {}, "remedied": {}, "recovered": {}, "closed": {}},
    "tell": {"told": {"told_affected": "done"}},
    "learn": {
        "root-cause": {},
        "cause": {},
        "lessons": {"lessons": WHOLE["response"]["lessons"]},
        "preparedness": {},
    },
    "sources": {"confidence": {}, "reporter": {}, "links": {"links": "example.org/notice"}},
}
"""Slug of a theme → its pages in order; a missing https:// is for the form to mend."""
ATTACK = ("cause-entity", "cause-intent", "cause-timing")
"""Pages that are asked after an attack only."""
MAIN = ("failure-main", "harm-main", "sector-main", "system-main", "root-cause-main")
"""Pages that are asked where several answers are chosen."""
STEPS: dict[str, dict[str, Typed]] = CORE | {
    slug: typed for pages in THEMES.values() for slug, typed in pages.items()
}
"""Every page that this account is asked."""


def begin(visitor: Visitor) -> Page:
    """The first page of a new report, by the start page's button."""
    return visitor.follow(visitor.open("/report").link("Start now"))


def fill_core(visitor: Visitor) -> Page:
    """Type the core; returns the page on which to check it."""
    page = begin(visitor)
    for typed in CORE.values():
        page = visitor.send(page, typed=typed)
        assert page.status == 200, (page.path, page.summary)
        if page.path.endswith("/similar"):  # a record resembles it, and it is none of these
            page = visitor.send(page, press=("choice", "none"))
    return past_details(visitor, page)


def fill_in(visitor: Visitor) -> Page:
    """Type the whole account, theme after theme; returns the page on which to check it."""
    page = fill_core(visitor)
    for pages in THEMES.values():
        page = visitor.open(f"/report/{key_of(page)}/{next(iter(pages))}")
        for typed in pages.values():
            page = visitor.send(page, typed=typed)
            assert page.status == 200, (page.path, page.summary)
        assert page.path.endswith("/check")
    return page


def past_details(visitor: Visitor, page: Page) -> Page:
    """Leave the page of personal details as it is; returns the page on which to check the answers."""
    assert page.path.endswith("/privacy")
    continues = [url for url, text in page.links if text == "Continue"]
    return visitor.follow(continues[0]) if continues else visitor.send(page, "/privacy")


def key_of(page: Page) -> str:
    """The report's key, from the address of its page."""
    return page.path.split("/report/")[-1].split("/mine/")[-1].split("/")[0]
