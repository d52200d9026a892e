"""Personal details of a report: what was found, what its organization and its reviewer decided."""
