"""Reports without an account: somebody who belongs to no organization, and comes back with a code."""
