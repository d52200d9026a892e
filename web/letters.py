"""The words of letters, in the language of who reads them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from urllib.parse import urlencode

from babel.support import NullTranslations, Translations

from registry.config import Settings
from registry.custody.letters import LAPSING
from registry.errors import N_
from registry.identity.factors.letters import FACTORS_CHANGED, FACTORS_RESET
from registry.identity.selfcare import letters as account
from registry.identity.tenants import letters
from registry.identity.tenants.letters import Letter
from registry.intake.held.letters import HELD
from registry.intake.identities import letters as identities
from registry.mail import Message
from registry.review.asking import letters as asking
from web import news_words

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
    account.RESET: Words(
        N_("A new password"),
        N_(
            "Somebody asked for a new password for your account at %(node)s.\n\n"
            "If it was you, open this page and choose one. The link works once, and for an "
            "hour:\n%(link)s\n\n"
            "If it was not you, do nothing. Your password stays as it is."
        ),
        "/signin/reset",
    ),
    account.NO_PASSWORD: Words(
        N_("You have no password here"),
        N_(
            "Somebody asked for a new password for your account at %(node)s. You sign in there through your "
            "organization, so there is no password.\n\n"
            "If it was you, sign in as you always do:\n%(link)s\n\n"
            "If it was not you, do nothing."
        ),
        "/signin",
    ),
    account.PASSWORD_CHANGED: Words(
        N_("Your password was changed"),
        N_(
            "The password of your account at %(node)s was changed. Other sessions were ended, and programs "
            "that acted for you were disconnected; you can connect them again.\n\n"
            "If it was you, do nothing. If it was not you, ask for a new password at once, and tell the "
            "people who run the node:\n%(link)s"
        ),
        "/signin/forgot",
    ),
    account.PASSWORD_CHANGED_ALONE: Words(
        N_("Your password was changed"),
        N_(
            "The password of your account at %(node)s was changed, and other sessions were ended. Programs "
            "that act for you stay connected, as was chosen.\n\n"
            "If it was you, do nothing. If it was not you, ask for a new password at once, which disconnects "
            "the programs too, and tell the people who run the node:\n%(link)s"
        ),
        "/signin/forgot",
    ),
    account.VERIFY: Words(
        N_("Please confirm your address"),
        N_(
            "This address belongs to an account at %(node)s. Open this page to show that you read it. The "
            "link works once, and for a day:\n%(link)s\n\n"
            "If you have no account there, do nothing."
        ),
        "/account/email/confirm",
    ),
    account.CHANGE: Words(
        N_("Please confirm your new address"),
        N_(
            "Somebody wishes to use this address for their account at %(node)s.\n\n"
            "If it was you, open this page. The link works once, and for a day:\n%(link)s\n\n"
            "If it was not you, do nothing."
        ),
        "/account/email/confirm",
    ),
    account.CHANGING: Words(
        N_("Your address is being changed"),
        N_(
            "Somebody signed in to your account at %(node)s and wishes to use another address for it. It "
            "counts once a link that was sent there is opened.\n\n"
            "If it was you, do nothing. If it was not you, change your password; that ends all other "
            "sessions. Then keep this address on the same page:\n%(link)s"
        ),
        "/account/email",
    ),
    account.ADDRESS_TAKEN: Words(
        N_("You have an account here already"),
        N_(
            "Somebody wished to use this address for another account at %(node)s. It belongs to an account "
            "there already, so nothing was done.\n\n"
            "If it was you, sign in with this address:\n%(link)s\n\n"
            "If it was not you, do nothing."
        ),
        "/signin",
    ),
    identities.ASKED: Words(
        N_("You are asked to publish a report"),
        N_(
            "At %(node)s, another organization asks yours to publish a report for it.\n\n"
            "Sign in to read the report, then take it over or refuse. This letter says nothing more, because "
            "mail is read by many:\n%(link)s"
        ),
        "/others",
    ),
    identities.ANSWERED: Words(
        N_("There is an answer about your report"),
        N_(
            "At %(node)s, the organization that you asked to publish a report has answered.\n\n"
            "Sign in to read what it says. This letter says nothing more, because mail is "
            "read by many:\n%(link)s"
        ),
        "/mine",
    ),
    asking.ASKED: Words(
        N_("A reviewer has a question"),
        N_(
            "At %(node)s, a reviewer asks something about one of your organization's reports.\n\n"
            "Sign in to read the question and answer it. This letter says nothing more, because mail is "
            "read by many:\n%(link)s"
        ),
        "/mine",
    ),
    asking.ANSWERED: Words(
        N_("A question was answered"),
        N_(
            "At %(node)s, a question about a report that you review was answered.\n\n"
            "Sign in to read the answer. This letter says nothing more, because mail is read by "
            "many:\n%(link)s"
        ),
        "/review",
    ),
    HELD: Words(
        N_("Did the fix hold?"),
        N_(
            "Some months ago one of your organization's reports was published at %(node)s. Did what was put "
            "right hold, or did it come back? Others can learn from the answer.\n\n"
            "Sign in to answer; it takes a minute. This letter says nothing more, because mail is read by "
            "many:\n%(link)s"
        ),
        "/mine",
    ),
    LAPSING: Words(
        N_("A draft will be deleted"),
        N_(
            "Nobody has changed one of your organization's draft reports at %(node)s for a long time. It "
            "will be deleted for good in %(days)s days.\n\n"
            "If you still need it, open it and save it once, or send it. If not, do nothing:\n%(link)s"
        ),
        "/mine",
    ),
    FACTORS_CHANGED: Words(
        N_("Your second factors changed"),
        N_(
            "Something changed in the second factors of your account at %(node)s: the app, a passkey, or "
            "the recovery codes.\n\n"
            "If it was you, do nothing. If it was not you, sign in, end all other sessions, and tell the "
            "people who run the node:\n%(link)s"
        ),
        "/account/sessions",
    ),
    FACTORS_RESET: Words(
        N_("Your second factors were reset"),
        N_(
            "The people who run %(node)s took the app, the passkeys and the recovery codes from your "
            "account, ended every session, and disconnected the programs that acted for you. Sign in with "
            "your password and set up a second factor anew:\n%(link)s\n\n"
            "If you did not ask for this, tell them at once."
        ),
        "/account/factors",
    ),
    **{kind: Words(news_words.SUBJECT, news_words.TEXT, path) for kind, path in news_words.PATHS.items()},
}
"""Kind of letter → what it says."""


def compose(letter: Letter, settings: Settings) -> Message:
    """The letter as a message."""
    words, said = WORDS[letter.kind], _catalogue(_spoken(letter.language))
    told = news_words.lines(letter.facts, said) if letter.kind in news_words.PATHS else letter.facts
    facts = {**told, "node": settings.node_name, "link": _link(letter, words.path, settings)}
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
