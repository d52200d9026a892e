"""What only partner nodes read (TLP:GREEN): a side of its own, with its own log, and who reads it."""
