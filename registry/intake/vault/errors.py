"""What can stand in the way of opening something sealed."""

from __future__ import annotations

from registry.errors import N_, Gone, Unavailable
from registry.sealing import SealBroken

__all__ = ["KeyMissing", "SealBroken", "Shredded"]


class Shredded(Gone):
    """The data key was destroyed on purpose, and the text with it; fact ``removed``, the day."""

    message = N_("The original of this report was deleted. Nobody can read it any more.")


class KeyMissing(Unavailable):
    """A master key that is needed is not in the keyring; an operator has to put it back."""

    message = N_("A key of this node is missing. Its operator has to put the keyring back.")
