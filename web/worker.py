"""The background process: drains the outbox and keeps the search index in step with the database.

One per node. It may be killed at any point: jobs are leased, the index remembers how far it came,
and publication finishes what an earlier run left.
"""

from __future__ import annotations

import time
from datetime import timedelta
from threading import Event

from api.node import Node, PrivateSide
from registry import outbox
from registry.errors import CommonsError, Unavailable
from registry.federation.claim_following import ClaimFollower
from registry.ledger.refusal import Refused
from registry.privacy import remembering
from search import Indexer
from web.green_work import GreenWork
from web.indexing import follow
from web.jobs import Handler, handlers
from web.logs import log

PAUSE = 0.5
"""Seconds between two looks when there is nothing to do."""
SOON = 30.0
"""Seconds between two givings of what waits, and two looks at what people are to be told."""
PULLING = 10.0
"""Seconds spent on the logs of other nodes before anything else has its turn, beyond one stretch."""
HOUSEKEEPING = 3600.0
"""Seconds between two clearings of what ended."""
TROUBLE_PAUSE = 5.0
"""Seconds to wait when a database or the index does not answer."""


class Worker:
    """Does what is due, again and again."""

    def __init__(self, node: Node, indexer: Indexer) -> None:
        self._node = node
        self._indexer = indexer
        self._house_due = self._soon_due = self._sign_due = self._share_due = 0.0
        self._compared = self._log_seen = False
        self._trouble = ""
        self._green = GreenWork(node)
        self._claims = ClaimFollower(node.public, node.identity.short, node.clock)

    def run(self, stop: Event) -> None:
        """Work until ``stop`` is set; outages are waited out."""
        while not stop.is_set():
            stop.wait(self._turn())

    def drain(self) -> None:
        """Do all that is due now and return; raises what goes wrong.

        First of all, index and snapshots are held against the database: where that is from a backup they are
        of a later moment, which shows only until it has grown. Signing as well: who copied the log knows.
        """
        if not self._compared:
            follow(self._node.records, self._indexer)
            self._node.exports.clear()
            self._sign()
            self._compared = True
        self._soon()
        while self._one_job():
            continue
        self._keep_house()
        self._pull()
        self._green.pull()
        self._sign()
        self._green.sign()
        self._offer()
        follow(self._node.records, self._indexer)
        self._share()

    def _turn(self) -> float:
        try:
            self.drain()
        except CommonsError as error:
            log.warning("worker waits", error=type(error).__name__)
            return TROUBLE_PAUSE
        return PAUSE

    def _one_job(self) -> bool:
        side = self._node.private_side
        if side is None:
            return False
        known = handlers(self._node, side)
        with side.database.work() as session:
            taken = outbox.lease(session, known.keys(), self._node.clock())
        if taken is None:
            return False
        self._do(side, taken, known[taken.kind])
        return True

    def _keep_house(self) -> None:
        now, side = time.monotonic(), self._node.private_side
        if side is not None and now >= self._house_due:
            side.oauth.keep_house()
            side.tenants.sweeping.sweep()
            side.providers.sign_ins.keep_house()
            self._sweep(side)
            side.custody.retention.run()
            side.reviewing.desk.missed.mark()
            side.transparency.refresh()
            self._house_due = now + HOUSEKEEPING

    def _soon(self) -> None:
        now, side = time.monotonic(), self._node.private_side
        if side is not None and now >= self._soon_due:
            side.reviewing.letting_go.run()
            side.reviewing.own_work.assigning.run()
            side.reviewing.news.run()
            self._soon_due = now + SOON

    def _sign(self) -> None:
        """Sign what the log has become. Where that must not be, it is told once, and tried again later."""
        now = time.monotonic()
        if self._node.private_side is None or now < self._sign_due:
            return
        if self._log_seen and not self._node.log.is_due():
            return
        try:
            self._node.log.publish()
            self._trouble = ""
        except Refused as refused:
            if refused.reason != self._trouble:
                log.error("log not signed", error=refused.reason)
            self._trouble, self._sign_due = refused.reason, now + SOON
        self._log_seen = True

    def _pull(self) -> None:
        """Read on in the logs of other nodes, for a bounded time: there are many, and some are slow."""
        every, ends = timedelta(seconds=self._node.settings.pull_every), time.monotonic() + PULLING
        while self._node.private_side is not None and time.monotonic() < ends:
            short = self._node.federation.puller.due(every)
            if short is None:
                return
            self._pull_one(short)

    def _pull_one(self, short: str) -> None:
        federation = self._node.federation
        federation.peers.look_again(short)
        pulled = federation.puller.pull(short, seconds=PULLING)
        if pulled.trouble:
            log.warning("pull ended early", peer=short, error=pulled.trouble)
        elif pulled.entries:
            log.info("pulled", peer=short, count=pulled.entries)

    def _offer(self) -> None:
        """Ask one other node to cosign the newest checkpoint, if it has not yet."""
        offering = self._node.federation.offering
        if self._node.private_side is None:
            return
        short = offering.due(timedelta(seconds=self._node.settings.pull_every))
        refusal = "" if short is None else offering.offer(short)
        if refusal:
            log.warning("not cosigned", peer=short, error=refusal)

    def _share(self) -> None:
        """Tell what is new of claims; take snapshots with erased records away, and make the next when due."""
        now = time.monotonic()
        if now < self._share_due:
            return
        self._share_due = now + SOON
        if self._node.private_side is not None:
            self._claims.follow()
        try:
            if self._node.exports.keep_up(self._node.log.newest_note):
                log.info("snapshot made")
        except Unavailable:  # a file that cannot be written must not keep the index waiting
            log.warning("snapshot not made")

    def _sweep(self, side: PrivateSide) -> None:
        try:
            side.attachments.sweeping.sweep()
        except Unavailable:  # a store far away must not keep the index waiting
            log.warning("attachments not swept")

    def _do(self, side: PrivateSide, taken: outbox.Lease, handler: Handler) -> None:
        try:
            handler(taken.payload)
        except CommonsError:
            with side.database.work() as session:
                outbox.retry_later(session, taken, self._node.clock())
            raise
        with side.database.work() as session:
            outbox.finish(session, taken, self._node.clock())
        remembering.forget()
        log.info("job done", kind=taken.kind)
