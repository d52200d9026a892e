"""Recall and precision of the scan on one file of the corpus."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from functools import cache

from registry.privacy import Finding, scan
from tests.registry.privacy.corpus import Sentence, Span, load

ENOUGH = 0.9
"""Share of the letters and digits of a labelled piece that findings have to cover."""


@dataclass
class Measured:
    """How many labelled pieces there are and were found: by kind, *lang xx*, *origin xxx* and *all*."""

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

    def precision(self, tier: str) -> float:
        """Share of the findings of a tier, ``certain`` or ``doubtful``, that touch a labelled piece."""
        return 1 - self.false[tier] / self.claims[tier]

    def weakest(self, prefix: str, least: int = 20) -> str:
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
            tier = "certain" if one.certain else "doubtful"
            measured.claims[tier] += 1
            measured.false[tier] += not any(
                one.start < span.end and span.start < one.end for span in sentence.spans
            )
    return measured


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
