"""All public records as files: what stands in them, how they are written, where snapshots lie."""
