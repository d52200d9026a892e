"""Who is named, in words: what the public and what reviewers read in each case."""

from __future__ import annotations

from flask import Flask

from registry.errors import N_
from registry.intake.identities.rules import LENT, OFFER_LABELS, OWN, Identity
from registry.intake.identities.views import NamingView
from web.pages.messages import gettext

TITLES: dict[Identity, str] = {
    Identity.NAMED: N_("By its name"),
    Identity.DESCRIPTOR: N_("By a general description"),
    Identity.HIDDEN: N_("Not at all"),
    Identity.DELEGATED: N_("Another organization publishes it for us"),
}
"""Identity → what the choice is called."""

EFFECTS: dict[Identity, str] = {
    Identity.NAMED: N_("The public reads “%(name)s”. Reviewers read “%(descriptor)s” and no name."),
    Identity.DESCRIPTOR: N_("The public and reviewers read “%(descriptor)s” and no name."),
    Identity.HIDDEN: N_("Neither the public nor reviewers read anything about your organization."),
    Identity.DELEGATED: N_(
        "The public and reviewers read of that organization only. You choose it on the next page, and it "
        "does not learn who asks unless you say so."
    ),
}
"""Identity → who reads what."""

LENT_TITLES: dict[Identity, str] = {
    Identity.NAMED: N_("Under our name"),
    Identity.DESCRIPTOR: N_("Under our description"),
}
"""What a publisher lends → what the choice is called."""

Option = tuple[str, str, str]
"""Value, words, hint."""


def register(app: Flask) -> None:
    """Let templates say how a report names its organization."""
    app.jinja_env.globals.update(naming_title=title, naming_effect=effect, OFFER_LABELS=OFFER_LABELS)


def options(name: str, descriptor: str, *, delegation: bool) -> list[Option]:
    """The choices of an organization with this name and description."""
    offered = tuple(Identity) if delegation else OWN
    return [
        (one.value, gettext(TITLES[one]), gettext(EFFECTS[one], name=name, descriptor=descriptor))
        for one in offered
    ]


def lent_options(name: str, descriptor: str) -> list[Option]:
    """What a publisher may lend, with what the public then reads."""
    shown = {Identity.NAMED: name, Identity.DESCRIPTOR: descriptor}
    reads = N_("The public reads “%(words)s” on the report.")
    return [(one.value, gettext(LENT_TITLES[one]), gettext(reads, words=shown[one])) for one in LENT]


def effect(view: NamingView) -> str:
    """What the choice made for a report means."""
    if view.identity is Identity.DELEGATED:
        return gettext("The public and reviewers read of that organization only.")
    return gettext(EFFECTS[view.identity], name=view.name, descriptor=view.descriptor)


def title(view: NamingView) -> str:
    """What the choice made for a report is called."""
    return gettext(TITLES[view.identity])
