"""The demo set: invented organizations, people and reports that show a newcomer the whole registry."""
