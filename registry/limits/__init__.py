"""How often something may be tried: counted per client, person and address, without keeping addresses.

What is counted is named by a keyed hash whose key changes every day, so that neither the store nor
a dump of memory says who came (GDPR recital 26; threat P4).
"""

from registry.limits.counting import Allowance, Limit, Limiter

__all__ = ["Allowance", "Limit", "Limiter"]
