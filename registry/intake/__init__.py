"""Intake: drafts, submissions and their versions. Nothing that was acknowledged is ever lost."""
