"""Pages on which people let programs act for them, and take it back."""
