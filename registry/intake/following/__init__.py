"""Following a report after it was sent: its receipt code, what reviewers ask, and what is added later."""
