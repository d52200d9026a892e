"""``python -m web.cli`` is the same as ``commons``."""

from web.cli import main

main()
