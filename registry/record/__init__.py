"""Public records: what they are, their identifiers, their canonical bytes, and where they are kept.

``types``, ``ids``, ``canonical`` and ``rules`` are pure; ``store`` keeps records in the public database.
"""
