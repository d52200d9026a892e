"""Review: queue, claims and decisions; independent of the organization that reported."""
