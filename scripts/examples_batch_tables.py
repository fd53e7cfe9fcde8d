"""The exam batch of an invented city: who trains for what, and where and when there are exams.

Seats and places are chosen so that everybody has a place, but not at a public site: see
examples_flow.py for the proof, which runs each time the examples are made.
"""

from __future__ import annotations

CITY = "云岭市"
LOW, HIGH = "低压电工作业", "高压电工作业"
WELD, HEIGHT = "熔化焊接与热切割作业", "高处安装、维护、拆除作业"
COLD = "制冷与空调设备运行操作作业"

Row = tuple[str | int | float, ...]

DISTRICTS: tuple[Row, ...] = (
    ("东湖区", CITY, 101.42, 26.31), ("西岭区", CITY, 101.33, 26.29), ("南桥区", CITY, 101.39, 26.22),
    ("北溪区", CITY, 101.37, 26.40), ("青石县", CITY, 101.62, 26.18), ("白沙县", CITY, 101.10, 26.45),
)  # fmt: skip

INSTITUTIONS: tuple[Row, ...] = (
    ("T01", "恒达安全培训中心", "training"), ("T02", "恒达职业培训学校", "training"),
    ("T03", "冷安制冷技术培训中心", "training"), ("T04", "云岭电力技术培训中心", "training"),
    ("T05", "匠心焊接培训学校", "training"), ("T06", "启明电工培训学校", "training"),
    ("T07", "安远职业技能培训学校", "training"), ("T08", "登峰高处作业培训中心", "training"),
    ("T09", "金桥焊接技术培训中心", "training"), ("T10", "白沙职业培训学校", "training"),
    ("T11", "青石安全技术培训中心", "training"), ("T12", "长风安装技术培训中心", "training"),
    ("G01", "恒达教育集团", "enterprise"), ("E01", "恒达实业控股有限公司", "enterprise"),
    ("E02", "恒达考务服务有限公司", "enterprise"), ("A01", "云岭市安全生产考试中心", "authority"),
    ("SC1", "云岭职业技术学院", "school"), ("SC2", "云岭技工学校", "school"),
)  # fmt: skip

# site_id, name, kind, owner_id, city, district, lon, lat, day_limit, status, suspended_from, suspended_to, address
SITES: tuple[Row, ...] = (
    ("S1", "云岭市公共实操考试基地", "public", "", CITY, "东湖区", 101.431, 26.305, 90, "active", "", "", "东湖区仿真路1号"),
    ("S2", "南桥公共考试点", "public", "", CITY, "南桥区", 101.388, 26.226, "", "active", "", "", "南桥区仿真路22号"),
    ("S3", "市考试中心考试点", "authority", "A01", CITY, "西岭区", 101.334, 26.287, "", "active", "", "", "西岭区虚构街3号"),
    ("S4", "云岭职业技术学院考试点", "school", "SC1", CITY, "北溪区", 101.371, 26.402, "", "active", "", "", "北溪区学府路4号"),
    ("S5", "云岭技工学校考试点", "school", "SC2", CITY, "青石县", 101.615, 26.184, "", "suspended",
     "2026-12-10", "2026-12-10", "青石县技校路5号"),
    ("S6", "冷安考试点", "institution", "T03", CITY, "西岭区", 101.321, 26.301, "", "active", "", "", "西岭区虚构街66号"),
    ("S7", "恒达考试点", "institution", "E02", CITY, "白沙县", 101.108, 26.447, "", "active", "", "", "白沙县仿真大道7号"),
)  # fmt: skip

# site: seats of a session, its sessions in December 2026
SESSIONS: dict[str, tuple[int, str]] = {
    "S1": (50, "07am 07pm 08am 09am 10am"),
    "S2": (40, "08pm 09pm 11am"),
    "S3": (40, "08am 10pm"),
    "S4": (50, "07pm 09am 11am"),
    "S5": (40, "07am 09pm 10am"),
    "S6": (50, "08pm 11pm"),
    "S7": (60, "10pm 11pm"),
}

# site: places of every session, by item
PLACES: dict[str, dict[str, int]] = {
    "S1": {LOW: 20, HIGH: 12, WELD: 12, HEIGHT: 10},
    "S2": {LOW: 15, WELD: 10, HEIGHT: 8},
    "S3": {LOW: 15, HIGH: 10},
    "S4": {LOW: 18, HIGH: 10, WELD: 12},
    "S5": {LOW: 15, WELD: 12, HEIGHT: 8},
    "S6": {LOW: 10, HEIGHT: 8, COLD: 25},
    "S7": {LOW: 15, HIGH: 12, WELD: 12, HEIGHT: 12},
}
# Sessions with other places than usual: equipment lent or under repair.
OTHER_PLACES: tuple[tuple[str, str, str, str, int], ...] = (
    ("S1", "2026-12-09", "am", HIGH, 16),
    ("S2", "2026-12-09", "pm", WELD, 4),
    ("S7", "2026-12-11", "pm", HEIGHT, 8),
)

# institution: trainees by item
TRAINEES: dict[str, dict[str, int]] = {
    "T01": {LOW: 40, WELD: 30},
    "T02": {LOW: 30, HIGH: 20, HEIGHT: 15},
    "T03": {LOW: 25, COLD: 25, HEIGHT: 15},
    "T04": {LOW: 35, HIGH: 25},
    "T05": {WELD: 40, HEIGHT: 20},
    "T06": {LOW: 40, HIGH: 20},
    "T07": {LOW: 20, COLD: 20, WELD: 15},
    "T08": {LOW: 30, HEIGHT: 25},
    "T09": {WELD: 35, HIGH: 20},
    "T10": {LOW: 20, COLD: 15, HEIGHT: 15},
    "T11": {HIGH: 30, WELD: 20},
    "T12": {LOW: 15, HEIGHT: 30},
    "SC1": {LOW: 30, HIGH: 25},
    "SC2": {LOW: 15, WELD: 40},
}
ITEM_LETTERS = {LOW: "D", HIGH: "G", WELD: "H", HEIGHT: "C", COLD: "Z"}

# institution: home district of most of its trainees
HOMES = {
    "T01": "东湖区", "T02": "西岭区", "T03": "西岭区", "T04": "北溪区", "T05": "南桥区", "T06": "东湖区",
    "T07": "南桥区", "T08": "北溪区", "T09": "青石县", "T10": "白沙县", "T11": "青石县", "T12": "东湖区",
    "SC1": "北溪区", "SC2": "青石县",
}  # fmt: skip

RULES = """\
# 云岭市（虚构）2026年12月特种作业考试批次的规则；没有写的键用程序默认值（广东省2023年通知）。

[cross_city]
items = []                      # 本市不安排跨地市考试

[priority]
public_first = true             # 优先使用公共考试点

[lottery]
cap = "1/2"                     # 一名学员到任一考点的机会不超过一半（能做到时）

[conflicts]
share = 0.25                    # 持股达到四分之一视为控制
years = 3                       # 离职后三年内仍须回避
training_staff = "unrelated"    # 培训机构人员只回避有关联的考生

[staffing]                      # 以下不是法律规定
room_size = 30
invigilators_per_room = 2
examiners_per_item = 2
patrols_per_site = 1
"""
