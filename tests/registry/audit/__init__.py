"""The trail: appending, its chain, and finding out what was done to it."""
