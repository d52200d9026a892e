"""A person at a real browser that has an authenticator of its own (WebAuthn of the devtools protocol)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from playwright.sync_api import CDPSession, Page

from tests.factories import PASSWORD

TRYING = "form[data-options]"
"""Forms that a device fills in."""


@dataclass
class Seat:
    """A person at a browser with an authenticator."""

    site: str
    page: Page
    devtools: CDPSession
    authenticator: str
    said: list[str]

    def sign_in(self, name: str) -> None:
        self.page.goto(f"{self.site}/signin")
        self.page.fill("#email", f"{name}@example.org")
        self.page.fill("#password", PASSWORD)
        self.page.click("form[action='/signin'] button")

    def sign_out(self) -> None:
        self.page.goto(f"{self.site}/account")
        self.page.click("form[action='/signout'] button")

    def ask(self) -> None:
        """The first step of adding a passkey."""
        self.page.goto(f"{self.site}/account/passkeys")
        self.page.fill("#password", PASSWORD)
        self.page.click("form[action='/account/passkeys'] button")

    def add(self, name: str = "My phone") -> None:
        self.ask()
        self.page.fill("#name", name)
        self.press()
        self.page.wait_for_selector(".note.ok")

    def press(self) -> None:
        """Use the passkey on the page that is open, and wait for what comes of it."""
        with self.page.expect_navigation(url=lambda url: not url.endswith("#")):
            self.page.click(f"{TRYING} button")

    def credentials(self) -> list[dict[str, Any]]:
        found = self.devtools.send("WebAuthn.getCredentials", {"authenticatorId": self.authenticator})
        kept: list[dict[str, Any]] = found["credentials"]
        return kept

    def count(self, number: int) -> None:
        """Set the counter of the one passkey, as a copy of the device would have it."""
        (kept,) = self.credentials()
        which = {"authenticatorId": self.authenticator, "credentialId": kept["credentialId"]}
        self.devtools.send("WebAuthn.removeCredential", which)
        kept = {key: kept[key] for key in kept if key not in ("backupEligibility", "backupState")}
        added = {"authenticatorId": self.authenticator, "credential": kept | {"signCount": number}}
        self.devtools.send("WebAuthn.addCredential", added)

    def verifies(self, *, does: bool) -> None:
        told = {"authenticatorId": self.authenticator, "isUserVerified": does}
        self.devtools.send("WebAuthn.setUserVerified", told)
