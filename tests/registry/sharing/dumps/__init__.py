"""Dumps: what stands in the files, and which snapshots are given out."""
