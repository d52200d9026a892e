"""The command ``commons``: every command exits non-zero on failure with one clear line."""

from __future__ import annotations

import gc
import os
import runpy
import sys

from registry.config import load_settings
from registry.errors import CommonsError
from web import overwriting


def main() -> None:
    """Run the command line (``commands.py``, or for a service ``service.py``) as a program of its own.

    Reading all of it takes a second, and a service that begins again would do so twice.
    """
    service = overwriting.is_service(sys.argv[1:])
    if service:
        if _overwrites():
            overwriting.begin_again()
        gc.disable()  # looking for garbage takes a quarter of a start; ``forgetting.settle`` ends it
    runpy.run_module("web.cli.service" if service else "web.cli.commands", run_name="__main__")


def _overwrites() -> bool:
    try:
        return load_settings(os.environ).overwrite_memory
    except CommonsError:
        return False  # the command itself says what is wrong with the settings
