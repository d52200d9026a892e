"""One node twice: the same report sent by one organization or by another, and all that can be seen of it."""
