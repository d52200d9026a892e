"""Could a report point at somebody? How many others look like it, and what would make them more."""
