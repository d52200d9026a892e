"""The report on its way: sent by whoever it is, then examined and published by others."""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from registry.intake.identities.rules import Identity
from search import Indexer
from tests.factories import PASSWORD, account, keep_details
from tests.web.browsing import Page, Visitor
from tests.web.pages.answers import fill_in, key_of
from tests.web.two_worlds.founding import PUBLISHER, Sender, World
from web.indexing import follow

ACCOUNT = account()
MODES = (Identity.HIDDEN, Identity.DESCRIPTOR, Identity.DELEGATED)
"""Ways to be shown in which organizations must not be told apart."""
NEXT_DAY = timedelta(hours=34)
"""From midnight before it is sent until it is examined, in every world alike."""
ADDRESSES = ("198.51.100.{}", "203.0.113.{}", "2001:db8::{:x}")
BROWSERS = (
    "Mozilla/5.0 (Android 14; Mobile; rv:140.0) Gecko/140.0 Firefox/140.0",
    "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0 Safari/537.36",
    "kobo-collect/2026.3 (Tecno KG5; Swahili)",
    "curl/8.9.1",
)


@dataclass(frozen=True)
class Way:
    """All that differs between two worlds besides the sender: from where, with what, at which hour."""

    address: str
    browser: str
    minutes: int

    @classmethod
    def drawn(cls, number: int) -> Way:
        """A way by its number, the same in every run."""
        dice = random.Random(f"way {number}")  # noqa: S311 - a seed is the point
        address = dice.choice(ADDRESSES).format(dice.randrange(2, 250))
        return cls(address, f"{dice.choice(BROWSERS)} {dice.randrange(10**6)}", dice.randrange(1, 850))

    @property
    def marks(self) -> tuple[str, str]:
        """What must be found nowhere."""
        return self.address, self.browser


def send(world: World, sender: Sender, way: Way, mode: Identity, channel: str) -> str:
    """Send the report and bring it into the public, with two of others; gives its key."""
    world.clock.forward(minutes=way.minutes)
    key = _by_api(world, sender, way, mode) if channel == "api" else _by_form(world, sender, way, mode)
    world.clock.now = world.clock.now.replace(hour=0, minute=0) + NEXT_DAY
    side = world.node.private
    if mode is Identity.DELEGATED:
        (asked,) = side.identities.others.page(world.founded.publisher).items
        side.identities.others.take(world.founded.publisher, asked.id, "named", version=None)
    side.reviews.claim(world.founded.reviewer, key)
    keep_details(side, world.founded.reviewer, key)
    side.reviews.accept(world.founded.reviewer, key)
    published = side.publication.publish_batch()
    assert len(published) == 3
    assert side.transparency.refresh()
    follow(world.node.records, Indexer(world.node.settings.index_dir, world.node.taxonomy))
    return key


def _by_api(world: World, sender: Sender, way: Way, mode: Identity) -> str:
    headers = {
        "Authorization": f"Bearer {sender.token}",
        "X-Forwarded-For": way.address,
        "User-Agent": way.browser,
        "Idempotency-Key": f"{sender.name.split()[0]}-{way.minutes}",
    }
    body: dict[str, Any] = {"account": ACCOUNT}
    if mode is Identity.DELEGATED:
        body["delegate"] = {"publisher": PUBLISHER, "message": f"From {sender.name}."}
    else:
        body["identity"] = mode.value
    answer = world.app.test_client().post("/api/v1/submissions", json=body, headers=headers)
    assert answer.status_code == 201, answer.text
    key: str = answer.json["id"]
    return key


def _by_form(world: World, sender: Sender, way: Way, mode: Identity) -> str:
    visitor = Visitor(world.app)
    environ = visitor.client.environ_base
    environ["HTTP_X_FORWARDED_FOR"], environ["HTTP_USER_AGENT"] = way.address, way.browser
    visitor.send(visitor.open("/signin"), email=sender.email, password=PASSWORD)
    page = fill_in(visitor)
    key = key_of(page)
    _choose(visitor, key, mode)
    page = visitor.send(visitor.open(f"/report/{key}/check"), "/send")
    assert page.path.endswith("/sent"), page.text
    return key


def _choose(visitor: Visitor, key: str, mode: Identity) -> None:
    page: Page = visitor.send(visitor.open(f"/report/{key}/identity"), "/identity", identity=mode.value)
    if mode is Identity.DELEGATED:
        page = visitor.send(page, "/publisher", another=PUBLISHER, message="For us, please.")
    assert page.path.endswith("/check"), page.text
