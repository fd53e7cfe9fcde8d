"""The replica of the query site as a small HTTP server on this machine only.

The access log of the standard library is silenced: its lines would hold names and numbers.
"""

from __future__ import annotations

import socket
import socketserver
import struct
import sys
import threading
import time
import urllib.parse
from collections.abc import Callable
from contextlib import ExitStack, suppress
from http.cookies import CookieError, SimpleCookie
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, Self

from certcheck.registry.replica.audit import Audit
from certcheck.registry.replica.captcha import Captchas
from certcheck.registry.replica.faults import Faults
from certcheck.registry.replica.message import REPLICA_HEADER, Delivery, Reply, Request, html_reply
from certcheck.registry.replica.pages import notice_page
from certcheck.registry.replica.people import People
from certcheck.registry.replica.routes import Routes
from common.errors import InputError

_HOST = "127.0.0.1"
_LARGEST_FORM = 65_536
_DRIPS = 40
_LAST_PIECE = 65_536
_NO_FAULTS = Faults()
_HEADERS = (
    (REPLICA_HEADER, "1"),
    ("Cache-Control", "no-store"),
    ("Referrer-Policy", "no-referrer"),
    ("X-Content-Type-Options", "nosniff"),
    (
        "Content-Security-Policy",
        "default-src 'none'; img-src data:; style-src 'unsafe-inline'; form-action 'self'",
    ),
    ("Connection", "close"),
)


class Replica:
    """A local stand-in of the national query site, for the demo and the tests.

    It listens from the moment it is made; answers come once ``start`` or ``serve_forever`` runs.

    Parameters
    ----------
    people
        the invented people whom it knows.
    port
        0 takes any free one.
    seed
        captchas and the hashes of the audit log follow from it: a secret, except in a test.
    clock
        seconds, as ``time.time``.
    audit
        the log of what was asked, as JSON lines; None writes none.
    faults
        what is made to go wrong.
    captcha_seconds
        the life of a captcha.
    latency
        seconds until any request is answered.

    Raises
    ------
    InputError
        if the port cannot be had.
    """

    def __init__(
        self,
        people: People,
        *,
        port: int = 0,
        seed: bytes = b"replica",
        clock: Callable[[], float] = time.time,
        audit: Path | None = None,
        faults: Faults = _NO_FAULTS,
        captcha_seconds: float = 120.0,
        latency: float = 0.0,
    ) -> None:
        self._audit = Audit(audit, seed, clock)
        routes = Routes(people, Captchas(seed, clock, captcha_seconds), self._audit, faults, clock)
        try:
            self._server = _Server(port, routes, faults.pause, latency)
        except (OSError, OverflowError) as error:
            raise InputError(f"端口 {port} 不能用（可能已被占用），请用 --port 换一个") from error
        self.url = f"http://{_HOST}:{self._server.server_port}"
        self._thread: threading.Thread | None = None
        self._serving = False

    @property
    def queries(self) -> int:
        """How many queries have arrived so far."""
        return self._audit.queries

    def start(self) -> None:
        """Answer in a thread of its own."""
        self._serving = True
        self._thread = threading.Thread(target=self.serve_forever, name="replica", daemon=True)
        self._thread.start()

    def serve_forever(self) -> None:
        """Answer until ``stop`` is called elsewhere or the program is interrupted."""
        self._serving = True
        try:
            self._server.serve_forever(poll_interval=0.05)
        finally:
            self._serving = False

    def stop(self) -> None:
        """Stop answering, end pauses that are under way, and free the port; twice does no harm."""
        self._server.stopping.set()
        if self._serving:
            self._server.shutdown()
        if self._thread is not None:
            self._thread.join()
        self._server.server_close()

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()


_LINGER = "hh" if sys.platform == "win32" else "ii"  # struct linger


class _Server(ThreadingHTTPServer):
    """The listening socket; each request has a thread, and closing waits for all of them."""

    daemon_threads = False
    block_on_close = True
    allow_reuse_address = sys.platform != "win32"  # there it would let two servers have one port

    def __init__(self, port: int, routes: Routes, pause: float, latency: float) -> None:
        self.routes, self.pause, self.stopping = routes, pause, threading.Event()
        self.latency = latency
        super().__init__((_HOST, port), _Handler)

    def server_bind(self) -> None:
        """Bind without the name look-up of ``HTTPServer``, which may ask the network."""
        socketserver.TCPServer.server_bind(self)
        self.server_name, self.server_port = _HOST, int(self.server_address[1])

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Tell the kind of an error; its text may hold what was asked, and a client may always leave."""
        error = sys.exc_info()[1]
        if not isinstance(error, ConnectionError | TimeoutError):
            sys.stderr.write(f"仿真站内部错误：{type(error).__name__}\n")


class _Handler(BaseHTTPRequestHandler):
    """One connection, one request: read, let ``Routes`` answer, deliver."""

    server: _Server
    protocol_version = "HTTP/1.1"
    server_version, sys_version = "zhengkao-replica", ""
    timeout = 5  # a browser opens connections ahead of need; they must not hold up the end

    def do_GET(self) -> None:
        """Answer a GET."""
        self._exchange()

    def do_POST(self) -> None:
        """Answer a POST."""
        self._exchange()

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - name given by http.server
        """Write nothing: the line would hold the query string."""

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        """Answer what is no proper request, without repeating it."""
        self._deliver(html_reply(notice_page(str(int(code)), "请求不能处理"), int(code)), lambda: None)

    def _exchange(self) -> None:
        try:
            request = self._read()
        except ValueError:
            self.send_error(400)
            return
        reply = self.server.routes.answer(request)
        with ExitStack() as under_way:
            under_way.callback(self.server.routes.delivered, reply)
            if self.server.latency:
                self.server.stopping.wait(self.server.latency)
            self._deliver(reply, under_way.close)

    def _read(self) -> Request:
        """Read the request, or raise ValueError where it is too long or malformed."""
        length = int(self.headers.get("Content-Length") or 0)
        if not 0 <= length <= _LARGEST_FORM:
            raise ValueError
        form = self.rfile.read(length).decode("ascii", "replace")
        target = urllib.parse.urlsplit(self.path)
        cookies: SimpleCookie = SimpleCookie()
        with suppress(CookieError):
            cookies.load(self.headers.get("Cookie", ""))
        values = {name: morsel.value for name, morsel in cookies.items()}
        return Request(self.command, target.path, _fields(target.query), _fields(form), values)

    def _deliver(self, reply: Reply, done: Callable[[], None]) -> None:
        """Deliver a reply; ``done`` is called before its last bytes.

        A client that has them may ask again at once, and must not seem to ask twice at a time.
        """
        self.close_connection = True
        if reply.delivery is Delivery.RESET:
            done()
            self._reset()
            return
        if reply.delivery is Delivery.LATE and self.server.stopping.wait(self.server.pause):
            return
        self.send_response(reply.status)
        for name, value in (*_HEADERS, *reply.headers):
            self.send_header(name, value)
        self.send_header("Content-Type", reply.content_type)
        self.send_header("Content-Length", str(len(reply.body)))
        self.end_headers()
        rest = reply.body
        if reply.delivery is Delivery.DRIP:
            rest = self._drip(rest)
        elif reply.delivery is Delivery.TRUNCATED:
            rest = rest[: len(rest) // 2]
        if len(rest) > _LAST_PIECE:
            self.wfile.write(rest[:-_LAST_PIECE])
            rest = rest[-_LAST_PIECE:]
        done()
        self.wfile.write(rest)

    def _drip(self, body: bytes) -> bytes:
        """Send a body in small pieces over the whole pause, but for the last one, and give that."""
        size = max(1, -(-len(body) // _DRIPS))
        while len(body) > size and not self.server.stopping.wait(self.server.pause / _DRIPS):
            self.wfile.write(body[:size])
            body = body[size:]
        return body

    def _reset(self) -> None:
        """Close so that the client sees a reset: no lingering, and no reader left on the socket."""
        self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack(_LINGER, 1, 0))
        self.rfile.close()
        self.connection.close()


def _fields(text: str) -> dict[str, str]:
    """Read a query string or a form; of a field sent twice the last counts."""
    return dict(urllib.parse.parse_qsl(text, keep_blank_values=True, max_num_fields=50))
