"""Files of reports: reading, recognising, checking, storing."""
