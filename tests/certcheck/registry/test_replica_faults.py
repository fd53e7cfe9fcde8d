import json
import time

import pytest
import requests
from bs4 import BeautifulSoup

from certcheck.registry.replica.faults import FAULTS, parse_faults
from common.errors import InputError
from tests.certcheck.registry.replica_support import NOBODY, ZHANG, client_of


def faulty(spec, who=ZHANG, pause=0.4, **options):
    with client_of(faults=parse_faults(spec, pause=pause)) as client:
        return client.ask(*who, **options)


@pytest.mark.parametrize(
    ("spec", "status", "words"),
    [("error500", 500, "系统异常"), ("forbidden", 403, "访问被拒绝"), ("maintenance", 200, "系统维护中"),
     ("throttled", 429, "过于频繁"), ("closed", 503, "暂停服务")],
)  # fmt: skip
def test_a_page_instead_of_json(spec, status, words):
    """Errors and maintenance come as a page that says it is a replica's."""
    answer = faulty(spec)
    assert answer.status_code == status
    assert answer.headers["Content-Type"].startswith("text/html")
    assert answer.headers["X-Zhengkao-Replica"] == "1"
    assert words in answer.text
    assert "本机仿真站" in answer.text


def test_how_long_to_wait():
    """A busy site asks for a second, a closed one for an hour."""
    assert [faulty(spec).headers["Retry-After"] for spec in ("throttled", "closed")] == ["1", "3600"]


@pytest.mark.parametrize(
    ("spec", "expected"),
    [
        ("frequent", {"code": 500, "msg": "请求过于频繁", "replica": True}),
        ("wrong-captcha", {"code": 500, "msg": "验证码错误", "replica": True}),
        ("empty", {"code": 200, "msg": "操作成功", "data": [], "replica": True}),
        ("null-data", {"code": 200, "msg": "操作成功", "data": None, "replica": True}),
    ],
)
@pytest.mark.parametrize("who", [ZHANG, NOBODY])
def test_another_payload(spec, expected, who):
    """Refusals and empty answers replace the right one, and never say "nothing found"."""
    assert faulty(spec, who).json() == expected


def test_unknown_fields():
    """Every field of a record is called by an unknown name, with its value kept."""
    (row, _) = faulty("unknown-fields").json()["data"]
    assert row["czxm"] == "低压电工作业"
    assert not row.keys() & {"name", "idcardNum", "operItemName", "validEndDate"}


@pytest.mark.parametrize("who", [ZHANG, NOBODY])
def test_other_person(who):
    """The record has the name that was asked for and another number, nowhere the right one."""
    body = faulty("other-person", who).json()
    assert {row["name"] for row in body["data"]} == {who[0]}
    assert who[1] not in json.dumps(body)


@pytest.mark.parametrize("who", [ZHANG, NOBODY])
def test_other_name(who):
    """The record has the number that was asked for and another name."""
    rows = faulty("other-name", who).json()["data"]
    assert {row["idcardNum"] for row in rows} == {who[1]}
    assert who[0] not in {row["name"] for row in rows}


def test_history_only():
    """Every record is an earlier issue; nothing found stays nothing found."""
    assert [row["dataType"] for row in faulty("history-only").json()["data"]] == ["历史数据"] * 2
    assert faulty("history-only", NOBODY).json()["data"] == []


def test_gzip():
    """The body is packed and says so, so that a client reads the same answer."""
    answer = faulty("gzip")
    assert answer.headers["Content-Encoding"] == "gzip"
    assert answer.json()["data"][0]["name"] == ZHANG[0]


def test_wrong_charset():
    """The bytes are GB18030, the header says UTF-8."""
    answer = faulty("wrong-charset")
    assert "charset=UTF-8" in answer.headers["Content-Type"]
    with pytest.raises(UnicodeDecodeError):
        answer.content.decode("utf-8")
    assert json.loads(answer.content.decode("gb18030"))["data"][0]["name"] == ZHANG[0]


def test_redirect():
    """The answer leads to another host."""
    answer = faulty("redirect", allow_redirects=False)
    assert (answer.status_code, answer.headers["Location"]) == (302, "http://example.invalid/")


def test_huge():
    """The body has several megabytes."""
    assert len(faulty("huge").content) > 5_000_000


def test_truncated():
    """The body ends before the length that was announced."""
    with pytest.raises(requests.exceptions.ChunkedEncodingError):
        faulty("truncated")


def test_reset():
    """The connection is closed without an answer."""
    with pytest.raises(requests.ConnectionError):
        faulty("reset")


@pytest.mark.parametrize("spec", ["timeout", "slow"])
def test_late(spec):
    """The right answer comes, but only after the pause."""
    begun = time.monotonic()
    assert faulty(spec, pause=0.5).json()["code"] == 200
    assert time.monotonic() - begun > 0.45


def test_timeout_outlasts_an_impatient_client():
    """A client that does not wait gets nothing, and the replica goes on."""
    with client_of(faults=parse_faults("timeout@1", pause=0.6)) as client:
        captcha = client.captcha()
        fields = {"uuid": captcha[0], "code": captcha[1]}
        with pytest.raises(requests.ReadTimeout):
            client.session.get(
                client.base + "/prod-api/certsearch/certInfo/netQuery", params=fields, timeout=0.1
            )
        assert client.ask(*ZHANG).json()["code"] == 200


def test_faults_happen_when_told_to():
    """``name:N`` is every Nth query, ``name@K`` only the Kth; captchas are not counted."""
    with client_of(faults=parse_faults("frequent:2, error500@3")) as client:
        answers = [client.ask(*ZHANG) for _ in range(5)]
    assert [answer.status_code for answer in answers] == [200, 200, 500, 200, 200]
    assert [a.json()["code"] for a in answers if a.ok] == [200, 500, 500, 200]


def test_faults_touch_the_pages_too():
    """A page shows what the JSON would say: an empty answer without words shows no words."""
    with client_of(faults=parse_faults("empty,frequent@2")) as client:
        pages = []
        for _ in range(2):
            uuid, code = client.captcha()
            form = {"document": "身份证", "name": ZHANG[0], "number": ZHANG[1], "uuid": uuid, "code": code}
            pages.append(BeautifulSoup(client.post("/special", data=form).text, "html.parser"))
    assert pages[0].select("table, .nocert-content, form") == []
    assert pages[1].select(".nocert-content") == []


@pytest.mark.parametrize("spec", ["", "  ", ","])
def test_no_faults(spec):
    """An empty list of faults makes none."""
    assert parse_faults(spec).rules == ()


def test_unknown_fault_lists_the_known_ones():
    """A name that is not known is told with every name that is."""
    with pytest.raises(InputError) as raised:
        parse_faults("reset,expolde:3")
    assert "expolde" in str(raised.value)
    assert all(name in str(raised.value) for name in FAULTS)


@pytest.mark.parametrize("spec", ["reset:0", "reset@0", "reset:x", "reset:-1", "reset@", "reset:1:2"])
def test_bad_counts(spec):
    """A count that is no whole number from 1 is told with the part that has it."""
    with pytest.raises(InputError, match="写法不对"):
        parse_faults(spec)


@pytest.mark.parametrize("first", FAULTS)
def test_faults_can_be_combined(first):
    """Any two faults together are delivered somehow; the replica never breaks over them."""
    spec = ",".join(f"{first},{second}@{nth}" for nth, second in enumerate(FAULTS, start=1))
    with client_of(faults=parse_faults(spec, pause=0.02)) as client:
        for _ in FAULTS:
            try:
                client.ask(*ZHANG, allow_redirects=False)
            except (requests.ConnectionError, requests.exceptions.ChunkedEncodingError):
                assert client.captcha()
