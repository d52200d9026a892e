"""How large the parts of an account may be; the form, the API schema and the check share these."""

from __future__ import annotations

TITLE_MAX = 200
"""Characters in a title."""
TEXT_MAX = 20_000
"""Characters in the story of what happened."""
NARRATIVE_MAX = 5_000
"""Characters in each text of the response part."""
ENTITY_NAME_MAX = 120
"""Characters in a name of a developer, deployer, harmed party or system."""
PLACE_MAX = 120
"""Characters of an exact place, and of a district."""
LINK_MAX = 500
"""Characters in a link."""
LIST_MAX = 20
"""Entries in any list of names, countries, regions or links."""
CODES_MAX = 40
"""Codes in one facet."""
HOURS_MAX = 24 * 366 * 20
"""Longest interval, about twenty years, in hours."""
EARLIEST_YEAR = 1950
"""No AI incident is older."""
