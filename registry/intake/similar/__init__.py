"""Telling of an event that the registry knows already: attached reports, "seen here too", own drafts."""
