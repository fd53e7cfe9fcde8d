"""Places without a session, sessions years apart and cities without a site are told; what is in order is not."""

from dataclasses import replace

from scheduler.doubts.all_doubts import doubts
from scheduler.problem import PlaceRow
from scheduler.reading import read_batch
from scheduler.rules import load_rules
from tests.scheduler.builders import ITEM, addressed, at, day, places, problem, site, trainee
from tests.scheduler.files import TABLES, with_row, write_folder

SITES = [site("S1", "I9"), site("S2", "I8")]
PEOPLE = [trainee("T1", district="东区"), trainee("T2", district="西区")]


def told(**more):
    return list(
        doubts(addressed(problem(more.pop("trainees", [trainee("T1")]), more.pop("sites", SITES), **more)))
    )


def test_a_place_for_a_day_without_a_session_is_told_by_row():
    """S2 has one session, on 1 December; its places are for 2 December, so that S1 would be the only site."""
    rows = [places("S1", 9), replace(places("S2", 9, when="2am"), row=3)]
    assert told(rows=rows) == [
        "工位表 1 行写的日期或半天，考点没有场次，这些行不起作用，算不算唯一考点也可能因此不同：第 3 行（考点 S2，2026-12-02 am）"
    ]


def test_a_place_for_a_half_without_a_session_is_told():
    rows = [places("S1", 9), PlaceRow("S2", ITEM, 9, half=at("S2", "1pm").half, row=7)]
    assert any(one.endswith("：第 7 行（考点 S2，pm）") for one in told(rows=rows))


def test_places_that_a_session_uses_are_in_order():
    seats = {at("S1"): 9, at("S2", "2pm"): 9}
    rows = [
        places("S1", 9),
        places("S2", 9, when="2pm"),
        replace(places("S2", 9), half=at("S2", "2pm").half, item="X"),
    ]
    assert [one for one in told(rows=rows, seats=seats) if "没有场次" in one] == []


def test_a_day_and_a_half_that_meet_in_a_session_are_told():
    """9 places on 1 December, 4 every morning: 9 count on that morning. A row for it, or the same number, leaves nothing to ask."""
    seats = {at("S1"): 9, at("S1", "1pm"): 9, at("S1", "2am"): 9}
    on_day = PlaceRow("S1", ITEM, 9, day=day(1), row=3)
    each_morning = PlaceRow("S1", ITEM, 4, half=at("S1").half, row=2)
    own = replace(places("S1", 5, when="1am"), row=5)
    listed = [replace(places("S1", 1), row=4), each_morning, on_day]
    meant = [one for one in told(rows=listed, seats=seats) if "同一场" in one]
    which = f"第 2、3 行（考点 S1“{ITEM}”，2026-12-01 上午：按 9 个，不是 4 个）"
    assert meant == [
        f"工位表只填日期的行和只填半天的行都管到同一场、数不同的，按只填日期的行计；不是这样的，请给这一场另写一行，日期和半天都填：{which}"
    ]
    assert problem([trainee("T1")], SITES, seats=seats, rows=listed).places_for(at("S1"), ITEM) == 9
    for rows in ([*listed, own], [listed[0], replace(each_morning, places=9), on_day]):
        assert not [one for one in told(rows=rows, seats=seats) if "同一场" in one]


def test_a_site_without_any_session_is_told_by_row(tmp_path):
    seats = [row for row in TABLES["seats"] if row[0] != "S2"]
    found = doubts(read_batch(write_folder(tmp_path, seats=seats)))
    assert [one for one in found if "场次" in one] == [
        "工位表第 3 行的考点没有任何场次，这些工位用不上，算不算唯一考点也可能因此不同：S2"
    ]


def test_the_row_of_the_file_is_told(tmp_path):
    more = with_row("places", "S1", "2025-12-01", "am", "低压电工作业", "1")
    found = doubts(read_batch(write_folder(tmp_path, **more)))
    (sentence,) = (one for one in found if "没有场次" in one)
    assert sentence.endswith("：第 4 行（考点 S1，2025-12-01 am）")


def test_sessions_more_than_366_days_apart_are_told():
    first = at("S1")
    year, more = first._replace(day=day(1).replace(year=2027)), first._replace(day=day(3).replace(year=2027))
    assert told(seats={first: 9, at("S2"): 9, year: 9}) == []
    assert told(seats={first: 9, at("S2"): 9, more: 9}) == [
        "最早的场次（考点 S1，2026-12-01）和最晚的（考点 S1，2027-12-03）相隔 367 天，请核对年份"
    ]


def test_a_city_without_a_site_is_told():
    sites = [site("S1", "I9", city="甲"), site("S2", "I8", city="乙市")]
    districts = {"东区": "甲市", "西区": "乙市", "南区": "丙市"}
    assert told(trainees=PEOPLE, sites=sites, districts=districts) == [
        "区县表的城市“甲市”没有考点，1 人（区县：东区）都不能安排；考点的城市有“甲”，如是同一城市请写成一样"
    ]
    everywhere = replace(load_rules(), cross_city_items=(ITEM,))
    assert told(trainees=PEOPLE, sites=sites, districts=districts, rules=everywhere) == []
