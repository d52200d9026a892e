"""Why the door could not do what was approved, for whoever proposed it. Pure.

Kept where the reason of a refusal is (``ChangeRow.refusal``). Where the record had changed meanwhile there is
none: the state says it.
"""

from __future__ import annotations

from typing import Final

from registry.errors import N_

LOG_ENDED: Final = "log-ended"
NOT_KEPT: Final = "not-kept"
MISSING: Final = "missing"
HINDRANCES: Final[dict[str, str]] = {
    LOG_ENDED: N_("This node handed over its records: it can erase them, and change them no more"),
    NOT_KEPT: N_("This node does not keep the record for another one any more"),
    MISSING: N_("Something that it needs is not here any more"),
}
"""Code → words; a code is never reused for another meaning, nor is one of ``rules.REFUSALS``."""
