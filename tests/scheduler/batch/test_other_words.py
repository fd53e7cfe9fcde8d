"""Words that offices use for tables and columns of a batch: read where nothing has a word of its own, never instead of it."""

import pytest

from common.text import key
from scheduler.batch.columns import TABLES as NAMES
from scheduler.batch.columns import known_columns, other_words
from scheduler.batch.kept_batch import keep
from scheduler.reading import read_batch
from tests.scheduler.batch.test_unread import refused
from tests.scheduler.files import CHINESE, write_folder, write_workbook

STAFF = [["考务人员编号", "姓名", "角色"], ["JK05", "仿真丙", "监考员"]]
FACTS = ("trainees", "institutions", "sites", "seats", "places", "staff", "relations")


def facts(problem):
    return {name: getattr(problem, name) for name in FACTS}


def with_head(table, *words):
    """Give a table of the example with other words in its header, in the order of its columns."""
    head, *rows = CHINESE[table]
    return [[*words, *head[len(words) :]], *rows]


@pytest.mark.parametrize("table", NAMES)
def test_no_word_has_two_meanings_in_a_table(table):
    own = {key(word) for name, words in known_columns()[table].items() if name[0] != "_" for word in words}
    others = [
        key(word) for name, words in other_words().get(table, {}).items() if name[0] != "_" for word in words
    ]
    assert len(set(others)) == len(others)
    assert own.isdisjoint(others)


def test_sheets_and_files_under_other_names_are_read_and_kept(tmp_path):
    plain = facts(read_batch(write_workbook(tmp_path / "a.xlsx", CHINESE)))
    names = {"考生": "考生名单", "机构": "培训机构", "考点": "考点信息", "场次": "场次安排", "工位": "工位表"}
    tables = {names.get(name, name): rows for name, rows in CHINESE.items()}
    read = read_batch(write_workbook(tmp_path / "b.xlsx", tables))
    assert (facts(read), read.remarks) == (plain, ())
    kept = keep(write_folder(tmp_path / "c", tables), None, tmp_path / "out")
    assert facts(read_batch(kept)) == plain


@pytest.mark.parametrize(
    ("table", "words"),
    [
        ("考点", ["编号", "名称", "类型", "所属机构", "市"]),
        ("场次", ["考点代码", "考试日期", "时段", "机位数（个）"]),
        ("机构", ["机构代码", "单位名称", "性质"]),
    ],
)
def test_columns_under_other_words_are_read(tmp_path, table, words):
    plain = facts(read_batch(write_workbook(tmp_path / "a.xlsx", CHINESE)))
    read = read_batch(write_workbook(tmp_path / "b.xlsx", {**CHINESE, table: with_head(table, *words)}))
    assert (facts(read), read.remarks) == (plain, ())


def test_a_columns_own_word_goes_before_another_which_is_told(tmp_path):
    """Beside the owner's id many lists have its name, for people to read: the id counts."""
    head, *rows = CHINESE["考点"]
    named = [[*head, "所属机构"], *([*row, "仿真学校"] for row in rows)]
    plain = facts(read_batch(write_workbook(tmp_path / "a.xlsx", CHINESE)))
    for again in (named, [[*row[-1:], *row[:-1]] for row in named]):  # whichever comes first
        read = read_batch(write_workbook(tmp_path / "b.xlsx", {**CHINESE, "考点": again}))
        assert facts(read) == plain
        assert read.remarks == ("没有读 b.xlsx 考点 的列“所属机构”：已读“所属机构编号”列",)


def test_two_columns_with_other_words_for_the_same_are_a_fault(tmp_path):
    """Which of two numbers of seats counts, nobody can know."""
    head, *rows = CHINESE["场次"]
    assert head[3] == "座位数"
    tables = {**CHINESE, "场次": [[*head[:3], "座位", "机位"], *([*row[:4], 99] for row in rows)]}
    (found,) = refused(write_workbook(tmp_path / "b.xlsx", tables))
    assert found[0] == "BATCH-COLUMN-TWICE"
    assert "“座位数”列出现了两次" in found[2]


def test_a_name_where_an_id_should_be_is_told_with_the_id(tmp_path):
    head, *rows = CHINESE["考点"]
    place = head.index("所属机构编号")
    owned = next(row for row in rows if row[place])
    called = {row[0]: row[1] for row in CHINESE["机构"][1:]}[owned[place]]
    named = [[*head[:place], "所属机构", *head[place + 1 :]]]
    named += [[*row[:place], called if row is owned else row[place], *row[place + 1 :]] for row in rows]
    found = refused(write_workbook(tmp_path / "b.xlsx", {**CHINESE, "考点": named}))
    assert any(f"“{called}”" in told and f"是不是“{owned[place]}”" in told for *_, told in found)


@pytest.mark.parametrize("name", ["监考考评人员", "考务人员名单", "监考人员", "考评人员"])
def test_a_sheet_of_staff_under_a_name_that_offices_use(tmp_path, name):
    read = read_batch(write_workbook(tmp_path / "b.xlsx", CHINESE, **{name: STAFF}))
    assert (list(read.staff), read.remarks) == (["JK05"], ())
    folder = write_folder(tmp_path / "b", CHINESE, **{name: STAFF})
    kept = keep(folder, None, tmp_path / "out")
    assert list(read_batch(kept).staff) == ["JK05"]


def test_two_sheets_of_staff_under_such_names_are_to_be_one(tmp_path):
    found = refused(write_workbook(tmp_path / "b.xlsx", CHINESE, 监考人员=STAFF, 考评人员=STAFF))
    assert [code for code, _, _ in found] == ["BATCH-TABLE-UNKNOWN"] * 2
    assert all("请与其他像是“考务人员”的合并为一张，改名为 考务人员；" in told for *_, told in found)


def test_such_a_sheet_beside_the_one_of_its_own_name_is_told(tmp_path):
    read = read_batch(write_workbook(tmp_path / "b.xlsx", CHINESE, 考务人员=STAFF, 监考人员=STAFF))
    assert list(read.staff) == ["JK05"]
    assert read.remarks == ("没有读 b.xlsx 监考人员：批次里没有这样的表",)
