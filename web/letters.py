"""The words of letters, in the language of who reads them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from urllib.parse import urlencode

from babel.support import NullTranslations, Translations

from registry.config import Settings
from registry.errors import N_
from registry.identity.factors.letters import FACTORS_CHANGED, FACTORS_RESET
from registry.identity.tenants import letters
from registry.identity.tenants.letters import Letter
from registry.mail import Message

TRANSLATIONS = Path(__file__).parent / "translations"
ENGLISH = "en"


@dataclass(frozen=True, slots=True)
class Words:
    """Subject and text of a kind of letter; ``path`` is the page that its link leads to."""

    subject: str
    text: str
    path: str


WORDS: dict[str, Words] = {
    letters.APPLICATION: Words(
        N_("Please confirm your address"),
        N_(
            "Somebody gave this address when applying for an organization at %(node)s.\n\n"
            "If it was you, open this page and type the password that you chose. The link works once, and "
            "for %(days)s days:\n%(link)s\n\n"
            "If it was not you, do nothing. Without your confirmation everything is deleted."
        ),
        "/join/confirm",
    ),
    letters.ADDRESS_KNOWN: Words(
        N_("You have an account here already"),
        N_(
            "Somebody gave this address when applying for an organization at %(node)s. You have an account "
            "there already, so nothing was done.\n\n"
            "If it was you, sign in first and apply again:\n%(link)s\n\n"
            "If it was not you, do nothing."
        ),
        "/join",
    ),
    letters.APPROVED: Words(
        N_("Your organization was approved"),
        N_(
            "%(organization)s may now report at %(node)s. The steward wrote:\n\n%(reason)s\n\n"
            "Sign in and invite your colleagues:\n%(link)s"
        ),
        "/organization",
    ),
    letters.DECLINED: Words(
        N_("Your organization was not approved"),
        N_(
            "%(organization)s was not approved at %(node)s. The steward wrote:\n\n%(reason)s\n\n"
            "What you sent us will be deleted. More about this registry:\n%(link)s"
        ),
        "/about",
    ),
    letters.INVITATION: Words(
        N_("You are invited"),
        N_(
            "%(organization)s invites you to work with it at %(node)s, a registry of incidents with "
            "artificial intelligence.\n\n"
            "Open this page to accept. The link works once, and for %(days)s days:\n%(link)s\n\n"
            "If you do not know them, do nothing."
        ),
        "/invitation",
    ),
    FACTORS_CHANGED: Words(
        N_("Your second factors changed"),
        N_(
            "Something changed in the second factors of your account at %(node)s: the app, or the recovery "
            "codes.\n\n"
            "If it was you, do nothing. If it was not you, sign in, end all other sessions, and tell the "
            "people who run the node:\n%(link)s"
        ),
        "/account/sessions",
    ),
    FACTORS_RESET: Words(
        N_("Your second factors were reset"),
        N_(
            "The people who run %(node)s took the app, the passkeys and the recovery codes from your "
            "account, and ended every session. Sign in with your password and set up a second factor "
            "anew:\n%(link)s\n\n"
            "If you did not ask for this, tell them at once."
        ),
        "/account/factors",
    ),
}
"""Kind of letter → what it says."""


def compose(letter: Letter, settings: Settings) -> Message:
    """The letter as a message."""
    words, said = WORDS[letter.kind], _catalogue(_spoken(letter.language))
    facts = {**letter.facts, "node": settings.node_name, "link": _link(letter, words.path, settings)}
    return Message(letter.to, said.gettext(words.subject), said.gettext(words.text) % facts)


def _link(letter: Letter, path: str, settings: Settings) -> str:
    language = _spoken(letter.language)
    prefix = "" if language == settings.language else f"/{language}"
    query = "?" + urlencode({"key": letter.secret}) if letter.secret else ""
    return f"{settings.base_url.rstrip('/')}{prefix}{path}{query}"


def _spoken(language: str) -> str:
    return language if language.isalpha() and (TRANSLATIONS / language).is_dir() else ENGLISH


@cache
def _catalogue(language: str) -> NullTranslations:
    return Translations.load(TRANSLATIONS, [language])
