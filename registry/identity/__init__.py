"""Organizations, people, memberships, sign-in and clients: who acts, and what they may do."""
