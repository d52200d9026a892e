"""The answers of a report in words: for checking before sending, and to keep a copy."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

from api.node import the_node
from registry.account import Answer
from registry.account.types import Lasting
from registry.errors import N_
from web.pages import forms_place, report_later, report_ways, words
from web.pages.chrome import here
from web.pages.forms import Field, Kind, Step, get
from web.pages.forms_filling import unit_of
from web.pages.messages import gettext, ngettext
from web.pages.report_page import address, short
from web.pages.report_steps import CORE
from web.pages.report_themes import THEMES


class Row(NamedTuple):
    """A question, its answer (empty when skipped), where to change it, and its own place on the page."""

    question: str
    answer: str
    url: str | None
    anchor: str


@dataclass(frozen=True, slots=True)
class Section:
    """The core, or a theme, with its heading in the reader's language and its rows.

    ``url`` leads to its first question without an answer.
    """

    slug: str
    heading: str
    rows: tuple[Row, ...]
    url: str | None = None

    @property
    def answered(self) -> int:
        """How many of its questions have an answer."""
        return sum(bool(row.answer) for row in self.rows)


CORE_HEADING = N_("What happened")


def sections(account: Mapping[str, Any], key: str, *, editable: bool) -> list[Section]:
    """Every question with its answer: the core first, then the themes.

    While the report can be edited only what applies; afterwards everything that was answered, too.
    """
    found = [Section("core", gettext(CORE_HEADING), _rows(CORE, account, key if editable else None))]
    for theme in THEMES:
        steps = [step for step in theme.steps if _listed(step, account, editable=editable)]
        rows = _rows(steps, account, key if editable else None)
        if rows:
            fresh = next((step for step in steps if not _answered(step, account)), steps[0])
            url = here(f"/report/{key}/{fresh.slug}") if editable else None
            found.append(Section(theme.slug, gettext(theme.heading), rows, url))
    return [*found, *_later(account)]


def _later(account: Mapping[str, Any]) -> list[Section]:
    """What was answered months after publication."""
    given = [(field, answer) for field in report_later.FIELDS if (answer := get(account, field.pointer))]
    rows = tuple(Row(short(field), in_words(field, answer), None, field.name) for field, answer in given)
    return [Section("later", gettext(report_later.HEADING), rows)] if rows else []


def left_out(account: Mapping[str, Any]) -> list[tuple[str, list[Row]]]:
    """Why (a msgid), and the answers that are kept in the draft and not sent."""
    why: dict[str, list[Row]] = {}
    for step in report_ways.left_out(account, the_node().taxonomy):
        why.setdefault(step.when.because if step.when else "", []).extend(_rows([step], account, None))
    return list(why.items())


def as_text(account: Mapping[str, Any], key: str) -> str:
    """The answers as plain text, skipped questions left out."""
    lines: list[str] = []
    for section in sections(account, key, editable=False):
        if section.answered:
            lines += [section.heading.upper(), ""]
            lines += [f"{row.question}\n{row.answer}\n" for row in section.rows if row.answer]
    return "\n".join(lines)


def _listed(step: Step, account: Mapping[str, Any], *, editable: bool) -> bool:
    applies = report_ways.applies(step, account, the_node().taxonomy)
    return applies or (not editable and _answered(step, account))


def _answered(step: Step, account: Mapping[str, Any]) -> bool:
    return all(get(account, field.pointer) for field in step.fields)


def _rows(steps: Iterable[Step], account: Mapping[str, Any], key: str | None) -> tuple[Row, ...]:
    asked = ((field, step) for step in steps for field in step.fields if field.kind is not Kind.MAIN)
    return tuple(_row(field, step, account, key) for field, step in asked)


def _row(field: Field, step: Step, account: Mapping[str, Any], key: str | None) -> Row:
    answer = get(account, field.pointer)
    url = address(step, key, anchor=field.anchor) if key else None
    anchor = step.slug if field is step.asks else field.name
    return Row(short(field), in_words(field, answer) if answer else "", url, anchor)


def in_words(field: Field, answer: Any) -> str:
    """An answer that was given, as people read it."""
    if field is report_later.HELD:
        return gettext(words.LASTING[Lasting(answer)])
    return _WORDS[field.kind](answer)


def _lines(answer: list[str]) -> str:
    return "\n".join(answer)


def _labels(answer: list[str]) -> str:
    names = [words.label(code) for code in answer]
    if len(names) > 1:
        names[0] = gettext("%(answer)s (main)", answer=names[0])
    return "\n".join(names)


def _one(answer: list[str]) -> str:
    return "\n".join(words.label(code) for code in answer)


def _interval(answer: dict[str, Any]) -> str:
    """Exactly as it was given, not rounded as on public pages."""
    if answer["answer"] != Answer.AFTER:
        return gettext(words.ANSWERS[Answer(answer["answer"])])
    amount, unit = unit_of(answer["hours"])
    if unit == "weeks":
        return ngettext("%(num)s week", "%(num)s weeks", amount)
    if unit == "days":
        return ngettext("%(num)s day", "%(num)s days", amount)
    return ngettext("%(num)s hour", "%(num)s hours", amount)


def _told(answer: list[dict[str, str]]) -> str:
    return "\n".join(
        f"{words.label(told['audience'])}: {gettext(words.TOLD_STATE_NAMES[told['state']])}"
        if told["audience"] not in ("audience/none", "audience/unknown")
        else words.label(told["audience"])
        for told in answer
    )


_WORDS: dict[Kind, Callable[[Any], str]] = {
    Kind.TEXT: str,
    Kind.LONG: str,
    Kind.LANGUAGE: words.language_name,
    Kind.DATE: words.began,
    Kind.ONE: _one,
    Kind.MANY: _labels,
    Kind.COUNTRIES: forms_place.said,
    Kind.NAMES: _lines,
    Kind.LINKS: _lines,
    Kind.INTERVAL: _interval,
    Kind.TOLD: _told,
}
