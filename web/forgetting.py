"""Forgetting a request once it was answered: what caches and cycles of objects still hold of it.

Called by each thread that ends a request, so the last to end leaves nothing.
"""

from __future__ import annotations

import gc
from urllib import parse

from registry.privacy import remembering


def settle() -> None:
    """Take what was made so far out of the search for garbage: it stays for good, and makes that slow.

    From here on there is a search, if the command switched it off while it read its code.
    """
    gc.collect()
    gc.freeze()
    gc.enable()


def forget() -> None:
    """Drop what was remembered of a request.

    ``urllib`` keeps the last addresses that it took apart. Errors refer to frames that refer to them:
    such circles, and the request in them, would wait for Python's next look.
    """
    parse.clear_cache()  # type: ignore[attr-defined] # it stands in no documentation, and in every version
    remembering.forget()
    gc.collect()
