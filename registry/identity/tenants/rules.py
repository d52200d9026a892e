"""Rules of tenancy: what an organization's standing allows, who is made what, what may be typed. Pure."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Final
from urllib.parse import urlsplit

from registry.errors import N_, Conflict, NotAllowed, Problem
from registry.identity.rules import (
    PERMISSIONS,
    SCOPES,
    Actor,
    OrganizationState,
    Permission,
    Role,
    allowed,
)

NAME_MAX: Final = 150
"""Characters of a name that a stranger types; the column leaves room to tell two of the same name apart."""
DESCRIPTOR_MAX: Final = 200
WEBSITE_MAX: Final = 300
PURPOSE_MAX: Final = 3_000
REASON_MAX: Final = 2_000
EMAIL_MAX: Final = 254
PERSON_MAX: Final = 120
INVITATION_DAYS: Final = 14
CONFIRM_DAYS: Final = 7
"""Days in which an applicant has to show that the address is theirs; then the application is forgotten."""
DECLINED_DAYS: Final = 90
"""Days after which a declined application is forgotten."""
INVITATIONS_MAX: Final = 100
"""Invitations of one organization that wait at the same time."""

_ATOM = r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}"
_LABEL = r"[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?"
_EMAIL = re.compile(rf"{_ATOM}@{_LABEL}(?:\.{_LABEL}){{1,8}}", re.ASCII)
_HOST = re.compile(rf"{_LABEL}(?:\.{_LABEL}){{1,8}}", re.ASCII)
_TWIN = re.compile(r" \([0-9a-f]{6}\)$", re.ASCII)
_POINTS = 10
"""Combining classes from here on are accents and optional vowels; below are marks that make a letter."""
_LOOK_ALIKES = str.maketrans(
    # Cyrillic capitals and small letters, Greek ones, then signs that are taken for letters.
    "АВЕКМНОРСТУХІЈЅаеорсухіјѕһԁԛԝѵӏкмтвнпг" + "ΑΒΕΖΗΙΚΜΝΟΡΤΥΧαορνικτυχεημωβγσ" + "iıI1|0",
    "abekmhopctyxljsaeopcyxljshdqwvlkmtbhnr" + "abezhlkmnoptyxaopvlktuxenuwbyo" + "lllllo",
)
"""What reads as a Latin letter in common typefaces. Small l, capital I and 1 are one; so i has to be too."""
_JOINERS = "\u200c\u200d"
"""Invisible, and part of the spelling in Persian and in many scripts of India."""


_TURNS = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
"""Embeddings, overrides and isolates of the bidirectional algorithm (Unicode Standard Annex 9, section 2)."""


class Action(StrEnum):
    """What can be done to an organization's standing."""

    APPROVE = "approve"  # it may act from now on
    DECLINE = "decline"  # it may not join; the steward may still think otherwise later
    SUSPEND = "suspend"  # everything it does stops at once
    RESUME = "resume"
    ERASE = "erase"  # what the node holds on it goes; cannot be undone


class Review(StrEnum):
    """Whether an organization examines reports of others."""

    ALLOW = "allow-review"
    STOP = "stop-review"


TRANSITIONS: dict[Action, dict[OrganizationState, OrganizationState]] = {
    Action.APPROVE: {
        OrganizationState.APPLIED: OrganizationState.ACTIVE,
        OrganizationState.DECLINED: OrganizationState.ACTIVE,
    },
    Action.DECLINE: {OrganizationState.APPLIED: OrganizationState.DECLINED},
    Action.SUSPEND: {OrganizationState.ACTIVE: OrganizationState.SUSPENDED},
    Action.RESUME: {OrganizationState.SUSPENDED: OrganizationState.ACTIVE},
    Action.ERASE: {
        OrganizationState.APPLIED: OrganizationState.ERASED,
        OrganizationState.ACTIVE: OrganizationState.ERASED,
        OrganizationState.DECLINED: OrganizationState.ERASED,
        OrganizationState.SUSPENDED: OrganizationState.ERASED,
    },
}
"""Action → from which state to which."""
_NOT_NOW: Final[dict[OrganizationState, str]] = {
    OrganizationState.APPLIED: N_("This cannot be done now: nobody has decided on its application yet."),
    OrganizationState.ACTIVE: N_("This cannot be done now: the organization is active."),
    OrganizationState.DECLINED: N_("This cannot be done now: its application was declined."),
    OrganizationState.SUSPENDED: N_("This cannot be done now: the organization is suspended."),
    OrganizationState.NAMELESS: N_("This cannot be done: behind it is no organization."),
    OrganizationState.ERASED: N_("This cannot be done any more: the organization was erased."),
}


def after(action: Action, state: OrganizationState) -> OrganizationState:
    """The state that an action leads to; raises ``Conflict`` where it is not possible."""
    try:
        return TRANSITIONS[action][state]
    except KeyError as error:
        raise Conflict(_NOT_NOW[state], state=state.value, action=action.value) from error


def possible(state: OrganizationState) -> frozenset[Action]:
    """Every action that the state allows."""
    return frozenset(action for action, steps in TRANSITIONS.items() if state in steps)


@dataclass(frozen=True, slots=True)
class Operator:
    """Whoever runs commands on the machine itself: holds the databases and so may do everything."""


OPERATOR: Final = Operator()
Whoever = Actor | Operator
"""A person or program, or the operator. Never None: nobody in particular may do nothing."""


def may(who: Whoever, permission: Permission, owner_id: str, state: str | None = None) -> bool:
    """Whether this may be done to a thing of organization ``owner_id`` in this state."""
    return isinstance(who, Operator) or allowed(who, permission, owner_id, state)


def demand_any(who: Whoever, *permissions: Permission) -> None:
    """Raises ``NotAllowed`` for somebody who holds none of these; asked before any look-up."""
    if isinstance(who, Actor) and not any(who.holds(permission) for permission in permissions):
        raise NotAllowed


def assignable(*, may_review: bool) -> tuple[Role, ...]:
    """Roles that an organization's administrator may give; the steward's is never among them."""
    return (Role.MEMBER, Role.ORG_ADMIN, Role.REVIEWER) if may_review else (Role.MEMBER, Role.ORG_ADMIN)


def role_problems(roles: Collection[str], *, may_review: bool) -> list[Problem]:
    """Everything wrong with a choice of roles."""
    if not roles:
        return [Problem("/roles", N_("Choose at least one role."))]
    if set(roles) <= {role.value for role in assignable(may_review=may_review)}:
        return []
    if Role.REVIEWER.value in roles and not may_review:
        return [Problem("/roles", N_("The steward has not approved your organization as a reviewing body."))]
    return [Problem("/roles", N_("Choose among the roles that are offered."))]


def scopes_held(actor: Actor) -> tuple[str, ...]:
    """The scopes of which the actor may do everything themselves, in the order of ``SCOPES``.

    A program that acts by itself may do all that its scope opens, so a part of it is not enough: a
    reviewer releases batches, which is a part of "node:admin", and must not make a program a steward.
    """
    opens: dict[str, list[Permission]] = {}
    for permission, line in PERMISSIONS.items():
        opens.setdefault(line.scope or "", []).append(permission)
    held = {scope for scope, permissions in opens.items() if all(actor.holds(each) for each in permissions)}
    return tuple(scope for scope in SCOPES if scope in held or scope == "records:read")


def leaves_no_admin(admins: Collection[str], person_id: str, roles: Collection[str]) -> bool:
    """Whether nobody would look after an organization once this person's roles are these."""
    return Role.ORG_ADMIN.value not in roles and set(admins) == {person_id}


def one_line(text: str) -> str:
    """A text as one line, blanks folded, without controls and what no database can hold."""
    return " ".join(_shown(text, " ").split())


def is_unseen(sign: str) -> bool:
    """Whether a sign is a control, or turns the direction of what follows."""
    return unicodedata.category(sign) == "Cc" or sign in _TURNS


def misleads(text: str) -> bool:
    """Whether a text holds control characters, or signs that turn the direction of what follows.

    A reader or a terminal would show something else than what is written. Blanks at the ends do not count.
    """
    return any(is_unseen(sign) for sign in text.strip())


def as_name(text: str) -> str:
    """A name as it is kept: one line. One that misleads stays as it is, for ``name_problems`` to refuse."""
    return text if misleads(text) else one_line(text)


def name_problems(pointer: str, name: str, most: int) -> Iterable[Problem]:
    """What is wrong with the name of a person, organization, program or thing, out of ``as_name``."""
    if misleads(name):
        yield Problem(pointer, N_("Leave out control characters and signs that turn the direction of text."))
    else:
        yield from line_problem(pointer, name, most)


def paragraphs(text: str) -> str:
    """A longer text with its line ends, without controls and what no database can hold."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return "\n".join(_shown(line, "") for line in lines).strip()


def _shown(text: str, otherwise: str) -> str:
    """The text without what cannot be seen; joiners stay between the letters that they join."""
    whole = "".join(c if c.isprintable() or c == "\t" or c in _JOINERS else otherwise for c in text)
    return re.sub(rf"(?<![^\s{_JOINERS}])[{_JOINERS}]+|[{_JOINERS}]+(?![^\s{_JOINERS}])", "", whole)


def is_email(text: str) -> bool:
    """Whether this is an address that mail can be sent to (the form of HTML's ``input type=email``)."""
    return len(text) <= EMAIL_MAX and _EMAIL.fullmatch(text) is not None


def is_website(text: str) -> bool:
    """Whether this is the address of a public web site."""
    try:
        parts = urlsplit(text)
        host, _ = parts.hostname, parts.port
    except ValueError:
        return False
    plain = parts.username is None and parts.scheme in ("http", "https")
    return plain and len(text) <= WEBSITE_MAX and host is not None and _HOST.fullmatch(host) is not None


def likeness(name: str) -> str:
    """What a name looks like: the same for names that a reader takes for one another.

    Case, accents, blanks and marks do not count, nor whether a letter is Latin, Greek or Cyrillic where
    the three look alike (the common part of Unicode Technical Standard 39, section 4).
    """
    plain = unicodedata.normalize("NFKD", _TWIN.sub("", name)).translate(_LOOK_ALIKES).casefold()
    letters = (c for c in plain if unicodedata.combining(c) < _POINTS)
    return "".join(c for c in letters if c.isalnum() or unicodedata.category(c).startswith("M"))


def twin(name: str, mark: str) -> str:
    """The name for an organization whose own name is taken: people tell the two apart by the mark."""
    return f"{name} ({mark})"


def line_problem(pointer: str, text: str, most: int) -> Iterable[Problem]:
    """What is wrong with a text that must be there and no longer than so many characters."""
    if not 0 < len(text) <= most:
        yield Problem(pointer, N_("Fill this in, in at most %(most)s characters."), {"most": most})
