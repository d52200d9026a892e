"""Pages of the steward, who looks after the node."""
