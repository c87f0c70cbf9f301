"""A web server for tests, on 127.0.0.1: it sends the responses that a test declares, byte for byte.

A response is what a handler writes to the socket, so that lies about length, cut-off bodies and silence are real.
"""

from __future__ import annotations

import gzip
import socket
import socketserver
import ssl
import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from http import HTTPStatus


@dataclass(slots=True, kw_only=True)
class Answer:
    """One response. ``headers`` come after a true Content-Length, unless ``length`` states another (``None``: none)."""

    body: bytes = b""
    status: int = 200
    content_type: str | None = "text/html; charset=utf-8"
    headers: tuple[tuple[str, str], ...] = ()
    length: int | None = -1
    wait: float = 0.0  # seconds of silence before the answer
    until: threading.Event | None = None  # silence until the test has seen enough
    reset: bool = False  # close the connection without any answer

    def wire(self) -> bytes:
        lines = [f"HTTP/1.1 {self.status} {HTTPStatus(self.status).phrase}"]
        if self.content_type:
            lines.append(f"Content-Type: {self.content_type}")
        if self.length is not None:
            lines.append(f"Content-Length: {len(self.body) if self.length < 0 else self.length}")
        lines += [f"{name}: {value}" for name, value in self.headers]
        return ("\r\n".join(lines) + "\r\n\r\n").encode("latin-1") + self.body

    @property
    def closes(self) -> bool:
        """Whether the connection must end for the client to see the end of the body."""
        return self.length is None or self.length >= 0


def redirect(to: str, status: int = 301) -> Answer:
    return Answer(status=status, headers=(("Location", to),))


def gzipped(body: bytes, **kwargs: object) -> Answer:
    return Answer(body=gzip.compress(body), headers=(("Content-Encoding", "gzip"),), **kwargs)  # type: ignore[arg-type]


@dataclass(slots=True)
class Request:
    path: str
    host: str
    headers: Mapping[str, str]
    time: float = field(default_factory=time.monotonic)


class _Handler(socketserver.StreamRequestHandler):
    server: _TcpServer
    timeout = 30

    def handle(self) -> None:
        site = self.server.site
        while True:
            try:
                line = self.rfile.readline(65537)
                if not line.strip():
                    return
                headers: dict[str, str] = {}
                while (header := self.rfile.readline(65537)).strip():
                    name, _, value = header.decode("latin-1").partition(":")
                    headers[name.strip().lower()] = value.strip()
                path = line.split()[1].decode("latin-1")
                with site.lock:
                    site.requests.append(Request(path, headers.get("host", ""), headers))
                    answers = site.answers.get(path) or site.answers.get(path.partition("?")[0])
                    if isinstance(answers, list):
                        answer = answers.pop(0) if len(answers) > 1 else answers[0]
                    else:
                        answer = answers or Answer(status=404, body=b"not here")
                if answer.wait and site.stopped.wait(answer.wait):
                    return
                if answer.until is not None and not answer.until.wait(60):
                    return
                if answer.reset:
                    self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\1\0\0\0\0\0\0\0")
                    return
                self.wfile.write(answer.wire())
                self.wfile.flush()
                if answer.closes:
                    return
            except (ConnectionError, TimeoutError):
                return


class _TcpServer(socketserver.ThreadingTCPServer):
    daemon_threads = True
    allow_reuse_address = True
    request_queue_size = 128
    site: Site

    def handle_error(self, request: object, client_address: object) -> None:
        """Nothing: a client that goes away is what some tests are about."""


@dataclass(slots=True)
class Site:
    """A running server: ``answers`` by path (a list is served one after the other), ``requests`` as they came in."""

    answers: dict[str, Answer | list[Answer]] = field(default_factory=dict)
    requests: list[Request] = field(default_factory=list)
    lock: threading.Lock = field(default_factory=threading.Lock)
    stopped: threading.Event = field(default_factory=threading.Event)
    tls: ssl.SSLContext | None = None
    _server: _TcpServer | None = None
    _thread: threading.Thread | None = None

    def __enter__(self) -> Site:
        self._server = _TcpServer(("127.0.0.1", 0), _Handler)
        self._server.site = self
        if self.tls is not None:
            self._server.socket = self.tls.wrap_socket(self._server.socket, server_side=True)
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.05,), daemon=True)
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        assert self._server is not None
        assert self._thread is not None
        self.stopped.set()
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    @property
    def port(self) -> int:
        assert self._server is not None
        return int(self._server.server_address[1])

    @property
    def url(self) -> str:
        return f"{'https' if self.tls else 'http'}://127.0.0.1:{self.port}"

    @property
    def paths(self) -> list[str]:
        """The paths asked for, robots.txt left out."""
        return [request.path for request in self.requests if request.path != "/robots.txt"]
