"""Questions of a reviewer to whoever sent a report, and their answers; the report stays where it is."""
