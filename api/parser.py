"""How arguments of a request are read and checked: bounded bodies, problems with JSON pointers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, NoReturn

from flask import Request
from marshmallow import Schema, ValidationError
from webargs.flaskparser import FlaskParser

from api.body import read_object
from registry.errors import N_, Invalid, Problem

NAME_MAX = 60
"""Characters of an unknown name that are repeated to its sender."""
_PLAIN = {
    "Unknown field.": N_("There is no such field."),
    "Missing data for required field.": N_("This is missing."),
    "Field may not be null.": N_("This must not be null."),
    "Not a valid string.": N_("This should be text."),
    "Not a valid integer.": N_("This should be a whole number."),
    "Not a valid boolean.": N_("This should be true or false."),
}
"""Marshmallow's sentences in our words."""


class StrictParser(FlaskParser):
    """Reads bodies through ``api.body`` and raises ``Invalid`` instead of an HTTP error."""

    DEFAULT_UNKNOWN_BY_LOCATION = FlaskParser.DEFAULT_UNKNOWN_BY_LOCATION | {"query": "raise"}

    def load_json(self, req: Request, schema: Schema) -> Any:  # noqa: ARG002 - webargs calls it so
        """The body as an object."""
        return read_object(req)

    def load_querystring(self, req: Request, schema: Schema) -> Any:  # noqa: ARG002 - as above
        """The query string; a name given twice is refused, since nobody could say which one counts."""
        twice = [name for name, values in req.args.lists() if len(values) > 1]
        if twice:
            raise Invalid([Problem(pointer(name), N_("Give this once.")) for name in twice])
        return req.args.to_dict()

    def handle_error(self, error: ValidationError, *_args: Any, **_facts: Any) -> NoReturn:
        """Raise ``Invalid`` with a pointer for every message."""
        located = error.messages if isinstance(error.messages, Mapping) else {"": error.messages}
        raise Invalid([found for part in located.values() for found in flatten(part)]) from error


def flatten(messages: Any, here: str = "") -> Iterator[Problem]:
    """Marshmallow's tree of messages as problems with JSON pointers (RFC 6901)."""
    if isinstance(messages, Mapping):
        for name, below in messages.items():
            step = "" if name == "_schema" else pointer(str(name))
            yield from flatten(below, here + step)
    elif isinstance(messages, list):
        for message in messages:
            yield from flatten(message, here)
    else:
        text = str(messages)
        yield Problem(here, _PLAIN.get(text, text.replace("%", "%%")))


def pointer(name: str) -> str:
    """One step of a JSON pointer, cut to a length worth repeating."""
    return "/" + name[:NAME_MAX].replace("~", "~0").replace("/", "~1")
