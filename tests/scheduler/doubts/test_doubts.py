"""What is probably not meant so is told; nothing is told of what is in order, and no identity number ever."""

import datetime as dt
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum.cn.ric import calc_check_digit

from scheduler.doubts.all_doubts import doubts
from scheduler.errors import BadBatchError
from scheduler.problem import Half, Institution, PlaceRow
from scheduler.reading import read_batch
from scheduler.rules import load_rules
from tests.scheduler.builders import (
    ANOTHER_PERSON,
    ITEM,
    ONE_PERSON,
    addressed,
    at,
    day,
    places,
    problem,
    relation,
    site,
    staff,
    trainee,
)
from tests.scheduler.files import TABLES, with_row, write_folder

SITES = [site("S1", "I9"), site("S2", "I8")]


def told(trainees, sites=SITES, /, **more):
    return list(doubts(addressed(problem(trainees, sites, **more))))


def test_nothing_is_told_of_what_is_in_order():
    people = [trainee("T1", id_number=ONE_PERSON), trainee("T2", id_number=ANOTHER_PERSON), trainee("T3")]
    examiner = staff("W1", roles=("examiner",), items=(ITEM,))
    assert told(people, [*SITES, site("S3", kind="public")], people=[examiner]) == []


def test_an_item_that_sites_call_otherwise():
    rows = [places("S1", 9, "制冷与空调设备运行操作作业"), places("S1", 9)]
    assert told([trainee("T1"), trainee("T2", item="制冷")], rows=rows) == [
        "1 人报的“制冷”没有考点有工位；工位表里有“制冷与空调设备运行操作作业”，如是同一项目请写成一样",
        "工位表里的“制冷与空调设备运行操作作业”没有人报；考生表里有“制冷”，如是同一项目请写成一样",
    ]


def test_an_item_of_the_rules_that_nobody_knows():
    rules = replace(load_rules(), cross_city_items=(ITEM, "没有的作业"))
    assert told([trainee("T1")], rules=rules) == [
        "规则 cross_city.items 里的没有的作业，考生表和工位表里都没有"
    ]


def test_a_site_of_an_institution_without_owner():
    assert told([trainee("T1")], [site("S1"), site("S2", kind="school"), site("S3", kind="authority")]) == [
        "机构或学校的考点没有填所属机构编号，不知道谁须回避：考点S1、考点S2"
    ]


def test_numbers_that_cannot_be_right_are_told_by_row():
    """The last character of 000000199001010018 is 8; with 7 it is another person, with 17 characters nobody."""
    people = [
        trainee("T1", id_number=ONE_PERSON, row=2),
        trainee("T2", id_number=ONE_PERSON[:-1] + "7", row=3),
        trainee("T3", id_number=ONE_PERSON[:-1], row=4),
    ]
    (sentence,) = (one for one in told(people) if "校验码" in one)
    assert sentence.startswith("考生表 2 行的身份证号")
    assert sentence.endswith("：第 3、4 行")
    assert ONE_PERSON[:10] not in sentence


@given(st.lists(st.from_regex("[0-9]{17}[0-9X]", fullmatch=True), max_size=5))
def test_the_last_character_is_judged_as_for_certificates(numbers):
    people = [trainee(f"T{row}", id_number=number, row=row) for row, number in enumerate(numbers, start=2)]
    wrong = [row for row, number in enumerate(numbers, start=2) if calc_check_digit(number) != number[-1]]
    found = [one for one in told(people) if "校验码" in one]
    assert len(found) == bool(wrong)
    assert not wrong or found[0].endswith(f"第 {'、'.join(map(str, wrong))} 行")


def test_who_is_registered_twice_for_the_same():
    people = [trainee(name, id_number=ONE_PERSON) for name in ("T1", "T2")]
    people.append(trainee("T3", part="theory", id_number=ONE_PERSON))
    assert told(people) == [f"考生 T1、T2 是同一个人，同一项目“{ITEM}”报了 2 次，会各排一场"]


def test_an_examiner_without_items():
    people = [staff("W1", roles=("examiner",)), staff("W2", roles=("invigilator",))]
    assert told([trainee("T1")], people=people) == ["考评员没有填考试项目，不会派考评任务：W1"]


DATED = [trainee("T1")], [site("S1", "I9")]
EXAM_DAYS = {at("S1", "2am"): 9, at("S1", "4pm"): 9}


def dated(*people, relations=()):
    return told(*DATED, seats=EXAM_DAYS, people=list(people), relations=list(relations))


def test_an_agreement_or_training_that_ends_before_the_last_exam_day_is_told_by_its_own_name():
    """Exams on the 2nd and 4th; the plan holds the earliest of three days, and its reasons call it that of the licence."""
    people = [
        staff("W1", licence_to=day(3), agreement_to=day(1)),
        staff("W2", agreement_to=day(3), trained_to=day(4)),
        staff("W3", licence_to=day(4), trained_to=day(1)),
        staff("W4"),
    ]
    after = "之后的考试日不派任务；已续办的请更新日期"
    assert dated(*people) == [
        f"考务人员的责任书（承诺书）在 2026-12-04 考试之前到期：W1（2026-12-01）、W2（2026-12-03），{after}",
        f"考务人员的年度培训在 2026-12-04 考试之前到期：W3（2026-12-01），{after}",
    ]


def test_past_employment_that_is_not_over_on_an_exam_day():
    """``employed`` closes no site (decision 0012), so whoever still works there would be sent to it."""
    relations = [
        relation("employed", "I9", "W1"),
        relation("employed", "I9", "W2", until=day(2)),
        relation("employed", "I9", "W3", until=day(1)),
        relation("employed", "I9", "W4", since=day(5)),
        relation("employed", "I1", "T1"),  # a trainee's own past says nothing of the staff
        relation("employs", "I9", "W3"),
    ]
    (line,) = dated(*map(staff, ("W1", "W2", "W3", "W4")), relations=relations)
    assert line == (
        "关系表的“曾聘用”（employed）到考试日还没有结束：W1（I9，没有结束日期）、W2（I9，至 2026-12-02），"
        "按已经离职对待，只避开该机构的考生，不避开其考点；仍在那里工作的请改为“聘用”（employs）"
    )


def test_past_employment_of_somebody_who_is_also_a_trainee():
    joined = [relation("same_person", "W1", "T1"), relation("employed", "I9", "T1")]
    (line,) = dated(staff("W1"), relations=joined)
    assert "W1（I9，没有结束日期）" in line


def codes(path):
    with pytest.raises(BadBatchError) as caught:
        read_batch(path)
    assert ONE_PERSON not in str(caught.value)
    return [(one.code, one.location.row, one.location.column) for one in caught.value.findings]


def test_two_spellings_of_one_item_are_a_fault(tmp_path):
    """A blank makes two items of one: whoever has the other one would find no place, or a false only site."""
    item = TABLES["places"][1][2 if len(TABLES["places"][0]) == 3 else 3]
    column = TABLES["places"][0].index("item")
    row = list(TABLES["places"][1])
    row[column] = item[:2] + " " + item[2:]
    assert codes(write_folder(tmp_path, places=[*TABLES["places"], row]))[0][0] == "BATCH-VALUE"


def test_chinese_that_is_broken_into_lines_is_one_word(tmp_path):
    column = TABLES["trainees"][0].index("item")
    broken = [list(row) for row in TABLES["trainees"]]
    item = broken[1][column]
    broken[1][column] = item[:2] + "\n" + item[2:]
    read = read_batch(write_folder(tmp_path, trainees=broken))
    assert read.trainees == read_batch(write_folder(tmp_path / "plain")).trainees


@pytest.mark.parametrize(
    ("name", "column"), [("trainees", "item"), ("sites", "name"), ("institutions", "name")]
)
def test_an_identity_number_in_a_column_that_is_published_is_a_fault(tmp_path, name, column):
    place = TABLES[name][0].index(column)
    row = list(TABLES[name][1])
    row[0], row[place] = "X9", f"{row[place]} {ONE_PERSON}"
    found = codes(write_folder(tmp_path, **with_row(name, *row)))
    assert ("BATCH-ID-IS-IDENTITY", len(TABLES[name]) + 1, place + 1) in found


def test_a_site_whose_city_is_not_that_of_its_district_is_a_fault(tmp_path):
    """One of both is wrong, and which decides who may sit there at all."""
    districts = [["district", "city"], ["东区", "云州市"]]
    sites = [[*row, "东区" if number else "district"] for number, row in enumerate(TABLES["sites"])]
    trainees = [[*row, "东区" if number else "district"] for number, row in enumerate(TABLES["trainees"])]
    city = sites[0].index("city")
    for row in sites[1:]:
        row[city] = "云州"
    found = codes(write_folder(tmp_path, districts=districts, sites=sites, trainees=trainees))
    assert [one for one in found if one[0] == "BATCH-VALUE"] == [
        ("BATCH-VALUE", number, city + 1) for number in range(2, len(sites) + 1)
    ]


def test_items_of_staff_that_resemble_others():
    """Names of items hold 、 themselves, so a list of them is not guessed apart; an item of other batches is in order."""
    rows = [places("S1", 9, "高压电工作业"), places("S1", 9)]
    people = [
        staff("W1", roles=("examiner",), items=(f"{ITEM}、高压电工作业",)),
        staff("W2", roles=("examiner",), items=("高处安装、维护、拆除作业", ITEM)),
        staff("W3", roles=("examiner",), items=("高压电工",)),
    ]
    assert told([trainee("T1"), trainee("T2", item="高压电工作业")], rows=rows, people=people) == [
        f"考务人员 W1 的项目“{ITEM}、高压电工作业”没有人报，也没有工位；其中有“{ITEM}”，几个项目请用分号（；）隔开",
        "考务人员 W3 的项目“高压电工”没有人报，也没有工位；考生表或工位表里有“高压电工作业”，如是同一项目请写成一样",
    ]


def test_a_list_of_nobody():
    assert told([]) == ["考生表里一个人也没有"]


def test_places_that_name_half_a_time():
    """The contract's "half or date empty = every session" can be read in two ways: how it is read is said."""
    rows = [
        places("S1", 9),
        PlaceRow("S2", ITEM, 9, day=dt.date(2026, 12, 1)),
        PlaceRow("S1", ITEM, 9, half=Half.AM),
    ]
    assert told([trainee("T1")], rows=rows) == [
        "工位表里只填日期的行，按当天上下午计：考点 S2",
        "工位表里只填半天的行，按每天的那个半天计：考点 S1",
    ]


def test_students_of_what_is_no_school():
    batch = problem([trainee("T1", school_id="I9"), trainee("T2", school_id="I8")], SITES)
    kinds = {**batch.institutions, "I8": Institution("I8", "学校", "school")}
    assert list(doubts(addressed(replace(batch, institutions=kinds)))) == [
        "考生的学校编号所指的机构，类型不是学校，仍按在校学生对待：I9"
    ]
