"""What is shared with partners only, over several nodes."""
