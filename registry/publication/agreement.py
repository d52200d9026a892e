"""Handing over how far reviewers agree: counted on the private side, small counts gone, written whole."""

from __future__ import annotations

from registry.clock import Clock, today
from registry.db.private import PrivateDatabase
from registry.db.public import PublicDatabase
from registry.record.agreement import Agreement, Confusion, replace
from registry.review.agreement.pairs import pairs
from registry.review.agreement.tables import FacetAgreement, tabulate
from taxonomy import Taxonomy

DIGITS = 2
"""Decimals of alpha that are published: more would only seem exact."""


class AgreementTable:
    """Makes the public table anew; running it twice changes nothing."""

    def __init__(
        self, private: PrivateDatabase, public: PublicDatabase, taxonomy: Taxonomy, clock: Clock
    ) -> None:
        self._private, self._public, self._taxonomy, self._clock = private, public, taxonomy, clock

    def publish(self) -> None:
        """Count, and put the table in the place of the one before."""
        with self._private.read() as session:
            lines = tabulate(self._taxonomy, pairs(session))
        with self._public.work() as session:
            replace(session, [self._handed(line) for line in lines])

    def _handed(self, line: FacetAgreement) -> Agreement:
        alpha = None if line.alpha is None else round(line.alpha, DIGITS)
        confusions = tuple(Confusion(one.code, one.other, one.count) for one in line.confusions)
        return Agreement(line.facet, line.measure.value, line.n, alpha, confusions, today(self._clock))
