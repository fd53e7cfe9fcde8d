import datetime as dt
import socket
import threading
import time

import pytest

from certcheck.registry.interface import Challenge, Exchange
from certcheck.registry.replica.faults import FAULTS, parse_faults
from certcheck.registry.site import OFFICIAL, Bounds, base_address
from common.catalogue import Kind
from common.errors import InputError
from tests.certcheck.registry.client_support import bounds_for, client, question, read, site_of
from tests.certcheck.registry.replica_support import LI, NOBODY, ZHANG, answer_in


def asked(site, person, kind=Kind.SPECIAL):
    challenge = site.challenge()
    assert isinstance(challenge, Challenge)
    return site.query(question(person, kind), challenge, answer_in(challenge.image))


@pytest.mark.parametrize(
    ("person", "kind", "state"),
    [(ZHANG, Kind.SPECIAL, "found"), (LI, Kind.SAFETY, "found"), (LI, Kind.SPECIAL, "nothing_found"),
     (NOBODY, Kind.SPECIAL, "nothing_found")],
)  # fmt: skip
def test_real_answers(person, kind, state):
    """Both kinds of certificate are asked for by their person type."""
    with site_of() as (site, _):
        reading = read(asked(site, person, kind), question(person, kind))
    assert reading.state == state


@pytest.mark.parametrize("fault", sorted(set(FAULTS) - {"gzip", "history-only", "other-name"}))
def test_no_fault_becomes_nothing_found(fault):
    """Whatever goes wrong, for somebody on record and for nobody: never a not-found, no exception."""
    with site_of(bounds_for(fault), faults=parse_faults(fault, pause=1.2)) as (site, _):
        for person in (ZHANG, NOBODY):
            exchange = asked(site, person)
            reading = read(exchange, question(person))
            assert reading.state in ("captcha_wrong", "refused", "unusable") or (
                reading.state == "nothing_found" and person == NOBODY and fault == "unknown-fields"
            )
            assert person[1] not in repr(exchange) + reading.reason + exchange.error
            assert person[0] not in repr(exchange) + reading.reason + exchange.error


def test_packed_answer_is_unpacked():
    with site_of(faults=parse_faults("gzip")) as (site, _):
        assert read(asked(site, ZHANG), question(ZHANG)).state == "found"


def test_huge_answer_is_cut():
    with site_of(faults=parse_faults("huge"), bounds=Bounds(2, 5, 100_000)) as (site, _):
        exchange = asked(site, ZHANG)
    assert exchange.error == "答复过大，已中止读取"
    assert len(exchange.body) == 100_000


def test_drops_meet_the_deadline():
    """An answer that comes in drops is given up at the deadline, not after its last drop."""
    with site_of(faults=parse_faults("slow", pause=8), bounds=Bounds(2, 0.5, 2_000_000)) as (site, _):
        started = time.monotonic()
        exchange = asked(site, ZHANG)
        assert time.monotonic() - started < 3
    assert "慢" in exchange.error


def test_redirect_is_neither_followed_nor_read():
    """A redirect with a huge slow body costs nothing."""
    with site_of(faults=parse_faults("redirect")) as (site, _):
        exchange = asked(site, ZHANG)
    assert (exchange.status, exchange.error, exchange.body) == (302, "", b"")
    assert exchange.reached


def test_nobody_listens():
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        address = f"http://127.0.0.1:{free.getsockname()[1]}"
    site = client(address)
    exchange = site.challenge()
    site.close()
    assert isinstance(exchange, Exchange)
    assert exchange.error == "连接失败或中断"
    assert not exchange.reached
    assert exchange.path == "/prod-api/certsearch/code"


def test_proxies_of_the_environment_are_not_used(monkeypatch):
    for name in ("http_proxy", "HTTP_PROXY", "all_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    with site_of() as (site, _):
        assert isinstance(site.challenge(), Challenge)


CODES = {
    "not json": b"<html>",
    "no picture": b'{"uuid": "u"}',
    "empty picture": b'{"img": "", "uuid": "u"}',
    "no token": b'{"img": "aGVsbG8=", "uuid": null}',
    "no base64": b'{"img": "???", "uuid": "u"}',
    "list": b"[]",
    "deep": b"[" * 100_000,
    "not bytes": b'{"img": 5, "uuid": "u"}',
}


def serving(body):
    """Serve one answer on a socket of this machine; gives the address."""
    server = socket.create_server(("127.0.0.1", 0))

    def serve():
        with server:
            connection, _ = server.accept()
            with connection:
                connection.recv(65_536)
                connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n" % len(body) + body)

    thread = threading.Thread(target=serve)
    thread.start()
    return f"http://127.0.0.1:{server.getsockname()[1]}", thread


@pytest.mark.parametrize("body", CODES.values(), ids=CODES)
def test_captcha_that_is_none(body):
    """What is no captcha is given back as the exchange it was."""
    address, thread = serving(body)
    site = client(address)
    assert isinstance(site.challenge(), Exchange)
    site.close()
    thread.join()


def test_picture_as_data_uri_with_line_ends():
    address, thread = serving(b'{"img": "data:image/png;base64,aGVs\\nbG8=", "uuid": "u"}')
    site = client(address)
    assert site.challenge() == Challenge(b"hello", "u")
    site.close()
    thread.join()


GOOD = ["http://127.0.0.1:8850", "http://localhost:1/", "http://[::1]:8850", "https://example.invalid", "mem"]
BAD = [
    "http://example.invalid", "http://127.0.0.1.example.invalid", "ftp://127.0.0.1", "none!", "", "https://",
    "http://[::1", "http://127.0.0.1:99999", "http://127.0.0.1:x", "https://u:p@example.invalid",
    "https://example.invalid/?a=b", "http://127.0.0.1@example.invalid", "http://0.0.0.0:80", "https://e.invalid/#a",
]  # fmt: skip


@pytest.mark.parametrize("address", GOOD)
def test_good_addresses(address):
    assert base_address(address) == (OFFICIAL if address == "mem" else address.rstrip("/"))


@pytest.mark.parametrize("address", BAD)
def test_bad_addresses(address):
    with pytest.raises(InputError, match="--registry"):
        base_address(address)


def test_times_have_a_zone():
    with site_of() as (site, _):
        assert dt.datetime.fromisoformat(asked(site, ZHANG).started_at).tzinfo is not None
