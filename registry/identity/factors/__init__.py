"""What people show beside a password: one-time codes, passkeys, recovery codes; and proofs sent by mail."""
