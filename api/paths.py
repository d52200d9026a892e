"""What an address may hold: anything else is answered 404 without a look-up."""

from __future__ import annotations

from typing import Any

from flask import Flask
from werkzeug.routing import BaseConverter

from registry.record.ids import ID_PATTERN

KEY_PATTERN = "[0-9a-f]{32}"
"""A random key of a private object."""
REVISION_PATTERN = "[1-9][0-9]{0,5}"
"""The number of a revision."""


class RecordIdConverter(BaseConverter):
    """An identifier of a public record: ours or ``<collection>:<source id>``."""

    regex = ID_PATTERN


class KeyConverter(BaseConverter):
    """The key of a submission."""

    regex = KEY_PATTERN


class RevisionConverter(BaseConverter):
    """A revision, counted from 1."""

    regex = REVISION_PATTERN

    def to_python(self, value: str) -> int:
        """The number."""
        return int(value)


CONVERTERS: dict[str, type[BaseConverter]] = {
    "record": RecordIdConverter,
    "key": KeyConverter,
    "revision": RevisionConverter,
}


def register(app: Flask) -> None:
    """Make the converters known to the application."""
    app.url_map.converters.update(CONVERTERS)


def parameter_schema(converter: BaseConverter) -> dict[str, Any]:
    """The JSON Schema of a path parameter."""
    if isinstance(converter, RevisionConverter):
        return {"type": "integer", "minimum": 1, "maximum": 999_999}
    return {"type": "string", "pattern": f"^{converter.regex}$", "maxLength": 120}
