"""A store that speaks S3's language and is not ours (moto), which can go away and come back."""

from __future__ import annotations

import socket
import subprocess
import sys
import time
from http.client import HTTPConnection

from tests.conftest import missing


class S3Server:
    """A server on a port of its own that keeps buckets in memory."""

    def __init__(self) -> None:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port: int = probe.getsockname()[1]
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def endpoint(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def setting(self, bucket: str, prefix: str = "") -> str:
        """What an operator would set for a bucket of it."""
        return f"s3://key:secret@{bucket}/{prefix}?endpoint={self.endpoint}&region=us-east-1"

    def start(self) -> None:
        # -W: other people's warnings are not ours to mend
        command = [
            sys.executable,
            "-W",
            "ignore",
            "-m",
            "moto.server",
            "-H",
            "127.0.0.1",
            "-p",
            str(self.port),
        ]
        self._process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        deadline = time.monotonic() + 60
        while True:
            if self._process.poll() is not None:
                missing("an S3-compatible server (moto[s3] and flask-cors of requirements-dev.lock)")
            try:
                socket.create_connection(("127.0.0.1", self.port), timeout=1).close()
            except OSError:
                assert time.monotonic() < deadline, "the S3 server does not answer"
            else:
                return

    def ask(self, method: str, path: str, body: bytes | None = None) -> tuple[int, bytes]:
        """Speak to it directly, without our own client."""
        connection = HTTPConnection("127.0.0.1", self.port, timeout=20)
        headers = {"Authorization": "AWS4-HMAC-SHA256 Credential=key/20261124/us-east-1/s3/aws4_request"}
        try:
            connection.request(method, path, body, headers)
            answer = connection.getresponse()
            return answer.status, answer.read()
        finally:
            connection.close()

    def stop(self) -> None:
        if self._process is not None:
            self._process.terminate()
            self._process.wait(timeout=20)
            self._process = None
