"""Did what was put right hold? Asked once, some months later; the answer goes through review."""
