"""Wide lists: the columns of each certificate under its name."""

import pytest

from tests.certcheck.lists import (
    LI,
    ZHANG,
    codes_of,
    codes_under,
    entries_of,
    judge,
    read,
    roster,
    xlsx,
)

NUMBERED = ["姓名", "身份证号", "岗位", "低压证-证号", "低压证-有效期至", "高压证-证号", "高压证-有效期至"]


def test_certificate_numbers_of_a_wide_list(tmp_path):
    """证号 behind a certificate's name is its number; nothing else becomes a certificate."""
    found = codes_under(tmp_path, NUMBERED, ["仿真张三", ZHANG, "高压电工", "", "", f"T{LI}", "2030-04-30"])
    assert found == [["NUMBER-NOT-HOLDER"]]
    found = codes_under(tmp_path, NUMBERED, ["仿真张三", ZHANG, "焊工", "", "", f"T{ZHANG}", "2030-04-30"])
    assert found == [["CERT-SCOPE"]]
    found = codes_under(
        tmp_path, NUMBERED, ["仿真张三", ZHANG, "低压电工", f"T{ZHANG}", "2030-04-30", f"T{LI}", "2030-04-30"]
    )
    assert found == [[], ["NUMBER-NOT-HOLDER"]]


@pytest.mark.parametrize("names", [("登高", "低压"), ("焊工", "制冷"), ("低压电工作业", "登高架设作业")])
def test_numbers_behind_names_of_the_catalogue(tmp_path, names):
    """An item's own name before 证号 is one without 证 at its end, too."""
    head = ["姓名", "身份证号", *(f"{name}{word}" for name in names for word in ("证号", "到期日期"))]
    found = codes_under(
        tmp_path, head, ["仿真张三", ZHANG, f"T{LI}", "2030-05-12", f"T{ZHANG}", "2030-05-12"]
    )
    assert ["NUMBER-NOT-HOLDER" in codes for codes in found] == [True, False]


def test_a_number_that_no_header_names_is_said_of_each_certificate(tmp_path):
    """Which of several certificates it belongs to, nothing tells; somebody else's is told all the same."""
    head = ["姓名", "身份证号", "岗位", "低压证-有效期至", "高压证-有效期至", "电子码"]
    found = codes_under(tmp_path, head, ["仿真张三", ZHANG, "焊工", "", "2030-04-30", f"T{LI}"])
    assert found == [["CERT-SCOPE", "NUMBER-NOT-HOLDER"]]


@pytest.mark.parametrize(
    "head",
    [
        ("复审日期1", "复审日期2"), ("复审日期", "复审日期"), ("复审日期一", "复审日期二"), ("复审时间（1）", "复审时间（2）"),
        ("第一次复审日期", "第二次复审日期"), ("复审日期", "复审日期2"), ("复审1", "复审2"), ("复审日期.1", "复审日期.2"),
    ],
)  # fmt: skip
def test_counted_reviews_beside_one_certificate(tmp_path, head):
    """They are reviews of that certificate, a past one done and a future one due; not two certificates."""
    path = xlsx(
        tmp_path / "名单.xlsx",
        {"人员": [["姓名", "身份证号", "准操项目", "有效期至", *head],
                  ["仿真张三", ZHANG, "低压电工作业", "2030-05-12", "2024-05-01", "2027-05-01"]]},
    )  # fmt: skip
    (found,) = judge(list(read(path).entries))
    claim = found.entry.claim
    assert (str(claim.review_done), str(claim.review_due)) == ("2024-05-01", "2027-05-01")
    assert codes_of(found) == ["DATE-AMBIGUOUS", "DATE-AMBIGUOUS"]


def test_counted_reviews_of_counted_certificates(tmp_path):
    """Where the items are counted, too, the count is the certificate's."""
    head = ["姓名", "身份证号", "准操项目1", "复审日期1", "准操项目2", "复审日期2"]
    rows = [head, ["仿真张三", ZHANG, "低压电工作业", "2027-05-01", "高压电工作业", "2028-05-01"]]
    found = list(read(xlsx(tmp_path / "名单.xlsx", {"人员": rows})).entries)
    assert [(one.claim.item, str(one.claim.review_due)) for one in found] == [
        ("低压电工作业", "2027-05-01"), ("高压电工作业", "2028-05-01"),
    ]  # fmt: skip


def test_three_counted_reviews(tmp_path):
    """The latest past one counts as done."""
    head = ["姓名", "身份证号", "准操项目", "复审日期1", "复审日期2", "复审日期3"]
    rows = [head, ["仿真张三", ZHANG, "低压电工作业", "2020-05-01", "2023-05-01", "2026-05-01"]]
    (found,) = read(xlsx(tmp_path / "名单.xlsx", {"人员": rows})).entries
    assert str(found.claim.review_done) == "2026-05-01"


@pytest.mark.parametrize(
    "words",
    [
        ("证书{}名称", "证书{}编号", "证书{}有效期"), ("证书{}-准操项目", "证书{}-证号", "证书{}-有效期至"),
        ("操作证{}名称", "操作证{}编号", "操作证{}有效期至"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("counts", ["12", "一二"])
def test_a_count_inside_a_word(tmp_path, words, counts):
    """证书2名称 is the name of the second certificate: it covers the post, and has a number and an end of its own."""
    head = ["姓名", "身份证号", "岗位", *(word.format(count) for count in counts for word in words)]
    cells = ["熔化焊接与热切割作业", f"T{LI}", "2030-05-12", "低压电工作业", f"T{ZHANG}", "2030-05-12"]
    found = codes_under(tmp_path, head, ["仿真张三", ZHANG, "低压电工", *cells])
    assert found == [["NUMBER-NOT-HOLDER"], []]


def test_what_stands_below_a_review_says_which_it_is(tmp_path):
    """复审日期 over 应复审 and 实际, in two rows: as a note behind the word would."""
    rows = [["姓名", "身份证号", "准操项目", "有效期至", "复审日期", ""], ["", "", "", "", "应复审", "实际"]]
    found = codes_under(tmp_path, *rows, ["仿真张三", ZHANG, "低压电工作业", "2030-05-12", "2026-05-12", ""])
    assert found == [["CERT-REVIEW-OVERDUE"]]
    found = codes_under(
        tmp_path, *rows, ["仿真张三", ZHANG, "低压电工作业", "2030-05-12", "2026-05-12", "2026-05-01"]
    )
    assert found == [[]]


@pytest.mark.parametrize(
    ("due", "done", "read"),
    [
        (("2023-05-13", "2027-05-12"), ("2023-05-01", ""), ("2027-05-12", "2023-05-01")),
        (("2023-05-13", "2027-05-12"), ("", ""), ("2023-05-13", "None")),
        (("2021-05-13", "2024-05-12"), ("2021-05-01", "2024-05-20"), ("2024-05-12", "2024-05-20")),
        (("2027-05-13", ""), ("", ""), ("2027-05-13", "None")),
    ],
)
@pytest.mark.parametrize("count", ["1,2", "一,二", ",2"])
def test_stated_reviews_are_counted(due, done, read, count):
    """应复审日期1 and 应复审日期2 beside one item are two reviews of it: the one behind the last done is to come."""
    first, second = count.split(",")
    head = ["姓名", "身份证号", "准操项目", "有效期至"]
    head += [f"应复审日期{first}", f"实际复审日期{first}", f"应复审日期{second}", f"实际复审日期{second}"]
    cells = ["仿真张三", ZHANG, "低压电工作业", "2030-05-12", due[0], done[0], due[1], done[1]]
    (entry,) = entries_of(roster([head, cells]))
    assert (str(entry.claim.review_due), str(entry.claim.review_done)) == read


def test_counted_certificates_with_stated_reviews():
    """Where items are counted, too, so are certificates; and a review that is no date is told once."""
    head = ["姓名", "身份证号", "准操项目1", "应复审日期1", "准操项目2", "应复审日期2"]
    cells = ["仿真张三", ZHANG, "低压电工作业", "2027-05-13", "高压电工作业", "2028-05-13"]
    found = entries_of(roster([head, cells]))
    assert [str(one.claim.review_due) for one in found] == ["2027-05-13", "2028-05-13"]
    head = ["姓名", "身份证号", "准操项目", "应复审日期1", "应复审日期2"]
    (one,) = entries_of(roster([head, ["仿真张三", ZHANG, "低压电工作业", "2027-05-13", "看不清"]]))
    assert [finding.field for finding in one.findings] == ["review_due"]


@pytest.mark.parametrize("words", ["{}", "{}有效期至", "{}-到期日期"])
def test_a_letter_is_part_of_a_certificates_name(tmp_path, words):
    """A证, B证 and C证 are the construction ministry's; as a value or a header, none is called by another's name."""
    head = ["姓名", "身份证号", *(words.format(one) for one in ("A证", "B证", "C证"))]
    date = "2028-01-01" if words != "{}" else "√"
    path = xlsx(tmp_path / "名单.xlsx", {"人员": [head, ["仿真张三", ZHANG, "", date, date]]})
    found = judge(list(read(path).entries))
    assert [(one.entry.claim.kind_written, one.entry.claim.other.certificate) for one in found] == [
        ("B证", "安全生产考核合格证书"),
        ("C证", "安全生产考核合格证书"),
    ]
    assert [codes_of(one) for one in found] == [["ITEM-OTHER-MINISTRY"]] * 2


def test_a_safety_officers_letter_stays(tmp_path):
    """安全员C证 is the construction ministry's, by its whole name; a word beside a Chinese one says nothing."""
    head = ["姓名 Name", "身份证号", "安全员C证有效期至", "NO证书编号"]
    path = xlsx(tmp_path / "名单.xlsx", {"人员": [head, ["仿真张三", ZHANG, "2028-01-01", ""]]})
    (found,) = judge(list(read(path).entries))
    assert (found.entry.claim.item_written, found.entry.claim.other.certificate) == (
        "安全员C证",
        "安全生产考核合格证书",
    )
