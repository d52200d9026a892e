"""Reading on in a log while what was read of it is still being written: one stretch ahead at most.

A database writes without the interpreter, which meanwhile can read. Stretches are still kept one after the
other, each in its own transaction. Only a plain one is left behind: all that it changes for those after it is
what the log said last of its records, and that is known before it is written.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from types import TracebackType
from typing import Final, Self

from registry.federation.rules import HERE
from registry.federation.taking import Stretch
from registry.federation.verifying import Checked
from registry.ledger import envelopes
from registry.ledger.envelopes import Op, standing

BYTES_MAX: Final = 16 * 1024 * 1024
"""Of payloads that are held in memory beside those of the next stretch."""
_PLAIN: Final = frozenset({Op.CREATE, Op.REVISE})


class Behind:
    """Keeps stretches one after the other; the last one perhaps while the next is read."""

    def __init__(self, keep: Callable[[Stretch], bool]) -> None:
        """``keep`` writes a stretch, and says whether the pull may go on."""
        self._keep = keep
        self._hand = ThreadPoolExecutor(1, thread_name_prefix="keep")
        self._kept: Future[bool] | None = None
        self._last: Mapping[str, Checked] = {}
        self._held: frozenset[str] = frozenset()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Whatever happened while the next one was read: nobody goes on before this one is kept, or not."""
        try:
            self.wait()
        finally:
            self._hand.shutdown()

    def keep(self, stretch: Stretch, *, ahead: bool) -> bool:
        """Keep the next stretch; whether the pull may go on, as far as that is known.

        With ``ahead``, somebody will read on, and a plain stretch may be on its way for as long.
        """
        if not self.wait():
            return False
        if not (ahead and is_plain(stretch)):
            return self._keep(stretch)
        said = {one.position: one.envelope for one in stretch.entries if one.envelope is not None}
        self._last = {one.envelope.id: one for one in stretch.entries if one.envelope is not None}
        self._held = frozenset(said[at].id for at in said if stretch.standing[at] in HERE)
        self._kept = self._hand.submit(self._keep, stretch)
        return True

    def wait(self) -> bool:
        """Let all be kept; whether the pull may go on."""
        kept, self._kept = self._kept, None
        self._last, self._held = {}, frozenset()
        return kept is None or kept.result()

    def standings(self, ids: Iterable[str]) -> dict[str, envelopes.Standing]:
        """What is said last of these records in the stretch that is on its way."""
        found = (self._last[one] for one in ids if one in self._last)
        return {
            one.envelope.id: standing(one.envelope, one.leaf) for one in found if one.envelope is not None
        }

    def held(self, ids: Iterable[str]) -> frozenset[str]:
        """Those of these records of which it has a payload."""
        return self._held.intersection(ids)


def is_plain(stretch: Stretch) -> bool:
    """Whether a stretch only creates and revises records of its own log, and is small enough to wait."""
    if stretch.turns or sum(len(one.payload) for one in stretch.taken.values()) > BYTES_MAX:
        return False
    said = (one for one in stretch.entries if one.envelope is not None)
    return all(one.envelope.op in _PLAIN and not one.kept for one in said if one.envelope is not None)
