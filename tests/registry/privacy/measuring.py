"""Recall and precision of the scan on one file of the corpus, and questions about harmless text."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files

import yaml

from registry.privacy import Finding, scan
from registry.privacy.accounts import details, texts
from tests.registry.privacy.corpus import Sentence, Span, load

ENOUGH = 0.9
"""Share of the letters and digits of a labelled piece that findings have to cover."""


@dataclass
class Measured:
    """How many labelled pieces there are and were found: by kind, *lang xx*, *origin xxx* and *all*.

    Claims are counted by tier, *lang xx* and *kind xxx*.
    """

    labelled: Counter[str] = field(default_factory=Counter)
    found: Counter[str] = field(default_factory=Counter)
    certain: Counter[str] = field(default_factory=Counter)
    claims: Counter[str] = field(default_factory=Counter)
    false: Counter[str] = field(default_factory=Counter)

    def recall(self, cell: str) -> float:
        """Share found by either tier."""
        return self.found[cell] / self.labelled[cell]

    def certain_recall(self, cell: str) -> float:
        """Share found by the certain tier."""
        return self.certain[cell] / self.labelled[cell]

    def precision(self, cell: str) -> float:
        """Share of the findings of a tier, a kind or a language that touch a labelled piece."""
        return 1 - self.false[cell] / self.claims[cell]

    def weakest(self, prefix: str = "", least: int = 20) -> str:
        """The cell with the lowest recall among those that hold enough."""
        cells = [cell for cell in self.labelled if cell.startswith(prefix) and self.labelled[cell] >= least]
        return min(cells, key=self.recall)


@cache
def measure(half: str) -> Measured:
    """Scan every sentence of a file once."""
    measured = Measured()
    for sentence in load(half):
        findings = scan(sentence.text, sentence.language)
        for span in sentence.spans:
            _count(measured, sentence, span, findings)
        for one in findings:
            touches = any(one.start < span.end and span.start < one.end for span in sentence.spans)
            tier = "certain" if one.certain else "doubtful"
            cells = [tier, f"lang {sentence.language}", f"kind {one.kind}"]
            measured.claims.update(cells)
            if not touches:
                measured.false.update(cells)
    return measured


@dataclass(frozen=True, slots=True)
class Asked:
    """Doubtful findings in harmless text."""

    questions: int
    characters: int

    @property
    def per_thousand(self) -> float:
        """Questions in a thousand characters."""
        return 1000 * self.questions / self.characters


@cache
def asked_of_clean(half: str, language: str) -> Asked:
    """What is asked about sentences of a file that hold nothing personal."""
    clean = [s for s in load(half) if s.language == language and not s.spans]
    found = [one for s in clean for one in scan(s.text, language) if not one.certain]
    return Asked(len(found), sum(len(s.text) for s in clean))


@cache
def asked_of_demo(language: str) -> Asked:
    """What is asked about the demo reports of a language, in which nobody is named; the same words once."""
    accounts = list(_demo(language))
    found = [one for account in accounts for one in details(account) if not one.certain]
    return Asked(len(found), sum(len(text) for account in accounts for _, text in texts(account)))


@cache
def most_asked_of_demo() -> int:
    """The most questions about one demo report."""
    return max(
        sum(not one.certain for one in details(account))
        for language in ("en", "fr", "es", "ar")
        for account in _demo(language)
    )


def _demo(language: str) -> Iterator[dict[str, object]]:
    for file in sorted(files("web.demo").joinpath("data").iterdir(), key=lambda one: one.name):
        if file.name.startswith(f"reports-{language}-"):
            for report in yaml.safe_load(file.read_text("utf-8"))["reports"]:
                yield {**report["account"], "language": language}


def _count(measured: Measured, sentence: Sentence, span: Span, findings: list[Finding]) -> None:
    cells = [
        "all",
        span.kind,
        f"lang {sentence.language}",
        *([f"origin {span.origin}"] if span.origin else []),
    ]
    measured.labelled.update(cells)
    if _covers(sentence, span, findings):
        measured.found.update(cells)
    if _covers(sentence, span, [one for one in findings if one.certain]):
        measured.certain.update(cells)


def _covers(sentence: Sentence, span: Span, findings: list[Finding]) -> bool:
    letters = [at for at in range(span.start, span.end) if sentence.text[at].isalnum()]
    hit = sum(any(one.start <= at < one.end for one in findings) for at in letters)
    return hit >= ENOUGH * len(letters)
