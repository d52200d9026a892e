"""What every application of a test run compiles alike is compiled once a process: templates and addresses.

Hundreds of tests have an application of their own, and made two thirds of their time of this.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from flask.sansio.app import App
from flask.templating import Environment
from jinja2.bccache import Bucket, BytecodeCache
from werkzeug.routing import Rule

from web.app import Application


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


TEMPLATES: Final = Templates()
BUILDERS: Final[dict[object, Callable[..., tuple[str, str]]]] = {}


class SharedTemplates(Environment):
    """An application's templates, compiled once for all."""

    def __init__(self, app: App, **options: Any) -> None:
        super().__init__(app, **options | {"bytecode_cache": TEMPLATES})


class SharedRule(Rule):
    """An address; the function that builds it depends on what is written in it alone, and gets the rule."""

    def _compile_builder(self, append_unknown: bool = True) -> Callable[..., tuple[str, str]]:
        key = (self.rule, tuple(self._trace), repr(self.defaults), append_unknown)
        if key not in BUILDERS:
            BUILDERS[key] = super()._compile_builder(append_unknown)
        return BUILDERS[key]


def remember() -> None:
    """Let every application of this process share them, by the two hooks that Flask has for it."""
    Application.jinja_environment = SharedTemplates
    Application.url_rule_class = SharedRule
