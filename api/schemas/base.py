"""Parts that all schemas share. Every schema refuses unknown fields and bounds its texts and lists."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from marshmallow import RAISE, Schema, ValidationError, fields, validate

CURSOR_PATTERN = r"^[A-Za-z0-9_=-]{1,200}$"
"""Cursors are opaque, and short."""
_IN_TEXT = r"[^\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]"
TEXT_PATTERN = f"^{_IN_TEXT}*$"
"""Text without control characters, save tabs and line ends."""
FILLED_PATTERN = rf"^{_IN_TEXT}*[^\s\u0000-\u001f\u007f]{_IN_TEXT}*$"
"""The same with at least one character that shows."""
COMPONENT = "component"
"""Name of the metadata that says which component documents a field."""
_WHOLE = re.compile(r"-?[0-9]{1,9}", re.ASCII)
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")


class Strict(Schema):
    """A schema that refuses fields it does not know."""

    class Meta:
        """Options of marshmallow."""

        unknown = RAISE


class Whole(fields.Integer):
    """A whole number of at most nine digits in a query string: ASCII digits only."""

    def _validated(self, value: Any) -> int:
        if not isinstance(value, str) or not _WHOLE.fullmatch(value):
            raise self.make_error("invalid")
        return int(value)


def boolean(*, default: bool) -> fields.Raw:
    """JSON's true or false, and nothing that merely looks like one."""
    return fields.Raw(load_default=default, validate=_is_boolean, metadata={"type": "boolean"})


def flag() -> fields.String:
    """``true`` or ``false`` in a query string."""
    return fields.String(load_default="false", validate=validate.OneOf(["true", "false"]))


def account(component: str, *, required: bool = True) -> fields.Raw:
    """An account, passed on as it came: ``registry.account.check`` looks at it and answers better.

    ``component`` names its JSON Schema in the document of the API.
    """
    shape: dict[str, Any] = {"validate": _is_object, "metadata": {COMPONENT: component}}
    return fields.Raw(required=True, **shape) if required else fields.Raw(load_default=dict, **shape)


def _is_boolean(value: Any) -> None:
    if not isinstance(value, bool):
        raise ValidationError("Not a valid boolean.")


def _is_object(value: Any) -> None:
    if not isinstance(value, Mapping):
        raise ValidationError("This should be an object with named fields.")


class PagedQuery(Strict):
    """Which part of a list."""

    cursor = fields.String(validate=validate.Regexp(CURSOR_PATTERN, error="This cursor is not one of ours."))
    limit = Whole(load_default=20, validate=validate.Range(1, 50))


def text(limit: int, *, filled: bool = False) -> fields.String:
    """A text for people of at most ``limit`` characters; ``filled`` demands one that says something."""
    return fields.String(
        required=filled,
        validate=[
            validate.Length(max=limit, error=f"This is too long. The limit is {limit} characters."),
            no_control,
        ],
        metadata={"pattern": FILLED_PATTERN if filled else TEXT_PATTERN},
    )


def no_control(value: str) -> None:
    """Refuse characters that cannot be shown."""
    if _CONTROL.search(value):
        raise ValidationError("This holds characters that cannot be shown. Type it again.")


def moment(*, nullable: bool = False) -> fields.String:
    """A time in RFC 3339."""
    return fields.String(
        required=True,
        allow_none=nullable,
        validate=validate.Length(max=30),
        metadata={"format": "date-time"},
    )


def short(limit: int, *, nullable: bool = False, required: bool = True) -> fields.String:
    """A text that we write, of at most ``limit`` characters."""
    return fields.String(required=required, allow_none=nullable, validate=validate.Length(max=limit))


def listed(of: fields.Field[Any], most: int) -> fields.List[Any]:
    """A list of at most ``most`` entries."""
    return fields.List(of, required=True, validate=validate.Length(max=most))


def following() -> fields.String:
    """The cursor of the next part of a list, or null."""
    return fields.String(required=True, allow_none=True, validate=validate.Length(max=400))
