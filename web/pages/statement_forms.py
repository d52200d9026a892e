"""The short forms of statements, as data: what each asks, and what it is called."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from registry.account.statement import STATEMENT_MAX
from registry.errors import N_
from registry.intake.similar.rules import Kind as Says
from web.pages.forms import Field, Kind, Step


@dataclass(frozen=True, slots=True)
class Form:
    """One of the forms: its word in addresses, its heading, what it is for, its questions; all msgids.

    ``name`` is how lists call such a statement, ``act`` what leads to the form.
    """

    word: str
    name: str
    act: str
    heading: str
    lead: str
    step: Step


def _text(label: str, hint: str) -> Field:
    return Field(Kind.LONG, "text", "/text", label, hint, needed=True, limit=STATEMENT_MAX, rows=7)


_LANGUAGE = Field(Kind.LANGUAGE, "language", "/language", N_("Which language did you write in?"), needed=True)
_LINKS = Field(
    Kind.LINKS,
    "links",
    "/links",
    N_("Public pages that show it"),
    N_("One address a line, beginning with https://."),
    rows=2,
)
_NO_NAMES = N_("Leave out people’s names, phone numbers and exact addresses.")
FORMS: Final[Mapping[Says, Form]] = {
    Says.STATEMENT: Form(
        "seen",
        N_("Seen here too"),
        N_("It happened here too: say so"),
        N_("It happened here too"),
        N_("A few answers are enough: what happened is told by this record already."),
        Step(
            "seen",
            (
                Field(Kind.COUNTRIES, "countries", "/countries", N_("Where did it happen?"), needed=True),
                Field(
                    Kind.DATE,
                    "from",
                    "/happened/from",
                    N_("When did it happen, or begin?"),
                    N_("As precisely as is safe to say: a year is enough. For example, 2026, or 3 2026."),
                    needed=True,
                ),
                _text(N_("What was the same, and what was different?"), _NO_NAMES),
                Field(
                    Kind.LONG,
                    "done",
                    "/response/done",
                    N_("What contained it?"),
                    N_("What helped, and what did not."),
                    limit=STATEMENT_MAX,
                    rows=4,
                ),
                _LANGUAGE,
            ),
        ),
    ),
    Says.FIX: Form(
        "fixed",
        N_("What was fixed"),
        N_("It was fixed: say how"),
        N_("It was fixed"),
        N_(
            "Say what was changed in the system, or around it, so that others can check whether it is so too."
        ),
        Step(
            "fixed",
            (
                Field(
                    Kind.DATE,
                    "from",
                    "/happened/from",
                    N_("Since when?"),
                    N_("As precisely as is safe to say: a year is enough. For example, 2026, or 3 2026."),
                    needed=True,
                ),
                _text(
                    N_("What was changed, and how can others tell?"),
                    N_("For example, a version, a setting, a rule for users. Leave out people’s names."),
                ),
                _LINKS,
                _LANGUAGE,
            ),
        ),
    ),
    Says.DISPUTE: Form(
        "disputed",
        N_("Dispute"),
        N_("Something is not right: dispute it"),
        N_("Dispute this record"),
        N_(
            "Your statement is shown beside the record, which stays as it is. To have the record "
            "itself changed or taken away, flag it."
        ),
        Step(
            "disputed",
            (
                _text(N_("What is not right, and how do you know?"), _NO_NAMES),
                _LINKS,
                _LANGUAGE,
            ),
        ),
    ),
    Says.REPLY: Form(
        "reply",
        N_("Reply"),
        N_("Your organization is named here: reply"),
        N_("Reply to this record"),
        N_(
            "For organizations that the record names as developer, deployer or harmed. The reply is "
            "shown with the name of your organization."
        ),
        Step("reply", (_text(N_("What do you reply?"), _NO_NAMES), _LINKS, _LANGUAGE)),
    ),
}
"""What a statement says → its form."""
BY_WORD: Final[Mapping[str, Says]] = {form.word: says for says, form in FORMS.items()}
"""Word in an address → what the statement says."""
