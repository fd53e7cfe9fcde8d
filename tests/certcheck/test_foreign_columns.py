"""Dates, numbers and names of other matters: never the certificate's, and never a certificate of their own."""

import re

import pytest

from certcheck.staff_list.header_words import load_headers
from tests.certcheck.lists import (
    AS_OF,
    LI,
    ZHANG,
    catalogue,
    codes_under,
    entries_of,
    judge,
    read,
    roster,
    xlsx,
)

HEADERS = load_headers().knowing(catalogue())
OTHERS = [
    "职业健康检查到期日期", "请假结束日期", "项目结束日期", "派遣结束日期", "劳务派遣到期日期", "退休到期日", "进场截止日期",
    "安全帽到期日期", "住宿结束日期", "三级教育到期日期", "借调结束日期", "社团任期届满截止日期", "宽带到期时间",
]  # fmt: skip
NUMBERS = [
    "毕业证书编号",
    "学历证书编号",
    "原证书编号",
    "监护人证书编号",
    "职称证书编号",
    "学位证书号",
    "函授证书编号",
]
PERSON = ["仿真张三", ZHANG, "低压电工"]


def test_every_item_of_the_catalogue_may_stand_before_a_date():
    """Whatever the catalogue knows by a name is a certificate's own word before 到期日期, with and without 证."""
    tables = catalogue().tables
    names = [item.name for item in tables.items] + [alias.alias for alias in tables.aliases]
    names += [name for body in tables.other_bodies for name in (body.item, *body.aliases)]
    plain = [name for name in names if not re.search("[（(A-Za-z0-9{]", name)]
    assert len(plain) > 500
    for name in plain:
        for label in (f"{name}到期日期", f"{name}-应复审日期", f"{name}-证书编号"):
            found = HEADERS.match(label)
            assert found is not None, label
            assert (HEADERS.is_field(found.field), found.unsure) == (True, ""), label


@pytest.mark.parametrize(
    "name", ["低压证", "焊工证", "行车大证", "吊篮作业", "压瓦工", "证书2", "特种作业操作证", "上岗证书"]
)
def test_names_that_may_be_items_go_on_working(name):
    """A name that no table has, and that ends as certificates do, is one."""
    found = load_headers().match(f"{name}-到期日期")
    assert found is not None
    assert (found.field, found.unsure) == ("valid_to", "")


@pytest.mark.parametrize("label", OTHERS)
@pytest.mark.parametrize("date", ["2026-10-01", "2031-01-01"])
def test_dates_of_other_matters_beside_an_end(tmp_path, label, date):
    """They make no second certificate, and change nothing of the first."""
    head = ["姓名", "身份证号", "岗位", "准操项目", "有效期至", label]
    for row in (head, [*head[:4], label, "有效期至"]):
        cells = {"准操项目": "低压电工作业", "有效期至": "2030-05-12", label: date}
        found = codes_under(tmp_path, row, [*PERSON, *(cells[one] for one in row[3:])])
        assert found == [[]]


@pytest.mark.parametrize("label", OTHERS)
def test_dates_of_other_matters_alone(tmp_path, label):
    """Where no column is the end, theirs is none; somebody without a certificate gets none by it."""
    head = ["姓名", "身份证号", "岗位", "准操项目", label]
    path = xlsx(
        tmp_path / "名单.xlsx",
        {"人员": [head, [*PERSON, "低压电工作业", "2020-10-01"], [*PERSON, "", "2020-10-01"]]},
    )
    first, second = judge(list(read(path).entries), AS_OF)
    assert first.entry.claim.valid_to is None
    assert second.entry.claim is None or second.entry.claim.item == "低压电工作业"
    assert "CERT-EXPIRED" not in {one.code for one in first.findings}


@pytest.mark.parametrize("label", ["行吊到期日期", "压瓦截止日期", "现场有效期至"])
def test_a_date_that_may_be_the_end_is_told(tmp_path, label):
    """Nothing else states the end, and a person may have meant it: it is quoted, and the row is not clean."""
    head = ["姓名", "身份证号", "岗位", "准操项目", label]
    other = ["仿真李四", LI, "低压电工", "", "2020-10-01"]
    found = codes_under(tmp_path, head, [*PERSON, "低压电工作业", "2020-10-01"], other)
    assert found == [["DATE-UNREADABLE"], ["CERT-MISSING"]]


@pytest.mark.parametrize("label", NUMBERS)
def test_numbers_of_other_papers(tmp_path, label):
    """A diploma's number is no certificate of its own, and an earlier certificate's is not this one's."""
    head = ["姓名", "身份证号", "岗位", "准操项目", "证书编号", label]
    found = codes_under(tmp_path, head, [*PERSON, "低压电工作业", f"T{ZHANG}", "ZX20200101"])
    assert found == [[]]
    assert codes_under(tmp_path, head, [*PERSON, "", "", "ZX20200101"]) == [["CERT-MISSING"]]


def test_another_paper_does_not_replace_the_kind(tmp_path):
    """中级工 under 职称证书名称 is no kind of certificate: the item is judged as a special operation."""
    head = ["姓名", "身份证号", "准操项目", "有效期至", "职称证书名称"]
    (found,) = codes_under(tmp_path, head, ["仿真张三", ZHANG, "低压电工作业", "2020-01-01", "中级工"])
    assert "CERT-EXPIRED" in found


def test_other_papers_over_two_rows():
    """What stands over a certificate's word is judged as what stands before it."""
    rows = [
        ["姓名", "身份证号", "准操项目", "特种作业证", "", "安全帽", ""],
        ["", "", "", "起始日期", "止", "起始日期", "止"],
        ["仿真张三", ZHANG, "低压电工作业", "2024-05-13", "2030-05-12", "2020-05-13", "2021-05-12"],
    ]
    (entry,) = entries_of(roster(rows))
    assert str(entry.claim.valid_to) == "2030-05-12"


def test_an_unknown_certificate_of_a_wide_list_that_says_that_it_is_one():
    """行吊 with a number and an end is a certificate beside others; a lone date of it is not."""
    head = ["姓名", "身份证号", "低压证-证书编号", "低压证-到期日期", "行吊-证书编号", "行吊-到期日期"]
    found = entries_of(roster([head, ["仿真张三", ZHANG, "", "", "C77", "2030-05-12"]]))
    assert [(one.claim.certificate_number, str(one.claim.valid_to)) for one in found] == [
        ("C77", "2030-05-12")
    ]


@pytest.mark.parametrize("title", ["培训取证情况", "持证情况", "特种作业持证", "证书情况"])
def test_titles_over_a_certificates_columns(title):
    """培训 over a certificate's columns is not a training's where it says that the certificate came of it."""
    rows = [["姓名", "身份证号", title, "", ""], ["", "", "准操项目", "证书编号", "有效期至"],
            ["仿真张三", ZHANG, "低压电工作业", f"T{ZHANG}", "2030-05-12"]]  # fmt: skip
    (entry,) = entries_of(roster(rows, merged=((1, 3, 1, 5),)))
    assert (entry.claim.item, str(entry.claim.valid_to)) == ("低压电工作业", "2030-05-12")


@pytest.mark.parametrize("label", ["行吊到期日期", "安全帽到期日期", "毕业证书编号"])
def test_columns_left_out_are_listed(label):
    """The report names every column that was not used."""
    (table,) = roster(
        [["姓名", "身份证号", "准操项目", label], ["仿真张三", ZHANG, "低压电工作业", "2030-05-12"]]
    ).tables
    assert table.unread == (label,)


@pytest.mark.parametrize("word", ["证书编号", "证书到期日期"])
def test_an_unknown_certificate_is_told_by_its_name(tmp_path, word):
    """压瓦证书 is in no catalogue; beside known certificates it is one, and the finding says so."""
    head = ["姓名", "身份证号", f"低压证-{word}", f"压瓦{word}"]
    cells = ["ZX20200101"] * 2 if word == "证书编号" else ["2030-05-12"] * 2
    found = codes_under(tmp_path, head, ["仿真张三", ZHANG, *cells])
    assert ["ITEM-UNKNOWN" in codes for codes in found] == [False, True]


@pytest.mark.parametrize(
    ("label", "field"),
    [("目前有效期止", "valid_to"), ("当前证书编号", "certificate_number"), ("本人有效期至", "valid_to"), ("持证人到期日期", "valid_to"),
     ("证件有效期至", "valid_to"), ("特种设备计划复审日期1", "review_due"), ("换证前有效期至", None), ("上次证书编号", None)],
)  # fmt: skip
def test_words_for_now_and_before(label, field):
    """目前 is now; 原 and 换证前 are before."""
    found = HEADERS.match(label)
    assert found is not None
    assert (found.field if HEADERS.is_field(found.field) else None, found.unsure) == (field, "")


def test_an_unknown_date_of_a_wide_list_is_told_once(tmp_path):
    """行吊到期日期 beside 低压证到期日期 may be another certificate's end: it is quoted with the first."""
    head = ["姓名", "身份证号", "低压证到期日期", "高压证到期日期", "行吊到期日期", "安全帽到期日期"]
    found = codes_under(
        tmp_path, head, ["仿真张三", ZHANG, "2030-05-12", "2030-05-12", "2020-01-01", "2020-01-01"]
    )
    assert found == [["DATE-UNREADABLE"], []]
    found = codes_under(tmp_path, head, ["仿真张三", ZHANG, "2030-05-12", "2030-05-12", "", "2020-01-01"])
    assert found == [[], []]
