"""How long something works, apart from the rubbish that the tests before it left behind.

A process that ran thousands of tests takes half a second to look through all it holds; whoever is measured
when that falls due has not worked for it.
"""

from __future__ import annotations

import gc
import time
from collections.abc import Callable
from typing import TypeVar

T = TypeVar("T")


def timed(act: Callable[[], T]) -> tuple[T, float]:
    """What ``act`` gives, and the processor time of this thread in seconds: others' work is not in it."""
    was = gc.isenabled()
    gc.disable()
    try:
        begun = time.thread_time()
        result = act()
        return result, time.thread_time() - begun
    finally:
        if was:
            gc.enable()
