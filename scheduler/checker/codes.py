"""Every code of the independent checker: the rule of contract section 4 that is broken, what it is called, what to do next.

A code never changes its meaning. docs/exam-findings.md is written from this table.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple


class Code(NamedTuple):
    """What a code says; ``rules`` are those of ``RULE_TITLES`` that it may be about, mostly one."""

    rules: tuple[int, ...]
    title: str
    step: str


_LISTED = {
    # the table as it is written
    "ROW-UNREADABLE": ((1,), "安排表的一行读不出", "按列名改正这一行的编号、日期或半天"),
    "SITS-TWICE": ((1,), "同一考生安排了两次", "只留一行；一人报两科的，各有自己的考生编号"),
    "UNASSIGNED-TWICE": ((1,), "未安排名单中重复", "删去重复的一行"),
    "TRAINEE-UNKNOWN": ((1,), "批次中没有这名考生", "核对考生编号，或核对所给的批次"),
    "TRAINEE-MISSING": ((1,), "考生既没有安排，也不在未安排名单", "补排这名考生，或列入未安排名单并写明原因"),
    "TRAINEE-BOTH": ((1,), "已安排又列为未安排", "删去其中一处"),
    # rule 1: places and times
    "SITE-UNKNOWN": ((1,), "批次中没有这个考点", "核对考点编号或名称"),
    "SESSION-UNKNOWN": ((1,), "场次表中没有这一场", "改到场次表中有的场次，或先在批次中增加这一场"),
    "SITE-SUSPENDED": ((1,), "考点当日暂停使用", "改到其他考点或日期"),
    "TOO-EARLY": ((1,), "早于考生的最早日期", "改到最早日期当日或以后"),
    "TOO-LATE": ((1,), "晚于考生的最晚日期", "改到最晚日期当日或以前"),
    "SITE-WITHOUT-ITEM": ((1,), "考点不考这个项目", "改到工位表中有这个项目的考点"),
    "SESSION-WITHOUT-PLACES": ((1,), "这一场没有该项目的工位", "改到有该项目工位的场次"),
    "SEATS-EXCEEDED": ((1,), "超过一场的座位数", "把超出的人改到别的场次"),
    "PLACES-EXCEEDED": ((1,), "超过项目的工位数", "把超出的人改到别的场次"),
    "DAY-LIMIT-EXCEEDED": ((1,), "超过考点的每日上限", "把超出的人改到别的日期或考点"),
    "TIME-CLASH": ((1,), "同一人同时在两处考试", "把其中一科改到别的时间"),
    # rule 2: cross-examination
    "OWN-SITE": ((2,), "在本培训机构的考点考试", "改到其他考点；只有规定的例外可以不改"),
    "CONNECTED-SITE": (
        (2,),
        "在与本培训机构有控制关系的考点考试",
        "改到没有关系的考点；只有规定的例外可以不改",
    ),
    "EXCEPTION-UNNAMED": ((2, 3), "按例外安排而没有写明", "在“例外”一列写明是哪一种"),
    "EXCEPTION-FALSE": ((2, 3), "写了不成立的例外", "删去这一例外，按规则重排这名考生"),
    "EXCEPTION-UNKNOWN": (
        (2,),
        "不认识的例外",
        "改为 sole_site（本市唯一考点）、in_school（在校学生在本校）或 cross_city（跨市考试）",
    ),
    # rule 3: own city
    "OTHER-CITY": ((3,), "在外市考试而项目不得跨市", "改到本市的考点，或在规则中列入跨市项目"),
    "CITY-UNKNOWN": ((3,), "不知道考生或考点在哪个城市", "在批次中补填区县或城市"),
    # rule 4: order of aims
    "FREE-PLACE-UNUSED": ((4,), "有空位而考生没有安排", "把考生安排到这个空位"),
    "MORE-POSSIBLE": ((4,), "调整别人还可以多安排人", "按所说的次序依次调整"),
    "PUBLIC-PLACE-UNUSED": ((4,), "公共考点有空位而在别处考试", "改到本市的公共考点"),
    "MORE-PUBLIC-POSSIBLE": ((4,), "调整别人还可以多人在公共考点考试", "按所说的次序依次调整"),
    "CHANCE-UNREADABLE": ((4,), "机会不是分数", "写作 1/2 这样的文字，把该列设为文本格式"),
    "CHANCE-RANGE": ((4,), "机会不在 0 和 1 之间", "核对机会，恢复抽签写出的数"),
    "CHANCE-OF-SITE": (
        (4,),
        "考点机会与本场机会不合：小于本场机会，或只有这一场可去而不相等",
        "核对机会，恢复抽签写出的数",
    ),
    "CHANCE-UNEQUAL": (
        (4,),
        "条件相同的考生机会不同",
        "核对机会；抽签结果中不会有，说明文件被改过或不是抽签所得",
    ),
    "CHANCE-SUM": ((4,), "一人各处机会之和不对", "核对机会，恢复抽签写出的数"),
    "CHANCE-CAPACITY": ((4,), "一场各人机会之和超过考位", "核对机会，恢复抽签写出的数"),
    "CHANCE-ABOVE-CAP": ((4,), "到一个考点的机会超过上限而可以不超过", "重新计划，或在规则中改 lottery.cap"),
    # rule 5: staff
    "DUTY-ROW-UNREADABLE": ((5,), "考务任务的一行读不出", "按列名改正这一行的编号、角色、日期或半天"),
    "STAFF-UNKNOWN": ((5,), "批次中没有这名考务人员", "核对考务人员编号"),
    "DUTY-SITE-UNKNOWN": ((5,), "批次中没有任务的考点", "核对考点编号或名称"),
    "DUTY-SESSION-UNKNOWN": ((5,), "场次表中没有任务的这一场", "改到场次表中有的场次"),
    "STAFF-ROLE": ((5,), "没有这个角色", "换有这个角色的人"),
    "STAFF-ITEM": ((5,), "考评项目不符", "换能考评这个项目的人"),
    "STAFF-LICENCE": ((5,), "证件已过期", "换人，或先办好证件并改正批次"),
    "STAFF-AGREEMENT": ((5,), "责任书（承诺书）已过期", "换人，或先签订并改正批次"),
    "STAFF-TRAINING": ((5,), "年度培训已过期", "换人，或先完成培训并改正批次"),
    "STAFF-TOO-MANY-DUTIES": ((5,), "超过本人的最多场次", "把多出的任务换给别人"),
    "STAFF-OVERLAP": ((5,), "同时有两项任务", "把其中一项换给别人"),
    "STAFF-ON-LEAVE": ((5,), "当时不可用", "换人"),
    "STAFF-SITS": ((5,), "当场自己考试", "换人"),
    "STAFF-OF-TRAINING": ((5,), "培训机构人员参与考务", "换不属于培训机构的人"),
    "STAFF-SITE-OWNER": ((5,), "在所属单位或关联单位的考点任务", "换与考点所有者没有关系的人"),
    "STAFF-TIED": ((5,), "同场有关联机构的考生", "换与考生的培训机构没有关系的人"),
    "STAFF-TAUGHT": ((5,), "同场有教过的考生", "换人"),
    "STAFF-RELATIVE": ((5,), "同场有亲属", "换人"),
    # rule 6: rooms, seats, groups, numbers of staff
    "ROOM-MISSING": ((6,), "理论考试没有考场或座位", "补排考场和座位"),
    "ROOM-TOO-FULL": ((6,), "一个考场坐得太多", "分到别的考场"),
    "ROOM-UNKNOWN": ((6,), "考场表中没有这个考场", "改到考场表中有的考场"),
    "SEAT-SHARED": ((6,), "两人同一座位", "改一人的座位"),
    "SEAT-RANGE": ((6,), "考场号或座位号不是从 1 起的数", "改正号码"),
    "SEAT-UNKNOWN": ((6,), "考场没有这么多座位", "改到考场内有的座位"),
    "GROUP-MISSING": ((6,), "实操考试没有工位组或工位", "补排工位组和工位"),
    "GROUP-MIXED": ((6,), "一个工位组有几个项目", "各项目分组"),
    "GROUP-NEEDLESS": ((6,), "只考理论而有工位", "删去工位组和工位"),
    "PLACE-SHARED": ((6,), "两人同一工位", "改一人的工位"),
    "PLACE-RANGE": ((6,), "工位组号或工位号不是从 1 起的数", "改正号码"),
    "DUTY-WITHOUT-PEOPLE": ((6,), "没有考生的一场派了人", "取消这项任务"),
    "DUTY-ROOM-UNKNOWN": ((6,), "任务的考场或组不在安排表中", "改到安排表中有的考场或组"),
    "DUTY-TOO-MANY": ((6,), "派的人多于规定", "取消多出的任务"),
    "DUTY-SHORT": ((6,), "派的人少于规定", "补派，或列入无人可派"),
    "VACANCY-FILLABLE": ((6,), "列为无人可派而有人可派", "派所说的人"),
}

CODES: Mapping[str, Code] = MappingProxyType({code: Code(*said) for code, said in _LISTED.items()})
