"""How many independent reviewers have to agree before something is decided."""
