"""Collections of AI incidents that others keep, read into records of our kind.

A reader is a pure function from a path to a stream of rows: records as they come in
(``Incoming``), problems with file, line and field, and notes on what was left out. What all readers
share is in ``assembling``; ``importing`` puts the stream into the public database.
"""
