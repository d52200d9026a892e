"""Public records in the forms that programs of others read: library metadata, feeds, dumps, threat reports.

Part of the public wing. Mappings of one record are pure; ``harvest`` reads records in the order in
which they changed.
"""
