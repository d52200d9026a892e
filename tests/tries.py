"""How often tests of chance, races and time are tried: by default, in CI, and where somebody says."""

from __future__ import annotations

import os


def tries(setting: str, usual: int, in_ci: int) -> int:
    """The number in this variable of the environment, else ``in_ci`` where ``CI=true``, else ``usual``.

    In CI it is a tenth of the bar, as far as that takes a minute of one core or so.
    """
    default = in_ci if os.environ.get("CI") == "true" else usual
    return int(os.environ.get(setting, default))
