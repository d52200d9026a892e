"""How the demonstration ends, whoever ends it: Ctrl-C, SIGTERM, or the terminal that is closed (SIGHUP)."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType
from typing import Final

SIGNALS: Final = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


class Ended(BaseException):
    """Raised in the main thread wherever it is; nothing that catches an ``Exception`` keeps it."""

    def __init__(self, number: int) -> None:
        self.number = signal.Signals(number)
        super().__init__(self.number.name)


class Ending:
    """Turns signals into ``Ended``, once: a second one does not interrupt the tidying up."""

    def __init__(self) -> None:
        self._asked, self._held = 0, False
        for number in SIGNALS:
            signal.signal(number, self._on_signal)

    @contextmanager
    def held(self) -> Iterator[None]:
        """What is done here is done whole: a process that starts is known before anything may end it."""
        self._held = True
        try:
            yield
        finally:
            self._held = False
        if self._asked:
            self._end(self._asked)

    def _on_signal(self, number: int, _frame: FrameType | None) -> None:
        if self._held:
            self._asked = number
        else:
            self._end(number)

    def _end(self, number: int) -> None:
        for one in SIGNALS:
            signal.signal(one, signal.SIG_IGN)  # also while the interpreter goes down
        raise Ended(number)
