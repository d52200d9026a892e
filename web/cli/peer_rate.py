"""``--max-rate`` of ``commons peer``: a number of entries a day, or the word for the usual bound."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import click

from registry.federation.rate import checked

USUAL: Final = "usual"


@dataclass(frozen=True, slots=True)
class Chosen:
    """A bound that somebody chose; ``max_rate`` is None for the usual one (``registry.federation.rate``)."""

    max_rate: int | None


class MaxRate(click.ParamType[Chosen]):
    """Reads a bound; what is no number and not the word is refused by the command line."""

    name = f"[N|{USUAL}]"

    def convert(
        self, value: str | Chosen, param: click.Parameter | None, ctx: click.Context | None
    ) -> Chosen:
        """The bound; raises ``Invalid`` beyond what is one."""
        if isinstance(value, Chosen):
            return value
        if value.strip().lower() == USUAL:
            return Chosen(None)
        number: int = click.INT(value, param, ctx)
        return Chosen(checked(number))


MAX_RATE: Final = click.option(
    "--max-rate",
    type=MaxRate(),
    help=f"Entries taken a day at most; 0: any number; {USUAL}: the usual bound, as before any was set.",
)
