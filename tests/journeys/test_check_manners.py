"""How the site is treated: turns of several runs, gaps, budgets, hours, pauses; all by the replica's own log."""

import itertools
import json
import os
import re
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from certcheck.registry.replica.faults import parse_faults
from certcheck.registry.replica.server import Replica
from tests.journeys.check_support import (
    asking,
    askpass,
    check,
    outcomes,
    people,
    person,
    program,
    queries,
    roster,
    row,
    rules,
    write_csv,
)
from tests.postgres import new_database, server


def answers(folder):
    return [one["registry"]["answer"] for one in outcomes(folder)]


@pytest.fixture(params=["sqlite", "postgres"])
def db(request, here):
    if request.param == "sqlite":
        yield f"sqlite:///{here}/own.sqlite"
        return
    with server() as folder:
        yield new_database(folder, "whole")


def test_two_runs_at_once(here, db):
    """On one database: never two requests at once, gaps between whoever asks, nobody asked twice."""
    audit = here / "a.jsonl"
    with Replica(people(*range(6)), audit=audit, latency=0.1) as replica:
        options = asking(here, replica, "--db", db, gap=0.3, max_age=7)
        runs = [
            program(here / "home", "check", roster(here, 8), "--out", here / name, *options) for name in "ab"
        ]
        told = [run.communicate(timeout=90)[1].decode() for run in runs]
    assert [run.returncode for run in runs] == [1, 1], told
    log = queries(audit)
    assert len(log) == 6 + 2 * 2
    assert {line["concurrent"] for line in log} == {1}
    assert all(line["gap"] >= 0.3 for line in log[1:])
    assert answers(here / "a") == answers(here / "b") == ["found"] * 6 + ["not_found"] * 2


def test_pause_that_the_site_asks_for(here):
    """Retry-After of a second is waited for, though the gap is nothing."""
    audit = here / "a.jsonl"
    with Replica(people(0, 1), faults=parse_faults("throttled@1"), audit=audit) as replica:
        assert check(roster(here, 2), "--out", "o", *asking(here, replica)) == 0
    log = queries(audit)
    assert log[1]["gap"] >= 1
    assert len(log) == 3


def test_site_that_says_come_back_later(here, capsys):
    """An hour is too long to wait: exit 3, when to come back, and going on too early asks nothing."""
    audit = here / "a.jsonl"
    with Replica(people(0, 1, 2), faults=parse_faults("closed@2"), audit=audit) as replica:
        assert check(roster(here, 3), "--out", "o", *asking(here, replica)) == 3
        assert answers(here / "o") == ["found", "no_answer", "not_asked"]
        assert re.search(
            r"稍后再来.*20\d\d-\d\d-\d\d \d\d:\d\d:\d\d 之后用 --resume", capsys.readouterr().err
        )
        assert check("--resume", "o") == 3
        assert "稍后再来" in capsys.readouterr().err
    assert len(queries(audit)) == 2
    assert answers(here / "o")[0] == "found"


def test_opening_hours(here, capsys):
    """Outside them nobody is asked and nobody has to type; the sentence says when."""
    hours = {"opens_at": '"00:00"', "closes_at": '"00:00"'}
    with Replica(people(0)) as replica:
        never = rules(here, opens_at='"00:01"', closes_at='"00:02"')
        options = [*asking(here, replica), "--captcha", "ask"]
        assert check(roster(here, 1), "--out", "o", *options, "--rules", never) == 3
        assert "00:01–00:02" in capsys.readouterr().err
        assert replica.queries == 0
        always = rules(here, **hours)
        assert check(roster(here, 1), "--out", "p", *asking(here, replica), "--rules", always) == 0


def test_daily_budget(here, capsys):
    """Counted over runs; for this machine only where the rule file says so."""
    with Replica(people(*range(4))) as replica:
        few = rules(here, daily_budget="3", budget_on_loopback="true")
        assert check(roster(here, 2), "--out", "a", *asking(here, replica), "--rules", few) == 0
        assert check(roster(here, 4), "--out", "b", *asking(here, replica), "--rules", few) == 3
        assert "3 次" in capsys.readouterr().err
        assert replica.queries == 3
        assert answers(here / "b") == ["found", "not_asked", "not_asked", "not_asked"]
        exempt = rules(here, daily_budget="3")
        assert check(roster(here, 4), "--out", "c", *asking(here, replica), "--rules", exempt) == 0


def test_laxer_rules_are_refused(here, capsys):
    """Before a run begins, for a host that is not this machine."""
    lax = rules(here, gap_seconds="1")
    assert check(roster(here, 1), "--registry", "https://example.invalid", "--rules", lax) == 2
    assert "gap_seconds" in capsys.readouterr().err
    assert not list(here.glob("zhengkao-*"))


def test_typing_left_is_told_in_plain_lines(here, capsys):
    with Replica(people(*range(4))) as replica:
        check(roster(here, 4), "--out", "o", *asking(here, replica))
    told = capsys.readouterr().err.splitlines()
    assert told[0] == "核验 0/4，还有 4 项待查"
    assert told[1] == "核验 1/4，还有 3 项待查，还需人工不到 1 分钟"
    assert told[-1] == "核验 4/4"


class Proxy(BaseHTTPRequestHandler):
    """A proxy that notes which requests came through it, and passes nothing on."""

    seen: list[tuple[str, str]]

    def do_GET(self):
        self.seen.append((self.path.split("?")[0], self.headers["User-Agent"]))
        self.send_response(502)
        self.end_headers()

    def log_message(self, *_):
        pass


@pytest.fixture
def proxy():
    server = ThreadingHTTPServer(("127.0.0.1", 0), type("Own", (Proxy,), {"seen": []}))
    thread = threading.Thread(target=server.serve_forever, args=(0.05,))
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}", server.RequestHandlerClass.seen
    server.shutdown()
    thread.join()
    server.server_close()


def test_only_a_configured_proxy_is_used(here, proxy, monkeypatch):
    """That of the environment only if told so; one named in the settings."""
    address, seen = proxy
    for name in ("http_proxy", "HTTP_PROXY", "all_proxy"):
        if name != "HTTP_PROXY" or os.name != "nt":
            monkeypatch.setenv(name, address)
    monkeypatch.delenv("no_proxy", raising=False)
    with Replica(people(0)) as replica:
        options = asking(here, replica)
        assert check(roster(here, 1), "--out", "a", *options) == 0
        assert seen == []
        assert check(roster(here, 1), "--out", "b", *options, "--proxy", "env") == 3
        assert seen
        assert {path for path, _ in seen} == {f"{replica.url}/prod-api/certsearch/code"}
        monkeypatch.delenv("http_proxy")
        monkeypatch.delenv("HTTP_PROXY", raising=False)
        monkeypatch.delenv("all_proxy")
        seen.clear()
        settings = f'[check]\nproxy = "{address}"\ncontact = "ops@example.invalid"\n'
        (here / "zhengkao.toml").write_text(settings, encoding="utf-8")
        assert check(roster(here, 1), "--out", "c", *options) == 3
        assert {agent for _, agent in seen} == {"zhengkao/0.1.0 (ops@example.invalid)"}
        assert replica.queries == 1
    assert outcomes(here / "c")[0]["registry"]["answer"] == "no_answer"


@pytest.mark.parametrize(
    ("option", "value"),
    [("--proxy", "http://proxy.example.invalid:3128"), ("--proxy", "socks5://127.0.0.1"), ("--proxy", "http://u:p@127.0.0.1:1"),
     ("--proxy", "quatsch"), ("--contact", "联系人"), ("--contact", "a\nb"), ("--contact", "x" * 101),
     ("--registry", "gen1+mem"), ("--registry", "gen1+http://example.invalid"), ("--registry", "gen2+https://example.invalid")],
)  # fmt: skip
def test_what_cannot_work_is_told_first(here, option, value, capsys):
    """A plain query through somebody else's machine, a header that is none, an address that is none."""
    start = ["--registry", "http://127.0.0.1:9", option, value]
    assert check(roster(here, 1), *start) == 2
    assert option in capsys.readouterr().err
    assert not list(here.glob("zhengkao-*"))


def test_first_generation(here):
    """An old host: found, found nothing twice; the other kind is not asked, and the run is complete."""
    rows = [
        row(*person(0)),
        row(*person(1)),
        row(*person(2), 准操项目="", 证书类型="安全生产知识和管理能力考核合格证"),
    ]
    header = (
        "姓名",
        "证件号码",
        "岗位",
        "准操项目",
        "证书编号",
        "初领日期",
        "有效期起",
        "有效期至",
        "应复审日期",
        "证书类型",
    )
    rows[:2] = [[*cells, "特种作业操作证"] for cells in rows[:2]]
    audit = here / "a.jsonl"
    with Replica(people(0), audit=audit) as replica:
        replica.url = f"gen1+{replica.url}"
        options = asking(here, replica)
        assert check(write_csv(here / "a.csv", rows, header), "--out", "o", *options) == 1
    assert answers(here / "o") == ["found", "not_found", "not_asked"]
    assert [line["path"].rsplit("/", 1)[1] for line in queries(audit)] == ["certQuery.do"] * 3
    safety = outcomes(here / "o")[2]["findings"]
    assert any(one["code"] == "REG-NOT-ASKED" and "旧版" in one["message"] for one in safety)
    assert outcomes(here / "o")[0]["verdict"] == "valid"


def test_nothing_personal_is_told(here, capfd):
    """Neither on the terminal nor in any file of the program's own folder but the database."""
    with Replica(people(0, 1), faults=parse_faults("unknown-fields@1,error500@2")) as replica:
        check(roster(here, 3), "--out", "o", *asking(here, replica))
    out, err = capfd.readouterr()
    own = list((here / "home").rglob("*"))
    told = [out, err, *(path.name for path in own)]
    told += [
        path.read_text("utf-8", "replace") for path in own if path.is_file() and "sqlite" not in path.name
    ]
    secret = list(itertools.chain.from_iterable(person(nth) for nth in range(3)))
    assert not [part for part in secret if part in json.dumps(told, ensure_ascii=False)]
    assert askpass(here)
