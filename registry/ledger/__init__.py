"""The ledger: every public change of this node in one signed log that can only grow.

Leaves are envelopes (``envelopes``), hashed into the tree of RFC 6962 (``tree``, ``proofs``,
``frontier``) and signed as C2SP notes (``notes``, ``checkpoints``). All modules named so far are pure:
a reader of somebody else's log checks it with them and keeps nothing but a ``Frontier``.
"""
