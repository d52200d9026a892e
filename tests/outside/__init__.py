"""Programs that nobody here wrote, and what starts them."""
