"""Serving a node: a supervisor that starts the web server and the worker, and ends with both.

Everything is imported before the two are forked, node and application are built, and no connection is
open: so they share the memory of it, and each opens connections of its own. To build the application
counts references to most of the code, and so would copy the pages that it lies in, had each process to do
it for itself. If the worker dies it is started again; if the web server dies, all stops, and whatever
manages the service sees it.
"""

from __future__ import annotations

import gc
import multiprocessing
import signal
import sys
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from multiprocessing.connection import wait
from multiprocessing.context import ForkProcess
from threading import Event
from types import FrameType
from typing import TYPE_CHECKING, Any

from gunicorn.app.base import BaseApplication

from api.node import Node
from registry.config import Settings, local_address
from search import Indexer
from taxonomy import load
from web import forgetting, logs, overwriting, refusals
from web.app import create_app
from web.wiring import close
from web.worker import Worker

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIApplication

GRACE = 10.0
"""Seconds that a child has to end by itself."""
RESTART_PAUSE = 1.0


@dataclass(frozen=True, slots=True)
class Serving:
    """How to serve: where, with how many processes, and whether the worker runs here."""

    host: str
    port: int
    workers: int
    worker: bool


class Stop(Exception):
    """Raised in the supervisor by SIGTERM and SIGINT."""


class WebServer(BaseApplication):  # type: ignore[misc] # gunicorn ships no types
    """Gunicorn with our settings around an application that was built before it."""

    def __init__(self, app: WSGIApplication, serving: Serving) -> None:
        self._built, self._serving = app, serving
        super().__init__()

    def load_config(self) -> None:
        """Settings of gunicorn: threads, bounded headers, nothing that could tell on a visitor."""
        options: dict[str, Any] = {
            "bind": f"{self._serving.host}:{self._serving.port}",
            "workers": self._serving.workers,
            "worker_class": refusals.Worker,
            "threads": 8,
            "keepalive": 15,
            "timeout": 60,
            "graceful_timeout": int(GRACE) - 2,
            "accesslog": None,
            "loglevel": "warning",
            "limit_request_line": 8190,
            "limit_request_fields": 60,
            "control_socket_disable": True,
            "post_worker_init": self._say_ready,
        }
        for key, value in options.items():
            if key in self.cfg.settings:
                self.cfg.set(key, value)

    def load(self) -> WSGIApplication:
        """The application; what it opens is its process's own."""
        return self._built

    def _say_ready(self, worker: Any) -> None:
        forgetting.settle()
        if worker.age == 1:
            shown = local_address(self._serving.host, self._serving.port)
            print(f"Ready: {shown}", flush=True)  # noqa: T201 - for people


def serve(node: Node, serving: Serving) -> int:
    """Serve until told to stop; returns the exit code. Of the node nothing may be open any more."""
    overwriting.close_to_others()
    _warn_of_limits(node.settings, serving)
    server = WebServer(_application(node), serving)
    gc.freeze()  # what there is stays for good: no process has to look through it, or to copy it for that
    targets: dict[str, Callable[[], None]] = {"web": server.run}
    if serving.worker:
        targets["worker"] = lambda: work(node)
    return _Supervisor(targets).run()


def work(node: Node, *, once: bool = False) -> None:
    """Run the worker in this process until SIGTERM or SIGINT; ``once`` drains and returns."""
    worker = Worker(node, Indexer(node.settings.index_dir, load()))
    forgetting.settle()
    try:
        if once:
            worker.drain()
        else:
            _run_aside(worker.run, _stop_event())
    finally:
        close(node)


def _run_aside(run: Callable[[Event], None], stop: Event) -> None:
    """Run in a thread of its own, which the C library gives memory of its own.

    The main thread's is what the processes share. What was freed in it lies between what was not: there
    each new object would copy a page of it (with glibc, some 10 MB of them in a worker).
    """
    with ThreadPoolExecutor(1) as aside:
        aside.submit(run, stop).result()


def _application(node: Node) -> WSGIApplication:
    app = create_app(node)
    if node.settings.request_log:
        logs.log_requests(app)
    return refusals.BrokenBodies(app)


def _warn_of_limits(settings: Settings, serving: Serving) -> None:
    if not settings.limits_percent:
        logs.log.warning("limits are switched off", kind="limits")
    if serving.workers > 1 and settings.limits_store == "memory://":
        logs.log.warning(
            "each web process counts by itself: limits are so many times wider without Redis",
            kind="limits",
            count=serving.workers,
        )


def _stop_event() -> Event:
    stop = Event()

    def on_signal(_number: int, _frame: FrameType | None) -> None:
        stop.set()

    signal.signal(signal.SIGTERM, on_signal)
    signal.signal(signal.SIGINT, on_signal)
    return stop


class _Supervisor:
    def __init__(self, targets: dict[str, Callable[[], None]]) -> None:
        self._targets = targets
        self._children: dict[str, ForkProcess] = {}

    def run(self) -> int:
        signal.signal(signal.SIGTERM, _raise_stop)
        signal.signal(signal.SIGINT, _raise_stop)
        code = 0
        try:
            for name in self._targets:
                self._start(name)
            code = self._watch()
        except Stop:
            logs.log.info("stopping", process="supervisor")
        self._end()
        return code

    def _start(self, name: str) -> None:
        child = multiprocessing.get_context("fork").Process(target=_child, args=(self._targets[name],))
        child.start()
        self._children[name] = child

    def _watch(self) -> int:
        while True:
            wait([child.sentinel for child in self._children.values()])
            if not self._children["web"].is_alive():
                return 1
            for name, child in list(self._children.items()):
                if not child.is_alive():
                    logs.log.warning("restarting", process=name)
                    time.sleep(RESTART_PAUSE)
                    self._start(name)

    def _end(self) -> None:
        signal.signal(signal.SIGTERM, signal.SIG_IGN)
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        for child in self._children.values():
            child.terminate()
        for child in self._children.values():
            child.join(GRACE)
            if child.is_alive():
                child.kill()
                child.join()


def _child(target: Callable[[], None]) -> None:
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    target()
    sys.stdout.flush()


def _raise_stop(_number: int, _frame: FrameType | None) -> None:
    raise Stop
