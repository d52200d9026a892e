"""Public records in the forms of others."""
