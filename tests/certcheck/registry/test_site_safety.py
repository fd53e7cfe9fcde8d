"""Where personal data may go: no other host, no unverified TLS, no proxy that nobody named."""

import shutil
import ssl
import subprocess
import threading
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from certcheck.registry.interface import Challenge, Exchange
from certcheck.registry.proxies import proxies_for
from common.errors import InputError
from tests.certcheck.registry.client_support import client, question
from tests.certcheck.registry.replica_support import ZHANG

CHALLENGE = Challenge(b"picture", "JSESSIONID=1")


class Server(BaseHTTPRequestHandler):
    """Notes every request, and answers each with a redirect where it has one."""

    seen: list[tuple[str, str]]
    location = ""

    def do_GET(self):
        self.seen.append((self.command, self.path))
        self.send_response(302 if self.location else 200)
        if self.location:
            self.send_header("Location", self.location)
        self.send_header("Content-Length", "0")
        self.end_headers()

    do_POST = do_GET  # noqa: N815 - name given by http.server

    def log_message(self, *_):
        pass


@contextmanager
def serving(location="", context=None):
    """Serve on this machine; gives the port and what was asked."""
    handler = type("Own", (Server,), {"seen": [], "location": location})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    if context is not None:
        server.socket = context.wrap_socket(server.socket, server_side=True)
        server.handle_error = lambda *_: None
    thread = threading.Thread(target=server.serve_forever, args=(0.05,))
    thread.start()
    try:
        yield server.server_port, handler.seen
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@pytest.mark.parametrize("first", [False, True], ids=["generation 2", "generation 1"])
@pytest.mark.parametrize("same", [False, True], ids=["elsewhere", "same host"])
def test_no_redirect_is_followed(first, same):
    """Neither to another host nor to the same: what answers there has not been asked for."""
    with (
        serving() as (other, seen_there),
        serving(f"http://127.0.0.1:{other}/there" if not same else "/here") as (
            port,
            seen,
        ),
    ):
        site = client(f"http://127.0.0.1:{port}", first=first)
        got = site.challenge()
        answer = site.query(question(ZHANG), CHALLENGE, "1234")
        site.close()
        assert isinstance(got, Exchange)
        assert (got.status, answer.status) == (302, 302)
        assert (len(seen), seen_there) == (2, [])


@pytest.fixture(scope="module")
def certificate(tmp_path_factory):
    """A certificate for 127.0.0.1 that nobody has reason to trust."""
    if shutil.which("openssl") is None:
        pytest.skip("no openssl here")
    path = tmp_path_factory.mktemp("tls") / "own.pem"
    command = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=127.0.0.1",
               "-addext", "subjectAltName=IP:127.0.0.1", "-keyout", str(path), "-out", str(path) + ".crt"]  # fmt: skip
    subprocess.run(command, check=True, capture_output=True)
    return path


@pytest.mark.parametrize("first", [False, True], ids=["generation 2", "generation 1"])
def test_tls_is_always_verified(certificate, first, monkeypatch):
    """A certificate that no authority signed is refused before anything is sent, whatever the environment says."""
    for name in ("REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE"):
        monkeypatch.setenv(name, f"{certificate}.crt")
    monkeypatch.setenv("PYTHONHTTPSVERIFY", "0")
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(f"{certificate}.crt", str(certificate))
    with serving(context=context) as (port, seen):
        site = client(f"https://127.0.0.1:{port}", first=first)
        answer = site.query(question(ZHANG), CHALLENGE, "1234")
        site.close()
    assert answer.error == "TLS 证书验证失败"
    assert seen == []


def test_netrc_of_the_user_is_not_sent(tmp_path, monkeypatch):
    """No password of the user's goes to the site by itself."""
    (tmp_path / ".netrc").write_text("machine 127.0.0.1 login somebody password secret\n", encoding="utf-8")
    monkeypatch.setenv("NETRC", str(tmp_path / ".netrc"))
    monkeypatch.setenv("HOME", str(tmp_path))
    sent = []

    class Noting(Server):
        seen: list[tuple[str, str]] = []  # noqa: RUF012 - of this test alone

        def do_GET(self):
            sent.append(self.headers.get("Authorization"))
            super().do_GET()

    server = ThreadingHTTPServer(("127.0.0.1", 0), Noting)
    thread = threading.Thread(target=server.handle_request)
    thread.start()
    site = client(f"http://127.0.0.1:{server.server_port}")
    site.challenge()
    site.close()
    thread.join()
    server.server_close()
    assert sent == [None]


PROXY = "http://proxy.example.invalid:3128"
FAR, HERE = "https://cx.example.invalid", "http://127.0.0.1:8850"


@pytest.fixture
def environment(monkeypatch):
    for name in ("http_proxy", "https_proxy", "all_proxy", "no_proxy"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.upper(), raising=False)
    return monkeypatch


def test_named_proxies(environment):
    environment.setenv("https_proxy", PROXY)
    assert proxies_for("none", FAR) == {}
    assert proxies_for("env", FAR) == {"https": PROXY}
    assert proxies_for("http://127.0.0.1:1", HERE) == {"http": "http://127.0.0.1:1"}
    assert proxies_for("env", HERE) == {}
    environment.setenv("no_proxy", "example.invalid")
    assert proxies_for("env", FAR) == {}


def test_proxies_that_will_not_do(environment):
    """Passwords would be kept with the run; plain HTTP would show everything to another machine."""
    environment.setenv("http_proxy", PROXY)
    for setting, address in (
        ("ftp://proxy.example.invalid", FAR), ("proxy.example.invalid:3128", FAR), ("http://[::1", FAR),
        ("http://u:p@proxy.example.invalid", FAR), (PROXY, HERE), ("env", HERE), ("", FAR),
    ):  # fmt: skip
        with pytest.raises(InputError, match="proxy"):
            proxies_for(setting, address)


def test_a_dead_proxy_is_told_as_one():
    site = client("http://127.0.0.1:9", proxies={"http": "http://127.0.0.1:9"})
    got = site.challenge()
    site.close()
    assert got.error == "代理无法连接"
