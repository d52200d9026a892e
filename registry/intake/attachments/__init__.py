"""Attachments of a report: private evidence for its reviewers, cleaned, sealed, and never published."""
