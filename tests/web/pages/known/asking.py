"""What tests of these pages share: a story that resembles a record, and the page that asks about it."""

from __future__ import annotations

from registry.intake.similar.rules import About
from search import Indexer
from tests.web.browsing import Page, Visitor
from tests.web.pages.answers import begin
from tests.web.town import Town
from web.indexing import follow

STORY = {
    "title": "Bot doubled the dose",
    "text": "Asked about a blood tablet, the health chatbot gave patients twice the safe dose.",
}
NOTHING_LIKE_IT = {"title": "Zephyrine", "text": "A brass lantern rolled down nine hills."}


def index(town: Town) -> None:
    follow(town.node.records, Indexer(town.node.settings.index_dir, town.node.taxonomy))


def asked(visitor: Visitor) -> Page:
    page = visitor.send(begin(visitor), typed=STORY)
    assert page.path.endswith("/similar"), page.path
    return page


def choice(page: Page, start: str) -> tuple[str, str]:
    return next(button for button in page.form().buttons if button[1].startswith(start))


def about(town: Town, key: str) -> About | None:
    return town.side.intake.read(town.people.other_member, key).summary.about
