"""What the staff list is made of: the company, its posts, and the form in which a fault is planted."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field

AS_OF = dt.date(2026, 11, 20)
COMPANY = "恒远机电设备有限公司"
ISSUERS = ("云岭市应急管理局", "云岭市应急管理局", "云岭省应急管理厅")

# post: department, category, item, ordinary people in it
POSTS: dict[str, tuple[str, str, str, int]] = {
    "电工": ("动力车间", "电工作业", "低压电工作业", 6),
    "维修电工": ("动力车间", "电工作业", "低压电工作业", 3),
    "高压电工": ("变电所", "电工作业", "高压电工作业", 3),
    "焊工": ("结构车间", "焊接与热切割作业", "熔化焊接与热切割作业", 4),
    "电焊工": ("结构车间", "焊接与热切割作业", "熔化焊接与热切割作业", 3),
    "登高架设工": ("安装部", "高处作业", "登高架设作业", 2),
    "高处安装工": ("安装部", "高处作业", "高处安装、维护、拆除作业", 4),
    "制冷工": ("空调机房", "制冷与空调作业", "制冷与空调设备运行操作作业", 2),
    "制冷维修工": ("空调机房", "制冷与空调作业", "制冷与空调设备安装修理作业", 2),
    "叉车司机": ("物流部", "场（厂）内专用机动车辆作业", "叉车司机", 0),
    "设备运维员": ("动力车间", "其他作业", "智能设备运维作业", 0),
    "文员": ("综合办公室", "", "", 1),
    "资料员": ("综合办公室", "", "", 1),
    "保洁员": ("综合办公室", "", "", 1),
}
DEPARTMENTS = ("动力车间", "变电所", "结构车间", "安装部", "空调机房", "物流部", "综合办公室")


@dataclass(frozen=True)
class Fault:
    """One planted row: an ordinary person of ``post``, certified from ``start``, with cells changed.

    A cell may say ``{number}`` (the person's own) or ``{other}`` (a colleague's). ``record`` changes
    the registry's record of the certificate; None means the registry knows nobody of that number.
    """

    post: str
    start: str
    codes: tuple[str, ...]
    why: str
    cells: Mapping[str, str | int] = field(default_factory=dict)
    born: str = ""
    male: bool = True
    record: Mapping[str, str | bool | None] | None = field(default_factory=dict)
    registry: tuple[str, ...] = ()
    may: tuple[str, ...] = ()
    registry_may: tuple[str, ...] = ()
    key: str = ""  # names the rows that need more than changed cells
