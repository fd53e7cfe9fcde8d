import json

import pytest

from certcheck.registry.vocabulary import load_vocabulary
from common.dates import CivilDate
from common.errors import DataError
from common.resources import DATA
from tests.certcheck.registry.client_support import NOTHING, VOCABULARY, exchange, found, question, read
from tests.certcheck.registry.replica_support import LI, ZHANG


def reading(content, **options):
    return read(exchange(content, **options), question(ZHANG))


NOT_NOTHING = [
    {"code": 200, "msg": "操作成功", "data": []},
    {"code": 200, "msg": "操作成功", "data": None},
    {"code": 200, "data": []},
    {"code": 500, "msg": "服务异常，未查询到配置", "data": None},
    {"code": 500, "msg": "系统繁忙，没有查询到数据源"},
    {"code": 500, "msg": "验证码错误，没有查询到相关证件信息"},
    {"code": 500, "msg": "请求过于频繁，没有查询到相关证件信息"},
    {"code": 500, "msg": "数据库连接失败，未查询到相关证件信息"},
    {"code": 500, "msg": "系统异常，暂时无法确认是否没有查询到相关证件信息"},
    {"code": 200, "msg": "没有查询到相关证件信息怎么办", "data": []},
    {"code": 500, "msg": "没有查询到相关证件信息的原因：数据库连接失败"},
    {"code": 401, "msg": "认证失败，无法访问系统资源"},
    {"code": 200, "msg": "没有查询到相关证件信息", "data": [{"operItemName": "低压电工作业"}]},
    {"code": 200, "msg": "另外，没有查询到相关证件信息", "data": [{"operItemName": "低压电工作业"}]},
    {"code": 200, "msg": ["没有"], "data": {"rows": []}},
    {}, [], None, 5, "没有查询到相关证件信息", b"", b"{", b"\xff\xfe", b"[" * 200_000,
    b'{"code": 1' + b"0" * 10_000 + b"}",
]  # fmt: skip


@pytest.mark.parametrize("content", NOT_NOTHING, ids=range(len(NOT_NOTHING)))
def test_not_nothing_found(content):
    """Nothing but the site's own words says "nothing found"."""
    assert reading(content).state in ("unusable", "refused", "captcha_wrong")


@pytest.mark.parametrize(
    "message",
    [
        NOTHING["msg"],
        "没有查询到相关证件信息",
        "没有查询到相关证件信息！",
        "未查询到相关证件信息。",
        "未查询到相关证件信息，请核对后重新查询",
        "没有查询到相关证件信息，如有疑问请与发证机关联系！",
        "没有查询到相关证件信息，请您核实后重新查询",
        " 没有查询到相关证件信息 ! 请与发证机关联系 ",
        "没有查询到",
        "没有查询到！",
    ],
)
@pytest.mark.parametrize("code", [200, 500])
def test_nothing_found(message, code):
    assert reading({"code": code, "msg": message, "data": None}).state == "nothing_found"


@pytest.mark.parametrize("status", [302, 400, 500, 502, 503])
def test_nothing_found_needs_a_good_status(status):
    assert reading(NOTHING, status=status).state == "unusable"


@pytest.mark.parametrize("status", [403, 404, 429])
def test_refusing_status(status):
    assert reading(NOTHING, status=status).state == "refused"


def test_cut_answer_is_not_read():
    assert reading(NOTHING, error="答复中断").state == "unusable"


def test_record_fields():
    """Every documented alias family is understood; unknown fields are no harm."""
    (record,) = reading(
        found(ZHANG, firstIssueDate="2015-05-01", shouldReviewDate="2024-04", reviewDate="2024-03-12 00:00:00",
              certStatus="有效", extra={"a": 1}, issueOrgName=None)
    ).records  # fmt: skip
    assert (record.first_issue, record.review_due) == (CivilDate(2015, 5, 1), CivilDate(2024, 4))
    assert record.review_done == CivilDate(2024, 3, 12)
    assert (record.issuer, record.history) == (None, False)
    other = {
        "certItem": "低压电工作业",
        "certNumber": f"T{ZHANG[1]}",
        "validUntil": "2027-04-30",
        "reviewDate": "2024-04-30",
    }
    (record,) = reading({"code": "200", "data": [other]}).records
    assert (record.review_due, record.review_done) == (None, None)  # "reviewDate" alone means two things


def test_first_stated_alias_counts():
    (record,) = reading(found(ZHANG, operItemName="-", certItem="高压电工作业")).records
    assert record.item == "高压电工作业"


@pytest.mark.parametrize(
    "change", [{"validEndDate": "长期"}, {"validEndDate": "2027-02-30"}, {"shouldReviewDate": 5}]
)
def test_unreadable_date_is_no_half_record(change):
    assert reading(found(ZHANG, **change)).state == "unusable"


@pytest.mark.parametrize(
    ("change", "history"),
    [({"dataType": "历史数据"}, True), ({"isHistory": True}, True), ({"isHistory": "1"}, True), ({"isHistory": "是"}, True),
     ({"isHistory": False}, False), ({"isHistory": "0"}, False), ({"dataType": "当前"}, False), ({"dataType": 1}, False)],
)  # fmt: skip
def test_history(change, history):
    (record,) = reading(found(ZHANG, **change)).records
    assert record.history is history


SOMEBODY_ELSE = [
    {"idcardNum": LI[1]},
    {"idcardNum": LI[1][:6] + "*" * 8 + LI[1][-4:]},
    {"idcardNum": LI[1][:6] + LI[1][8:17]},
    {"idcardNum": "E12345678"},
    {"idcardNum": None, "certNum": f"T{LI[1]}"},
    {"idcardNum": None, "certNum": None, "name": LI[0]},
    {"idcardNum": "*" * 18, "certNum": None, "name": LI[0]},
]


@pytest.mark.parametrize("change", SOMEBODY_ELSE, ids=range(len(SOMEBODY_ELSE)))
def test_somebody_else_is_no_answer(change):
    """A record of another number, or one that only a name ties to anybody, and the wrong one."""
    told = reading(found(ZHANG, **change))
    assert (told.state, told.records) == ("unusable", ())


SAME_PERSON = [
    {"name": LI[0]},  # another name at the same number: REG-NAME says so later
    {"idcardNum": ZHANG[1][:6] + "*" * 8 + ZHANG[1][-4:]},
    {"idcardNum": ZHANG[1][:6] + ZHANG[1][8:17]},
    {"certNum": f"T{LI[1]}"},  # the number decides who it is; REG-NUMBER says the rest
    {"idcardNum": None, "certNum": "粤A-2021-0001"},
    {"idcardNum": None, "certNum": None},
]


@pytest.mark.parametrize("change", SAME_PERSON, ids=range(len(SAME_PERSON)))
def test_same_person(change):
    assert reading(found(ZHANG, **change)).state == "found"


def test_one_record_of_somebody_else_spoils_all():
    both = found(ZHANG)["data"] + found(LI)["data"]
    assert reading({"code": 200, "data": both}).state == "unusable"


def test_same_certificate_twice_is_one():
    """The fuller showing is kept; a contradiction keeps both."""
    row = found(ZHANG)["data"][0]
    content = {"code": 200, "data": [row, row | {"issueOrgName": "仿真市应急管理局"}, row]}
    (record,) = reading(content).records
    assert record.issuer == "仿真市应急管理局"
    assert (
        len(
            reading(
                {"code": 200, "data": [row, row | {"certStatus": "注销"}, row | {"certStatus": "有效"}]}
            ).records
        )
        == 2
    )
    assert len(reading({"code": 200, "data": [row, row | {"dataType": "历史数据"}]}).records) == 2


def test_halves_of_characters_and_numbers_in_names_of_fields():
    """What no file could hold is replaced; a reason holds no number."""
    body = json.dumps(found(ZHANG, issueOrgName="\ud800局")).encode()
    (record,) = reading(body).records
    assert record.issuer == "?局"
    assert ZHANG[1] not in reading({"code": 200, "data": [{ZHANG[1]: "x"}]}).reason
    assert ZHANG[1] not in reading({"code": 500, "msg": f"内部错误 {ZHANG[1]}"}).reason
    assert ZHANG[1] not in reading({"code": 200, "msg": f"没有查询到相关证件信息 {ZHANG[1]}"}).reason


def test_a_date_that_is_none_is_told_as_the_cause():
    """29 February 2029 is no day: its label and what stands there are told, not names of fields that are all known."""
    told = reading(found(ZHANG, validEndDate="2029-02-31")).reason
    assert told == "答复中的有效期结束日期“2029-02-31”不是能识别的日期，整条记录没有采用"
    assert ZHANG[1] not in reading(found(ZHANG, validEndDate=ZHANG[1])).reason


def test_byte_order_mark():
    assert reading(b"\xef\xbb\xbf" + json.dumps(found(ZHANG)).encode()).state == "found"


def test_empty_list_means_nothing_only_if_confirmed(tmp_path):
    """The meaning of an empty list wants the name of the person who confirmed it."""
    text = (DATA / "registry" / "fields.toml").read_text(encoding="utf-8")
    path = tmp_path / "fields.toml"
    path.write_text(text.replace('means = "no_answer"', 'means = "not_found"'), encoding="utf-8")
    with pytest.raises(DataError, match="confirmed_by"):
        load_vocabulary(path)
    assert not VOCABULARY.empty_list_is_not_found


UNKNOWN = [
    ({"code": 200, "data": [{"xmx": ZHANG[0], "sfz": ZHANG[1]}]}, ["sfz", "xmx"]),
    ({"code": 200, "data": {"rows": [{"xmx": ZHANG[0]}], "total": 1}}, ["rows", "total"]),
    ({"status": 0, "result": [{"xmx": ZHANG[0]}]}, ["result", "status"]),
    ({"code": 200, "data": [{ZHANG[1]: "x", "a": ZHANG[0]}]}, ["a"]),
]


@pytest.mark.parametrize(("content", "names"), UNKNOWN, ids=range(len(UNKNOWN)))
def test_unknown_names_are_told_without_their_values(content, names):
    """Whoever completes the table of field names sees which came; nobody sees what they hold."""
    told = reading(content)
    assert told.state == "unusable"
    assert all(name in told.reason for name in names)
    assert ZHANG[0] not in told.reason
    assert ZHANG[1] not in told.reason


def test_success_without_data_does_not_read_as_success():
    """操作成功 and nothing else is no answer, and says so; another message is quoted as it is."""
    assert (
        reading({"code": 200, "msg": "操作成功", "data": None}).reason
        == "国家平台只答复“操作成功”，没有给出任何数据"
    )
    assert reading({"code": 500, "msg": "系统繁忙"}).reason == "国家平台答复：系统繁忙"
