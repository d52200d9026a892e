"""The vault: what people wrote lies in the private database sealed, each submission under its own key.

``keyring`` holds the node's master keys, outside the database. ``keys`` makes one random data key a
submission and keeps it wrapped by the current master key. Destroying a data key destroys the text.
"""
