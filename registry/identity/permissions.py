"""Who may do what at this node. This table is the only place that says so.

Read a line from left to right. The second one says: *"write and send reports"* may be done by a person
who is a member or an administrator, or by a program that was given "submissions:write"; on reports of
their own organization; while these are a draft, were sent back for changes, or are being revised.

- People: a *member* writes reports, an *org-admin* also looks after the organization, a *reviewer*
  examines reports of others, a *steward* looks after this node. Reviewers and stewards have these roles
  only once they have shown a second factor.
- A program that acts for a person may do what the person *and* the program may. A program that acts by
  itself goes by its scope alone. Without a scope in the line, no program may.
- Only organizations that were approved, and are not suspended, act at all.
- Somebody without the role or scope is told "you may not" (403) before anything is looked up. Somebody
  with it, asking for a thing of an organization that is not theirs to see, is told "there is no such
  thing" (404), in the same words as for a thing that never existed.
- Somebody without an account, where a node takes such reports, may do what ``GUEST_MAY`` names, and only to
  the one report that they wrote: it has a tenant of its own.
- "seen" are the states in which the thing is known to those of this line. In a state that is seen but
  does not allow the act, the answer is "not now" (409).

The same line answers "may I?" and "which ones do I see in the list?" (``rules.py``, ``rows.py``), so
a list never shows what its items hide. ``commons permissions`` prints this table in plain words, and
``docs/permissions.md`` holds the same page.
"""

from __future__ import annotations

from typing import Final

from registry.identity.roles import Line, Permission, Role, Whose

MEMBER, ORG_ADMIN, REVIEWER, STEWARD = Role.MEMBER, Role.ORG_ADMIN, Role.REVIEWER, Role.STEWARD
EVERYBODY: Final = tuple(Role)
OWN, OTHERS, ANY, SELF = Whose.OWN, Whose.OTHERS, Whose.ANY, Whose.ONESELF
may, P = Line.of, Permission

REPORTS, PEOPLE, PROGRAMS = "reports", "people", "programs"
OFFERS = "reports offered to them"
RECORDS = "public records"
SHARED = "records for partners"
ORG, NODE, ACCOUNT = "organization", "the node", "account"
NO_PROGRAM: Final = None

# What a report can be, in the order of its life (registry/intake/rules.py).
OPEN: Final = ("draft", "changes_requested", "revising")
WAITING: Final = ("submitted", "in_review")
ACCEPTED: Final = ("accepted",)
DECLINED: Final = ("declined",)
APPEALED: Final = ("appealed",)
PUBLIC: Final = ("published",)
APPEALABLE: Final = (*DECLINED, *PUBLIC)  # what is public: against the decline of its revision
PENDING: Final = (*OPEN, *WAITING, *ACCEPTED)
CANCELLABLE: Final = (*PENDING, *APPEALED)
DECIDABLE: Final = (*WAITING, *APPEALED)
AT_REST: Final = (*PENDING, *APPEALED, "published", *DECLINED, "withdrawn")
SENT: Final = (*WAITING, "changes_requested", *ACCEPTED, "scheduled", "published", *DECLINED, *APPEALED)
# What a request to publish for another is while it stands (registry/intake/identities/rules.py).
ASKED: Final = ("offered", "taken")
# What an organization can be, until nothing is left of it (``OrganizationState``).
KNOWN: Final = ("applied", "active", "declined", "suspended")
EVER: Final = None

# fmt: off
PERMISSIONS: Final[dict[Permission, Line]] = {
    # who may …                 people               programs             whose   things    states    seen
    P.READ_SUBMISSIONS:     may([MEMBER, ORG_ADMIN], "submissions:read",  OWN,    REPORTS,  EVER),
    P.WRITE_SUBMISSIONS:    may([MEMBER, ORG_ADMIN], "submissions:write", OWN,    REPORTS,  OPEN),
    P.WITHDRAW_SUBMISSIONS: may([MEMBER, ORG_ADMIN], "submissions:write", OWN,    REPORTS,  CANCELLABLE),
    P.REVISE_PUBLISHED:     may([MEMBER, ORG_ADMIN], "submissions:write", OWN,    REPORTS,  PUBLIC),
    P.APPEAL_SUBMISSIONS:   may([MEMBER, ORG_ADMIN], "submissions:write", OWN,    REPORTS,  APPEALABLE),
    P.NAME_SUBMISSIONS:     may([MEMBER, ORG_ADMIN], "submissions:write", OWN,    REPORTS,  PENDING),
    P.READ_OFFERS:          may([MEMBER, ORG_ADMIN], "submissions:read",  OWN,    OFFERS,   ASKED,    ASKED),
    P.DECIDE_OFFERS:        may([MEMBER, ORG_ADMIN], "submissions:write", OWN,    OFFERS,   ASKED,    ASKED),
    P.ERASE_ORIGINALS:      may([MEMBER, ORG_ADMIN], "submissions:write", OWN,    REPORTS,  AT_REST),
    P.READ_REVIEWS:         may([REVIEWER],          "reviews:read",      OTHERS, REPORTS,  SENT,     SENT),
    P.REVIEW:               may([REVIEWER],          "reviews:write",     OTHERS, REPORTS,  DECIDABLE, SENT),
    P.CHANGE_RECORDS:       may([MEMBER, ORG_ADMIN], "submissions:write", OWN,    REPORTS,  EVER),
    P.READ_FLAGS:           may([REVIEWER, STEWARD], "reviews:read",      ANY,    RECORDS,  EVER),
    P.CARE_FOR_RECORDS:     may([REVIEWER, STEWARD], "reviews:write",     ANY,    RECORDS,  EVER),
    P.DECIDE_CHANGES:       may([REVIEWER],          "reviews:write",     OTHERS, RECORDS,  EVER),
    P.READ_GREEN:           may(EVERYBODY,           NO_PROGRAM,          ANY,    SHARED,   EVER),
    P.CURATE_RECORDS:       may([REVIEWER],          "reviews:write",     OTHERS, RECORDS,  EVER),
    P.RELEASE_BATCH:        may([REVIEWER, STEWARD], "node:admin",        ANY,    REPORTS,  ACCEPTED),
    P.MANAGE_MEMBERS:       may([ORG_ADMIN],         "org:admin",         OWN,    PEOPLE,   EVER),
    P.MANAGE_CLIENTS:       may([ORG_ADMIN],         "org:admin",         OWN,    PROGRAMS, EVER),
    P.MANAGE_ORGANIZATION:  may([ORG_ADMIN],         "org:admin",         OWN,    ORG,      EVER),
    P.EXPORT_ORGANIZATION:  may([ORG_ADMIN],         "org:admin",         OWN,    ORG,      EVER),
    P.DECIDE_APPLICATIONS:  may([STEWARD],           "node:admin",        ANY,    ORG,      KNOWN,    KNOWN),
    P.MANAGE_NODE:          may([STEWARD],           "node:admin",        ANY,    NODE,     EVER),
    P.MANAGE_ACCOUNT:       may(EVERYBODY,           NO_PROGRAM,          SELF,   ACCOUNT,  EVER),
}
# fmt: on

GUEST_MAY: Final = frozenset(
    {
        P.READ_SUBMISSIONS,
        P.WRITE_SUBMISSIONS,
        P.WITHDRAW_SUBMISSIONS,
        P.REVISE_PUBLISHED,
        P.APPEAL_SUBMISSIONS,
        P.ERASE_ORIGINALS,
        P.CHANGE_RECORDS,
    }
)
"""What somebody without an account may do, to the one report of their own."""
