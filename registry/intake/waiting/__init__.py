"""How long reports wait: targets, and the few codes by which a waiting list is cut and ordered."""
