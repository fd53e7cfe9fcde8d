"""A city's rules under a name that is slightly off are read or told, never left out in silence."""

import pytest

from scheduler.errors import BadBatchError
from scheduler.reading import read_batch
from tests.scheduler.files import TABLES, write_folder, write_workbook

RULES = "[conflicts]\nyears = 7\n"


def refused(path, rules=None):
    with pytest.raises(BadBatchError) as caught:
        read_batch(path, rules)
    return [(one.code, one.location.file) for one in caught.value.findings], str(caught.value)


def folder(tmp_path, *names):
    path = write_folder(tmp_path / "batch")
    for name in names:
        (path / name).write_text(RULES, encoding="utf-8")
    return path


def beside(tmp_path, book, *names):
    path = write_workbook(tmp_path / book, TABLES)
    for name in names:
        (tmp_path / name).write_text(RULES, encoding="utf-8")
    return path


@pytest.mark.parametrize("name", ["rules.toml", "Rules.toml", "rules.TOML", "RULES.TOML"])
def test_case_does_not_count_in_a_folder(tmp_path, name):
    read = read_batch(folder(tmp_path, name))
    assert (read.rules.years, read.remarks) == (7, ())


@pytest.mark.parametrize(
    ("book", "name"), [("B2.xlsx", "B2.TOML"), ("B2.XLSX", "b2.toml"), ("B2.XLSX", "B2.toml")]
)
def test_case_does_not_count_beside_a_workbook(tmp_path, book, name):
    read = read_batch(beside(tmp_path, book, name))
    assert (read.rules.years, read.remarks) == (7, ())


@pytest.mark.parametrize(
    "name",
    ["rules.toml.txt", "Rules.TOML.txt", "rule.toml", "rules (1).toml", "rules（2）.toml", "rules - 副本.toml", "rules.txt",
     "规则.toml", "本市规则.toml", "规则.txt", "rules"],
)  # fmt: skip
def test_a_name_nearly_right_stops_planning_and_says_what_to_do(tmp_path, name):
    found, told = refused(folder(tmp_path, name))
    assert found == [("BATCH-RULES-NAME", name)]
    assert "改名为 rules.toml，或用 --rules 指出" in told
    rules = tmp_path / "mine.toml"
    rules.write_text("[conflicts]\nyears = 5\n", encoding="utf-8")
    read = read_batch(tmp_path / "batch", rules)
    assert (read.rules.years, read.remarks) == (5, ())


def test_the_workbooks_name_with_a_wrong_end_stops_planning(tmp_path):
    found, told = refused(beside(tmp_path, "b.xlsx", "b.toml.txt"))
    assert found == [("BATCH-RULES-NAME", "b.toml.txt")]
    assert "改名为 b.toml" in told


@pytest.mark.parametrize("name", ["城区.toml", "rules-2025.toml", "rules.toml.bak"])
def test_another_file_is_told_as_not_read(tmp_path, name):
    read = read_batch(folder(tmp_path, name))
    assert read.rules.years == 3
    assert read.remarks == (f"没有读 {name}：规则应写在 rules.toml 里；这次规则都用默认值",)


def test_beside_rules_that_are_read_nothing_is_a_fault(tmp_path):
    read = read_batch(folder(tmp_path, "rules.toml", "rules (1).toml", "说明.txt"))
    assert read.rules.years == 7
    assert read.remarks == ("没有读 rules (1).toml：规则已从 rules.toml 读入",)


def test_other_texts_are_nothing(tmp_path):
    assert read_batch(folder(tmp_path, "规则说明.txt", "readme.md", "zhengkao.toml")).remarks == ()


def test_two_that_differ_in_case_alone_are_one_too_many(tmp_path):
    path = folder(tmp_path, "rules.toml", "Rules.toml")
    if len([*path.glob("*.toml")]) == 2:  # a system that tells them apart
        assert refused(path)[0] == [("BATCH-DUPLICATE", "Rules.toml")]


def test_rules_of_another_name_beside_a_workbook_are_told(tmp_path):
    (told,) = read_batch(beside(tmp_path, "b.xlsx", "Rules.toml")).remarks
    assert told.startswith("工作簿旁边的 Rules.toml 没有读")
