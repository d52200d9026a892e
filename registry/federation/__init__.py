"""Other nodes: who they are, what they publish, and what of it is shown here.

A peer's log is copied verbatim after every entry of it was checked against the checkpoint that the
peer signed (``verifying``, ``pulling``, ``mirror``). What a record of a peer becomes here is a second
step that can be done again at any time (``rules``, ``placing``).
"""
