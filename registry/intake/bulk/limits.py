"""How large a file of reports may be. Every bound is checked before the work that it bounds."""

from __future__ import annotations

FILE_MAX = 5_000_000
"""Bytes of a file."""
ROWS_MAX = 2_000
"""Reports in a file."""
NUMBERS_MAX = 20_000
"""Rows and lines that are looked at, empty ones too."""
COLUMNS_MAX = 120
"""Columns in a table; our own template has about fifty."""
CELL_MAX = 40_000
"""Characters of a cell: twice the longest story, so that a story that is too long is told its length."""
HEADER_MAX = 200
"""Characters of the name of a column."""
LINE_MAX = 400_000
"""Bytes of a line of JSON: an account of the greatest length with every character escaped."""
UNPACKED_MAX = 60_000_000
"""Bytes that the parts of a spreadsheet may hold once unpacked."""
PARTS_MAX = 400
"""Parts in a spreadsheet."""
PIECES_MAX = 200
"""Entries that are looked at in one cell; the account itself allows fewer."""
SCANNED_MAX = 200_000
"""Characters in which personal details are looked for in one request; a command has no such bound."""
TOLD_MAX = 30
"""Faults of one row that are listed."""
REFERENCE_MAX = 120
"""Characters of a partner's own number for a row."""
AT_ONCE = 2
"""Files that one process works on at the same time."""
PATIENCE = 20.0
"""Seconds that a further file waits for its turn."""
