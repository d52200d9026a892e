"""Personal details as rows of a page: what it is, where it stands, what was chosen."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
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
ALL = "all"
"""Buttons that choose for many details are called by this."""
LEFT_OPEN = N_("Reviewers decide")
"""What the organization's answers say of a detail for which it has chosen nothing."""
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
    """One detail on the page; ``chosen`` is None where nothing is."""

    thing: str
    said: str
    certain: bool
    chosen: str | None
    decided: Decided
    snippets: tuple[Snippet, ...]
    more: int


@dataclass(frozen=True, slots=True)
class Group:
    """Details of one kind."""

    kind: Kind
    name: str
    hint: str
    rows: tuple[Row, ...]


def groups_of(found: Personal, typed: Mapping[str, str]) -> list[Group]:
    """Every detail by kind, what is surely personal first; ``typed`` choices were sent and not kept."""
    said = dict(texts(found.account))
    rows = (
        _row(one, said, typed.get(one.detail.thing) or one.organization or preset(one.detail.certain))
        for one in found.decided
    )
    return _grouped(rows)


def groups_to_decide(found: Personal, typed: Mapping[str, str]) -> list[Group]:
    """What a reviewer decides on, by kind, in the words of the account as they read it."""
    said = dict(texts(found.account))
    asked = (one for one in found.decided if one.organization is not Choice.REVIEWERS)
    return _grouped(_row(one, said, typed.get(one.detail.thing) or one.reviewer) for one in asked)


def for_reviewers_only(found: Personal) -> list[str]:
    """The words that the organization shows to reviewers and to nobody else."""
    return [one.detail.text for one in found.decided if one.organization is Choice.REVIEWERS]


def read_choices(form: Mapping[str, str]) -> dict[str, str]:
    """Thing → choice, of every input that is one."""
    return {name.removeprefix(PREFIX): value for name, value in form.items() if name.startswith(PREFIX)}


def for_all(found: Personal, button: str | None) -> dict[str, str]:
    """Thing → choice, by the reviewer's button for many details at once; {} without one.

    ``hide`` is for everything still open, ``keep`` for what is open and the organization would keep.
    """
    if button == Choice.HIDE:
        return {one.detail.thing: Choice.HIDE.value for one in found.open}
    if button == Choice.KEEP:
        kept = (one for one in found.open if one.organization is Choice.KEEP)
        return {one.detail.thing: Choice.KEEP.value for one in kept}
    return {}


def _grouped(rows: Iterable[Row]) -> list[Group]:
    by_kind: dict[Kind, list[Row]] = {}
    for row in rows:
        by_kind.setdefault(row.decided.detail.kind, []).append(row)
    return [Group(kind, *KINDS[kind], tuple(by_kind[kind])) for kind in KINDS if kind in by_kind]


def _row(one: Decided, said: Mapping[str, str], chosen: str | None) -> Row:
    detail = one.detail
    snippets = tuple(_snippet(spot, said[spot.pointer]) for spot in detail.spots[:SPOTS_SHOWN])
    more = max(0, len(detail.spots) - SPOTS_SHOWN)
    return Row(detail.thing, detail.text, detail.certain, chosen, one, snippets, more)


def _snippet(spot: Spot, text: str) -> Snippet:
    """The detail between whole words."""
    before, after = text[max(0, spot.start - AROUND) : spot.start], text[spot.end : spot.end + AROUND]
    if spot.start > AROUND:
        cut = before.find(" ") + 1
        before = "… " + before[cut:]
    if spot.end + AROUND < len(text):
        cut = after.rfind(" ")
        after = (after if cut < 0 else after[:cut]) + " …"
    return Snippet(_question(spot.pointer), before, text[spot.start : spot.end], after)


def _question(pointer: str) -> str:
    names = (short(field) for field in _fields(pointer))
    return next(names, gettext("Report"))


def _fields(pointer: str) -> Iterator[Field]:
    for field in report_steps.FIELDS:
        if pointer == field.pointer or pointer.startswith(field.pointer + "/"):
            yield field
