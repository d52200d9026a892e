"""With whom a report is shared: with everybody, or with partners only (TLP 2.0, FIRST). Pure.

What is labelled higher is for named recipients; this registry has no way for that and takes none of it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from enum import StrEnum
from typing import Any, Final

from registry.account.check import TOO_HIGH
from registry.errors import N_, Conflict, Invalid, Problem
from registry.intake.similar.rules import Kind

POINTER: Final = "/tlp"
GREEN_CODE: Final = "tlp/green"
"""How an account says it, where somebody classified it so."""


class Label(StrEnum):
    """The labels that a report may have here; it never changes once the report is published."""

    CLEAR = "CLEAR"  # anybody may read and copy it
    GREEN = "GREEN"  # members of this node and of partner nodes; never in public


CODES: Final[Mapping[Label, str]] = {Label.CLEAR: "tlp/clear", Label.GREEN: GREEN_CODE}
"""Label → how an account says it."""
HIGHER: Final = frozenset({"AMBER", "AMBER+STRICT", "RED"})
"""Labels of TLP 2.0 that are never taken in, nor handed on."""
_BEFORE: Final = re.compile(r"TLP[\s:/]*")
UNKNOWN = N_("Choose CLEAR or GREEN.")
ALONE_ONLY = N_("Only a report that names no public record can be shared with partners only.")
NO_RECORD = N_("A report that is shared with partners only cannot name a public record.")
PUBLISHED = N_("A record keeps its label for good. Send a new report to tell everybody.")


def checked(raw: object) -> Label:
    """The label that was asked for, with or without ``TLP:``; raises ``Invalid`` that says which can be."""
    name = _named(raw) if isinstance(raw, str) else ""
    if name in HIGHER:
        raise Invalid([Problem(POINTER, TOO_HIGH)])
    try:
        return Label(name)
    except ValueError:
        raise Invalid([Problem(POINTER, UNKNOWN)]) from None


def is_marked(text: str) -> bool:
    """Whether a text is a label of TLP, written with ``TLP``, of what is not for everybody."""
    return text.strip().upper().startswith("TLP") and _named(text) in {Label.GREEN, *HIGHER}


def _named(text: str) -> str:
    """The name of a label without what people write before it, and with the sign that TLP writes in it."""
    return _BEFORE.sub("", text.strip().upper()).replace("AMBER-STRICT", "AMBER+STRICT")


def stricter(label: Label, account: object) -> Label:
    """The label, or GREEN where the account says so itself: nothing is told to everybody by mistake."""
    classification = account.get("classification") if isinstance(account, Mapping) else None
    said = classification.get("tlp") if isinstance(classification, Mapping) else None
    return Label.GREEN if isinstance(said, list) and GREEN_CODE in said else label


def labelled(account: Mapping[str, Any], label: Label) -> Mapping[str, Any]:
    """An account as it leaves in somebody's hands: with what must not be for everybody said in it."""
    if label is Label.CLEAR:
        return account
    return {**account, "classification": {**account.get("classification", {}), "tlp": [GREEN_CODE]}}


def for_all(account: Mapping[str, Any]) -> Mapping[str, Any]:
    """An account without what it says of its label: whoever told it wants it told to everybody."""
    codes = {facet: said for facet, said in account.get("classification", {}).items() if facet != "tlp"}
    return {**account, "classification": codes}


def agreeing(account: Mapping[str, Any], label: Label) -> Mapping[str, Any]:
    """An account as it is published: where it says anything of its label, then the one that was chosen.

    Readers set a record aside that says another one than the log in which it stands.
    """
    classification = account.get("classification", {})
    if not classification.get("tlp"):
        return account
    return {**account, "classification": {**classification, "tlp": [CODES[label]]}}


def unfit(label: Label, kind: Kind, about: str | None) -> Problem | None:
    """Why something of this kind cannot have this label; what is said of a public record is public."""
    if label is Label.CLEAR or (kind is Kind.REPORT and about is None):
        return None
    return Problem(POINTER, ALONE_ONLY)


def refuse_change(record_id: str | None) -> None:
    """Raises ``Conflict`` for what is published: copies of it are with others, under the label it had."""
    if record_id is not None:
        raise Conflict(PUBLISHED)
