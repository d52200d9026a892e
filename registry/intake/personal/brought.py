"""Models for personal details that an operator brings, kept from doing harm.

A model is other people's program. When it raises, takes too long or answers nonsense, our rules
still stand, and a line in the log says which model and what sort of failure, never the text nor the
words of the error, which may hold the text.
"""

from __future__ import annotations

import hashlib
from collections import OrderedDict
from collections.abc import Iterator, Sequence
from itertools import islice
from pkgutil import resolve_name
from threading import Lock, Thread
from types import TracebackType
from typing import Final, Self, cast

import structlog

from registry.errors import SettingError
from registry.privacy.brought import Model, believed
from registry.privacy.findings import Detector, Finding
from registry.privacy.folding import Folded
from registry.privacy.scanning import DETECTORS

_log = structlog.get_logger()
SECONDS: Final = 2.0
"""How long a model may think about one text."""
SPANS: Final = 2_000
"""Spans of one answer, at most; the others are not read."""
STUCK: Final = 3
"""Questions that are still unanswered after their time, from which on the model is not asked."""
KEPT: Final = 512
"""Answers that are kept, so that the same text is not asked about again and again."""


class Guarded:
    """A model as a detector that never raises and never takes long."""

    def __init__(self, name: str, model: Model, seconds: float = SECONDS) -> None:
        self._name, self._model, self._seconds = name, model, seconds
        self._stuck: list[Thread] = []
        self._kept: OrderedDict[bytes, tuple[Finding, ...]] = OrderedDict()
        self._lock = Lock()

    def find(self, text: Folded, language: str, /) -> Iterator[Finding]:
        """What the model finds; nothing when it fails."""
        key = hashlib.sha256(f"{language}\0{text.original}".encode("utf-8", "surrogatepass")).digest()
        with self._lock:
            kept = self._kept.get(key)
        if kept is None:
            answer = self._answer(text.original, language)
            if answer is None:
                return
            kept = self._checked(answer, text)
            self._keep(key, kept)
        yield from kept

    def _answer(self, text: str, language: str) -> list[object] | None:
        """The spans as the model gives them; None when there are none to be had."""
        with self._lock:
            self._stuck = [thread for thread in self._stuck if thread.is_alive()]
            if len(self._stuck) >= STUCK:
                self._failed("busy")
                return None
        asked = _Question(self._model, text, language)
        asked.start()
        asked.join(self._seconds)
        if asked.is_alive():
            with self._lock:
                self._stuck.append(asked)
            self._failed("slow")
        elif asked.answer is None:
            self._failed(asked.failure)
        return None if asked.is_alive() else asked.answer

    def _checked(self, answer: Sequence[object], text: Folded) -> tuple[Finding, ...]:
        found, refused = believed(answer, text)
        if refused:
            _log.warning("a detector's findings were refused", kind=self._name, count=refused)
        return tuple(found)

    def _keep(self, key: bytes, found: tuple[Finding, ...]) -> None:
        with self._lock:
            self._kept[key] = found
            while len(self._kept) > KEPT:
                self._kept.popitem(last=False)

    def _failed(self, why: str) -> None:
        _log.warning("a detector failed", kind=self._name, error=why)


class _Question(Thread):
    """One question to a model, in a thread of its own that a stop of the process does not wait for."""

    def __init__(self, model: Model, text: str, language: str) -> None:
        super().__init__(daemon=True)
        self._model, self._text, self._language = model, text, language
        self.answer: list[object] | None = None
        self.failure = "none"

    def run(self) -> None:
        """Ask, and keep the answer or the name of the failure."""
        with _Contained() as contained:
            self.answer = list(islice(self._model(self._text, self._language), SPANS))
        self.failure = contained.name


class _Contained:
    """Whatever other people's program raises ends here; ours never runs inside."""

    name, words = "none", ""

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> bool:
        if kind is not None:
            self.name, self.words = kind.__name__, str(error)
        return True


def load(setting: str, seconds: float = SECONDS) -> tuple[Guarded, ...]:
    """The models of ``package.module:factory, …``; raises ``SettingError`` for what cannot be made."""
    names = [one.strip() for one in setting.split(",")]
    return tuple(Guarded(named, _made(named), seconds) for named in names if named)


def _made(named: str) -> Model:
    model: object = None
    with _Contained() as contained:
        model = resolve_name(named)()
    if contained.name != "none":
        raise SettingError(
            name="detectors", reason=f"{named} cannot be made: {contained.name}: {contained.words}"
        )
    if not callable(model):
        raise SettingError(name="detectors", reason=f"{named} gives no callable")
    return cast("Model", model)


_installed: list[Detector] = []


def install(brought: Sequence[Detector]) -> None:
    """Let these look as well, from now on, in this process."""
    _installed[:] = brought


def detectors() -> tuple[Detector, ...]:
    """Ours, and those that were brought."""
    return (*DETECTORS, *_installed)
