"""Figures beside their targets, as a table and as JSON."""

from __future__ import annotations

import json
import os
import platform
from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path

AT_MOST = "at most"
AT_LEAST = "at least"


@dataclass(frozen=True, slots=True)
class Figure:
    """One measured number. ``target`` None means there is none, and the number stands for itself."""

    name: str
    value: float
    unit: str
    kind: str = AT_MOST
    target: float | None = None

    @property
    def met(self) -> bool | None:
        """Whether the target is reached; None without a target."""
        if self.target is None:
            return None
        return self.value <= self.target if self.kind == AT_MOST else self.value >= self.target


Section = Callable[[], list[Figure]]


def table(figures: list[Figure]) -> str:
    """The figures as aligned text; a missed target is said, not hidden."""
    width = max(len(figure.name) for figure in figures)
    return "\n".join(_line(figure, width) for figure in figures)


def machine() -> dict[str, object]:
    """What the figures were measured on."""
    return {
        "cores": os.cpu_count(),
        "python": platform.python_version(),
        "system": f"{platform.system()} {platform.machine()}",
        "measured": datetime.now(UTC).strftime("%Y-%m-%d"),
    }


def write(figures: list[Figure], path: Path) -> None:
    """Write machine and figures as JSON."""
    path.parent.mkdir(parents=True, exist_ok=True)
    rows = [asdict(figure) | {"met": figure.met} for figure in figures]
    path.write_text(json.dumps({"machine": machine(), "figures": rows}, indent=1) + "\n", "utf-8")


def _line(figure: Figure, width: int) -> str:
    words = {True: "met", False: "MISSED", None: ""}
    target = "" if figure.target is None else f"({figure.kind} {figure.target:g})"
    return f"{figure.name:<{width}}  {figure.value:>10.2f} {figure.unit:<8} {target:<16} {words[figure.met]}"
