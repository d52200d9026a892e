"""A real browser on a served town: launching, serving, and looking at a page with the rules of axe."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from axe_playwright_python.sync_playwright import Axe
from flask import Flask
from playwright.sync_api import Browser, Page, sync_playwright

from tests.serving import on_port

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-sync",
]
RULES: dict[str, object] = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    "resultTypes": ["violations", "incomplete"],
}
LOOK_RULES: dict[str, object] = RULES | {
    "runOnly": {"type": "rule", "values": ["color-contrast", "target-size"]}
}
"""The rules whose answer depends on width and theme."""
ASK = """rules => axe.run(document, rules).then(found =>
    ["violations", "incomplete"].flatMap(kind => found[kind].map(rule =>
        `${kind} ${rule.id} ${rule.nodes.slice(0, 3).map(node => node.target).join("; ")}`)))"""
"""Everything that is wrong or that the rules cannot decide, a line each."""


@contextmanager
def launched(path: str) -> Iterator[Browser]:
    """The browser at a path of this machine."""
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield started
        started.close()


@contextmanager
def served(app: Flask) -> Iterator[str]:
    """The application over HTTP; gives its address."""
    with on_port(app) as port:
        yield f"http://127.0.0.1:{port}"


def overflow(page: Page) -> int:
    """Pixels by which the page is wider than its window."""
    wide: int = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    return wide


def inspect(page: Page) -> None:
    """Make the page ready for ``faults``: come whole, the rules loaded, everything folded opened."""
    page.wait_for_load_state()
    page.evaluate("document.querySelectorAll('details:not(.menu)').forEach(part => { part.open = true })")
    page.evaluate(Axe().axe_script)


def faults(page: Page, rules: Mapping[str, object] = RULES) -> list[str]:
    """What the rules say about the page as it is now, and whether it fits its window."""
    said: list[str] = page.evaluate(ASK, rules)
    return [*said, "wider than the window"] if overflow(page) > 0 else said
