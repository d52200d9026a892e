"""What the web server refuses before, or while, our own code reads it: answered like any other problem.

Gunicorn would answer with a page of its own that repeats what was sent, and log address and request.
"""

from __future__ import annotations

import io
import socket
from collections.abc import Iterable
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from flask import Response
from gunicorn.http import errors
from gunicorn.util import write_nonblock
from gunicorn.workers.gthread import ThreadWorker
from werkzeug.exceptions import (
    BadRequest,
    ExpectationFailed,
    HTTPException,
    InternalServerError,
    RequestHeaderFieldsTooLarge,
    RequestURITooLarge,
)

from api import problems
from api.app import HEADERS
from web import forgetting, logs

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

TABLE: dict[type[Exception], type[HTTPException]] = {
    errors.InvalidResponseHeader: InternalServerError,
    errors.InvalidResponseHeaderName: InternalServerError,
    errors.LimitRequestLine: RequestURITooLarge,
    errors.LimitRequestHeaders: RequestHeaderFieldsTooLarge,
    errors.ExpectationFailed: ExpectationFailed,
    errors.ParseException: BadRequest,
}
"""Gunicorn's errors → ours; a subclass without a line of its own goes with its parent."""


class Worker(ThreadWorker):  # type: ignore[misc] # gunicorn ships no types
    """Gunicorn's threaded worker, with our refusals; it forgets what it answered."""

    def handle(self, conn: Any) -> Any:
        """Answer the next request of a connection, in a thread; what comes back is gunicorn's."""
        try:
            return super().handle(conn)
        finally:
            if conn.parser is not None and not conn.is_http2:
                conn.parser.mesg = None  # a connection that stays open would hold its last request
            forgetting.forget()

    def handle_error(self, _req: Any, client: socket.socket, _addr: Any, exc: Exception) -> None:
        """Answer what is no request, or what our code raised past every handler."""
        found = next((TABLE[cls] for cls in type(exc).__mro__ if cls in TABLE), InternalServerError)
        if found is InternalServerError:
            logs.bug(exc)
        else:
            logs.log.warning("request refused", error=type(exc).__name__, status=found.code)
        with suppress(OSError):
            write_nonblock(client, written(problems.from_http(found())))


def written(response: Response) -> bytes:
    """A response as it goes over the wire, after which the connection ends (RFC 9112)."""
    response.headers.update(HEADERS | {"Connection": "close"})
    lines = [f"HTTP/1.1 {response.status}", *(f"{name}: {value}" for name, value in response.headers)]
    return "\r\n".join([*lines, "", ""]).encode("latin-1") + response.get_data()


class BrokenBodies:
    """WSGI middleware: a body in broken pieces reads like one that broke off, which is answered 400."""

    def __init__(self, application: WSGIApplication) -> None:
        self._application = application

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """The WSGI entry."""
        environ["wsgi.input"] = _Body(environ["wsgi.input"])
        return self._application(environ, start_response)


class _Body(io.RawIOBase):
    """The body of a request; raises ``OSError`` where the chunks (RFC 9112 section 7.1) are none."""

    def __init__(self, stream: Any) -> None:
        self._stream = stream

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: WriteableBuffer) -> int:
        room = memoryview(buffer)
        try:
            data: bytes = self._stream.read(len(room))
        except errors.ParseException as error:
            raise OSError(type(error).__name__) from error
        room[: len(data)] = data
        return len(data)
