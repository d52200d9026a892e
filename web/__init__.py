"""Pages, the application, its wiring, and the command line."""
