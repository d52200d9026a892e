"""Starting a service so that its memory tells little: what is freed is overwritten, and nobody looks in.

Python and the C library give memory back without wiping it: what a request brought would lie there for
hours. glibc overwrites what is freed when ``glibc.malloc.perturb`` says so, and keeps no small pieces aside
from that with ``glibc.malloc.tcache_count=0`` (its manual, "Memory Allocation Tunables"); Python has to ask
it for every object (``PYTHONMALLOC=malloc``). All of it is read when a process begins, so the process begins
again, once, before it has imported much. See docs/adr/0013.
"""

from __future__ import annotations

import ctypes
import os
import resource
import sys
from collections.abc import Mapping, Sequence

SERVICES = ("serve", "worker")
"""Commands that go on for long and see what people wrote."""
ALLOCATOR = "PYTHONMALLOC"
TUNABLES = "GLIBC_TUNABLES"
PERTURB = "glibc.malloc.perturb"
OURS = f"{PERTURB}=165:glibc.malloc.tcache_count=0"
_PR_SET_DUMPABLE = 4
"""From linux/prctl.h."""


def is_service(words: Sequence[str]) -> bool:
    """Whether these words, without the name of the program, start a service."""
    return bool(words) and words[0] in SERVICES


def begin_again() -> None:
    """Become the same command with memory that is overwritten; returns where that is so, or cannot be."""
    wanted = overwriting(os.environ)
    if wanted == os.environ or not _has_glibc() or not _is_as_started():
        return
    os.execve(sys.executable, [sys.executable, *sys.orig_argv[1:]], wanted)  # noqa: S606 - our own command line


def overwriting(environ: Mapping[str, str]) -> dict[str, str]:
    """The environment of a process that overwrites; what an operator chose of it stays."""
    chosen = environ.get(TUNABLES, "")
    tunables = chosen if PERTURB in chosen else ":".join(filter(None, (chosen, OURS)))
    return {ALLOCATOR: "malloc", **environ, TUNABLES: tunables}


def close_to_others() -> None:
    """Let no crash write this process or its children to a disk, and no other process of its user look in.

    The second is Linux's (prctl(2), PR_SET_DUMPABLE): neither debuggers nor ``/proc/<pid>/mem``, but for
    those with CAP_SYS_PTRACE.
    """
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if sys.platform == "linux":
        ctypes.CDLL(None, use_errno=True).prctl(_PR_SET_DUMPABLE, 0, 0, 0, 0)


def _has_glibc() -> bool:
    try:
        return bool(os.confstr("CS_GNU_LIBC_VERSION"))
    except (ValueError, OSError):
        return False


def _is_as_started() -> bool:
    """Whether the interpreter was started for this command, and not a program that calls it."""
    words = sys.argv[1:]
    return sys.orig_argv[len(sys.orig_argv) - len(words) :] == words
