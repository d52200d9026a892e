"""Two versions of an account in two columns: what reviewers read and the public will, or before and now."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from registry.account import Account
from registry.intake.personal.deciding import Decided, Personal
from registry.privacy.findings import Kind as Personally
from registry.privacy.placeholders import MARK
from registry.review.differing import Piece, differ
from web.pages import report_later, report_steps, report_summary
from web.pages.forms import Field, Kind, get
from web.pages.messages import gettext
from web.pages.personal_view import KINDS
from web.pages.report_page import short
from web.pages.words import happened, places

_WRITTEN = frozenset({Kind.TEXT, Kind.LONG, Kind.NAMES, Kind.LINKS})
"""Questions answered in words of one's own, in which single words are hidden."""
_KIND_OF_MARK = {kind.name.replace("_", "-"): kind for kind in Personally}


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of an answer; ``hidden`` says in words what of it the public does not read, or is empty.

    ``thing`` names the personal detail, where a reviewer can decide about it.
    """

    text: str
    hidden: str = ""
    thing: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """One answer on both sides; ``kinds`` names what was hidden in it."""

    name: str
    here: tuple[Part, ...]
    there: tuple[Part, ...]
    kinds: tuple[str, ...]
    less_exact: bool

    @property
    def same(self) -> bool:
        """Whether the public reads just this."""
        return not self.kinds and not self.less_exact


@dataclass(frozen=True, slots=True)
class Changed:
    """One answer that changed, in pieces; ``written`` where it is text in which words changed."""

    name: str
    pieces: tuple[Piece, ...]


def beside(found: Personal, shown: Mapping[str, Any], public: Mapping[str, Any]) -> list[Row]:
    """Every answer as reviewers read it, beside it as the public will.

    ``shown`` is the account without what is hidden, ``public`` the same made less exact.
    """
    hidden = _hidden_at(found.decided)
    return [row for field in _fields() if (row := _row(field, found.account, shown, public, hidden))]


def changed(old: Account, new: Account) -> list[Changed]:
    """Every answer that differs between two versions; words that changed are told apart."""
    before, after = old.to_json(), new.to_json()
    both = ((short(field), *(_words(field, one) for one in (before, after))) for field in _fields())
    return [Changed(name, differ(here, there)) for name, here, there in both if here != there]


def _row(
    field: Field,
    account: Mapping[str, Any],
    shown: Mapping[str, Any],
    public: Mapping[str, Any],
    hidden: Mapping[str, Sequence[tuple[int, int, Decided]]],
) -> Row | None:
    here, there = tuple(_parts(field, account, hidden)), tuple(_marked(_words(field, public)))
    if not any(part.text for part in (*here, *there)):
        return None
    kinds = dict.fromkeys(part.hidden for part in here if part.hidden)
    return Row(short(field), here, there, tuple(kinds), _words(field, shown) != _words(field, public))


def _parts(
    field: Field, account: Mapping[str, Any], hidden: Mapping[str, Sequence[tuple[int, int, Decided]]]
) -> Iterator[Part]:
    answer = get(account, field.pointer)
    if field.kind not in _WRITTEN or not answer:
        yield from _marked(_words(field, account))
        return
    texts = [(field.pointer, answer)] if isinstance(answer, str) else _lines(field.pointer, answer)
    for number, (pointer, text) in enumerate(texts):
        if number:
            yield Part("\n")
        done = 0
        for start, end, one in sorted(hidden.get(pointer, ()), key=lambda spot: spot[0]):
            yield from _marked(text[done:start])
            yield Part(text[start:end], gettext(KINDS[one.detail.kind][0]), one.detail.thing)
            done = end
        yield from _marked(text[done:])


def _marked(text: str) -> Iterator[Part]:
    """A text with the marks in it named: what is hidden from whoever reads it."""
    done = 0
    for mark in MARK.finditer(text):
        yield Part(text[done : mark.start()])
        yield Part(mark[0], gettext(KINDS[_KIND_OF_MARK[mark[1]]][0]))
        done = mark.end()
    yield Part(text[done:])


def _lines(pointer: str, answer: Sequence[str]) -> list[tuple[str, str]]:
    return [(f"{pointer}/{number}", line) for number, line in enumerate(answer)]


def _hidden_at(decided: Iterable[Decided]) -> dict[str, list[tuple[int, int, Decided]]]:
    """Pointer of a text → what the public will not read in it."""
    found: dict[str, list[tuple[int, int, Decided]]] = {}
    for one in decided:
        if not one.verdict.public_reads:
            for spot in one.detail.spots:
                found.setdefault(spot.pointer, []).append((spot.start, spot.end, one))
    return found


def _words(field: Field, account: Mapping[str, Any]) -> str:
    """The answer in words, for what may also be less exact than the form asks."""
    if field.kind is Kind.DATE:
        return happened(Account.from_json(account).happened)
    if field.kind is Kind.COUNTRIES:
        return ", ".join(places(Account.from_json(account)))
    answer = get(account, field.pointer)
    return report_summary.in_words(field, answer) if answer else ""


def _fields() -> Iterator[Field]:
    told_with_another = ("/happened/to",)
    return (
        field
        for field in (*report_steps.FIELDS, *report_later.FIELDS)
        if field.kind is not Kind.MAIN and field.pointer not in told_with_another
    )
