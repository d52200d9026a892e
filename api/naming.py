"""Reading from a body which public record a submission names."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from registry.errors import N_, Invalid, Problem
from registry.intake.labels import checked
from registry.intake.similar.rules import RELATION, Kind
from registry.intake.similar.telling import Telling, Unchanged


def telling(body: Mapping[str, Any]) -> Telling:
    """Of which kind a new submission is, which record it names, and its label; raises ``Invalid``."""
    kind = Kind(body["kind"])
    return Telling(kind, _record(body.get("about"), kind), checked(body["tlp"]))


def named_in(body: Mapping[str, Any], kind: Kind) -> str | Unchanged | None:
    """The record that a change names: another one, none, or the one before; raises ``Invalid``."""
    return _record(body["about"], kind) if "about" in body else Unchanged.YES


def _record(about: Mapping[str, Any] | None, kind: Kind) -> str | None:
    if about is None:
        return None
    if about.get("as_", RELATION[kind]) != RELATION[kind]:
        message = N_("A submission of this kind belongs to a record as: %(relation)s.")
        raise Invalid([Problem("/about/as", message, {"relation": RELATION[kind]})])
    record: str = about["record"]
    return record
