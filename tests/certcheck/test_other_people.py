"""Names and numbers of people whom a row is not about."""

import pytest

from tests.certcheck.lists import (
    AS_OF,
    LI,
    ZHANG,
    codes_of,
    codes_under,
    entries_of,
    judge,
    number,
    read,
    roster,
    xlsx,
)


@pytest.mark.parametrize(
    "label",
    ["联系人身份证号", "紧急联系人身份证号码", "家属身份证", "监护人身份证号", "班组长证件号码", "介绍人"],
)
def test_somebody_elses_number_is_nobodys(tmp_path, label):
    """The number of whom to call is not the person's, though no other column holds one."""
    head = ["姓名", label, "准操项目", "证书编号", "有效期至"]
    rows = [
        ["仿真张三", ZHANG, "低压电工作业", f"T{LI}", "2030-05-12"],
        ["仿真王五", ZHANG, "低压电工作业", "", "2030-05-12"],
    ]
    path = xlsx(tmp_path / "名单.xlsx", {"人员": [head, *rows]})
    first, second = judge(list(read(path).entries), AS_OF)
    assert (first.entry.person.number, second.entry.person.number) == (LI, "")
    assert [codes_of(first), codes_of(second)] == [["ID-FROM-NUMBER"], ["ID-MISSING"]]


@pytest.mark.parametrize(
    "label", ["班组长", "班长姓名", "所属队长", "部门负责人", "直接上级", "紧急联系人", "联系人姓名", "师傅"]
)
def test_somebody_elses_name_is_nobodys(tmp_path, label):
    """Who leads the group is not who the row is about; that no name is given is told."""
    head = [label, "身份证号", "准操项目", "有效期至"]
    names = ["仿真张三", "仿真李四", "王小明", "陈大文"]
    rows = [
        [name, number(f"1990-01-{10 + at}"), "低压电工作业", "2030-05-12"] for at, name in enumerate(names)
    ]
    assert codes_under(tmp_path, head, *rows) == [["NAME-MISSING"]] * 4


@pytest.mark.parametrize("label", ["人员", "成员", "操作者", "负责人"])
def test_names_are_found_by_what_a_column_holds(label):
    """A word that names nobody else may stand over the people's own names."""
    names = ["王小明", "陈大文", "张仿真", "李仿真"]
    rows = [[name, number(f"1990-01-{10 + at}"), "低压电工作业"] for at, name in enumerate(names)]
    found = entries_of(roster([[label, "身份证号", "准操项目"], *rows]))
    assert [one.person.name for one in found] == names


def test_a_guardians_own_certificate(tmp_path):
    """监护人证 is a certificate that a person may hold; only 监护人 before a word makes it somebody else's."""
    head = ["姓名", "身份证号", "低压证-到期日期", "受限空间监护人证-到期日期"]
    found = codes_under(tmp_path, head, ["仿真张三", ZHANG, "2030-05-12", "2030-05-12"])
    assert found == [[], ["ITEM-UNKNOWN"]]
