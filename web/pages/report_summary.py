"""The answers of a report in words, page by page: for checking before sending, and to keep a copy."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from registry.account import Answer
from web.pages import words
from web.pages.chrome import here
from web.pages.forms import Field, Kind, Step, get
from web.pages.forms_filling import unit_of
from web.pages.messages import gettext, ngettext
from web.pages.report_page import short
from web.pages.report_steps import STEPS


@dataclass(frozen=True, slots=True)
class Section:
    """A page of the form with its rows: question, answer (empty when skipped), and where to change it."""

    step: Step
    rows: tuple[tuple[str, str, str | None], ...]


def sections(account: Mapping[str, Any], key: str, *, editable: bool) -> list[Section]:
    """Every question and its answer."""
    return [
        Section(step, tuple(_row(field, step, account, key if editable else None) for field in step.fields))
        for step in STEPS
    ]


def as_text(account: Mapping[str, Any], key: str) -> str:
    """The answers as plain text, skipped questions left out."""
    lines: list[str] = []
    for section in sections(account, key, editable=False):
        given = [(name, answer) for name, answer, _ in section.rows if answer]
        if given:
            lines += [gettext(section.step.heading).upper(), ""]
            lines += [f"{name}\n{answer}\n" for name, answer in given]
    return "\n".join(lines)


def _row(
    field: Field, step: Step, account: Mapping[str, Any], key: str | None
) -> tuple[str, str, str | None]:
    answer = get(account, field.pointer)
    url = here(f"/report/{key}/{step.slug}?back=check") + f"#{field.anchor}" if key else None
    return short(field), _WORDS[field.kind](answer) if answer else "", url


def _lines(answer: list[str]) -> str:
    return "\n".join(answer)


def _labels(answer: list[str]) -> str:
    names = [words.label(code) for code in answer]
    if len(names) > 1:
        names[0] = gettext("%(answer)s (main)", answer=names[0])
    return "\n".join(names)


def _one(answer: list[str]) -> str:
    return "\n".join(words.label(code) for code in answer)


def _countries(answer: list[str]) -> str:
    return "\n".join(words.country(code) for code in answer)


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
    Kind.DATE: words.day,
    Kind.ONE: _one,
    Kind.MANY: _labels,
    Kind.COUNTRIES: _countries,
    Kind.NAMES: _lines,
    Kind.LINKS: _lines,
    Kind.INTERVAL: _interval,
    Kind.TOLD: _told,
}
