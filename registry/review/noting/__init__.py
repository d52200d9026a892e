"""Internal notes of reviewers on a report: never shown outside review."""
