"""Licences by name, and where each is written. Pure."""

from __future__ import annotations

from typing import Final

ADDRESSES: Final = {
    "CC BY 4.0": "https://creativecommons.org/licenses/by/4.0/",
    "CC BY-SA 4.0": "https://creativecommons.org/licenses/by-sa/4.0/",
    "CC0 1.0": "https://creativecommons.org/publicdomain/zero/1.0/",
    "MIT": "https://opensource.org/license/mit",
    "Apache-2.0": "https://www.apache.org/licenses/LICENSE-2.0",
}
"""Name as records state it → address."""
MIXED: Final = (
    "Each record states its licence and whom to name. Records of this node are under CC BY 4.0; records of "
    "other collections keep the licence that each of them states."
)
"""What holds for all records together."""
