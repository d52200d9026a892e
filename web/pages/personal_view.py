"""Personal details as rows of a page: what it is, where it stands, what was chosen."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from registry.errors import N_
from registry.intake.personal.deciding import Decided, Personal
from registry.intake.personal.rules import Choice, preset
from registry.privacy.accounts import Spot, texts
from registry.privacy.findings import Kind
from web.pages import report_steps
from web.pages.forms import Field
from web.pages.messages import gettext
from web.pages.report_page import short

PREFIX = "detail-"
"""Inputs are called by this and the name of the thing."""
AROUND = 60
"""Characters shown before and after a detail."""
SPOTS_SHOWN = 3
KINDS: dict[Kind, tuple[str, str]] = {
    Kind.EMAIL: (N_("E-mail address"), ""),
    Kind.PHONE: (N_("Telephone number"), ""),
    Kind.COORDINATES: (N_("Exact place"), ""),
    Kind.CHECKED_ID: (N_("Number of a person, card or account"), ""),
    Kind.HANDLE: (N_("Name of an account"), ""),
    Kind.LINK: (N_("Link that opens something"), ""),
    Kind.ADDRESS: (N_("Postal address"), ""),
    Kind.NETWORK: (N_("Address of a device"), ""),
    Kind.PERSON: (
        N_("Possible name"),
        N_("We ask about every word that may be a name. Names of products and places may stay."),
    ),
    Kind.ID: (N_("Possible number of a case, person or thing"), ""),
    Kind.PLACE: (N_("Possible small place"), N_("In a small place, everybody knows who is meant.")),
    Kind.JOB: (
        N_("Role that may name one person"),
        N_("The only nurse of a village is known without a name."),
    ),
    Kind.BIRTH: (N_("Possible date of birth"), ""),
}
"""Kind → its name, and a sentence where one helps."""


@dataclass(frozen=True, slots=True)
class Snippet:
    """A detail where it stands: the question, the text before it, itself, the text after it."""

    question: str
    before: str
    said: str
    after: str


@dataclass(frozen=True, slots=True)
class Row:
    """One detail on the page."""

    thing: str
    kind: str
    hint: str
    said: str
    certain: bool
    chosen: Choice
    decided: Decided
    snippets: tuple[Snippet, ...]
    more: int


def rows_of(found: Personal) -> list[Row]:
    """Every detail; what is surely personal comes first."""
    said = dict(texts(found.account))
    ordered = sorted(found.decided, key=lambda one: not one.detail.certain)
    return [_row(one, said, one.organization or preset(one.detail.certain)) for one in ordered]


def rows_for_review(found: Personal) -> list[Row]:
    """What reviewers are shown and decide on; in the words of the account as they read it."""
    said = dict(texts(found.account))
    shown = [one for one in found.decided if one.verdict.reviewers_read]
    return [_row(one, said, one.reviewer or Choice.HIDE) for one in shown]


def read_choices(form: Mapping[str, str]) -> dict[str, str]:
    """Thing → choice, of every input that is one."""
    return {name.removeprefix(PREFIX): value for name, value in form.items() if name.startswith(PREFIX)}


def _row(one: Decided, said: Mapping[str, str], chosen: Choice) -> Row:
    detail = one.detail
    kind, hint = KINDS[detail.kind]
    snippets = tuple(_snippet(spot, said[spot.pointer]) for spot in detail.spots[:SPOTS_SHOWN])
    more = max(0, len(detail.spots) - SPOTS_SHOWN)
    return Row(detail.thing, kind, hint, detail.text, detail.certain, chosen, one, snippets, more)


def _snippet(spot: Spot, text: str) -> Snippet:
    before = " ".join(text[max(0, spot.start - AROUND) : spot.start].split(" ")).lstrip()
    after = text[spot.end : spot.end + AROUND]
    if spot.start > AROUND:
        before = "… " + before.partition(" ")[2]
    if spot.end + AROUND < len(text):
        after = after.rpartition(" ")[0] + " …"
    return Snippet(_question(spot.pointer), before, text[spot.start : spot.end], after)


def _question(pointer: str) -> str:
    names = (short(field) for field in _fields(pointer))
    return next(names, gettext("Report"))


def _fields(pointer: str) -> Iterator[Field]:
    for field in report_steps.FIELDS:
        if pointer == field.pointer or pointer.startswith(field.pointer + "/"):
            yield field
