"""What the terminal says of one trainee: what people ask about first, and no list of hundreds of sites."""

import datetime as dt

from commands.explained import closed_lines, explained_lines
from scheduler.explaining import Closed, explained
from scheduler.problem import Part
from tests.scheduler.builders import at, places, problem, site, trainee
from tests.scheduler.replan.drawn import changed, drawn


def test_ties_come_first_and_of_very_many_sites_some_are_named():
    away = [Closed(f"S{number}", "", 3, "考点在南山市", "通知") for number in range(10)]
    own = Closed("S99", "东校", 2, "交叉考试回避：属于机构一", "通知第二部分（三）")
    late = Closed("S98", "西校", 1, "晚于最晚日期", "")
    assert list(closed_lines([late, *away, own])) == [
        "  S99 东校：交叉考试回避：属于机构一（规则 2）（通知第二部分（三））",
        "  S98 西校：晚于最晚日期（规则 1）",
        "  S0、S1、S2、S3、S4、S5、S6、S7 等 10 个：考点在南山市（规则 3）（通知）",
    ]


def test_several_reasons_of_a_group_are_not_all_the_persons():
    """A plan tells reasons by group: of two who may not use S2 one is too late, the other sits another item then."""
    taken, late = (
        Closed("S2", "南校", 1, "时间都分给了本人的其他科目", ""),
        Closed("S2", "南校", 1, "晚于最晚日期", ""),
    )
    *_, last = closed_lines([taken, late, Closed("S3", "北校", 1, "晚于最晚日期", "")])
    assert last == "  S2 南校 有几条原因：同组的人不能去的原因不一，计划没有逐人写明，其中一条是本人的。"
    assert len(list(closed_lines([taken]))) == 1


def test_a_change_is_told_with_its_reason_and_no_site_is_called_closed_that_is_full(tmp_path):
    """Two seats of S1 for two; one goes, so one of the two must leave and finds S1 full."""
    batch = problem(
        [trainee("T1", "I1", part=Part.THEORY), trainee("T2", "I1", part=Part.THEORY)],
        [site("S1", "I9", kind="public")],
        seats={at("S1"): 2},
        rows=[places("S1", 2)],
    )
    folder = drawn(batch, tmp_path)
    row = {"change": "seats", "id": "S1", "date": "2026-12-01", "half": "am", "value": 1, "reason": "漏水"}
    made = changed(folder, tmp_path / "1", row)
    (loser,) = made.schedule.unplaced
    (one,) = explained(tmp_path / "1", [loser])
    lines, seat = list(explained_lines(one)), one.history[0].before["seat"]
    why = "原场次的名额减少，由抽签决定离开（漏水）"
    assert lines[1:5] == [
        "抽签以后的变更：",
        f"  第 1 次变更：原来在 S1 考点S1 2026-12-01 上午，第 1 考场 {seat} 号座位；{why}；抽签后没有位置。",
        "按规则可以去、但机会为 0 的考点：",
        "  S1 考点S1（公共考点）：名额已满",
    ]
    assert not any("没有可以去的考点。" in line for line in lines)
    (stays,) = made.schedule.placements
    (kept,) = explained(tmp_path / "1", [stays])
    told = list(explained_lines(kept))
    assert told[1] == "场次是首次抽签定的，以后的 1 次变更没有触及。"
    assert told[-1].startswith("结果：S1 考点S1 2026-12-01 上午，第 1 考场 ")


def test_places_are_named_as_papers_name_them(tmp_path):
    batch = problem([trainee("T1", "I1", part=Part.BOTH)], [site("S1", "I9")])
    (one,) = explained(drawn(batch, tmp_path), ["T1"])
    assert (
        list(explained_lines(one))[-1]
        == "结果：S1 考点S1 2026-12-01 上午，第 1 考场 1 号座位，第 1 组 顺序号 1。"
    )


def test_ways_are_told_only_to_those_whose_chances_depend_on_them(tmp_path):
    """T1 and T2 are one person with two items at two times, drawn which comes first; T3 sits at S2 whatever comes."""
    batch = problem(
        [
            trainee("T1", "I1", item="甲", id_number="1", part=Part.THEORY),
            trainee("T2", "I1", item="乙", id_number="1", part=Part.THEORY),
            trainee("T3", "I1", item="丙", part=Part.THEORY),
        ],
        [site("S1", "I9"), site("S2", "I9")],
        seats={at("S1", "1am"): 1, at("S1", "1pm"): 1, at("S2", "1am"): 1},
        rows=[places("S1", 2, item="甲"), places("S1", 2, item="乙"), places("S2", 2, item="丙")],
    )
    folder = drawn(batch, tmp_path)
    several, alone = explained(folder, ["T1", "T3"])
    assert several.ways == 2
    assert any("时间有 2 种分法" in line for line in explained_lines(several))
    assert alone.ways == 0
    assert not any("种分法" in line for line in explained_lines(alone))


def test_one_who_is_too_late_and_one_who_sits_another_item_then(tmp_path):
    """T0 and T4 are one person, and T0 needs the only time of B; T1 is too late for B: one group, with two reasons."""
    own = {"id_number": "000000199001010018"}
    people = [
        trainee("T0", "I1", item="电工", part=Part.THEORY, earliest=dt.date(2026, 12, 2), **own),
        trainee("T1", "I1", item="制冷", part=Part.THEORY, latest=dt.date(2026, 12, 1)),
        trainee("T4", "I1", item="制冷", part=Part.THEORY, **own),
    ]
    batch = problem(
        people,
        [site(name, "", kind="public") for name in "ABC"],
        seats={at("A", "1am"): 1, at("A", "1pm"): 1, at("B", "2am"): 1, at("C", "1am"): 1},
        rows=[places(name, 0, item=item) for name in "ABC" for item in ("电工", "制冷")],
    )
    folder = drawn(batch, tmp_path)
    for one in explained(folder, ["T1", "T4"]):
        assert [shut.site_id for shut in one.closed] == ["B", "B"]
        assert any(line.startswith("  B 考点B 有几条原因") for line in explained_lines(one))
