"""Two files of one name, in two folders, or one file given twice: their rows are not the same rows."""

import pytest

from certcheck.lists import read_lists
from certcheck.report.overview import Overview
from certcheck.staff_list.header_words import load_headers
from common.privacy import mask
from tests.certcheck.lists import AS_OF, LI, ZHANG, catalogue, codes_of, judge, xlsx

HEAD = ["姓名", "身份证号", "准操项目"]
ONE, TWO = ["仿真张三", ZHANG, "低压电工作业"], ["仿真李四", LI, "低压电工作业"]


def in_folders(tmp_path, *lists):
    """Write each list as list.xlsx in a folder of its own."""
    paths = []
    for at, rows in enumerate(lists):
        folder = tmp_path / str(at)
        folder.mkdir()
        paths.append(xlsx(folder / "list.xlsx", {"表": [HEAD, *rows]}))
    return paths


def judged(paths, **most):
    lists = read_lists(paths, load_headers(), catalogue(), AS_OF, **most)
    return judge(list(lists.entries))


@pytest.mark.parametrize("most", [{}, {"most_kept": 0}])
@pytest.mark.parametrize("twice", [True, False])
def test_the_same_row_of_another_file_is_a_duplicate(tmp_path, most, twice):
    """Also where a long list is read again; the first of them stays unmarked."""
    paths = in_folders(tmp_path, [ONE, TWO], [ONE])
    found = judged([paths[0]] * 2 if twice else paths, **most)
    marked = [codes_of(one).count("ROW-DUPLICATE") for one in found]
    assert marked == ([0, 0, 1, 1] if twice else [0, 0, 1])
    told = next(
        finding.message for one in found for finding in one.findings if finding.code == "ROW-DUPLICATE"
    )
    assert told.startswith("与另一份“list.xlsx”的第 2 行重复" if twice else "与“0/list.xlsx”的第 2 行重复")


def test_files_of_one_name_are_told_by_their_folders(tmp_path):
    """As much of the folders as it takes, and nothing of those of files whose names are their own; numbers stay masked."""
    (tmp_path / ZHANG / "c").mkdir(parents=True)
    (tmp_path / LI / "c").mkdir(parents=True)
    paths = [tmp_path / place / "list.xlsx" for place in (f"{ZHANG}/c", f"{LI}/c")]
    for path in (*paths, tmp_path / "other.xlsx"):
        xlsx(path, {"表": [HEAD, ONE]})
    found = judged([*paths, tmp_path / "other.xlsx"])
    assert [one.entry.source.file for one in found] == [
        f"{mask(ZHANG)}/c/list.xlsx",
        f"{mask(LI)}/c/list.xlsx",
        "other.xlsx",
    ]


def test_a_duplicate_in_a_file_of_another_name_says_where(tmp_path):
    paths = [xlsx(tmp_path / f"{name}.xlsx", {"表": [HEAD, ONE]}) for name in "ab"]
    _, second = judged(paths)
    assert [f.message[:15] for f in second.findings if f.code == "ROW-DUPLICATE"] == ["与“a.xlsx”的第 2 行"]


def test_people_without_name_and_number_stay_apart(tmp_path):
    """What the row of one file claims does not qualify the row of another file."""
    paths = in_folders(tmp_path, [["", "", "低压电工作业"]], [["", "", "高压电工作业"]])
    lists = read_lists(paths, load_headers(), catalogue(), AS_OF)
    assert [len(lists.roll.claims_of(entry)) for entry in lists.entries] == [1, 1]


def test_the_same_rows_of_two_files_are_two_people_of_the_overview(tmp_path):
    overview = Overview()
    for outcome in judged(
        in_folders(tmp_path, [["仿真张三", "", "低压电工作业"]], [["仿真李四", "", "低压电工作业"]])
    ):
        overview.add(outcome)
    assert [(people, names) for _, _, people, names in overview.now_to_do()] == [(2, "仿真张三、仿真李四")]
