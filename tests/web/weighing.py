"""What pages weigh on the wire, as the browser counts it: headers and bodies, redirects too."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from playwright.sync_api import Page


@dataclass
class Scale:
    """Bytes received, by address."""

    bytes: list[tuple[str, int]] = field(default_factory=list)

    def of(self, part: str) -> Scale:
        """What came from addresses with this part."""
        return Scale([(url, size) for url, size in self.bytes if part in url])

    def __add__(self, other: Scale) -> Scale:
        return Scale(self.bytes + other.bytes)

    @property
    def total(self) -> int:
        return sum(size for _, size in self.bytes)

    def __str__(self) -> str:
        return "\n".join(f"{size:6} {url}" for url, size in self.bytes)


@contextmanager
def weighing(page: Page, *, afresh: bool = False) -> Iterator[Scale]:
    """Count all that comes to the page meanwhile; what the browser has kept already costs nothing.

    ``afresh`` makes it forget first what it has kept.
    """
    scale, urls = Scale(), {}
    devtools = page.context.new_cdp_session(page)
    if afresh:
        devtools.send("Network.clearBrowserCache")

    def begun(event: dict[str, Any]) -> None:
        led = event.get("redirectResponse")
        if led is not None:
            scale.bytes.append((led["url"], int(led["encodedDataLength"])))
        urls[event["requestId"]] = event["request"]["url"]

    def ended(event: dict[str, Any]) -> None:
        scale.bytes.append((urls.get(event["requestId"], "?"), int(event["encodedDataLength"])))

    devtools.on("Network.requestWillBeSent", begun)
    devtools.on("Network.loadingFinished", ended)
    devtools.send("Network.enable")
    yield scale
    devtools.detach()
