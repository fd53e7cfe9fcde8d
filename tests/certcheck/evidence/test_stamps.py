"""Time-stamps: of OpenSSL's making, of the exchanges as they are, kept on a resume, never a reason to fail."""

import datetime as dt
import json
import re
import tracemalloc

import pytest
from cryptography import x509

from certcheck.evidence import archive
from certcheck.evidence.stamps import (
    Stamper,
    StampError,
    check_address,
    check_stamp,
    read_roots,
    stated_moment,
)
from certcheck.evidence.verify import verify
from certcheck.registry.replica.server import Replica
from commands.root import run
from common.errors import InputError
from tests.certcheck.evidence.evidence_support import (
    KEYS,
    ask,
    both_find,
    bundle_of,
    faults,
    signed_anew,
    written,
)
from tests.certcheck.evidence.tsa import make_service, needs_openssl, reply, serving
from tests.certcheck.registry.client_support import journal_in
from tests.journeys.check_support import asking, check, people, roster

pytestmark = needs_openssl
HEAD = b"h" * 32


@pytest.fixture
def service(tmp_path):
    folder = tmp_path / "tsa"
    folder.mkdir()
    make_service(folder)
    return folder


@pytest.fixture
def stamp(service):
    with serving(lambda query: (200, reply(service, query))) as (address, _):
        return Stamper(address, None)(HEAD)


def test_a_stamp_is_of_its_chain_and_its_service(service, stamp, tmp_path):
    roots = read_roots(service / "root.pem")
    moment = check_stamp(stamp, HEAD, roots)
    assert abs(moment - dt.datetime.now(dt.UTC)) < dt.timedelta(minutes=1)
    assert stated_moment(stamp, HEAD) == moment
    with pytest.raises(StampError, match="不是给这些条目的"):
        check_stamp(stamp, b"x" * 32, roots)
    (tmp_path / "other").mkdir()
    with pytest.raises(StampError, match="签名不对"):
        check_stamp(stamp, HEAD, read_roots(make_service(tmp_path / "other")))


def test_any_byte_of_a_stamp_that_says_something_counts(service, stamp):
    """Changed, it is found or still says the same moment of the same chain (the status text is not signed)."""
    roots = read_roots(service / "root.pem")
    moment, found = check_stamp(stamp, HEAD, roots), 0
    for place in range(len(stamp)):
        changed = bytearray(stamp)
        changed[place] ^= 1
        try:
            assert check_stamp(bytes(changed), HEAD, roots) == moment
        except StampError:
            found += 1
    assert found > 0.9 * len(stamp)


@pytest.mark.parametrize(
    ("answer", "told"),
    [
        ((500, b""), "HTTP 500"), ((302, b""), "HTTP 302"), ((200, b""), "读不懂"), ((200, b"<html>"), "读不懂"),
        ((200, b"x" * 70_000), "过大"), ((200, bytes.fromhex("30053003020102")), "拒绝|读不懂"),
    ],
)  # fmt: skip
def test_a_service_that_fails_gives_no_stamp_and_a_reason(answer, told):
    with serving(lambda _query: answer) as (address, _):
        stamper = Stamper(address, None)
        assert stamper(HEAD) is None
    assert re.search(told, stamper.problem)
    nobody = Stamper(address, None)
    assert nobody(HEAD) is None
    assert nobody.problem == "时间戳服务没有答复"


def test_a_redirect_is_neither_followed_nor_read():
    """However much comes behind it: none of it is taken into memory."""
    behind = 50_000_000
    with serving(lambda _query: (302, b"x" * behind), {"Location": "http://127.0.0.1:9/"}) as (
        address,
        asked,
    ):
        tracemalloc.start()
        stamper = Stamper(address, None)
        assert stamper(HEAD) is None
        largest = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
    assert "HTTP 302" in stamper.problem
    assert len(asked) == 1
    assert (
        largest < 2 * behind
    )  # the service's own copy is in this process, too; a read one would be two more


def test_odd_certificates_in_a_stamp_are_no_traceback(service, stamp, monkeypatch):
    """What the parsers raise for a damaged certificate that came along is no ValueError; it is told all the same."""

    def raises(*_):
        raise x509.InvalidVersion("66", 66)

    monkeypatch.setattr("cryptography.x509.load_der_x509_certificate", raises)
    with pytest.raises(StampError):
        check_stamp(stamp, HEAD, read_roots(service / "root.pem"))


def test_a_stamp_of_something_else_is_not_taken(stamp):
    with serving(lambda _query: (200, stamp)) as (address, _):
        stamper = Stamper(address, None)
        assert stamper(b"x" * 32) is None
    assert "不是给这些条目的" in stamper.problem


def test_an_earlier_stamp_is_kept_while_it_fits(stamp):
    assert Stamper("", stamp)(HEAD) == stamp
    assert Stamper("", stamp)(b"x" * 32) is None
    assert Stamper("", b"damaged")(HEAD) is None


def test_a_stamp_is_covered_like_any_entry(service, tmp_path):
    with (
        journal_in(tmp_path) as journal,
        serving(lambda query: (200, reply(service, query))) as (address, _),
    ):
        ask(journal)
        data, plain = bundle_of(journal, stamp=Stamper(address, None)), bundle_of(journal)
    entries = archive.read(data)
    found = verify(data)
    assert faults(data) == ([], [])
    assert [name for name, _ in entries[:-3]] == [name for name, _ in archive.read(plain)[:-2]]
    assert check_stamp(found.entries["timestamp.tsr"], found.stamped, read_roots(service / "root.pem"))
    assert both_find(written([*entries[:-3], *entries[-2:]]))
    token = bytearray(entries[-3][1])
    token[-1] ^= 1
    assert both_find(written([*entries[:-3], ("timestamp.tsr", bytes(token)), *entries[-2:]]))
    first = [entries[-3], *entries[:-3], *entries[-2:]]  # nothing may stand behind what was stamped
    assert both_find(signed_anew(first, KEYS))


@pytest.mark.parametrize("address", ["tsa.example.com", "ftp://x", "http://", "http://[", "http://x:0"])
def test_what_is_no_address_is_refused(address):
    with pytest.raises(InputError, match="--timestamp"):
        check_address(address)


def test_roots_that_are_none(tmp_path):
    file = tmp_path / "root.pem"
    for content in (b"", b"nothing", b"-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n"):
        file.write_bytes(content)
        with pytest.raises(InputError, match="PEM"):
            read_roots(file)
    with pytest.raises(InputError, match="打不开"):
        read_roots(tmp_path / "none.pem")


@pytest.fixture
def here(tmp_path, monkeypatch):
    monkeypatch.setenv("ZHENGKAO_HOME", str(tmp_path / "home"))
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_a_whole_run(here, service, capsys):
    def told(*more):
        capsys.readouterr()
        code = run(["evidence", "verify", "o/evidence.zip", "--json", *map(str, more)])
        return code, json.loads(capsys.readouterr().out)["timestamp"]

    root = service / "root.pem"
    works = []
    with (
        Replica(people(0, 1)) as replica,
        serving(lambda query: (200, reply(service, query)) if works else (503, b"")) as (address, asked),
    ):
        options = [*asking(here, replica), "--timestamp", address]
        assert check(roster(here, 2), "--out", "o", *options) == 0
        assert "没有取到时间戳" in capsys.readouterr().out
        assert told() == (0, None)
        assert told("--tsa-root", root)[0] == 1
        works.append(True)
        assert check("--resume", "o") == 0
        stamped = (here / "o" / "evidence.zip").read_bytes()
        assert check("--resume", "o") == 0
        assert (here / "o" / "evidence.zip").read_bytes() == stamped
    assert len(asked) == 2
    assert told()[1]["checked"] is False
    code, moment = told("--tsa-root", root)
    assert (code, moment["checked"]) == (0, True)
    capsys.readouterr()
    assert run(["evidence", "verify", "o/evidence.zip", "--tsa-root", str(root)]) == 0
    assert "时间戳检查通过" in capsys.readouterr().out
    (here / "other").mkdir()
    assert told("--tsa-root", make_service(here / "other"))[0] == 1
