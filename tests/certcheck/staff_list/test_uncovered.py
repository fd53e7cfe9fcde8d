"""Nobody whose number is written down vanishes: rows without a header are read where they plainly fit one, or told."""

import pytest

from certcheck.report.how_read import no_list_line, not_read_line, read_otherwise_line
from common.errors import InputError
from tests.certcheck.lists import LI, ZHANG, number, read, xlsx

HEAD = ["姓名", "身份证号", "岗位", "准操项目", "有效期至"]
WANG = number("1990-02-03")


def one(name, number, post="电工", item="低压电工作业", end="2030-05-01"):
    """One row under HEAD."""
    return [name, number, post, item, end]


def people(lists):
    """Give sheet, row, name and end of each entry."""
    return [
        (e.source.sheet, e.source.row, e.person.name, e.claim and str(e.claim.valid_to))
        for e in lists.entries
    ]


def not_read(lists):
    """Give the rows that were not read, by sheet."""
    return {reading.name: reading.not_read for reading in lists.readings if reading.not_read}


def test_a_list_goes_on_in_the_next_sheets(tmp_path):
    """Two sheets without a header under the columns of the first: read, and said; an empty one between says nothing."""
    sheets = {
        "一": [["某厂持证人员名单"], HEAD, one("仿真张三", ZHANG)],
        "空": [],
        "二": [one("仿真李四", LI), one("仿真无号", "待补"), ["合计：2 人"]],
        "三": [one("仿真王五", WANG)[:4]],
    }
    lists = read(xlsx(tmp_path / "名单.xlsx", sheets))
    assert people(lists) == [
        ("一", 3, "仿真张三", "2030-05-01"), ("二", 1, "仿真李四", "2030-05-01"),
        ("二", 2, "仿真无号", "2030-05-01"), ("三", 1, "仿真王五", "None"),
    ]  # fmt: skip
    assert not_read(lists) == {}
    assert read_otherwise_line(lists.readings) == (
        "请核对：工作表“二”没有表头，按前面的工作表“一”的表头读取了 2 行；工作表“三”没有表头，按前面的工作表“二”的表头读取了 1 行。"
    )
    assert [reading.skipped for reading in lists.readings] == [0, 0, 1, 0]


@pytest.mark.parametrize(
    "rows",
    [
        [["花名", "号码", "干啥"], ["仿真李四", LI, "焊工"]],
        [["仿真李四", "电工", LI, "低压电工作业", "2030-05-01"]],
        [one("仿真李四", LI, "低压电工作业", "电工")],
        [one("仿真李四", LI, item="2030-05-01", end="低压电工作业")],
        [[*one("仿真李四", LI), "又一列"]],
        [["", LI, "电工", "低压电工作业", "2030-05-01"]],
        [["1", LI, "仿真李四", "低压电工作业", "2030-05-01"]],
        [["仿真李四 " + LI]],
        [["姓名", "李四", LI]],
    ],
    ids=["a header nobody knows", "other order", "post and item", "item and end", "wider", "no name",
         "number for a name", "in one cell", "a label beside"],
)  # fmt: skip
def test_what_does_not_fit_is_told(tmp_path, rows):
    """Columns that mean something else are not guessed at: the row is told, with what to do."""
    sheets = {"一": [HEAD, one("仿真张三", ZHANG)], "二": rows}
    lists = read(xlsx(tmp_path / "名单.xlsx", sheets))
    read_there = [name for sheet, _, name, _ in people(lists) if sheet == "二"]
    assert read_there == []
    assert not_read(lists) == {"二": [len(rows)]}
    told = not_read_line(lists.readings)
    assert told.startswith(
        f"注意：有 1 行写着身份证号码，但不在任何表头之下，没有读取，也没有核验：“二”第 {len(rows)} 行。"
    )
    assert "加一行表头" in told


def test_labels_over_the_rest_of_a_list_are_nobody(tmp_path):
    """Whose list it is stands above it again, without a header."""
    label = ["单位：某厂", "", "填报日期：2026年11月"]
    sheets = {"一": [label, HEAD, one("仿真张三", ZHANG)], "二": [label, [], one("仿真李四", LI)]}
    lists = read(xlsx(tmp_path / "名单.xlsx", sheets))
    assert [(row, name) for _, row, name, _ in people(lists)] == [(3, "仿真张三"), (3, "仿真李四")]


def test_an_old_number_fits_as_well(tmp_path):
    """Fifteen digits are a number beside a name, in the column or, told, anywhere."""
    old = LI[:6] + LI[8:-1]
    sheets = {
        "一": [HEAD, one("仿真张三", ZHANG)],
        "二": [one("仿真李四", old)],
        "三": [["x", "仿真王五", old]],
    }
    lists = read(xlsx(tmp_path / "名单.xlsx", sheets))
    assert [name for _, _, name, _ in people(lists)] == ["仿真张三", "仿真李四"]
    assert not_read(lists) == {"三": [1]}


def test_no_list_goes_on_into_another_file(tmp_path):
    """A file of its own has a header of its own, or none."""
    first = xlsx(tmp_path / "a.xlsx", {"一": [HEAD, one("仿真张三", ZHANG)]})
    second = xlsx(tmp_path / "b.xlsx", {"二": [one("仿真李四", LI)]})
    assert len(list(read(first).entries)) == 1
    with pytest.raises(InputError, match="第 1 行写着身份证号码，上方没有表头。请在名单上方加一行表头"):
        read(second)


def test_unknown_header_words_may_be_named(tmp_path):
    """Where a header stands, its columns can be named; where none does, that advice would not help."""
    path = xlsx(tmp_path / "b.xlsx", {"二": [["花名", "代码一", "干啥"], ["仿真李四", "x", "y"]]})
    with pytest.raises(InputError, match="--columns name=表头"):
        read(path)
    path = xlsx(tmp_path / "b.xlsx", {"二": [["花名", "代码", "干啥"], ["仿真李四", LI, "电工"]]})
    with pytest.raises(InputError, match="--columns name=表头"):
        read(path)


def test_a_person_over_the_header(tmp_path):
    """A list sorted together with its header: who plainly fits the columns below is read, others are told."""
    rows = [["某厂名单"], one("仿真张三", ZHANG), [LI, "仿真李四"], HEAD, one("仿真王五", WANG)]
    lists = read(xlsx(tmp_path / "名单.xlsx", {"一": rows}))
    assert [(row, name) for _, row, name, _ in people(lists)] == [(2, "仿真张三"), (5, "仿真王五")]
    assert not_read(lists) == {"一": [3]}
    assert read_otherwise_line(lists.readings) == "请核对：“一”第 2 行在表头上方，按下面的表头读取。"


def test_who_filled_the_list_in_is_not_of_it(tmp_path):
    """A form over a list names its contact with a number: neither a person of the list nor told."""
    for form in (
        ["填表人", "王五", LI],
        ["联系人姓名", "王五", "身份证号", LI],
        ["经办人：王五", "身份证号：" + LI],
    ):
        lists = read(xlsx(tmp_path / "名单.xlsx", {"一": [form, HEAD, one("仿真张三", ZHANG)]}))
        assert [name for _, _, name, _ in people(lists)] == ["仿真张三"]
        assert not_read(lists) == {}


def test_other_long_numbers_are_nobodys(tmp_path):
    """A credit code of eighteen digits and a bank card have no birth date; a sheet of them is not told."""
    sheets = {
        "一": [HEAD, one("仿真张三", ZHANG)],
        "供应商": [["某公司", "911100007109250324"], ["某行", "622848001234567890"]],
    }
    assert not_read(read(xlsx(tmp_path / "名单.xlsx", sheets))) == {}


def test_a_row_under_a_table_whose_columns_do_not_hold_its_number(tmp_path):
    """A second list beside the first, under words nobody knows, goes on below it: told."""
    rows = [
        [*HEAD[:2], "", "花名", "代码"],
        ["仿真张三", ZHANG, "", "仿真李四", LI],
        ["", "", "", "仿真王五", WANG],
    ]
    lists = read(xlsx(tmp_path / "名单.xlsx", {"一": rows}))
    assert not_read(lists) == {"一": [3]}


def test_somebody_without_a_number_is_no_header(tmp_path):
    """In a sheet without a header, a row whose number is missing stays a row of the list."""
    sheets = {"一": [HEAD, one("仿真张三", ZHANG)],
              "二": [one("仿真李四", LI), one("仿真无号", "待补", end="长期"), one("仿真王五", WANG)]}  # fmt: skip
    lists = read(xlsx(tmp_path / "名单.xlsx", sheets))
    assert [name for _, _, name, _ in people(lists)] == ["仿真张三", "仿真李四", "仿真无号", "仿真王五"]


def test_a_sheet_of_names_alone_is_told(tmp_path):
    """Two names under no header may be people to verify; a note, one word, and a sheet that went on say nothing."""
    sheets = {
        "名单": [HEAD, one("仿真张三", ZHANG)],
        "新来的": [["李四"], ["王 五", "焊工"]],
        "说明": [["请各部门于周五之前填写本表，填写后交安全科"], ["谢谢"]],
        "续": [one("仿真王五", WANG)],
    }
    lists = read(xlsx(tmp_path / "名单.xlsx", sheets))
    assert no_list_line(lists.readings) == (
        "请核对：工作表“新来的”（2 行）里有像姓名的内容，但没有表头，没有当作名单读取；"
        "如果里面有要核验的人，请在上方加一行表头（姓名、身份证号、准操项目等），再重新核验。"
    )
    assert no_list_line([]) == ""
