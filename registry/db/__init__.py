"""The two databases and the only place where anything is committed.

``unit`` holds the unit of work; ``private`` and ``public`` name the two sides, so that the wall
between the wings is an import rule: the public wing never imports ``registry.db.private``.
"""
