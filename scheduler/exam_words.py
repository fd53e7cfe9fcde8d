"""What pages, papers and findings call parts, exceptions of rules 2 and 3, roles and kinds of sites: one wording for all of them."""

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


def say_exceptions(codes: Iterable[str]) -> str:
    """Name exceptions; a code that is none of ours stays what it is."""
    return "、".join(EXCEPTIONS.get(code, code) for code in codes)
