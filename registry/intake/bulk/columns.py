"""The columns of our own table: one a field of an account, and one for a partner's own number. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from registry.account.check import REQUIRED, REQUIRED_FACETS
from registry.account.types import MILESTONES, NARRATIVES, PARTIES
from taxonomy import Taxonomy

REFERENCE = "reference"
ERRORS = "errors"
"""The column that we add to a checked copy; read back, it is passed over."""
AUDIENCE = "audience"
"""The facet that is answered with a state, in the column ``told``."""


class Form(StrEnum):
    """How the cells of a column are read."""

    REFERENCE = "reference"
    TEXT = "text"
    LANGUAGE = "language"
    BEGAN = "began"
    DATE = "date"
    COUNTRIES = "countries"
    NAMES = "names"
    LINKS = "links"
    CODES = "codes"
    INTERVAL = "interval"
    TOLD = "told"


LATER = "since"
"""The text that is asked for some months after publication, and in no file of new reports."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its permanent name, where its value stands in an account (JSON pointer), how it is read.

    ``facet`` is set for codes; ``needed`` of what a report cannot be sent without.
    """

    name: str
    pointer: str
    form: Form
    facet: str = ""
    needed: bool = False


@cache
def columns(taxonomy: Taxonomy) -> tuple[Column, ...]:
    """Every column in the order of the template."""
    return (
        Column(REFERENCE, "", Form.REFERENCE),
        Column("title", "/title", Form.TEXT, needed="title" in REQUIRED),
        Column("text", "/text", Form.TEXT, needed="text" in REQUIRED),
        Column("language", "/language", Form.LANGUAGE),
        Column("happened_from", "/happened/from", Form.BEGAN, needed="happened" in REQUIRED),
        Column("happened_to", "/happened/to", Form.DATE),
        Column("countries", "/countries", Form.COUNTRIES),
        Column("district", "/place/district", Form.TEXT),
        Column("place", "/place/exact", Form.TEXT),
        *_facets(taxonomy, required=True),
        *(Column(party, f"/entities/{party}", Form.NAMES) for party in PARTIES),
        *(Column(name, f"/response/{name}", Form.INTERVAL) for name in MILESTONES),
        *(Column(name, f"/response/{name}", Form.TEXT) for name in NARRATIVES if name != LATER),
        Column("told", "/response/told", Form.TOLD),
        Column("links", "/links", Form.LINKS),
        *_facets(taxonomy, required=False),
    )


@cache
def by_name(taxonomy: Taxonomy) -> dict[str, Column]:
    """Name → column."""
    return {column.name: column for column in columns(taxonomy)}


def offered(taxonomy: Taxonomy) -> tuple[Column, ...]:
    """The columns of the template: all but those that software fills in."""
    return tuple(c for c in columns(taxonomy) if not (c.facet and taxonomy.facets[c.facet].set_by))


def of_pointer(taxonomy: Taxonomy, pointer: str) -> Column | None:
    """The column in which the value at a place of an account stands; None where it stands in none."""
    for column in columns(taxonomy):
        if column.pointer and (pointer == column.pointer or pointer.startswith(column.pointer + "/")):
            return column
    if pointer == "/happened":
        return by_name(taxonomy)["happened_from"]
    return None


def _facets(taxonomy: Taxonomy, *, required: bool) -> list[Column]:
    order = REQUIRED_FACETS if required else tuple(taxonomy.facets)
    return [
        Column(name, f"/classification/{name}", Form.CODES, name, needed=required)
        for name in order
        if name != AUDIENCE and (name in REQUIRED_FACETS) is required
    ]
