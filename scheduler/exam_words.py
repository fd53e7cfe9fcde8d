"""What pages, papers and findings call parts, exceptions of rules 2 and 3, roles, kinds of sites, rooms and seats: one wording for all."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from scheduler.problem import Part

PARTS: Mapping[str, str] = {Part.THEORY: "理论", Part.PRACTICAL: "实操", Part.BOTH: "理论和实操"}
EXCEPTIONS: Mapping[str, str] = {
    "sole_site": "本市唯一考点",
    "in_school": "在校学生在本校",
    "cross_city": "跨市考试",
}
ROLE_WORDS: Mapping[str, str] = {"invigilator": "监考员", "examiner": "考评员", "patrol": "巡考员"}
SITE_KINDS: Mapping[str, str] = {
    "public": "公共考点",
    "authority": "主管部门考点",
    "school": "学校考点",
    "institution": "机构考点",
}


def say_room(number: object) -> str:
    """Name an exam room by its number."""
    return f"第 {number} 考场"


def say_group(number: object) -> str:
    """Name a practical group by its number."""
    return f"第 {number} 组"


def say_seat(seat: object) -> str:
    """Name a seat of an exam room."""
    return f"{seat} 号座位"


def say_turn(place: object) -> str:
    """Say as the how manyth of a practical group somebody comes: fewer work at once."""
    return f"顺序号 {place}"


def say_exceptions(codes: Iterable[str]) -> str:
    """Name exceptions; a code that is none of ours stays what it is."""
    return "、".join(EXCEPTIONS.get(code, code) for code in codes)
