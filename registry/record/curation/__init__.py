"""How this node reads records of others: its own word, beside the owner's and never in its place."""
