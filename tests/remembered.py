"""What every application of a test run compiles alike is compiled once a process: templates and addresses.

Hundreds of tests have an application of their own, and made two thirds of their time of this.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from jinja2 import Environment
from jinja2.bccache import Bucket, BytecodeCache
from werkzeug.routing import Rule

_Builder = Callable[..., tuple[str, str]]


class Templates(BytecodeCache):
    """Compiled templates; each knows the checksum of what it was compiled from."""

    def __init__(self) -> None:
        self._known: dict[str, bytes] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        """Read what is known."""
        if bucket.key in self._known:
            bucket.bytecode_from_string(self._known[bucket.key])

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Remember."""
        self._known[bucket.key] = bucket.bytecode_to_string()


def remember() -> None:
    """Let environments and rules of this process share what they compile."""
    _remember_templates()
    _remember_builders()


def _remember_templates() -> None:
    shared, begin = Templates(), Environment.__init__

    def begun(self: Environment, *args: Any, **options: Any) -> None:
        begin(self, *args, **options)
        self.bytecode_cache = self.bytecode_cache or shared

    Environment.__init__ = begun  # type: ignore[method-assign] # there is no other way into all of them


def _remember_builders() -> None:
    known: dict[object, _Builder] = {}
    build = Rule._compile_builder

    def built(self: Rule, append_unknown: bool = True) -> _Builder:
        key = (self.rule, tuple(self._trace), repr(self.defaults), append_unknown)
        if key not in known:  # a builder is a function of these; the rule itself is its argument
            known[key] = build(self, append_unknown)
        return known[key]

    Rule._compile_builder = built  # type: ignore[method-assign] # there is no other way into all of them
