"""Who has no name in the list is told by row: the ticket would print the id in its place."""

from scheduler.doubts.all_doubts import doubts
from scheduler.reading import read_batch
from tests.scheduler.files import CHINESE, TABLES, write_folder, write_workbook

HEAD, FIRST, SECOND = CHINESE["考生"]


def told(path):
    return [one for one in doubts(read_batch(path)) if "姓名" in one]


def test_a_trainee_without_a_name_is_told_by_row(tmp_path):
    people = [HEAD, FIRST, [SECOND[0], "/", *SECOND[2:]], ["T3", "", "", *SECOND[3:]]]
    sentence = "考生表 2 行没有填姓名，准考证和名单上会用考生编号代替姓名；请补填：第 3、4 行"
    assert told(write_workbook(tmp_path / "b.xlsx", CHINESE, 考生=people)) == [sentence]
    assert told(write_folder(tmp_path / "b", CHINESE, 考生=people)) == [sentence]


def test_a_list_without_a_column_of_names(tmp_path):
    people = [[row[0], *row[2:]] for row in TABLES["trainees"]]
    assert told(write_folder(tmp_path, trainees=people)) == [
        "考生表没有一个人填了姓名，准考证和名单上会用考生编号代替姓名；请补填"
    ]


def test_nothing_is_told_where_everybody_has_a_name(tmp_path):
    assert told(write_folder(tmp_path)) == []
