"""Making an account less exact: place, time, reach, system, names and sources, rung by rung. Pure.

Every part of an account that could point at somebody has a ladder, from what was told down to
nothing. ``coarsen`` brings an account to given rungs and says what it changed; ``Outline`` is what a
stranger could compare it by; ``first_shared`` says from which rungs on two accounts look alike.
"""

from registry.privacy.coarsening.coarsen import STILL_TOLD_MAX, Coarsened, coarsen, left_standing
from registry.privacy.coarsening.ladders import DEFAULT, LADDERS, Levels, finest
from registry.privacy.coarsening.outline import SEARCHED, Outline, Rungs, first_shared, outline, rungs

__all__ = [
    "DEFAULT",
    "LADDERS",
    "SEARCHED",
    "STILL_TOLD_MAX",
    "Coarsened",
    "Levels",
    "Outline",
    "Rungs",
    "coarsen",
    "finest",
    "first_shared",
    "left_standing",
    "outline",
    "rungs",
]
