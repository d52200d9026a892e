"""The account of ``factories.account`` as a person types it into the form, page by page."""

from __future__ import annotations

from tests.factories import account
from tests.web.browsing import Page, Typed, Visitor

WHOLE = account()
STEPS: dict[str, dict[str, Typed]] = {
    "story": {"title": f" {WHOLE['title']} ", "text": WHOLE["text"], "language": "en"},
    "when": {"from_month": "3", "from_year": "2026", "countries": ["kenya", "", ""]},
    "system": {
        "system": ["system/chatbot"],
        "sector": ["sector/health"],
        "developers": "Example  Systems\r\n\r\n",
        "deployers": "A clinic network",
    },
    "failure": {
        "kind": "kind/incident",
        "failure": ["failure/fabrication", "failure/unsafe-advice"],
        "failure_main": "failure/unsafe-advice",
    },
    "harm": {"harm": ["harm/injury"], "severity": "severity/serious"},
    "people": {},
    "detection": {
        "detection": "detection/staff",
        "detected": "after",
        "detected_amount": "2",
        "detected_unit": "days",
    },
    "containment": {
        "containment": ["containment/shutdown"],
        "contained": "after",
        "contained_amount": " 3 ",
        "contained_unit": "hours",
    },
    "repair": {},
    "told": {"told_affected": "done"},
    "lessons": {"lessons": WHOLE["response"]["lessons"]},
    "sources": {"links": "example.org/notice"},
}
"""Slug of a page → what is typed there; blanks and a missing https:// are for the form to mend."""


def begin(visitor: Visitor) -> Page:
    """The first page of a new report, by the start page's button."""
    return visitor.follow(visitor.open("/report").link("Start now"))


def fill_in(visitor: Visitor) -> Page:
    """Type the whole account; returns the page on which to check it."""
    page = begin(visitor)
    for typed in STEPS.values():
        page = visitor.send(page, typed=typed)
        assert page.status == 200
    return past_details(visitor, page)


def past_details(visitor: Visitor, page: Page) -> Page:
    """Leave the page of personal details as it is; returns the page on which to check the answers."""
    assert page.path.endswith("/privacy")
    continues = [url for url, text in page.links if text == "Continue"]
    return visitor.follow(continues[0]) if continues else visitor.send(page, "/privacy")


def key_of(page: Page) -> str:
    """The report's key, from the address of its page."""
    return page.path.split("/report/")[-1].split("/mine/")[-1].split("/")[0]
