"""What is asked months after publication and stands in no form of a report; shown where answers are."""

from __future__ import annotations

from typing import Final

from registry.errors import N_
from web.pages.forms import Field, Kind

HEADING: Final = N_("What has happened since")
HELD: Final = Field(Kind.ONE, "held", "/response/held", N_("Did the fix hold?"))
FIELDS: Final = (HELD, Field(Kind.LONG, "since", "/response/since", N_("What has happened since?")))
