"""Every page in every language: its words, its direction, its links, and Latin digits everywhere."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from urllib.parse import urlsplit

import pytest
from babel.messages.catalog import Message
from babel.messages.mofile import read_mo

from registry.intake.rules import State
from search import Indexer
from tests.conftest import missing
from tests.factories import account
from tests.web.browsing import Page, Visitor
from tests.web.pages.answers import ATTACK, MAIN, STEPS
from tests.web.pages.test_report_form_pages import WRONG
from tests.web.town import WAYS, Town
from web import catalogues
from web.indexing import follow
from web.pages.language import LANGUAGES

RTL = frozenset({"ar"})
PLACE = re.compile(r"%\\?\(\w+\\?\)[sd]")
LETTERS_MIN = 6
"""A message with fewer letters beside its places would match almost anything."""
FOREIGN_DIGITS = re.compile(r"[٠-٩۰-۹]")
EVERYBODY: tuple[str, ...] = (
    "/",
    "/?q=dose&harm=injury",
    "/?q=nothing+like+it",
    "/?severity=terrible",
    "/about",
    "/about/taxonomy",
    "/about/taxonomy/severity",
    "/nowhere",
    "/signin",
    "/report",
    "/report/safety",
    "/receipt",
)
HELPER = (
    "/report/kind",
    "/report/kind?asked=ai",
    "/report/kind?ai=no",
    "/report/kind?ai=yes&harm=no&close=yes&community=unsure&life=yes",
)


def forms(message: Message) -> tuple[str, ...]:
    texts = message.string if isinstance(message.string, list | tuple) else [message.string]
    return tuple(str(text) for text in texts)


@dataclass(frozen=True)
class Catalogue:
    """English messages that the language says otherwise, as texts and as patterns; and what it says."""

    plain: frozenset[str]
    patterns: tuple[re.Pattern[str], ...]
    said: frozenset[str]

    def left_in_english(self, text: str) -> bool:
        if text in self.said:
            return False
        return text in self.plain or any(pattern.fullmatch(text) for pattern in self.patterns)


@cache
def catalogue(language: str) -> Catalogue:
    """What pages read at run time."""
    path = catalogues.FOLDER / language / "LC_MESSAGES" / "messages.mo"
    if not path.exists():
        missing("compiled catalogues (make translations)")
    with path.open("rb") as file:
        messages = [message for message in read_mo(file) if message.id]
    plain, patterns = set(), []
    for message in messages:
        for given in message.id if isinstance(message.id, tuple | list) else (message.id,):
            folded = " ".join(str(given).split())
            if folded in forms(message):
                continue
            if not PLACE.search(folded):
                plain.add(folded)
            elif len(re.findall("[A-Za-z]", PLACE.sub("", folded))) >= LETTERS_MIN:
                patterns.append(re.compile(PLACE.sub(".+", re.escape(folded))))
    said = frozenset(" ".join(text.split()) for message in messages for text in forms(message))
    return Catalogue(frozenset(plain), tuple(patterns), said)


def read_everything(town: Town, prefix: str) -> Iterator[Page]:
    """Every kind of page, with what goes wrong on it, in one language."""
    yield from _public(town, prefix)
    yield from _writing(town, town.signed_in("member", prefix))
    yield from _following(town, prefix)
    yield from _reviewing(town, town.signed_in("reviewer", prefix))
    yield town.signed_in("steward", prefix).open("/account")


def _public(town: Town, prefix: str) -> Iterator[Page]:
    record = town.record_id(town.report(State.PUBLISHED))
    follow(town.node.records, Indexer(town.node.settings.index_dir, town.node.taxonomy))
    visitor = town.visitor(prefix)
    for path in (*EVERYBODY, f"/records/{record}", f"/records/{record}/versions"):
        yield visitor.open(path)
    yield visitor.send(visitor.open("/signin"), email="nobody@example.org")
    yield visitor.send(visitor.open("/receipt"), code="1")


def _writing(town: Town, visitor: Visitor) -> Iterator[Page]:
    key, bare = town.draft(), town.draft({"title": "Bare", "language": "en"})
    yield visitor.open("/account")
    yield visitor.open("/report/new")
    for slug in (*STEPS, *ATTACK, *MAIN):
        page = visitor.open(f"/report/{key}/{slug}")
        yield page
        if slug in WRONG:
            yield visitor.send(page, typed=WRONG[slug][0])
    yield visitor.send(visitor.open(f"/report/{key}/when"), typed={"from": "03/04/2026"})
    for path in HELPER:
        yield visitor.open(path)
    page = visitor.open(f"/report/{bare}/check")
    yield page
    yield visitor.send(page)
    yield visitor.send(visitor.open(f"/report/{key}/check"))


def _following(town: Town, prefix: str) -> Iterator[Page]:
    visitor, anybody = town.signed_in("member", prefix), town.visitor(prefix)
    yield visitor.open("/mine?state=scheduled")
    for state in WAYS:
        key = town.report(state)
        yield visitor.open(f"/mine/{key}")
        yield visitor.open(f"/mine/{key}/withdraw")
        yield anybody.send(anybody.open("/receipt"), code=town.receipt(key))
    yield visitor.open("/mine")
    yield visitor.open("/review")  # not open to members


def _reviewing(town: Town, visitor: Visitor) -> Iterator[Page]:
    for state in (State.SUBMITTED, State.IN_REVIEW, State.CHANGES_REQUESTED, State.ACCEPTED, State.PUBLISHED):
        key = town.report(state, account(title=f"Report that is {state}"))
        yield visitor.open(f"/review/{key}")
        yield visitor.open(f"/review?state={state}")
    key = town.report(State.IN_REVIEW)
    yield visitor.send(visitor.open(f"/review/{key}"), "/decide", ("decision", "decline"))
    yield visitor.send(visitor.open(f"/review/{key}"), "/decide", ("decision", "request-changes"))
    page = visitor.open("/review/publish")
    yield page
    yield visitor.send(page)
    yield visitor.send(page)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_page_speaks_its_language(town: Town, language: str) -> None:
    prefix = "" if language == "en" else f"/{language}"
    pages, wrong = 0, []
    for page in read_everything(town, prefix):
        pages += 1
        assert (page.lang, page.dir) == (language, "rtl" if language in RTL else "ltr"), page.address
        assert page.title, page.address
        assert page.html.count("<h1") == 1, page.address
        assert not FOREIGN_DIGITS.search(page.text), page.address
        wrong += [f"{page.address}: leads to {url}" for url in leading_elsewhere(page, prefix)]
        if language != "en":
            english = catalogue(language).left_in_english
            spoken = {text for lang, text in page.spoken if lang == language}
            wrong += [f"{page.address}: {text}" for text in spoken if english(text)]
    assert "\n".join(wrong) == ""
    assert pages > 80


def leading_elsewhere(page: Page, prefix: str) -> Iterator[str]:
    """Addresses of pages in another language, but for those of the language menu."""
    menu = page.html.partition('<details class="menu">')[2].partition("</details>")[0].replace("&amp;", "&")
    for url in [*(url for url, _ in page.links), *(form.action for form in page.forms)]:
        parts = urlsplit(url)
        site = parts.path.startswith("/") and not parts.netloc
        without = parts.path.startswith(("/api/", "/static/", "/feeds/"))
        if site and not without and f'href="{url}"' not in menu and not parts.path.startswith(prefix):
            yield url


def test_the_menu_leads_to_the_same_page_in_the_other_language(town: Town) -> None:
    key, visitor = town.report(State.SUBMITTED), town.signed_in("member", "/ar")
    page = visitor.open(f"/mine/{key}")
    french = visitor.follow(page.link("Français"))
    assert (french.path, french.lang, french.dir) == (f"/fr/mine/{key}", "fr", "ltr")
    english = visitor.follow(french.link("English"))
    assert (english.path, english.lang) == (f"/mine/{key}", "en")


def test_codes_and_ids_are_not_reversed_in_arabic(town: Town) -> None:
    key = town.report(State.PUBLISHED)
    page = town.signed_in("member", "/ar").open(f"/mine/{key}")
    for code in (town.receipt(key), town.record_id(key)):
        assert re.search(rf'<bdi dir="ltr" class="[\w-]+">{code}</bdi>', page.html)


def test_what_people_wrote_carries_its_own_language_and_direction(town: Town) -> None:
    raw = account(title="روبوت أعطى جرعة خاطئة", text="أعطى روبوت محادثة جرعة خاطئة.", language="ar")
    key = town.report(State.SUBMITTED, raw)
    page = town.signed_in("reviewer").open(f"/review/{key}")
    assert '<h1 lang="ar" dir="rtl">' in page.html
    assert ("ar", "أعطى روبوت محادثة جرعة خاطئة.") in page.spoken
    assert f'<bdi lang="ar">{raw["title"]}</bdi>' in town.signed_in("reviewer").open("/review").html
