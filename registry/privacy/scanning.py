"""Run every detector over a text and settle what they claim."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from registry.privacy.certain import CERTAIN
from registry.privacy.doubtful import DOUBTFUL
from registry.privacy.findings import Detector, Finding, Kind
from registry.privacy.folding import fold
from registry.privacy.placeholders import PLACEHOLDER

TEXT_MAX = 100_000
"""Characters of one text that are looked at; longer ones are refused before they come here."""
LEAST_LEFT = 4
"""Characters of a doubtful finding that must be left beside a certain one to be worth a question."""
BLOT = "\ufffc"
ROUNDS = 2
"""Looks at what is left when something certain is hidden, at most."""
BESIDE = 200
"""Characters around what was hidden that are looked at again: more than detectors read around a finding."""
_EDGE = re.compile(r"(?<=[^\W\d_]) (?=[^\W\d_])")
"""Between two words: nothing that is found by its form goes over it."""
DETECTORS: tuple[Detector, ...] = (*CERTAIN, *DOUBTFUL)


def scan(text: str, language: str, detectors: Sequence[Detector] = DETECTORS) -> list[Finding]:
    """Every finding, in order and without overlaps; raises ``ValueError`` for a text over ``TEXT_MAX``."""
    if len(text) > TEXT_MAX:
        raise ValueError(f"a text may have {TEXT_MAX} characters")
    claimed = _claims(text, language, detectors)
    sure = [found for found in claimed if found.certain]
    hidden = sure
    for _ in range(ROUNDS):
        if not hidden:
            break
        hidden = list(_beside(_without(text, sure), hidden, language))
        sure = [*sure, *hidden]
    settled = settle(
        [*sure, *(found for found in claimed if not found.certain)],
        [match.span() for match in PLACEHOLDER.finditer(text)],
    )
    return [found for found in settled if _says_something(text, found)]


def _claims(text: str, language: str, detectors: Sequence[Detector]) -> list[Finding]:
    """What the detectors claim, in positions of the text itself."""
    folded = fold(text)
    claimed = [found for detector in detectors for found in detector.find(folded, language)]
    return [
        Finding(*folded.span(found.start, found.end), found.kind, found.certain)
        for found in claimed
        if found.start < found.end
    ]


def _beside(text: str, hidden: Iterable[Finding], language: str) -> Iterator[Finding]:
    """What is certain around what was hidden last, once that is gone."""
    for start, end in _windows(text, hidden):
        for found in _claims(text[start:end], language, CERTAIN):
            if found.certain:
                yield Finding(start + found.start, start + found.end, found.kind, certain=True)


def _windows(text: str, hidden: Iterable[Finding]) -> list[tuple[int, int]]:
    """Stretches of a text around findings, from one word to another, none over another."""
    windows: list[tuple[int, int]] = []
    for found in sorted(hidden, key=lambda one: one.start):
        far, near = max(0, found.start - 2 * BESIDE), max(0, found.start - BESIDE)
        start = _last_edge(text, far, near)
        after = _EDGE.search(text, found.end + BESIDE, found.end + 2 * BESIDE)
        end = after.start() if after else min(len(text), found.end + 2 * BESIDE)
        if windows and start <= windows[-1][1]:
            windows[-1] = windows[-1][0], max(end, windows[-1][1])
        else:
            windows.append((start, end))
    return windows


def _last_edge(text: str, far: int, near: int) -> int:
    """The beginning of the last word between the two, as far back as ``far``."""
    at = text.rfind(" ", far, near)
    while at >= 0 and not _EDGE.match(text, at, near):
        at = text.rfind(" ", far, at)
    return at + 1 if at >= 0 else far


def _without(text: str, findings: Iterable[Finding]) -> str:
    """The text with these characters blotted out: what stood beside them may read differently then."""
    letters = list(text)
    for found in findings:
        letters[found.start : found.end] = BLOT * (found.end - found.start)
    return "".join(letters)


def _says_something(text: str, found: Finding) -> bool:
    """Whether what is left of a finding is worth a question: an id without its digits is none."""
    left = fold(text[found.start : found.end]).text
    if found.kind is Kind.ID:
        return any(map(str.isdigit, left))
    return any(map(str.isalnum, left))


def settle(claimed: Iterable[Finding], hidden: Iterable[tuple[int, int]] = ()) -> list[Finding]:
    """Certain before doubtful, longer before shorter, none over another and none over what is hidden already.

    Doubtful findings that overlap or touch become one question about all of it; what a certain one
    leaves of a doubtful one stays doubtful.
    """
    order = sorted(claimed, key=lambda one: (one.start - one.end, one.start))
    certain = [found for found in order if found.certain]
    doubtful = _joined([found for found in order if not found.certain])
    taken = bytearray(max((one.end for one in order), default=0))
    for start, end in hidden:
        taken[start:end] = b"\1" * (min(end, len(taken)) - min(start, len(taken)))
    settled: list[Finding] = []
    for found in (*certain, *doubtful):
        for start, end in _free(taken, found.start, found.end):
            whole = (start, end) == (found.start, found.end)
            if whole or found.certain or end - start >= LEAST_LEFT:
                settled.append(Finding(start, end, found.kind, found.certain))
                taken[start:end] = b"\1" * (end - start)
    return sorted(settled, key=lambda one: one.start)


def _joined(longest_first: Sequence[Finding]) -> list[Finding]:
    """Findings that overlap or touch as one, of the kind of the longest."""
    joined: list[Finding] = []
    length = 0  # of the longest in the last one
    for found in sorted(longest_first, key=lambda one: (one.start, one.start - one.end)):
        last = joined[-1] if joined else None
        if last is None or found.start > last.end:
            joined.append(found)
            length = found.end - found.start
            continue
        longer = found.end - found.start > length
        length = max(length, found.end - found.start)
        joined[-1] = Finding(
            last.start, max(last.end, found.end), found.kind if longer else last.kind, certain=False
        )
    return joined


def _free(taken: bytearray, start: int, end: int) -> list[tuple[int, int]]:
    """The parts of a span that nobody has claimed."""
    free, at = [], start
    while at < end:
        if taken[at]:
            at += 1
            continue
        stop = taken.find(1, at, end)
        stop = end if stop < 0 else stop
        free.append((at, stop))
        at = stop
    return free
