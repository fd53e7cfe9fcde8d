import base64
import io
import socket
import threading
import time

import pytest
import requests
from PIL import Image

from certcheck.registry.replica.faults import parse_faults
from certcheck.registry.replica.server import Replica
from common.errors import InputError
from tests.certcheck.registry.replica_support import (
    LI,
    NOBODY,
    PEOPLE,
    ZHANG,
    Client,
    SetClock,
    answer_in,
    client_of,
)

NOT_FOUND = "没有查询到相关证件信息，请核实后重新查询或联系发证机关补登信息！"


@pytest.fixture
def client():
    with client_of() as client:
        yield client


def test_found(client):
    """A person on record is answered with the documented fields, current certificate first."""
    answer = client.ask(*ZHANG)
    body = answer.json()
    assert (body["code"], body["msg"], body["replica"]) == (200, "查询成功", True)
    assert answer.headers["X-Zhengkao-Replica"] == "1"
    assert body["data"][0] == {
        "name": ZHANG[0], "idcardNum": ZHANG[1], "certNum": f"T{ZHANG[1]}", "issueOrgName": "仿真市应急管理局",
        "firstIssueDate": "2015-05-01", "validBeginDate": "2021-05-01", "validEndDate": "2027-04-30",
        "certStatus": "有效", "jobCategoryName": "电工作业", "operItemName": "低压电工作业",
        "shouldReviewDate": "2024-04-30", "reviewDate": "2024-03-12",
    }  # fmt: skip


def test_historical_record_is_marked(client):
    """An earlier issue carries the words of the site, a current one does not."""
    assert [row.get("dataType") for row in client.ask(*ZHANG).json()["data"]] == [None, "历史数据"]


def test_safety_record(client):
    """The safety page's code finds safety certificates only, with type and industry."""
    (row,) = client.ask(*LI, person_type="02").json()["data"]
    assert (row["personTypeName"], row["industryTypeName"]) == ("安全生产管理人员", "危险化学品经营")
    assert "operItemName" not in row
    assert client.ask(*LI, person_type="03").json()["data"] == []


@pytest.mark.parametrize("who", [NOBODY, (ZHANG[0], LI[1]), ("别的名字", ZHANG[1])])
def test_not_found(client, who):
    """Nobody, and a number under another name, are answered in the site's own words."""
    body = client.ask(*who).json()
    assert (body["code"], body["msg"], body["data"]) == (200, NOT_FOUND, [])


def test_captcha_is_good_once(client):
    """A captcha that was answered rightly is gone."""
    captcha = client.captcha()
    assert client.ask(*ZHANG, captcha=captcha).json()["code"] == 200
    again = client.ask(*ZHANG, captcha=captcha).json()
    assert (again["code"], again["msg"]) == (500, "验证码已失效")


def test_wrong_answer_uses_the_captcha_up(client):
    """After a wrong answer the right one comes too late."""
    uuid, code = client.captcha()
    assert client.ask(*ZHANG, captcha=(uuid, "0000")).json()["msg"] == "验证码错误"
    assert client.ask(*ZHANG, captcha=(uuid, code)).json()["msg"] == "验证码已失效"
    assert client.ask(*ZHANG, captcha=("unknown", code)).json()["msg"] == "验证码已失效"


def test_captcha_expires():
    """A captcha lives as long as it was told to, by the clock handed in, and no longer."""
    clock = SetClock()
    with client_of(clock=clock, captcha_seconds=120.0) as client:
        captchas = client.captcha(), client.captcha()
        clock.now += 120
        assert client.ask(*ZHANG, captcha=captchas[0]).json()["code"] == 200
        clock.now += 1
        assert client.ask(*ZHANG, captcha=captchas[1]).json()["msg"] == "验证码已失效"


@pytest.mark.parametrize("number", ["", "123", "000000199001010019", "00000019900101001x8"])
def test_bad_number(client, number):
    """A number without the form or the check digit is refused, not searched for."""
    body = client.ask(ZHANG[0], number).json()
    assert (body["code"], body["msg"]) == (500, "请输入正确的身份证号")


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"name": ""}, "请输入姓名"),
        ({"idcardTypeCode": "02"}, "请选择证件类型"),
        ({"personTypeCode": "99"}, "查询参数错误"),
        ({"searchType": "2"}, "查询参数错误"),
    ],
)
def test_other_fields_are_checked(client, change, message):
    """A field that the site does not know is refused with a sentence about it."""
    uuid, code = client.captcha()
    fields = {"name": ZHANG[0], "idcardNum": ZHANG[1], "idcardTypeCode": "01", "searchType": "1"}
    fields |= {"personTypeCode": "03", "uuid": uuid, "code": code} | change
    body = client.get("/prod-api/certsearch/certInfo/netQuery", params=fields).json()
    assert (body["code"], body["msg"]) == (500, message)


def test_captcha_picture(client):
    """Captchas are PNG files of 120 by 40 with four digits, and no two are the same."""
    answers = [client.get("/prod-api/certsearch/code").json() for _ in range(5)]
    assert all(answer["code"] == 200 and answer["replica"] for answer in answers)
    pictures = [base64.b64decode(answer["img"]) for answer in answers]
    assert len(set(pictures)) == len({answer["uuid"] for answer in answers}) == 5
    for png in pictures:
        with Image.open(io.BytesIO(png)) as picture:
            picture.load()
            assert (picture.format, picture.size) == ("PNG", (120, 40))
            assert len(picture.getcolors(5000)) > 20
        assert answer_in(png).isdigit()
        assert len(answer_in(png)) == 4


def test_seed_decides_the_captchas():
    """The same seed gives the same captchas, another seed others."""

    def first(seed):
        with client_of(seed=seed) as client:
            return client.get("/prod-api/certsearch/code").text

    assert first(b"one") == first(b"one") != first(b"two")


def test_only_this_machine():
    """The replica listens on the loopback address."""
    with Replica(PEOPLE) as replica:
        assert replica.url.startswith("http://127.0.0.1:")
        assert replica._server.server_address[0] == "127.0.0.1"


def test_taken_port_is_told():
    """A port that is in use is an error of usage that names the option."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        with pytest.raises(InputError, match="--port"):
            Replica(PEOPLE, port=taken.getsockname()[1])


def test_stop_without_start_and_twice():
    """Stopping is always allowed."""
    replica = Replica(PEOPLE)
    replica.stop()
    replica.stop()


def test_stop_ends_a_pause():
    """A reply that is being held back does not hold up the end."""
    replica = Replica(PEOPLE, faults=parse_faults("timeout", pause=60))
    replica.start()
    client = Client(replica)
    failed = []

    def ask():
        try:
            client.ask(*ZHANG)
        except requests.ConnectionError:
            failed.append(True)

    with client.session:
        asking = threading.Thread(target=ask)
        asking.start()
        while not replica.queries:
            time.sleep(0.01)
        replica.stop()
        asking.join(5)
    assert failed == [True]


def test_nothing_is_printed(capfd):
    """The access log, which would hold names and numbers, is silent, and so are bad requests."""
    with client_of() as client:
        client.ask(*ZHANG)
        client.get(f"/{ZHANG[1]}?name={ZHANG[0]}")
        client.session.request("PUT", f"{client.base}/{ZHANG[1]}", timeout=5)
    assert capfd.readouterr() == ("", "")


def test_malformed_requests_are_refused_without_echo(client):
    """An unknown address, method or an oversized form gets a page that repeats nothing of it."""
    answers = [
        client.get(f"/{ZHANG[1]}"),
        client.session.request("DELETE", f"{client.base}/{ZHANG[1]}", timeout=5),
        client.post("/special", headers={"Content-Length": "nonsense"}),
    ]
    assert [answer.status_code for answer in answers] == [404, 501, 400]
    for answer in answers:
        assert answer.headers["X-Zhengkao-Replica"] == "1"
        assert "本机仿真站，不是国家平台" in answer.text
        assert ZHANG[1] not in answer.text


def test_people_stay_out_of_repr():
    """What is printed of the people and the messages of the replica shows no name and no number."""
    shown = repr(PEOPLE) + repr(PEOPLE._by_number[ZHANG[1]])
    assert ZHANG[0] not in shown
    assert ZHANG[1] not in shown
