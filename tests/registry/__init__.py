"""The life of a report, stage by stage, on real databases."""
