"""Who is named: how a report names its organization, and publishing for another one."""
